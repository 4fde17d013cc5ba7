"""The figures of a report as columns: what scoring compares, one array element a figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.library import Loaded
from retrieval.answer.scoring.named import ids_of, made_of, worth_of
from retrieval.lexicon import units
from retrieval.model import Measure, SectionKind, Status, plain

__all__ = ["CLASSES", "Columns", "Joined", "class_of", "columns", "years"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = NDArray[np.uint8]

# Classes of figures that questions tell apart: the measure, and for changes what they are measured in.
CLASSES = (
    *("level", "growth_rate", "growth_points", "growth_amount", "share", "rank", "rank_move", "streak", "count"),
    *("duration", "multiple", "ratio", "price", "rate_level", "wording"),
)
_CLASS = {name: number for number, name in enumerate(CLASSES)}
_CHANGES = [_CLASS[name] for name in ("growth_rate", "growth_points", "growth_amount", "multiple")]

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


@lru_cache(maxsize=1024)
def class_of(measure: Measure, unit: str, direction: int, valued: bool) -> int:
    """The class of a figure, as an index of CLASSES."""
    rate = units.kind(unit) == "rate"
    name: str = measure.value
    if not valued and measure is not Measure.RATIO:
        name = "wording"
    elif measure is Measure.GROWTH:
        name = "growth_points" if unit.endswith("百分点") else "growth_rate" if rate else "growth_amount"
    elif measure is Measure.RANK and direction:
        name = "rank_move"
    elif measure is Measure.LEVEL and rate:
        name = "rate_level"
    elif measure is Measure.THRESHOLD:
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

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """Numbers of the texts that `pattern`, which matches no line's end, is found in."""
        return sorted({bisect_right(self._starts, match.start()) - 1 for match in pattern.finditer(self._text)})


class Columns:
    """The figures of one report. Arrays have one element a figure, in the order of `loaded.figures`."""

    def __init__(self, loaded: Loaded) -> None:
        fields = loaded.fields
        size = len(fields.names)
        self.loaded = loaded
        self.fields = fields
        self.size = size
        self.names = Joined(fields.names)
        self.clauses = Joined(fields.clauses)
        self.sentences = Joined(loaded.texts)
        self.sentence = _ints(fields.sentences)
        told = zip(fields.measures, fields.units, fields.directions, fields.valued, strict=True)
        self.cls = _ints([class_of(*one) for one in told])
        spans = [years(period) for period in fields.periods]
        self.change = np.isin(self.cls, _CHANGES)
        self.first, self.last = _ints([first for first, _ in spans]), _ints([last for _, last in spans])
        self.target = _bools([status is Status.TARGET for status in fields.statuses])
        self.direction = _ints(fields.directions)
        self.crossed = _bools([bool(words and _CROSSED.search(words)) for words in fields.qualifiers])
        said = zip(fields.measures, fields.clauses, strict=True)
        self.start = _bools([measure is not Measure.GROWTH and _is_start(clause) for measure, clause in said])
        self.part = np.array(list(fields.parts) or [""])
        own = loaded.report.place.name
        self.foreign = _bools([bool(place) and place != own for place in fields.places])
        self.fronts = _grouped((fields.names[number][:2], number) for number in self.names.matching(_BRANCH))
        self.added = _ints(self.names.holding("新增"))
        self.named = _ints([len(name) for name in fields.names])
        self.threshold = _bools([measure is Measure.THRESHOLD for measure in fields.measures])
        kinds = {passage: loaded.kind(passage) for passage in dict.fromkeys(fields.passages)}
        apart = {passage for passage, kind in kinds.items() if kind in (SectionKind.NOTES, SectionKind.ANNEX)}
        self.aside = _bools([passage in apart for passage in fields.passages])
        self.goals = _bools([kinds[passage] is SectionKind.TARGETS for passage in fields.passages])
        aims = set(self.sentences.holding("目标"))
        self.headline = _bools([sentence in aims for sentence in fields.sentences])
        self.position = np.arange(size, dtype=np.float64) / max(1, size)
        known = ids_of(fields)
        self._of = _grouped((key, number) for number, ids in enumerate(known) for key in ids)
        self.identified = _bools([bool(ids) for ids in known])
        self.digits = np.array([_digits(surface) for surface in fields.surfaces], dtype=np.float64)
        self._told = len(loaded.texts)
        self._passages = loaded.passages
        made = made_of(fields.names)
        self._name_sizes = np.array([number for number, _ in made])
        self._name_worth = np.array([worth for _, worth in made])
        titles = {passage: loaded.title(passage).lower() for passage in kinds}
        self._under = _grouped((titles[passage], number) for number, passage in enumerate(fields.passages))
        self._units: _Memory[str, Ints] = _Memory(self._find_units, _REMEMBERED)
        self._holding: _Memory[str, Levels] = _Memory(self._find_holding, _REMEMBERED)
        self._near: dict[str, Floats] = {}
        self._once: dict[Hashable, NDArray[Any]] = {}

    @cached_property
    def values(self) -> list[str | None]:
        """Each figure's value as it is written plainly."""
        values = [stated.figure.value for stated in self.loaded.figures]
        return [None if value is None else plain(value) for value in values]

    def units(self, asked: str) -> Ints:
        """How each figure's unit fits the asked one: 3 the same, 2 of its kind, 1 may be, 0 cannot be."""
        return self._units.get(asked)

    def holding(self, word: str) -> Floats:
        """Where a word stands, as three rows over the figures: 1 in a figure's name, in its clause or name, in its
        sentence; the sentence before and the headings count less."""
        return _WORTH[self._holding.get(word)]

    def near(self, words: Sequence[str]) -> dict[str, Floats]:
        """How near in meaning each word is to the nearest one of each figure's name, clause and sentence: three rows a
        word."""
        new = [word for word in dict.fromkeys(words) if word not in self._near]
        if len(self._near) + len(new) > _NEAREST:
            self._near.clear()
            new = list(dict.fromkeys(words))
        for word, found in zip(new, self.loaded.meanings.nearest(new), strict=True):
            self._near[word] = np.clip((found - _FAR) / (_SAME - _FAR), 0.0, 1.0)
        return {word: self._near[word] for word in words}

    def once(self, key: Hashable, make: Callable[[], NDArray[_Scalar]]) -> NDArray[_Scalar]:
        """What `make` makes, kept under a key for a while. Not to be changed."""
        found = self._once.get(key)
        if found is None:
            if len(self._once) >= _ONCE:
                self._once.clear()
            found = self._once[key] = make()
        return found

    def of(self, key: str) -> Ints:
        """The figures of an indicator of the lexicon, by its id."""
        return self._of.get(key, _NONE)

    def named_exactly(self, words: str) -> NDArray[np.bool_]:
        """Which figures have this very name."""
        return _bools([name == words for name in self.fields.names])

    def known(self, asked: frozenset[str]) -> tuple[Floats, Floats, Floats]:
        """How far each figure's name is made of these grams: the share of its grams, that of what they are worth, and
        what the others are worth."""
        # In the order of the words, not of the set: sums of rounded numbers depend on it.
        held = [(gram, self.names.holding(gram)) for gram in sorted(asked)]
        at = _ints([number for _, numbers in held for number in numbers])
        worths = [worth_of(gram) for gram, numbers in held for _ in numbers]
        counts = np.bincount(at, minlength=self.size).astype(np.float64)
        worth = np.bincount(at, weights=worths, minlength=self.size)
        sizes, whole = np.maximum(self._name_sizes, 1.0), np.maximum(self._name_worth, 0.1)
        return counts / sizes, worth / whole, np.maximum(self._name_worth - worth, 0.0)

    def _find_units(self, asked: str) -> Ints:
        return _ints([_unit_fit(unit, asked) for unit in self.fields.units])

    def _find_holding(self, word: str) -> Levels:
        found = np.zeros((3, self.size), dtype=np.uint8)
        sentence = np.zeros(self._told, dtype=np.uint8)
        for at in self.sentences.holding(word):
            if at + 1 < self._told and self._passages[at] == self._passages[at + 1]:
                sentence[at + 1] = max(sentence[at + 1], _BEFORE)
            sentence[at] = _SELF
        found[2] = sentence[self.sentence] if self._told else 0
        for heading, figures in self._under.items():
            if word in heading:
                found[2, figures] = np.maximum(found[2, figures], _HEADING)
        found[0, self.names.holding(word)] = _SELF
        found[1, self.clauses.holding(word)] = _SELF
        found[1] = np.maximum(found[0], found[1])
        found[2] = np.maximum(found[1], found[2])
        return found


