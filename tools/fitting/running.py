"""The stages of the fit, one after the other, over all sets."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import numpy as np

from bot.evaluation.running import files_under
from bot.evaluation.scoring import Texts
from retrieval.answer import Library
from retrieval.answer.scoring import Action
from retrieval.answer.scoring.decide import ALONE
from retrieval.answer.scoring.features import FEATURES
from retrieval.answer.scoring.model import Model
from retrieval.answer.scoring.pairs import PAIRS
from retrieval.engine import Engine

from . import chains, deciding, scores, unary
from .cases import FOLDS, HELD, BadInput, Case, Source, cases, digest
from .gathering import Gathered, gathered, unasked
from .inside import blank
from .material import Material, block, chain, material
from .optimum import Floats, Rows
from .posing import Posed, pose

__all__ = ["Fitted", "fit"]

Say = Callable[[str], None]
# Told of after so many questions.
_OFTEN = 500
# The fold of the weights that are written: learnt from all folds, and used on what is held out of all.
_ALL = HELD

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model, what it scores on places it never saw, and what it was made from."""

    model: Model
    scores: Mapping[str, Any]


@dataclass(slots=True)
class _Run:
    """The stores and folders of all sets, and what went wrong."""

    engines: Mapping[Path, Engine]
    texts: Mapping[Path, Texts]
    today: date
    say: Say
    failed: set[str] = field(default_factory=set)

    def library(self, case: Case) -> Library:
        return self.engines[case.source.store].library

    def each(self, stage: str, items: Sequence[_Item], case: Callable[[_Item], Case]) -> Iterator[_Item]:
        """The items, how far it is being told."""
        start = perf_counter()
        for number, item in enumerate(items):
            if number and not number % _OFTEN:
                self.say(f"{stage}: {number} of {len(items)}, {perf_counter() - start:.0f} s")
            with self.engines[case(item).source.store].store.reading():
                yield item
        self.say(f"{stage}: {len(items)} in {perf_counter() - start:.0f} s")

    def tried(self, case: Case, work: Callable[[], _Found]) -> _Found | None:
        """What comes of a question; one that fails must not take the others with it, nor be told by its words."""
        try:
            return work()
        except Exception as problem:
            at = traceback.extract_tb(problem.__traceback__)[-1]
            self.say(f"{case.label}: {type(problem).__name__} in {Path(at.filename).name}:{at.lineno}")
            self.failed.add(case.label)
            return None


def fit(sources: Sequence[Source], today: date, say: Say) -> Fitted:
    """Learn from the sets that are not held, score all. Raises GovreportError and OSError."""
    if all(source.held for source in sources):
        raise BadInput("no set to learn from: --set")
    every = cases(sources)
    engines: dict[Path, Engine] = {}
    try:
        for source in sources:
            if source.store not in engines:
                engines[source.store] = Engine.open(source.store)
                engines[source.store].warm()
        texts = {source.corpus: files_under(source.corpus) for source in sources}
        return _fitted(sources, every, _Run(engines, texts, today, say))
    finally:
        for engine in engines.values():
            engine.close()


def _fitted(sources: Sequence[Source], every: Sequence[Case], run: _Run) -> Fitted:
    order = _by_report(every)
    posed, found = _understood(order, run)
    taught = [found[case] for case in order if case in found]
    models, sizes = _figure_models(taught, run)
    del taught, found
    rows = Rows()
    gathered_ = _gathered(order, posed, models, run, rows)
    readings = deciding.Readings(*rows.table())
    learnt = [one for one in gathered_ if one.case.fold != HELD]
    start = perf_counter()
    final = deciding.fit(learnt, readings)
    folds: list[deciding.Answered] = []
    for fold in range(FOLDS):
        held_out = [one for one in learnt if one.case.fold == fold]
        others = [one for one in learnt if one.case.fold != fold]
        if held_out and others:
            folds += deciding.answered(held_out, readings, deciding.fit(others, readings))
    run.say(f"deciding: {len(rows)} readings in {perf_counter() - start:.0f} s")
    held = [one for one in gathered_ if one.case.fold == HELD]
    model = models[_ALL]
    told: dict[str, Any] = {
        "today": run.today.isoformat(),
        "sets": {source.name: _described(source, every) for source in sources},
        "sizes": {**sizes, "readings": len(rows), "evidence": len(readings.names), "failed": len(run.failed)},
        "folds": scores.table(folds),
    }
    if held:
        told["held"] = scores.table(deciding.answered(held, readings, final))
    return Fitted(Model(model.unary, model.pairs, model.scale, final.answers), told)


