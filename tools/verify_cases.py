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
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from retrieval import Engine
from retrieval.answer.across.comparable import magnitude, of_whole, unit_class
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.index import ReportRow
from retrieval.model import Measure, SectionKind, Status
from retrieval.text import visible

KINDS = ("half", "year", "status", "place", "unit", "scale", "sign", "neighbour")
_SHORT, _LONG = 14, 150
_MOST = 7  # figures of a sentence
_OLDEST = 2005
_SECTIONS = frozenset({SectionKind.REVIEW, SectionKind.TARGETS, SectionKind.TASKS})
_LEAD = re.compile(
    r"^(?:[\s—\-·●◆]+|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十][,，、])+"
)
_OPENING = re.compile(r"^(?:(?:19|20)\d\d年|去年|今年|过去|全年|[一-鿿]{0,3}[“\"]|五年|各位|同志)")
_DATED = re.compile(r"(?:19|20)\d\d|[今去上明]年|五”")
_BROKEN = re.compile(r"[\n\r\t]|\s{2}|\.{3}|…|\d\s+\d")
_AMOUNTS = frozenset({Measure.LEVEL, Measure.COUNT})
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
_UNITS = {"%": "个百分点", "％": "个百分点", "个百分点": "%", "亿元": "亿美元", "亿美元": "亿元", "万亩": "万公顷"}
_UNITS |= {"万美元": "万元", "公里": "万平方米", "万吨": "万立方米"}
_SCALES = {"亿": "万", "万": "亿"}
_SIGNS = {
    "增长": "下降",
    "下降": "增长",
    "提高": "降低",
    "降低": "提高",
    "上升": "下降",
    "增加": "减少",
    "减少": "增加",
}
_HALVES = (("城镇", "农村"), ("城市", "农村"), ("城镇", "农民"), ("城市", "农民"))
_RESTATED = 0.3
_NEAR = Decimal("0.06")  # values nearer than this share are no change that must be found


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


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a report with its figures, positions counted in `text`."""

    loaded: Loaded
    text: str
    figures: tuple[tuple[int, int, Stated], ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a source: what stands at `start` to `end` becomes `new`; `at` and `size` are the changed figure's
    beginning and length afterwards. `year` is the wrong year the whole sentence is given, where that is the change."""

    start: int
    end: int
    new: str
    at: int
    size: int
    figure: Stated
    year: int = 0


def half_of(place: str) -> str:
    """The half a place belongs to: `fit` or `held`."""
    return "fit" if hashlib.sha256(place.encode()).digest()[0] % 2 else "held"


