"""A sentence's quantities named one after the other: what later ones take over from earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.figures import nouns, sharing
from retrieval.figures.alone import resolve
from retrieval.figures.behind import ESCAPED
from retrieval.figures.clauses import Clause, read
from retrieval.figures.completing import completed
from retrieval.figures.cues import Lead, deed
from retrieval.figures.lists import deal, run_length
from retrieval.figures.named import EMPTY, PIECES, Named, Spot, State, counted
from retrieval.figures.owners import with_role
from retrieval.figures.timing import flows
from retrieval.figures.values import Quantity
from retrieval.lexicon.units import counts
from retrieval.model import Measure

__all__ = ["name_all"]

_STOP = re.compile(r"[,;:。!?]")
_BRACKET = re.compile(r"\((?:[^()]{9,}|以下[^()]*|[^()]*[,,][^()]*|[^()]{0,6}下同)\)")
_JOINT = re.compile(r"(?:[\s、和与及以,“”\"或]|甚至|乃至)*")
_SHARED = re.compile(r"(?:产能)?的?(?:退出|改造|建设|整治|治理|搬迁|创建|脱贫|提升)(?:任务|工作|工程)?$")
_SIDE = re.compile(r"(?:全[国省市区州]|[东中西]部)(?:平均)?(?:水平)?")
_RATED = re.compile(r"增速|增幅|涨幅|降幅|增长率")
_TURN = re.compile(r"[;。]")
_GRADE = re.compile(r"国家级|省级|市级|县级|区级|乡镇级|村级|自治区级|州级")
_GROWTH = re.compile(r"的(?:年均)?(?:增速|增长|速度增长)|(?:增速|增幅|增长率|增长速度|增长|正增长)(?=[,。;、)]|$)")
_GROWN = re.compile(r"增长|增速|增幅|年均|累计")
# 规上工业企业152家,比“十二五”末增长46.2%: compared with how things stood then.
_THAN_THEN = re.compile(
    r"[,、]?(?:比|较)[“\"]?[^,。;\d“”]{1,4}[”\"]?(?:期?末|时(?!期))[^,。;]{0,6}?[增提净下减翻]|[,、]?(?:比|较)\d{4}年(?:末|底)[^,。;]{0,6}?[增提净下减翻]|"
    # 收入75.4亿元、支出193.9亿元,分别是2017年的1.3倍、1.6倍
    r"(?:、[^,。;]{2,20})?,(?:分别)?(?:是|为|相当于)(?:19|20)\d\d年的[\d.]+倍"
)
_SUMMED = re.compile(r"累计|共|[五5]年")
_HAVING = re.compile(r"(?:现有|现已有|现存|已有|目前有|目前拥有|拥有)")
_COME_TO = re.compile(r"达|到|突破|超过")
_LONG = 160  # characters of a clause that are read


def name_all(text: str, found: Sequence[Quantity], before: str) -> list[Named]:
    """The quantities of a sentence, named. `before` is what the sentence before speaks of."""
    state = State()
    out: list[Named] = []
    at = 0
    shown = [quantity for quantity in found if quantity.measure is not Measure.THRESHOLD]
    number = 0
    for quantity in found:
        if quantity.measure is Measure.THRESHOLD:
            out.append(Named(quantity, "", "", EMPTY, quantity.start, quantity.behind))
            continue
        named = _name(_spot(text, shown, number, at, before), at, state)
        at = max(quantity.behind, named.end)
        state.told[quantity.unit] = named.name
        out.append(named)
        number += 1
    return completed(text, _shared(out))


def _shared(named: list[Named]) -> list[Named]:
    """392个老旧小区、8个棚户区改造: what the last of joined nouns ends in holds for those before."""
    for number in range(len(named) - 1, 0, -1):
        one, other = named[number - 1], named[number]
        if one.right and other.right and _GRADE.fullmatch(one.right) and (grade := _GRADE.match(other.right)):
            named[number - 1] = replace(one, name=one.name + other.right[grade.end() :], right=other.right)
            continue
        if one.right and other.right.endswith(f"的{one.right}") and one.group == other.group and one.right in one.name:
            # 珠三角地区80%的社区、其他地区60%的社区要达到…: one predicate for both.
            named[number - 1] = replace(one, name=one.name.replace(one.right, other.right), right=other.right)
            continue
        alike = bool(one.right) and one.group == other.group and not one.name.endswith("产能")
        tail = _SHARED.search(other.right, 2) if alike else None
        if tail and one.name != ESCAPED and not _SHARED.search(one.right, 2):
            named[number - 1] = replace(one, name=one.name + tail[0], right=one.right + tail[0])
    return named


def _spot(text: str, found: Sequence[Quantity], number: int, at: int, before: str) -> Spot:
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
    if near.endswith(("“", '"')):
        near = near[:-1]  # 粮食生产实现“十二连丰”
    pieces.append((start, near))
    if len(pieces) > PIECES:
        pieces = [pieces[0], *pieces[1 - PIECES :]]
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
    return Spot(text, found, number, pieces, start, near, joined, before if number == 0 else "")


def _name(spot: Spot, start: int, state: State) -> Named:
    quantity, near, text = spot.quantity, spot.near, spot.text
    if _joined(spot, start, state):
        return _coordinate(spot, state)
    if len(spot.pieces) > 1 and _TURN.search(text, start, quantity.start):
        state.role, state.suffix = "", ""
    state.pending, state.right = [], False
    state.group += not spot.joined
    clause = read(
        near,
        rank=quantity.measure is Measure.RANK or (quantity.measure is Measure.STREAK and quantity.qualifier != "连"),
        times=quantity.unit == "倍" and text[quantity.start] != "翻",
        counts=counted(quantity) and quantity.unit != "%" and nouns.begins(text, quantity.behind),
    )
    # 7%和9%的增长: what stands behind a list is said of all of it.
    last = spot.found[spot.number + run_length(spot) - 1] if quantity.unit == "%" else quantity
    if quantity.unit == last.unit == "%" and _GROWTH.match(text, last.behind):
        clause = replace(clause, lead=replace(clause.lead, kind="change", sign=clause.lead.sign or 1))
    if state.role == "goal" and clause.lead.words and not clause.name and clause.role != "goal":
        than = re.sub(r"^(?:比|较|与)", "", state.detail)
        clause = replace(
            clause,
            role="gap",
            detail=f"{clause.lead.words.strip()}{than}",
            lead=replace(clause.lead, kind="gap", sign=clause.lead.sign or 1),
        )
    if (
        (clause.lead.kind in ("change", "to") or (clause.lead.kind == "is" and _alike(spot)))
        and not (clause.name or clause.verb or clause.role)
        and (len(state.items) == run_length(spot) > 1 or _levels_before(spot, state))
    ):
        clause = replace(clause, lead=replace(clause.lead, share=True))
    if _dealt_unsaid(spot, clause):
        clause = replace(clause, lead=replace(clause.lead, share=True))
    won = quantity.qualifier == "连" and not clause.name and len(state.items) > 1
    if clause.lead.share or clause.lead.every or (won and len(state.items) == run_length(spot)):
        dealt = deal(spot, clause, state)
        if dealt is not None:
            return dealt
    if other := _other_side(spot, state):
        return other
    sub = "其中" in text[start : quantity.start]
    before = state.lead
    if state.right and clause.name.startswith(state.noun) and len(clause.name) > len(state.noun):
        clause = _past(clause, state)
    name, at, end, right = resolve(spot, clause, state)
    name = _by_now(_whole(name, clause, quantity), spot, state)
    chain = clause.lead
    state.stock = _stands(near, clause, state)
    state.listed = _listed(spot, clause, state, name)
    stock = (
        state.stock
        or state.listed
        or (not clause.verb and bool(_THAN_THEN.match(text, quantity.behind)) and not _SUMMED.search(near))
        or (sub and _part_of_stock(spot, clause, before))
    )
    if not clause.name and state.role == "from" and state.lead.rate and chain.kind == "to":
        chain = replace(chain, rate=state.lead.rate)
    sign = _sign(spot, clause, state)
    done = text.startswith("已", quantity.behind)
    named = Named(
        quantity, name, near, chain, at, max(quantity.behind, end), clause.role, clause.detail,
        clause.basis or clause.per, clause.scope, state.group, sub, (), sign, right, done,
        clause.dropped or bool(clause.verb), stock,
    )  # fmt: skip
    if text.rfind("(", start, quantity.start) <= text.rfind(")", start, quantity.start):
        state.lead, state.role, state.detail, state.basis, state.sign = (
            chain,
            clause.role,
            clause.detail,
            named.basis,
            sign,
        )
        state.right, state.near, state.scope = bool(right), near, clause.scope
        state.named.append(name)
        if clause.role == "share":
            state.subject = name
    return named


def _joined(spot: Spot, start: int, state: State) -> bool:
    """Whether a quantity is joined to the one before, which ends at `start`, without words between."""
    if spot.number == 0 or len(spot.pieces) > 1 or not _JOINT.fullmatch(spot.text, start, spot.quantity.start):
        return False
    # 10亿元或1亿美元以上重大工业项目 names neither amount before it.
    return bool(state.subject) or "或" not in spot.text[start : spot.quantity.start]


def _sign(spot: Spot, clause: Clause, state: State) -> int:
    """Up or down, where the deed before the quantity tells: 减贫, and 压减公用经费10%、一般性支出20% for both."""
    if clause.sign or (clause.name or clause.verb).endswith(("脱贫", "减贫")):
        return clause.sign or -1
    goes_on = spot.joined and (spot.quantity.unit in _RATES or spot.quantity.unit.endswith(_PEOPLE))
    return state.sign if goes_on and not (clause.lead.words or clause.verb or clause.role) else 0


_PEOPLE = ("人", "户")
_RATES = frozenset({"%", "个百分点", "百分点"})


def _part_of_stock(spot: Spot, clause: Clause, before: Lead) -> bool:
    """高等级公路达到8100公里,其中高速公路2046公里: a part of what there is by now is what there is by now."""
    whole = spot.found[spot.number - 1] if spot.number else None
    silent = not (clause.lead.words or clause.verb or clause.dropped or clause.role)
    return silent and whole is not None and whole.unit == spot.quantity.unit and bool(_COME_TO.search(before.words))


def _stands(near: str, clause: Clause, state: State) -> bool:
    """Whether a quantity is what there is by now, and not what a stretch of time added."""
    chain = clause.lead
    if clause.role == "gap" or chain.kind == "gap":
        # 森林覆盖率比全省高2个百分点: how things stand, not how they grew.
        grown = bool(chain.rate) or (not clause.name and state.lead.kind == "change")
        return not (grown or _GROWN.search(near))
    if "累计" in near:
        return False
    # 现有科研机构192家,专业技术人员66.5万人: having lasts while the clauses only name.
    return bool(_HAVING.search(near)) or (state.stock and not (chain.words or clause.verb or clause.dropped))


def _listed(spot: Spot, clause: Clause, state: State, name: str) -> bool:
    """Whether a count belongs to a list of what there is by now: 生态县达7个、生态乡镇128个、生态村1296个."""
    if not counts(spot.quantity.unit) or _SUMMED.search(spot.near) or clause.verb or clause.dropped or flows(name):
        return False
    words = clause.lead.words
    return bool(_COME_TO.search(words)) if words else state.listed and bool(clause.name)


def _whole(name: str, clause: Clause, quantity: Quantity) -> str:
    """A name with what its clause adds; of an outcome in words the 增速 too, which no number tells."""
    if name.endswith("等") and len(name) > _SHORT_LIST and not name.endswith(_GRADES):
        name = name[:-1]
    name = with_role(name, clause)
    rated = _RATED.search(clause.lead.words) if quantity.value is None else None
    return name + rated[0] if rated and not name.endswith(rated[0]) else name


_SHORT_LIST = 5
_GRADES = ("高等", "中等", "初等", "同等", "平等", "均等", "对等", "上等", "甲等", "乙等")
# What was added, and words that go on from it to what there is by now.
_ADDED = re.compile(
    r"新(?:增|设立?|签约?|开工|认定|建成|建|培育|引进|开通|登记|设立|建设|创建|获批|评定)(?=[一-鿿]{2})|净增(?=[一-鿿]{2})"
)
_WHOLES = ("总量", "存量", "总数")
_BY_NOW = re.compile(r"(?:总[数量额]|存量|保有量)?(?:已?增加?|上升|扩大|增长)?(?:达到?|至|到|突破|超过?|为)+")


def _by_now(name: str, spot: Spot, state: State) -> str:
    """A name without the word of addition: 新认定企业143户、总数达711户, of which the second are all there are."""
    added = _ADDED.match(name) if state.named and spot.number else None
    if added and name[added.end() :].endswith(_WHOLES) and _BY_NOW.fullmatch(spot.near.strip().removeprefix(name[-2:])):
        return name[added.end() :]
    if not added or state.named[-1] != name:
        return name
    alike = any(one.unit == spot.quantity.unit for one in spot.found[max(0, spot.number - _PAIR) : spot.number])
    return name[added.end() :] if alike and _BY_NOW.fullmatch(spot.near.strip()) else name


def _alike(spot: Spot) -> bool:
    """Whether the quantities of a run are of one unit: 达到34983元和13439元."""
    return len({one.unit for one in spot.found[spot.number : spot.number + run_length(spot)]}) == 1


def _dealt_unsaid(spot: Spot, clause: Clause) -> bool:
    """A、B年均增长15.9%、12.5%: dealt out without the word 分别."""
    if not clause.name or clause.lead.share or clause.role:
        return False
    run = spot.found[spot.number : spot.number + run_length(spot)]
    # A和B达到15882元和7018元: as many amounts of one unit as names.
    alike = clause.lead.kind in ("change", "to") and len({one.unit for one in run}) == 1
    if len(run) < _PAIR:
        return False
    # 城乡居民人均可支配收入达到…元和…元: one word for two.
    if len(run) == _PAIR and len({one.unit for one in run}) == 1 and sharing.twin(clause.name):
        return alike or clause.lead.kind == "is"
    # A、B、C、D相继跨过1000亿元、3000亿元、400亿元和100亿元: so many names for so many amounts are no accident.
    listed = sharing.split(clause.name)
    whole = all(sharing.known(item) or sharing.ending(item) for item in listed)
    # 新增金、银、铜储量50吨、200吨、50万吨
    alike = alike or (len(run) > _PAIR and not clause.lead.words and bool(sharing.ending(listed[-1])))
    alike = alike or (len({one.unit for one in run}) == 1 and whole and (len(run) > _PAIR or "达" in clause.lead.words))
    return alike and len(listed) == len(run)


_PAIR = 2


def _other_side(spot: Spot, state: State) -> Named | None:
    """低于全国16.5个和全省7.6个百分点: the same against another."""
    match = _SIDE.fullmatch(spot.near.strip())
    if match is None or state.role != "gap" or not spot.joined or not state.subject:
        return None
    word = state.detail[:2]
    subject = state.subject.removesuffix(state.detail)
    clause = Clause(subject, "", state.lead, "gap", word + match[0], state.basis)
    name = with_role(subject, clause)
    return Named(
        spot.quantity, name, state.near, state.lead, min(state.at, spot.near_at), spot.quantity.behind, "gap",
        clause.detail, state.basis, "", state.group,
    )  # fmt: skip


def _levels_before(spot: Spot, state: State) -> bool:
    """城镇…13967元,农村…6086元,比上年增长16.2%和4.3%: as many growths as levels, dealt out without 分别."""
    count = run_length(spot)
    before = spot.found[max(0, spot.number - count) : spot.number]
    return (
        spot.quantity.unit == "%"
        and count == len(before) > 1
        and all(one.unit != "%" for one in before)
        and len(set(state.named[-count:])) == count
    )


def _past(clause: Clause, state: State) -> Clause:
    """为4.45万名低保对象发放低保金1.02亿元: what the quantity before counted is done something to."""
    rest = clause.name[len(state.noun) :]
    at, verb = deed(rest)
    return replace(clause, name=rest[at:], verb=verb, dropped=not verb) if at else clause


def _coordinate(spot: Spot, state: State) -> Named:
    """A quantity joined to the one before without words between."""
    quantity = spot.quantity
    at, end, right = state.at, quantity.behind, ""
    if state.pending:
        name = state.pending.pop(0)
    else:
        name = state.subject
        if counted(quantity) or state.right:
            right, behind = nouns.after(spot.text, quantity.behind, spot.following, verb=state.governed)
            if right:
                name = state.verb + right + state.suffix
                state.noun, state.subject, end = right, name, max(end, behind)
    state.named.append(name)
    return Named(
        quantity, name, state.near, state.lead, min(at, quantity.start), end, state.role, state.detail, state.basis,
        state.scope if quantity.measure is Measure.RANK else "", state.group,
        sign=state.sign, right=right, dropped=state.governed,
    )  # fmt: skip
