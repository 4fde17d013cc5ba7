"""The pace Telegram allows: a message a second in a chat, twenty a minute in a group, thirty a second overall.

And the pace people are allowed, so that one cannot keep the bot from the others.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

__all__ = ["Bucket", "Pace", "Throttle", "Window"]

# More chats than this with a full bucket are forgotten: they are as good as new.
_KEPT = 4096


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` a second, up to `size`."""

    rate: float
    size: float
    left: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.size

    def wait(self, now: float) -> float:
        """Seconds until a token is there."""
        self._refill(now)
        return 0.0 if self.left >= 1 else (1 - self.left) / self.rate

    def take(self, now: float) -> None:
        """Use one up."""
        self._refill(now)
        self.left -= 1

    def _refill(self, now: float) -> None:
        self.left = min(self.size, self.left + max(0.0, now - self.at) * self.rate)
        self.at = now


class Window:
    """At most so many in any stretch of `span` seconds: a bucket alone lets its size go on top of its rate."""

    def __init__(self, most: int, span: float) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._span = span

    def wait(self, now: float) -> float:
        """Seconds until there is room."""
        full = len(self._times) == self._times.maxlen
        return max(0.0, self._times[0] + self._span - now) if full else 0.0

    def take(self, now: float) -> None:
        """Use room up."""
        self._times.append(now)


class Throttle:
    """Says how long a message to a chat has to wait. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        # Evenly rather than in bursts: the fewer messages are under way at once, the fewer are left unclear by a crash.
        self._even = Bucket(30, 2)
        # Requests do not arrive as evenly as they leave: room for that is left below thirty in any second.
        self._all = Window(28, 0.985)
        self._chats: dict[int, Bucket] = {}

    def wait(self, chat: int, now: float) -> float:
        """Seconds until a message may go to `chat`."""
        return max(self.pause(now), self._chat(chat).wait(now))

    def pause(self, now: float) -> float:
        """Seconds until a message may go to any chat."""
        return max(self._even.wait(now), self._all.wait(now))

    def take(self, chat: int, now: float) -> None:
        """A message goes."""
        self._even.take(now)
        self._all.take(now)
        self._chat(chat).take(now)
        if len(self._chats) > _KEPT:
            self._chats = {
                key: bucket for key, bucket in self._chats.items() if bucket.wait(now) or bucket.left < bucket.size
            }

    def _chat(self, chat: int) -> Bucket:
        # Telegram lets a few messages go at once; group and channel ids are negative.
        if chat not in self._chats:
            self._chats[chat] = Bucket(20 / 60, 10) if chat < 0 else Bucket(1, 4)
        return self._chats[chat]


@dataclass(slots=True)
class _Person:
    bucket: Bucket
    held: bool = False


class Pace:
    """How many questions a minute each person may ask. Times are seconds of one clock, which may be set back."""

    # Whoever was too fast is heard again after this share of a minute's questions has come back.
    _BACK = 1 / 6

    def __init__(self, minute: int) -> None:
        self._minute = minute
        self._people: dict[int, _Person] = {}

    def hold(self, person: int, now: float) -> float | None:
        """Count a question. None where it is to be answered, else how many seconds until the next would be; 0 where
        that has been said."""
        if person not in self._people:
            if len(self._people) > _KEPT:
                self._people = {
                    k: p for k, p in self._people.items() if p.bucket.wait(now) or p.bucket.left < p.bucket.size
                }
            self._people[person] = _Person(Bucket(self._minute / 60, self._minute, at=now))
        one = self._people[person]
        wait = one.bucket.wait(now)
        back = max(1.0, self._minute * self._BACK)
        if one.held and one.bucket.left < back:
            return 0.0
        one.held = wait > 0
        if one.held:
            return (back - one.bucket.left) / one.bucket.rate
        one.bucket.take(now)
        return None
