"""Cases for the check of a text: sentences of stored reports, lightly paraphrased, and the same with one seeded change.

    PYTHONPATH=. .venv/bin/python tools/verify_cases.py STORE [--seed 1] [--reports 60] [--changed 200] [--same 200]

Writes one JSON object a line: the text, what the user says beside it (place and year, or nothing where the text names
them), the report it is from, the kind of change with the changed figure's place in the text, and the half (by place)
the case belongs to. The same seed and store give the same cases. Development only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from verify_changes import AMOUNTS, KINDS, OPENING, Changes, Edit, Source

from retrieval import Engine
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.index import ReportRow
from retrieval.lexicon import indicators
from retrieval.model import Measure, SectionKind, Status
from retrieval.text import visible

_SHORT, _LONG = 14, 150
_MOST = 7  # figures of a sentence
_OLDEST = 2005
_SECTIONS = frozenset({SectionKind.REVIEW, SectionKind.TARGETS, SectionKind.TASKS})
_LEAD = re.compile(
    r"^(?:[\s—\-·●◆]+|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十][,，、])+"
)
_BROKEN = re.compile(r"[\n\r\t]|\s{2}|\.{3}|…|\d\s+\d")
# Light paraphrases: each is applied by chance.
_OTHERWISE = (
    (re.compile(r"全市(?=地区生产总值|生产总值|GDP|经济)"), ""),
    (re.compile(r"地区生产总值|(?<!国内)(?<!地区)生产总值"), "GDP"),
    (re.compile(r"规模以上工业"), "规上工业"),
    (re.compile(r"(?<![同比均])增长(?=\d)"), "同比增长"),
    (re.compile(r"达到(?=\d)"), "为"),
    (re.compile(r"达(?=\d)"), "达到"),
    (re.compile(r"完成(?=[一-鿿]{2,12}\d)"), "实现"),
    (re.compile(r"居民人均可支配收入"), "居民人均收入"),
    (re.compile(r"全社会固定资产投资"), "固定资产投资"),
    (re.compile(r"，其中"), "，"),
    (re.compile(r"比上年增长"), "增长"),
    (re.compile(r"分别(?=增长|达|为)"), "各"),
)
_RESTATED = 0.3
# Half of those whose name the lexicon knows are told under another of its names: 社零 for 社会消费品零售总额.
_RENAMED = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A text to be checked. `start` and `end` are the changed figure's in the text, -1 of an unchanged one; `was` is
    how the report has it. `framed`: the year of the whole sentence was changed, and with it every figure of it."""

    id: str
    text: str
    place: str
    year: int
    report: str
    half: str
    kind: str
    start: int = -1
    end: int = -1
    was: str = ""
    name: str = ""
    framed: bool = False
    sentence: int = -1
    restated: bool = False


def half_of(place: str) -> str:
    """The half a place belongs to: `fit` or `held`."""
    return "fit" if hashlib.sha256(place.encode()).digest()[0] % 2 else "held"


