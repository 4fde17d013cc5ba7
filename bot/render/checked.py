"""The check of a text as a message: how many figures agree, and what is wrong, worst first, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.render.compose import quote_block, source_line
from bot.render.figure import period_words, worded
from bot.render.message import Line, Mark, Message, Origin, Part, Quote, Run
from bot.render.shown import Shown, shown
from retrieval.model import Answer, AnswerFigure, Computed, Kind, Span, Status
from retrieval.verify import Cause, Check, Finding, Missing, Said, Verdict, stretch, unlike

__all__ = ["MOST", "NAMES", "as_answer", "cause_words", "compose_check", "missing_words"]

# So many findings are told one by one; the rest goes into a file.
MOST = 20
NAMES = {
    Verdict.DIFFERENT: "不一致",
    Verdict.UNFOUND: "查不到",
    Verdict.NEAR: "相近",
    Verdict.SAME: "一致",
}
# Characters of the user's text shown before a figure.
_BEFORE = 36
_HEDGE = re.compile(r"左右|上下|以上|以下|以内|之间")
_STOP = re.compile(r"[，,。；;：:\n]")
_PLAIN = {
    Cause.PART: "这是其中一部分（部分地区或部分时段）的数",
    Cause.MEASURE: "总量和增速混用了",
    Cause.UNIT: "单位不同",
    Cause.SCALE: "数量级不同（万、亿或小数点）",
    Cause.SIGN: "升降相反",
    Cause.DIGITS: "有一位数字不同，可能是笔误",
}
_AGREED = 12  # figures that agree are named, so many of them


def as_answer(check: Check) -> Answer:
    """The check as an answer, as far as the digit gate looks at it: its citations, figures and counts."""
    figures = tuple(one for f in check.findings for one in (f.evidence, f.source) if one is not None)
    counts = tuple(Computed(Decimal(check.count(v)), "处", NAMES[v], (), counted=True) for v in Verdict)
    whole = Computed(Decimal(len(check.findings)), "处", "共", (), counted=True)
    return Answer(Kind.FIGURES, figures=figures, citations=check.citations, computed=(*counts, whole))


def compose_check(check: Check, *, most: int = MOST) -> Message:
    """The message for a check: at most `most` findings one by one. It still has to pass the gate."""
    quotes = [shown(citation) for citation in check.citations]
    told = [f for f in check.worst_first() if f.verdict is not Verdict.SAME]
    parts = [Part(tuple(_summary(check)))]
    seen: set[int] = set()
    for finding in told[:most]:
        parts.append(_part(check, finding, quotes, seen))
        seen.update(finding.citations)
    if agreed := [f for f in check.findings if f.verdict is Verdict.SAME]:
        parts.append(Part((_agreeing(check, agreed),)))
    return Message(tuple(parts))


def _summary(check: Check) -> Iterator[Line]:
    where = f"{check.place}{check.year}年" if check.place and check.year else check.place
    head = [Run("核对结果", Mark.STRONG)]
    if where:
        head.append(Run(f"（文中没有写的，按{where}核对）", origin=Origin.LABEL))
    yield Line(tuple(head))
    runs = [Run("共 "), Run(f"{len(check.findings)}处", origin=Origin.COMPUTED, of=len(Verdict)), Run("：")]
    for number, verdict in enumerate(Verdict):
        if count := check.count(verdict):
            runs += [Run("" if len(runs) == _HEAD else "，"), Run(f"{NAMES[verdict]} ")]
            runs.append(Run(f"{count}处", origin=Origin.COMPUTED, of=number))
    yield Line((*runs, Run("。")))
    for note in check.notes:
        yield Line((Run(f"注：{note}", Mark.NOTE, Origin.LABEL),))


_HEAD = 3


def _part(check: Check, finding: Finding, quotes: Sequence[Shown], seen: Collection[int]) -> Part:
    """A finding with the sentences it cites; those that were quoted before are only named."""
    lines = [
        Line((Run(f"{NAMES[finding.verdict]}：", Mark.STRONG), Run("您的原文“"), *_given(check, finding), Run("”")))
    ]
    if isinstance(finding.claim, Said):
        lines.append(Line(tuple(_words(finding))))
    else:
        lines += [Line(tuple(runs)) for runs in _figure(check, finding, quotes)]
    blocks: list[Line | Quote] = []
    for number in finding.citations:
        source, quote = _cited(check, finding, number, quotes)
        blocks += [source] if number in seen else [source, quote]
    return Part((*lines, *blocks))


def _given(check: Check, finding: Finding) -> Iterator[Run]:
    """The clause of the user's own text a figure stands in, the figure strong; of a long one its end."""
    text, span = check.text, finding.span
    if not isinstance(finding.claim, Said) and finding.claim.beside:
        for beside in finding.claim.beside:
            yield Run(beside.of(text), origin=Origin.GIVEN)
            yield Run(" ")
        yield Run(span.of(text), Mark.STRONG, Origin.GIVEN)
        return
    stops = [finding.claim.sentence.start, *(m.end() for m in _STOP.finditer(text, finding.claim.sentence.start))]
    # Where the figure is all of its clause, with the one before.
    begun = max((at for at in stops if span.start - at > 1), default=span.start)
    if span.start - begun > _BEFORE:
        yield Run("…")
        begun = span.start - _BEFORE
    if before := text[begun : span.start].lstrip():
        yield Run(before, origin=Origin.GIVEN)
    yield Run(span.of(text), Mark.STRONG, Origin.GIVEN)
    if not isinstance(finding.claim, Said) and (behind := _HEDGE.match(text, span.end)):
        yield Run(behind[0], origin=Origin.GIVEN)


