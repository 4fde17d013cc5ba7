"""Whose a name is, and what its clause adds to it."""

from __future__ import annotations

import re

from retrieval.figures import nouns, sharing
from retrieval.figures.clauses import Clause
from retrieval.figures.named import Spot, State
from retrieval.figures.values import Quantity

__all__ = ["PLEDGED", "fresh", "owned", "with_role", "won"]

PLEDGED = re.compile(r"(?:(?:计划)?总?投资|投入(?:资金)?|安排|拨付|(?<![一-鿿])资金|筹资|年产|(?<![一-鿿])贷款)$")
_ASIDE = re.compile(
    r"高于|低于|快于|优于|居(?!民|住)|位(?!于)|比(?!重|例)|较|连续|创(?!业|新|意)|其中|按(?!揭)|扣除|占(?!地)|增速|增幅|总量|规模(?!以上|工业)|同比|一般(?!公共|性|预算|债)|"
    r"首次|历史性|排名|在(?!建|校|岗|营|册|库)|并(?!网)|并且|共(?!享|有)|累计|预计|又|分别|同时|均"
)
# 位居全省企业品牌价值榜首位: first of which list.
_LIST = re.compile(r"(?:全[国省市区州]|世界)?([^,]{2,12}(?:榜|排行榜|排名|评比|考核))$")
_TREATED = re.compile(r"(?<=[一-鿿]{2})(?:专项)?(?:综合)?(?:治理|整治|防治|管控|减排)(?:行动)?$")
_MAKERS = re.compile(r"产业|制造业|行业|企业")
_TRADED = re.compile(r"[进出]口|贸易?|产品|商品|企业|集团")
_WINS = {
    "丰": "连续丰收",
    "增": "连续增长",
    "降": "连续下降",
    "冠": "连续夺冠",
    "涨": "连续上涨",
    "升": "连续上升",
    "调": "连续上调",
}


def with_role(name: str, clause: Clause) -> str:
    """A name with what its clause adds: 占…的比重, 高于全国."""
    if clause.role == "share" and clause.detail:
        whole = nouns.tidy(clause.detail)
        if name.endswith(whole) or f"占{whole}" in name:
            return name
        return f"{name}占{whole}" + ("" if whole.endswith(("比重", "比例", "份额")) else "比重")
    if clause.role == "plan":
        return name if name.endswith(clause.detail) else name + clause.detail
    if clause.role == "gap" and clause.detail:
        return name if name.endswith(clause.detail) else f"{name}{clause.detail}"
    if clause.role == "rank" and (listed := _LIST.search(clause.scope)) and listed[1] not in name:
        return name + listed[1]
    if name == "经济" and (clause.lead.kind == "change" or clause.lead.rate):
        return "经济增长"
    return name


def fresh(spot: Spot) -> tuple[int, str] | None:
    """What a clause without a figure tells between two figures: …4.4%;利用外资大幅度增加,总额达到9.48亿美元."""
    for at, piece in reversed(spot.pieces[1:-1]):
        if (name := nouns.told(piece)) and not _ASIDE.match(name):
            return at, name
    return None


def owned(noun: str, owner: str, at: int, spot: Spot, state: State) -> tuple[str, int]:
    """A name that says too little alone, with whose it is."""
    if "其中" in spot.near or (not state.subject and sharing.known(noun)):
        return noun, at
    if noun == "资金" and (what := nouns.invested(spot.text, spot.quantity.end)):
        word = spot.near.strip()
        return what + (word if PLEDGED.match(word) else noun), at
    if new := fresh(spot):
        return _field(new[1], owner) + noun, new[0]
    if _apart(noun, owner, spot, state):
        return noun, at
    traded = noun in ("出口", "进口") and bool(state.subject or spot.quantity.unit.endswith("元"))
    if traded and not _TRADED.search(state.subject.replace("进出口", "")):
        return noun, at
    if state.subject:
        front = _whose(owner, state)
        if front and not front.endswith(noun) and len(front) + len(noun) <= 30:
            return front + noun, min(at, state.at)
        return noun, at
    if PLEDGED.match(noun) and (what := nouns.invested(spot.text, spot.quantity.end)):
        word = spot.near.strip()
        return what + (word if PLEDGED.match(word) else noun), at
    for start, piece in spot.pieces[:-1]:
        if name := _TREATED.sub("", nouns.topic(piece)):
            return _field(name, owner) + noun, start
    return (spot.before + noun, at) if spot.before and owner == "own" and len(spot.pieces) == 1 else (noun, at)


def _whose(owner: str, state: State) -> str:
    """The part of the name before that the next shares: its front, or for 总量 and 增速 all of it."""
    front = state.subject.removeprefix(state.verb)
    if state.role == "share" or front.endswith("占"):
        front = front.split("占", 1)[0]
    if state.role == "gap":
        front = front.removesuffix(state.detail)
    if owner == "own":
        tail = sharing.ending(front)
        if not tail.endswith(("项目", "企业", "案件", "改造", "学位")):
            kept = _MAKERS.match(tail)
            front = front[: len(front) - len(tail)] + (kept[0] if kept else "")
    return front


def _apart(noun: str, owner: str, spot: Spot, state: State) -> bool:
    """Whether an indicator behind a semicolon is none of the one before it: …人均可支配收入1.9万元;出口额1.2亿元."""
    turned = any(spot.text[at - 1 : at] == ";" for at, _ in spot.pieces[1:])
    whole = sharing.needs_owner(state.subject) == "" and sharing.known(state.subject)
    made = _whose(owner, state).endswith(("业", "企业"))  # 规上工业增加值…;利税… are both of industry
    return turned and whole and not made and (sharing.known(noun) or noun == "投资")


def _field(name: str, owner: str) -> str:
    """Whose a bare 总产 is: of 粮食播种面积…增长,总产达到 the 粮食."""
    return (name.removesuffix(sharing.ending(name)) or name) if owner == "own" and name.endswith("面积") else name


def won(text: str, quantity: Quantity, subject: str) -> str:
    """粮食 with 九连丰: 粮食连续丰收."""
    words = text[quantity.start : quantity.end].strip('”"’')
    if words.endswith(("丰", "丰收")):
        tail = sharing.ending(subject)
        return (subject[: len(subject) - len(tail)] or subject) + "连续丰收"
    return subject + _WINS.get(words[-1], "")
