"""Tools that read what is stored: which reports there are, their figures, their text, targets beside results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assistants import arguments
from bot.assistants.results import (
    Listed,
    ObservationJson,
    Page,
    Paneled,
    PanelPage,
    ReportJson,
    Sliced,
    SliceJson,
    Stated,
)
from bot.assistants.shapes import ValueJson
from bot.assistants.trouble import TooLarge, error
from bot.assistants.values import stated_json
from bot.holdings import Filter
from bot.selection import MOST
from retrieval.answer.across.panel import HEADLINE
from retrieval.answer.citing import around, quote
from retrieval.errors import NothingFound, UnknownReport
from retrieval.lexicon import indicators, places
from retrieval.text import fold

if TYPE_CHECKING:
    from retrieval.answer.across.panel import Observation
    from retrieval.answer.across.panel import Stated as Cell
    from retrieval.engine import Engine, ReportRow

__all__ = ["figures", "panel", "report_text", "reports"]


def reports(engine: Engine, given: arguments.Listing) -> Listed:
    """What is loaded, by place and year."""
    years = (given.from_year or 0, given.to_year or 9999)
    chosen = Filter(place=given.place, years=years, level=given.level)
    found = [row for row in engine.reports() if chosen.admits(row)]
    end = given.offset + given.limit
    return {
        "total": len(found),
        "reports": [_row(row) for row in found[given.offset : end]],
        "next_offset": end if end < len(found) else None,
    }


def _row(row: ReportRow) -> ReportJson:
    return {
        "report": row.id,
        "report_year": row.year,
        "place": row.place,
        "level": row.level,
        "parents": list(row.parents),
        "title": row.title,
        "review_years": list(row.review),
        "plan_years": list(row.plan),
        "completeness": row.completeness,
        "figures": row.figures,
        "source": row.source,
        "url": row.url,
    }


def figures(engine: Engine, given: arguments.Figures) -> Stated:
    """The figures of each report, a page at a time."""
    return {"items": [_page(engine, name, given) for name in given.reports]}


def _page(engine: Engine, name: str, given: arguments.Figures) -> Page:
    out: Page = {"report": name, "ok": False, "total": 0, "values": [], "next_offset": None, "error": None}
    wanted = fold(given.contains).strip().lower()
    try:
        loaded = engine.library.load(name)
        found = [
            one
            for one in loaded.figures
            if not wanted
            or wanted in fold(one.figure.indicator).lower()
            or wanted in loaded.sentences[one.sentence].text
        ]
        end = given.offset + given.limit
        values = [
            stated_json(one.figure, quote(loaded, around(loaded, one), one.passage))
            for one in found[given.offset : end]
        ]
    except Exception as problem:  # one report must not take the others with it
        return out | {"error": error(problem)}
    more = end if end < len(found) else None
    return out | {"ok": True, "total": len(found), "values": values, "next_offset": more}


def report_text(engine: Engine, given: arguments.ReportText) -> Sliced:
    """Stretches of reports exactly as read."""
    return {"items": [_slice(engine, one, sections=given.sections) for one in given.slices]}


def _slice(engine: Engine, one: arguments.Slice, *, sections: bool) -> SliceJson:
    out: SliceJson = {
        "report": one.report,
        "ok": False,
        "report_year": None,
        "place": "",
        "url": "",
        "start": one.start,
        "end": one.start,
        "length": 0,
        "text": "",
        "next_start": None,
        "error": None,
    }
    try:
        text = engine.text(one.report)
        row = next(row for row in engine.reports() if row.id == one.report)
        end = len(text) if one.end is None else one.end
        if one.start > end or end > len(text):
            raise TooLarge(f"这份报告有 {len(text)} 个字符，没有 {one.start}—{end} 这一段")
        kept = min(end, one.start + arguments.SLICE)
        if sections:
            out |= {
                "sections": [
                    {"title": s.title, "path": list(s.path), "start": s.span.start, "end": s.span.end}
                    for s in engine.outline(one.report).sections
                    if s.title
                ]
            }
    except StopIteration:
        return out | {"error": error(UnknownReport(f"没有编号为“{one.report}”的报告"))}
    except Exception as problem:  # as above
        return out | {"error": error(problem)}
    return out | {
        "ok": True,
        "report_year": row.year,
        "place": row.place,
        "url": row.url,
        "end": kept,
        "length": len(text),
        "text": text[one.start : kept],
        "next_start": kept if kept < end else None,
    }


def panel(engine: Engine, given: arguments.Panel) -> Paneled:
    """Targets beside results, each place by itself."""
    return {"items": [_place(engine, name, given) for name in given.places]}


def _place(engine: Engine, name: str, given: arguments.Panel) -> PanelPage:
    out: PanelPage = {
        "place": name,
        "level": "",
        "ok": False,
        "total": 0,
        "rows": [],
        "next_offset": None,
        "error": None,
    }
    try:
        asked = _indicators(given.indicators)
        own = _reports(engine, name)
        last = max(row.year for row in own)
        years = range(given.from_year or 0, (given.to_year or last) + 1)
        # The year's own report has its targets, the next one's its results.
        rows = [row for row in own if row.year in years or row.year - 1 in years]
        if len(rows) > MOST:
            raise TooLarge(f"{name}有 {len(rows)} 份报告，一次最多读 {MOST} 份：请写明年份")
        found = list(engine.panel(rows, asked, years))
        if not found:
            raise NothingFound(f"收录的{name}的报告里没有这些年份的这些指标")
    except Exception as problem:  # as above
        return out | {"error": error(problem)}
    end = given.offset + given.limit
    return out | {
        "place": found[0].place,
        "level": found[0].level,
        "ok": True,
        "total": len(found),
        "rows": [_observation(one) for one in found[given.offset : end]],
        "next_offset": end if end < len(found) else None,
    }


def _reports(engine: Engine, name: str) -> list[ReportRow]:
    """The reports of the place that a name, long or short, is meant for. Raises NothingFound."""
    rows = engine.reports()
    held = {unit.name for unit in engine.unlisted if name in places.names_of(unit)}
    named = {name} | held | {unit.name for unit in places.by_name(name)}
    own = [row for row in rows if row.place == name] or [row for row in rows if row.place in named]
    if not own:
        raise NothingFound(f"没有收录“{name}”的报告")
    if len({row.place for row in own}) > 1:
        said = "、".join(sorted({row.place for row in own}))
        raise NothingFound(f"“{name}”可以指{said}，请写全称")
    return own


def _indicators(names: list[str]) -> tuple[str, ...]:
    """Ids of indicators. Raises NothingFound for a name that is none."""
    found: list[str] = []
    for name in names:
        own = [one.id for one in indicators.load() if one.id == name]
        meant = own or list(indicators.meant(name))
        if not meant:
            raise NothingFound(f"没有指标“{name}”；不写指标就取十八项主要指标")
        found += meant
    return tuple(dict.fromkeys(found)) or HEADLINE


def _observation(one: Observation) -> ObservationJson:
    target, result = _cell(one.target), _cell(one.result)
    return {
        "data_year": one.year,
        "indicator": one.indicator.name,
        "indicator_id": one.indicator.id,
        "measure": one.measure,
        "target": target,
        "target_others": _others(one.target),
        "result": result,
        "result_others": _others(one.result),
    }


def _cell(cell: Cell | None) -> ValueJson | None:
    return None if cell is None else stated_json(cell.figure, cell.citation)


def _others(cell: Cell | None) -> list[str]:
    return [] if cell is None else [other.surface for other in cell.others]
