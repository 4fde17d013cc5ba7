"""How well a sentence fits a question: what speaks for it, as numbers, and what each counts.

The weights are learnt from questions with known sentences (`tools/fit_sentences.py`), as a conditional logit over the
sentences of the reports in scope.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from retrieval.answer.library import Loaded
from retrieval.answer.years import Candidate
from retrieval.errors import LexiconError
from retrieval.lexicon.question_words import cues
from retrieval.lexicon.table import rows
from retrieval.model import SectionKind, Status
from retrieval.query import Form, Query
from retrieval.query.ahead import ahead

__all__ = [
    "AHEAD",
    "AT",
    "FEATURES",
    "PAST",
    "Floats",
    "Question",
    "covering",
    "features",
    "fitted",
    "likeliest",
    "score",
]

Floats = npt.NDArray[np.float64]
PAST = {SectionKind.REVIEW, SectionKind.TERM_REVIEW, SectionKind.PROBLEMS}
AHEAD = {SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD}
_APART = {SectionKind.OTHER, SectionKind.PREAMBLE, SectionKind.CLOSING, SectionKind.ANNEX}

# In the order of the columns. `own`, `passage`, `beside`: BM25 of the sentence, of its passage, of its better
# neighbour; `alike`: how near its words are in meaning; `brief`: a heading or a form of address. Then what the
# question's year and tense say of the report and the section: plans of the very year, results told the year after.
# `defined`: a note on a term of the question.
FEATURES = (
    *("own", "passage", "beside", "alike", "brief", "candidate"),
    *("back_in_plans", "ahead_in_past", "own_plans", "own_past", "next_plans", "next_past"),
    *("ahead_own", "back_own_plans", "back_next_past"),
    *("defined", "notes", "apart", "problems", "targets", "government"),
    *("troubles", "items", "reason", "means", "covered"),
)
# A sentence of fewer characters is a heading or a form of address.
_BRIEF = 12
# Where no word of the question stands in a sentence, so much is taken for covered.
_LEAST = 0.35


class Question:
    """What a question asks sentences for."""

    def __init__(self, query: Query) -> None:
        kinds = {cue.kind for cue in cues(query.rest or query.text)}
        self.why, self.how = "why" in kinds, "how" in kinds
        self.several = query.form is Form.LIST or bool(_COUNTED.search(query.text))
        self.ahead = _ahead(query)
        self.text = query.text.lower().replace("“", "").replace("”", "")
        self.troubles = bool(_TROUBLES.search(query.text))


def _ahead(query: Query) -> float:
    """How likely a plan is asked for rather than a result."""
    if query.status is not None:
        return float(query.status is Status.TARGET)
    return ahead(query.text, query.rest, query.place_spans, query.periods) if query.periods else 0.5


# 五城, 哪四条, 七条产业链: so many things are asked for.
_COUNTED = re.compile(
    r"(?<![第\d年])(?:[两二三四五六七八九十]|\d{1,2}|十[一二三四五六])[个条大项座家种类位样所处件支朵款招桩场城地县区市块点村]"
)
# Questions about what a report admits.
_TROUBLES = re.compile(
    r"问题|困难|不足|矛盾|压力|差距|薄弱|难点|挑战|隐患|没(?:有)?(?:全面)?(?:完成|实现|解决)|承认|坦言|坦承|检讨"
)
_REASON = re.compile(r"由于|因为|原因|因素|影响|所致|受")
_MEANS = re.compile(r"通过|以.{1,20}(?:方式|为)|采取|实行|实施|推行|建立|用")


@dataclass(frozen=True, slots=True)
class Said:
    """What ranking says of each sentence of a report: BM25 of its own and of its passage, how near its words are to the
    question's in meaning, and whether its passage says what is wrong, where that is asked for."""

    own: Floats
    passage: Floats
    alike: Floats
    troubles: Floats


