"""What figures a question across reports asks for: the question without the words that set places and years side by
side."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.lexicon import groups, indicators, numerals, units
from retrieval.model import Measure, Status
from retrieval.query import asks as asking
from retrieval.query.across_years import BOTH_YEARS, based
from retrieval.query.bounds import Bound, without_numbers
from retrieval.query.content import content
from retrieval.query.operations import Operation, operation, without_operations
from retrieval.query.slots import is_keywords, slots
from retrieval.query.values import Ask, Query, Slot
from retrieval.query.wording import KEPT, SENTENCE_IN_LATIN

__all__ = ["BY_HOW_MUCH", "common_slots"]

# 多多少, 少了几个亿, 差多少: how far two amounts are apart.
BY_HOW_MUCH = re.compile(
    r"(?:(?<![很最更太这那许])[多少](?:了|出了?)?|差(?:了|得)?)(?:多少|几)(?!个?百分点|个点)(?:个?[十百千]?[万亿]+)?"
)

_SHAPE_WORDS = re.compile(
    r"最[高低大小]值|算一?算|跑赢了?|最[猛狠强]|地级市|城市(?=有|里|中|是|共|一共|$|[\s,。?])|"
    rf"(?:连续|接连|连着)[{numerals.PLAIN}\d]+年|"
    r"(?:最(?:高|低|快|慢|多|少|大|小|好|差)|垫底|倒数|排)的?(?:前|后)?(?:\d+|[一二两三四五六七八九十])(?:个|名|位|家|座|省|市)|"
    r"还是|或者|有哪些|有哪几个|负增长|正增长|怎么样|咋样|怎样|啥样|如何|一览表?|开始(?=[每历逐各\s])|至今|到现在|(?<=[产值入P出额业])比(?![重例率])|"
    r"从高到低|从低到高|由高到低|由低到高|从大到小|从小到大|怎么排|如何排|排个?[序名]|排列|排名(?=$|[^第])|倒数|"
    r"按?字面|谁|哪(?:几|一|些)?(?:个|边|家|座|里|儿)?(?:省级(?:地区|行政区|单位)?|省份|省会|省区|省市|城市|地方|地区|省|市|年)?|最(?=高|低|快|慢|多|少|大|小|好|差)|"
    r"(?:[跌涨增降升长])(?:得|的)?(?:那么|这么|更|比较|最)?(?:快|慢|狠|猛|多(?!少)|少|厉害)|一个[跌涨增降升减]\S?一个[跌涨增降升减]\S?|"
    r"[\u4e00-\u9fff]{1,5}那一?年|(?:更|比较|最|谁|省|市)(?:高|低|快|慢|多|少|大|小|好|差|强)|"
    r"差得多|(?:相差|差得?(?:出|了)?)(?:多少|几)(?:个?百分点)?|差距(?:有)?(?:多少|几个?百分点|多大)?|相差|对比|比较|比一比|(?:[快慢高低多少][下起上][来去]|(?:高|低|快|慢|多|少)(?:出|了)?)(?:多少|几)(?:个?百分点)?|[快慢高低][下起上][来去]|(?:前|后)(?:\d+|[一二两三四五六七八九十])(?:名|位|个)?(?=$|[\s,。?的])|[涨升增跌降]?得?(?:那么|这么)(?:猛|快|慢|高|低|多|少|大|小|狠|好|差)|历年|逐年|每一?年|各年度?|年年|分年度|"
    r"一年比一年[好差高低快慢]?|走势|趋势|变化(?:情况|趋势|过程)?|这(?:几|些|\d+|[两三四五六七八九十]+)年|(?:上世纪|本世纪|[二三四五六七八九]十年代)+|列(?:一下|出来?|个表?)|给我|"
    r"的?(?:地级)?[省市县]里|(?:[一二两三四五六七八九十]+|(?<![\d.A-Za-z])\d+)(?:个)?(?:省会城市|省会|省级地区|省区市|省区|城市|省份|地市|地方|地区|兄弟|省|市|地|年(?!级))(?![\u4e00-\u9fff]*化)|"
    r"你?(?:手上|手头|收录|库里|资料库)(?:了|的)*|以.{0,8}为准|(?:各|所有|全部)?省级?(?:地区|单位|行政区)?(?=\(|里|中|的|$|\s)|各省(?:份|区市)?|各(?:市州|州市|地州市?|盟市|地?市)|哪一?个?年份?|省份|省会(?:城市)?|"
    r"\((?:含|包括|不含)[^()]*\)|不算|不计|成?区间的?|的?说法|其他|其余|vs\.?|兑现|达标|达成|算不算|"
    rf"(?:{KEPT})(?:了)?(?:吗|没有?|么|数|率|情况|与否)?|没有?(?=$|[\s,。?])|任务|承诺|结果|控制|最后|最终|实绩|年初|说要|(?:压|控|守|稳|保)在|(?<!规模)(?<!限额)以[内上下]|左右|"
    r"过了?(?=\s{2,})|冲破|突破|跨过|站上|迈上|不?超过|不?高于|不?低于|超|达标|意思|各(?=[减增涨降升开定新达完])|同期|排第?|垫底|领先|速度",
    re.IGNORECASE,
)
_GROWING = re.compile(
    r"跑得?(?:最|更|比较)?(?:快|慢)|[涨增长升](?:得|的|了)?(?:那么|这么|更|比较|最)?(?:快|慢|猛|多(?!少)|少)|一个[跌涨增降升减]\S?一个[跌涨增降升减]|增速|增幅|涨幅|涨了|增长|多快|[快慢]下来|\bgr[eo]w|\bfaster\b|\bfastest\b|\bslower\b|\bslowest\b"
)
_FALLING = re.compile(r"[跌降减缩](?:得|的|了)?(?:更|比较|最)?(?:快|慢|狠|猛|多(?!少)|少|厉害)")
_BARE_UNIT = re.compile(
    r"(?:(?<=[\s(])|^)([十百千万亿]*(?:元|美元|斤|吨|亩|人|人次|公里|平方米|标箱|%)|[万亿]+)(?=[\s)]|$)"
)
# 谁的进出口多: how it is compared, at the end of a clause.
_BETTER = re.compile(r"(?<![多更比])(?:高|低|快|慢|多|少|大|小|强)(?=[\s,。?]|$)")
# 脱贫人数: what is counted, not a word that reports put beside it.
_HEADS = re.compile(r"(人数|户数|家数|数量|总数)(?=$|[\s,。?的和与、])")
_HEAD_UNIT = {"人数": "人", "户数": "户", "家数": "家", "数量": "", "总数": ""}
_SCALED = re.compile(
    r"(多少|几)([十百千]?[万亿])(?=[一-鿿])(?![元人吨亩斤户家个台套件株头只辆列册度]|公[里顷]|平方|立方|美元|千瓦|标箱)"
)
_ECONOMY = re.compile(r"经济(?:总量|规模|体量|盘子|大盘|增长)?")


def common_slots(query: Query, limits: tuple[Bound, ...]) -> tuple[Slot, ...]:
    """The figures asked of each place and year: the question without the words about how to set them side by side."""
    rest = query.rest
    growing, falling = bool(_GROWING.search(rest) or _GROWING.search(query.question)), bool(_FALLING.search(rest))
    rest = re.sub(r"(?:其他|其余|别的).{0,20}?(?=[,。;?]|$)", _blank, rest)
    rest, counted = without_numbers(rest)
    unit = counted if counted not in ("%", "") or not growing else ""
    for pattern in (_SCALED, _BARE_UNIT):
        if match := pattern.search(rest):
            unit = unit or match[2 if pattern is _SCALED else 1]
            rest = _blanked(rest, match.span(2 if pattern is _SCALED else 1))
    rest = BY_HOW_MUCH.sub(_blank, without_operations(_without_groups(rest)))
    rest = _SHAPE_WORDS.sub(_blank, rest)
    if SENTENCE_IN_LATIN.search(query.question):
        rest = re.sub(r"[高低]等|交付", _blank, rest)  # higher, lower, deliver
    if re.search(r"谁|哪", query.rest):
        rest = _BETTER.sub(_blank, rest)
    if match := _HEADS.search(rest):
        unit = unit or _HEAD_UNIT[match[1]]
        rest = _HEADS.sub(_blank, rest)
    for start, end in query.place_spans:
        rest = _blanked(rest, (start, end))
    bare = replace(
        query,
        rest=rest,
        places=(),
        place_words=(),
        place_spans=(),
        asks=asking.asks(rest) or (query.asks if query.follows else ()),
        content=content(rest) or (query.content if query.follows else ""),
    )
    found = slots(bare)
    ask = _common_ask(query, found, unit, growing=growing, falling=falling)
    return _as_asked(query, rest, found, ask, _status(query, limits))


def _without_groups(rest: str) -> str:
    """`rest` without the names of groups of places, which measure nothing."""
    for group in groups.load():
        for word in (*group.said, *group.counted):
            rest = re.sub(rf"{_NUMBERED}{re.escape(word)}", _blank, rest, flags=re.IGNORECASE)
    return rest


# 六个省会.
_NUMBERED = r"(?:(?:[一二两三四五六七八九十]+|(?<![\d.])\d+)(?:个|座|家)?)?"


def _common_ask(query: Query, found: tuple[Slot, ...], unit: str, *, growing: bool, falling: bool) -> Ask:
    """The kind of figure asked of every place and year."""
    kinds = [slot.ask for slot in found if slot.ask != Ask()]
    ask = next((kind for kind in kinds if kind.measure), kinds[0] if kinds else Ask())
    rated = ask.measure is Measure.SHARE and bool(SENTENCE_IN_LATIN.search(query.question))
    # 比2019年还少了点,两年各是多少: how the years differ is no growth that is asked for.
    apart = bool(BOTH_YEARS.search(query.rest)) and based(query) > 0
    if (ask.measure is None or rated) and (growing or falling) and not apart and ask.unit in ("", "%", "个百分点"):
        ask = Ask(Measure.GROWTH, ask.unit, -1 if falling and not growing else 0)
    worked_out = operation(query.rest)
    amount = worked_out in (Operation.SUM, Operation.MEAN, Operation.TIMES, Operation.PORTION)
    amount = amount or bool(_LARGEST.search(query.rest) or BY_HOW_MUCH.search(query.rest))
    if (
        query.status is None
        and ask == Ask()
        and not unit
        and amount
        and _amounts(_ANYONES.sub(_ALL_PEOPLE, query.content))
    ):
        # 哪个省GDP最高, 各市GDP合计 ask for the amount, not for how fast it grew.
        ask = Ask(Measure.LEVEL)
    return replace(ask, unit=ask.unit or unit, end="")


def _as_asked(query: Query, rest: str, found: tuple[Slot, ...], ask: Ask, status: Status | None) -> tuple[Slot, ...]:
    """The slots found, as far as they are figures of their own; else one for all of their words."""
    if not _TOWNS.search(rest) and not _COUNTRY.search(rest) and "城乡" not in rest:
        # 居民收入 of a place that tells it as one.
        found = tuple(replace(slot, words=_OF_HALF.sub("居民", slot.words)) for slot in found)
    found = _distinct(tuple(half for slot in found for half in _halved(slot)))
    words = [slot.words for slot in found if slot.words]
    if len(found) == len(_HALVES) and all(w.startswith(half) for w, half in zip(words, _HALVES, strict=False)):
        return tuple(replace(slot, context="", ask=ask, status=status) for slot in found)
    spoken = words if any(map(indicators.mentions, words)) else [query.before]
    named = {m.indicator.id: word[m.start : m.end] for word in spoken for m in indicators.mentions(word)}
    both = _BOTH_KINDS.search(query.rest) or _BOTH_ENGLISH.search(query.question) or _and_its_rate(query.rest)
    if len(named) == 1 and ask.measure in (None, Measure.LEVEL, Measure.GROWTH) and both:
        name = _name(next(iter(named.values())), ask)
        return Slot(name, "", Ask(Measure.LEVEL), status), Slot(name, "", Ask(Measure.GROWTH, "", 1), status)
    if len(dict.fromkeys(words)) > 1 and not is_keywords(query.text) and _several(rest, words):
        return tuple(
            Slot(_name(s.words, s.ask), "", s.ask if s.ask != Ask() else ask, status) for s in found if s.words
        )
    if len(found) > 1 and len(set(words)) == 1 and not is_keywords(query.text):
        return tuple(_sized(Slot(_name(s.words, s.ask), "", s.ask, status)) for s in found)
    merged = _merged(words, found)
    if query.glosses or SENTENCE_IN_LATIN.search(query.question):
        # Of a translation the words that name an indicator are sure, the others are not.
        merged = " ".join(word for word in merged.split() if indicators.mentions(word)) or merged
    return (Slot(_name(merged, ask), "", ask, status),)


_LARGEST = re.compile(r"最[高大多]")


def _amounts(words: str) -> bool:
    """Whether all indicators named are amounts."""
    named = [mention.indicator.unit for mention in indicators.mentions(words)]
    return bool(named) and all(units.kind(unit) != "rate" for unit in named)


def _sized(slot: Slot) -> Slot:
    """A slot whose words ask for an amount asks for no growth: GDP规模."""
    if slot.ask.measure is not None or not _AMOUNT.search(slot.words):
        return slot
    return replace(
        slot, words=_AMOUNT.sub("", slot.words).strip() or slot.words, ask=replace(slot.ask, measure=Measure.LEVEL)
    )


# 规模与增速: both are asked for.
_AMOUNT = re.compile(r"(?:规模|总量|体量|盘子)(?=$|\s)")


_SIZE = r"(?:总量|规模|体量|盘子|总额|数额|绝对[值数量]|多少(?:个)?[万亿]元?|多大)"
_RATE = r"(?:增长速度|增速|增幅|涨幅|增长率|同比|[增涨](?:长|了)?(?:多少|几|百分)|涨跌|增减(?:幅度?)?)"
_ASIDE = r"(?:\([^()]{0,12}\))?"
# 总量(GDP)及增速, 多少亿、涨了多少: an amount and its growth, asked for side by side.
_BOTH_KINDS = re.compile(
    rf"{_SIZE}{_ASIDE}[^,。;?]{{0,4}}(?:和|与|及|、|以及|,|跟|又)[^,。;?]{{0,4}}{_RATE}|"
    rf"{_RATE}[^,。;?]{{0,4}}(?:和|与|及|、|以及|跟)[^,。;?]{{0,4}}{_SIZE}"
)
_BOTH_ENGLISH = re.compile(
    r"\b(?:total|size|value|volume|amount|level|how (?:big|much|large))\b.{0,40}\b(?:and|plus|as well as)\b"
    r".{0,20}\bgr[eo]w",
    re.IGNORECASE,
)


def _and_its_rate(rest: str) -> bool:
    """Whether a growth is asked for beside the amount of the indicator right before it."""
    ends = [mention.end for mention in indicators.mentions(rest)]
    return any(
        any(0 <= match.start() - end <= _NEXT for end in ends) or match[0].startswith(_SIZES)
        for match in _AND_ITS_RATE.finditer(rest)
    )


# Characters that may stand between an indicator and what joins its growth to it.
_NEXT = 2
# Keywords that name the amount or the growth themselves need no indicator before them.
_SIZES = ("总量", "规模", "体量", "总额", "增速", "增幅")
# 生产总值及其增长速度, 总量 增速.
_AND_ITS_RATE = re.compile(
    rf"(?:及其?|和|与|以及)(?:其|各自|当年|同期)*(?:同比)?{_RATE}|{_SIZE}\s+{_RATE}|{_RATE}\s+{_SIZE}"
)
_TOWNS, _COUNTRY = re.compile(r"城镇|城市|城里人?|市民"), re.compile(r"农村|农民|乡村|乡下")


_OF_HALF = re.compile(r"^(?:城镇|农村)居民")
_HALVES = ("城镇居民", "农村居民")


def _halved(slot: Slot) -> tuple[Slot, ...]:
    """A slot that names the incomes of towns and country at once, as two."""
    words = slot.words
    if "收入" not in words or "比" in words:
        return (slot,)
    if "城乡" in words or (_TOWNS.search(words) and _COUNTRY.search(words)):
        bare = _COUNTRY.sub(" ", _TOWNS.sub(" ", words.replace("城乡", " ")))
        income = " ".join(bare.replace("居民", " ").split()) or "收入"
        return tuple(replace(slot, words=f"{half}{income}") for half in _HALVES)
    return (slot,)


def _distinct(found: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Slots that differ in words or measure; one without a measure goes where another of its words has one."""
    kept: dict[tuple[str, Measure | None], Slot] = {}
    for slot in found:
        kept.setdefault((slot.words, slot.ask.measure), slot)
    sure = {words for words, measure in kept if measure is not None}
    return tuple(
        slot
        for (words, measure), slot in kept.items()
        if measure is not None or words not in sure or slot.ask.unit or _AMOUNT.search(words)
    )


