"""What a section is about, by its heading, the year of the report and the section it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.lexicon import plans
from retrieval.model import SectionKind
from retrieval.reports.dates import year_of
from retrieval.reports.years import plans_in

__all__ = ["Direction", "Headed", "annexed", "appendix", "direction", "kind", "section_kinds"]

_NOTES = re.compile(
    r"名词解释|注释|附注|名词术语|术语解释|用语(?:说明|解释)|有关(?:名词|用语|词语)|词语解释|缩略语|名词说明|^注[::]?$|^解释[::]?$|相关名词"
)
_ANNEX = re.compile(r"^附[件表页录]|^附[::]|附件\s*\d*$")
_LIVELIHOOD = re.compile(r"实事|民生工程|惠民工程|民心工程|民生项目|惠民实事")
_GOVERNMENT = re.compile(
    r"(?:政府|自身|职能|作风|廉政|机关|行政效能)[^,。]{0,8}(?:建设|改革|能力|水平|治理|效能|转变)|服务型政府|改进政府工作|"
    r"(?:法治|廉洁|效能|责任|人民满意)[^,。]{0,6}政府|政府系统|依法行政|执政能力|施政能力"
)
_PROBLEMS = re.compile(r"问题|困难|不足|挑战|矛盾")
_SOLVED = re.compile(r"解决|攻坚|应对|民生|化解|导向")
_TERM = re.compile(
    r"(?:过去|近|这)的?五年|五年(?:来|的|工作)|[三四]年|任期|本届|上届|以来|这些年|[“\"]十?[一二三四五六七八九十]五"
)
_AIMS = re.compile(
    r"总体要求|指导思想|预期目标|奋斗目标|发展目标|目标任务|主要目标|总体思路|工作思路|基本思路|工作目标|发展思路|总要求|目标和|蓝图|^.{0,14}目标$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})(?:\s*年|$)")
_BACK_SAID = re.compile(r"过去|五年来|一年来|去年|上年|本届政府|上届政府|这五年")
_BACK_MEANT = re.compile(r"回顾|成就|(?<!优异)成绩|总结|工作情况|完成情况|执行情况")
# 1996年的政府工作和1997年的奋斗目标: the one year's work beside the other's aims.
_BACK_WORK = re.compile(r"工作\s*(?:和|与|及|、)")
_AHEAD_SAID = re.compile(r"今后|未来|今年|明年|新的一年|下一?步|接下来")
_AHEAD_MEANT = re.compile(r"安排|打算|部署|展望|蓝图|远景|建议|重点工作|主要任务|工作任务|目标|思路|总体要求|重点")
_DEEDS = re.compile(
    r"着力|加快|推进|坚持|全面|深化|加强|大力|促进|推动|强化|提升|实施|抓好|扩大|统筹|建设|打造|构建|优化|提高|切实|做好|发展|保障"
)
_DONE = re.compile(
    r"了|成效|取得|明显|显著|新(?:突破|成就|进展|台阶)$|(?:好转|向好|稳固|见效|实现|提速|胜利|变化|巩固)$|"
    r"(?:不断|持续|有效|全面|稳步|大幅|更加)(?:提升|增强|改善|加快|增长|激发|推进|优化|完善)$"
)
_REVIEWS = (SectionKind.REVIEW, SectionKind.TERM_REVIEW)
# A report whose first heading stands behind this share of it has reviewed already.
_REVIEWED = 0.12
_BACKWARD = (*_REVIEWS, SectionKind.PROBLEMS)


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether a heading looks back, ahead, both or neither; `said` where years, plans or 去年, 今后 say so outright."""

    back: bool
    ahead: bool
    said: bool


def direction(title: str, year: int) -> Direction:
    """Where a heading of the report of `year` looks."""
    years = [year_of(found) for found in _YEAR.findall(title)]
    back = any(y < year for y in years) or bool(_BACK_SAID.search(title))
    ahead = any(y >= year for y in years) or bool(_AHEAD_SAID.search(title))
    meant_back = bool(_BACK_MEANT.search(title))
    # 全面完成了各项目标 tells of what was aimed at, and met.
    meant_ahead = bool(_AHEAD_MEANT.search(title)) and not _DONE.search(title)
    for plan in plans_in(title):
        first, last = plans.years(plan)
        if last < year:
            back = True
        elif first >= year:
            # A report given at the end of a plan's first year may look back on that beginning.
            ahead = ahead or not meant_back
            back = back or meant_back
        elif meant_ahead != meant_back:
            back, ahead = back or meant_back, ahead or meant_ahead
    if back and ahead and meant_back != meant_ahead and not (meant_ahead and _BACK_WORK.search(title)):
        # 2019年和今年以来工作回顾: the word that says what is done with both.
        back, ahead = meant_back, meant_ahead
    if back or ahead:
        return Direction(back, ahead, said=True)
    return Direction(meant_back, meant_ahead and not meant_back, said=False)


def appendix(title: str) -> SectionKind | None:
    """NOTES or ANNEX where a heading opens one."""
    if _NOTES.search(title):
        return SectionKind.NOTES
    return SectionKind.ANNEX if _ANNEX.search(title) else None


