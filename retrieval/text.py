"""Reading a report's words without rewriting them: length-preserving folding, and views that leave masks out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from retrieval.model import Span

__all__ = [
    "Line",
    "View",
    "chinese_count",
    "chinese_number",
    "fold",
    "lines",
    "plain_lower",
    "stretches",
    "view",
    "visible",
    "visible_between",
]

# Full-width ASCII and its look-alikes, one character to one character: NFKC would change lengths (½, ㎡, …).
# Radicals that PDF fonts put in the place of characters. Unicode names the characters of the Kangxi ones; those of the
# CJK Radicals Supplement that are whole characters are those of its EquivalentUnifiedIdeograph.txt.
_KANGXI = {chr(code): normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
_FOLD = (
    _KANGXI
    | _RADICALS
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {
        "\u3000": " ",  # ideographic space
        "\u00a0": " ",
        "\u2236": ":",
        "\ufe30": ":",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
        "\u2012": "—",
        "\u2015": "—",  # 1―2所
        "\u2500": "—",
        "\u223c": "~",
        "\u301c": "~",
    }
)
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLD))}]")


def fold(text: str) -> str:
    """`text` with full-width forms as ASCII and radicals as characters, of the same length: offsets hold in both.

    Note that ，；：（）％ fold to ASCII too; 。、“” stay.
    """
    # A translation table looks every character up; few of a text's characters are to be replaced.
    for character in set(_FOLDABLE.findall(text)):
        text = text.replace(character, _FOLD[character])
    return text


@dataclass(frozen=True, slots=True)
class View:
    """The visible characters of a slice of a text, each with its offset in that text.

    `text` is folded unless asked otherwise. `starts[i]`, `offsets[i]` map runs: the i-th run of visible characters
    begins at view position `starts[i]` and at source offset `offsets[i]`.
    """

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def offset(self, position: int) -> int:
        """Source offset of the character at `position` of the view."""
        run = bisect_right(self.starts, position) - 1
        return self.offsets[run] + position - self.starts[run]

    def span(self, start: int, end: int) -> Span:
        """Source span of view positions `start` to `end` (half-open, not empty)."""
        if len(self.starts) == 1:
            return Span(self.offsets[0] + start, self.offsets[0] + end)
        return Span(self.offset(start), self.offset(end - 1) + 1)


def view(text: str, span: Span, masks: Sequence[Span] = (), *, folded: bool = True) -> View:
    """The characters of `text` inside `span` and outside `masks` (sorted, disjoint)."""
    pieces: list[str] = []
    starts: list[int] = []
    offsets: list[int] = []
    length, at = 0, span.start
    for mask in [*_within(masks, span), Span(span.end, span.end)]:
        if mask.start > at:
            pieces.append(text[at : mask.start])
            starts.append(length)
            offsets.append(at)
            length += mask.start - at
        at = max(at, mask.end)
    body = "".join(pieces)
    return View(fold(body) if folded else body, tuple(starts) or (0,), tuple(offsets) or (span.start,))


def plain_lower(text: str) -> str:
    """`text` folded and in lower case, of the same length."""
    folded = fold(text)
    lower = folded.lower()
    return lower if len(lower) == len(folded) else folded


def visible(text: str, span: Span, masks: Sequence[Span] = ()) -> str:
    """The characters of `text` inside `span` and outside `masks`, as they are."""
    if not masks or masks[-1].end <= span.start or masks[0].start >= span.end:
        return text[span.start : span.end]
    at, pieces = span.start, []
    for mask in _within(masks, span):
        pieces.append(text[at : mask.start])
        at = mask.end
    pieces.append(text[at : span.end])
    return "".join(pieces)


def visible_between(text: str, masks: Sequence[Span]) -> Callable[[int, int], str]:
    """`visible` for many spans of one text, given by their start and end."""
    ends = [mask.end for mask in masks]

    def between(start: int, end: int) -> str:
        first = bisect_right(ends, start)
        if first == len(masks) or masks[first].start >= end:
            return text[start:end]
        return visible(text, Span(start, end), masks[first:])

    return between


def _within(masks: Sequence[Span], span: Span) -> Iterable[Span]:
    """The masks that touch `span`."""
    first = bisect_right(masks, span.start, key=lambda mask: mask.end)
    for mask in masks[first:]:
        if mask.start >= span.end:
            return
        yield Span(max(mask.start, span.start), min(mask.end, span.end))


# Some copies hold the four characters \r\n instead of line ends.
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]|\\r\\n|\\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has visible words: `span` from the first to the last of them, `text` those words folded."""

    span: Span
    text: str


def lines(text: str, masks: Sequence[Span] = (), span: Span | None = None) -> Iterator[Line]:
    """Lines with visible words inside `span` (the whole text unless given), masks left out."""
    whole = span or Span(0, len(text))
    at = whole.start
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text, whole.start, whole.end)]
    for end, following in [*ends, (whole.end, whole.end)]:
        if end > at:
            seen = view(text, Span(at, end), masks)
            bare = seen.text.strip()
            if bare:
                first = seen.text.index(bare[0])
                yield Line(seen.span(first, first + len(bare)), bare)
        at = following


_DIGITS = "〇一二三四五六七八九"


def chinese_count(number: int, unit: str) -> str:
    """A number with its measure word: 两项, 十二项."""
    return f"{'两' if number == 2 else chinese_number(number)}{unit}"


def chinese_number(number: int) -> str:
    """Up to 99,999 in counting style, 12 → 十二, 3,060 → 三千零六十; beyond in Arabic digits. Before a measure word
    2 is `两`."""
    if number == 0:
        return "零"
    if not 0 < number < _MOST_SPELT:
        return str(number)
    said, gap = "", False
    for power, name in _POWERS:
        digit, number = divmod(number, power)
        if digit:
            said += ("零" if said and gap else "") + (
                "" if not said and name == "十" and digit == 1 else _DIGITS[digit]
            )
            said += name
        gap = not digit
    return said


_MOST_SPELT = 100_000
_POWERS = ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, ""))


def stretches(years: Sequence[int]) -> str:
    """Years in order as words, runs of them joined: 2015、2018—2020."""
    if not years:
        return ""
    out: list[str] = []
    start = previous = years[0]
    for year in [*years[1:], 0]:
        if year == previous + 1:
            previous = year
            continue
        out.append(str(start) if start == previous else f"{start}{'、' if previous == start + 1 else '—'}{previous}")
        start = previous = year
    return "、".join(out)
