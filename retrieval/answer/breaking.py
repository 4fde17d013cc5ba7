"""A report whose text breaks off before the plans that are asked for."""

from __future__ import annotations

import re

from retrieval.answer import abstaining
from retrieval.answer.library import Library
from retrieval.answer.scope import Scope
from retrieval.model import Answer, Completeness, SectionKind, Status
from retrieval.query import Form, Query
from retrieval.query.moves import Move, move

__all__ = ["broken_off"]

# 今年要做什么, 2024年要办哪些民生实事.
_TO_DO = re.compile(
    r"(?:今年|\d{4}年)[^,。?]{0,8}(?:要|将|打算|准备|计划)[^,。?]{0,2}(?:做|干|办|抓|建|推|实施|完成|解决|怎么)"
)
_PLANS = frozenset({SectionKind.TARGETS, SectionKind.TASKS, SectionKind.LIVELIHOOD})


def broken_off(query: Query, where: Scope, library: Library, *, says: bool) -> tuple[Answer, str] | None:
    """The refusal and its report where plans are asked for that the stored text does not reach, else None.

    `says` tells that the question names something: a figure of it is looked for first.
    """
    row = library.rows[where.candidates[0].report]
    if row.completeness != Completeness.CUT_OFF or (says and query.form is Form.FIGURE):
        return None
    plans = query.status is Status.TARGET or move(query) is Move.GOALS or bool(_TO_DO.search(query.text))
    own = not query.periods or any(period.relative == "今年" or period.last == row.year for period in query.periods)
    if not plans or not own or query.form is Form.YESNO:
        return None
    best = library.load(row.id)
    if any(best.kind(passage) in _PLANS for passage in range(len(best.outline.passages))):
        return None
    return abstaining.cut_off(query, (), where, f"{row.place}{row.year}年政府工作报告"), row.id
