"""The figures of a report as columns: what scoring compares, one array element a figure."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.library import Loaded, Stated
from retrieval.answer.weights import grams
from retrieval.figures import MADE_OTHER
from retrieval.lexicon import bigrams, indicators, units
from retrieval.model import Measure, SectionKind, Status

__all__ = ["CLASSES", "Columns", "Joined", "columns", "kind_of", "worth_of", "years"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Classes of figures that questions tell apart: the measure, and for changes what they are measured in.
CLASSES = (
    *("level", "growth_rate", "growth_points", "growth_amount", "share", "rank", "rank_move", "streak", "count"),
    *("duration", "multiple", "ratio", "price", "rate_level", "wording"),
)
_CLASS = {name: number for number, name in enumerate(CLASSES)}

# Behind 由 or 从 and before 到 stands where a change began.
_FROM = re.compile(r"(?:由|从)(?:(?!到|至|为)[^,。;])*$")
_CROSSED = re.compile(r"跨|迈|突破|过|破")
_BRANCH = re.compile(
    r"农产品|农副产品|机电|高新技术|高技术|民间|房地产|加工贸易|服务贸易|文化|旅游|农业|园区|开发区|民营|县域|制造业|建筑业|"
    r"跨境电商|基础设施|技改|技术改造|乡镇|产业|数字经济|海洋|新区|高新区|经开区|功能区|自贸|片区|经济[圈带区]|都市圈|城市群|山区|每平方公里|第\d+个|市本级|城建"
)


@lru_cache(maxsize=4096)
def years(text: str) -> tuple[int, int]:
    """First and last year of a period; zeros where it has none."""
    parts = text.split("-")
    if not all(len(part) == 4 and part.isdigit() for part in parts):
        return 0, 0
    return int(parts[0]), int(parts[-1])


def kind_of(stated: Stated) -> int:
    """The class of a figure, as an index of CLASSES."""
    figure = stated.figure
    rate = units.kind(figure.unit) == "rate"
    name: str = figure.measure.value
    if figure.value is None and figure.measure is not Measure.RATIO:
        name = "wording"
    elif figure.measure is Measure.GROWTH:
        name = "growth_points" if figure.unit.endswith("百分点") else "growth_rate" if rate else "growth_amount"
    elif figure.measure is Measure.RANK and figure.direction:
        name = "rank_move"
    elif figure.measure is Measure.LEVEL and rate:
        name = "rate_level"
    elif figure.measure is Measure.THRESHOLD:
        name = "level"
    return _CLASS[name]


class Joined:
    """Texts joined to one, to find in which of them a word stands with one search."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(texts)
        self._starts: list[int] = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1
        self.size = len(texts)

    def holding(self, word: str) -> list[int]:
        """Numbers of the texts that hold `word`, rising, each once."""
        found: list[int] = []
        at = self._text.find(word)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            found.append(number)
            if number + 1 >= self.size:
                break
            at = self._text.find(word, self._starts[number + 1])
        return found


