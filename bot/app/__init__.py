"""The Telegram bot. This package alone imports `telegram`."""

from bot.app.run import Plan, run

__all__ = ["Plan", "run"]
