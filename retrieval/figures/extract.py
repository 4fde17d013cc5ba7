"""Passages to Figures: each quantity with its subject, measure, direction, status, period and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from retrieval.figures import subjects
from retrieval.figures.quantities import quantities
from retrieval.figures.values import Context, Quantity
from retrieval.lexicon import indicators
from retrieval.model import Figure, Measure, Outline, Report, SectionKind, Span, Status
from retrieval.passages.sentences import split
from retrieval.text import View, view

__all__ = ["extract", "extract_report"]

_UP = re.compile(r"增长|增加|提高|上升|上涨|提升|攀升|跃升|扩大|回升|净增|增幅|增速|高于|快于|高出|优于|递增|超过.{0,6}目标")
_DOWN = re.compile(r"负增长|下降|降低|减少|回落|下跌|下滑|缩短|压减|压缩|缩小|收窄|低于|慢于|削减|减亏|降幅|(?<!下)降(?!水|雨|费|落|准)")
_TO = re.compile(r"(?:到|至|达|达到|为)$")
_BASE = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "千": Decimal(10) ** 3, "百": Decimal(10) ** 2, "十": Decimal(10)}
_COUNTED = set("个家户所座项条件台套辆列班架位名种处张株头只起宗场次箱枚站床门对批艘部支期例幅篇册本口尾羽块间盏根棵眼片栋幢匹类款节届村镇人") | {"天", "人次", "万", "亿"}
_TARGET = re.compile(r"力争|确保|计划|预期目标|目标|将(?!军|来)|争取(?!上级|到|资金)|努力|要(?![素求点闻])|达标|明年")
_PAST = re.compile(r"去年|已(?!经济)|过去|上年(?!同)|一年来|五年来|以来|取得|荣获|获评|获批|位居|累计完成|同比|比上年")
_AHEAD = frozenset({SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD})
_FUTURE = re.compile(r"力争|确保|加强|推进|加快|支持|争取|计划|持续|打造|深入|完善|鼓励|积极|大力|着力|抓好|继续|新建|实施")
_DONE = re.compile(r"了|明显|显著|累计|成功|获批|被评|同比|圆满|顺利|实现|达到|完成|改善|五年来|一年来|去年|增长(?=\d)")
_QUALIFIER = re.compile(r"(近|约|超过|超|逾|突破|不低于|不超过|不少于|达到|达|迈上|接近|过)\s*$")
_BEHIND = re.compile(r"\s?(以上|以下|以内|左右|上下)")
_TERM = re.compile(r"五年来|过去五年|这五年|本届|五年(?=累计|年均|完成|共|新增)")
_PLAN = re.compile(r"“?(十[一二三四五]|十)五”?(?:时期|期间|以来)")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*年")
_NUMBERS = {"十": 10, "十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15}


@dataclass(slots=True)
class _State:
    """What later quantities of a sentence take over from earlier ones."""

    subject: str = ""
    listed: list[str] = field(default_factory=list)
    pair: list[str] = field(default_factory=list)
    deed: str = ""


def extract(text: str, context: Context) -> tuple[Figure, ...]:
    """Figures of a paragraph; spans count its characters. Works on any text: what is no figure is left out."""
    whole = view(text, Span(0, len(text)))
    return tuple(_figures(whole, text, context, context.kind or _guess(whole.text)))


def extract_report(report: Report, outline: Outline) -> tuple[tuple[Figure, ...], ...]:
    """The figures of each passage of a report."""
    found = []
    for passage in outline.passages:
        kind = outline.sections[passage.section].kind
        context = Context(report.year, report.place.name, kind)
        seen = view(report.text, passage.span, report.masks)
        found.append(tuple(_figures(seen, report.text, context, kind)))
    return tuple(found)


def _guess(text: str) -> SectionKind:
    """Whether a paragraph without its report plans or reviews."""
    ahead, done = len(_FUTURE.findall(text)), len(_DONE.findall(text))
    if re.search(r"五年来|过去五年|这五年|“十.五”(?:期间|时期)", text) and done:
        return SectionKind.TERM_REVIEW
    return SectionKind.TASKS if ahead > done else SectionKind.REVIEW


def _figures(seen: View, source: str, context: Context, kind: SectionKind) -> list[Figure]:
    out: list[Figure] = []
    for start, end in split(seen):
        sentence = seen.text[start:end]
        found = quantities(sentence)
        state = _State()
        at = 0
        for number, quantity in enumerate(found):
            figure = _one(sentence, at, quantity, found, number, state, context, kind)
            at = quantity.end
            if figure is not None:
                span = seen.span(start + quantity.start, start + quantity.end)
                clause_from = max(sentence.rfind(mark, 0, quantity.start) for mark in "。;；,，")
                clause = seen.span(start + max(0, min(clause_from + 1, quantity.start)), start + quantity.end)
                out.append(Figure(**figure, span=span, surface=span.of(source), clause=clause))
    return out


def _one(
    sentence: str,
    at: int,
    quantity: Quantity,
    found: Sequence[Quantity],
    number: int,
    state: _State,
    context: Context,
    kind: SectionKind,
) -> dict[str, object] | None:
    gap = sentence[at : quantity.start]
    words = re.split(r"[。;；]", gap)[-1]
    pieces = [p for p in re.split(r"[,:]", re.sub(r"\([^)]*\)", "", words)) if p.strip()]
    near = pieces[-1] if pieces else ""
    lead = subjects.lead(near)
    subject = subjects.before(near)
    if not subject and len(pieces) > 1 and at == 0:
        subject = subjects.before(pieces[-2])
    subject = _subject(sentence, quantity, found, number, subject, near, state)
    measure, direction = _measure(quantity, lead, near, words, sentence[quantity.end :])
    clause = sentence[max(sentence.rfind(m, 0, quantity.start) for m in "。;,") + 1 : quantity.end]
    status = _status(sentence, clause, quantity.start, kind)
    period = _period(sentence, quantity.start, status, kind, context.year)
    qualifier = quantity.qualifier
    if behind := _BEHIND.match(sentence, quantity.end):
        qualifier = qualifier or behind[1]
    elif match := _QUALIFIER.search(sentence[: quantity.start]):
        qualifier = qualifier or match[1]
    known = indicators.mentions(subject)
    return {
        "value": quantity.value,
        "unit": quantity.unit,
        "upper": quantity.upper,
        "base_unit": quantity.unit.lstrip("十百千万亿") or quantity.unit,
        "scaled": _scaled(quantity),
        "qualifier": qualifier,
        "measure": measure,
        "direction": direction,
        "status": status,
        "period": period,
        "place": context.place,
        "indicator": subject,
        "indicator_id": known[-1].indicator.id if known else None,
        "wording": sentence[quantity.start : quantity.end] if quantity.value is None else None,
    }


def _subject(
    sentence: str, quantity: Quantity, found: Sequence[Quantity], number: int, subject: str, near: str, state: _State
) -> str:
    """The subject, with what a list or an earlier clause gives it."""
    if "分别" in near or "各" == subjects.lead(near)[:1]:
        count = _run(sentence, found, number)
        parts = subjects.distribute(subject, count) if subject else state.listed[-count:]
        state.pair = list(parts) if parts and len(parts) == count else [subject or state.subject] * count
    if state.pair:
        subject = state.pair.pop(0)
        state.listed.append(subject)
        state.subject = subject
        return subject
    noun = subjects.bare(subject)
    if not noun or (len(noun) < 2):
        right = subjects.after(sentence[quantity.end :]) if quantity.unit[-1:] in _COUNTED else ""
        if right:
            state.subject = right
            return right
        subject = subject if len(subject) >= 2 and not re.fullmatch(r"[\W_]*", subject) and subject else state.subject
    else:
        subject = noun
    if subject:
        state.subject = subject
        state.listed.append(subject)
    return subject


def _run(sentence: str, found: Sequence[Quantity], number: int) -> int:
    """How many quantities follow each other with only joins between them."""
    count = 1
    for first, second in zip(found[number:], found[number + 1 :], strict=False):
        if not re.fullmatch(r"(?:以上|左右|以内)?[\s、,和与及]{1,3}", sentence[first.end : second.start]):
            break
        count += 1
    return count


def _measure(quantity: Quantity, lead: str, near: str, words: str, behind: str) -> tuple[Measure, int]:
    if quantity.measure in (Measure.RANK, Measure.STREAK, Measure.RATIO, Measure.THRESHOLD):
        return quantity.measure, quantity.direction
    if re.match(r"(?:以上|以下)的?(?=[^,。;、]{0,10}(?:项目|企业|工业))", behind) and quantity.unit.endswith("元") and not lead.strip("的"):
        return Measure.THRESHOLD, 0
    up, down = list(_UP.finditer(lead or near)), list(_DOWN.finditer(lead or near))
    direction = 0
    if up or down:
        direction = -1 if down and (not up or down[-1].start() >= up[-1].start() or "负增长" in near) else 1
    if quantity.measure is Measure.GROWTH:
        if not direction:
            direction = -1 if _DOWN.search(words) else 1
        return Measure.GROWTH, quantity.direction or direction
    if quantity.measure is Measure.SHARE:
        return Measure.SHARE, 0
    if quantity.measure is Measure.MULTIPLE:
        return Measure.MULTIPLE, quantity.direction or direction
    to = bool(_TO.search(lead.rstrip())) and not re.search(r"增长|增速|增幅|下降|降幅", near)
    if direction and not to and not re.search(r"新增$|净增$", near):
        return Measure.GROWTH, direction
    if quantity.unit in ("%", "‰", "成"):
        return (Measure.GROWTH, direction or 1) if re.search(r"增速|增幅|增长", near) else (Measure.SHARE, 0)
    bare = quantity.unit.lstrip("十百千万亿") or quantity.unit
    return (Measure.COUNT if bare in _COUNTED else Measure.LEVEL), 0


def _status(sentence: str, clause: str, at: int, kind: SectionKind) -> Status:
    if re.search(r"预计", sentence[:at]):
        return Status.ESTIMATED if kind not in _AHEAD else Status.TARGET
    if kind in _AHEAD:
        return Status.ACTUAL if _PAST.search(clause) else Status.TARGET
    return Status.TARGET if re.search(r"力争|预期目标|计划到|确保到", clause) else Status.ACTUAL


def _period(sentence: str, at: int, status: Status, kind: SectionKind, year: int) -> str:
    before = sentence[:at]
    if plan := list(_PLAN.finditer(before)):
        last = 1955 + 5 * _NUMBERS[plan[-1][1]]
        return f"{last - 4}-{last}"
    named = [int(y) for y in _YEARS.findall(before)]
    if named:
        return str(named[-1])
    if status is Status.TARGET:
        return str(year)
    if _TERM.search(before) or (kind is SectionKind.TERM_REVIEW and re.search(r"年均|累计", before)):
        return f"{year - 5}-{year - 1}"
    return str(year - 1)


def _scaled(quantity: Quantity) -> Decimal | None:
    if not isinstance(quantity.value, Decimal):
        return None
    factor = Decimal(1)
    for character in quantity.unit[: len(quantity.unit) - len(quantity.unit.lstrip("十百千万亿"))]:
        factor *= _BASE[character]
    return quantity.value * factor