class Maker:
    """Makes cases from a store."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self._library: Library = engine.library
        self._chance = random.Random(seed)  # noqa: S311  cases are to be made again
        self._rows: dict[tuple[str, int], ReportRow] = {}
        self._changes = Changes(self._library, self._rows, self._chance)
        for row in engine.reports():
            if row.document == "work":
                self._rows[row.place, row.year] = row

    def reports(self, count: int, half: str) -> list[ReportRow]:
        """Reports with neighbours before and after."""
        found = [
            row
            for (place, year), row in sorted(self._rows.items())
            if year >= _OLDEST
            and (place, year - 1) in self._rows
            and (place, year + 1) in self._rows
            and row.completeness == "whole"
            and half in ("", half_of(place))
        ]
        self._chance.shuffle(found)
        return found[:count]

    def make(self, count: int, half: str, changed: int, same: int) -> Iterator[Case]:
        """The cases: as many of each kind of change as go into `changed`, and `same` unchanged ones."""
        sources = [source for row in self.reports(count, half) for source in self._sources(self._library.load(row.id))]
        self._chance.shuffle(sources)
        wanted = {kind: changed // len(KINDS) for kind in KINDS}
        taken: set[str] = set()
        short = 0
        for kind in KINDS:
            # What one kind finds no sentences for, the next makes up.
            wanted[kind] += short
            per: dict[str, int] = {}
            for source in sources:
                if not wanted[kind]:
                    break
                where = source.loaded.row.id
                if source.text in taken or per.get(where, 0) > max(1, wanted[kind] // 6):
                    continue
                edits = list(self._changes.of(kind, source))
                if not edits:
                    continue
                edit = self._chance.choice(edits)
                wanted[kind] -= 1
                taken.add(source.text)
                per[where] = per.get(where, 0) + 1
                yield self._case(source, kind, edit, wanted[kind])
            short = wanted[kind]
        left = [source for source in sources if source.text not in taken]
        for number, source in enumerate(left[:same]):
            yield self._case(source, "same", None, number)

    def _sources(self, loaded: Loaded) -> Iterator[Source]:
        by: dict[int, list[Stated]] = {}
        for stated in loaded.figures:
            by.setdefault(stated.sentence, []).append(stated)
        for sentence in loaded.sentences:
            figures = by.get(sentence.number, [])
            span = sentence.span
            raw = visible(loaded.report.text, span, loaded.report.masks)
            if not 0 < len(figures) <= _MOST or len(raw) != len(span) or sentence.kind not in _SECTIONS:
                continue
            if not _SHORT <= len(raw) <= _LONG or _BROKEN.search(raw):
                continue
            planned = {s.figure.status is Status.TARGET for s in figures}
            year = loaded.row.year
            own = {str(year)} if planned == {True} else {str(year - 1)}
            if len(planned) != 1 or {s.figure.period for s in figures} != own:
                continue
            if any(s.figure.place not in ("", loaded.row.place) or s.figure.part for s in figures):
                continue
            cut = _LEAD.match(raw)
            lead = cut.end() if cut else 0
            placed = tuple(
                (s.figure.span.start - span.start - lead, s.figure.span.end - span.start - lead, s) for s in figures
            )
            if placed[0][0] >= 0:
                yield Source(loaded, raw[lead:], placed, planned == {True})

    def _case(self, source: Source, kind: str, edit: Edit | None, number: int) -> Case:
        row = source.loaded.row
        text, start, end, was = source.text, -1, -1, ""
        if edit is not None:
            was = source.text[min(edit.start, edit.at) : max(edit.end, edit.at)]
            text = text[: edit.start] + edit.new + text[edit.end :]
            start, end = edit.at, edit.at + edit.size
        restated = self._restated(source, kind, edit)
        if restated is not None:
            text, start, end = restated
        for pattern, other in _OTHERWISE:
            if self._chance.random() < 0.5:
                text, start, end = _replaced(text, pattern, other, start, end)
        year = row.year if source.planned else row.year - 1
        wrong = edit.year if edit else 0
        said = not wrong and (self._chance.random() < 0.5 or bool(OPENING.match(text)))
        year = wrong or year
        if not said:
            front = self._chance.choice((f"{year}年，{row.place}", f"{row.place}{year}年"))
            if source.planned:
                front = f"{row.place}提出，{year}年的目标是："
            text = front + text
            start, end = (start + len(front), end + len(front)) if start >= 0 else (start, end)
        elif source.planned:
            front = "今年的目标是："
            text = front + text
            start, end = (start + len(front), end + len(front)) if start >= 0 else (start, end)
        return Case(
            f"{kind}-{row.id}-{number}",
            text,
            row.place if said else "",
            row.year - 1 if said else 0,
            row.id,
            half_of(row.place),
            kind,
            start,
            end,
            was,
            edit.figure.indicator if edit else "",
            bool(wrong),
            source.figures[0][2].sentence,
            restated is not None,
        )

    def _restated(self, source: Source, kind: str, edit: Edit | None) -> tuple[str, int, int] | None:
        """A clause that says one of the figures by its name alone: 粮食产量达到853亿斤."""
        figures = [s for _, _, s in source.figures] if edit is None else [edit.figure]
        stated = self._chance.choice(figures)
        figure = stated.figure
        if self._chance.random() >= _RESTATED or kind in ("neighbour", "half") or not 3 < len(stated.indicator) < 16:
            return None
        if figure.measure is Measure.GROWTH and figure.unit in ("%", "％") and figure.direction:
            verb = "增长" if (figure.direction > 0) != (kind == "sign") else "下降"
        elif figure.measure in AMOUNTS and figure.value is not None and not figure.direction:
            verb = self._chance.choice(("", "达到", "为"))
        else:
            return None
        surface = edit.new if edit is not None and kind != "sign" else figure.surface
        hedge = figure.qualifier if figure.qualifier in ("左右", "以上", "以内", "以下") else ""
        front = f"{self._renamed(stated)}{verb}"
        at = len(front) if edit is not None else -1
        return f"{front}{surface}{hedge}。", at, at + len(surface) if edit is not None else -1

    def _renamed(self, stated: Stated) -> str:
        """The name of a figure's indicator, or another name of the same."""
        key, name = stated.figure.indicator_id, stated.indicator
        if key is None or not indicators.is_name(name, key) or self._chance.random() >= _RENAMED:
            return name
        return self._chance.choice([n for n in indicators.by_id(key).aliases if not n.startswith("全")])


def _replaced(text: str, pattern: re.Pattern[str], other: str, start: int, end: int) -> tuple[str, int, int]:
    """A text with the first match replaced, unless it touches the changed figure; and where that stands then."""
    match = pattern.search(text)
    if match is None or (start >= 0 and match.start() < end and match.end() > start):
        return text, start, end
    grown = len(other) - (match.end() - match.start())
    text = text[: match.start()] + other + text[match.end() :]
    if 0 <= match.start() < start:
        start, end = start + grown, end + grown
    return text, start, end


def main() -> None:
    """Write the cases."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("store", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--changed", type=int, default=200)
    parser.add_argument("--same", type=int, default=200)
    parser.add_argument("--half", choices=("", "fit", "held"), default="")
    told = parser.parse_args()
    maker = Maker(Engine.open(told.store), told.seed)
    for case in maker.make(told.reports, told.half, told.changed, told.same):
        sys.stdout.write(json.dumps(asdict(case), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
