"""Which place a report is of: by who gives it and where, else by the place of that rank that it speaks of most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from retrieval.lexicon import places
from retrieval.model import Level, Place
from retrieval.text import fold

__all__ = ["place_of_address", "place_of_name", "place_of_report"]

_UNIT = r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|矿区|省|市|县|区|州|盟|旗)"
_HAN = "[\u4e00-\u9fff]"
_OFFICE = r"(?:代理?|副|常务)*(?:省长|市长|县长|区长|州长|盟长|旗长|专员|主席)"
_STATED = (
    re.compile(rf"(?P<place>{_HAN}{{2,22}}?)第?[一二三四五六七八九十]{{1,3}}届(?:人民代表大会|人大)"),
    re.compile(rf"(?P<place>{_HAN}{{2,22}}?{_UNIT})(?:人民)?代表大会"),
    re.compile(rf"(?P<place>{_HAN}{{1,20}}?{_UNIT})(?:人民政府)?{_OFFICE}"),
    re.compile(rf"代表(?:第?[一二三四五六七八九十]{{1,3}}届)?(?P<place>{_HAN}{{2,20}}?{_UNIT})(?:人民)?政府"),
    re.compile(rf"《(?P<place>{_HAN}{{2,20}}?{_UNIT})国民经济和社会发展"),
    re.compile(rf"关于(?P<place>{_HAN}{{2,20}}?{_UNIT})国民经济和社会发展"),
)
_TITLED = re.compile(rf"(?P<place>{_HAN}{{2,20}}?)(?:人民)?(?:政府)?(?:(?:19|20)\d\d年)?政府工作报告")
# 和县2023年国民经济和社会发展统计公报, 关于宿州市2025年预算执行情况…的报告
_ISSUED = re.compile(
    rf"(?:关于)?(?P<place>{_HAN}{{2,20}}?)(?:人民政府)?(?:关于)?(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{{3}})年[^,。]{{0,24}}?(?:公报|预算|计划|决算|施政)"
)
_REGIONS = re.compile(r"香港|澳门|澳門")
_SIMPLE = {"澳門": "澳门"}
_COUNTRY = re.compile(r"第[一二三四五六七八九十]{1,3}届全国人民代表大会|全国人民代表大会|代表国务院|国务院总理")
# 我代表市人民政府: of which rank the place is that is not named.
_RANK = re.compile(
    r"(?:代表|受)(?:本届|上届|第?[一二三四五六七八九十]{1,3}届)?(?P<rank>自治区|自治州|自治县|省|市|县|区|州|盟|旗)(?:第?[一二三四五六七八九十]{1,3}届)?(?:人民)?政府"
)
_RANKS = {
    "省": (Level.PROVINCE,),
    "自治区": (Level.PROVINCE,),
    "市": (Level.PROVINCE, Level.CITY, Level.COUNTY),
    "州": (Level.CITY,),
    "自治州": (Level.CITY,),
    "盟": (Level.CITY,),
    "县": (Level.COUNTY,),
    "自治县": (Level.COUNTY,),
    "旗": (Level.COUNTY,),
    "区": (Level.COUNTY,),
}
_HEAD = 900
_NAMED = re.compile(rf"^(?P<place>{_HAN}{{2,20}}?)[-_ ]?(?P<year>(?:19|20)\d\d)(?!\d)")
_DATED = re.compile(rf"^(?P<year>(?:19|20)\d\d)年?[-_ ]?(?P<place>{_HAN}{{2,20}}?)(?:人民)?(?:政府)?(?:工作报告|$)")
# A place of the rank that is spoken of less often than this is only mentioned.
_OFTEN = 2
# Where not even the rank is known.
_VERY_OFTEN = 8


def place_of_name(name: str) -> tuple[str, int]:
    """Place and year that a file's name states: 辽阳市-2024, 2025年云南省政府工作报告; empty and 0 where none."""
    stem = fold(PurePosixPath(name).stem)
    for pattern in (_NAMED, _DATED):
        match = pattern.match(stem)
        if match and places.by_name(match["place"].removesuffix("政府工作报告")):
            return match["place"], int(match["year"])
    return "", 0


