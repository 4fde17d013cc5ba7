"""Whether a report's figure is of the thing a claim is of, whatever its year, place, standing or value.

The features compare names, clauses and sentences both ways: what the claim says and the report does not counts as much
as the reverse, since a word more or less (农村, 第二产业, 新增) makes another thing. Their weights are a logistic
regression (`tools/fit_verify.py`) and stand in `weights.tsv` beside this module.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from retrieval.answer.library import Loaded, Stated
from retrieval.answer.scoring.named import worth_of
from retrieval.answer.weights import grams
from retrieval.errors import LexiconError
from retrieval.lexicon import indicators
from retrieval.lexicon.opposed import opposed
from retrieval.verify.values import Claim

__all__ = ["FEATURES", "chance", "features", "logistic", "weights"]

_FILE = "weights.tsv"
_NUMBER = re.compile(r"\d[\d,.]*")
# “双下降” and 双下降 are one name.
_MARKS = str.maketrans("", "", '“”"「」《》')
FEATURES = (
    "one",
    "id_same",
    "id_other",
    "id_one",
    "name_said",
    "name_said_sentence",
    "name_held",
    "name_held_sentence",
    "name_same",
    "clause_alike",
    "sentence_alike",
    "opposed",
    "nameless",
)


@lru_cache(maxsize=16384)
def _grams(text: str) -> frozenset[str]:
    """The pairs of characters of a text, numbers and quotation marks left out."""
    return frozenset(grams(_NUMBER.sub(" ", text.translate(_MARKS))))


@lru_cache(maxsize=16384)
def _worth(held: frozenset[str]) -> float:
    return math.fsum(worth_of(gram) for gram in held)


def _said(own: frozenset[str], others: frozenset[str]) -> float:
    """How much of what some grams are worth the others hold; 1 where there are none."""
    whole = _worth(own)
    return math.fsum(worth_of(gram) for gram in own & others) / whole if whole else 1.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    whole = _worth(one) + _worth(other)
    return 2.0 * math.fsum(worth_of(gram) for gram in one & other) / whole if whole else 0.0


@lru_cache(maxsize=4096)
def _written(name: str, key: str | None) -> frozenset[str]:
    """The grams of a name, and of the indicator's other names where the lexicon knows it."""
    if key is None:
        return _grams(name)
    return _grams(name).union(*(_grams(alias.lower()) for alias in indicators.by_id(key).aliases))


@lru_cache(maxsize=16384)
def _one_name(key: str, name: str, named: str) -> bool:
    """Whether two names are an indicator's and nothing more: 社零, 社会消费品零售总额."""
    return indicators.is_name(name, key) and indicators.is_name(named, key)


def features(claim: Claim, loaded: Loaded, stated: Stated) -> tuple[float, ...]:
    """The values of FEATURES for a claim and a figure of a report."""
    own, other = claim.figure.indicator_id, stated.figure.indicator_id
    name, named = claim.name.lower().translate(_MARKS), stated.indicator.translate(_MARKS)
    sentence = loaded.sentences[stated.sentence].text
    asked, held = _grams(name), _grams(named)
    if own is not None and own == other:
        # GDP and 地区生产总值 say the same.
        near = _grams(f"{named} {stated.clause}") | _written("", own)
        back = _grams(f"{name} {claim.clause}") | _written("", own)
    else:
        near, back = _grams(f"{named} {stated.clause}"), _grams(f"{name} {claim.clause}")
    return (
        1.0,
        float(own is not None and own == other),
        float(own is not None and other is not None and own != other),
        float((own is None) != (other is None)),
        _said(asked, near),
        _said(asked, near | _grams(sentence)),
        _said(held, back),
        _said(held, back | _grams(claim.words)),
        float(bool(name) and (name == named or (own is not None and own == other and _one_name(own, name, named)))),
        _alike(_grams(claim.clause), _grams(stated.clause)),
        _alike(_grams(claim.words), _grams(sentence)),
        float(opposed(name, named)),
        float(not asked or not held),
    )


@cache
def weights(part: str) -> Mapping[str, float]:
    """The fitted weights of a part of the table. Raises LexiconError where it has none."""
    found: dict[str, dict[str, float]] = {}
    for number, line in enumerate(files(__package__).joinpath(_FILE).read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise LexiconError(f"{_FILE}:{number}: 应有 3 列")
        found.setdefault(cells[0], {})[cells[1]] = float(cells[2])
    if part not in found:
        raise LexiconError(f"{_FILE}: 没有 {part}")
    return found[part]


def logistic(part: str, names: Sequence[str], values: Sequence[float]) -> float:
    """The likelihood that the weights of a part give to named values."""
    table = weights(part)
    return 1.0 / (1.0 + math.exp(-math.fsum(table.get(n, 0.0) * v for n, v in zip(names, values, strict=True))))


def chance(values: Sequence[float]) -> float:
    """The likelihood that claim and figure are of one thing."""
    return logistic("matter", FEATURES, values)
