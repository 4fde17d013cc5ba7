"""Of which year a paragraph tells: the years it names, of its title, of what the user said."""

from __future__ import annotations

import re

from retrieval.lexicon.tense import ahead

__all__ = ["context_year", "dates", "done", "of_report", "plans"]

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?年(?!代|以来|版|第)")
# Of the title of a plan, or compared with, or where a change began: not the year told of.
_ASIDE = re.compile(r"[《(][^》)]*$|(?:比|较|与|同|由|从|自|到|至|[-—~])$")
_SENTENCE = re.compile(r"[^。!?;\n]+")
_REPORT = re.compile(r"((?:19|20)\d\d)\s?年?[^,。]{0,24}?政府工作报告")
_AHEAD = re.compile(r"目标|预期|计划|力争|将|要(?!求)|拟|确保|安排|年内|到$")
_AIMED = re.compile(r"[^。;\d]{0,16}?(?:目标|预期|计划|力争|提出|(?<!主)要(?!求))")
_PLANS = re.compile(
    r"目标|预期|预计(?:今|明)年|计划|规划|力争|将|确保|任务|年内|拟|提出|(?<![主需重])要(?!求|素|闻|道|点|塞)"
)
_DONE = re.compile(r"了|已|同比|[上去]年|累计|荣获|获得|历史|连续|首次")
_RELATIVE = re.compile(r"(?:19|20)\d\d\s?年|[今去上本明当]年|[“\"]?十[一二三四五]五|五年|年来|时期")


def dates(sentence: str) -> bool:
    """Whether a sentence names the time it tells of."""
    return bool(_RELATIVE.search(sentence))


def done(sentence: str) -> bool:
    """Whether a folded sentence says that it tells of something done."""
    return bool(_DONE.search(sentence))


def plans(sentence: str) -> bool:
    """Whether a folded sentence says that it tells of something planned."""
    return bool(_PLANS.search(sentence))


def of_report(title: str) -> int:
    """The year of the report a title names, 0 where it names none."""
    found = _REPORT.search(title)
    return int(found[1]) if found else 0


def context_year(paragraph: str) -> int:
    """The year of the report that would say what a folded paragraph says: the one after the last year it tells of, or
    that year where it plans for it; 0 where it names none."""
    found: list[int] = []
    for match in _SENTENCE.finditer(paragraph):
        sentence = match[0]
        for year in _YEAR.finditer(sentence):
            if not _ASIDE.search(sentence[: year.start()]):
                planned = bool(_AIMED.match(sentence, year.end())) or (
                    bool(_AHEAD.search(sentence, year.end())) and ahead(sentence) > 0
                )
                found.append(int(year[1]) + (not planned))
    return max(found, default=0)
