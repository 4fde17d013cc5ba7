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
from retrieval.answer.scoring.columns import worth_of
from retrieval.answer.weights import grams
from retrieval.errors import LexiconError
from retrieval.lexicon import indicators
from retrieval.verify.values import Claim

__all__ = ["FEATURES", "chance", "features", "logistic", "weights"]

_FILE = "weights.tsv"
_NUMBER = re.compile(r"\d[\d,.]*")
# Words that tell halves and kinds of one thing apart: of one group each names another thing.
_OPPOSED = (
    ("城镇", "农村"),
    ("第一产业", "第二产业", "第三产业", "一产", "二产", "三产"),
    ("进口", "出口"),
    ("收入", "支出", "利润", "投资"),
    ("存款", "贷款"),
    ("新增", "累计", "总量"),
    ("公路", "铁路"),
    ("高速", "高铁"),
    ("国内", "国际", "入境"),
    ("省级", "国家级", "市级"),
    ("小学", "中学", "高校"),
    ("面积", "产量", "产值"),
    ("化学需氧量", "二氧化硫", "氨氮", "氮氧化物"),
    ("养老", "医疗", "失业", "工伤", "生育"),
)
FEATURES = (
    "bias",
    "share",
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
    """The pairs of characters of a text, numbers left out."""
    return frozenset(grams(_NUMBER.sub(" ", text)))


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


@lru_cache(maxsize=16384)
def _kinds(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word for word in group if word in text) for group in _OPPOSED)


@lru_cache(maxsize=4096)
def _written(name: str, key: str | None) -> frozenset[str]:
    """The grams of a name, and of the indicator's other names where the lexicon knows it."""
    if key is None:
        return _grams(name)
    return _grams(name).union(*(_grams(alias.lower()) for alias in indicators.by_id(key).aliases))


def features(claim: Claim, loaded: Loaded, stated: Stated, share: float) -> tuple[float, ...]:
    """The values of FEATURES for a claim and a figure of a report. `share` is how likely the fitted weights of answers
    think it the figure asked for, among all of the reports looked into."""
    own, other = claim.figure.indicator_id, stated.figure.indicator_id
    name, named = claim.name.lower(), stated.indicator
    sentence = loaded.sentences[stated.sentence].text
    asked, held = _grams(name), _grams(named)
    if own is not None and own == other:
        # GDP and 地区生产总值 say the same.
        near = _grams(f"{named} {stated.clause}") | _written("", own)
        back = _grams(f"{name} {claim.clause}") | _written("", own)
    else:
        near, back = _grams(f"{named} {stated.clause}"), _grams(f"{name} {claim.clause}")
    opposed = sum(
        bool(one) and bool(two) and not (one & two) for one, two in zip(_kinds(name), _kinds(named), strict=True)
    )
    return (
        1.0,
        math.log(max(share, 1e-6)),
        float(own is not None and own == other),
        float(own is not None and other is not None and own != other),
        float((own is None) != (other is None)),
        _said(asked, near),
        _said(asked, near | _grams(sentence)),
        _said(held, back),
        _said(held, back | _grams(claim.words)),
        float(name == named),
        _alike(_grams(claim.clause), _grams(stated.clause)),
        _alike(_grams(claim.words), _grams(sentence)),
        float(opposed),
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
