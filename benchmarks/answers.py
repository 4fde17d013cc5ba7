"""Whole answers, beside the plain way to them: jieba's words, rank_bm25 over sentences, the first number in sight.

    python benchmarks/answers.py [--gold FILE.jsonl --corpus FOLDER]

Without them the invented province of the tests and its questions are used. The plain way is helped: place and year of
the report stand before each sentence, English is left out, and a figure is right where value and unit are, whatever is
said of its sign, year and status. It cannot refuse; what it says to an unanswerable question is counted apart.
"""

from __future__ import annotations

import argparse
import logging
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
from rank_bm25 import BM25Okapi

from bot.batch import answered
from bot.evaluation import gold
from bot.evaluation.quantities import bare, same_quantity
from retrieval import Engine
from retrieval.text import visible
from tests.support.cases import ROOT

# One report answers them; the plain way has nothing for the others.
KINDS = ("figure", "followup", "passage", "list")
NUMBER = re.compile(
    r"(\d+(?:\.\d+)?)\s*(%|‰|个百分点|[万千百十]?[亿万千百]?(?:人次|平方公里|立方米|公里|公顷|元|吨|亩|户|人|家|项|个|所|座|台|位|年|套|件|次|米))"
)


@dataclass(frozen=True)
class Said:
    """What came out: figures as (value, unit), and the words quoted."""

    figures: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]


Way = Callable[[gold.Question], Said]


def plain(engine: Engine) -> Way:
    """The plain way over the sentences of all reports."""
    sentences: list[str] = []
    words: list[list[str]] = []
    for row in engine.reports():
        report = engine.store.report(row.id)
        for passage in engine.outline(row.id).passages:
            for span in passage.sentences:
                sentences.append(visible(report.text, span, report.masks))
                words.append(jieba.lcut(f"{row.place}{row.year}年 {row.year - 1}年 {sentences[-1]}"))
    package = BM25Okapi(words)

    def ask(question: gold.Question) -> Said:
        best = package.get_scores(jieba.lcut(" ".join(question.turns))).argsort()[::-1][:3]
        quotes = tuple(sentences[n] for n in best)
        # A year is no answer, and neither is what the question says itself.
        found = [(m[1], m[2]) for m in NUMBER.finditer(quotes[0]) if m[0] not in question.turns[-1]]
        return Said(tuple(found[: max(1, len(question.figures))]), quotes)

    return ask


def ours(engine: Engine) -> Way:
    """The program."""

    def ask(question: gold.Question) -> Said:
        answer = answered(engine, question.id, question.turns, print)
        figures = tuple((str(f["value"]), str(f["unit"] or "")) for f in answer["figures"])
        return Said(figures, tuple(citation["quote"] for citation in answer["citations"][:3]))

    return ask


def right(question: gold.Question, said: Said) -> bool:
    """Whether all figures are said, among at most one more; else whether the evidence is quoted."""
    if question.figures:
        left = list(said.figures[: len(question.figures) + 1])
        for want in question.figures:
            found = next((got for got in left if same_quantity(want.value, want.unit, *got)), None)
            if found is None:
                return False
            left.remove(found)
        return True
    quotes = [bare(quote) for quote in said.quotes]
    return all(any(bare(one.quote) in quote for quote in quotes) for one in question.evidence)


def measure(asked: Sequence[gold.Question], way: Way) -> tuple[dict[str, list[bool]], float]:
    """Right or wrong by kind, and the median time of an answer in ms."""
    found: dict[str, list[bool]] = defaultdict(list)
    times = []
    for question in asked:
        start = time.perf_counter()
        said = way(question)
        times.append((time.perf_counter() - start) * 1000)
        found[question.kind].append(bool(said.figures) if question.kind == "unanswerable" else right(question, said))
    return found, statistics.median(times)


def main() -> None:
    """Print shares and times, ours beside the plain way's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT / "tests" / "fixtures" / "questions.jsonl")
    parser.add_argument("--corpus", type=Path, default=ROOT / "bot" / "example")
    parser.add_argument("--most", type=int, default=150, help="so many questions, spread over the file")
    given = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    everything = [q for q in gold.questions(given.gold) if q.style != "english"]
    asked = [question for question in everything if question.kind in (*KINDS, "unanswerable")]
    asked = asked[:: -(-len(asked) // given.most)]
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(Path(folder))
        rows = engine.ingest(gold.needed(everything, sorted(given.corpus.rglob("*.md"))))
        engine.warm()
        start = time.perf_counter()
        way = plain(engine)
        built = time.perf_counter() - start
        print(f"{len(rows)} reports, {len(asked)} questions; the plain way's index made in {built:.1f} s")
        mine, fast = measure(asked, ours(engine))
        theirs, slow = measure(asked, way)
        engine.close()
    for kind in KINDS:
        if kind in mine:
            us, them = statistics.fmean(mine[kind]), statistics.fmean(theirs[kind])
            ratio = f"{us / them:.1f}" if them else "-"
            print(f"{kind:<10} {len(mine[kind]):>4} questions: right {us:.3f}, plain {them:.3f}, ratio {ratio}")
    if "unanswerable" in mine:
        us, them = statistics.fmean(mine["unanswerable"]), statistics.fmean(theirs["unanswerable"])
        print(f"unanswerable, answered with a figure: {us:.3f}, plain {them:.3f}")
    print(f"an answer takes {fast:.1f} ms (median), the plain way {slow:.1f} ms: ratio {slow / fast:.2f}")


if __name__ == "__main__":
    main()
