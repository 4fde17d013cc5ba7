"""The fixtures of the bot's tests."""

from tests.bot.conftest import bot_of, home, peer, store

__all__ = ["bot_of", "home", "peer", "store"]
