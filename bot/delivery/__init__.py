"""Durable delivery: what was fetched is answered, what is to be said is said once. Knows nothing of Telegram's library.

inbox     updates, written before they are acknowledged
outbox    what is to be sent, and what became of it
memory    conversations, questions asked, buttons offered
feedback  what people think of answers
courier   sends what is due, in order within a chat, at the pace the server allows
throttle  that pace
lock      one process a folder
"""

from bot.delivery.courier import Courier, Later, Moved, NotSent, Refused, Unclear
from bot.delivery.database import Ledger
from bot.delivery.feedback import Judged
from bot.delivery.lock import AlreadyRunning, hold
from bot.delivery.outbox import Outgoing, Parcel

__all__ = [
    "AlreadyRunning",
    "Courier",
    "Judged",
    "Later",
    "Ledger",
    "Moved",
    "NotSent",
    "Outgoing",
    "Parcel",
    "Refused",
    "Unclear",
    "hold",
]
