"""Which kinds of figures a question asks for, and how many."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval import tokens
from retrieval.lexicon import units
from retrieval.lexicon.question_words import Cue, cues
from retrieval.model import Measure, Status
from retrieval.query.values import Ask, Form
from retrieval.query.wording import PLANNED, SET

__all__ = ["UNIT_WORD", "aimed", "asks", "form", "how_many", "planned", "several", "status"]

_KIND = {
    "growth": (Measure.GROWTH, 1),
    "decline": (Measure.GROWTH, -1),
    "share": (Measure.SHARE, 0),
    "rank": (Measure.RANK, 0),
    "streak": (Measure.STREAK, 0),
}
# Units a quantity word may name: 多少万吨, 多少家.
_UNITS = rf"[十百千万亿]*(?:{units.ASKED})"
# The unit after a quantity word: 几个百分点, 多少个亿.
_UNIT = re.compile(rf"\s*(个亿|{_UNITS}|[十百千万亿]+)")
# A quantity word with the unit behind it: the unit is what is counted in, not a word to look for.
UNIT_WORD = re.compile(
    rf"((?:多少|好多(?!人(?!次))|(?<![这那哪近前好头])几(?!年|个月)))(?:个亿|{_UNITS}|[十百千万亿]+(?=[,。?;\s]|$))"
)
_SEVERAL = re.compile(r"各|分别|以及|、|和|与|及|跟|\band\b|，.*多少.*多少|多少.*多少")
# 多少名 counts people unless something is placed.
_PLACED = re.compile(r"升了|排|居|列|第|名次|位次|全国|全省|全球|爬|进了|前移|上升|提升")
# 进了几位 asks how far, not which place.
_MOVED = re.compile(r"(?:进|前移|上升|提升|攀升|跃升|爬升|前进|升)了?(?:多少|几)(?:个)?(?:位|名)")
# 多少块 asks for money; 块 counts plots and boards in reports.
_SPOKEN = {"块": "元", "个亿": "亿"}
# Nouns right behind a quantity word that are counted one by one.
_COUNTED = re.compile(
    r"\s*(?:(?P<people>[一-鿿]{0,4}?(?:游客|旅客|乘客|学生|毕业生|老人|老年人|居民|群众|职工|农民工?|牧民|人口|党员|干部|教师|医生|医护|"
    r"劳动力|残疾人|儿童|患者|考生|志愿者))|"
    r"(?P<money>[一-鿿]{0,3}?(?:利润|利税|税|产值|营收|外资|外汇|贷款|债券|财政收入|工资)(?=[,。?;!\s了吗呢啊呀]|$))|"
    r"[一-鿿]{0,4}?(?:企业|公司|项目|岗位|学校|中小学|幼儿园|医院|卫生院|村庄|村子?|乡镇|社区|小区|平台|园区|专利|品牌|基地|"
    r"公园|广场|景区|电站|隧道|水库|图书馆|养老院|合作社|农场|停车位|泊位|航线|航班|网点|机构|团队|工程))"
    r"(?![一-鿿]*(?:率|比重|占比|产值|收入|投资|面积|总额|资金|工资|补贴|补助|款|金|费))"
)
_WORD_UNIT = {
    "百分之几": "%",
    "百分几": "%",
    "几个百分比": "%",
    "几成": "成",
    "几倍": "倍",
    "几年": "年",
    "多少年": "年",
    "几个月": "个月",
    "多长": "公里",
    "多远": "公里",
    "几位": "位",
}


# 进出口总额(亿美元): the unit stands in brackets.
_BRACKETED = re.compile(rf"\(\s*(?:单位[::]?)?\s*({_UNITS})\s*\)")


@lru_cache(maxsize=1024)
def asks(text: str) -> tuple[Ask, ...]:
    """The kinds of figures asked for, in the order of their words. A quantity word takes the measure of its clause."""
    found: list[Ask] = []
    for clause in re.split(r"[,，;；。?？!]", text):
        found.extend(_of_clause(clause))
    unique: list[Ask] = []
    for ask in found:
        if ask not in unique:
            unique.append(ask)
    return tuple(unique)


def _of_clause(clause: str) -> list[Ask]:
    here = cues(clause)
    quantities = [cue for cue in here if cue.kind == "quantity"]
    measures = [cue for cue in here if cue.kind in _KIND]
    found: list[Ask] = []
    if missed := _MISSED.search(clause):
        return [Ask(Measure.GROWTH, "个百分点", 1 if missed[1] in "高多快超" else -1)]
    if not quantities:
        if any(cue.kind == "streak" and how_many(cue) for cue in here):
            # 增幅连续几年第一: the streak is asked for, not the growth.
            return [Ask(Measure.STREAK)]
        if any(cue.kind in ("growth", "decline") for cue in measures):
            # 压降比例 is how much was cut, not a share.
            measures = [cue for cue in measures if cue.kind != "share"]
        for cue in measures:
            measure, direction = _KIND[cue.kind]
            found.append(Ask(measure, "", direction))
        if any(cue.kind == "level" and not cue.keep for cue in here):
            found.insert(0, Ask(Measure.LEVEL))
        if not found and (bracketed := _BRACKETED.search(clause)):
            found.append(Ask(None, units.named(bracketed[1])))
        return found
    for quantity in quantities:
        unit = _unit(clause, quantity)
        if unit == "年" and _LASTING.search(clause):
            found.append(Ask(Measure.STREAK))
            continue
        near = _nearest(quantity, measures)
        if _UP_TO.search(clause[: quantity.end]):
            # 提升至多少: what it came to, not by how much.
            share = any(m.kind == "share" for m in measures)
            found.append(
                Ask(Measure.SHARE if share else Measure.LEVEL, unit or ("年" if quantity.word.endswith("年") else ""))
            )
            continue
        if quantity.word.endswith(("第几", "老几", "第几位", "第几名", "排几")) or (
            unit in ("位", "名") and _PLACED.search(clause)
        ):
            found.append(Ask(Measure.RANK, "位", 1 if _MOVED.search(clause) else 0))
        elif near is None and (
            quantity.word.startswith("达") or any(cue.kind == "level" and not cue.keep for cue in here)
        ):
            # 达到多少元 is not by how much it rose.
            found.append(Ask(Measure.LEVEL, unit))
        elif near is None or (unit and unit[-1] not in "点%成倍" and near.kind == "share"):
            found.append(Ask(None, unit))
        else:
            measure, direction = _KIND[near.kind]
            found.append(Ask(measure, unit, direction))
    return found


# 比预期低多少: the gap is told in percentage points.
_MISSED = re.compile(
    r"(?:比|较|与|跟)?(?:年初|原定|当初)?(?:的)?(?:预期|目标|计划)(?:的)?(?:要)?(低|高|多|少|快|慢|超|差)(?:了|出|过)?(?:多少|几)(?![万亿])"
)


# 连着涨了多少年, 没着火多少年了
_LASTING = re.compile(r"连|蝉联|持续|没|未|无|保持|稳居|位居|第一|首位|丰收|增产")
_UP_TO = re.compile(
    r"(?:提高|提升|增长|增加|上升|上涨|涨|升|扩大|攀升|下降|降低|降|减少|压减|缩小|缩短|压缩|回落)(?:到了?|至|为|成)(?:多少|几|百分之几)[^,。?]{0,2}$"
)


def how_many(cue: Cue) -> bool:
    """Whether a cue asks for a number: 连续几年."""
    return cue.kind == "quantity" or (cue.kind == "streak" and bool(re.search(r"几|多少", cue.word)))


def _unit(clause: str, quantity: Cue) -> str:
    for word, unit in _WORD_UNIT.items():
        if word in quantity.word:
            # 多长时间 is no length.
            return "" if unit == "公里" and clause.startswith("时间", quantity.end) else unit
    if match := _UNIT.match(clause, quantity.end):
        return _SPOKEN.get(match[1]) or units.named(match[1])
    if "百分点" in quantity.word:
        return "个百分点"
    if "个点" in quantity.word:
        # 高几个点 is a difference, 增长几个点 a rate.
        return "个百分点" if _APART.search(clause) else "%"
    if inside := re.search(rf"^几(级|{_UNITS}|[万亿])$", quantity.word):
        return _SPOKEN.get(inside[1]) or inside[1]
    if number := re.search(rf"^({_UNITS})数$", quantity.word):
        return number[1]
    # 多少游客, 多少企业: what is counted tells what it is counted in.
    counted = _COUNTED.match(clause, quantity.end)
    if counted is None:
        bracketed = _BRACKETED.search(clause)
        return units.named(bracketed[1]) if bracketed else ""
    return "人" if counted["people"] else "元" if counted["money"] else "个"


_APART = re.compile(r"[高低快慢差超落]|多了|少了|上升|提升|提高|升了|降[了低]|下降|百分点")


def _nearest(quantity: Cue, measures: list[Cue]) -> Cue | None:
    """The measure word next to a quantity word: 增长多少 rather than 多少…增长."""
    near = [(quantity.start - m.end if m.end <= quantity.start else 3 + m.start - quantity.end, m) for m in measures]
    near = [item for item in near if item[0] <= 8]
    return min(near, key=lambda item: item[0])[1] if near else None


def several(text: str) -> bool:
    """Whether more than one thing is asked."""
    return bool(_SEVERAL.search(text))


# 哪五个方面: a list of so many.
_WHICH_ONES = re.compile(r"哪(?:\d|几|[两二三四五六七八九十]+(?=[个项条大件类种点座家位方批名所]))")
# 争取上级资金 names what was won, not what is aimed at.
_WON = re.compile(r"争取(?:到)?(?:上级|中央|国家|省级?|各类|各级|专项|资金|项目|政策|债券)")


# 比省里定的任务多了多少: what was planned is what a result is measured by.
_THAN_PLANNED = re.compile(
    r"[比较](?![重例率])[^,。?]{0,10}(?:目标|任务|计划|预期)(?=[^,。?]{0,4}[多少高低快慢超])"
    r"|完成了?[^,。?]{0,6}(?:目标|任务|计划|预期)(?=的?(?:百分之|几成|多大比例|多少比例|比例))"
)


# 失业率多少,不用管目标: what is not asked for.
_NOT_PLANNED = re.compile(r"(?:不用管|不要|不是|别管|不管|不看|不问)(?:那个|什么)?的?(?:目标|计划|预期|任务)")
# 实际增长目标: growth after prices, and no result.
_REAL = re.compile(r"实际(?=(?:增长|增速|增幅|利用|用|到位|使用|吸收)(?!了))")


def status(text: str) -> Status | None:
    """Whether targets or results are asked for, where words tell."""
    bare = _REAL.sub("", _NOT_PLANNED.sub("", _THAN_PLANNED.sub("", text)))
    kinds = [cue.kind for cue in cues(bare) if len(cue.word) > 1 or cue.kind != "target" or _alone(bare, cue)]
    if "actual" in kinds:
        return Status.ACTUAL
    if kinds.count("target") == 1 and _WON.search(text):
        return None
    if "target" in kinds or re.search(r"\b(target|plan|aim|goal|due to|expect)", text, re.IGNORECASE):
        return Status.TARGET
    return None


def planned(text: str) -> bool:
    """Whether words ask for a plan and for nothing else; 比计划高多少 asks for a result."""
    return bool(PLANNED.search(_NOT_PLANNED.sub("", _THAN_PLANNED.sub("", text))))


def aimed(text: str) -> bool:
    """Whether words ask for a plan, or for what was set (定了多少); 比定的任务多多少 asks for a result."""
    bare = _THAN_PLANNED.sub("", text)
    return bool(PLANNED.search(bare) or SET.search(bare))


def _alone(text: str, cue: Cue) -> bool:
    """Whether a character is a word of its own: 要 in 主要 and 想 in 思想 plan nothing, nor does 每年的都要."""
    if cue.word == "要" and _WANTED.search(text, 0, cue.end) and not text[cue.end :].strip(",。?!;了的啊呀哦 "):
        return False
    # 想做 may be cut as one word.
    return (cue.start, cue.end) in tokens.cut(text) or bool(_WISHED.match(text, max(0, cue.start - 1)))


_WANTED = re.compile(r"[都也全我]要$")
_WISHED = re.compile(r"(?:^|[^思理设感梦猜联幻])想(?![法象必念像])")


# 赤字率是怎么安排的 asks for a number, 分两步走是怎么安排的 for words.
_ARRANGED = re.compile(r"(?:怎么|如何|怎样)安排")
_AMOUNT = re.compile(r"[率额值量数]|规模|收入|支出|增速|投资|资金|目标|面积|人口|价格|GDP", re.IGNORECASE)


def form(text: str, asked: tuple[Ask, ...], content: str) -> Form:
    """Shape of the answer: figures where a quantity is asked, else sentences."""
    kinds = {cue.kind for cue in cues(text)}
    if "overview" in kinds and len(content.replace(" ", "")) <= 6:
        return Form.OVERVIEW
    if _ARRANGED.search(text) and not _AMOUNT.search(content):
        return Form.PASSAGE
    if "quantity" in kinds:
        return Form.FIGURE
    if kinds & {"why", "how"}:
        return Form.PASSAGE
    if "which" in kinds or re.search(r"\b(which|who|when|where|what)\b", text, re.IGNORECASE):
        listing = _WHICH_ONES.search(text) or re.search(r"哪些|有什么|分别|几项|[十\d]大", text)
        return Form.LIST if listing else Form.PASSAGE
    if _WHICH_ONES.search(text):
        return Form.LIST
    if "yesno" in kinds:
        return Form.YESNO
    return Form.FIGURE if asked else Form.PASSAGE