def annexed(title: str, year: int) -> SectionKind:
    """What an annex holds, by its number and name: the good deeds of the year planned for, what became of the last
    ones, a glossary; ANNEX where neither is told."""
    if _NOTES.search(title):
        return SectionKind.NOTES
    looks = direction(title, year)
    if looks.back and not looks.ahead:
        return SectionKind.REVIEW
    if _LIVELIHOOD.search(title):
        # An annex of good deeds without a year is of those that the report promises.
        return SectionKind.LIVELIHOOD
    return SectionKind.TASKS if looks.ahead else SectionKind.ANNEX


@dataclass(frozen=True, slots=True)
class Headed:
    """A section to be told the kind of: its heading, the index of the section it lies in, its kind where its place
    tells it, its number (0 where it has none), and how far into the text it begins (0 to 1)."""

    title: str
    parent: int | None
    given: SectionKind | None
    number: int
    at: float


def section_kinds(sections: Sequence[Headed], year: int) -> list[SectionKind]:
    """Kinds of a report's sections.

    Main sections are seen together: what comes before the first that looks ahead reviews, whatever its heading says of
    deeds; where none does, the first series of numbers; one that does not tell goes on as the one before it.
    """
    mains = [n for n, section in enumerate(sections) if section.parent is None and section.given is None]
    looks = {n: direction(sections[n].title, year) for n in mains}
    planning = _planning(sections, mains, looks)
    told = (kind(sections[n].title, year, None) for n in mains if looks[n].back and not looks[n].ahead)
    reviewing = next((found for found in told if found in _REVIEWS), SectionKind.REVIEW)
    out: list[SectionKind] = []
    before = SectionKind.TASKS
    for n, section in enumerate(sections):
        if section.given is not None:
            out.append(section.given)
            continue
        found = kind(section.title, year, out[section.parent] if section.parent is not None else None)
        if section.parent is None:
            if not (looks[n].back or looks[n].ahead):
                found = _untold(found, n < planning, reviewing, before, reviews(section.title))
            if found is not SectionKind.PROBLEMS:
                before = found
        out.append(found)
    return out


def _planning(sections: Sequence[Headed], mains: Sequence[int], looks: Mapping[int, Direction]) -> int:
    """The index from which main sections plan, as far as their order tells."""
    if not mains or sections[mains[0]].at > _REVIEWED:
        # The review stands before the first heading.
        return 0
    ahead = next((n for n in mains if looks[n].ahead and not looks[n].back), None)
    if ahead is not None:
        return ahead
    anew = (n for n in mains[1:] if sections[n].number == 1 and sections[mains[0]].number == 1)
    return next(anew, mains[1] if len(mains) > 1 else len(sections))


def _untold(found: SectionKind, early: bool, reviewing: SectionKind, before: SectionKind, done: bool) -> SectionKind:
    """The kind of a main section whose heading looks nowhere."""
    if found is SectionKind.PROBLEMS:
        return found
    if early:
        return reviewing
    if before in _REVIEWS and done and found in (SectionKind.OTHER, SectionKind.TASKS, SectionKind.GOVERNMENT):
        return before
    if found is SectionKind.OTHER:
        return SectionKind.TASKS if before in _REVIEWS else before
    return found


def reviews(title: str) -> bool:
    """Whether a heading without year tells of deeds done."""
    return bool(_DONE.search(title))


def kind(title: str, year: int, parent: SectionKind | None) -> SectionKind:
    """What a section is about; OTHER for a main section whose heading does not tell."""
    if parent in (SectionKind.NOTES, SectionKind.ANNEX):
        return parent
    looks = direction(title, year)
    if parent is None or looks.said:
        found = _by_direction(title, looks)
        if found is not None and not (parent in _BACKWARD and found is parent):
            return found
    if parent in _BACKWARD:
        return SectionKind.PROBLEMS if _troubles(title) else parent
    if parent is SectionKind.LIVELIHOOD:
        return parent
    if _LIVELIHOOD.search(title):
        return SectionKind.LIVELIHOOD
    if _GOVERNMENT.search(title):
        return SectionKind.GOVERNMENT
    if _troubles(title):
        return SectionKind.PROBLEMS
    if _AIMS.search(title) and not reviews(title):
        return SectionKind.TARGETS
    if parent is not None:
        return parent
    return SectionKind.TASKS if _DEEDS.search(title) and not reviews(title) else SectionKind.OTHER


def _by_direction(title: str, looks: Direction) -> SectionKind | None:
    if looks.back and looks.ahead:
        # One section for both: its sentences tell which is which.
        return SectionKind.OTHER
    if looks.back:
        return SectionKind.TERM_REVIEW if _TERM.search(title) else SectionKind.REVIEW
    if looks.ahead:
        if _LIVELIHOOD.search(title):
            return SectionKind.LIVELIHOOD
        if _GOVERNMENT.search(title) and not _YEAR.search(title):
            return SectionKind.GOVERNMENT
        return SectionKind.TARGETS if _AIMS.search(title) else SectionKind.TASKS
    return None


def _troubles(title: str) -> bool:
    return bool(_PROBLEMS.search(title)) and not _SOLVED.search(title)
