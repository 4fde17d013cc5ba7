"""Names whose noun stands behind the quantity: 扶持26个村, 总投资44.58亿元的项目."""

from __future__ import annotations

import re

from retrieval.figures import nouns, sharing
from retrieval.figures.clauses import Clause
from retrieval.figures.cues import bettered, deed, done
from retrieval.figures.named import Spot, counted
from retrieval.figures.owners import PLEDGED
from retrieval.lexicon.units import UnitKind, kind
from retrieval.model import Measure

__all__ = ["CAUSES", "ESCAPED", "governed", "name_behind", "noun_behind"]

CAUSES = frozenset(("带动", "引导"))
ESCAPED = "脱贫人口"
_EVERYWHERE = re.compile(r"(?:全|我)[国省市县区州盟旗]$")
# 4个110千伏输变电项目, 1.8万名35-64岁妇女
_VOLTS = re.compile(r"\d+(?:\.\d+)?(?:千伏|kV)|\d+(?:[~-—至]\d+)?周?岁(?:以[上下])?的?")
# 59个投资10亿元以上项目: how large the things are.
_AMOUNT = re.compile(
    r"(?:(?:及)?以上)?的?(?:(?:单体|固定资产|计划|完成)?(?:总?投资|产值|(?:营业|销售)收入|营收|税收|纳税)(?:额|规模)?)?(?:超过?|过|达到?|突破|在)?"
    r"(?:\d+(?:\.\d+)?(?:[-~—至到]\d+(?:\.\d+)?)?[百千万]?[万亿]?|[百千万十][万亿]?)(?:元|美元|斤|吨)(?:及?以上|以下|左右)?的?(?=[一-鿿“])(?!级)"
)
_MADE = 12  # characters of whose capacity is told before the quantity
_UNDERTAKING = re.compile(r"(?:项目|工程)$")
_HONOURS = re.compile(r"(?:好?成绩|佳绩|水平|位置|速度|增速|名次|排名|高位|领先|优势|目标|地位|位次|好势头|势头)")
# 每万人有3名全科医生, 38个行业大类中有12个行业: whose they are is no name of them.
_EACH = ("每", "各", "其中", "目前", "现", "又", "共")
_SCOPE = ("中", "以来", "期间", "里", "之中")
_WHERE = frozenset(("县", "市", "区", "省", "州", "其余", "其他"))
_FOR = ("为", "对", "给", "向")
_PER = 5  # characters of 每万人, 每千名老人
_LONGEST = 25  # characters of a name that a list may lead
_PROJECT = "项目"
_BERTHS = ("航道", "码头", "泊位", "港", "产能", "前期")
_CAUSING = re.compile(r"(?:帮助|扶持|支持|推动|促进|助力|引导)$")


def governed(spot: Spot, clause: Clause) -> bool:
    """Whether a deed before a quantity governs what it counts, predicate and all (完成3.4万贫困人口脱贫)."""
    near = spot.near.rstrip()
    if not clause.name and clause.lead.words.endswith(("完成", "实现")):
        return True
    if clause.verb in CAUSES or near.endswith(("及", "和")) or _CAUSING.search(near):
        return False
    return bool(clause.verb or clause.dropped) and not nouns.preposed(clause.name)


def noun_behind(spot: Spot, clause: Clause) -> tuple[str, int]:
    """The noun behind a quantity, where it is what the quantity counts."""
    quantity, noun, end = spot.quantity, clause.name, spot.quantity.behind
    if quantity.measure is Measure.RANK and spot.text.startswith("的", end):
        return _ranked(spot)
    if spot.text.endswith("人口", quantity.start, quantity.end):
        return "人口", end
    if clause.role or clause.lead.kind in ("change", "gap") or (clause.lead.rate and quantity.unit == "%"):
        return "", end
    pledged = spot.text.startswith("的", end) and bool(PLEDGED.search(noun) or PLEDGED.search(clause.verb))
    attained = clause.lead.words.endswith(("实现", "完成")) and kind(quantity.unit) in (UnitKind.COUNT, UnitKind.PEOPLE)
    near = spot.near.rstrip()
    stated = clause.lead.kind in ("is", "to", "hold") and not pledged
    having = near.endswith(("有", "有着")) and (noun.startswith(_EACH) or noun.endswith(_SCOPE) or noun in _WHERE)
    if noun and not nouns.preposed(noun) and stated and not having and not (attained and nouns.begins(spot.text, end)):
        return "", end
    made = (
        len(noun.split("、")[-1]) <= _MADE
        and not clause.lead.words
        and bool(noun)
        and not sharing.ending(noun)
        and quantity.measure is None
    )
    if not counted(quantity) and not pledged and not made and (noun or quantity.measure is not None):
        return "", end
    if quantity.unit == "%" and noun and not nouns.preposed(noun) and clause.lead.kind:
        return "", end
    held = governed(spot, clause)
    if shared := _after_next(spot, clause):
        return shared, end
    following = spot.found[spot.number + 1] if spot.number + 1 < len(spot.found) else None
    if following is not None and following.measure is None:
        between = spot.text[end : following.start]
        if not between or (PLEDGED.match(between) and spot.text.startswith("的", following.behind)):
            stop = spot.found[spot.number + 2].start if spot.number + 2 < len(spot.found) else len(spot.text)
            right, _ = nouns.after(spot.text, following.behind, stop, verb=held)
            return right, end
    if counted(quantity) and (amount := _AMOUNT.match(spot.text, end)):
        right, right_end = nouns.after(spot.text, amount.end(), spot.later(amount.end()), verb=held)
        if right and right_end <= spot.following:
            front, joint, thing = right.rpartition("的")
            return front + joint + amount[0].removeprefix("以上").strip("的") + thing, right_end
    volts = _VOLTS.match(spot.text, end)
    return nouns.after(spot.text, volts.end() if volts else end, spot.following, verb=held, predicate=not pledged)


