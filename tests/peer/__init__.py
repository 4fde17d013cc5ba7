"""A Bot API server of our own on the loopback: strict where Telegram is strict, and faulty when told to be."""

from tests.peer.markup import parse
from tests.peer.server import Peer
from tests.peer.shapes import Call, Fault, Shown

__all__ = ["Call", "Fault", "Peer", "Shown", "parse"]
