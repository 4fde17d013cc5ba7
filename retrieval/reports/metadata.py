"""What a report says of itself: place, meeting, session, speaker, and the year it plans for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from retrieval.lexicon import places
from retrieval.model import Level, Place
from retrieval.reports.dates import DATE, find_date, year_of
from retrieval.text import Line, fold

__all__ = ["Facts", "facts"]

_CONGRESS = re.compile(
    r"(?:在|于)?(?P<place>[\u4e00-\u9fff]{2,22}?)(?:第?[一二三四五六七八九十]{1,3}届人民代表大会|人民代表大会)"
    r"(?P<session>第?[一二三四五六七八九十]{1,3}次(?:全体)?会议)?"
)
_COUNTRY = re.compile(r"第[一二三四五六七八九十]{1,3}届全国人民代表大会|全国人民代表大会")
_SESSION = re.compile(
    r"(第?[一二三四五六七八九十]{1,3}届(?:全国)?(?:人民代表大会|人大)第?[一二三四五六七八九十]{1,3}次(?:全体)?会议)"
)
_GOVERNMENT = re.compile(r"(?:代表|受)?([\u4e00-\u9fff]{1,20}?(?:省|市|县|区|州|盟|旗|自治区))人民政府")
_TITLED = re.compile(r"([\u4e00-\u9fff]{2,20}?)(?:\d{4}年)?政府工作报告")
_NAMED = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,20}?)[-_ ]?(?P<year>(?:19|20)\d\d)(?!\d)")
_DATED = re.compile(
    r"^(?P<year>(?:19|20)\d\d)年?[-_ ]?(?P<place>[\u4e00-\u9fff]{2,20}?)(?:人民)?(?:政府)?(?:工作报告|$)"
)
_SPEAKER = re.compile(
    r"^(?P<office>[\u4e00-\u9fff]{0,14}?(?:代?省长|代?市长|代?县长|代?区长|代?州长|代?盟长|代?旗长|主席|代主席|总理))?"
    r"\s*[::]?\s*(?P<name>[\u4e00-\u9fff·•]{2,4}|[\u4e00-\u9fff]\s{1,2}[\u4e00-\u9fff]|[\u4e00-\u9fff]{1,5}[·•][\u4e00-\u9fff·•]{1,12})$"
)
_NOT_A_NAME = re.compile(r"报告|会议|政府|各位|代表|同志|大会|通过|公报|年|月")
# 2022年工作安排, 2022年主要任务: the year planned for.
_PLANNED = re.compile(
    r"((?:19|20)\d\d)年(?:的|是|政府|经济社会|全市|全省|全县|全区|全州|主要|重点|度)*"
    r"(?:工作(?:安排|建议|任务|重点|思路|目标|部署|总体)|主要(?:任务|工作|目标)|重点(?:工作|任务)|目标任务|预期目标|总体要求|发展目标)"
)
_REVIEWED = re.compile(
    r"((?:19|20)\d\d)年(?:的|政府|经济社会|主要|全市|全省|重点)*(?:工作)?(?:发展)?(?:的)?(?:主要)?(?:简要)?(?:情况|工作)?(?:的)?(?:简要)?回顾"
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
    warnings: tuple[str, ...]


def facts(name: str, title: str, head: Sequence[Line], words: str) -> Facts:
    """Facts from the file's name, its title, its first lines and its text."""
    warnings: list[str] = []
    top = "\n".join(line.text for line in head)
    file_place, file_year = _of_name(name)
    meeting = _meeting(head) or find_date(fold(title))
    place = _place(file_place, title, top, words)
    if place is None:
        warnings.append("没有认出是哪个地方的报告,可在 manifest.toml 里用 place 指定")
        place = Place(file_place or PurePosixPath(name).stem, Level.COUNTY)
    year = file_year or _year(meeting, title, words)
    if not year:
        year = meeting.year if meeting else date.today().year
        if not meeting:
            warnings.append("没有认出是哪一年的报告,可在 manifest.toml 里用 year 指定")
    session = _SESSION.search(top)
    return Facts(place, year, title, _speaker(head), session[1] if session else "", meeting, tuple(warnings))


def _of_name(name: str) -> tuple[str, int]:
    """Place and year that a file's name states: 辽阳市-2024, 2025年云南省政府工作报告."""
    stem = fold(PurePosixPath(name).stem)
    for pattern in (_NAMED, _DATED):
        match = pattern.match(stem)
        if match and places.by_name(match["place"].removesuffix("政府工作报告")):
            return match["place"], int(match["year"])
    return "", 0


def _place(file_place: str, title: str, top: str, words: str) -> Place | None:
    if file_place:
        return places.by_name(file_place)[0]
    if _COUNTRY.search(top):
        return places.by_name("全国")[0]
    candidates = [match["place"] for match in _CONGRESS.finditer(top)]
    candidates += _TITLED.findall(fold(title)) + _GOVERNMENT.findall(words[:3000]) + _TITLED.findall(top)
    for candidate in candidates:
        found = _longest_tail(candidate)
        if found is not None:
            return found
    return None


def _longest_tail(text: str) -> Place | None:
    """The unit a phrase ends with: 日在辽阳市 → 辽阳市; with its parent before it where there are several."""
    text = text.strip()
    for start in range(len(text) - 1):
        found = places.by_name(text[start:])
        if found:
            before = text[:start]
            return next((p for p in found if p.parents and before.endswith(p.parents[0])), found[0])
    return None


def _meeting(head: Sequence[Line]) -> date | None:
    """The date of the line that names the congress, else the first date of the head."""
    named = [line.text for line in head if "人民代表大会" in line.text and DATE.search(line.text)]
    for text in [*named, *(line.text for line in head)]:
        if len(text) < 120 and (found := find_date(text)):
            return found
    return None


def _year(meeting: date | None, title: str, words: str) -> int:
    """The year planned for: said in a heading; else that of the meeting, the next where it met in December."""
    planned = [int(year) for year in _PLANNED.findall(words)]
    reviewed = [int(year) + 1 for year in _REVIEWED.findall(words[: len(words) // 2])]
    if meeting:
        for year in (meeting.year, meeting.year + 1):
            if year in planned and (meeting.month >= 10 or year == meeting.year):
                return year
        return meeting.year + (meeting.month == 12)
    if reviewed:
        return max(reviewed)
    if planned:
        return planned[0]
    match = re.search(r"((?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年", fold(title) + words[:600])
    return year_of(match[1]) if match else 0


def _speaker(head: Sequence[Line]) -> str:
    """The name on a line of its own before the salutation."""
    for line in head:
        if line.text.startswith(("各位", "现在")):
            break
        match = _SPEAKER.match(line.text)
        if match and not _NOT_A_NAME.search(match["name"]) and (match["office"] or len(line.text) <= 5):
            return re.sub(r"\s", "", match["name"])
    return ""