def features(asked: Question, loaded: Loaded, candidate: Candidate, said: Said) -> Floats:
    """What speaks for each sentence of a report, all but how much of the question it covers: a row a sentence."""
    found = np.zeros((len(loaded.texts), len(FEATURES)))
    kinds = loaded.kinds
    plans = np.array([kind in AHEAD for kind in kinds], dtype=float)
    past = np.array([kind in PAST for kind in kinds], dtype=float)
    year = max((p.last for p in candidate.periods), default=None)
    very = float(year is not None and loaded.row.year <= year)
    after = float(year is not None and loaded.row.year > year)
    ahead, back = asked.ahead, 1.0 - asked.ahead
    columns = {
        "own": np.log1p(said.own),
        "passage": np.log1p(said.passage),
        "beside": np.log1p(_beside(loaded, said.own)),
        "alike": said.alike,
        "brief": [float(len(text) < _BRIEF) for text in loaded.texts],
        "candidate": np.log(candidate.weight),
        "back_in_plans": back * plans,
        "ahead_in_past": ahead * past,
        "own_plans": very * plans,
        "own_past": very * past,
        "next_plans": after * plans,
        "next_past": after * past,
        "ahead_own": ahead * very,
        "back_own_plans": back * very * plans,
        "back_next_past": back * after * past,
        "defined": _defined(asked, loaded),
        "notes": [kind is SectionKind.NOTES for kind in kinds],
        "apart": [kind in _APART for kind in kinds],
        "problems": [kind is SectionKind.PROBLEMS for kind in kinds],
        "targets": [kind is SectionKind.TARGETS for kind in kinds],
        "government": [kind is SectionKind.GOVERNMENT for kind in kinds],
        "troubles": said.troubles,
    }
    if asked.several:
        columns["items"] = np.log1p([_items(text) for text in loaded.texts])
    if asked.why:
        columns["reason"] = [bool(_REASON.search(text)) for text in loaded.texts]
    if asked.how:
        columns["means"] = [bool(_MEANS.search(text)) for text in loaded.texts]
    for name, column in columns.items():
        found[:, AT[name]] = column
    return found


AT = {name: number for number, name in enumerate(FEATURES)}


def _defined(asked: Question, loaded: Loaded) -> list[bool]:
    """Whether each sentence is of a note whose heading, a term, stands in the question."""
    told = dict.fromkeys(p for p, kind in zip(loaded.passages, loaded.kinds, strict=True) if kind is SectionKind.NOTES)
    named = {passage for passage in told if _is_term(asked, loaded.path(passage))}
    return [passage in named for passage in loaded.passages]


def _is_term(asked: Question, path: Sequence[str]) -> bool:
    term = path[-1].lower().replace("“", "").replace("”", "") if path else ""
    return len(term) > 1 and term in asked.text


def _beside(loaded: Loaded, own: Floats) -> Floats:
    """The score of the better neighbour in the same passage."""
    passages = loaded.forward.passages
    together = passages[1:] == passages[:-1]
    found = np.zeros(len(own))
    found[1:] = np.where(together, own[:-1], 0.0)
    found[:-1] = np.maximum(found[:-1], np.where(together, own[1:], 0.0))
    return found


def _items(text: str) -> int:
    """How many 、 join in one clause."""
    return max(clause.count("、") for clause in _CLAUSES.split(text))


_CLAUSES = re.compile("[,。;:]")


def likeliest(rows: Floats, kept: npt.NDArray[np.bool_]) -> list[int]:
    """The sentences worth a closer look, by what is known before it is seen how much of the question they cover."""
    scores = np.where(kept, rows @ fitted(), -np.inf)
    best = np.argsort(-scores, kind="stable")[:_LOOKED]
    return [int(number) for number in best if kept[number]]


# So many sentences of a report are looked at closely.
_LOOKED = 100


def covering(share: float) -> float:
    """The share of the question's words that a sentence covers, as a feature."""
    return float(np.log(_LEAST + share))


def score(row: Floats) -> float:
    """How well a sentence fits: above 0, the higher the likelier it is the one asked for."""
    return float(np.exp(row @ fitted()))


@cache
def fitted() -> Floats:
    """The weights, by FEATURES. Raises LexiconError where the table names a feature there is none of."""
    found = np.zeros(len(FEATURES))
    for number, (name, weight) in rows("sentence_weights.tsv", ("feature", "weight")):
        if name not in AT:
            raise LexiconError(f"sentence_weights.tsv:{number}: 没有特征 {name}")
        found[AT[name]] = float(weight)
    return found
