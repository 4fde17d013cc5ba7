"""What a host allows, and how often it is asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from protego import Protego

from bot.sources.errors import NotFetched

__all__ = ["AGENT", "Politeness"]

AGENT = "govreport"
# No host need wait longer for us than this between two requests, whatever it asks for.
_LONGEST = 60.0


class Politeness:
    """One request at a time per host, `delay` seconds apart or what its robots.txt asks for; nothing it forbids.

    `load` fetches the robots.txt of an origin: its text, or None where there is none.
    """

    def __init__(self, load: Callable[[str], str | None], delay: float) -> None:
        self._load = load
        self._delay = delay
        self._rules: dict[str, Protego] = {}
        self._unreadable: dict[str, str] = {}
        self._last: dict[str, float] = {}

    def admit(self, origin: str, url: str) -> None:
        """Raises NotFetched where the host forbids the address."""
        if origin in self._unreadable:
            raise NotFetched(self._unreadable[origin])
        if origin not in self._rules:
            try:
                self._rules[origin] = Protego.parse(self._load(origin) or "")
            except NotFetched as problem:
                # Not asked again for every page of the host.
                self._unreadable[origin] = str(problem)
                raise
            finally:
                self._last[origin] = time.monotonic()
        if not self._rules[origin].can_fetch(url, AGENT):
            raise NotFetched("网站的 robots.txt 不允许抓取这个地址")

    def wait(self, origin: str) -> None:
        """Sleep until the host may be asked again."""
        rules = self._rules.get(origin)
        asked = rules.crawl_delay(AGENT) if rules else None
        pause = min(max(self._delay, asked or 0.0), _LONGEST)
        since = time.monotonic() - self._last.get(origin, float("-inf"))
        if since < pause:
            time.sleep(pause - since)
        self._last[origin] = time.monotonic()
