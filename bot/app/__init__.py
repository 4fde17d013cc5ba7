"""The Telegram bot. This package alone imports `telegram`."""

from bot.app.check import Found, examine, furnished
from bot.app.run import Plan, run
from bot.app.webhook import Hook, secret_of

__all__ = ["Found", "Hook", "Plan", "examine", "furnished", "run", "secret_of"]
