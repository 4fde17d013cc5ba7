"""What a report says of itself: place, meeting, session, speaker, and the year it plans for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from retrieval.lexicon import places
from retrieval.model import Document, Level, Place
from retrieval.reports.dates import find_date
from retrieval.reports.documents import Recognised
from retrieval.reports.whereabouts import place_of_address, place_of_name, place_of_report
from retrieval.reports.years import horizons, year_of_report
from retrieval.text import Line, fold

__all__ = ["Facts", "facts"]

_SESSION = re.compile(
    r"(第?[一二三四五六七八九十]{1,3}届(?:全国)?(?:人民代表大会|人大)第?[一二三四五六七八九十]{1,3}次(?:全体)?会议)"
)
_SPEAKER = re.compile(
    r"^(?P<office>[\u4e00-\u9fff]{0,14}?\s*(?:代?省长|代?市长|代?县长|代?区长|代?州长|代?盟长|代?旗长|主席|代主席|总理))?"
    r"\s*[::]?\s*(?P<name>[\u4e00-\u9fff·•]{2,4}|[\u4e00-\u9fff]\s{1,2}[\u4e00-\u9fff]|[\u4e00-\u9fff]{1,5}[·•][\u4e00-\u9fff·•]{1,12})$"
)
_CONGRESS = re.compile(r"人民代表大会|人大|大表大会|会议上")
# Of a date in such a line, the report tells a past event.
_PAST = re.compile(r"就职|以来|选举|任期|。.")
_CAPTION = re.compile(r"人民代表大会|人大|会议上|报告\s*\(")
_UNKNOWN = Recognised(Document.WORK)
_HEAD = 14
_NAME = 24
# A line this long is a sentence; a date alone with a name needs this much.
_LONG = 120
_BRIEF = 44
_NOT_A_NAME = re.compile(
    r"市长|省长|县长|区长|州长|盟长|旗长|主席|报告|会议|政府|各位|代表|同志|大会|通过|公报|年|月|目录|首页|导航|字体|字号|打印|来源|分享|搜索|登录|菜单|摘要|前言|附件"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """See Report for the fields; `warnings` tell what had to be assumed."""

    place: Place
    year: int
    title: str
    speaker: str
    session: str
    meeting: date | None
    review: tuple[int, int]
    plan: tuple[int, int]
    warnings: tuple[str, ...]


def facts(
    name: str, title: str, captions: Sequence[str], report: Sequence[Line], recognised: Recognised = _UNKNOWN
) -> Facts:
    """Facts from the file's name, its title, the lines above the report that are masked, and the report's lines.

    The name a file was given goes over what its text says, save for a year that both the day of the meeting and the
    headings tell; where they differ, a warning tells. A title that names another kind of document tells its year.
    """
    warnings: list[str] = []
    head = report[:_HEAD]
    words = "\n".join(line.text for line in report)
    file_place, file_year = place_of_name(name)
    top = "\n".join(line.text for line in head)
    given = _given(head) or _captioned(captions) or fold(title)
    # Where only the month is told, the year is known and the day is not.
    month, meeting = find_date(given), find_date(given, whole=True)
    found, named = place_of_report(title, "\n".join([*captions, top]), words)
    if recognised.document is Document.ADDRESS and not named and (region := place_of_address(words)):
        found, named = region, True
    place = places.by_name(file_place)[0] if file_place else found
    if place is None:
        warnings.append("没有认出是哪个地方的报告，可用 --place 或在 manifest.toml 里指定")
        place = Place(PurePosixPath(name).stem[:_NAME], Level.COUNTY)
    elif not file_place and not named:
        warnings.append(f"正文没有写明是哪里的报告，按提到最多的推断为{place.name}，可用 --place 指定")
    elif found is not None and named and not _alike(found, place):
        warnings.append(f"文件名说是{place.name}，正文像是{found.name}的报告")
    year = recognised.year or year_of_report(month, title, report)
    if recognised.document is not Document.WORK and recognised.year and file_year < year:
        # 和县2023年统计公报 names the year it tells of, and a budget report its first.
        file_year = year if file_year else 0
    if file_year and year and year != file_year:
        warnings.append(f"文件名说是{file_year}年，正文像是{year}年的报告")
        if meeting is not None and meeting.year == year == year_of_report(None, "", report):
            # Its day and its headings tell the same year, and both are the report's own words.
            warnings[-1] += "，按正文"
            file_year = 0
    year = file_year or year
    if not year:
        year = date.today().year
        warnings.append("没有认出是哪一年的报告，可用 --year 或在 manifest.toml 里指定")
    session = _SESSION.search(re.sub(r"\s+", "", "".join(line.text for line in _before_salutation(head))))
    review, plan = horizons(year, report)
    return Facts(
        place, year, title, _speaker(head), session[1] if session else "", meeting, review, plan, tuple(warnings)
    )


def _alike(one: Place, other: Place) -> bool:
    """Whether two names may be one place: the same, or one before and one after a renaming (清苑县, 清苑区)."""
    return one.name == other.name or bool({*one.aliases} & {*other.aliases})


def _before_salutation(head: Sequence[Line]) -> Sequence[Line]:
    """What follows the salutation may speak of earlier sessions."""
    at = next((n for n, line in enumerate(head) if line.text.startswith(("各位代表", "各位委员", "同志们"))), len(head))
    return head[:at]


def _given(head: Sequence[Line]) -> str:
    """The line with the date the report was given: one that names the congress, else one that is little but a date.

    A congress broken over two lines is put together; a date inside a sentence (本届政府2013年1月就职) is none.
    """
    for number, line in enumerate(head):
        if not find_date(line.text) or len(line.text) > _LONG or _PAST.search(line.text):
            continue
        joined = line.text + (head[number + 1].text if number + 1 < len(head) else "")
        if _CONGRESS.search(joined):
            return line.text
    for line in head:
        if len(line.text) < _BRIEF and not _PAST.search(line.text) and find_date(line.text):
            return line.text
    return ""


def _captioned(captions: Sequence[str]) -> str:
    """A line above the report that dates it: a caption, or the page's own heading; not the day of its publication."""
    dated = (fold(line) for line in captions if len(line) <= _LONG)
    return next((line for line in dated if _CAPTION.search(line) and find_date(line)), "")


def _speaker(head: Sequence[Line]) -> str:
    """The name on a line of its own before the salutation."""
    for line in head:
        if line.text.startswith(("各位", "现在")):
            break
        match = _SPEAKER.match(line.text)
        if (
            match
            and not _NOT_A_NAME.search(re.sub(r"\s", "", match["name"]))
            and (match["office"] or len(line.text) <= 5)
        ):
            return re.sub(r"\s", "", match["name"])
    return ""
