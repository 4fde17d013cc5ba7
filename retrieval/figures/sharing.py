"""The items of a list made whole: 城乡居民…, 一、二、三产业…, 化肥和农药使用量, 产量、产值."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.figures.cues import heads
from retrieval.lexicon import indicators

__all__ = ["ending", "items", "known", "made", "needs_owner", "split", "twin"]

_JOINT = re.compile(
    r"[、,;]|以及|(?<![共中总温缓平饱柔调亲维饮])和(?!谐|平|睦|田)|(?<![参给授赋商])与(?!会)|(?<![普涉以危])及(?!时|格)"
)
# 新能源汽车及零部件、智能制造装备: within items of 、 other joints may be part of a name.
_MILD = re.compile(r"[、,;]|以及|(?<![共中总温缓平饱柔调亲维饮])和(?!谐|平|睦|田)")
_STRONG = re.compile(r"[、,;]")
_NUMERALS = "一二三"
# Words for two things at once, by what they stand for.
_TWIN = (
    (re.compile(r"^(.*?)城乡((?:居民)?(?:最低生活保障|低保).*)$"), ("城市", "农村")),
    (re.compile(r"^(.*?)城乡(.+)$"), ("城镇", "农村")),
    (re.compile(r"^(.*?)存贷款(.*)$"), ("存款", "贷款")),
    (re.compile(r"^(.*?)进出口(.+)$"), ("进口", "出口")),
    (re.compile(r"^(.*?)广播电视(.+)$"), ("广播", "电视")),
    (re.compile(r"^(.*?)工农业(.+)$"), ("工业", "农业")),
    (re.compile(r"^(.*?)客货(.+)$"), ("客运", "货运")),
    (re.compile(r"^(.*?)内外(贸.*)$"), ("内", "外")),
)
_PRIMARY = re.compile(
    r"^(.*?)(?:第?一、?第?二、?第?三(?=次产业|产业|次|产(?!品))|第?一产业?、第?二产业?、第?三)(?:次)?(?:产业|产)?(.*)$"
)
# 一、二、三级医院报销比例
_LEVELS = re.compile(r"^(.*?)((?:[一二三四五六](?:[、和]))+[一二三四五六])((?:级|类|等|线|期|档|本).+)$")
_PRIMARY_ALL = re.compile(r"^(.*?)三次产业(.*)$")
_PRIMARY_TWO = re.compile(r"^(.*?)第?([一二三])(?:产业)?[、和]第?([一二三])(?:次)?(?:产业|产)(.*)$")
# Modifiers that stand for one another at the front of an item.
_PAIRS = re.compile(
    r"^(?:城镇|农村|城市|农民|城区|乡村|市区|国内|国际|海外|入境|境外|境内|国有|集体|民营|私营|省级|市级|县级|国家级|国家|上年|今年|进口|出口|公共|调查|登记|常住人口|户籍人口)(?:和)?"
)
_PEOPLE = re.compile(
    r"^(?:建档立卡|\d{1,2}周?岁以[上下]的?)?(?:贫困|脱贫|农村|城镇|低收入|流动)?(?:人口|居民|群众|残疾人|适龄儿童|儿童|孕产妇|婴儿|学生|老年人|企业)"
)
_MEAN = re.compile(r"^(?:年均|年|平均|人均|全年|其|总的?)")
_PER_OUTPUT = re.compile(
    r"(?:万元|单位|每万元)(?:地区|国内)?(?:生产总值|GDP|(?:规模以上|规上)?工业增加值|工业产值|产值|产品)"
)
_RATED = (
    "入学",
    "巩固",
    "升学",
    "入园",
    "出生",
    "死亡",
    "开工",
    "竣工",
    "投产",
    "落地",
    "办结",
    "办复",
    "合格",
    "入户",
)
_WHOSE = re.compile(rf"(?:{_PER_OUTPUT.pattern})(?=[一-鿿])|实际(?:利用|到位)(?=[一-鿿])")
_USED = re.compile(r"能耗|综合能耗|水耗|电耗|用水量|二氧化碳排放量?|碳排放量?|内资|外资|[省市县区境]外资金")
_WHOLES = ("占比", "比重", "增速", "增幅", "总量", "数量", "户数")
# 对经济增长的贡献率: of what?
_SHARED_IN = re.compile(r"对(?!外)[一-鿿]{2,14}(?:贡献率?|拉动率|依存度)$")
# 战略性新兴产业对工业增长贡献率
_GIVEN = re.compile(r"对(?!外)[一-鿿]{2,14}(?:贡献率?|拉动率|依存度)$")
_TITLES = re.compile(r"(?:常住居民|居民|农民)$")


@lru_cache(1)
def _heads() -> re.Pattern[str]:
    words = "|".join(sorted(heads(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:全年|年均|年|人均|亩均|户均|平均|累计|日均|常住居民|居民)*(?:产业|制造业|行业|企业)?(?:{words}))+$"
    )


def ending(name: str) -> str:
    """What a name's last part is that it may share with others: 使用量 of 农药使用量; empty where it has none."""
    match = _heads().search(name)
    return match[0] if match else ""


