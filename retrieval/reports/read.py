"""One file to one Report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from retrieval.errors import UnreadableReport, UnsupportedFormat
from retrieval.lexicon import places
from retrieval.model import Completeness, Level, Place, Report
from retrieval.reports import masking
from retrieval.reports.body import body, outside
from retrieval.reports.completeness import completeness
from retrieval.reports.decode import decode
from retrieval.reports.metadata import Facts, facts
from retrieval.text import Line, lines

__all__ = ["read"]

# Larger than any report, annexes and all.
LARGEST = 16 * 1024 * 1024
# Fewer words than this are no report.
SHORTEST = 60
_TEXTS = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", "": "txt"}
_HEAD = 14
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read(data: bytes, name: str, *, overrides: Mapping[str, str] | None = None) -> Report:
    """The report in `data`; `name` is its path as the user knows it.

    `overrides` (place, year, title, url) go over what the text says. Raises UnreadableReport with a message for the
    user, UnsupportedFormat for a kind of file that is not read.
    """
    known = dict(overrides or {})
    kind = _kind(data, name)
    text, encoding = decode(data, name)
    _check(text, name)
    front, fields = masking.front_matter(text)
    page = masking.merge([*masking.marks(text), *([front] if front else [])])
    found = list(lines(text, page))
    start, end = body(found, len(text))
    masks = masking.merge([*page, *outside(found, start, end, len(text))])
    report = found[start:end]
    title = known.get("title") or fields.get("title") or _title(found[: start + 3])
    told = _told(facts(name, title, report[:_HEAD], "\n".join(line.text for line in report)), known, name)
    whole, cut_at = completeness(report)
    warnings = list(told.warnings)
    if whole is Completeness.CUT_OFF:
        warnings.append("正文没有写完就中断了")
    return Report(
        id=f"{told.place.name}-{told.year}",
        source=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        place=told.place,
        year=told.year,
        encoding=encoding,
        format=kind,
        title=told.title,
        speaker=told.speaker,
        session=told.session,
        meeting=told.meeting,
        review=(told.year - 1, told.year - 1),
        plan=(told.year, told.year),
        completeness=whole,
        cut_at=cut_at,
        masks=masks,
        url=known.get("url") or fields.get("source", ""),
        warnings=tuple(warnings),
    )


def _kind(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if len(data) > LARGEST:
        raise UnreadableReport(f"{name}：文件太大（{len(data) // 1024 // 1024} MB），不像一份报告")
    if not data.strip():
        raise UnreadableReport(f"{name}：文件是空的")
    if suffix not in _TEXTS:
        raise UnsupportedFormat(f"{name}：不支持 {suffix} 文件，请另存为 .txt 或 .md 再导入")
    return _TEXTS[suffix]


def _check(text: str, name: str) -> None:
    if "\x00" in text:
        raise UnreadableReport(f"{name}：不是文本文件")
    if len(_HAN.findall(text)) < SHORTEST:
        raise UnreadableReport(f"{name}：没有读到中文报告的正文")


def _title(head: Sequence[Line]) -> str:
    return next((line.text for line in head if "报告" in line.text and len(line.text) < 60), "")


def _told(found: Facts, known: Mapping[str, str], name: str) -> Facts:
    """What the manifest states goes over what the text says."""
    if year := known.get("year"):
        if not re.fullmatch(r"(?:19|20)\d\d", year):
            raise UnreadableReport(f"{name}：manifest.toml 里的 year 应为四位年份，实为 {year}")
        found = replace(found, year=int(year))
    if place := known.get("place"):
        units = places.by_name(place)
        found = replace(found, place=units[0] if units else Place(place, Level.COUNTY))
    return found
