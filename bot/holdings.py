"""`govreport reports`: what is loaded, as a table or one report as a card; taken out, or written out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.home import open_engine
from bot.table import aligned, cut
from retrieval.errors import GovreportError, NothingFound, UnknownReport

if TYPE_CHECKING:
    from retrieval.engine import Engine, ReportRow
    from retrieval.model import Outline

__all__ = [
    "LEVELS",
    "Filter",
    "export_reports",
    "remove_reports",
    "report_card",
    "report_json",
    "report_table",
    "report_text",
    "years",
]

_COMPLETENESS = {"whole": "完整", "abridged": "摘要", "cut_off": "中断"}
LEVELS = {"国家": "country", "省": "province", "市": "city", "县": "county"}
_KINDS = {
    "preamble": "开头",
    "review": "一年回顾",
    "term_review": "五年回顾",
    "problems": "问题",
    "targets": "目标",
    "tasks": "任务",
    "government": "政府建设",
    "livelihood": "民生实事",
    "closing": "结尾",
    "annex": "附件",
    "notes": "注释",
    "other": "其他",
}
_HEADING = 48


@dataclass(frozen=True, slots=True)
class Filter:
    """Which reports are meant: of a place or of what lies in it, of years, of a level, only those with warnings."""

    place: str = ""
    years: tuple[int, int] = (0, 9999)
    level: str = ""
    warned: bool = False

    def admits(self, row: ReportRow) -> bool:
        """Whether a report is among those meant."""
        return (
            (not self.place or any(name.startswith(self.place) for name in (row.place, *row.parents)))
            and self.years[0] <= row.year <= self.years[1]
            and (not self.level or row.level == self.level)
            and (not self.warned or bool(row.warnings))
        )


def years(text: str) -> tuple[int, int]:
    """2024 → (2024, 2024); 2019-2024 → (2019, 2024). Raises ValueError."""
    match = re.fullmatch(r"((?:19|20)\d\d)(?:\s*[-—–至到]\s*((?:19|20)\d\d))?", text.strip())
    if match is None:
        raise ValueError(text)
    first, last = int(match[1]), int(match[2] or match[1])
    return min(first, last), max(first, last)


def _meant(data: Path | None, chosen: Filter) -> list[ReportRow]:
    every = open_engine(data).reports()
    if not every:
        raise NothingFound("资料库是空的，请先导入报告：govreport ingest 文件或文件夹")
    rows = [row for row in every if chosen.admits(row)]
    if not rows:
        raise NothingFound(f"{len(every)} 份报告里没有符合条件的")
    return rows


def report_json(data: Path | None, ids: Sequence[str], chosen: Filter) -> list[dict[str, Any]]:
    """What is known of the reports named, or of those meant. Raises UnknownReport and NothingFound."""
    engine = open_engine(data)
    rows = [_row(engine, report_id) for report_id in ids] or _meant(data, chosen)
    return [{key: value for key, value in asdict(row).items() if key != "number"} for row in rows]


def report_table(data: Path | None, chosen: Filter) -> str:
    """A line for each report meant. Raises NothingFound."""
    rows = _meant(data, chosen)
    table = [("编号", "地区", "年份", "正文", "段落", "数据", "来源文件")]
    table += [
        (
            row.id,
            row.place,
            str(row.year),
            _COMPLETENESS.get(row.completeness, row.completeness) + ("，有提醒" if row.warnings else ""),
            str(row.passages),
            str(row.figures),
            row.source,
        )
        for row in rows
    ]
    places = len({row.place for row in rows})
    return "\n".join([*aligned(table, right=frozenset({4, 5})), "", f"{len(rows)} 份报告，{places} 个地区。"])


def report_card(data: Path | None, report_id: str, *, outline: bool) -> str:
    """What is known of one report; with `outline`, its sections too. Raises UnknownReport."""
    engine = open_engine(data)
    row = _row(engine, report_id)
    report = engine.store.report(report_id)
    known = [
        ("编号", row.id),
        ("标题", row.title),
        ("地区", " · ".join([row.place, *row.parents])),
        ("年份", f"{row.year}（总结 {_years(row.review)}，部署 {_years(row.plan)}）"),
        ("会议", " ".join(part for part in (row.meeting or "", report.session) if part)),
        ("报告人", report.speaker),
        ("正文", _COMPLETENESS.get(row.completeness, row.completeness)),
        ("内容", f"{row.passages} 段，{row.figures} 项数据，{len(report.text)} 字"),
        ("文件", f"{row.source}（{' '.join(part for part in (report.format, report.encoding) if part)}）"),
        ("网址", row.url),
        ("提醒", "；".join(row.warnings)),
    ]
    lines = aligned([(name, value) for name, value in known if value])
    return "\n".join([*lines, "", *_sections(engine.outline(report_id))] if outline else lines)


def _sections(outline: Outline) -> Iterator[str]:
    counts = [0] * len(outline.sections)
    for passage in outline.passages:
        counts[passage.section] += 1
    rows = [
        (
            "  " * (len(section.path) - 1 if section.path else 0) + cut(section.title or "（无标题）", _HEADING),
            _KINDS[section.kind.value],
            f"{count} 段",
        )
        for section, count in zip(outline.sections, counts, strict=True)
    ]
    yield from aligned(rows)


def report_text(data: Path | None, report_id: str) -> str:
    """A report exactly as read. Raises UnknownReport."""
    return open_engine(data).text(report_id)


def remove_reports(data: Path | None, ids: Sequence[str]) -> str:
    """Forget reports; all of them must be stored. Raises UnknownReport."""
    engine = open_engine(data)
    ids = list(dict.fromkeys(ids))
    for report_id in ids:
        _row(engine, report_id)
    for report_id in ids:
        engine.remove(report_id)
    return f"已从资料库移除 {len(ids)} 份报告：{'、'.join(ids)}。原来的文件没有动。"


def export_reports(data: Path | None, ids: Sequence[str], chosen: Filter, folder: Path) -> str:
    """Write reports as read, with a manifest of what is known of them: the folder can be ingested as it is.

    Raises UnknownReport, and GovreportError where the folder has other files.
    """
    engine = open_engine(data)
    rows = [_row(engine, report_id) for report_id in ids] or [row for row in engine.reports() if chosen.admits(row)]
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GovreportError(f"{folder} 已有内容，请换一个空的文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for row in rows:
        # An id is made of what files say of themselves: it must lead nowhere else.
        name = re.sub(r"[^\w·-]", "_", row.id) + ".txt"
        text = engine.text(row.id)
        # Without a mark of its own a UTF-8 text is read back as it is; line ends must not be translated.
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        stated = {"file": name, "place": row.place, "year": str(row.year), "title": row.title, "url": row.url}
        entries.append(
            "[[report]]\n" + "".join(f"{key} = {_quoted(value)}\n" for key, value in stated.items() if value)
        )
    (folder / "manifest.toml").write_text("\n".join(entries), encoding="utf-8")
    return f"已导出 {len(rows)} 份报告到 {folder}。"


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _row(engine: Engine, report_id: str) -> ReportRow:
    row = engine.store.rows.get(report_id)
    if row is None:
        raise UnknownReport(f"没有编号为 {report_id} 的报告（已收录的见 govreport reports）")
    return row


def _years(span: tuple[int, int]) -> str:
    return f"{span[0]}年" if span[0] == span[1] else f"{span[0]}—{span[1]}年"