def place_of_report(title: str, head: str, words: str) -> tuple[Place | None, bool]:
    """The place of a report with `title`, the first lines `head` (captions included) and all its `words`; and whether
    it is named as the report's rather than guessed from how often it is spoken of."""
    top = re.sub(r"[\s*#]+", "", fold(head))[:_HEAD]
    if _COUNTRY.search(top[: _HEAD // 2]) and not _RANK.search(top):
        return places.COUNTRY, True
    title = re.sub(r"\s+", "", fold(title))
    rank = _rank(top)
    for candidate in [*_stated(top), *(m["place"] for m in _TITLED.finditer(title)), *_issuer(title)]:
        found = _tail(candidate, rank)
        if found is not None:
            return found, True
    return _spoken_of(words, rank or _own_word(words)), False


def place_of_address(words: str) -> Place | None:
    """The region that gives an address on policy: it is the one of those that do that the text speaks of first."""
    region = _REGIONS.search(words)
    return places.by_name(_SIMPLE.get(region[0], region[0]))[0] if region else None


def _issuer(title: str) -> Iterator[str]:
    """The place whose budget, plan or communiqué a title says it is."""
    if match := _ISSUED.match(title):
        yield match["place"].removeprefix("关于")


def _stated(text: str) -> Iterator[str]:
    for pattern in _STATED:
        for match in pattern.finditer(text):
            yield match["place"]


def _rank(text: str) -> str:
    match = _RANK.search(text)
    if match:
        return match["rank"]
    match = re.search(r"(省长|市长|县长|州长|盟长|旗长|自治区主席)", text)
    return match[1].removesuffix("长").removesuffix("主席") if match else ""


def _own_word(words: str) -> str:
    """What the report calls itself all the time: 全市, 我省, 全区."""
    own = Counter(re.findall(r"[全我](省|市|县|区|州|盟|旗)", words)).most_common(1)
    if not own or own[0][1] < _OFTEN:
        return ""
    return "自治区" if own[0][0] == "区" and "自治区" in words else own[0][0]


def _tail(text: str, rank: str) -> Place | None:
    """The unit a phrase ends with: 日在辽阳市 → 辽阳市; with its parent before it where there are several."""
    text = re.sub(r"([省市县区州])\1$", r"\1", text)
    for start in range(len(text) - 1):
        found = [unit for unit in places.by_name(text[start:]) if unit is not places.COUNTRY and _of_rank(unit, rank)]
        if found and (len(text) - start > 2 or text[start:][-1] in "省市县区州盟旗"):
            before = text[:start]
            return next((unit for unit in found if unit.parents and before.endswith(unit.parents[0])), found[0])
    return None


def _of_rank(unit: Place, rank: str) -> bool:
    return not rank or unit.level in _RANKS.get(rank, ())


def _spoken_of(words: str, rank: str) -> Place | None:
    """The place of the rank, or of any where it is not known, that is named most; full names count twice."""
    levels = _RANKS.get(rank, (Level.PROVINCE, Level.CITY))
    counts: Counter[Place] = Counter()
    for mention in places.mentions_in_prose(words):
        units = [unit for unit in mention.candidates if unit.level in levels and _ends(unit.name, rank)]
        # 范县 and 林县 stand in 示范县 and 园林县城.
        if units and len(units[0].name) > 2:
            counts[units[0]] += 2 if mention.surface == units[0].name else 1
    best = counts.most_common(2)
    # Of provinces there are few: one is named only where it is meant.
    few = 1 if rank in ("省", "自治区") else _OFTEN if rank else _VERY_OFTEN
    if not best or best[0][1] < few or (len(best) > 1 and best[1][1] * (1 if rank else 2) >= best[0][1]):
        return None
    return best[0][0]


def _ends(name: str, rank: str) -> bool:
    return name.endswith(rank) or (rank == "州" and name.endswith("自治州"))
