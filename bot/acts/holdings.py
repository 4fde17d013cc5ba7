"""Commands about reports: which there are, one of them by sections and figures, the passages around a quote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.acts.questions import again
from bot.render import Button, Line, Mark, Message, Origin, Part, Run, quote_block, source_line, titled, words
from bot.render.context import around
from bot.render.shown import shown
from bot.said import Said
from bot.state import State
from retrieval.answer.citing import quote
from retrieval.errors import GovreportError
from retrieval.model import Outline, Section
from retrieval.query.normalise import simplified

if TYPE_CHECKING:
    from bot.dialogue import Dialogue
    from retrieval.index import ReportRow

__all__ = ["context", "context_of", "loaded", "passage_of", "report", "reports", "sources"]

# Reports named one by one; more are summed up.
_LISTED = 15
_CHOICES = 8
# Characters of a section shown at once.
_PAGE = 1200
_HEADING = 36


def loaded(dialogue: Dialogue) -> str:
    """One sentence about what there is."""
    rows = dialogue.engine.reports()
    if not rows:
        return "资料库还是空的，请先用 govreport ingest 导入报告。"
    if len(rows) == 1:
        return f"已收录：{rows[0].place} {rows[0].year}年政府工作报告。"
    years = [row.year for row in rows]
    span = f"{min(years)}—{max(years)}年" if min(years) < max(years) else f"{years[0]}年"
    return f"已收录 {len(rows)} 份报告，{len({row.place for row in rows})} 个地区，{span}。"


def _matching(dialogue: Dialogue, rest: str) -> list[ReportRow]:
    """The reports that every word speaks of: place, year, or number."""
    said = simplified(rest).split()
    return [
        row
        for row in dialogue.engine.reports()
        if all(word in f"{row.id} {row.year}年 {row.place} {' '.join(row.parents)}" for word in said)
    ]


def reports(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/reports [地区]."""
    rows = _matching(dialogue, rest)
    if not rows:
        return Said(words(f"没有收录与“{rest[:40]}”有关的报告。" if rest else loaded(dialogue)), state)
    if not rest and len(rows) > _LISTED:
        return Said(words(loaded(dialogue), f"写上地区可以细看，例如：/reports {rows[0].place}"), state)
    by_place: dict[str, list[int]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row.year)
    shown_places = list(by_place.items())[:_LISTED]
    lines = [f"· {place}：{'、'.join(map(str, sorted(set(years))))}年" for place, years in shown_places]
    more = [f"……共 {len(by_place)} 个地区，请写得再具体一些。"] if len(by_place) > len(shown_places) else []
    return Said(titled("已收录的报告（报告年份）", *lines, *more), state)


