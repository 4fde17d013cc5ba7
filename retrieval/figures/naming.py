"""A sentence's quantities named one after the other: what later ones take over from earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from retrieval.figures import sharing, subjects
from retrieval.figures.cues import Lead
from retrieval.figures.subjects import Clause
from retrieval.figures.units import UnitKind, kind
from retrieval.figures.values import Quantity
from retrieval.model import Measure

__all__ = ["Named", "name_all"]

_STOP = re.compile(r"[,;:。!?](?![^()]{0,24}\))")
_BRACKET = re.compile(r"\((?:[^()]{9,}|[^()]*[,，][^()]*)\)")
_JOINT = re.compile(r"^[\s、和与及以,]*$")
_NEXT = re.compile(r"\s?(?:[、和与及]|以及|,\s?)\s?(?:第|约|近|超|达|又|以及)?\s?")
_EVERY = re.compile(
    r"(?:各(?!类|项|级|地|界|市|县|区|族|乡|方|种|个|行|镇|村|省|国|部|单位)|均(?<!年均)(?<!人均)(?<!亩均)(?<!户均)(?<!平均)|双双)"
)
_PLEDGED = re.compile(r"^(?:投资|投入|总投资|计划总投资|计划投资|安排|拨付|资金|筹资|年产|贷款)$")
_EMPTY = Lead(0, "")


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with its name and the clause it was read from: half-open positions in the sentence, `near` the words
    right before it. `copies` are further names the same quantity holds for (均, 各)."""

    quantity: Quantity
    name: str
    near: str
    lead: Lead
    start: int
    end: int
    role: str = ""
    detail: str = ""
    basis: str = ""
    scope: str = ""
    group: int = 0
    sub: bool = False
    copies: tuple[str, ...] = ()
    aligned: bool = True
    sign: int = 0


@dataclass(slots=True)
class _State:
    subject: str = ""
    at: int = 0
    verb: str = ""
    noun: str = ""
    lead: Lead = _EMPTY
    role: str = ""
    detail: str = ""
    pending: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    group: int = 0
    basis: str = ""


def name_all(text: str, found: Sequence[Quantity], before: str) -> list[Named]:
    """The quantities of a sentence, named. `before` is what the sentence before speaks of."""
    state = _State()
    out: list[Named] = []
    at = 0
    first = True
    for number, quantity in enumerate(found):
        following = found[number + 1].start if number + 1 < len(found) else len(text)
        if quantity.measure is Measure.THRESHOLD:
            out.append(Named(quantity, "", "", _EMPTY, quantity.start, quantity.behind))
            continue
        gap_start = at
        named, at = _name(text, gap_start, quantity, found, number, following, state, before if first else "")
        first = False
        out.append(named)
    return out