class Columns:
    """The figures of one report. Arrays have one element a figure, in the order of `loaded.figures`."""

    def __init__(self, loaded: Loaded) -> None:
        figures = loaded.figures
        size = len(figures)
        self.loaded = loaded
        self.size = size
        self._names = [s.indicator for s in figures]
        self.names = Joined(self._names)
        self.clauses = Joined([s.clause for s in figures])
        self.sentence = np.array([s.sentence for s in figures], dtype=np.int64)
        self.passage = np.array([s.passage for s in figures], dtype=np.int64)
        self.cls = np.array([kind_of(s) for s in figures], dtype=np.int64)
        self.first = np.zeros(size, dtype=np.int64)
        self.last = np.zeros(size, dtype=np.int64)
        for number, stated in enumerate(figures):
            self.first[number], self.last[number] = years(stated.figure.period)
        self.target = np.array([s.figure.status is Status.TARGET for s in figures], dtype=bool)
        self.direction = np.array([s.figure.direction for s in figures], dtype=np.int64)
        self.crossed = np.array([bool(_CROSSED.search(s.figure.qualifier)) for s in figures], dtype=bool)
        self.start = np.array(
            [s.figure.measure is not Measure.GROWTH and _is_start(s.clause) for s in figures], dtype=bool
        )
        self.part = np.array([s.figure.part for s in figures] or [""])
        place = loaded.report.place.name
        self.foreign = np.array([bool(s.figure.place) and s.figure.place != place for s in figures], dtype=bool)
        self.branch = np.array([_is_branch(s.indicator) for s in figures], dtype=bool)
        self.named = np.array([len(s.indicator) for s in figures], dtype=np.int64)
        self.threshold = np.array([s.figure.measure is Measure.THRESHOLD for s in figures], dtype=bool)
        kinds = [loaded.kind(s.passage) for s in figures]
        self.aside = np.array([k in (SectionKind.NOTES, SectionKind.ANNEX) for k in kinds], dtype=bool)
        self.goals = np.array([k is SectionKind.TARGETS for k in kinds], dtype=bool)
        aims = ["目标" in sentence.text for sentence in loaded.sentences]
        self.headline = np.array([aims[s.sentence] for s in figures], dtype=bool)
        self.position = np.arange(size, dtype=np.float64) / max(1, size)
        self._of: dict[str, list[int]] = {}
        self.identified = np.zeros(size, dtype=bool)
        for number, stated in enumerate(figures):
            for key in _ids(stated):
                self._of.setdefault(key, []).append(number)
                self.identified[number] = True
        self.digits = np.array([_digits(s.figure.surface) for s in figures], dtype=np.float64)
        self.sentences = Joined([s.text for s in loaded.sentences])
        self._told = len(loaded.sentences)
        self._passages = [sentence.passage for sentence in loaded.sentences]
        self._under: dict[str, list[int]] = {}
        made = [_made_of(s.indicator) for s in figures]
        self._name_sizes = np.array([number for number, _ in made])
        self._name_worth = np.array([worth for _, worth in made])
        for number, stated in enumerate(figures):
            self._under.setdefault(loaded.title(stated.passage).lower(), []).append(number)
        self._units: _Memory[str, Ints] = _Memory(self._find_units, _REMEMBERED)
        self._holding: _Memory[str, Floats] = _Memory(self._find_holding, _REMEMBERED)
        self._near: _Memory[str, Floats] = _Memory(self._find_near, _REMEMBERED)

    def units(self, asked: str) -> Ints:
        """How each figure's unit fits the asked one: 3 the same, 2 of its kind, 1 may be, 0 cannot be."""
        return self._units.get(asked)

    def holding(self, word: str) -> Floats:
        """Where a word stands, as three rows over the figures: 1 in a figure's name, in its clause or name, in its
        sentence; the sentence before and the headings count less."""
        return self._holding.get(word)

    def near(self, word: str) -> Floats:
        """How near in meaning a word is to the nearest one of each figure's name, clause and sentence: three rows."""
        return self._near.get(word)

    def of(self, key: str) -> list[int]:
        """The figures of an indicator of the lexicon, by its id."""
        return self._of.get(key, [])

    def named_exactly(self, words: str) -> NDArray[np.bool_]:
        """Which figures have this very name."""
        return np.array([name == words for name in self._names], dtype=bool)

    def known(self, asked: frozenset[str]) -> tuple[Floats, Floats, Floats]:
        """How far each figure's name is made of these grams: the share of its grams, that of what they are worth, and
        what the others are worth."""
        counts, worth = np.zeros(self.size), np.zeros(self.size)
        # In the order of the words, not of the set: sums of rounded numbers depend on it.
        for gram in sorted(asked):
            at = self.names.holding(gram)
            counts[at] += 1.0
            worth[at] += worth_of(gram)
        sizes, whole = np.maximum(self._name_sizes, 1.0), np.maximum(self._name_worth, 0.1)
        return counts / sizes, worth / whole, np.maximum(self._name_worth - worth, 0.0)

    def _find_units(self, asked: str) -> Ints:
        return np.array([_unit_fit(s.figure.unit, asked) for s in self.loaded.figures], dtype=np.int64)

    def _find_holding(self, word: str) -> Floats:
        found = np.zeros((3, self.size))
        sentence = np.zeros(self._told)
        for at in self.sentences.holding(word):
            if at + 1 < self._told and self._passages[at] == self._passages[at + 1]:
                sentence[at + 1] = max(sentence[at + 1], _BEFORE)
            sentence[at] = 1.0
        found[2] = sentence[self.sentence] if self._told else 0.0
        for heading, figures in self._under.items():
            if word in heading:
                found[2, figures] = np.maximum(found[2, figures], _HEADING)
        found[0, self.names.holding(word)] = 1.0
        found[1, self.clauses.holding(word)] = 1.0
        found[1] = np.maximum(found[0], found[1])
        found[2] = np.maximum(found[1], found[2])
        return found

    def _find_near(self, word: str) -> Floats:
        if not self.size:
            return np.zeros((3, 0))
        return np.clip((self.loaded.meanings.nearest(word) - _FAR) / (_SAME - _FAR), 0.0, 1.0)