def _after_next(spot: Spot, clause: Clause) -> str:
    """The noun behind the next quantity, where only another deed stands between: 启动166所、完成106所学校建设."""
    if spot.number + 1 >= len(spot.found) or clause.name:
        return ""
    following = spot.found[spot.number + 1]
    between = spot.text[spot.quantity.behind : following.start]
    if following.unit != spot.quantity.unit or between[:1] not in "、和" or len(between) < _DEED:
        return ""
    if deed(between[1:])[0] != len(between) - 1:
        return ""
    stop = spot.found[spot.number + 2].start if spot.number + 2 < len(spot.found) else len(spot.text)
    return nouns.after(spot.text, following.behind, stop, verb=True)[0]


_DEED = 3  # characters of a joint and the shortest deed


def _ranked(spot: Spot) -> tuple[str, int]:
    """What a rank before its noun ranks: 全国第五的大数据交易所投入运营."""
    end = spot.quantity.behind
    right, right_end = nouns.after(spot.text, end, spot.following, verb=False, predicate=False)
    return ("", end) if _HONOURS.search(right) or (spot.number and spot.joined) else (right, right_end)


def _undertaken(spot: Spot, right: str) -> bool:
    """Whether an amount is what a project is to make, as its clause goes on: 推动鑫环10万吨颗粒硅、…等项目."""
    if kind(spot.quantity.unit) is not UnitKind.MASS or spot.text.startswith("级", spot.quantity.behind):
        return False
    if any(word in right for word in _BERTHS):
        return False
    ends = [at for mark in ",;。" if (at := spot.text.find(mark, spot.quantity.behind)) >= 0]
    return _PROJECT in spot.text[spot.quantity.behind : min(ends, default=len(spot.text))]


def _example(spot: Spot, noun: str) -> str:
    """What tells generic projects apart: the field an earlier clause names, else the last example."""
    told = nouns.field(spot.pieces[0][1]) if len(spot.pieces) > 1 else ""
    return told or re.split(r"[、,]", noun.removesuffix("等"))[-1][-12:]


def name_behind(spot: Spot, noun: str, verb: str, right: str) -> str:
    """The name where the noun stands behind the quantity."""
    quantity = spot.quantity
    noun, verb, right = _around(spot, noun, verb, right)
    if quantity.unit == "%" or quantity.measure is Measure.SHARE:
        return f"{noun}{right}占比"
    pledge = noun or verb or spot.near.strip()
    if PLEDGED.match(pledge):
        return right + pledge
    if spot.text.startswith("的", quantity.behind) and (pledged := PLEDGED.search(pledge)):
        return right + pledged[0]
    if noun.endswith(("投资", "产值", "资金")) and quantity.unit.endswith("元"):
        return right + noun
    if not noun and not verb and nouns.generic(right) and len(spot.pieces) > 1:
        return nouns.field(spot.pieces[0][1]) + right
    if right == "脱贫" and quantity.unit.endswith("人") and not noun:
        return ESCAPED
    if verb == "惠及":
        return noun + verb + right
    if quantity.unit.endswith("人") and _UNDERTAKING.search(right):
        # 106.74万人饮水安全项目: people are not what a project is counted in.
        return verb + right + "覆盖人数"
    if not counted(quantity):
        return _sized(spot, noun, verb, right)
    if "、" in noun and len(verb + noun + right) > _LONGEST and not nouns.generic(right):
        noun = ""  # 稻米、果业、蔬菜、畜牧业、水产和乡村旅游6个超千亿产业: what each of them is called
    return verb + noun + right


def _around(spot: Spot, noun: str, verb: str, right: str) -> tuple[str, str, str]:
    """The noun and the deed before a quantity and the noun behind it, each without what names nothing."""
    if spot.near.rstrip().endswith(("及", "和", "与", "以及")) and len(spot.near) > 3:
        noun = verb = ""
    if _EVERYWHERE.search(noun):
        noun = ""
    if nouns.preposed(noun):
        # 以坚定态度关停197家企业
        verb = verb or done(noun)
        noun = _example(spot, noun) if noun.endswith("等") and nouns.generic(right) else ""
    if spot.near.rstrip().endswith(_FOR):
        right = nouns.served(right)
    right = bettered(spot.near, right) if counted(spot.quantity) and not verb else right
    if spot.near.rstrip().endswith("有") and (noun.startswith(_EACH) or noun.endswith(_SCOPE)):
        noun = noun if noun.startswith("每") and len(noun) <= _PER else ""
    if noun in ("全市", "全省", "全县", "全区", "全州", "全国", "我市", "我省", "我县", "我区", "各级", "各类", "我们"):
        noun = ""
    return noun, verb, right


def _sized(spot: Spot, noun: str, verb: str, right: str) -> str:
    """The name of an amount that stands within it: 改造提升天皓60万吨玻纤制造."""
    noun, right = noun.rsplit("、", maxsplit=1)[-1], right.split("、", maxsplit=1)[0]
    if not _undertaken(spot, right):
        return verb + noun + right
    made = right.partition(_PROJECT)[0].partition("等")[0].rpartition("的")[2]
    return f"{noun}{made}{_PROJECT}产能"