class Maker:
    """Makes cases from a store."""

    def __init__(self, engine: Engine, seed: int) -> None:
        self._library: Library = engine.library
        self._chance = random.Random(seed)  # noqa: S311  cases are to be made again
        self._rows: dict[tuple[str, int], ReportRow] = {}
        each = (self._half, self._year, self._status, self._place, self._unit, self._scale, self._sign, self._neighbour)
        self._changes = dict(zip(KINDS, each, strict=True))
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
                edits = list(self._changes[kind](source))
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

    # The changes.

    def _valued(self, source: Source, other: Loaded | None, *, planned: bool, period: int) -> Iterator[Edit]:
        """The value that another report, year or standing has for the same indicator."""
        if other is None:
            return
        for start, end, stated in source.figures:
            own = stated.figure
            if own.indicator_id is None or own.value is None or not of_whole(own, source.loaded.row.place):
                continue
            for found in other.figures:
                figure = found.figure
                alike = (
                    figure.indicator_id == own.indicator_id
                    and figure.measure is own.measure
                    and unit_class(figure) == unit_class(own)
                    and figure.period == str(period)
                    and (figure.status is Status.TARGET) == planned
                    and of_whole(figure, other.row.place)
                )
                if alike and _apart(found, stated, self._told(source, stated)):
                    yield Edit(start, end, figure.surface, start, len(figure.surface), stated)
                    break

    def _told(self, source: Source, stated: Stated) -> list[Decimal]:
        """All values the sentence's report tells of the indicator in that year and standing."""
        own = stated.figure
        return [
            value
            for s in source.loaded.figures
            if s.figure.indicator_id == own.indicator_id
            and s.figure.period == own.period
            and s.figure.status is own.status
            and (value := magnitude(s.figure)) is not None
        ]

    def _near(self, source: Source, by: int) -> Loaded | None:
        row = self._rows.get((source.loaded.row.place, source.loaded.row.year + by))
        return self._library.load(row.id) if row else None

    def _year(self, source: Source) -> Iterator[Edit]:
        year = source.loaded.row.year
        period = year - 1 if source.planned else year - 2
        for edit in self._valued(source, self._near(source, -1), planned=source.planned, period=period):
            # Half of them keep the value and are told of the year before.
            own = source.text[edit.start : edit.end]
            moved = not _OPENING.match(source.text) and not _DATED.search(source.text)
            kept = Edit(edit.start, edit.end, own, edit.start, len(own), edit.figure, period)
            yield self._chance.choice((edit, kept)) if moved else edit

    def _status(self, source: Source) -> Iterator[Edit]:
        year = source.loaded.row.year
        if source.planned:
            yield from self._valued(source, self._near(source, 1), planned=False, period=year)
        else:
            yield from self._valued(source, self._near(source, -1), planned=True, period=year - 1)

    def _place(self, source: Source) -> Iterator[Edit]:
        row = source.loaded.row
        for above in (*row.parents, "全国"):
            over = self._rows.get((above, row.year))
            if over is not None and above != row.place:
                period = row.year if source.planned else row.year - 1
                yield from self._valued(source, self._library.load(over.id), planned=source.planned, period=period)

    def _unit(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            other = _UNITS.get(stated.figure.unit)
            surface = source.text[start:end]
            if other and surface.endswith(stated.figure.unit) and stated.figure.value is not None:
                new = surface.removesuffix(stated.figure.unit) + other
                yield Edit(start, end, new, start, len(new), stated)

    def _scale(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            surface = source.text[start:end]
            at = next((n for n, c in enumerate(surface) if c in _SCALES), -1)
            if at > 0 and surface[:at].replace(".", "").isdigit() and surface[at : at + 2] not in ("万亿",):
                new = surface[:at] + _SCALES[surface[at]] + surface[at + 1 :]
                yield Edit(start, end, new, start, len(new), stated)
            elif stated.figure.measure in _AMOUNTS and (moved := _shifted(surface)):
                yield Edit(start, end, moved, start, len(moved), stated)

    def _sign(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            word = source.text[max(0, start - 2) : start]
            listed = source.text[max(0, start - 4) : start - 2] == "分别" or source.text[start - 3 : start - 2] == "各"
            if (
                word in _SIGNS
                and not listed
                and stated.figure.measure is Measure.GROWTH
                and stated.figure.direction
                and stated.figure.value
            ):
                size = end - start
                yield Edit(start - 2, start, _SIGNS[word], start, size, stated)

    def _half(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            own = stated.figure
            for one, other in (*_HALVES, *((b, a) for a, b in _HALVES)):
                if one not in stated.indicator:
                    continue
                wanted = stated.indicator.replace(one, other)
                for found in source.loaded.figures:
                    figure = found.figure
                    if (
                        found.indicator.replace("村居民", "民") != wanted.replace("村居民", "民")
                        or figure.measure is not own.measure
                    ):
                        continue
                    same = figure.period == own.period and figure.status is own.status
                    if same and unit_class(figure) == unit_class(own) and _apart(found, stated, []):
                        yield Edit(start, end, figure.surface, start, len(figure.surface), stated)

    def _neighbour(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            for _, _, other in source.figures:
                alike = (
                    unit_class(other.figure) == unit_class(stated.figure)
                    and other.figure.measure is stated.figure.measure
                )
                if (
                    other is not stated
                    and alike
                    and other.indicator != stated.indicator
                    and _apart(other, stated, self._told(source, stated) if stated.figure.indicator_id else [])
                ):
                    yield Edit(start, end, other.figure.surface, start, len(other.figure.surface), stated)

    # Texts.

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
        said = not wrong and (self._chance.random() < 0.5 or bool(_OPENING.match(text)))
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
        elif figure.measure in _AMOUNTS and figure.value is not None and not figure.direction:
            verb = self._chance.choice(("", "达到", "为"))
        else:
            return None
        surface = edit.new if edit is not None and kind != "sign" else figure.surface
        hedge = figure.qualifier if figure.qualifier in ("左右", "以上", "以内", "以下") else ""
        front = f"{stated.indicator}{verb}"
        at = len(front) if edit is not None else -1
        return f"{front}{surface}{hedge}。", at, at + len(surface) if edit is not None else -1


def _apart(one: Stated, other: Stated, told: Sequence[Decimal]) -> bool:
    """Whether two figures' values are so far apart that one for the other is a mistake; and none of `told` is near."""
    value = magnitude(one.figure)
    if value is None or one.figure.upper is not None or other.figure.upper is not None or other.figure.value is None:
        return False
    if len(one.figure.surface) < 2 or not any(c.isdigit() for c in one.figure.surface):
        return False
    return all(
        abs(value - near) > _NEAR * max(abs(value), abs(near))
        for near in (*told, magnitude(other.figure) or Decimal(0))
    )


def _shifted(surface: str) -> str:
    """A number with its point moved one digit to the left."""
    match = re.match(r"(\d{2,})\.?(\d*)", surface)
    if not match or len(match[1] + match[2]) < 3 or match[1].endswith("0"):
        return ""
    whole = match[1]
    return f"{whole[:-1]}.{whole[-1]}{match[2]}{surface[match.end() :]}"


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
