"""Which places a question sets side by side: listed, compared with one another, or a group of a kind."""

from __future__ import annotations

import re
from itertools import pairwise

from retrieval.lexicon import groups
from retrieval.model import Level
from retrieval.query.across_values import Group
from retrieval.query.across_years import asked_years
from retrieval.query.content import content
from retrieval.query.values import Query
from retrieval.query.wording import SENTENCE_IN_LATIN

__all__ = ["group_of", "joined_places", "set_apart_places"]


_PAIR = 2
_SIDE = re.compile(r"对比|相比|比较|比一比|谁|哪个|差距|相差|\b(?:compare|versus|vs)\b", re.IGNORECASE)
# What may stand between places named as a list.
_JOIN = re.compile(
    r"\s*(?:(?:[一二两三四五六七八九十]|\d{1,2})(?:个)?(?:地级市|省会|城市|省区市?|省份?|市州?|州|县|区)(?=\s*[、,和与跟及同]))?\s*"
    r"(?:、?还有|[,、]?(?:再)?加上|[、,/和与跟及同比或]|以及|还有|还是|或者|或是|vs\.?|对比|相比|两?市|两?省)*\s*",
    re.IGNORECASE,
)
# Highest first.
_RANKS = tuple(Level)
_GROUPED = (
    r"(?:各个?|哪些|哪几个|哪个|几个|所有|全部|每个|\d+个|多少个|"
    r"(?:最[高低快慢多少大小好差猛强]|垫底|前[一二三四五六七八九十\d]+|[领]先)的?前?[一二两三四五六七八九十]+个)"
)
# 增速不到5%的省: at the end of what is said of them.
_END = r"(?=\s*(?:$|[,。?!]|有|是|都|共|一共))"
_LEVELS = (
    (
        Level.PROVINCE,
        re.compile(
            rf"{_GROUPED}(?:省(?!会)|直辖市|自治区)|省(?:有|是)哪|的省{_END}|省级|省份|各地区|省区市|"
            r"\bprovinces\b|\b(?:which|what) province\b",
            re.IGNORECASE,
        ),
    ),
    (
        Level.CITY,
        re.compile(
            rf"{_GROUPED}(?:地级|地)?(?:城?市|地市|州市|州|盟)|市(?:有|是)哪|的(?:地级)?(?:市|市州|州市|地市)(?:里|中|当中)|"
            rf"的(?:城市|市州?){_END}|地级市|\bcities\b|\bwhich city\b",
            re.IGNORECASE,
        ),
    ),
    (Level.COUNTY, re.compile(r"(?:各|哪些|哪几个|哪个|所有|全部)(?:县|区|旗)")),
)
# 常州有多少家、无锡有多少家: the same is asked of each.
_ASKED_OF_EACH = re.compile(r"\s*(?:又|各)?(?:有|是|为)?(?:多少|几)[一-鿿]{0,2}[、,]\s*")
_LIST_OF = re.compile(r"[:(]\s*$|这?[几\d一二两三四五六七八九十]+[个座家地][^,。;?]{0,8}$")
_THAN_PLACE = re.compile(r"比(?:起)?\s*$")
_WITH_PLACE = re.compile(r"[跟和与同]\s*$")
_COMPARED_WITH = re.compile(r"\s*(?:相比|比|对比|差|谁|哪|的?差距|放一|摆一)")
_AGAIN = re.compile(r"呢|多少|几|如何|怎么样|又|也")


def group_of(query: Query, said: str, places: tuple[int, ...]) -> Group | None:
    """The group that a question asks about (哪些省, 湖南各市, 省会); None where its `places` are listed."""
    if len(places) > 1:
        return None
    within = ""
    if len(query.places) == 1:
        within = query.places[0][0].name
        if query.places[0][0].level not in (Level.PROVINCE, Level.CITY, Level.COUNTRY):
            return None
    elif query.places:
        return None
    if (named := _named_group(query, said)) is not None:
        if within and query.places[0][0].level is Level.CITY:
            if "place" not in query.carried:
                return None  # 长春在副省级城市中: one of them
            within = ""
        return Group(named.level, "" if within == "全国" else within, named.places)
    for level, pattern in _LEVELS:
        if pattern.search(said):
            # A place taken over from the last question holds no provinces, a city no cities: all of them are meant.
            if within and "place" in query.carried and _RANKS.index(level) <= _RANKS.index(query.places[0][0].level):
                within = ""
            if within and level is Level.PROVINCE and within != "全国":
                return None
            return Group(level, "" if within == "全国" else within)
    return None


def _named_group(query: Query, said: str) -> groups.NamedGroup | None:
    """The group of the table that a question names, outside the names of places (内蒙古自治区)."""
    for word in query.place_words:
        said = said.replace(word, " " * len(word))
    found = [(said.lower().find(word), group) for group in groups.load() for word in group.said if word in said.lower()]
    found += [
        (match.start(), group)
        for group in groups.load()
        for word in group.counted
        if (match := re.search(rf"{_GROUPED}大?{word}|{word}(?=里|中|当中|之间|谁|哪)", said))
    ]
    if not found:
        return None
    at, group = min(found, key=lambda item: item[0])
    # 各省(直辖市也算): named only beside the others.
    others = (match.start() for _, pattern in _LEVELS if (match := pattern.search(said)))
    return group if all(at <= other for other in others) else None


