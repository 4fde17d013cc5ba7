"""Of which year a paragraph tells: the years it names, of its title, of what the user said."""

from __future__ import annotations

import re

from retrieval.lexicon.tense import ahead

__all__ = ["context_year", "dates", "of_report"]

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?年(?!代|以来|版|第)")
# Of the title of a plan, or compared with, or where a change began: not the year told of.
_ASIDE = re.compile(r"[《(][^》)]*$|(?:比|较|与|同|由|从|自|到|至|[-—~])$")
_SENTENCE = re.compile(r"[^。!?;\n]+")
_REPORT = re.compile(r"((?:19|20)\d\d)\s?年?[^,。]{0,24}?政府工作报告")
_AHEAD = re.compile(r"目标|预期|计划|力争|将|要(?!求)|拟|确保|安排|年内|到$")
_RELATIVE = re.compile(r"(?:19|20)\d\d\s?年|[今去上本明当]年|[“\"]?十[一二三四五]五|五年|年来|时期")


def dates(sentence: str) -> bool:
    """Whether a sentence names the time it tells of."""
    return bool(_RELATIVE.search(sentence))


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
                planned = bool(_AHEAD.search(sentence, year.end())) and ahead(sentence) > 0
                found.append(int(year[1]) + (not planned))
    return max(found, default=0)
