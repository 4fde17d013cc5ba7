"""How the time of every regular expression of the program grows with its input.

    PYTHONPATH=. .venv/bin/python benchmarks/patterns.py [--all]

For each pattern strings are made from its own parts: what comes before a repetition, the repetition pumped, and an end
that cannot match. The time of a search over a string is compared with that over one half as long, as a power: 1 is
linear, 2 quadratic. Patterns that see text nobody has cut to a length must be linear; the exit status is 1 where one
grows faster than the square, or takes longer than a second for the longest text a person can send.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# The longest message Telegram lets a person send, and the lengths between which growth is measured.
LONGEST = 4096
LENGTHS = (LONGEST // 2, LONGEST)
# How many strings are tried for each pattern, and how long: the two slowest are measured.
MOST, SCREEN = 24, 256
# Below this many seconds a growth is the clock's, not the pattern's.
FLOOR = 2e-4
BAR, SLOWEST = 2.4, 1.0
ENDS = ("\x00", "！", "0")


def compiled() -> dict[tuple[str, int], str]:
    """Every pattern the program compiles while its modules load: (pattern, flags) → the module that does."""
    found: dict[tuple[str, int], str] = {}
    plain = re.compile

    def noting(pattern: Any, flags: int = 0) -> Any:
        made = plain(pattern, flags)
        frame = sys._getframe(1)
        where = frame.f_globals.get("__name__", "")
        if where.startswith(("bot", "retrieval")) and isinstance(made.pattern, str):
            found.setdefault((made.pattern, made.flags & ~re.UNICODE), where)
        return made

    re.compile = noting  # type: ignore[assignment]
    try:
        for name in ("bot", "retrieval"):
            package = importlib.import_module(name)
            for module in pkgutil.walk_packages(package.__path__, f"{name}."):
                if module.name != "bot.__main__":
                    importlib.import_module(module.name)
    finally:
        re.compile = plain  # type: ignore[assignment]
    return found


class Maker:
    """Strings a pattern matches, and for each of its repetitions what may be repeated."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.pumps: list[tuple[str, str]] = []

    def walk(self, tree: Any, before: str = "") -> str:
        """A string for `tree`; repetitions met on the way are noted with what stands before them."""
        out = ""
        for code, value in tree:
            out += self._one(code, value, before + out)
        return out

    def _one(self, code: Any, value: Any, before: str) -> str:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            return chr(value) if code is codes.LITERAL else ("x" if value != ord("x") else "y")
        if code is codes.ANY:
            return "年"
        if code is codes.IN:
            return self._member(value)
        if code is codes.BRANCH:
            parts = [self.walk(branch, before) for branch in value[1]]
            return self.rng.choice(parts)
        if code is codes.SUBPATTERN:
            return self.walk(value[-1], before)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            low, high, inner = value
            piece = self.walk(inner, before)
            if high is codes.MAXREPEAT or high > 8:
                self.pumps.append((before, piece))
            return piece * max(low, 1 if self.rng.random() < 0.5 else 0)
        if code is codes.ATOMIC_GROUP:
            return self.walk(value, before)
        return ""

    def _member(self, items: Any) -> str:
        negated = items[0][0] is codes.NEGATE
        taken: list[str] = []
        for code, value in items:
            if code is codes.LITERAL:
                taken.append(chr(value))
            elif code is codes.RANGE:
                taken.append(chr(self.rng.randint(*value)))
            elif code is codes.CATEGORY:
                taken.append({codes.CATEGORY_DIGIT: "7", codes.CATEGORY_SPACE: " "}.get(value, "字"))
        if negated:
            return next((c for c in "字x7，。 \n" if c not in taken), "䶮")
        return self.rng.choice(taken) if taken else ""


def attacks(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """(before, pump, end) of strings that begin like a match, go on like one, and are none."""
    tree = parser.parse(pattern, flags)
    seen: set[tuple[str, str]] = set()
    for seed in range(4):
        maker = Maker(random.Random(seed))
        whole = maker.walk(tree)
        for before, piece in [*maker.pumps, ("", whole)]:
            if piece and (before, piece) not in seen:
                seen.add((before, piece))
                for end in ENDS:
                    yield before, piece, end
    yield "", "1", ENDS[0]
    yield "", "市", ENDS[0]


def timed(found: re.Pattern[str], text: str, tries: int = 2) -> float:
    """Seconds for every match in a text, the best of some; infinity where that takes longer than the bar."""
    best = math.inf
    for _ in range(tries):
        start = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, 2 * SLOWEST)
        try:
            for _ in found.finditer(text):
                pass
        except TooLong:
            return math.inf
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        best = min(best, time.perf_counter() - start)
    return best


class TooLong(Exception):
    """The bar is passed."""


def _too_long(*_: object) -> None:
    raise TooLong


def growth(pattern: str, flags: int) -> tuple[float, float, str]:
    """The worst power of growth, the seconds for the longest text, and what it is made of."""
    found = re.compile(pattern, flags)
    tried = []
    for before, piece, end in islice(attacks(pattern, flags), MOST):
        text = before + piece * (SCREEN // len(piece)) + end
        tried.append((timed(found, text, 1), before, piece, end))
        if tried[-1][0] == math.inf:
            return math.inf, math.inf, f"{before[-12:]!r} + {piece[:12]!r}×n + {end!r}"
    worst = (0.0, 0.0, "")
    for _, before, piece, end in sorted(tried, reverse=True)[:2]:
        short, long = (timed(found, before + piece * (length // len(piece)) + end) for length in LENGTHS)
        if long < FLOOR:
            continue
        power = math.log2(long / max(short, 1e-7)) if long < math.inf else math.inf
        if (long, power) > (worst[1], worst[0]):
            worst = (power, long, f"{before[-12:]!r} + {piece[:12]!r}×n + {end!r}")
    return worst


def main() -> int:
    """Print a line for each pattern that is not plainly linear, all with --all, and the sum."""
    signal.signal(signal.SIGALRM, _too_long)
    patterns = compiled()
    rows = sorted(
        ((*growth(pattern, flags), where, pattern) for (pattern, flags), where in patterns.items()), reverse=True
    )
    bad = 0
    for power, seconds, made, where, pattern in rows:
        failed = seconds > SLOWEST or power > BAR
        bad += failed
        if failed or power > 1.4 or "--all" in sys.argv:
            mark = "FAILED" if failed else ""
            print(f"{power:5.2f} {seconds * 1000:9.2f} ms  {where}: {pattern[:70]!r}  {made} {mark}")
    quick = sum(seconds < FLOOR for _, seconds, *_ in rows)
    fast = sum(power <= 1.4 for power, *_ in rows)
    print(
        f"{len(rows)} patterns of {len(set(patterns.values()))} modules: {fast} linear ({quick} of them too fast to "
        f"measure at {LONGEST} characters), {len(rows) - fast - bad} faster than linear within the bar, {bad} failed"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
