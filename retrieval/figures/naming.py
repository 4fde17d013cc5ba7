"""A sentence's quantities named one after the other: what later ones take over from earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retrieval.figures import nouns, sharing
from retrieval.figures.clauses import Clause, read
from retrieval.figures.cues import Lead, deed
from retrieval.figures.units import UnitKind, kind
from retrieval.figures.values import Quantity
from retrieval.model import Measure

__all__ = ["Named", "name_all"]

_STOP = re.compile(r"[,;:。!?]")
_BRACKET = re.compile(r"\((?:[^()]{9,}|[^()]*[,,][^()]*)\)")
_JOINT = re.compile(r"[\s、和与及以,“”\"]*")
_NEXT = re.compile(r"[”\"]?\s?(?:[、和与及]|以及|,\s?)\s?(?:第|约|近|超|达|又|以及)?\s?[“\"]?")
_PLEDGED = re.compile(r"(?:投资|投入|总投资|计划总投资|计划投资|安排|拨付|资金|投入资金|筹资|年产|贷款)$")
_CAUSES = frozenset(("带动", "引导"))
_ASIDE = re.compile(
    r"高于|低于|快于|优于|居|位|比|较|连续|创|其中|按|扣除|占|增速|增幅|总量|规模|同比|一般|首次|排名|在|并|并且|共|累计|预计|又|分别|同时|均"
)
_CAUSED = re.compile(r"(?:带动|吸纳|覆盖|解决|服务|资助|培训|救助|安置)$")
_SCOPED = re.compile(r"(?:居|列|位居|位列|在|跃居)(?:全[国省市区州球])?$")
_WINS = {
    "丰": "连续丰收",
    "增": "连续增长",
    "降": "连续下降",
    "冠": "连续夺冠",
    "涨": "连续上涨",
    "升": "连续上升",
    "调": "连续上调",
}
_SHARED = re.compile(r"(?:产能)?的?(?:退出|改造|建设|整治|治理|搬迁|创建|脱贫|提升)(?:任务|工作|工程)?$")
_GRADE = re.compile(r"国家级|省级|市级|县级|区级|乡镇级|村级|自治区级|州级")
_PIECES = 12  # clauses before a quantity that are looked at
_LONG = 160  # characters of a clause that are read
_EMPTY = Lead(0, "")


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with its name and the clause it was read from: half-open positions in the sentence, `near` the words
    right before it. `copies` are further names the same quantity holds for (均, 各); `right` the noun behind it."""

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
    sign: int = 0
    right: str = ""
    done: bool = False
    dropped: bool = False


