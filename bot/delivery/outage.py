"""How long there has been no connection, and when to say so."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Outage"]

# Seconds between two lines about the same outage.
_SAID = 60.0


@dataclass(slots=True)
class Outage:
    """One way to the server. Times are seconds of one monotonic clock."""

    since: float | None = None
    said: float = 0.0

    def begun(self, now: float) -> bool:
        """A try failed; whether to say so: the first time, and once a minute."""
        if self.since is None:
            self.since = now
        elif now - self.said < _SAID:
            return False
        self.said = now
        return True

    def over(self, now: float) -> float | None:
        """A try succeeded; how many seconds the outage lasted, None where there was none."""
        since, self.since = self.since, None
        return None if since is None else now - since