# A heading over a figure, and the sentence before its own, say so much of what the sentence itself would. A byte tells
# which it is: many words are remembered for each report.
_HEADING, _BEFORE, _SELF = 1, 2, 3
_WORTH = np.array([0.0, 0.4, 0.5, 1.0])
# Cosines below the first say nothing; from the second on two words mean the same.
_FAR, _SAME = 0.45, 0.9
# So many grams are remembered for each report, so many words with their nearness, and so many tables: a question has a
# few dozen grams, and its readings share the tables.
_REMEMBERED, _NEAREST, _ONCE = 192, 48, 16

_Key = TypeVar("_Key")
_Scalar = TypeVar("_Scalar", bound=np.generic)
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


def columns(loaded: Loaded) -> Columns:
    """The columns of a report, made once."""
    found = loaded.__dict__.get("_columns")
    if found is None:
        found = Columns(loaded)
        loaded.__dict__["_columns"] = found
    return found


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


_NONE = _ints([])


def _grouped(pairs: Iterable[tuple[str, int]]) -> Mapping[str, Ints]:
    """The numbers of each key, in their order."""
    found: dict[str, list[int]] = {}
    for key, number in pairs:
        found.setdefault(key, []).append(number)
    return {key: _ints(numbers) for key, numbers in found.items()}


def _bools(values: Sequence[bool]) -> NDArray[np.bool_]:
    return np.array(values, dtype=bool)


@lru_cache(maxsize=16384)
def _is_start(clause: str) -> bool:
    """Whether a clause goes on from where a change began."""
    return ("由" in clause or "从" in clause) and bool(_FROM.search(clause))


@lru_cache(maxsize=16384)
def _digits(surface: str) -> int:
    """How many digits a number has, six at most."""
    return min(6, sum(map(str.isdigit, surface)))


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
