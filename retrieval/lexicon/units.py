"""Units of quantities: the kind of each, its other names, and where it may be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from retrieval.errors import LexiconError
from retrieval.lexicon.numerals import POWERS, power
from retrieval.lexicon.table import rows

__all__ = [
    "AMOUNTS",
    "ASKED",
    "RATES",
    "STATED",
    "Unit",
    "UnitKind",
    "bare",
    "compatible",
    "counts",
    "implied",
    "kind",
    "known",
    "named",
    "particular",
    "scale",
]


class UnitKind(StrEnum):
    """What a unit measures; NONE for no unit, as of a bare 万."""

    NONE = ""
    COUNT = "count"
    PEOPLE = "people"
    MONEY = "money"
    MASS = "mass"
    AREA = "area"
    VOLUME = "volume"
    LENGTH = "length"
    ENERGY = "energy"
    TIME = "time"
    RATE = "rate"
    TIMES = "times"
    MEASURE = "measure"


# Physical amounts: neither counted nor paid.
AMOUNTS = frozenset({UnitKind.MASS, UnitKind.AREA, UnitKind.VOLUME, UnitKind.LENGTH, UnitKind.ENERGY, UnitKind.MEASURE})
# Told against another quantity.
RATES = frozenset({UnitKind.RATE, UnitKind.TIMES})
# What is told off one by one; people may be asked for by 个 and things by 名.
_TOLD_OFF = frozenset({UnitKind.COUNT, UnitKind.PEOPLE})
# What is told by the unit alone: 茶叶达100万亩 is an area, 改造管网20公里 a length.
_IMPLIED = {
    UnitKind.AREA: "面积",
    UnitKind.PEOPLE: "人数",
    UnitKind.LENGTH: "里程长度",
    UnitKind.MONEY: "金额",
    UnitKind.ENERGY: "装机容量",
}
_NEVER = "-"


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of the table. `general`: counts things of any sort; `same`: the unit it is another name of, else itself."""

    name: str
    kind: UnitKind
    general: bool
    same: str


def _load() -> tuple[dict[str, Unit], str, str]:
    """Units by name; patterns of those read behind numbers and of those read behind 多少."""
    found: dict[str, Unit] = {}
    stated: dict[str, str] = {}
    asked: dict[str, str] = {}
    lines: dict[str, int] = {}
    for line, (name, word, general, same, before, behind) in rows(
        "units.tsv", ("unit", "kind", "counts", "same", "before", "asked")
    ):
        try:
            own = UnitKind(word)
        except ValueError as error:
            raise LexiconError(f"units.tsv:{line}: {word} 不是单位种类") from error
        if general not in ("", "any"):
            raise LexiconError(f"units.tsv:{line}: counts 应为 any 或留空,实为 {general}")
        found[name], lines[name] = Unit(name, own, bool(general), same or name), line
        for patterns, barred in ((stated, before), (asked, behind)):
            if barred != _NEVER:
                after = "|".join(re.escape(one) for one in barred.split("|") if one)
                patterns[name] = re.escape(name) + (f"(?!{after})" if after else "")
    for name, unit in found.items():
        other = found.get(unit.same)
        if other is None or other.same != other.name or other.kind is not unit.kind:
            raise LexiconError(f"units.tsv:{lines[name]}: {unit.same} 不能作 {name} 的本名")
    return found, _longest_first(stated), _longest_first(asked)


def _longest_first(patterns: Mapping[str, str]) -> str:
    return "|".join(patterns[name] for name in sorted(patterns, key=len, reverse=True))


_KNOWN, STATED, ASKED = _load()
# Units that begin like a power of ten: 千瓦, 百分点.
_OWN: Iterable[str] = sorted((name for name in _KNOWN if name[0] in POWERS), key=len, reverse=True)


def known() -> Mapping[str, Unit]:
    """All units of the table, as they are written without a scale."""
    return _KNOWN


@lru_cache(maxsize=4096)
def _parts(unit: str) -> tuple[str, str]:
    """The powers of ten a unit begins with, and the unit under its first name: 万平方千米 → 万, 平方公里."""
    head, per, rest = unit.partition("/")
    own = next((name for name in _OWN if head.endswith(name) and not head.removesuffix(name).strip(POWERS)), "")
    base = own or head.lstrip(POWERS)
    powers = head.removesuffix(base) if base else head
    whole = _KNOWN.get(base + per + rest)
    if whole is not None:
        return powers, whole.same
    return powers, (_KNOWN[base].same if base in _KNOWN else base) + per + rest


def scale(unit: str) -> tuple[Decimal, str]:
    """The factor of a unit and its base under its first name: 万千瓦 is 10⁴ 千瓦; a bare 万 has no base."""
    powers, base = _parts(unit)
    return power(powers), base


def bare(unit: str) -> str:
    """A unit without its powers of ten, under its first name; a bare 万 as it is."""
    return _parts(unit)[1] or unit


def named(unit: str) -> str:
    """A unit under its first name, with its powers of ten: 亿港币 → 亿港元."""
    return "".join(_parts(unit))


@lru_cache(maxsize=4096)
def kind(unit: str) -> UnitKind:
    """The kind of a unit as written; of 元/吨 that of 元. What the table does not know is counted one by one."""
    base = _parts(unit)[1]
    head = base.partition("/")[0]
    found = _KNOWN.get(base) or _KNOWN.get(head)
    return found.kind if found else UnitKind.COUNT if head else UnitKind.NONE


def counts(unit: str) -> bool:
    """Whether a quantity in this unit is a number of things or people, as one without a unit is."""
    own = kind(unit)
    return own is UnitKind.NONE or (own in _TOLD_OFF and "/" not in unit)


def particular(unit: str) -> bool:
    """Whether a bare unit counts one kind of thing, so that another count is none of it: 标箱, 艘."""
    found = _KNOWN.get(bare(unit))
    return found is None or (found.kind is UnitKind.COUNT and not found.general)


def compatible(stated: str, asked: str) -> bool:
    """Whether a figure stated in one unit can answer a question that names the other."""
    one, other = kind(stated), kind(asked)
    return not one or not other or one is other or {one, other} <= _TOLD_OFF


def implied(unit: str) -> str:
    """The words for the kind of quantity that a unit tells of; nothing where it tells of none."""
    return _IMPLIED.get(kind(unit), "")