def known(name: str) -> bool:
    """Whether the lexicon knows a name as it stands."""
    return any(mention.end - mention.start == len(name) for mention in indicators.mentions(name))


def needs_owner(name: str) -> str:
    """Whether a name says too little alone: `own` or `whole` as in figure_heads.tsv, else empty."""
    if _SHARED_IN.match(name):
        return "own"
    bare = _MEAN.sub("", name) if name not in heads() else name
    owner = heads().get(bare, "no")
    if owner == "no":
        # 增加值占比, 产值增速: of whose?
        stem = next((bare.removesuffix(word) for word in _WHOLES if bare.endswith(word)), "")
        owner = "own" if stem in _OUTPUTS else "no"
    return "" if owner == "no" else owner


_MAKERS = ("产业", "产业链", "集群", "行业", "制造业")
_OUTPUTS = ("产值", "营业收入", "主营业务收入", "销售收入", "营收", "增加值")


def made(name: str, before: str, unit: str) -> str:
    """Industries that come to so much money, with what of theirs does: 汽车产业产值超…,绿色食品产业突破1000亿元."""
    output = next((word for word in _OUTPUTS if before.endswith(word)), "")
    return name + output if output and unit.endswith("元") and name.endswith(_MAKERS) else name


def split(text: str, joint: re.Pattern[str] = _JOINT) -> list[str]:
    """The items of a list; joints inside brackets and quotes join nothing."""
    parts, depth, at = [], 0, 0
    position = 0
    while position < len(text):
        character = text[position]
        if character in "(“‘《":
            depth += 1
        elif character in ")”’》":
            depth = max(0, depth - 1)
        elif depth == 0 and (match := joint.match(text, position)):
            parts.append(text[at:position])
            position = at = match.end()
            continue
        position += 1
    parts.append(text[at:])
    return [part.strip() for part in parts if part.strip()]


def items(text: str, count: int) -> list[str] | None:
    """The `count` names a list stands for, each made whole; None where it cannot be told."""
    if count < 1:
        return None
    if (three := _PRIMARY.match(text)) and count == 3:
        return [f"{three[1]}第{n}产业{three[2]}" for n in _NUMERALS]
    if (three := _PRIMARY_ALL.match(text)) and count == 3:
        return [f"{three[1]}第{n}产业{three[2]}" for n in _NUMERALS]
    if (two := _PRIMARY_TWO.match(text)) and count == 2:
        return [f"{two[1]}第{two[2]}产业{two[4]}", f"{two[1]}第{two[3]}产业{two[4]}"]
    if (levels := _LEVELS.match(text)) and len(steps := levels[2].split("、")) == count:
        return [f"{levels[1]}{step}{levels[3]}" for step in steps]
    for joint in (_JOINT, _MILD, _STRONG):
        parts = split(text, joint)
        if len(parts) == count:
            return _whole(parts)
    parts = split(text)
    if len(parts) == count - 1 or (len(parts) == 1 and count == 2):
        return _twins(parts)
    return None


def twin(text: str) -> bool:
    """Whether a name is one word for two things: 城乡居民收入."""
    return len(split(text)) == 1 and any(pattern.match(text) for pattern, _ in _TWIN)


