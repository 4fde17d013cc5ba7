"""Characters of a file that are not the report's words, as spans: marks of markup, of footnotes, of page making."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from retrieval.model import Span

__all__ = ["front_matter", "marks", "merge"]

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<inner>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)

# Each with characters of which a text that has such a mark has one: most texts have few of these marks.
_EVERYWHERE = (
    ("\ufeff", re.compile(r"\A\ufeff")),
    # Tags that a copied page left in a text.
    ("<", re.compile(r"</?(?:p|br|div|span|strong|b|i|u|font|em|a|sup|sub)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)),
    ("\\", re.compile(r"\\r\\n|(?<![A-Za-z])\\n")),
    ("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")),
    ("\ufffd", re.compile(r"\ufffd+")),
    ("?", re.compile(r"\?{2,}")),  # characters lost in a conversion; one alone may be a question
    (
        "&",
        re.compile(
            r"&(?:nbsp|ensp|emsp|thinsp|mdash|ndash|ldquo|rdquo|lsquo|rsquo|hellip|middot|#x?[0-9a-fA-F]{2,6});"
        ),
    ),
    # A vendor's mark set into the copied text.
    (
        "网",
        re.compile(
            r"(?:更多数据[::]?)?(?:百度)?(?:搜索|来自|来源[::]?(?:百度)?)?[“\"]?\s{0,3}马\s{0,3}克\s{0,3}数\s{0,3}据\s{0,3}网[”\"]?(?:\s{0,3}整理)?"
        ),
    ),
    # (下转第2版), 下转4版 上接3版
    (
        "版",
        re.compile(
            r"[（(【\[]?\s{0,4}(?:下转|上接|紧接|转|接)\s{0,4}第?\s{0,4}[0-9０-９一二三四五六七八九十A-Z]{1,3}\s{0,4}版\s{0,4}[）)】\]]?"
        ),
    ),
    # Footnote marks after a word: [1], ［12］, 〔3〕, [^4], 【5】; a lone ① likewise.
    (
        "[［〔【",
        re.compile(
            r"(?<=[\u4e00-\u9fff”》）)、，,。；%％A-Za-z])[\[［〔【]\s{0,3}\^?\s{0,3}[0-9０-９]{1,3}\s{0,3}[\]］〕】]"
        ),
    ),
    (
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
        re.compile(r"(?<=[\u4e00-\u9fff”》%％])[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳](?=[\u4e00-\u9fff，。；、0-9０-９])"),
    ),
    # Raised ones: of m² and 10⁴ they belong to the word.
    ("¹²³⁰⁴⁵⁶⁷⁸⁹", re.compile(r"(?<=[\u4e00-\u9fff”》）)%％，。；、])[¹²³⁰⁴⁵⁶⁷⁸⁹]{1,3}")),
    (
        "<",
        re.compile(
            r"(?<![A-Za-zμ])(?<!10)<sup>\s{0,3}[\[［(（〔【]?\s{0,3}\^?[0-9]{1,3}\s{0,3}[\]］)）〕】]?\s{0,3}</sup>",
            re.IGNORECASE,
        ),
    ),
    # Markdown's.
    ("*", re.compile(r"\*\*")),
    ("#", re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)),
    ("-*+", re.compile(r"^[ \t]*[-*+][ \t]+(?=[^\s\-—*])", re.MULTILINE)),
    ("^", re.compile(r"^\[\^\d+\]:[ \t]*", re.MULTILINE)),
    ("!", re.compile(r"!\[[^\]\[\n]{0,300}\]\([^()\n]{0,500}\)")),
)


# Share of a text's characters that are blanks where every character has one.
_SPACED = 0.3
_WIDE = r"[\u4e00-\u9fff\u3001-\u303f\uff00-\uffef0-9.%‰“”—-]"
_BETWEEN = re.compile(rf"(?<={_WIDE}) (?={_WIDE})")


def front_matter(text: str) -> tuple[Span | None, dict[str, str]]:
    """The block between --- lines at the top, and its `key: value` lines."""
    match = _FRONT.match(text)
    if match is None:
        return None, {}
    return Span(0, match.end()), {key: value.strip("\"'") for key, value in _FIELD.findall(match["inner"])}


def marks(text: str) -> list[Span]:
    """Every mark that is no word of the report, unsorted."""
    return [*_comments(text), *_marks(text), *_spacing(text)]


def _spacing(text: str) -> list[Span]:
    """The blanks of a text that has one behind every character, as some converters write."""
    if text.count(" ") < _SPACED * len(text):
        return []
    return [Span(*match.span()) for match in _BETWEEN.finditer(text)]


def _comments(text: str) -> Iterator[Span]:
    """Comments of markup; one that never ends is none, and the rest is not searched for its end again."""
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at + 4)
        if end < 0:
            return
        yield Span(at, end + 3)
        at = text.find("<!--", end + 3)


def _marks(text: str) -> list[Span]:
    return [
        Span(*match.span())
        for needles, pattern in _EVERYWHERE
        if any(needle in text for needle in needles)
        for match in pattern.finditer(text)
    ]


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted and disjoint; touching spans become one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        elif len(span):
            out.append(span)
    return tuple(out)