def _by_report(every: Sequence[Case]) -> list[Case]:
    """Questions of one report one after another, whatever set they are in, so that it is read once."""

    def key(item: tuple[int, Case]) -> tuple[str, str, int]:
        number, case = item
        return str(case.source.store), min(case.question.reports, default=""), number

    return [case for _, case in sorted(enumerate(every), key=key)]


def _understood(order: Sequence[Case], run: _Run) -> tuple[dict[Case, Posed], dict[Case, Material]]:
    """All questions as the program understands them, with what they teach.

    Those that follow others come last: the turns before them are answered with what the others teach.
    """
    posed: dict[Case, Posed] = {}
    found: dict[Case, Material] = {}

    def look(stage: str, some: Sequence[Case], before: Model) -> None:
        for case in run.each(stage, some, lambda one: one):
            engine = run.engines[case.source.store]
            one = run.tried(case, partial(pose, case, engine, before, run.today))
            if one is None:
                continue
            posed[case] = one
            if case.fold != HELD:
                taught = run.tried(case, partial(material, one, engine.library, run.today))
                if taught is not None:
                    found[case] = taught

    look("questions of one turn", [case for case in order if len(case.question.turns) == 1], blank())
    opening = unary.fit([block(list(found.values()), len(FEATURES))], len(FEATURES))
    look("questions that follow", [case for case in order if len(case.question.turns) > 1], _eager(opening))
    return posed, found


def _eager(weights: Floats) -> Model:
    """A model that answers with the figures of the first reading, and with sentences where there are none."""
    answers: dict[str, dict[str, float]] = {kind.value: {} for kind in Action}
    answers[ALONE] = answers[Action.FIGURES] = {"one": 1.0}
    return Model(weights, np.zeros(len(PAIRS)), 1.0, answers)


def _figure_models(taught: Sequence[Material], run: _Run) -> tuple[dict[int, Model], dict[str, int]]:
    """For each fold the weights of figures and pairs learnt from the others, and those learnt from all."""
    start = perf_counter()
    blocks = [block([one for one in taught if one.case.fold == fold], len(FEATURES)) for fold in range(FOLDS)]
    whole = unary.fit(blocks, len(FEATURES))
    single = {_ALL: whole}
    for fold in range(FOLDS):
        single[fold] = unary.fit(_without(blocks, fold), len(FEATURES), whole)
    run.say(f"figures: {sum(len(b.starts) for b in blocks)} slots in {perf_counter() - start:.0f} s")
    sizes = {
        "slots": sum(len(one.starts) for one in blocks),
        "figures": sum(len(one.right) for one in blocks),
        "features": len(FEATURES),
    }
    del blocks
    made: list[list[chains.Chain]] = [[] for _ in range(FOLDS)]
    for one in run.each("pairs", taught, lambda one: one.case):
        beside = chain(one, run.library(one.case), single[one.case.fold])
        if beside is not None:
            made[one.case.fold].append(beside)
    start = perf_counter()
    batched = [chains.batches(some, len(PAIRS)) for some in made]
    sizes["chains"] = sum(map(len, made))
    models = {}
    for fold in (_ALL, *range(FOLDS)):
        pairs, scale = chains.fit(_without(batched, fold), len(PAIRS))
        models[fold] = Model(single[fold], pairs, scale, {})
    run.say(f"chains: {sizes['chains']} in {perf_counter() - start:.0f} s")
    return models, sizes


def _without(parts: Sequence[_Item], fold: int) -> list[_Item]:
    return [part for number, part in enumerate(parts) if number != fold]


def _gathered(
    order: Sequence[Case], posed: Mapping[Case, Posed], models: Mapping[int, Model], run: _Run, rows: Rows
) -> list[Gathered]:
    out = []
    for case in run.each("readings", order, lambda one: one):
        one = posed.get(case)
        model, texts = models[case.fold], run.texts[case.source.corpus]
        found = None
        if one is not None:
            library = run.library(case)
            found = run.tried(case, partial(gathered, one, library, texts, model, today=run.today, rows=rows))
        out.append(found or unasked(case, rows))
    return out


def _described(source: Source, every: Iterable[Case]) -> dict[str, Any]:
    return {
        "file": source.questions.name,
        "sha256": digest(source.questions),
        "questions": sum(case.source == source for case in every),
        "weight": 0.0 if source.held else source.weight,
        "held": source.held,
    }