@dataclass(slots=True)
class _State:
    """What a sentence has told so far. `items` are the names of its last list, `pending` those still to be dealt."""

    subject: str = ""
    at: int = 0
    verb: str = ""
    noun: str = ""
    suffix: str = ""
    near: str = ""
    right: bool = False
    governed: bool = False
    lead: Lead = _EMPTY
    role: str = ""
    detail: str = ""
    basis: str = ""
    sign: int = 0
    pending: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    group: int = 0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A quantity where it stands: `pieces` are the clauses since the one before it, the last cut to `near`."""

    text: str
    found: Sequence[Quantity]
    number: int
    pieces: Sequence[tuple[int, str]]
    near_at: int
    near: str
    joined: bool
    before: str

    @property
    def quantity(self) -> Quantity:
        return self.found[self.number]

    @property
    def following(self) -> int:
        """Where the next quantity begins."""
        return self.found[self.number + 1].start if self.number + 1 < len(self.found) else len(self.text)


def name_all(text: str, found: Sequence[Quantity], before: str) -> list[Named]:
    """The quantities of a sentence, named. `before` is what the sentence before speaks of."""
    state = _State()
    out: list[Named] = []
    at = 0
    shown = [quantity for quantity in found if quantity.measure is not Measure.THRESHOLD]
    number = 0
    for quantity in found:
        if quantity.measure is Measure.THRESHOLD:
            out.append(Named(quantity, "", "", _EMPTY, quantity.start, quantity.behind))
            continue
        named = _name(_spot(text, shown, number, at, before), at, state)
        at = max(quantity.behind, named.end)
        out.append(named)
        number += 1
    return _shared(out)


def _shared(named: list[Named]) -> list[Named]:
    """392个老旧小区、8个棚户区改造: what the last of joined nouns ends in holds for those before."""
    for number in range(len(named) - 1, 0, -1):
        one, other = named[number - 1], named[number]
        if one.right and other.right and _GRADE.fullmatch(one.right) and (grade := _GRADE.match(other.right)):
            named[number - 1] = replace(one, name=one.name + other.right[grade.end() :], right=other.right)
            continue
        if one.right and other.right and one.group == other.group and (tail := _SHARED.search(other.right, 2)):
            if not _SHARED.search(one.right, 2):
                named[number - 1] = replace(one, name=one.name + tail[0], right=one.right + tail[0])
    return named


def _spot(text: str, found: Sequence[Quantity], number: int, at: int, before: str) -> _Spot:
    quantity = found[number]
    pieces, start = [], at
    for match in _STOP.finditer(text, at, quantity.start):
        inside = text.rfind("(", start, match.start())
        if (
            inside >= 0
            and 0 <= text.find(")", match.end(), match.end() + 24) <= quantity.start
            and ")" not in text[inside : match.start()]
        ):
            continue
        pieces.append((start, text[start : match.start()]))
        start = match.end()
    near = text[start : quantity.start]
    pieces.append((start, near))
    if len(pieces) > _PIECES:
        pieces = [pieces[0], *pieces[1 - _PIECES :]]
    if len(near) > _LONG:
        start, near = quantity.start - _LONG, near[-_LONG:]
    opened = near.rfind("(")
    if opened >= 0 and ")" not in near[opened:]:
        start, near = start + opened + 1, near[opened + 1 :]
    if "(" in near:
        near = _BRACKET.sub(lambda match: " " * len(match[0]), near)
    joined = number > 0 and near[:1] in "、和与及" and bool(near)
    if joined:
        cut = len(near) - len(near.lstrip("、和与及 "))
        start, near = start + cut, near[cut:]
    return _Spot(text, found, number, pieces, start, near, joined, before if number == 0 else "")


def _name(spot: _Spot, start: int, state: _State) -> Named:
    quantity, near, text = spot.quantity, spot.near, spot.text
    if spot.number > 0 and len(spot.pieces) == 1 and _JOINT.fullmatch(text, start, quantity.start):
        return _coordinate(spot, state)
    if len(spot.pieces) > 1 and re.search(r"[;。]", text[start : quantity.start]):
        state.role, state.suffix = "", ""
    state.pending, state.right = [], False
    state.group += not spot.joined
    clause = read(
        near,
        rank=quantity.measure in (Measure.RANK, Measure.STREAK),
        times=quantity.unit == "倍",
        counts=_counted(quantity) and quantity.unit != "%" and nouns.begins(text, quantity.behind),
    )
    if state.role == "goal" and clause.lead.words and not clause.name and clause.role != "goal":
        than = re.sub(r"^(?:比|较|与)", "", state.detail)
        clause = replace(
            clause,
            role="gap",
            detail=f"{clause.lead.words.strip()}{than}",
            lead=replace(clause.lead, kind="gap", sign=clause.lead.sign or 1),
        )
    if (
        clause.lead.kind == "change"
        and not (clause.name or clause.verb or clause.role)
        and (len(state.items) == (run := _run(spot)) > 1)
    ):
        clause = replace(clause, lead=replace(clause.lead, share=True))
    won = quantity.qualifier == "连" and not clause.name and len(state.items) > 1
    if clause.lead.share or clause.lead.every or (won and len(state.items) == _run(spot)):
        dealt = _deal(spot, clause, state)
        if dealt is not None:
            return dealt
    sub = "其中" in text[start : quantity.start]
    if state.right and clause.name.startswith(state.noun) and len(clause.name) > len(state.noun):
        clause = _past(clause, state)
    name, at, end, right = _resolve(spot, clause, state)
    name = _with_role(name, clause)
    chain = clause.lead
    if not clause.name and state.role == "from" and state.lead.rate and chain.kind == "to":
        chain = replace(chain, rate=state.lead.rate)
    sign = clause.sign or (-1 if re.search(r"(?:脱贫|减贫)$", clause.name or clause.verb) else 0)
    done = text.startswith("已", quantity.behind)
    named = Named(
        quantity, name, near, chain, at, max(quantity.behind, end), clause.role, clause.detail, clause.basis or clause.per,
        clause.scope, state.group, sub, (), sign, right, done, clause.dropped or bool(clause.verb),
    )  # fmt: skip
    if text.rfind("(", start, quantity.start) <= text.rfind(")", start, quantity.start):
        state.lead, state.role, state.detail, state.basis, state.sign = (
            chain,
            clause.role,
            clause.detail,
            named.basis,
            sign,
        )
        state.right, state.near = bool(right), near
        state.named.append(name)
        if clause.role == "share":
            state.subject = name
    return named


def _past(clause: Clause, state: _State) -> Clause:
    """为4.45万名低保对象发放低保金1.02亿元: what the quantity before counted is done something to."""
    rest = clause.name[len(state.noun) :]
    at, verb = deed(rest)
    return replace(clause, name=rest[at:], verb=verb, dropped=not verb) if at else clause


def _coordinate(spot: _Spot, state: _State) -> Named:
    """A quantity joined to the one before without words between."""
    quantity = spot.quantity
    at, end, right = state.at, quantity.behind, ""
    if state.pending:
        name = state.pending.pop(0)
    else:
        name = state.subject
        if _counted(quantity) or state.right:
            right, behind = nouns.after(spot.text, quantity.behind, spot.following, verb=state.governed)
            if right:
                name = state.verb + right + state.suffix
                state.noun, state.subject, end = right, name, max(end, behind)
    state.named.append(name)
    return Named(
        quantity, name, state.near, state.lead, min(at, quantity.start), end, state.role, state.detail, state.basis, "", state.group,
        sign=state.sign, right=right, dropped=state.governed,
    )  # fmt: skip


def _counted(quantity: Quantity) -> bool:
    """Whether a quantity counts things, so that the noun behind it tells which."""
    if quantity.measure is Measure.SHARE:
        return True
    what = kind(quantity.unit)
    return quantity.measure is None and (what in (UnitKind.COUNT, UnitKind.PEOPLE, None) or quantity.unit == "%")


def _run(spot: _Spot) -> int:
    """How many quantities follow one another with only joints between them."""
    count = 1
    for first, second in zip(spot.found[spot.number :], spot.found[spot.number + 1 :], strict=False):
        joint = _NEXT.fullmatch(spot.text, first.behind, second.start)
        if joint is None or (joint[0].startswith(",") and second.unit != first.unit):
            break
        count += 1
        if count > 12:
            break
    return count


def _deal(spot: _Spot, clause: Clause, state: _State) -> Named | None:
    """分别 and 各: the names of a list, one for each quantity or all for one."""
    quantity, body, verb = spot.quantity, clause.name, clause.verb
    count = _run(spot)
    names = _split(body, count, clause) if body else _earlier(count, clause, state, quantity)
    if names is None:
        if not (body or state.subject):
            return None
        names = [body or state.subject] * count
    if body and sharing.needs_owner(names[0]) == "own" and not verb:
        owned, _ = _owned(names[0], "own", spot.near_at, spot, state)
        front = owned[: len(owned) - len(names[0])]
        names = [owned, *(front + name if sharing.needs_owner(name) else name for name in names[1:])]
    if quantity.qualifier == "连":
        run = spot.found[spot.number : spot.number + len(names)]
        names = (
            [_won(spot.text, each, name) for each, name in zip(run, names, strict=False)]
            if len(run) == len(names)
            else names
        )
    names = [_with_role((verb if body else "") + name, clause) for name in names]
    at = spot.near_at if body else state.at
    copies = tuple(names[1:]) if count == 1 else ()
    state.items = names if len(set(names)) > 1 else []
    state.at, state.lead, state.role, state.detail = at, clause.lead, clause.role, clause.detail
    state.basis, state.sign, state.near = clause.basis or clause.per, clause.sign, spot.near
    state.verb, state.noun = verb if body else "", names[-1]
    state.subject = names[-1] if copies else names[0]
    state.pending = [] if copies else names[1:]
    state.named.extend([names[0], *copies])
    return Named(
        quantity, names[0], spot.near, clause.lead, min(at, quantity.start), quantity.behind, clause.role, clause.detail, state.basis,
        clause.scope, state.group, "其中" in spot.near, copies, clause.sign,
    )  # fmt: skip


def _split(body: str, count: int, clause: Clause) -> list[str] | None:
    """The names of a list for `count` quantities; for one, those of its items."""
    if count > 1:
        return sharing.items(body, count)
    parts = sharing.split(body)
    if 1 < len(parts) <= 6:
        return sharing.items(body, len(parts))
    return sharing.items(body, 2) if body.startswith("城乡") and clause.lead.every else None


def _earlier(count: int, clause: Clause, state: _State, quantity: Quantity) -> list[str] | None:
    """The names of earlier quantities, where 分别 has no list of its own."""
    if len(state.items) == count or (count == 1 and len(state.items) > 1):
        return list(state.items)
    told = list(dict.fromkeys(state.named[-_PIECES:]))
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


def _with_role(name: str, clause: Clause) -> str:
    """A name with what its clause adds: 占…的比重, 高于全国."""
    if clause.role == "share" and clause.detail:
        whole = nouns.tidy(clause.detail)
        if name.endswith(whole) or f"占{whole}" in name:
            return name
        return f"{name}占{whole}" + ("" if whole.endswith(("比重", "比例", "份额")) else "比重")
    if clause.role == "gap" and clause.detail:
        return name if name.endswith(clause.detail) else f"{name}{clause.detail}"
    if name == "经济" and (clause.lead.kind == "change" or clause.lead.rate):
        return "经济增长"
    return name


def _resolve(spot: _Spot, clause: Clause, state: _State) -> tuple[str, int, int, str]:
    """The name of a quantity that stands by itself, where its words begin and end, and the noun behind it."""
    quantity, noun, verb, at = spot.quantity, clause.name, clause.verb, spot.near_at
    end = quantity.behind
    if quantity.measure is Measure.STREAK:
        return (*_streak(spot, clause, state), "")
    if quantity.unit == "%" and spot.text.startswith("的增速", end) and not noun:
        return state.subject or "经济增速", at, end, ""
    right, right_end = _right(spot, clause)
    if right:
        if _SCOPED.match(spot.near.strip()):
            return right, quantity.start, right_end, ""
        state.governed = bool(verb or clause.dropped) and not nouns.preposed(noun) and verb not in _CAUSES
        if (caused := _CAUSED.search(noun)) and len(noun) > len(caused[0]):
            noun, verb = "", caused[0]
        name = _behind(spot, noun, verb, right)
        state.suffix = name[len(right) :] if name.startswith(right) else ""
        state.subject, state.at, state.verb, state.noun = name, at, verb, right
        return name, at, max(end, right_end), right
    changed = clause.lead.kind in ("change", "gap") or bool(clause.lead.rate and quantity.unit == "%")
    if not noun and not verb:
        return (*_inherit(spot, state), "")
    if not noun:
        return (*_deed_only(spot, verb, state, changed=changed), "")
    owner = sharing.needs_owner(noun)
    if owner and not verb:
        noun, at = _owned(noun, owner, at, spot, state)
    elif spot.joined and not verb and state.verb and not clause.lead.kind and not clause.dropped:
        verb = state.verb
    elif nouns.generic(noun) and len(spot.pieces) > 1 and not state.subject:
        noun, at = nouns.field(spot.pieces[0][1]) + noun, spot.pieces[0][0]
    name = verb + _short(_like(noun, clause, state))
    state.subject, state.at, state.verb, state.noun, state.suffix, state.items = name, at, verb, noun, "", []
    return name, at, end, ""


def _right(spot: _Spot, clause: Clause) -> tuple[str, int]:
    """The noun behind a quantity, where it is what the quantity counts."""
    quantity, noun, end = spot.quantity, clause.name, spot.quantity.behind
    if clause.role or clause.lead.kind in ("change", "gap") or (clause.lead.rate and quantity.unit == "%"):
        return "", end
    if (
        noun
        and not nouns.preposed(noun)
        and clause.lead.kind in ("is", "to", "hold")
        and not (_PLEDGED.match(noun) and spot.text.startswith("的", end))
    ):
        return "", end
    pledged = bool(_PLEDGED.match(noun)) and spot.text.startswith("的", end)
    made = (
        len(noun.split("、")[-1]) <= 6
        and not clause.lead.words
        and bool(noun)
        and not sharing.ending(noun)
        and quantity.measure is None
    )
    if not _counted(quantity) and not pledged and not made and (noun or quantity.measure is not None):
        return "", end
    if quantity.unit == "%" and noun and not nouns.preposed(noun) and clause.lead.kind:
        return "", end
    governed = (
        bool(clause.verb or clause.dropped)
        and not nouns.preposed(noun)
        and not spot.near.rstrip().endswith(("及", "和"))
    )
    if clause.verb in _CAUSES or re.search(r"(?:帮助|扶持|支持|推动|促进|助力|引导)$", spot.near.strip()):
        governed = False
    following = spot.found[spot.number + 1] if spot.number + 1 < len(spot.found) else None
    if following is not None and following.measure is None:
        between = spot.text[end : following.start]
        if not between or (_PLEDGED.match(between) and spot.text.startswith("的", following.behind)):
            stop = spot.found[spot.number + 2].start if spot.number + 2 < len(spot.found) else len(spot.text)
            right, _ = nouns.after(spot.text, following.behind, stop, verb=governed)
            return right, end
    return nouns.after(spot.text, end, spot.following, verb=governed)


def _behind(spot: _Spot, noun: str, verb: str, right: str) -> str:
    """The name where the noun stands behind the quantity."""
    quantity = spot.quantity
    if spot.near.rstrip().endswith(("及", "和", "与", "以及")) and len(spot.near) > 3:
        noun = verb = ""
    if nouns.preposed(noun):
        noun = (
            re.split(r"[、,]", noun.removesuffix("等"))[-1][-12:]
            if noun.endswith("等") and nouns.generic(right)
            else ""
        )
    if noun in ("全市", "全省", "全县", "全区", "全州", "全国", "我市", "我省", "我县", "我区", "各级", "各类", "我们"):
        noun = ""
    if quantity.unit == "%" or quantity.measure is Measure.SHARE:
        return f"{noun}{right}占比"
    if _PLEDGED.match(noun or verb or spot.near.strip()):
        return right + (noun or verb or spot.near.strip())
    if noun.endswith(("投资", "产值", "资金")) and quantity.unit.endswith("元"):
        return right + noun
    if not noun and not verb and nouns.generic(right) and len(spot.pieces) > 1:
        return nouns.field(spot.pieces[0][1]) + right
    if verb == "惠及":
        return noun + verb + right
    if not _counted(quantity):
        noun = noun.split("、")[-1]
    return verb + noun + right


def _deed_only(spot: _Spot, verb: str, state: _State, *, changed: bool) -> tuple[str, int, int]:
    """A name where the clause has a deed and no noun: 交付7600套."""
    at, end = spot.near_at, spot.quantity.behind
    if not state.subject:
        topic = next((name for _, piece in reversed(spot.pieces[:-1]) if (name := nouns.topic(piece))), "")
        return (topic + verb if topic else verb), at, end
    if changed:
        return state.subject, min(at, state.at), end
    name = verb + state.noun if state.noun and verb != "惠及" else state.subject + verb
    if verb != "惠及":
        state.subject, state.verb = name, verb
    return name, min(at, state.at), end


def _inherit(spot: _Spot, state: _State) -> tuple[str, int, int]:
    """A name for a quantity whose clause has none: that of the one before, or what an earlier clause speaks of."""
    end = spot.quantity.behind
    if fresh := _fresh(spot):
        state.subject, state.at, state.noun, state.verb = fresh[1], fresh[0], fresh[1], ""
        return fresh[1], fresh[0], end
    if state.subject:
        return state.subject, min(spot.near_at, state.at), end
    near = spot.near.strip()
    if spot.quantity.unit.endswith("元") and (what := nouns.invested(spot.text, end)):
        state.subject, state.at, state.noun = what, spot.near_at, what
        return what + (near if _PLEDGED.match(near) else "投资"), spot.near_at, end
    for at, piece in reversed(spot.pieces[:-1]):
        if name := nouns.topic(piece):
            state.subject, state.at, state.noun, state.verb = name, at, name, ""
            return name, at, end
    return spot.before, spot.near_at, end


def _fresh(spot: _Spot) -> tuple[int, str] | None:
    """What a clause without a figure tells between two figures: …4.4%;利用外资大幅度增加,总额达到9.48亿美元."""
    for at, piece in reversed(spot.pieces[1:-1]):
        if (name := nouns.told(piece)) and not _ASIDE.match(name):
            return at, name
    return None


def _owned(noun: str, owner: str, at: int, spot: _Spot, state: _State) -> tuple[str, int]:
    """A name that says too little alone, with whose it is."""
    if sharing.known(noun) and (not state.subject or "其中" in spot.near):
        return noun, at
    if fresh := _fresh(spot):
        return fresh[1] + noun, fresh[0]
    if state.subject:
        front = state.subject.removeprefix(state.verb)
        if owner == "own":
            tail = sharing.ending(front)
            if not tail.endswith(("项目", "企业", "案件", "改造", "学位")):
                front = front[: len(front) - len(tail)]
        if front and not front.endswith(noun) and len(front) + len(noun) <= 30:
            return front + noun, min(at, state.at)
        return noun, at
    if _PLEDGED.match(noun) and (what := nouns.invested(spot.text, spot.quantity.end)):
        word = spot.near.strip()
        return what + (word if _PLEDGED.match(word) else noun), at
    for start, piece in spot.pieces[:-1]:
        if name := nouns.topic(piece):
            return name + noun, start
    return (spot.before + noun, at) if spot.before and owner == "own" and len(spot.pieces) == 1 else (noun, at)


def _short(noun: str) -> str:
    """A long name with examples, without them: 首届…大赛、第四届…文化节等促销活动."""
    _, found, rest = noun.rpartition("等")
    return (
        rest if found and len(noun) >= 18 and len(rest) >= 4 and not rest.startswith(("级", "教", "额", "量")) else noun
    )


def _like(noun: str, clause: Clause, state: _State) -> str:
    """桐城开发区的目标产值达到…,怀宁开发区达到…: a parallel subject with what it is said of."""
    if (
        clause.lead.kind not in ("is", "to")
        or clause.verb
        or len(noun) < 4
        or not state.subject
        or sharing.ending(noun)
    ):
        return noun
    place = state.subject.find(noun[-3:])
    rest = state.subject[place + 3 :] if place > 0 else ""
    return noun + rest if rest.startswith("的") else noun


def _streak(spot: _Spot, clause: Clause, state: _State) -> tuple[str, int, int]:
    """What has gone on: the noun before and what is said behind (建设项目增速…保持全省首位)."""
    quantity, text = spot.quantity, spot.text
    match = re.compile(r"[^,。;:!?()]{1,18}").match(text, quantity.behind)
    said = re.sub(r"^(?:实现|保持|居于?|位居|位列|获得?|稳居|为|均|都|是|以来|的)+", "", match[0]) if match else ""
    noun = clause.verb + clause.name
    subject = noun or state.subject
    at = spot.near_at if noun else min(spot.near_at, state.at if state.subject else spot.near_at)
    if noun:
        state.subject, state.at, state.noun, state.verb = noun, at, clause.name, clause.verb
    if quantity.qualifier == "连":
        return _won(text, quantity, subject) if subject else said, at, quantity.behind
    return nouns.tidy(subject + said), at, quantity.behind


def _won(text: str, quantity: Quantity, subject: str) -> str:
    """粮食 with 九连丰: 粮食连续丰收."""
    words = text[quantity.start : quantity.end].strip('”"’')
    if words.endswith(("丰", "丰收")):
        tail = sharing.ending(subject)
        return (subject[: len(subject) - len(tail)] or subject) + "连续丰收"
    return subject + _WINS.get(words[-1], "")
