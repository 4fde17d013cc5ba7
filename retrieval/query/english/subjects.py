"""What the clauses of an English question share: subjects, classifiers, the words for how something changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.lexicon import indicators
from retrieval.query.english.phrasing import Glosses, listed, said
from retrieval.query.english.reading import Unit

__all__ = [
    "CHANGE",
    "HALVES",
    "MONEY",
    "UNIT_WORD",
    "WHOLES",
    "averaged",
    "bare",
    "classifier",
    "counter_of",
    "each",
    "first",
    "line",
    "measured",
    "merged",
    "parted",
    "per_head",
    "spread",
    "status_of",
    "subjects",
    "way_of",
    "without",
    "yearly_of",
]

CHANGE = frozenset({"rise", "fall", "rate", "change"})


# What shares are of where nothing else is said.
WHOLES = {"世界": "全球", "全球": "全球", "全国": "全国", "全省": "全省", "国家": "全国"}
MONEY = re.compile(r"支出|投入|花费|收入|投资|资金|经费|补贴|贷款|税|费用|成本")


_MEASURED = re.compile(
    r"[率额值量数长能力]$|比重|占比|目标|收入|支出|人口|水平|价格|标准|浓度|面积|规模|余额|资金|投资|指数|里程|覆盖|普及"
)


_PEOPLE = re.compile(
    r"(?:人数|人口|人员|人|人才|居民|游客|旅客|学生|毕业生|教师|医生|老人|老年人|职工|农民|农民工|工人|劳动力|志愿者|儿童|党员|干部|就业|岗位|运动员|代表)$"
)


_CLASSIFIERS = (
    (re.compile(r"(?:企业|公司|机构|银行|市场主体|个体工商户|商户|商店)$"), "家"),
    (re.compile(r"(?:学校|医院|幼儿园|小学|中学|高校|大学|学院)$"), "所"),
    (re.compile(r"(?:住房|房屋|住宅|公租房|廉租房|安置房)$"), "套"),
    (re.compile(r"(?:汽车|车辆|公交车|出租车)$"), "辆"),
    (re.compile(r"天数$"), "天"),
    (re.compile(r"床位$"), "张"),
    (re.compile(r"(?:航线|线路|专线|生产线|高速公路)$"), "条"),
    (re.compile(r"(?:班列|列车)$"), "列"),
)


UNIT_WORD = {"人数": "人", "people": "人", "persons": "人", "days": "天", "times": "次", "households": "户"}


def without(units: Sequence[Unit], *roles: str) -> list[Unit]:
    """The units of other roles than these."""
    return [unit for unit in units if unit.role not in roles]


def first(units: Sequence[Unit], *roles: str) -> Unit | None:
    """The first unit of one of these roles."""
    return next((unit for unit in units if unit.role in roles), None)


def parted(body: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The noun phrase an interrogative belongs to, and what is said of it: tourists | did … receive."""
    for number, unit in enumerate(body):
        if unit.role in ("aux", "target", "accounts") or (number and unit.role in ("own", "actual")):
            return list(body[:number]), list(body[number:])
    return list(body), []


def status_of(units: Sequence[Unit]) -> str:
    """目标, 计划 or 实际 where the units tell."""
    found = first(units, "target", "actual")
    return found.chinese if found else ""


def bare(units: Sequence[Unit]) -> list[Unit]:
    """Units without those that only tell what is asked, and without verbs that say nothing."""
    return without(
        units,
        *CHANGE,
        "target",
        "actual",
        "aux",
        "light",
        "head",
        "more",
        "less",
        "average",
        "yearly",
        "total",
        "each",
        "own",
        "rank",
        "scope",
        "yoy",
        "than",
        "start",
        "both",
        "newly",
        "percap",
        "short",
        "beyond",
        "upto",
        "request",
        "whole",
    )


def subjects(units: Sequence[Unit], glosses: Glosses) -> str:
    """The items of a noun phrase in one: 二氧化硫排放和氮氧化物排放."""
    found = [said(item, glosses) for item in listed(bare(units))]
    found = _with_halves(list(dict.fromkeys(item for item in found if item)))
    if first(units, "percap") and not found:
        return "人均"
    if first(units, "percap"):
        found = [per_head(item) for item in found]
    return "和".join(found)


HALVES = frozenset({"城镇", "农村", "城市", "乡村"})


def _with_halves(found: list[str]) -> list[str]:
    """低保标准, 城镇 and 农村 as 城镇低保标准 and 农村低保标准."""
    halves = [item for item in found if item in HALVES]
    others = [item for item in found if item not in HALVES]
    return [half + other for other in others for half in halves] if halves and others else found


def per_head(words: str) -> str:
    """A quantity for each person: 人均 before its last word."""
    if "人均" in words:
        return words
    front, _, last = words.rpartition(" ")
    return f"{front} 人均{last}".strip()


def spread(deeds: str, thing: str) -> str:
    """A thing asked of several at once: income | urban residents and rural residents."""
    return "和".join(merged(deed, thing) for deed in deeds.split("和"))


def each(subject: str) -> str:
    """分别 where several things are named."""
    return "分别" if "和" in subject or "、" in subject else ""


def way_of(units: Sequence[Unit], default: str = "增长") -> str:
    """How something changed: 增长, 下降."""
    found = first(units, "rise", "fall", "rate", "change")
    if found is None:
        return default
    return "增长" if found.role in ("rate", "change") else found.chinese


def yearly_of(units: Sequence[Unit]) -> str:
    """年均 where a growth is one of every year."""
    return "年均" if first(units, "yearly", "average") and first(units, *CHANGE) else ""


def averaged(units: Sequence[Unit], subject: str) -> str:
    """The subject with 平均 or 年均 where no growth is meant."""
    if first(units, *CHANGE):
        return subject
    if first(units, "average"):
        return f"平均{subject}" if not subject.startswith(("平均", "人均")) else subject
    return f"年均{subject}" if first(units, "yearly") and not subject.startswith("年均") else subject


def counter_of(units: Sequence[Unit]) -> str:
    """The unit of a quantity that a noun phrase begins with: tonnes of grain."""
    for unit in units:
        if unit.role == "counter":
            return unit.chinese
        if unit.said in UNIT_WORD:
            return UNIT_WORD[unit.said]
        if unit.role not in ("more", "less", "det", "newly") and unit.chinese != "新增":
            break
    return ""


def classifier(noun: str) -> str:
    """What a thing is counted in."""
    for word in reversed(noun.split()):
        if _PEOPLE.search(word):
            return "人"
        if found := next((name for pattern, name in _CLASSIFIERS if pattern.search(word)), ""):
            return found
    return "个"


def merged(deed: str, thing: str) -> str:
    """A verb and what it is done to, each word once: 建设 5G基站."""
    kept = [word for word in deed.split() if word not in thing]
    return " ".join([*kept, *[word for word in thing.split() if all(word not in other for other in kept)]])


def line(*parts: str) -> str:
    """The parts that say something, single spaces between."""
    return " ".join(part for part in parts if part)


def measured(text: str) -> bool:
    """Whether the words name something that has a figure."""
    return bool(indicators.mentions(text) or _MEASURED.search(text) or MONEY.search(text))
