"""The check of a text as a table: one row a figure, with the verdict, the report's value, its sentence and source."""

from __future__ import annotations

from collections.abc import Iterator

from bot.render.checked import NAMES, cause_words, missing_words
from bot.render.figure import period_words
from bot.render.shown import shown
from bot.sheets import Cell, one_line, workbook
from retrieval.verify import Check, Finding, Said, Verdict

__all__ = ["as_workbook", "rows"]

# Name and width in characters of each column.
COLUMNS = (
    ("序号", 6), ("结论", 8), ("原文数字", 16), ("指标", 24), ("地区", 12), ("时期", 12), ("说明", 34),
    ("报告的数", 16), ("报告的指标", 24), ("报告的时期", 12), ("原文句子", 60), ("报告原句", 60),
    ("报告", 16), ("网址", 30),
)  # fmt: skip


def rows(check: Check) -> Iterator[tuple[Cell, ...]]:
    """Cells in the order of the columns, the findings in the order of the text."""
    for number, finding in enumerate(check.findings, 1):
        claim, held = finding.claim, finding.evidence
        of = None if isinstance(claim, Said) else claim
        cited = check.citations[finding.citations[0]] if finding.citations else None
        yield (
            number,
            NAMES[finding.verdict],
            one_line(finding.span.of(check.text)),
            one_line(of.name) if of else "",
            of.place if of else check.place,
            period_words(of.figure.period) if of else "",
            _why(check, finding),
            one_line(held.figure.surface) if held else "",
            one_line(held.figure.indicator) if held else "",
            period_words(held.figure.period) if held else "",
            one_line(claim.sentence.of(check.text)),
            one_line(shown(cited).text) if cited else "",
            cited.report if cited else "",
            cited.url if cited else "",
        )


def _why(check: Check, finding: Finding) -> str:
    return missing_words(finding) if finding.verdict is Verdict.UNFOUND else cause_words(check, finding)


def as_workbook(check: Check) -> bytes:
    """The check as an .xlsx file."""
    counts = "，".join(f"{NAMES[verdict]} {check.count(verdict)}" for verdict in Verdict)
    notes = [
        f"共 {len(check.findings)} 处：{counts}。",
        "“原文”是送来核对的文字，“报告”是政府工作报告的原文；查不到不等于错，只是收录的报告没有写明。",
    ]
    return workbook(COLUMNS, rows(check), notes)
