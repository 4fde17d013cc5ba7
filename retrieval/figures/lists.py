"""分别, 各, 均: the names of a list dealt out to quantities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.figures import nouns, sharing
from retrieval.figures.clauses import Clause
from retrieval.figures.cues import lead
from retrieval.figures.named import PIECES, Named, Spot, State
from retrieval.figures.owners import owned, with_role, won
from retrieval.figures.values import Quantity
from retrieval.model import Measure

__all__ = ["deal", "run_length"]

_LONGEST = 16  # characters of a name in a list that stands in a clause of its own
_RUN = 12  # quantities of one list that are dealt with
_NEXT = re.compile(r"[”\"]?\s?(?:[、和与及]|以及|,\s?)\s?(?:第|约|近|超|达|又|以及)?\s?[“\"]?")


def run_length(spot: Spot) -> int:
    """How many quantities follow one another with only joints between them."""
    count = 1
    run = spot.found[spot.number : spot.number + _RUN + 1]
    for first, second in pairwise(run):
        joint = _NEXT.fullmatch(spot.text, first.behind, second.start)
        if joint is None or (joint[0].startswith(",") and second.unit != first.unit):
            break
        count += 1
    return count


def deal(spot: Spot, clause: Clause, state: State) -> Named | None:
    """分别 and 各: the names of a list, one for each quantity or all for one."""
    quantity, body, verb = spot.quantity, clause.name, clause.verb
    count = run_length(spot)
    sides = sharing.split(clause.detail[2:]) if clause.role == "gap" and count > 1 else []
    if len(sides) == count and (body or state.subject):
        return _gaps(spot, clause, state, sides)
    names = _split(body, count, clause) if body else _earlier(count, clause, state, quantity)
    if names is None and sharing.needs_owner(body) == "whole" and (owners := _earlier(count, clause, state, quantity)):
        names = [owner + body for owner in owners]
    if names is None and not body and count > 1 and len(spot.pieces) > 1:
        # 死亡人数、受伤人数,分别下降42.5%、95.1%
        piece = spot.pieces[-2][1]
        told = sharing.items(nouns.told(piece) or nouns.unplaced(nouns.bare(piece[: lead(piece).at])), count)
        names = told if told and max(map(len, told)) <= _LONGEST else None
    if names is None:
        if not (body or state.subject):
            return None
        names = [body or state.subject] * count
    if body and sharing.needs_owner(names[0]) == "own" and not verb:
        whole, _ = owned(names[0], "own", spot.near_at, spot, state)
        front = whole[: len(whole) - len(names[0])]
        names = [whole, *(front + name if sharing.needs_owner(name) else name for name in names[1:])]
    if quantity.qualifier == "连":
        run = spot.found[spot.number : spot.number + len(names)]
        names = (
            [won(spot.text, each, name) for each, name in zip(run, names, strict=False)]
            if len(run) == len(names)
            else names
        )
    if clause.lead.kind in ("is", "to") and not verb:
        shared = sharing.made(names[-1], state.subject, quantity.unit)[len(names[-1]) :]
        names = [name + shared for name in names]
    if clause.each:
        names = [name if name.endswith(clause.each) else name + clause.each for name in names]
    names = [with_role((verb if body or clause.each else "") + name, clause) for name in names]
    at = spot.near_at if body else state.at
    copies = tuple(names[1:]) if count == 1 else ()
    state.items = names if len(set(names)) > 1 else []
    state.at, state.lead, state.role, state.detail = at, clause.lead, clause.role, clause.detail
    state.basis, state.sign, state.near = clause.basis or clause.per, clause.sign, spot.near
    state.scope = clause.scope
    state.verb, state.noun = verb if body else "", names[-1]
    state.subject = names[-1] if copies else names[0]
    state.pending = [] if copies else names[1:]
    state.named.extend([names[0], *copies])
    return Named(
        quantity, names[0], spot.near, clause.lead, min(at, quantity.start), quantity.behind, clause.role,
        clause.detail,
        state.basis, clause.scope, state.group, "其中" in spot.near, copies, clause.sign,
    )  # fmt: skip


def _gaps(spot: Spot, clause: Clause, state: State, sides: Sequence[str]) -> Named:
    """分别高于全国、全省3.1个、2.2个百分点: one subject against each."""
    subject, word = clause.name or state.subject, clause.detail[:2]
    at = spot.near_at if clause.name else state.at
    names = [f"{subject}{word}{side}" for side in sides]
    state.items, state.pending = [], names[1:]
    state.subject, state.at, state.lead, state.near = subject, at, clause.lead, spot.near
    state.role, state.detail, state.basis, state.scope, state.sign = "gap", clause.detail, clause.basis, "", clause.sign
    state.named.append(names[0])
    return Named(
        spot.quantity, names[0], spot.near, clause.lead, min(at, spot.quantity.start), spot.quantity.behind, "gap",
        clause.detail, clause.basis, "", state.group, "其中" in spot.near,
    )  # fmt: skip


def _split(body: str, count: int, clause: Clause) -> list[str] | None:
    """The names of a list for `count` quantities; for one, those of its items."""
    if count > 1:
        return sharing.items(body, count)
    parts = sharing.split(body)
    if 1 < len(parts) <= 6:
        return sharing.items(body, len(parts))
    return sharing.items(body, 2) if body.startswith("城乡") and clause.lead.every else None


def _earlier(count: int, clause: Clause, state: State, quantity: Quantity) -> list[str] | None:
    """The names of earlier quantities, where 分别 has no list of its own."""
    if len(state.items) == count or (count == 1 and len(state.items) > 1):
        return list(state.items)
    told = list(dict.fromkeys(state.named[-PIECES:]))
    if count > 1 and len(told) >= count:
        return told[-count:]
    if (
        count == 1
        and clause.lead.every
        and quantity.measure in (Measure.RANK, None)
        and len(told) > 1
        and told[-2:] == state.named[-2:]
    ):
        return told[-2:]
    return None