def _words(finding: Finding) -> Iterator[Run]:
    if finding.verdict is Verdict.UNFOUND:
        yield Run("报告的这句话没有这样说" if finding.citations else "报告里没有这个说法")
        return
    claim = finding.claim
    own = unlike(claim.surface, claim.difference) if isinstance(claim, Said) and claim.difference else []
    yield Run("报告的写法略有不同：原句没有" if own else "报告的写法略有不同，多出几个字，见原句")
    for number, part in enumerate(own):
        yield Run("、“" if number else "“")
        yield Run(part, Mark.STRONG, Origin.GIVEN)
        yield Run("”")


def _figure(check: Check, finding: Finding, quotes: Sequence[Shown]) -> Iterator[list[Run]]:
    held = finding.evidence
    if finding.verdict is Verdict.UNFOUND:
        yield [Run(missing_words(finding), origin=Origin.LABEL)]
        if held is not None:
            lead = "报告：" if finding.missing is Missing.ELSEWHERE else "最接近的是："
            yield [Run(lead), *_told(check, held, quotes)]
        return
    if held is None:
        return
    yield [Run("报告："), *_told(check, held, quotes)]
    if words := cause_words(check, finding):
        yield [Run("可能的原因：" if finding.cause is not Cause.REVISED else "说明："), Run(words, origin=Origin.LABEL)]


def _told(check: Check, one: AnswerFigure, quotes: Sequence[Shown]) -> Iterator[Run]:
    """A report's figure in its words, with its year and standing."""
    figure, quote = one.figure, quotes[one.citation]
    said = worded(figure, quote)
    place = check.citations[one.citation].place
    name = figure.indicator if place in figure.indicator else f"{place}{figure.indicator}"
    yield Run(name, origin=Origin.LABEL)
    yield Run("：")
    if said.lead and said.own:
        yield Run(f"{said.lead} ")
    elif said.lead:
        yield Run(f"{said.lead} ", origin=Origin.QUOTE, of=one.citation)
    yield Run(said.value, Mark.VALUE, Origin.QUOTE, one.citation, at=quote.cited)
    if said.tail:
        yield Run(said.tail, origin=Origin.QUOTE, of=one.citation)
    aside = [period_words(figure.period), {Status.TARGET: "目标", Status.ESTIMATED: "预计"}.get(figure.status, "")]
    if shown_aside := [word for word in aside if word]:
        yield Run(f"（{'，'.join(shown_aside)}）", origin=Origin.LABEL)


def _cited(check: Check, finding: Finding, number: int, quotes: Sequence[Shown]) -> tuple[Line, Quote]:
    own = [f for f in (finding.evidence, finding.source) if f is not None and f.citation == number]
    marks: list[Span] = [worded(f.figure, quotes[number]).mark for f in own]
    if isinstance(finding.claim, Said) and (near := stretch(quotes[number].text, finding.claim.difference)):
        marks.append(near)
    return source_line(check.citations[number]), quote_block(number, quotes[number], marks)


def _agreeing(check: Check, agreed: Sequence[Finding]) -> Line:
    runs = [Run(f"{NAMES[Verdict.SAME]}：", Mark.STRONG)]
    for number, finding in enumerate(agreed[:_AGREED]):
        runs += [Run("；")] if number else []
        runs += [replace(run, mark=Mark.PLAIN) for run in _given(check, finding)]
    return Line((*runs, Run(" 等" if len(agreed) > _AGREED else "")))


def missing_words(finding: Finding) -> str:
    """Why a figure was not found, in words for the user."""
    claim = finding.claim
    if isinstance(claim, Said):
        return "报告里没有这个说法"
    match finding.missing:
        case Missing.PLACE:
            return f"没有收录{claim.place}的报告"
        case Missing.YEAR:
            return f"没有收录{claim.place}能说明{period_words(claim.figure.period)}情况的报告"
        case Missing.UNPLACED:
            return "没有写明是哪里的"
        case Missing.UNSURE:
            return "报告有类似的内容，但不能确定是同一项"
        case Missing.ELSEWHERE:
            return "报告里有这个数，但说的是别的年份、别的范围，或者是目标"
        case _:
            where = "、".join(finding.looked) or claim.place
            when = period_words(claim.figure.period)
            return f"没有在{where}的报告里查到{f'{when}的' if when else ''}这一项"


def cause_words(check: Check, finding: Finding) -> str:
    """What a differing figure most likely is, in words for the user; empty where nothing is known."""
    if isinstance(finding.claim, Said) or finding.cause is None:
        return ""
    source = finding.source or finding.evidence
    if source is None:
        return ""
    figure = source.figure
    match finding.cause:
        case Cause.YEAR:
            aim = "目标" if figure.status is Status.TARGET else ""
            return f"这是{period_words(figure.period)}的{aim}数"
        case Cause.SPAN:
            return f"这是{period_words(figure.period)}合计或平均的数"
        case Cause.STATUS:
            return "报告里这是目标，不是结果" if figure.status is Status.TARGET else "报告里这是结果，不是目标"
        case Cause.PLACE:
            return f"这是{check.citations[source.citation].place}的数"
        case Cause.HALF | Cause.NEIGHBOUR:
            return f"这是“{figure.indicator}”的数"
        case Cause.REVISED:
            return "您写的是当时的预计数，后来的报告改了"
        case cause:
            return _PLAIN.get(cause, "")
