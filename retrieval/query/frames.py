"""What a question measures by: a place named only as what another one is measured in (承德在河北省里排第几,
松原占吉林省的比重), and one indicator by another (GDP增速比财政收入增速高多少).

Reports of the place inside call it 全省 or 全市; so does the question from here on, which then is about one place.
"""

from __future__ import annotations

import re

from retrieval.lexicon import indicators, places
from retrieval.model import Level

__all__ = ["framed", "gaps", "set_apart"]

_BEFORE = re.compile(r"(?:在|于|占到?|占了|居|列|排|位列|位居|比)(?:了)?(?:全|整个)?\s*$")
_AFTER = re.compile(
    r"(?:全省|全区|全市|省|市)?(?:之?[里内中]|范围|当中|境内|各市|各地|所有|排|第几|第一|位次|的?名次|的?比重|的?份额|的?总量|的?占比|的?平均|的?几成|的?几分之|几成|几分之|"
    r"占比|比重|的[^,，。?？]{1,12}(?:的?比重|的?占比|的?份额|的?几成|的?几分之|排第))"
)
_SHARE = re.compile(r"占比|占多少|比重")
_CALLED = {Level.PROVINCE: "全省", Level.CITY: "全市"}


def framed(text: str) -> str:
    """`text` with such a place named as the place inside it names it."""
    mentions = places.mentions(text)
    for outer in reversed(mentions):
        names = {unit.name for unit in outer.candidates if unit.level in _CALLED}
        inside = [
            other for other in mentions if other is not outer and any(names & set(u.parents) for u in other.candidates)
        ]
        if not inside or not _frames(text, outer, inside):
            continue
        unit = next(u for u in outer.candidates if u.name in names)
        called = "全区" if unit.name.endswith("自治区") else _CALLED[unit.level]
        text = text[: outer.start] + called + text[outer.end :]
    return text


def _frames(text: str, outer: places.PlaceMention, inside: list[places.PlaceMention]) -> bool:
    before, after = text[: outer.start], text[outer.end :]
    if min(abs(other.start - outer.end) for other in inside) <= 1:
        return False  # 河北承德: only says where it lies
    if outer.surface.isascii():
        return bool(_SHARE.search(text))
    return bool(_BEFORE.search(before) and (_AFTER.match(after) or before.rstrip().endswith(("占", "占到", "占了"))))


_THAN = re.compile(
    r"比(?P<other>[^,，。?？比]{2,16}?)(?:要|还)?(?:高|低|快|慢|多|少|大|小)(?:出|了)?(?:多少|几)(?:个(?:百分)?点)?"
)


# 比全省、全国分别高出多少个百分点
_GAP = re.compile(
    r"比(?P<over>(?:全[国省市区州]|我省|我市)(?:平均)?(?:水平)?(?:[、和](?:全[国省市区州])(?:平均)?(?:水平)?)*)(?:各|分别|要|还)*"
    r"(?P<way>[高快低慢])(?:出|于|了|过)*(?:多少|几)(?:个?百分点|个点)"
)
_WIDER = re.compile(r"(?:全[国省市区州]|我省|我市)")


def gaps(text: str) -> str:
    """`text` with a gap to the country's or the province's mean named as reports name it: 高于全国平均."""

    def named(match: re.Match[str]) -> str:
        way = "低" if match["way"] in "低慢" else "高"
        return "、".join(f"{way}于{over}平均多少个百分点" for over in _WIDER.findall(match["over"]))

    return _GAP.sub(named, text)


def set_apart(text: str) -> str:
    """`text` with two indicators that are held against each other asked for one by one: the reports state each."""
    match = _THAN.search(text)
    if match is None or places.mentions(match["other"]):
        return text
    before, other = text[: match.start()], match["other"]
    # Of 第三产业增速比第二产业快多少 reports state the difference itself.
    if not indicators.mentions(other) or not (_RATE.search(before) and _RATE.search(other)):
        return text
    return f"{before}、{other}各是多少{text[match.end() :]}"


_RATE = re.compile(r"(?:增速|增幅|涨幅|增长率|比重)$")
