"""Figures found in sentences, beside Microsoft's Recognizers-Text and Duckling where they are installed.

    python benchmarks/extraction.py [--passages FILE.jsonl --gold FILE.jsonl]

Without files the constructions of the tests are read, which ours is made for: the fairer comparison is with files. The
peers know numbers, money and percentages and not what they are about: only value and place are compared, scaled to
the unit's base. What they find besides (years, ordinals, names) is counted as spurious, as it is for ours.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from retrieval.figures import Context, extract
from retrieval.text import fold
from tests.support.cases import ROOT

SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
}


_RUNS = 3


@dataclass(frozen=True)
class Found:
    """A number where it stands; `value` in the unit's base, None where it is said in words only."""

    start: int
    end: int
    value: Decimal | None
    threshold: bool = False  # neither asked for nor wrong


@dataclass(frozen=True)
class Text:
    """A text and the figures known to be in it."""

    text: str
    place: str
    year: int
    figures: tuple[Found, ...]


Finder = Callable[[Text], Iterable[Found]]


def number(value: object, unit: str = "") -> Decimal | None:
    """The value in its unit's base: 1.2 万亿元 is 1.2E12."""
    try:
        found = Decimal(str(value).strip("%").replace(",", ""))
    except InvalidOperation:
        return None
    # 千瓦 and the like are units of their own; of 千 and 百 alone there are too few to matter.
    return found * next((factor for name, factor in SCALES.items() if unit.startswith(name)), 1)


def ours(text: Text) -> Iterable[Found]:
    """This program."""
    for figure in extract(text.text, Context(text.year, text.place)):
        value = None if figure.value is None else number(figure.value, figure.unit)
        yield Found(figure.span.start, figure.span.end, value)


def recognizers() -> Finder | None:
    """Recognizers-Text: currency, percentages and numbers; the longer one where they overlap."""
    if importlib.util.find_spec("recognizers_number_with_unit") is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recognizers_number import recognize_number, recognize_percentage  # noqa: PLC0415  an optional peer
        from recognizers_number_with_unit import recognize_currency  # noqa: PLC0415  as above

    def find(text: Text) -> Iterable[Found]:
        found: list[Found] = []
        for recognize in (recognize_currency, recognize_percentage, recognize_number):
            for one in recognize(text.text, "zh-cn"):
                start, end = one.start, one.end + 1
                if all(end <= other.start or other.end <= start for other in found):
                    found.append(Found(start, end, number((one.resolution or {}).get("value"))))
        return found

    return find


def duckling() -> Finder | None:
    """Duckling by its native wrapper: numbers, money, quantities."""
    if importlib.util.find_spec("duckling") is None:
        return None
    import duckling as package  # noqa: PLC0415  an optional peer

    zones = package.load_time_zones("/usr/share/zoneinfo")
    reference = package.parse_ref_time(zones, "Asia/Shanghai", 1_700_000_000)
    context = package.Context(reference, package.default_locale_lang(package.parse_lang("ZH")))
    dimensions = package.parse_dimensions(["number", "amount-of-money", "quantity"])

    def find(text: Text) -> Iterable[Found]:
        for one in package.parse(text.text, context, dimensions, False):
            yield Found(one["start"], one["end"], number(one["value"].get("value")))

    return find


def same(one: Found, other: Found) -> bool:
    """Whether both cover much the same place and say the same number."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    longest = max(one.end - one.start, other.end - other.start)
    if shared * 3 < longest:  # 1268.4亿元 and 1268.4 are one place
        return False
    if one.value is None or other.value is None:
        return one.value is None and other.value is None
    # Duckling's numbers are floats.
    return abs(abs(one.value) - abs(other.value)) <= abs(one.value) / 10**9


def measure(name: str, texts: list[Text], find: Finder, base: float | None = None) -> float:
    """Print how much was found; seconds of processor time, best of a few runs."""
    spent = float("inf")
    for _ in range(_RUNS):
        start = time.process_time()
        told = [list(find(text)) for text in texts]
        spent = min(spent, time.process_time() - start)
    known = right = spurious = 0
    for text, found in zip(texts, told, strict=True):
        left = list(found)
        for figure in text.figures:
            known += not figure.threshold
            match = next((one for one in left if same(figure, one)), None)
            if match is not None:
                right += not figure.threshold
                left.remove(match)
        spurious += len(left)
    size = sum(len(text.text) for text in texts)
    recall, precision = right / known, right / max(1, right + spurious)
    ratio = f", ratio of times {spent / base:.1f}" if base else ""
    print(f"{name}: {right} of {known} values found ({recall:.3f}), {spurious} others (precision {precision:.3f}), "
          f"{size / spent / 1000:.0f} thousand characters/s{ratio}", flush=True)  # fmt: skip
    return spent


def known(raw: dict[str, Any], text: str) -> tuple[Found, ...]:
    """The figures of a case; those without a place are looked for from left to right."""
    found, at = [], 0
    for figure in raw["figures"]:
        start = figure["start"] if "start" in figure else text.find(figure["surface"], at)
        if start < 0:
            continue
        end = start + len(figure["surface"])
        at = start if "start" in figure else end
        value = None if figure["value"] is None else number(figure["value"], figure["unit"] or "")
        found.append(Found(start, end, value, figure.get("measure") == "threshold"))
    return tuple(found)


def lines(path: Path) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=Path, help="texts by pid")
    parser.add_argument("--gold", type=Path, help="their figures by pid")
    given = parser.parse_args()
    rows = lines(given.gold or ROOT / "tests" / "spec" / "figures_constructions.jsonl")
    said = {row["pid"]: row for row in lines(given.passages)} if given.passages else {}
    texts = []
    for row in rows:
        if not all("value" in figure for figure in row["figures"]):
            continue  # a case about other fields
        source = said.get(row.get("pid"), row)
        place, year = source["report"].split("-")[:2]
        texts.append(Text(fold(source["text"]), place, int(year), known(row, source["text"])))
    list(ours(texts[0]))
    base = measure("ours", texts, ours)
    for name, made in (("Recognizers-Text", recognizers), ("Duckling", duckling)):
        find = made()
        if find is None:
            print(f"{name}: not installed (dependency group bench)")
        else:
            list(find(texts[0]))
            measure(name, texts, find, base)


if __name__ == "__main__":
    main()
