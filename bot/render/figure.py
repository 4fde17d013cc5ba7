"""One answered figure in the report's own words: what stands before the number (增长, 下降, 突破, 近), the number, what
stands behind it (以上, 左右), and whether it is a result, an estimate or a target."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.render.message import Line, Mark, Origin, Run
from bot.render.shown import Shown
from retrieval.model import Answer, AnswerFigure, Computed, Figure, Measure, Span, Status, plain

__all__ = ["Worded", "computed_line", "figure_line", "period_words", "worded"]

_DELIMITERS = re.compile(r"[，,。；;、：:！!？?（）()“”《》\n]|和|及|与")
_LEAD = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|年均|累计|预计|力争|确保|均|各|再|已|仅|了|到|至|为|是|占|在|列|居|位居|"
    r"增长|增加|提高|上升|上涨|提升|攀升|跃升|扩大|增幅|增速|增至|达到|达|突破|完成|实现|新增|回升|净增|超额|"
    r"负增长|下降|降低|减少|回落|下跌|下滑|缩短|压减|压缩|缩小|收窄|降至|减至|减|降|"
    r"控制|稳定|保持|高于|低于|快于|慢于|高出|多于|少于|"
    r"近|约|超过|超|逾|不低于|不超过|不少于|不高于|大约|接近|将近|翻)+$"
)
_TAIL = re.compile(r"\s*(?:以上|以下|以内|左右|上下|之间|之内|以外)")
_UP = re.compile(r"增长|增加|提高|上升|上涨|提升|攀升|跃升|扩大|回升|净增|新增|高于|快于|高出")
_DOWN = re.compile(r"负增长|下降|降低|减少|回落|下跌|下滑|缩短|压减|压缩|缩小|收窄|低于|慢于|少于|降|减")
_SIGNED = re.compile(r"^\s*(?:[-－−—+＋]|负)")
_EACH = re.compile(r"^(?:分别|各|均|双双)")
_STATUS = {Status.ESTIMATED: "预计", Status.TARGET: "目标"}


@dataclass(frozen=True, slots=True)
class Worded:
    """A figure's words. `own` tells that `lead` is this program's word and not the report's; `mark` is the stretch of
    the shown quote to point out."""

    lead: str
    value: str
    tail: str
    own: bool
    mark: Span


def worded(figure: Figure, quote: Shown) -> Worded:
    """The words of a figure inside its quote."""
    at = quote.span(figure.span)
    before = quote.text[: at.start]
    piece = _DELIMITERS.split(before)[-1].rstrip()
    match = _LEAD.search(piece)
    lead = _EACH.sub("", match.group()) if match else ""
    # 培育了 4 条: 了 alone says nothing.
    lead = "" if lead == "了" else lead
    tail_match = _TAIL.match(quote.text, at.end)
    end = tail_match.end() if tail_match else at.end
    value = quote.text[at.start : at.end]
    own = False
    if figure.direction and not _says(figure.direction, lead) and not _SIGNED.match(value):
        found = _verb(figure, quote, at.start)
        if found or figure.direction < 0 or (figure.measure is Measure.GROWTH and not lead):
            lead, own = (found, False) if found else ("下降" if figure.direction < 0 else "增长", True)
    start = _named_from(figure.indicator, piece, before, match.group() if match else "")
    return Worded(lead, value, quote.text[at.end : end], own, Span(start, end))


def _says(direction: int, lead: str) -> bool:
    down = bool(_DOWN.search(lead))
    return down if direction < 0 else bool(_UP.search(lead)) and not down


def _verb(figure: Figure, quote: Shown, before: int) -> str:
    """The nearest verb of the figure's direction that stands before it in its clause."""
    start = quote.span(figure.clause).start if figure.clause else 0
    pattern = _DOWN if figure.direction < 0 else _UP
    found = list(pattern.finditer(quote.text, start, before))
    if not found:
        return ""
    last = found[-1]
    # 从2000年的269亿元,增加到2005年的525亿元 is no growth of 525亿元.
    return last.group() + (_ARRIVES.match(quote.text, last.end(), before) or [""])[0]


_ARRIVES = re.compile(r"[到至为]")


def _named_from(indicator: str, piece: str, before: str, lead: str) -> int:
    """Where the mark begins: at the indicator where it stands right before the figure, else at the verb."""
    trimmed = len(before.rstrip())
    if indicator and indicator in piece:
        return trimmed - len(piece) + piece.rfind(indicator)
    return trimmed - len(lead) if lead else len(before)


def period_words(period: str) -> str:
    """`2023` → 2023年, `2016-2020` → 2016—2020年; anything else as it is."""
    if re.fullmatch(r"\d{4}", period):
        return f"{period}年"
    years = re.fullmatch(r"(\d{4})-(\d{4})", period)
    return f"{years[1]}—{years[2]}年" if years else period


def figure_line(answered: AnswerFigure, answer: Answer, quote: Shown, *, bullet: bool = False) -> Line:
    """Name, the report's words around the number, the number, and its year and status.

    Where the answer draws on several places or report years, each line names its own.
    """
    figure, citation = answered.figure, answer.citations[answered.citation]
    said = worded(figure, quote)
    name = answered.label or figure.indicator
    several = {(other.place, other.year) for other in (answer.citations[f.citation] for f in answer.figures)}
    place = figure.place or citation.place
    if place == citation.place and len({name for name, _ in several}) < 2:
        place = ""
    if place and place not in name:
        name = f"{place}{name}"
    report = f"{citation.year}年报告" if len({year for _, year in several}) > 1 else ""
    aside = [words for words in (period_words(figure.period), _STATUS.get(figure.status, ""), report) if words]
    runs = [Run("· ")] if bullet else []
    runs += [Run(name, Mark.STRONG, Origin.LABEL), Run("：")]
    if said.lead:
        runs.append(
            Run(f"{said.lead} ", origin=Origin.PROGRAM)
            if said.own
            else Run(f"{said.lead} ", origin=Origin.QUOTE, of=answered.citation)
        )
    runs.append(Run(said.value, Mark.VALUE, Origin.QUOTE, answered.citation, at=quote.cited))
    if said.tail:
        runs.append(Run(said.tail, origin=Origin.QUOTE, of=answered.citation))
    if aside:
        runs.append(Run(f"（{'，'.join(aside)}）", origin=Origin.LABEL))
    return Line(tuple(runs))


def computed_line(number: int, computed: Computed) -> Line:
    """A derived value, marked as computed."""
    return Line(
        (
            Run(computed.label, Mark.STRONG, Origin.LABEL),
            Run("："),
            Run(f"{plain(computed.value)}{computed.unit}", Mark.VALUE, Origin.COMPUTED, number),
            Run("（按全文计数，非原文）" if computed.counted else "（由所引数字算出，非原文）"),
        )
    )