def _several(rest: str, words: list[str]) -> bool:
    """Whether the words stand side by side in one clause, so that each is a figure of its own."""
    names = list(dict.fromkeys(words))
    return any(all(name.split()[0] in clause for name in names) for clause in re.split(r"[,。;?!]", rest))


def _merged(words: list[str], found: tuple[Slot, ...]) -> str:
    """All the words of a question that asks for one figure, the indicator's own where one is named."""
    every = list(dict.fromkeys(" ".join([*words, *(slot.context for slot in found)]).split()))
    return " ".join(every)


def _name(words: str, ask: Ask) -> str:
    """经济 is the gross product where its size or growth is asked for; GDP is what reports write out."""
    words = _ANYONES.sub(_ALL_PEOPLE, words.replace("GDP", "地区生产总值"))
    known = [m for m in indicators.mentions(words) if m.indicator.id]
    others = [m for m in known if not _ECONOMY.fullmatch(words[m.start : m.end])]
    if match := _ECONOMY.fullmatch(words.strip()) or (re.search(r"(?:^|\s)经济(?=\s|$)", words) if others else None):
        rest = words.replace(match[0].strip(), "").strip()
        return rest if others else "地区生产总值"
    if not known and ask.measure in (Measure.GROWTH, Measure.LEVEL) and re.search(r"(?:^|\s)经济(?=\s|$)", words):
        return re.sub(r"(?:^|\s)经济(?=\s|$)", " 地区生产总值", words).strip()
    return words


# 人均可支配收入 of neither townspeople nor countryfolk is that of all.
_ALL_PEOPLE = "居民人均可支配收入"
_ANYONES = re.compile(r"(?<!民)(?<!城镇)(?<!农村)(?<!农户)(?<!职工)人均可支配收入")


def _status(query: Query, limits: tuple[Bound, ...]) -> Status | None:
    if limits and query.status is None and re.search(r"定(?:在|为|成|到|了|得)", query.rest):
        return Status.TARGET
    return query.status


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _blanked(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]
