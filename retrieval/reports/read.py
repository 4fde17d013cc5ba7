"""One file to one Report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from retrieval import formats
from retrieval.errors import UnreadableReport
from retrieval.lexicon import places
from retrieval.model import Completeness, Document, Level, Place, Report, Span
from retrieval.reports import masking
from retrieval.reports.body import body, outside
from retrieval.reports.completeness import completeness
from retrieval.reports.documents import Recognised, recognise
from retrieval.reports.metadata import Facts, facts
from retrieval.reports.wrapping import breaks
from retrieval.text import Line, lines, visible

__all__ = ["INVENTED", "no_report", "read", "stated_place"]

# The warning of a report whose front matter says `invented: true`.
INVENTED = "虚构的示例，不是真的报告"

# Fewer words than this are no report.
SHORTEST = 60
# The longest real report has 60,000; a whole volume of them is no report.
LONGEST = 1_000_000
# Captions of pictures and the page's own heading, above the report, are so long at most.
_ABOVE = 600
# The shortest whole report has more characters than this; a list of links or a piece of news has fewer.
_SHORT = 1_500
# A place that no table knows: letters and no marks, for names of files and answers are made of it.
# Of a stated place that no table has, the level its name ends with.
_LEVELS = (
    (("省", "自治区"), Level.PROVINCE),
    (("市", "州", "盟", "地区"), Level.CITY),
    (("镇", "乡", "街道"), Level.TOWN),
)
_NAME = re.compile(r"[\w·（）() -]{1,30}")
# A second document of a place and year beside its work report.
_SUFFIX = {Document.COMMUNIQUE: "-公报", Document.BUDGET: "-预算", Document.PLAN: "-计划"}
# What UTF-8's sign for a lost character looks like when it is read as GBK: the words are gone for good.
_WRECKED = "锟斤拷"
_SPOILT = 0.02
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read(data: bytes, name: str, *, overrides: Mapping[str, str] | None = None) -> Report:
    """The report in `data`; `name` is its path as the user knows it.

    `overrides` (place, year, title, url) go over the file's front matter, that over its name, that over its text.
    Raises UnreadableReport with a message for the user, UnsupportedFormat for a kind of file that is not read.
    """
    decoded = formats.decode(data, name)
    text = decoded.text
    if len(text) > LONGEST:
        raise UnreadableReport(f"{name}：有 {len(text)} 字，不像一份报告")
    if len(_HAN.findall(text)) < SHORTEST:
        raise UnreadableReport(f"{name}：没有读到中文报告的正文")
    if text.count(_WRECKED) * len(_WRECKED) > _SPOILT * len(text):
        raise UnreadableReport(f"{name}：文字在转码中损坏了（满是“{_WRECKED}”），请换一份完好的文件")
    front, fields = masking.front_matter(text)
    known = {**_stated(fields), **(overrides or {})}
    shown = [Span(*span) for span in decoded.outside]
    page = masking.merge([*masking.marks(text), *shown, *([front] if front else [])])
    found = list(lines(text, page))
    start, end = body(found, len(text))
    report = found[start:end]
    masks = masking.merge([*page, *outside(found, start, end, len(text)), *breaks(text, report)])
    title = known.get("title") or _title([*found[start : start + 4], *reversed(found[:start])], decoded.title)
    recognised = recognise(PurePosixPath(name).stem, title, report)
    title = known.get("title") or recognised.title or title
    told = _told(facts(name, title, _captions(text, front, report), report, recognised), known, name)
    if recognised.document is Document.COMMUNIQUE:
        told = _reviewing(told, recognised)
    whole, cut_at = completeness(report, recognised.document)
    warnings = list(told.warnings)
    if whole is Completeness.CUT_OFF:
        warnings.append("正文没有写完就中断了")
    if fields.get("invented") == "true":
        warnings.append(INVENTED)
    if decoded.lost:
        warnings.append(f"有 {decoded.lost} 个字不是 {decoded.encoding} 编码，读不出来")
    return Report(
        id=_id(told, recognised.document, name),
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
        url=known.get("url") or decoded.url,
        warnings=tuple(warnings),
        document=recognised.document,
    )


def _id(told: Facts, document: Document, name: str) -> str:
    """Place and year, and what kind of document it is unless the file is named by place and year alone."""
    plain = f"{told.place.name}-{told.year}"
    return plain if PurePosixPath(name).stem == plain else plain + _SUFFIX.get(document, "")


def _reviewing(told: Facts, recognised: Recognised) -> Facts:
    """The facts of a communiqué: where its year was stated as the one it tells of, it is of the year after."""
    if recognised.year and told.year == recognised.year - 1:
        told = _moved(told, recognised.year)
    return replace(told, plan=(0, 0), meeting=None)


def no_report(report: Report) -> str:
    """Why a page that was found rather than chosen is hardly a work report, in Chinese; empty where it is one."""
    words = visible(report.text, Span(0, len(report.text)), report.masks)
    if len(_HAN.findall(words)) < _SHORT:
        return "正文太短，不是完整的报告（可能是目录页或新闻）"
    if report.document is not Document.WORK:
        return ""
    named = re.search(r"工作\s*报\s*告", f"{report.title}{words[:3000]}")
    if not (named or re.search(r"各位代表|各位委员", words)):
        return "正文里没有“政府工作报告”，也没有“各位代表”，不像政府工作报告"
    if re.search(r"人民法院工作报告|检察院工作报告|常务委员会工作报告|人大常委会工作报告", report.title):
        return f"这是《{report.title}》，不是政府工作报告"
    return ""


def _title(head: Sequence[Line], stated: str) -> str:
    """The first line that calls itself a report; else the title the format states."""
    for line in head:
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


def _stated(fields: Mapping[str, str]) -> dict[str, str]:
    """What front matter states of a report; a year that is none is left out, for the block may mean another thing."""
    stated = {key: fields[key] for key in ("place", "title", "url") if fields.get(key)}
    if re.fullmatch(r"(?:19|20)\d\d", fields.get("year", "")):
        stated["year"] = fields["year"]
    if "url" not in stated and fields.get("source", "").startswith(("http://", "https://")):
        stated["url"] = fields["source"]
    return stated


def _told(found: Facts, known: Mapping[str, str], name: str) -> Facts:
    """What is stated goes over what the text says; a warning that it was not found has then no ground."""
    warnings = list(found.warnings)
    if year := known.get("year"):
        if not re.fullmatch(r"(?:19|20)\d\d", year):
            raise UnreadableReport(f"{name}：年份应为四位数字，写的是 {year}")
        found = _moved(found, int(year))
        warnings = [warning for warning in warnings if "哪一年" not in warning]
    if place := known.get("place"):
        try:
            found = replace(found, place=stated_place(place))
        except UnreadableReport as problem:
            raise UnreadableReport(f"{name}：{problem}") from None
        warnings = [warning for warning in warnings if not re.search("哪个地方|哪里的", warning)]
    return replace(found, warnings=tuple(warnings))


def _moved(found: Facts, year: int) -> Facts:
    """The year stated; the years reviewed and planned move with it."""
    by = year - found.year
    review, plan = found.review, found.plan
    return replace(found, year=year, review=(review[0] + by, review[1] + by), plan=(plan[0] + by, plan[1] + by))


def stated_place(stated: str) -> Place:
    """A stated place: its name, or its chain from the province down, 辽宁省辽阳市. Raises UnreadableReport for what is
    no name."""
    for start in range(len(stated) - 1):
        units = places.by_name(stated[start:])
        if units:
            above = stated[:start]
            return next((unit for unit in units if unit.parents and above.endswith(unit.parents[0])), units[0])
    if not _NAME.fullmatch(stated):
        raise UnreadableReport(f"地区应写成地名，例如 辽阳市，写的是 {stated[:40]!r}")
    return Place(stated, next((level for ends, level in _LEVELS if stated.endswith(ends)), Level.COUNTY))
