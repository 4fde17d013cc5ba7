"""The pace Telegram allows: a message a second in a chat, twenty a minute in a group, thirty a second overall."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Bucket", "Throttle"]

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
        self._all = Bucket(28, 3)
        self._chats: dict[int, Bucket] = {}

    def wait(self, chat: int, now: float) -> float:
        """Seconds until a message may go to `chat`."""
        return max(self._all.wait(now), self._chat(chat).wait(now))

    def take(self, chat: int, now: float) -> None:
        """A message goes."""
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
