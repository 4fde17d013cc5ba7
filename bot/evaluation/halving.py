"""Questions about two figures taken apart: the head that names place and time, and what is asked of it twice.

Only forms that can be split without guessing are; a side must name its figure as the question's writer does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.evaluation.gold import GoldFigure, Question, place_of
from retrieval.lexicon import indicators

__all__ = ["Halves", "halves", "head_end"]

_LAND = re.compile(r"(?:特别行政区|(?:[一-鿿]+族)+自治[区州县]|自治[区州县]|省|市|县|区|州|盟|地区)$")
_TIME = r"(?:19|20)\d\d年?(?:底|末|[上下]半年)?|今年|去年|明年|上年|当年"
_LOOSE = r"[的在到，, ]|截至|全[国省市县区州]|我国|国家"
_ASKING = re.compile(r"多少|多大|多高|几|怎[么样]")
_BOTH = r"(?:各自?|分别|都)"
_RATE = r"(?:增长目标|增速目标|目标增速|增长速度|增长率|增速|增幅|降幅)"
# 预计, the names of measures behind the second name, and 的… belong to both names.
_JOINED = re.compile(
    rf"(?P<one>(?![把将对])[^，,、；;？?和与及]+?)(?:以及|和|与|及|、)(?P<other>[^，,、；;？?和与及]+?)"
    rf"(?P<tail>(?:的[^的，,]{{1,9}}?|{_RATE}|目标|预计|计划|力争|预期)*){_BOTH}(?P<end>[^，,；;]+)"
)
_AMOUNT = r"(?:总量|总额|规模|数额|数值)?"
_WITH_RATE = re.compile(
    rf"(?P<what>[^，,、；;？?和与及]+?)的?(?P<level>{_AMOUNT})(?:以及|和|与|及|、)(?:其|同比)?(?P<rate>增速|增幅|增长率|增长速度)"
    rf"{_BOTH}?(?:是|为)?(?:多少|几何)"
)
_CLAUSES = re.compile(r"(?P<one>[^，,；;？?]+)[，,；;？?、](?P<other>[^，,；;？?]+)")
# A clause that begins so leans on the one before.
_LEANING = re.compile(r"其中|多少|几|在|比|又|还|再|那|也|占|同比|分别|各|这|它|较|增长|增速|增幅|下降|折合|年均")
# 派了几批、多少名医护去湖北: what was done stands behind the second only.
_BARE = re.compile(r"(?:多少|几).?$")


@dataclass(frozen=True, slots=True)
class Halves:
    """The turns that ask for the first and for the second figure, and the question with both the other way round;
    `swapped` is empty where the second leans on the first."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    swapped: str = ""


def head_end(text: str, question: Question) -> int:
    """Where the places and times a question begins with end; 0 where it begins otherwise."""
    names = {name for report in question.reports for name in _names(place_of(report))}
    said = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = re.match(rf"(?:{said + '|' if said else ''}{_TIME}|{_LOOSE})*", text)
    return found.end() if found else 0


def _names(place: str) -> set[str]:
    """A place's name and what is left of it without its kind: 恩施土家族苗族自治州, 恩施."""
    short = _LAND.sub("", place)
    return {name for name in (place, short, _LAND.sub("", short)) if len(name) > 1}


def halves(question: Question) -> Halves | None:
    """The halves of a question about two figures; None where it cannot be taken apart for sure."""
    if len(question.figures) != 2 or len(question.turns) != 1:
        return None
    text = question.turns[0].rstrip("。？?！! ")
    cut = head_end(text, question)
    head, rest = text[:cut], text[cut:]
    if not head or re.search(r"(?:19|20)\d\d", rest):
        return None
    return _joined(head, rest, question.figures) or _with_rate(head, rest, question.figures) or _clauses(
        head, rest, question.figures
    )  # fmt: skip


def _joined(head: str, rest: str, figures: tuple[GoldFigure, ...]) -> Halves | None:
    """财政收入和固定资产投资各是多少."""
    found = _JOINED.fullmatch(rest)
    if found is None or not all(
        _names_it(side, figure) for side, figure in zip((found["one"], found["other"]), figures, strict=True)
    ):
        return None
    both = rest[found.start("tail") :]
    tail = f"{found['tail']}{found['end']}？"
    swapped = f"{head}{found['other']}{rest[found.end('one') : found.start('other')]}{found['one']}{both}？"
    return Halves((f"{head}{found['one']}{tail}",), (f"{head}{found['other']}{tail}",), swapped)


def _names_it(side: str, figure: GoldFigure) -> bool:
    """Whether a side of a list is a name of its own, and the name of this figure."""
    known, meant = indicators.head(side), indicators.head(figure.indicator)
    if known is not None and meant is not None:
        return known.indicator is meant.indicator
    return side == figure.indicator


def _with_rate(head: str, rest: str, figures: tuple[GoldFigure, ...]) -> Halves | None:
    """GDP总量和增速分别是多少."""
    found = _WITH_RATE.fullmatch(rest)
    if found is None or [figure.measure for figure in figures] != ["level", "growth"]:
        return None
    what, level, rate = found["what"], found["level"], found["rate"]
    if re.search(_RATE, what):
        return None
    swapped = f"{head}{what}{rate}和{level or '总量'}分别是多少？"
    return Halves((f"{head}{what}{level}是多少？",), (f"{head}{what}{rate}是多少？",), swapped)


def _clauses(head: str, rest: str, figures: tuple[GoldFigure, ...]) -> Halves | None:
    """新建了多少所学校，新增多少个学位: the second clause is asked as the next turn, as people do."""
    found = _CLAUSES.fullmatch(rest)
    if found is None:
        return None
    one, other = found["one"], found["other"].strip()
    if not (_ASKING.search(one) and _ASKING.search(other)) or (_BARE.search(one) and _ASKING.match(other)):
        return None
    first = f"{head}{one}？"
    return Halves((first,), (first, f"{other}？"), _swapped(head, one, other, figures))


def _swapped(head: str, one: str, other: str, figures: tuple[GoldFigure, ...]) -> str:
    """The clauses the other way round, where each names its own figure and not the other's."""
    (first, second) = (figure.indicator for figure in figures)
    own = _shares(one, first) and _shares(other, second)
    if _LEANING.match(other) or not own or _shares(one, second) or _shares(other, first):
        return ""
    return f"{head}{other}，{one}？"


def _shares(text: str, name: str) -> bool:
    """Whether a run of two characters or more is in both."""
    return SequenceMatcher(None, text, name, autojunk=False).find_longest_match().size > 1
