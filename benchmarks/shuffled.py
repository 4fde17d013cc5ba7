"""A store of any size whose passages are real sentences in another order: only ranking is measured on it."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np

from retrieval.index import Analysed, Store, Terms
from retrieval.index.postings import Forward
from retrieval.model import Level, Outline, Passage, Place, Report, Section, SectionKind, Span

# Passages of a report, characters of a passage, reports stored at once, and of the reports drawn from.
_PASSAGES, _LENGTH, _BATCH, _DRAWN = 100, 225, 256, 400


def rss() -> int:
    """Resident memory of this process in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmRSS"))


def fill(real: Path, path: Path, passages: int) -> None:
    """Make a store at `path` of so many passages, from the sentences of the store at `real`."""
    source = Store(real)
    chance = random.Random(5)  # noqa: S311  a sample, not a secret
    names = np.array(["", *_vocabulary(source)], dtype=object)
    drawn = chance.sample(source.layout.reports, min(_DRAWN, len(source.layout.reports)))
    pool = [sentence for report in drawn for sentence in _sentences(source.forward(report), source, report)]
    store = Store(path)
    batch: list[Analysed] = []
    for number in range(passages // _PASSAGES):
        batch.append(_report(number, pool, names, chance))
        if len(batch) == _BATCH:
            store.add(batch)
            batch = []
    store.add(batch)
    store.close()
    source.close()


def _vocabulary(source: Store) -> list[str]:
    rows = dict(source.database.execute("SELECT number, term FROM terms").fetchall())
    return [rows.get(n, f"?{n}") for n in range(1, max(rows) + 1)]


def _sentences(forward: Forward, source: Store, report: str) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """(characters, terms, frequencies) of each sentence."""
    order = np.argsort(forward.sentence, kind="stable")
    cuts = np.searchsorted(forward.sentence[order], np.arange(1, len(forward.passages)))
    lengths = [len(span) for p in source.outline(report).passages for span in p.sentences]
    terms, often = np.split(forward.term[order], cuts), np.split(forward.frequency[order], cuts)
    return list(zip(lengths, terms, often, strict=True))


def _report(
    number: int, pool: list[tuple[int, np.ndarray, np.ndarray]], names: np.ndarray, chance: random.Random
) -> Analysed:
    drawn: list[tuple[int, np.ndarray, np.ndarray]] = []
    passage, held = 0, 0
    while passage < _PASSAGES:
        length, terms, often = chance.choice(pool)
        drawn.append((passage, terms, often))
        held += length
        if held >= _LENGTH:
            passage, held = passage + 1, 0
    numbers = np.concatenate([terms for _, terms, _ in drawn])
    sentence = np.repeat(np.arange(len(drawn)), [len(terms) for _, terms, _ in drawn])
    own, line = np.unique(numbers, return_inverse=True)
    order = np.lexsort((sentence, line))
    terms = Terms(
        "\n".join(names[own]),
        np.array([p for p, _, _ in drawn], dtype=np.uint32),
        line[order].astype(np.uint32),
        sentence[order].astype(np.uint32),
        np.concatenate([often for _, _, often in drawn])[order].astype(np.uint32),
    )
    place, year = Place(f"第{number // 20}县", Level.COUNTY), 2000 + number % 20
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    report = Report(id=f"{place.name}-{year}", source=f"{number}.txt", text="", sha256=digest, place=place, year=year)
    nothing = Span(0, 0)
    outline = Outline(
        (Section(nothing, "", ("",), SectionKind.REVIEW, 1),),
        tuple(Passage(nothing, 0, (nothing,)) for _ in range(_PASSAGES)),
    )
    return Analysed(report, outline, tuple(() for _ in range(_PASSAGES)), terms)
