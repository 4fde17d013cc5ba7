"""A Bot API server of our own on the loopback: strict where Telegram is strict, and faulty when told to be."""

from tests.peer.markup import parse
from tests.peer.server import Call, Fault, Peer

__all__ = ["Call", "Fault", "Peer", "parse"]
