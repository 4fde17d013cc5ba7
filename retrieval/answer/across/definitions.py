"""Whether figures set side by side are counted alike: breaks in a series, differing definitions and bases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.lexicon import definitions
from retrieval.model import Break, Figure

__all__ = ["break_notes", "breaks", "counted_notes"]

# What a figure is compared with (比上年) is no basis of counting; these are.
_BASIS = re.compile(r"口径|可比|剔除|扣除|不变价|名义|现价")
_NAMES = 4


def breaks(figures: Sequence[Figure]) -> tuple[Break, ...]:
    """Where the figures of one place, in the order of their years, pass from one definition to another."""
    found: list[Break] = []
    last: definitions.Definition | None = None
    for figure in figures:
        own = definitions.of(figure.indicator)
        if own is None:
            continue
        if last is not None and last.series == own.series and last.name != own.name:
            found.append(Break(figure.period, last.name, own.name))
        last = own
    return tuple(found)


def break_notes(found: Sequence[Break]) -> list[str]:
    """What a reader must know of the breaks."""
    if len(found) > _NAMES:
        years, names = [b.period for b in found], dict.fromkeys(n for b in found for n in (b.before, b.after))
        return [f"口径多次变动（{'、'.join(years)}年）：{'、'.join(f'“{name}”' for name in names)}，不宜直接相比"]
    return [f"口径有变：{b.period}年起为“{b.after}”，此前为“{b.before}”，前后不宜直接相比" for b in found]


def counted_notes(figures: Sequence[Figure], *, by_year: bool) -> list[str]:
    """Definitions and bases that differ between the figures: 一般预算收入 beside 一般公共预算收入, 可比 beside none."""
    notes: list[str] = []
    told = [(figure, own) for figure in figures if (own := definitions.of(figure.indicator))]
    for series in dict.fromkeys(own.series for _, own in told):
        names: dict[str, list[str]] = {}
        for figure, own in told:
            if own.series == series:
                names.setdefault(own.name, []).append(_whose(figure, by_year=by_year))
        if len(names) > 1 and not by_year:
            notes.append(f"口径不同：{'；'.join(f'{_list(who)}为“{name}”' for name, who in names.items())}")
    bases: dict[str, list[str]] = {}
    for figure in figures:
        # 按可比价格，比上年: only the first is how it is counted.
        basis = next((piece for piece in re.split("[,，]", figure.basis) if _BASIS.search(piece)), "")
        if basis:
            bases.setdefault(basis, []).append(_whose(figure, by_year=by_year))
    if bases and (len(bases) > 1 or sum(map(len, bases.values())) < len(figures)):
        rest = "" if sum(map(len, bases.values())) == len(figures) else "，其余没有注明口径"
        notes.append(f"口径不同：{'；'.join(f'{_list(who)}为“{basis}”' for basis, who in bases.items())}{rest}")
    return notes


def _whose(figure: Figure, *, by_year: bool) -> str:
    return f"{figure.period}年" if by_year else figure.place


def _list(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    return "、".join(shown) if len(shown) <= _NAMES else f"{'、'.join(shown[:_NAMES])}等"