def _pieces(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The clauses of a gap, with where each begins."""
    out, at = [], start
    for match in _STOP.finditer(text, start, end):
        out.append((at, text[at : match.start()]))
        at = match.end()
    out.append((at, text[at:end]))
    return out


def _name(
    text: str,
    start: int,
    quantity: Quantity,
    found: Sequence[Quantity],
    number: int,
    following: int,
    state: _State,
    before: str,
) -> tuple[Named, int]:
    pieces = _pieces(text, start, quantity.start)
    near_at, near = pieces[-1]
    opened = near.rfind("(")
    aside = opened >= 0 and ")" not in near[opened:]
    if aside:
        near_at, near = near_at + opened + 1, near[opened + 1 :]
    near = _BRACKET.sub(lambda m: " " * len(m[0]), near)
    coordinate = number > 0 and bool(_JOINT.match(near)) and len(pieces) == 1
    if len(pieces) > 1 and any(";" in text[p[0] - 1 : p[0]] or "。" in text[p[0] - 1 : p[0]] for p in pieces[1:]):
        state.pending, state.role = [], ""
        state.items = state.items if len(pieces) == 2 else []
    sub = "其中" in text[start : quantity.start]
    if coordinate:
        return _coordinate(text, start, quantity, following, state)
    if number > 0 and near[:1] in "、和与及" and near:
        cut = len(near) - len(near.lstrip("、和与及 "))
        near_at, near = near_at + cut, near[cut:]
        joined = True
    else:
        joined = False
    rank = quantity.measure in (Measure.RANK, Measure.STREAK)
    clause = subjects.read(near, rank=rank)
    state.pending = []
    state.group += 0 if joined else 1
    if clause.lead.share or clause.lead.every:
        dealt = _deal(text, quantity, found, number, clause, near_at, near, pieces, state)
        if dealt is not None:
            return dealt, quantity.behind
    name, at, end = _resolve(
        text, quantity, following, clause, near_at, near, pieces, state, joined=joined, before=before
    )
    name = _with_role(name, clause, quantity)
    chain = clause.lead
    if not clause.name and state.role == "from" and state.lead.rate and chain.kind == "to":
        chain = replace(chain, rate=state.lead.rate)
    sign = clause.sign or (-1 if re.search(r"(?:脱贫|减贫)$", clause.name or clause.verb) else 0)
    named = Named(
        quantity, name, near, chain, at, max(quantity.behind, end), clause.role, clause.detail, clause.basis or clause.per,
        clause.scope, state.group, sub, sign=sign,
    )  # fmt: skip
    if not aside:
        state.lead, state.role, state.detail, state.basis = clause.lead, clause.role, clause.detail, clause.basis
        state.named.append(name)
    return named, max(quantity.behind, end)


def _coordinate(text: str, start: int, quantity: Quantity, following: int, state: _State) -> tuple[Named, int]:
    """A quantity joined to the one before without words between."""
    copies: tuple[str, ...] = ()
    at, end = state.at, quantity.behind
    if state.pending:
        name = state.pending.pop(0)
    else:
        noun, right = ("", end)
        if _counted(quantity):
            noun, right = subjects.after(text, quantity.behind, following, verb=bool(state.verb) or state.lead.at == 0)
        if noun:
            name = state.verb + noun
            state.noun, state.subject, at, end = noun, name, min(state.at, quantity.start), max(end, right)
        else:
            name = state.subject
    state.named.append(name)
    named = Named(
        quantity,
        name,
        text[start : quantity.start],
        state.lead,
        at,
        end,
        state.role,
        state.detail,
        state.basis,
        "",
        state.group,
        False,
        copies,
    )
    return named, max(end, quantity.behind)


def _counted(quantity: Quantity) -> bool:
    """Whether a quantity counts things, so that the noun behind it tells which."""
    what = kind(quantity.unit)
    if quantity.measure is Measure.SHARE:
        return True
    return quantity.measure is None and (
        what in (UnitKind.COUNT, UnitKind.PEOPLE) or what is None or quantity.unit == "%"
    )


def _run(text: str, found: Sequence[Quantity], number: int) -> int:
    """How many quantities follow one another with only joints between them."""
    count = 1
    for first, second in zip(found[number:], found[number + 1 :], strict=False):
        joint = _NEXT.fullmatch(text, first.behind, second.start)
        if joint is None or (joint[0].startswith(",") and second.unit != first.unit):
            break
        count += 1
    return count


def _deal(
    text: str, quantity: Quantity, found: Sequence[Quantity], number: int, clause: Clause, near_at: int, near: str,
    pieces: Sequence[tuple[int, str]], state: _State,
) -> Named | None:  # fmt: skip
    """分别 and 各: the names of a list, one for each quantity or all for one."""
    count = _run(text, found, number)
    body, at = _listed(clause, near_at, near, pieces)
    names = None
    if body:
        names = _split(body, count, clause)
        verb = clause.verb
    else:
        verb = ""
        at = state.at
        if len(state.items) == count or (count == 1 and len(state.items) > 1):
            names = list(state.items)
        elif count > 1 and len(dict.fromkeys(state.named)) >= count:
            names = list(dict.fromkeys(state.named))[-count:]
        elif (
            count == 1
            and clause.lead.every
            and len(dict.fromkeys(state.named[-2:])) == 2
            and quantity.measure is Measure.RANK
        ):
            names = list(dict.fromkeys(state.named[-2:]))
    if names is None:
        if not body and not state.subject:
            return None
        whole = (verb + body) if body else state.subject
        names = [whole] * count if body else None
        if names is None:
            return None
    names = [
        _with_role(verb + name, clause, quantity) if body else _with_role(name, clause, quantity) for name in names
    ]
    state.items = names if len(set(names)) > 1 else []
    state.at, state.lead, state.role, state.detail = at, clause.lead, clause.role, clause.detail
    state.verb, state.noun = verb, names[-1]
    copies: tuple[str, ...] = ()
    if count == 1 and len(names) > 1:
        copies = tuple(names[1:])
        state.subject = names[-1]
    else:
        state.pending = names[1:]
        state.subject = names[0]
    state.named.extend([names[0], *copies])
    return Named(
        quantity, names[0], near, clause.lead, at, quantity.behind, clause.role, clause.detail, clause.basis, clause.scope,
        state.group, "其中" in near, copies, len(set(names)) == len(names), clause.sign,
    )  # fmt: skip


def _listed(clause: Clause, near_at: int, near: str, pieces: Sequence[tuple[int, str]]) -> tuple[str, int]:
    """The list of names 分别 deals out, which may have begun in an earlier clause."""
    if clause.name:
        return clause.name, near_at
    return "", near_at


def _split(body: str, count: int, clause: Clause) -> list[str] | None:
    if count > 1:
        return sharing.items(body, count)
    parts = sharing.split(body)
    if len(parts) > 1 and len(parts) <= 6:
        return sharing.items(body, len(parts))
    return sharing.items(body, 2) if body.startswith("城乡") and clause.lead.every else None


def _with_role(name: str, clause: Clause, quantity: Quantity) -> str:
    """A name with what its clause adds: 占…的比重, 高于全国."""
    if clause.role == "share" and clause.detail:
        whole = subjects.tidy(clause.detail)
        has = whole.endswith(("比重", "比例", "份额"))
        if name.endswith(whole) or f"占{whole}" in name:
            return name
        return f"{name}占{whole}" + ("" if has else "的比重" if "的" not in whole else "比重")
    if clause.role == "gap" and clause.detail:
        return name if name.endswith(clause.detail) else f"{name}{clause.detail}"
    del quantity
    return name


def _resolve(
    text: str, quantity: Quantity, following: int, clause: Clause, near_at: int, near: str, pieces: Sequence[tuple[int, str]],
    state: _State, *, joined: bool, before: str,
) -> tuple[str, int, int]:  # fmt: skip
    """The name of a quantity that stands by itself, where its words begin, and where those behind it end."""
    noun, verb, at, end = clause.name, clause.verb, near_at, quantity.behind
    if quantity.measure is Measure.STREAK:
        return _streak(text, quantity, following, clause, near_at, state)
    right, right_end = "", end
    changed = clause.lead.kind in ("change", "gap") or (clause.lead.rate and quantity.unit == "%")
    if (
        _counted(quantity)
        and not changed
        and not clause.role
        and (not noun or not (clause.lead.kind and quantity.unit == "%"))
    ):
        right, right_end = subjects.after(text, end, following, verb=bool(verb or clause.dropped))
    elif quantity.measure is None and not noun and not clause.role and not changed:
        right, right_end = subjects.after(text, end, following, verb=True)
    if right and noun and not subjects.preposed(noun) and clause.lead.kind in ("is", "to", "hold"):
        right, right_end = "", end
    if right:
        name = _behind(noun, verb, right, quantity, near)
        if name:
            state.subject, state.at, state.verb, state.noun = name, at, verb, right
            return name, at, max(end, right_end)
    if quantity.unit == "%" and text.startswith("的增速", end) and not noun:
        return state.subject or subjects.topic(pieces[0][1]) or "经济", at, end
    if not noun and not verb:
        return _inherit(quantity, clause, near_at, pieces, state, before, end)
    if not noun:
        if state.noun and (joined or len(pieces) > 1) and not changed:
            name = verb + state.noun
            state.subject, state.verb = name, verb
            return name, min(at, state.at), end
        if state.subject:
            return state.subject if changed else verb + state.subject, min(at, state.at), end
        return verb, at, end
    owner = sharing.needs_owner(noun)
    if owner and not verb:
        noun, at = _owned(noun, owner, at, pieces, state, before)
    elif joined and not verb and state.verb and not clause.lead.kind and not clause.dropped:
        verb = state.verb
    name = verb + noun
    state.subject, state.at, state.verb, state.noun = name, at, verb, noun
    state.items = []
    return name, at, end


def _behind(noun: str, verb: str, right: str, quantity: Quantity, near: str) -> str:
    """The name where the noun stands behind the quantity."""
    if noun and subjects.preposed(noun):
        noun = re.sub(r"^(?:与|和)", "与", noun) if noun.startswith("与") else ""
    if noun in ("全市", "全省", "全县", "全区", "全州", "全国", "我市", "我省", "我县", "我区", "各级", "各类"):
        noun = ""
    if quantity.unit == "%" or quantity.measure is Measure.SHARE:
        return f"{noun}{right}占比"
    if _PLEDGED.match(noun or verb or near.strip()):
        return right + (noun or verb or near.strip())
    if noun.endswith(("投资", "产值", "资金")) and quantity.unit.endswith("元"):
        return right + noun
    return verb + noun + right


def _inherit(
    quantity: Quantity,
    clause: Clause,
    near_at: int,
    pieces: Sequence[tuple[int, str]],
    state: _State,
    before: str,
    end: int,
) -> tuple[str, int, int]:
    """A name for a quantity whose clause has none: that of the one before, or what an earlier clause speaks of."""
    if state.subject:
        return state.subject, min(near_at, state.at), end
    for at, piece in reversed(pieces[:-1]):
        if name := subjects.topic(piece):
            state.subject, state.at, state.noun, state.verb = name, at, name, ""
            return name, at, end
    del quantity, clause
    return before, near_at, end


def _owned(
    noun: str, owner: str, at: int, pieces: Sequence[tuple[int, str]], state: _State, before: str
) -> tuple[str, int]:
    """A name that says too little alone, with whose it is."""
    if state.subject:
        front = state.subject
        if owner == "own":
            tail = sharing.ending(front)
            front = front[: len(front) - len(tail)]
            if state.verb and front.startswith(state.verb):
                front = front[len(state.verb) :]
        if front and not front.endswith(noun) and len(front) + len(noun) <= 30:
            return front + noun, min(at, state.at)
        return noun, at
    for start, piece in pieces[:-1]:
        name = subjects.topic(piece)
        if name:
            return name + noun, start
    return (before + noun, at) if before and owner == "own" else (noun, at)


def _streak(
    text: str, quantity: Quantity, following: int, clause: Clause, near_at: int, state: _State
) -> tuple[str, int, int]:
    """What has gone on: the noun before and what is said behind (建设项目增速…保持全省首位)."""
    match = re.compile(r"[^,。;:!?()\d]{1,16}").match(text, quantity.behind, min(following, len(text)))
    said = re.sub(r"^(?:实现|保持|居于?|位居|位列|获得?|稳居|为|均|都|是|以来|的)+", "", match[0]) if match else ""
    noun = clause.verb + clause.name
    subject = noun or state.subject
    if noun:
        state.subject, state.at, state.noun, state.verb = noun, near_at, clause.name, clause.verb
    if quantity.qualifier == "连":
        return subject or said, min(near_at, state.at) if not noun else near_at, quantity.behind
    return subjects.tidy(subject + said), min(near_at, state.at) if not noun else near_at, quantity.behind


def scaled(quantity: Quantity, factor: Decimal) -> Decimal | None:
    """A quantity's value in its base unit."""
    return quantity.value * factor if isinstance(quantity.value, Decimal) else None
