"""The pace Telegram allows: a message a second in a chat, twenty a minute in a group, thirty a second overall.

And the pace people are allowed, so that one cannot keep the bot from the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Bucket", "Pace", "Throttle"]

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


class Throttle:
    """Says how long a message to a chat has to wait. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        # Evenly rather than in bursts: the fewer messages are under way at once, the fewer are left unclear by a crash.
        self._starting = Bucket(28.3, 4)
        # What started evenly has been delayed unevenly by the time it leaves, and once more before it arrives: hardly
        # any burst is let through, and room is left below thirty in any second.
        self._leaving = Bucket(28.45, 1.5)
        self._chats: dict[int, Bucket] = {}

    def wait(self, chat: int, now: float) -> float:
        """Seconds until a message may be started for `chat`."""
        return max(self.pause(now), self._chat(chat).wait(now))

    def pause(self, now: float) -> float:
        """Seconds until a message may be started for any chat."""
        return self._starting.wait(now)

    def take(self, chat: int, now: float) -> None:
        """A message is started."""
        self._starting.take(now)
        self._chat(chat).take(now)
        if len(self._chats) > _KEPT:
            self._chats = {
                key: bucket for key, bucket in self._chats.items() if bucket.wait(now) or bucket.left < bucket.size
            }

    def gap(self, now: float) -> float:
        """Seconds until a message that was started may leave."""
        return self._leaving.wait(now)

    def left(self, now: float) -> None:
        """A message leaves."""
        self._leaving.take(now)

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
