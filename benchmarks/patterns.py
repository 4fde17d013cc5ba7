"""How the time of every regular expression of the program grows with its input.

    PYTHONPATH=. .venv/bin/python benchmarks/patterns.py [--all]

For each pattern strings are made from its own parts: what comes before a repetition, the repetition pumped, and an end
that cannot match. The time of a search over a string is compared with that over one half as long, as a power: 1 is
linear, 2 quadratic. A pattern is given what it can be given: a question's patterns the longest question, a bot's the
longest message, a report's a stretch of text without a full stop. Then whole reports are read that are made of what
hurt most, twice as long each time. The exit status is 1 where a pattern takes longer than a quarter of a second, or
where the reading of a report grows faster than its length.
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

# The longest question (retrieval.query.normalise): importing it here would compile its patterns unseen.
QUESTION = 500
# The longest text a pattern of a package is given; the rest is that of reports.
LONGEST = {"retrieval.query": QUESTION, "retrieval.answer": QUESTION, "bot.commands": 4096, "bot.app": 4096}
STRETCH = 1024
# How many strings are tried for each pattern, and how long: the two slowest are measured.
MOST, SCREEN = 24, 256
# Below this many seconds a growth is the clock's, not the pattern's.
FLOOR = 2e-4
SLOWEST = 0.25
# Whole reports: what a run of them is pumped with, between which lengths, and the power that is no longer linear.
RUNS = (
    "共",
    "进",
    "排名从",
    "一",
    "再",
    "四、",
    "百",
    "已罏罏",
    "项目全部",
    "推进",
    "不断",
    "弲",
    "7亿",
    "分别",
    "其中",
)
REPORTS = (20_000, 40_000)
BAR = 1.5
# A report read faster than this says nothing about growth.
QUICK = 0.2
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


def timed(found: re.Pattern[str], text: str, tries: int = 2, *, anchored: bool = False) -> float:
    """Seconds of the processor for the match at the beginning, or for every match in a text, the best of some tries;
    infinity where that takes longer than the bar."""
    best = math.inf
    for _ in range(tries):
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * SLOWEST)
        try:
            if anchored:
                found.match(text)
            else:
                for _ in found.finditer(text):
                    pass
        except TooLong:
            return math.inf
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        best = min(best, time.process_time() - start)
    return best


class TooLong(Exception):
    """The bar is passed."""


def _too_long(*_: object) -> None:
    raise TooLong


def growth(pattern: str, flags: int, longest: int, *, anchored: bool) -> tuple[float, float, str]:
    """The worst power of growth, the seconds for the longest text, and what it is made of."""
    found = re.compile(pattern, flags)
    tried = []
    for before, piece, end in islice(attacks(pattern, flags), MOST):
        text = before + piece * (SCREEN // len(piece)) + end
        tried.append((timed(found, text, 1, anchored=anchored), before, piece, end))
        if tried[-1][0] == math.inf:
            return math.inf, math.inf, f"{before[-12:]!r} + {piece[:12]!r}×n + {end!r}"
    worst = (0.0, 0.0, "")
    for _, before, piece, end in sorted(tried, reverse=True)[:2]:
        short, long = (
            timed(found, before + piece * (length // len(piece)) + end) for length in (longest // 2, longest)
        )
        if long < FLOOR:
            continue
        power = math.log2(long / max(short, 1e-7)) if long < math.inf else math.inf
        if (long, power) > (worst[1], worst[0]):
            worst = (power, long, f"{before[-12:]!r} + {piece[:12]!r}×n + {end!r}")
    return worst


def _anchored(pattern: str, where: str) -> bool:
    """Whether a module only ever asks for the pattern where it stands: by match and fullmatch, under one name."""
    module = sys.modules[where]
    names = [name for name, value in vars(module).items() if getattr(value, "pattern", None) == pattern]
    source = Path(module.__file__ or "").read_text(encoding="utf-8")
    used = {use for name in names for use in re.findall(rf"(?<!\w){name}(?:\.(\w+))?", source)} - {""}
    bare = any(len(re.findall(rf"(?<!\w){name}(?!\w|\.)", source)) > 1 for name in names)
    return bool(names) and not bare and used <= {"match", "fullmatch"}


def reading() -> list[tuple[float, float, str]]:
    """For each hostile report the power of growth, the seconds for the longer one, and what it is made of."""
    analyse = importlib.import_module("retrieval.analyse").analyse
    out = []
    head = "——2024年1月16日在辽阳市第十七届人民代表大会第四次会议上\n一、2023年工作回顾\n地区生产总值增长2%。\n"
    # Enough of a report that it is read as one, whatever follows.
    head += "坚持稳中求进工作总基调，全面深化改革开放，经济运行总体平稳，社会大局和谐稳定。\n" * 400
    tail = "增长2%，完成3亿元，占GDP比重5%，居全省第1位。\n"
    analyse(f"{head}{tail}".encode(), "辽阳市-2024.txt")  # dictionaries
    for run in RUNS:
        taken = []
        for length in REPORTS:
            text = f"{head}我市{run * (length // len(run))}{tail}".encode()
            start = time.process_time()
            analyse(text, "辽阳市-2024.txt")
            taken.append(time.process_time() - start)
        out.append((math.log2(taken[1] / taken[0]), taken[1], run))
    return out


def main() -> int:
    """Print the patterns that are not plainly linear, all with --all, then the reports, and the sums."""
    signal.signal(signal.SIGVTALRM, _too_long)
    patterns = compiled()
    rows = []
    for (pattern, flags), where in patterns.items():
        longest = next((length for name, length in LONGEST.items() if where.startswith(name)), STRETCH)
        rows.append((*growth(pattern, flags, longest, anchored=_anchored(pattern, where)), where, pattern))
    bad = 0
    for power, seconds, made, where, pattern in sorted(rows, reverse=True):
        failed = seconds > SLOWEST
        bad += failed
        if failed or power > 1.4 or "--all" in sys.argv:
            mark = "FAILED" if failed else ""
            print(f"{power:5.2f} {seconds * 1000:9.2f} ms  {where}: {pattern[:70]!r}  {made} {mark}")
    slowest = max(seconds for _, seconds, *_ in rows)
    linear = sum(power <= 1.4 for power, *_ in rows)
    print(
        f"{len(rows)} patterns of {len(set(patterns.values()))} modules: {linear} linear, {len(rows) - linear} grow "
        f"faster; the slowest takes {slowest * 1000:.0f} ms for the longest text it is given, {bad} failed"
    )
    found = reading()
    for power, seconds, run in found:
        print(f"{power:5.2f} {seconds * 1000:9.2f} ms  a report of {run!r} × n")
    worst = max((power for power, seconds, _ in found if seconds > QUICK), default=0.0)
    print(f"reading a report: power {worst:.2f} at most ({REPORTS[0]} to {REPORTS[1]} characters)")
    return 1 if bad or worst > BAR else 0


if __name__ == "__main__":
    sys.exit(main())