def sources(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/sources: where the last answer came from; before any, or with a place, which reports there are."""
    answer = None if rest else again(dialogue, state)
    if answer is None or not answer.citations:
        return reports(dialogue, state, rest)
    lines: list[str] = []
    for name in dict.fromkeys(citation.report for citation in answer.citations):
        row = next((row for row in dialogue.engine.reports() if row.id == name), None)
        sections = dict.fromkeys(" › ".join(c.path) for c in answer.citations if c.report == name and c.path)
        lines += ["", f"{row.place} {row.year}年政府工作报告" if row else name]
        lines += [f"网址：{row.url}" if row.url else f"文件：{row.source}"] if row else []
        lines += [f"· {path}" for path in sections]
    return Said(titled("刚才的回答出自", *lines[1:] if lines else []), state)


def context(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/context [报告:段落]: the passages around the last quote, or the one named."""
    key = rest or state.context
    found = passage_of(dialogue, key) if rest else context_of(dialogue, key) if key else None
    if found is None:
        line = "没有这一段。" if rest else "还没有可以展开的引文，请先提一个问题。"
        return Said(words(line), state)
    return Said(found, replace(state, context=key, options=tuple(b.typed for b in found.buttons if b.typed)))


def context_of(dialogue: Dialogue, key: str) -> Message | None:
    """The passages around the cited one, where it is still in the store."""
    try:
        return around(dialogue.engine, key)
    except GovreportError:
        return None


def passage_of(dialogue: Dialogue, key: str) -> Message | None:
    """The passages around one, with buttons to go on reading from it."""
    message = context_of(dialogue, key)
    if message is None:
        return None
    name, _, number = key.rpartition(":")
    at, last = int(number), len(dialogue.engine.outline(name).passages) - 1
    steps = [(label, to) for label, to in (("上一段", at - 1), ("下一段", at + 1)) if 0 <= to <= last]
    buttons = [Button(label, command=f"/context {name}:{to}", inplace=True, row=0) for label, to in steps]
    return replace(message, buttons=(*buttons, Button("这份报告", command=f"/report {name}", row=0)))


def report(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/report [地区 年份 | 报告编号 [节号.页]]: choose a report, read its sections, see its headline figures."""
    rows = dialogue.engine.reports()
    head, _, tail = rest.rpartition(" ")
    at = next((row for row in rows if row.id == head), None)
    if at is not None and tail == "数据":
        return dialogue.question(f"总结一下{at.place}{at.year}年政府工作报告", State(lang=state.lang))
    if at is not None and tail.replace(".", "", 1).isascii() and tail.replace(".", "", 1).isdigit():
        return _section(dialogue, state, at, *_numbers(tail))
    found = [row for row in rows if row.id == rest] or _matching(dialogue, rest)
    if len(found) == 1:
        return _card(dialogue, state, found[0])
    if not found:
        return Said(words(f"没有收录与“{rest[:40]}”有关的报告。", loaded(dialogue)), state)
    newest = sorted(found, key=lambda row: (-row.year, row.place))[:_CHOICES]
    buttons = tuple(Button(f"{row.place} {row.year}年", command=f"/report {row.id}") for row in newest)
    line = (
        "看哪一份报告？" if len(found) <= _CHOICES else f"看哪一份？最新的 {len(newest)} 份如下，也可以写上地区和年份。"
    )
    example = f"例如：/report {newest[0].place} {newest[0].year}"
    message = Message(words(line, example).parts, buttons)
    return Said(message, replace(state, options=tuple(b.typed for b in buttons)))


def _numbers(tail: str) -> tuple[int, int]:
    section, _, page = tail.partition(".")
    return int(section[:4]), int(page[:4] or 1)


def _main(outline: Outline) -> list[Section]:
    """The sections of the outermost level that has several."""
    titled = [section for section in outline.sections if section.title]
    for level in sorted({section.level for section in titled}):
        some = [section for section in titled if section.level == level]
        if len(some) > 1:
            return some
    return titled


def _card(dialogue: Dialogue, state: State, row: ReportRow) -> Said:
    sections = _main(dialogue.engine.outline(row.id))
    facts = [f"编号：{row.id}"]
    facts += [f"会议日期：{row.meeting}"] if row.meeting else []
    facts += [f"回顾 {_span(row.review)}，部署 {_span(row.plan)}；{row.passages} 段，{row.figures} 项数据"]
    facts += [f"出处：{row.url}"] if row.url else []
    lines = [f"{n}. {_short(section.title)}" for n, section in enumerate(sections, 1)]
    buttons = [Button("主要数据", command=f"/report {row.id} 数据")]
    buttons += [
        Button(f"第 {n} 节", command=f"/report {row.id} {n}", inplace=True, row=(n - 1) // 4)
        for n in range(1, min(len(sections), 16) + 1)
    ]
    message = Message(titled(f"{row.place} {row.year}年政府工作报告", *facts, "", *lines).parts, tuple(buttons))
    return Said(message, replace(state, options=tuple(b.typed for b in buttons)))


def _section(dialogue: Dialogue, state: State, row: ReportRow, number: int, page: int) -> Said:
    outline = dialogue.engine.outline(row.id)
    sections = _main(outline)
    if not 1 <= number <= len(sections):
        return Said(words(f"这份报告有 {len(sections)} 节。"), state)
    section = sections[number - 1]
    end = next((s.span.start for s in sections if s.span.start > section.span.start), None)
    inside = [
        n
        for n, p in enumerate(outline.passages)
        if p.span.start >= section.span.start and (end is None or p.span.start < end)
    ]
    pages = _pages(outline, inside)
    page = min(max(1, page), len(pages))
    found = dialogue.engine.library.load(row.id)
    quotes = [quote(found, outline.passages[n].span, n) for n in pages[page - 1]]
    heading = f"{_short(section.title)}（{page}/{len(pages)}）"
    blocks = tuple(quote_block(n, shown(citation), ()) for n, citation in enumerate(quotes))
    lines = (source_line(quotes[0]),) if quotes else ()
    part = Part((Line((Run(heading, Mark.STRONG, Origin.LABEL),)), *lines, *blocks))
    steps = [("上一页", page - 1), ("下一页", page + 1)]
    buttons = [
        Button(label, command=f"/report {row.id} {number}.{to}", inplace=True, row=0)
        for label, to in steps
        if 1 <= to <= len(pages)
    ]
    buttons.append(Button("目录", command=f"/report {row.id}", inplace=True, row=0))
    return Said(Message((part,), tuple(buttons)), replace(state, options=tuple(b.typed for b in buttons)))


def _pages(outline: Outline, inside: list[int]) -> list[list[int]]:
    """Passages in stretches that are read at once; at least one, which may be empty."""
    out: list[list[int]] = [[]]
    used = 0
    for n in inside:
        size = len(outline.passages[n].span)
        if out[-1] and used + size > _PAGE:
            out.append([])
            used = 0
        out[-1].append(n)
        used += size
    return out


def _span(years: tuple[int, int]) -> str:
    return f"{years[0]}年" if years[0] == years[1] else f"{years[0]}—{years[1]}年"


def _short(title: str) -> str:
    return title if len(title) <= _HEADING else f"{title[:_HEADING]}…"
