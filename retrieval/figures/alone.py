"""The name of a quantity that stands by itself."""

from __future__ import annotations

import re

from retrieval.figures import nouns, places, sharing
from retrieval.figures.behind import ESCAPED, governed, name_behind, noun_behind
from retrieval.figures.clauses import Clause
from retrieval.figures.named import Spot, State
from retrieval.figures.owners import PLEDGED, fresh, owned, won
from retrieval.lexicon.units import UnitKind, kind
from retrieval.model import Measure

__all__ = ["resolve"]

_SAID = re.compile(r"[^,。;:、!?()]{1,18}")
_SAYING = re.compile(r"^(?:实现|保持|居于?|位居|位列|获得?(?!评)|稳居|为|均|都|是|以来|的)+")
_HELD = re.compile(r"[^,。;]{0,4}(?:保持|稳居|居|位居)")
# 连续6年实现耕地占补平衡, 连续10年没有发生重大事故: what goes on has a name of its own.
_OWN = re.compile(r"(?:实现|保持)(?=[一-鿿]{5})|没有|未(?:发生|出现)|无(?=[一-鿿]{3})")
_GOING = re.compile(
    r"全[国省市区县州]|[东中西]部|世界|同类|第|前|两位数|[正负零]|[高低快较稳平持逐大]|增|减|上|下|超|不|历史|首|名|翻|丰|盈|以|在|[\d百千万]|比|双|年|同"
)
_GAINED = re.compile(r"[人户]均(?:增收|减负)")
_PLACED = re.compile(r"(?:全[国省市区州球]|世界|[东中西]部)(?:首位|第[一二三四五六七八九十\d]+位?)")
_HONOURED = re.compile(r"(?:荣获|获评|获得?|入选|被评为|跻身|上榜|蝉联|当选|被授予)[一-鿿“]")
# Deeds that say enough alone.
_WHOLE = ("造林", "植树", "绿化", "就业", "脱贫", "减贫", "减税降费")
_SCOPED = re.compile(r"(?:居|列|在|进入|跻身)(?:全[国省市区州球]|北方|南方|世界|[东中西]部|同类)?$")
_RANKING = re.compile(r"中?(?:的)?(?:排名?|位[列居]|[列居])?$")
_SCOPES = re.compile(r"(?:城市|省份|省区市|市州|地市|县市区?|县区|盟市|州市|县|市)$")
# 全部达产后预计年新增产值: the yield of what the figure before it counts or costs.
_YIELDED = re.compile(
    r"(?P<when>(?:项目)?(?:全部|全面|建成|投产|达产|达效|投用|运营|、)+后)(?:预计|将|可|能|每|可望|有望|实现|达到)*(?P<what>年?[一-鿿]{2,})"
)
_CAUSED = re.compile(r"(?:带动|吸纳|覆盖|解决|服务|资助|培训|救助|安置)$")


def resolve(spot: Spot, clause: Clause, state: State) -> tuple[str, int, int, str]:
    """The name of a quantity that stands by itself, where its words begin and end, and the noun behind it."""
    quantity, noun, verb, at = spot.quantity, clause.name, clause.verb, spot.near_at
    end = quantity.behind
    if quantity.measure is Measure.STREAK:
        return (*_streak(spot, clause, state), "")
    if quantity.unit == "%" and spot.text.startswith("的增速", end) and not noun:
        return state.subject or "经济增速", at, end, ""
    right, right_end = noun_behind(spot, clause)
    near = spot.near.strip()
    if right:
        if _SCOPED.match(near) or (_SCOPED.search(near) and _SCOPES.search(_RANKING.sub("", right))):
            # The city is one of so many: what comes of it is told behind.
            if subject := _SCOPED.sub("", noun).strip():
                state.subject, state.at, state.noun, state.verb = subject, at, subject, ""
            return _RANKING.sub("", right), quantity.start, quantity.behind, ""
        state.governed = governed(spot, clause)
        if (caused := _CAUSED.search(noun)) and len(noun) > len(caused[0]):
            noun, verb = "", caused[0]
        name = name_behind(spot, noun, verb, right)
        # What escaped poverty is people only where people are counted: 实现11976人脱贫、35个贫困村退出.
        state.suffix = name[len(right) :] if name.startswith(right) and name != ESCAPED else ""
        state.subject, state.at, state.verb, state.noun = name, at, verb, right
        return name, at, max(end, right_end), right
    changed = clause.lead.kind in ("change", "gap") or bool(clause.lead.rate and quantity.unit == "%")
    if not noun and not verb:
        gained = _GAINED.search(clause.lead.words)
        return (gained[0], at, end, "") if gained else (*_inherit(spot, state), "")
    if not noun:
        return (*_deed_only(spot, verb, state, changed=changed), "")
    noun, verb, at = _belonging(spot, clause, state)
    if yielded := _YIELDED.match(noun):
        owner = state.noun or state.subject
        noun = (owner if owner and owner not in noun else "") + yielded["when"] + yielded["what"]
        at = min(at, state.at) if owner else at
    name = verb + _short(_like(noun, clause, state))
    if quantity.qualifier == "时隔":
        state.subject, state.at, state.noun, state.verb = name.removesuffix("时隔"), at, noun, verb
        return name, at, end, ""
    state.subject, state.at, state.verb, state.noun, state.suffix, state.items = name, at, verb, noun, "", []
    return name, at, end, ""