def joined_places(query: Query) -> tuple[int, ...]:
    """The places named as one list, without those that only say where the others lie (湖南的长沙)."""
    if not query.places:
        return ()
    if not query.place_spans:
        return tuple(range(len(query.places)))  # taken over from the question before
    if SENTENCE_IN_LATIN.search(query.question) and (listed := _in_translation(query)):
        return listed
    if _THESE_PLACES.search(query.rest) and (several := _distinct(query)):
        return several
    return _later_list(query) or _first_list(query)


def _in_translation(query: Query) -> tuple[int, ...]:
    """The places of a translation, which sets its words between them; in China says where all of them lie."""
    own = [n for n, units in enumerate(query.places) if all(unit.level is not Level.COUNTRY for unit in units)]
    apart = not any(_inside(query, one, other) for one in own for other in own if one != other)
    return tuple(own) if len(own) > _PAIR and apart else ()


def _first_list(query: Query) -> tuple[int, ...]:
    """The list that begins with the first place."""
    run, joins = [0], list[str]()
    for number in range(1, len(query.places)):
        gap = query.rest[query.place_spans[number - 1][1] : query.place_spans[number][0]]
        if len(run) == 1 and _LIST_OF.search(gap) and _inside(query, run[0], number):
            # 湖南这几个地方…:岳阳、永州; 黑龙江四座煤城(鸡西、鹤岗): the places listed, and not where they lie.
            run = [number]
            continue
        if not gap and query.rest.startswith("港", query.place_spans[number][1]):
            continue  # 宁波舟山港
        if _same(query, run[-1], number) or (_inside(query, number, run[-1]) and gap.strip() in ("", "(", ",")):
            continue
        if _inside(query, run[-1], number) and gap.strip() in ("", "的", "省", "市", "下辖", "下辖的"):
            run[-1] = number
        elif _JOIN.fullmatch(gap) or _ASKED_OF_EACH.fullmatch(gap) or (len(run) == 1 and _beside(query, number, gap)):
            run.append(number)
            joins.append(gap.strip())
        elif len(run) == 1:
            return (0, 1) if len(query.places) == _PAIR and _asked_again(query) else (0,)
        else:
            break
    behind = query.rest[query.place_spans[run[-1]][1] :]
    if joins and joins[0] in ("跟", "与", "同", "和") and "、" in joins and not _COMPARED_WITH.match(behind):
        return (0,)  # 吉安跟赣州、东莞…: one of them speaks of the others
    return tuple(run)


# 2023年这两个地方…: all places named, wherever.
_THESE_PLACES = re.compile(
    r"这(?:两|俩|三|四|五|几)个?(?:地方|地|城市|城|市|省份?|家|县|区)|两(?:地|市|省)(?=[,。?]|各|分别|谁|哪)"
)


def _distinct(query: Query) -> tuple[int, ...]:
    """The first mention of each place, where several are named that do not lie in one another; else nothing."""
    firsts: list[int] = []
    for number in range(len(query.places)):
        if not any(_same(query, number, other) for other in firsts):
            firsts.append(number)
    nested = any(_inside(query, one, other) for one in firsts for other in firsts if one != other)
    return tuple(firsts) if len(firsts) > 1 and not nested else ()


def _later_list(query: Query) -> tuple[int, ...]:
    """A list of three places and more behind one that all of them lie in: 黑龙江煤城…,请列出鹤岗、七台河、鸡西."""
    if len(query.places) <= _PAIR + 1 or not all(_inside(query, 0, n) for n in range(1, len(query.places))):
        return ()
    gaps = [query.rest[one[1] : other[0]] for one, other in pairwise(query.place_spans[1:])]
    return tuple(range(1, len(query.places))) if all(map(_JOIN.fullmatch, gaps)) else ()


def _beside(query: Query, number: int, gap: str) -> bool:
    """Whether a place is one that another is compared with: 柳州的生产总值跟抚州比, 昆明比贵阳."""
    behind = query.rest[query.place_spans[number][1] :]
    return bool(_THAN_PLACE.search(gap)) or bool(_WITH_PLACE.search(gap) and _COMPARED_WITH.match(behind))


def _asked_again(query: Query) -> bool:
    """Whether the second place stands in a clause that names nothing else: 2023年山东GDP多少，福建呢."""
    country = any(place.level is Level.COUNTRY for candidates in query.places for place in candidates)
    if country or _inside(query, 1, 0):
        return False  # 在全国排第几: where the first stands among others
    start, end = query.place_spans[1]
    pieces = list(re.finditer(r"[^,。;?!]+", query.rest))
    own = next((piece for piece in pieces if piece.start() <= start < piece.end()), None)
    if own is None or own.start() <= query.place_spans[0][0]:
        return False
    rest = query.rest[own.start() : start] + query.rest[end : own.end()]
    return not content(rest) and bool(_AGAIN.search(rest))


def set_apart_places(query: Query, said: str) -> bool:
    """Whether two places are set side by side though one lies in the other: 江西省 赣州市 2024年 …对比."""
    if len(query.places) != 2 or len(query.place_spans) != 2 or len(asked_years(query)) > 1:
        return False
    gap = query.rest[query.place_spans[0][1] : query.place_spans[1][0]]
    return not gap.strip() and bool(gap) and bool(_SIDE.search(said))


def _same(query: Query, one: int, other: int) -> bool:
    return bool({place.name for place in query.places[one]} & {place.name for place in query.places[other]})


def _inside(query: Query, outer: int, inner: int) -> bool:
    names = {place.name for place in query.places[outer]}
    return any(names & set(place.parents) for place in query.places[inner])
