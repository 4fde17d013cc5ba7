"""One file to one Report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval import formats
from retrieval.errors import UnreadableReport
from retrieval.lexicon import places
from retrieval.model import Completeness, Level, Place, Report, Span
from retrieval.reports import masking
from retrieval.reports.body import body, outside
from retrieval.reports.completeness import completeness
from retrieval.reports.metadata import Facts, facts
from retrieval.text import Line, lines

__all__ = ["read"]

# Fewer words than this are no report.
SHORTEST = 60
# Captions of pictures and the page's own heading, above the report, are so long at most.
_ABOVE = 600
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read(data: bytes, name: str, *, overrides: Mapping[str, str] | None = None) -> Report:
    """The report in `data`; `name` is its path as the user knows it.

    `overrides` (place, year, title, url) go over what the text says. Raises UnreadableReport with a message for the
    user, UnsupportedFormat for a kind of file that is not read.
    """
    known = dict(overrides or {})
    decoded = formats.decode(data, name)
    text = decoded.text
    if len(_HAN.findall(text)) < SHORTEST:
        raise UnreadableReport(f"{name}：没有读到中文报告的正文")
    front, fields = masking.front_matter(text)
    shown = [Span(*span) for span in decoded.outside]
    page = masking.merge([*masking.marks(text), *shown, *([front] if front else [])])
    found = list(lines(text, page))
    start, end = body(found, len(text))
    masks = masking.merge([*page, *outside(found, start, end, len(text))])
    report = found[start:end]
    title = known.get("title") or fields.get("title") or _title(found[: start + 3], decoded.title)
    told = _told(facts(name, title, _captions(text, front, report), report), known, name)
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
        encoding=decoded.encoding,
        format=decoded.format,
        title=told.title,
        speaker=told.speaker,
        session=told.session,
        meeting=told.meeting,
        review=told.review,
        plan=told.plan,
        completeness=whole,
        cut_at=cut_at,
        masks=masks,
        url=known.get("url") or fields.get("source", ""),
        warnings=tuple(warnings),
    )


def _title(head: Sequence[Line], stated: str) -> str:
    """The line above the salutation that calls itself a report; else the title the format states."""
    for line in head:
        if re.match(r"各位|现在|我代表|同志们", line.text):
            break
        text = line.text.removeprefix("- ")
        if re.search(r"报\s*告", text) and len(text) < 60 and not re.search(r"[,。;]|作《?政府工作报告", text):
            return text
    return stated if "报告" in stated else ""


def _captions(text: str, front: Span | None, report: Sequence[Line]) -> list[str]:
    """Lines masked above the report, and comments right below its first, front matter left out."""
    start = front.end if front else 0
    end = report[0].span.start if report else start
    above = re.sub(r"<!--|-->", "\n", text[max(start, end - _ABOVE) : end])
    below = re.findall(r"<!--(.{0,200}?)-->", text[end : end + _ABOVE], re.DOTALL)
    return [line.strip() for line in [*above.splitlines(), *below] if line.strip()]


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