# The sentence before a figure's own, and a heading over it, say so much of what the sentence itself would.
_BEFORE, _HEADING = 0.5, 0.4
# Cosines below the first say nothing; from the second on two words mean the same.
_FAR, _SAME = 0.45, 0.9
# So many words are remembered for each report: a question has a few dozen.
_REMEMBERED = 192

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class _Memory(Generic[_Key, _Value]):
    """Remembers what was found for the last keys asked for."""

    def __init__(self, find: Callable[[_Key], _Value], most: int) -> None:
        self._find, self._most = find, most
        self._found: dict[_Key, _Value] = {}

    def get(self, key: _Key) -> _Value:
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= self._most:
                self._found.clear()
            found = self._found[key] = self._find(key)
        return found


@lru_cache(maxsize=16384)
def worth_of(word: str) -> float:
    """How much a word says: the less, the more reports use it."""
    shares = [bigrams.share(gram) for gram in grams(word)]
    return 1.0 + math.log(1.0 / max(min(shares, default=0.0), _RAREST)) if shares else 1.0


# Pairs that fewer reports use say no more.
_RAREST = 0.004


def columns(loaded: Loaded) -> Columns:
    """The columns of a report, made once."""
    found = loaded.__dict__.get("_columns")
    if found is None:
        found = Columns(loaded)
        loaded.__dict__["_columns"] = found
    return found


@lru_cache(maxsize=16384)
def _is_branch(indicator: str) -> bool:
    """Whether a name is that of a part of a whole: a sector, a zone."""
    return bool(_BRANCH.search(indicator))


@lru_cache(maxsize=16384)
def _is_start(clause: str) -> bool:
    """Whether a clause goes on from where a change began."""
    return ("由" in clause or "从" in clause) and bool(_FROM.search(clause))


@lru_cache(maxsize=16384)
def _digits(surface: str) -> int:
    """How many digits a number has, six at most."""
    return min(6, sum(map(str.isdigit, surface)))


@lru_cache(maxsize=16384)
def _made_of(indicator: str) -> tuple[int, float]:
    """How many grams a name is made of, and what they are worth together."""
    named = sorted(set(grams(indicator)))
    return len(named), sum(map(worth_of, named))


@lru_cache(maxsize=65536)
def _unit_fit(stated: str, asked: str) -> int:
    if not units.compatible(stated, asked):
        return 0
    one, other = units.kind(stated), units.kind(asked)
    if other == "" or units.bare(stated) == units.bare(asked):
        return 3 if one not in ("rate", "times") or other else 1
    if one == other and one:
        return 2 if not units.particular(units.bare(asked)) else 1
    return 1


@lru_cache(maxsize=16384)
def _named(indicator: str) -> frozenset[str]:
    # 常住 only makes the count of residents precise.
    name = indicator.replace("常住", "")
    return frozenset(m.indicator.id for m in indicators.mentions(name) if not MADE_OTHER.search(name, 0, m.start))


def _ids(stated: Stated) -> frozenset[str]:
    figure = stated.figure
    named = _named(stated.indicator)
    found = named | {figure.indicator_id} if figure.indicator_id else named
    if figure.measure in (Measure.LEVEL, Measure.COUNT) and figure.unit:
        # 人均可支配收入…日均26.6万人次: no income.
        found = frozenset(key for key in found if units.compatible(indicators.by_id(key).unit, figure.unit))
    return found
