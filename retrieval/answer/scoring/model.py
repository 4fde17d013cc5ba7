"""The fitted weights: how much each feature says. docs/fitting.md tells how they are learnt; none is set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.scoring.features import FEATURES
from retrieval.answer.scoring.pairs import PAIRS
from retrieval.errors import LexiconError

__all__ = ["Model", "fitted", "parsed", "written"]

Floats = NDArray[np.float64]
_FILE = "weights.tsv"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of single figures (`unary`, by FEATURES), of figures side by side (`pairs`, by PAIRS), how far the first
    count beside the second (`scale`), and those of each kind of answer by the names of what speaks for it."""

    unary: Floats
    pairs: Floats
    scale: float
    answers: Mapping[str, Mapping[str, float]]


def written(model: Model) -> str:
    """The weights as the lines of a table, those that are zero left out."""
    lines = [f"scale\t\t{model.scale:.{_DIGITS}f}"]
    tables: Sequence[tuple[str, Mapping[str, float]]] = [
        ("unary", dict(zip(FEATURES, model.unary.tolist(), strict=True))),
        ("pair", dict(zip(PAIRS, model.pairs.tolist(), strict=True))),
        *model.answers.items(),
    ]
    for part, weights in tables:
        for name, weight in sorted(weights.items()):
            if round(weight, _DIGITS):
                lines.append(f"{part}\t{name}\t{weight:.{_DIGITS}f}")
    return "\n".join(lines) + "\n"


def parsed(text: str) -> Model:
    """The model a table holds. Raises LexiconError where it names a feature there is none of."""
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        part, name, weight = line.split("\t")
        found.setdefault(part, {})[name] = float(weight)
        known = {"unary": FEATURES, "pair": PAIRS}.get(part)
        if known is not None and name not in known:
            raise LexiconError(f"{_FILE}:{number}: 没有特征 {name}")
    unary, pairs = found.pop("unary", {}), found.pop("pair", {})
    scale = found.pop("scale", {"": 1.0})[""]
    return Model(
        np.array([unary.get(name, 0.0) for name in FEATURES]),
        np.array([pairs.get(name, 0.0) for name in PAIRS]),
        scale,
        found,
    )


@cache
def fitted() -> Model:
    """The weights that ship with the program."""
    return parsed(files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))
