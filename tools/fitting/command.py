"""The command line of the fit."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from retrieval.answer.scoring.model import written
from retrieval.errors import GovreportError

from .cases import BadInput, Source, source
from .running import fit
from .scores import as_json, told

__all__ = ["main"]

_HEAD = "# Fitted weights of the answering core, made by tools/fit_answers.py.\n"


def main(arguments: Sequence[str]) -> int:
    """Fit, write, tell the totals; the exit status."""
    given = _parser().parse_args(arguments)
    start = perf_counter()
    try:
        sources = _sources(given.set, given.hold)
        for path in (given.out, given.scores):
            if not path.parent.is_dir():
                raise BadInput(f"there is no folder {path.parent}")
        fitted = fit(sources, given.today, _say)
        text = _HEAD + written(fitted.model)
        scores = {**fitted.scores, "weights_sha256": hashlib.sha256(text.encode()).hexdigest()}
        given.out.write_text(text, encoding="utf-8")
        given.scores.write_text(as_json(scores), encoding="utf-8")
    except (GovreportError, OSError) as problem:
        _say(" ".join(str(problem).split()))
        return 2
    lines = [line for part in ("folds", "held") if part in scores for line in told(part, scores[part])]
    sys.stdout.write("\n".join(lines) + "\n")
    _say(f"{given.out} and {given.scores} written after {perf_counter() - start:.0f} s")
    return 0


def _sources(learnt: Sequence[str], held: Sequence[str]) -> list[Source]:
    return [*(source(text, held=False) for text in learnt), *(source(text, held=True) for text in held)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fit_answers.py", description="Fit the weights of the answering core.")
    form = "NAME=QUESTIONS.jsonl:STORE:CORPUS"
    parser.add_argument("--set", action="append", default=[], metavar=f"{form}[:WEIGHT]", help="a set to learn from")
    parser.add_argument("--hold", action="append", default=[], metavar=form, help="a set that is scored only")
    parser.add_argument("--out", type=Path, required=True, help="the weights")
    parser.add_argument("--scores", type=Path, required=True, help="what they score, as JSON")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 29), help="the day of asking")
    return parser


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
