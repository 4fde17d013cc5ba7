"""What a report leaves out of the usual indicators, and what it claims: ranks, firsts, streaks, records."""

from __future__ import annotations

import re

from retrieval.answer.citing import Quotes, around, quote
from retrieval.answer.library import Loaded
from retrieval.lexicon import indicators
from retrieval.model import Answer, AnswerFigure, Kind, Measure, SectionKind, Status
from retrieval.text import chinese_count

__all__ = ["USUAL", "checklist"]

# The indicators a reader looks for first, as statistical communiqués order them.
USUAL = (
    "gdp",
    "ind_va",
    "fai",
    "retail",
    "trade",
    "gen_budget_rev",
    "inc_urban",
    "inc_rural",
    "cpi",
    "jobs",
    "unemp_surv",
    "grain",
)
# One name that stands for two of them.
_BOTH = {"inc_pair": ("inc_urban", "inc_rural")}
_CLAIMS = re.compile(
    r"首次|首个|首家|第一(?![、是要位批年])|历史(?:性|新高|最高|最好)|创.{0,6}新高|全[国省市]前列|居全[国省].{0,6}位|"
    r"连续[\d一二三四五六七八九十]+年|位居.{0,8}第|排名.{0,8}第"
)
_MOST = 12


def checklist(loaded: Loaded) -> Answer:
    """Missing indicators as notes, claims as quotes with the ranks and streaks in them as figures."""
    row = loaded.row
    stated = {s.figure.indicator_id for s in loaded.figures if s.figure.indicator_id}
    stated |= {own for pair in stated & set(_BOTH) for own in _BOTH[pair]}
    missing = [indicators.by_id(key).name for key in USUAL if key not in stated]
    have = [indicators.by_id(key).name for key in USUAL if key in stated]
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    for item in loaded.figures:
        ranked = item.figure.measure in (Measure.RANK, Measure.STREAK) and item.figure.status is not Status.TARGET
        if ranked and item.figure.indicator and len(figures) < _MOST and _reviews(loaded, item.passage):
            index = quotes.add(quote(loaded, around(loaded, item), item.passage))
            figures.append(AnswerFigure(item.figure, index, item.figure.indicator))
    for sentence in loaded.sentences:
        if len(quotes.citations) >= _MOST:
            break
        if _CLAIMS.search(sentence.text) and _reviews(loaded, sentence.passage):
            quotes.add(quote(loaded, sentence.span, sentence.passage))
    notes = [f"常用指标中，报告写了：{'、'.join(have)}"] if have else []
    notes.append(f"没有写：{'、'.join(missing)}" if missing else "常用指标都写了")
    topic = f"{row.place}{row.year}年报告的指标清单"
    of, wrote, claims = (
        chinese_count(n, u) for n, u in ((len(USUAL), "项"), (len(have), "项"), (len(quotes.citations), "处"))
    )
    return Answer(
        Kind.FIGURES if figures else Kind.PASSAGES,
        figures=tuple(figures),
        citations=quotes.citations,
        notes=tuple(notes),
        message=f"{topic}：{of}常用指标写了{wrote}，位次、首次和新高的说法{claims}。",
        topic=topic,
    )


def _reviews(loaded: Loaded, passage: int) -> bool:
    return loaded.kind(passage) in (
        SectionKind.REVIEW,
        SectionKind.TERM_REVIEW,
        SectionKind.OTHER,
        SectionKind.PREAMBLE,
    )