def _belonging(spot: Spot, clause: Clause, state: State) -> tuple[str, str, int]:
    """A clause's noun and deed with what they share with the names before, and where the words begin."""
    noun, verb, at = clause.name, clause.verb, spot.near_at
    if not verb and (told := places.elsewhere(noun, state.told.get(spot.quantity.unit, ""))):
        return told, verb, min(at, state.at)
    if not verb and noun.startswith("占") and _PORTION.fullmatch(noun) and state.subject[:1] not in "至到":
        # 研发经费…,占国内生产总值比重从1.07%提高到1.49%
        return state.subject.removeprefix(state.verb).split("占", 1)[0] + noun, verb, min(at, state.at)
    if noun.startswith("级") and spot.number and spot.found[spot.number - 1].behind == at:
        return spot.text[spot.found[spot.number - 1].start : at] + noun, verb, at  # 100亿级企业达10家
    owner = sharing.needs_owner(noun)
    if owner and not verb:
        noun, at = owned(noun, owner, at, spot, state)
    elif (
        spot.joined and not verb and state.verb and not clause.lead.kind and not clause.dropped and _alike(spot, state)
    ):
        verb = state.verb
    elif nouns.generic(noun) and len(spot.pieces) > 1 and not state.subject:
        noun, at = nouns.field(spot.pieces[0][1]) + noun, spot.pieces[0][0]
    elif not verb and clause.lead.kind in ("is", "to"):
        noun = sharing.made(noun, state.subject, spot.quantity.unit)
    return noun, verb, at


_PORTION = re.compile(r"占[^,]{2,16}(?:比重|比例|份额)")


def _alike(spot: Spot, state: State) -> bool:
    """Whether a deed holds on for the next of a list: 接待游客3892万人、旅游总收入408亿元 is not one list of guests."""
    before = spot.found[spot.number - 1]
    money = {kind(before.unit) is UnitKind.MONEY, kind(spot.quantity.unit) is UnitKind.MONEY}
    return len(money) == 1 or state.verb.startswith(("新", "净"))


def _deed_only(spot: Spot, verb: str, state: State, *, changed: bool) -> tuple[str, int, int]:
    """A name where the clause has a deed and no noun: 交付7600套."""
    at, end = spot.near_at, spot.quantity.behind
    if not state.subject:
        whole = verb.endswith(_WHOLE)
        topic = "" if whole else next((n for _, piece in reversed(spot.pieces[:-1]) if (n := nouns.topic(piece))), "")
        if topic:
            # 高度重视保障性住房建设,开工3.4万套、建成1.8万套
            state.subject, state.at, state.noun, state.verb = topic + verb, at, topic, verb
        elif whole:
            state.subject, state.at = verb, at
        return topic + verb, at, end
    if changed:
        return state.subject, min(at, state.at), end
    if verb.endswith(_WHOLE) and spot.number and spot.found[spot.number - 1].unit != spot.quantity.unit:
        return verb, at, end  # 发放补贴2万元;造林1.5万亩
    name = verb + state.noun if state.noun and verb != "惠及" else state.subject + verb
    if verb != "惠及":
        state.subject, state.verb = name, verb
    return name, min(at, state.at), end


