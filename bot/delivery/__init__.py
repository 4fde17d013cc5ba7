"""Durable delivery: what was fetched is answered, what is to be said is said once. Knows nothing of Telegram's library.

inbox     updates, written before they are acknowledged
outbox    what is to be sent, and what became of it
memory    conversations, questions asked, buttons offered
feedback  what people think of answers
courier   sends what is due, in order within a chat, at the pace the server allows
sending   how a call is made, and how it may end
throttle  that pace, and that of people
outage    how long there has been no connection
wire      which requests may have left this process
lock      one process a folder
"""

from bot.delivery.courier import Courier
from bot.delivery.database import Ledger
from bot.delivery.feedback import Judged
from bot.delivery.lock import AlreadyRunning, hold
from bot.delivery.outage import Outage
from bot.delivery.outbox import Outgoing, Parcel
from bot.delivery.sending import Later, Moved, NotSent, Offline, Refused, Unclear, Way
from bot.delivery.throttle import Pace
from bot.delivery.wire import Wire

__all__ = [
    "AlreadyRunning",
    "Courier",
    "Judged",
    "Later",
    "Ledger",
    "Moved",
    "NotSent",
    "Offline",
    "Outage",
    "Outgoing",
    "Pace",
    "Parcel",
    "Refused",
    "Unclear",
    "Way",
    "Wire",
    "hold",
]