def _twins(parts: list[str]) -> list[str] | None:
    """A list with one word for two: 总资产、存贷款余额 is three."""
    for number, part in enumerate(parts):
        for pattern, (one, other) in _TWIN:
            if match := pattern.match(part):
                pair = [f"{match[1]}{one}{match[2]}", f"{match[1]}{other}{match[2]}"]
                front = parts[:number]
                if (
                    front
                    and needs_owner(one + match[2])
                    and (shared := front[0][: len(front[0]) - len(ending(front[0]))])
                ):
                    pair = [shared + name for name in pair]
                return [*front, *pair, *parts[number + 1 :]]
    return None


_MAKER = re.compile(r"^(?:产业|制造业|行业)(?=[一-鿿]{2})")
_KIND = 2  # characters that tell what kind of thing an item is: 养老保险、医疗保险参保率


def _whole(parts: list[str]) -> list[str]:
    """Items with the ending of the last put to those that have none, and the front of the first to bare endings."""
    last = parts[-1]
    tail = _tail(parts)
    out = []
    common = next((word for word in _WHOLES if last.endswith(word)), "")
    rated = re.search(r"(?:能耗|水耗|电耗|用水量|耗水量|用地量|排放量?|排放强度|碳排放|二氧化碳排放量?)$", last)
    for part in parts[:-1]:
        if rated and _PER_OUTPUT.fullmatch(part):
            out.append(part + rated[0])
            continue
        if common and not part.endswith(_WHOLES) and _complete(part, last):
            out.append(part + common)
            continue
        if part.endswith("存") and last.startswith("贷款"):
            out.append(part + last[1:])  # 存、贷款余额
            continue
        alike = bool(tail) and len(part) > _KIND and part[-_KIND:] == last.removesuffix(tail)[-_KIND:]
        missing = tail and part != tail and not part.endswith(tail) and (alike or not _complete(part, last))
        # 入学、巩固率: a deed has its own rate.
        rate = "率" if tail.endswith("率") and part.endswith(_RATED) else tail
        if missing and part.endswith("业"):
            rate = _MAKER.sub("", rate)  # 装备制造业、高技术制造业增加值
        out.append(part + rate if missing else part)
    if out and (whose := _WHOSE.match(out[0])):
        # 万元地区生产总值能耗、水耗; 实际利用外资、内资
        rest = [whose[0] + part if _USED.fullmatch(part) else part for part in [*out[1:], last]]
        if rest != [*out[1:], last]:
            return [out[0], *rest]
    if out and out[0] != parts[0] and known(last) and (front := _front(out[0])):
        # 主要农作物化肥和农药使用量: the front of the first is the others' as well.
        return [out[0], *(front + part if known(part) else part for part in [*out[1:], last])]
    first = out[0] if out else last
    if out and (people := _PEOPLE.match(first)) and all(part.endswith("率") for part in [*out, last]):
        others = [part if _PEOPLE.match(part) else people[0] + part for part in [*out[1:], last]]
        return [first, *others]
    front = first[: len(first) - len(ending(first))]
    rest = [front + part if front and needs_owner(part) == "own" else part for part in [*out[1:], last]]
    return [first, *rest] if out else [last]


def _front(name: str) -> str:
    """What stands before the indicator a name ends in: 主要农作物 of 主要农作物化肥使用量."""
    found = indicators.head(name)
    front = name[: found.start] if found and not known(name) else ""
    return "" if front.endswith("业") else front


def _complete(part: str, last: str) -> bool:
    """Whether an item has an ending of its own."""
    if known(part):
        return True
    own = ending(part)
    return (
        bool(own) and own not in ("改造", "企业", "项目", "学位", "床位") and not (own == ending(last) and part == own)
    )


def _tail(parts: list[str]) -> str:
    """What the last item shares with the others."""
    last = parts[-1]
    pair = _PAIRS.match(last)
    if pair and any(_PAIRS.fullmatch(part) or _PAIRS.fullmatch(part + "居民") for part in parts[:-1]):
        return last[pair.end() :]
    if pair and any(_PAIRS.match(part) and _TITLES.search(part) for part in parts[:-1]):
        rest = last[pair.end() :]
        return re.sub(r"^(?:常住居民|居民)", "", rest)
    if (given := _GIVEN.search(last)) and given.start():
        return given[0]
    own = ending(last)
    return own if len(own) < len(last) else ""