def _inherit(spot: Spot, state: State) -> tuple[str, int, int]:
    """A name for a quantity whose clause has none: that of the one before, or what an earlier clause speaks of."""
    end = spot.quantity.behind
    if new := fresh(spot):
        state.subject, state.at, state.noun, state.verb = new[1], new[0], new[1], ""
        return new[1], new[0], end
    if pushed := _pushed(spot):
        state.subject, state.at, state.noun, state.verb = pushed[1], pushed[0], pushed[1], ""
        return pushed[1], pushed[0], end
    if state.subject:
        # 上半年地区生产总值下降0.8%,预计下半年增长8%以上,全年增长4%
        subject = _HALF_YEAR.sub("", state.subject) if _WHOLE_YEAR.search(spot.near) else ""
        return subject or state.subject, min(spot.near_at, state.at), end
    near = spot.near.strip()
    if spot.quantity.unit.endswith("元") and (what := nouns.invested(spot.text, end)):
        state.subject, state.at, state.noun = what, spot.near_at, what
        return what + (near if PLEDGED.match(near) else "投资"), spot.near_at, end
    for at, piece in reversed(spot.pieces[:-1]):
        if name := nouns.topic(piece):
            state.subject, state.at, state.noun, state.verb = name, at, name, ""
            return name, at, end
    return spot.before, spot.near_at, end


_WHOLE_YEAR = re.compile(r"全年|下半")
_HALF_YEAR = re.compile(r"^(?:上半年|前[一二三]季度|[一二三]季度)")
_PUSHED = re.compile(
    r"(?:积极|大力|稳步|继续|加快|全面|有序)*(?:推动|推进|实施|开展|启动|鼓励|支持|抓好)(?=[一-鿿]{4})"
)


def _pushed(spot: Spot) -> tuple[int, str] | None:
    """What a clause between two quantities sets about, counted otherwise than what stood before: …172个小区,推动加装
    电梯,年内完成30部."""
    if spot.number == 0 or spot.found[spot.number - 1].unit == spot.quantity.unit:
        return None
    for at, piece in reversed(spot.pieces[1:-1]):
        body = nouns.bare(piece)
        if (led := _PUSHED.match(body)) and (name := nouns.tidy(body[led.end() :])) and len(name) <= _LONGEST:
            return at, name
    return None


_LONGEST = 16


def _short(noun: str) -> str:
    """A long name with examples, without them: 首届…大赛、第四届…文化节等促销活动."""
    _, found, rest = noun.rpartition("等")
    return (
        rest if found and len(noun) >= 18 and len(rest) >= 4 and not rest.startswith(("级", "教", "额", "量")) else noun
    )


def _like(noun: str, clause: Clause, state: State) -> str:
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


def _streak(spot: Spot, clause: Clause, state: State) -> tuple[str, int, int]:
    """What has gone on: the noun before and what is said behind (建设项目增速…保持全省首位)."""
    quantity, text = spot.quantity, spot.text
    match = _SAID.match(text, quantity.behind)
    said = _SAYING.sub("", match[0]) if match else ""
    if match and _PLACED.fullmatch(said) and _HELD.match(match[0]):
        said = "居" + said
    noun = clause.verb + clause.name
    honoured = match is not None and bool(_HONOURED.match(match[0]))
    if honoured and not noun:
        return nouns.tidy(match[0]) if match else said, spot.near_at, quantity.behind
    if not noun and len(spot.pieces) > 1 and match and _OWN.match(match[0]) and not _GOING.match(said):
        return nouns.tidy(said), spot.near_at, quantity.behind
    subject = noun or state.subject
    at = spot.near_at if noun else min(spot.near_at, state.at if state.subject else spot.near_at)
    if noun:
        state.subject, state.at, state.noun, state.verb = noun, at, clause.name, clause.verb
    if quantity.qualifier == "连":
        return won(text, quantity, subject) if subject else said, at, quantity.behind
    return nouns.tidy(subject + said), at, quantity.behind
