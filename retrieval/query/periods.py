"""Periods in questions: years, plans (“十四五”), spans (过去五年), words that count from a report (去年)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.lexicon import places, plans
from retrieval.query.values import Period
from retrieval.query.wording import YEAR

__all__ = ["Periods", "find", "resolve", "spelt_years"]

# 2024年政府工作报告, 2022年报告, 2019年呼和浩特的报告, 2022 work report
_REPORT = re.compile(
    rf"({YEAR})\s*(?:年度?)?(?:初)?(?:的)?[^0-9,。?;!]{{0,14}}?(?:政府?工作?报告|工作报告|报告|work\s+report)",
    re.IGNORECASE,
)
# 2018年提出，到2022年达到多少: what was promised in a year stands in that year's report.
_PROPOSED = re.compile(
    rf"({YEAR})\s*年(?P<who>[^\d,。?;!]{{0,8}}?)(?:时|就|曾|初)?(?:提出|承诺|许诺|立下|定下|提交|编制|制定|审议)"
    rf"(?=[^。?]*(?:{YEAR}|十[一二三四五]五|[五三]年))"
)
_RANGE = re.compile(rf"({YEAR})\s*年?\s*(?:-|—|–|~|至|到)\s*({YEAR})\s*年?")
# 2000亿元 and 2000个岗位 are quantities, 2020城市 is a year.
_COUNTED = (
    r"(?!\s+[十百千万亿]+(?:元|美元|吨|斤|亩|人|千瓦)|(?:[.,]\d|[%‰]|[余多]?(?:[十百千万亿]|元|吨|亩|公里|公顷|平方|立方|千瓦|人次|名|户|所|套|座|张|辆|台|件|起|床|斤|头|株|"
    r"米(?![一-鿿])|个(?!人)|家(?!庭|电|居|政)|项|条(?!例)|人(?!均|口|大|民|才|力|社|工))))"
)
# 2021年底, 到2017年为止: the end of a year is the year.
_END_OF = r"(?:底|末)?(?:为止|止)?"
_ONE = re.compile(rf"(?<![\d.])({YEAR})(?!\d)(?:\s*年(?:度|{_END_OF})|{_COUNTED})")
_OPENING = re.compile(rf"({YEAR})\s*年初")
_SHORT = re.compile(
    r"(?<![\d第近续去来满后前用了历时超过达])([0-3]\d)年(?!来|间|内(?!蒙)|期|以|累计|共|连|平均|左右|多(?!少|大)|后|前|未|没|不|里|之|时间)"
    + _END_OF
)
_PLAN = re.compile(
    r"[“\"「『]?([一二三四五六七八九十]{1,2})五(?:[”\"」』](?:规划)?|(?:规划)?(?=末|期末|收官|时期|期间|以来)|(?:规划)?(?!年(?!均)|[千百十所级星个家大位项分名强点万亿亩届条部天月日人座种类岁倍成号度次]))(末|期末|收官|时期|期间|以来)?"
)
_SPAN = re.compile(r"(过去|近|前|这|此前|上一届|最近)?的?([两三四五六七八九十]|(?<!\d)\d{1,2})年(来|间|以来)?")
# 五年累计呢, 五年年均下来: what a report tells of the years it looks back on.
_OVER = re.compile(
    r"(?<![一二三四五六七八九十第\d])([三四五六七八九十])年(?=累计|年均|合计|平均|加起来|加一块|总共|一共)"
)
_AHEAD = re.compile(r"(今后|未来|接下来|下一个|往后)的?([两三四五六七八九十]|\d{1,2})年")
_RELATIVE = re.compile(r"大前年|上上年|去年|上一?年|前一年|(?<![龙年])头一?年|今年|本年|当年|明年|下一?年|前年")
# 2009年…当年新增: the year named before it. 去年 beside a year is a comparison.
_SAME_YEAR = ("当年", "本年")
_COMPARED = re.compile(r"(?:比|较|相比|与|跟|和)?(?:上一?年|前一年|(?<![龙年])头一?年|去年)(?:同期)?(?:相?比|对比)?")
_ENGLISH_PLAN = re.compile(r"(\d{1,2})th\s+five[- ]year(?:\s+plan)?", re.IGNORECASE)
_BASE = re.compile(
    rf"(?:(?:(?<!对)相?比|较)(?:于|起)?|(?:与|跟|和|同)(?=(?:{YEAR}|[0-3789]\d)年?底?末?相?比))\s*(?:{YEAR}|[0-3789]\d(?=年))\s*年?(?:底|末)?(?:相比|比)?"
)
# 比“十五”增加多少: a plan to compare with, where another stretch is asked about.
_PLAN_BASE = re.compile(
    r"(?:比|较|与|跟|和|同)\s*[“\"「]?[一二三四五六七八九十]{1,2}五[”\"」]?(?:期间|时期|末)?(?:相比)?(?=(?:净|又|多|少)?(?:增|提|多|少|减|翻|下|上|高|低|扩|涨|快|慢))"
)
_CHANGED = re.compile(r"[^,。?]{0,4}(?:增|提|多|少|减|翻|下|高|低|扩|涨|快|慢|升|降)")
_SINCE = re.compile(rf"(?:自|从)?{YEAR}\s*年?以来(?:的[一二三四五六七八九十\d]+年(?:里|间|来)?)?")
_MONTHS = re.compile(r"\d{1,2}\s*[-—–~至到]\s*\d{1,2}\s*月(?:份)?")
_AFTER_YEAR = re.compile(r"\s*(?:年度?初?)?")
_TIMES = re.compile(r"(?:是|为|相当于)([^,。?]{2,12}?)的?(?:几|多少)倍")
_ENDS = ("末", "期末", "收官")
# Years from a report's own to the one a word means; 去年 and what is like it are the year before.
_SHIFTS = {"今": 0, "本": 0, "当": 0, "明": 1, "下": 1, "前年": -2, "上上年": -2, "大前年": -3}
_DIGIT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@dataclass(frozen=True, slots=True)
class Periods:
    """What a question says of time, and the question with those words blanked (same length)."""

    report_year: int | None
    periods: tuple[Period, ...]
    rest: str
    starts: tuple[int, ...] = ()
    since: bool = False
    yearly: bool = False


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    if len(text) == 2:  # 十四
        return 10 + _DIGIT[text[1]] if text[0] == "十" else 0
    return _DIGIT[text]


def _only_whose(between: str) -> bool:
    """Whether the words from a year to 报告 say no more than whose it is: not 2024年松原的五大集聚区报告里."""
    words = list(between)
    for mention in places.mentions(between):
        words[mention.start : mention.end] = " " * (mention.end - mention.start)
    return len(_WHOSE.sub("", "".join(words))) <= _FEW


# What may stand between a year and its report, and how much else.
_WHOSE = re.compile(r"[\s的年度初我市省县区州]|人民|政府|工作|报告|work|report", re.IGNORECASE)
_FEW = 3


class _Reader:
    """Takes period words out of a question one kind after the other, so that none is read twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text
        self.found: list[tuple[int, Period]] = []
        self.report_year: int | None = None
        self.since = bool(_BASE.search(text))

    def blank(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]

    def take(self, match: re.Match[str], period: Period) -> None:
        self.found.append((match.start(), period))
        self.blank(*match.span())

    def reports(self) -> None:
        match = _REPORT.search(self.rest)
        if match and _only_whose(self.rest[match.end(1) : match.end()]):
            self.report_year = int(match[1])
            # The words between year and 报告 may name the place: only the year goes.
            after = _AFTER_YEAR.match(self.rest, match.end(1))
            self.blank(match.start(), after.end() if after else match.end(1))

    def plans(self) -> None:
        for match in _PLAN.finditer(self.rest):
            number = plans.number(match[1])
            # 三五 without quotes is no plan, nor is 前十五 or 十五 of something; 十四五 is.
            quoted = match[0][0] in '“"「『'
            if not 1 <= number <= 20 or (number < 10 and not quoted):
                continue
            if not quoted and self.rest[: match.start()].endswith(
                ("第", "前", "后", "近", "约", "超", "达", "二", "三")
            ):
                continue
            first, last = plans.years(number)
            self.take(match, Period(last if match[2] in _ENDS else first, last, match[0]))
        for match in _ENGLISH_PLAN.finditer(self.rest):
            self.take(match, Period(*plans.years(int(match[1])), match[0]))

    def years(self) -> None:
        for match in _RANGE.finditer(self.rest):
            first, last = sorted((int(match[1]), int(match[2])))
            self.take(match, Period(first, last, match[0]))
        for match in () if self.report_year else _PROPOSED.finditer(self.rest):
            self.report_year = self.report_year or int(match[1])
            self.blank(match.start(), match.start("who"))
            self.blank(match.end("who"), match.end())
        for match in _OPENING.finditer(self.rest):
            # At the beginning of a year speaks the report of that year.
            self.report_year = self.report_year or int(match[1])
            self.blank(*match.span())
        for match in _ONE.finditer(self.rest):
            self.take(match, Period(int(match[1]), int(match[1]), match[0]))
        for match in _SHORT.finditer(self.rest):
            self.take(match, Period(2000 + int(match[1]), 2000 + int(match[1]), match[0]))

    def bases(self, *, dated: bool) -> None:
        """比2016年…, 是“十二五”末的几倍: what is compared with is not what is asked for. `dated`: the question before
        named a year."""
        if match := _TIMES.search(self.rest):
            self.blank(*match.span(1))
        for match in _SINCE.finditer(self.rest):
            # Where a stretch began; it ends with the year the report reviews.
            self.since = True
            self.blank(*match.span())
        if len(_ONE.findall(self.rest)) + len(_PLAN.findall(self.rest)) > 1 or self.report_year:
            for match in (*_BASE.finditer(self.rest), *_PLAN_BASE.finditer(self.rest)):
                self.since = True
                self.blank(*match.span())
        elif dated:
            # 比2015年高了几个点, 比十一五末呢: of the year asked about before.
            for match in (*_BASE.finditer(self.rest), *_PLAN_BASE.finditer(self.rest)):
                if _CHANGED.match(self.rest, match.end()):
                    self.since = True
                    self.blank(*match.span())
        for match in _MONTHS.finditer(self.rest):
            self.blank(*match.span())

    def spans(self) -> None:
        for match in _AHEAD.finditer(self.rest):
            self.take(match, Period(0, 0, match[0], "ahead", _count(match[2])))
        for match in _SPAN.finditer(self.rest):
            if match[1] or match[3]:
                self.take(match, Period(0, 0, match[0], "back", _count(match[2])))
        for match in () if self.found or self.report_year else _OVER.finditer(self.rest):
            self.take(match, Period(0, 0, match[0], "back", _count(match[1])))

    def relatives(self) -> None:
        # 比上年 is a comparison, not a period; so is 上年 beside a year.
        for match in _COMPARED.finditer(self.rest):
            if not _in_place(self.text, match.start()) and (
                self.found
                or match[0][0] in "比较"
                or (self.report_year and match[0][0] in "相与跟和")
                or match[0].endswith("比")
            ):
                self.blank(*match.span())
        for match in _RELATIVE.finditer(self.rest):
            if not _in_place(self.text, match.start()):
                self.take(match, Period(0, 0, match[0], match[0]))


def _in_place(text: str, start: int) -> bool:
    """Whether a place's name ends with the first character of a word at `start`: 汕头一年 names no 头一年."""
    return any(bool(places.by_name(text[start - before : start + 1])) for before in (1, 2) if before <= start)


def find(text: str, *, dated: bool = False) -> Periods:
    """Periods of a normalised question; `dated` tells that the question before it named a year."""
    reader = _Reader(text)
    reader.reports()
    reader.bases(dated=dated)
    reader.plans()
    reader.years()
    reader.spans()
    reader.relatives()
    reader.found.sort(key=lambda item: item[0])
    reader.found = _glossed(reader.found)
    fixed = [period for _, period in reader.found if not period.relative]
    if fixed:
        reader.found = _beside_years(reader.found, fixed)
    yearly = _on_the_year_before(text, reader.found)
    return Periods(
        report_year=reader.report_year,
        periods=tuple(period for _, period in reader.found),
        rest=reader.rest,
        starts=tuple(at for at, _ in reader.found),
        since=reader.since and not yearly,
        yearly=yearly,
    )


def _on_the_year_before(text: str, found: Sequence[tuple[int, Period]]) -> bool:
    """Whether the one year asked about is compared with the year before it (2013年比2012年增长多少), and that is not
    asked about as well (…比2021年掉了吗?两年各多少)."""
    if "两年" in text:
        return False
    bases = {int(digits[0]) % 100 for base in _BASE.finditer(text) if (digits := re.search(r"\d+", base[0]))}
    asked = {(period.first, period.last) for _, period in found}
    if len(bases) != 1 or len(asked) != 1 or _SINCE.search(text) or _PLAN_BASE.search(text):
        return False
    ((first, last),) = asked
    return first == last and bases == {(first - 1) % 100}


def _glossed(found: list[tuple[int, Period]]) -> list[tuple[int, Period]]:
    """`found` without the years that only explain the stretch before them: “十二五”（2011—2015年）.

    A word for a year that brackets beside it tell is left out too: 今年（2022）.
    """
    out: list[tuple[int, Period]] = []
    for at, period in found:
        before_at, before = out[-1] if out else (0, None)
        told = before is not None and before.relative in _THIS and period.first == period.last and not period.relative
        if before is not None and told and at - before_at == len(before.surface) + 1:
            out[-1] = (before_at, period)
            continue
        same = before is not None and (before.first, before.last) == (period.first, period.last)
        if before is None or not same or period.first == period.last or at - before_at > len(before.surface) + _BRACKET:
            out.append((at, period))
    return out


_THIS = ("今年", "去年", "明年", "前年", "本年", "当年", "上年")
# So many characters part a stretch of years from its explanation: 期间(.
_BRACKET = 4


def _beside_years(found: list[tuple[int, Period]], fixed: list[Period]) -> list[tuple[int, Period]]:
    """`found` without the words that say no more than the years named: 当年, 2018到2022这五年, 十四五这五年,
    2002年与2006年…四年间, 2023年…与此前五年相比."""
    whole = len({(p.first, p.last) for p in fixed}) > 1 or any(p.first != p.last for p in fixed)
    out: list[tuple[int, Period]] = []
    for at, period in found:
        if period.relative in _SAME_YEAR:
            before = [p for _, p in out if not p.relative]
            if len(fixed) > 1 and before:
                out.append((at, replace(before[-1], surface=period.surface)))
        elif period.relative != "back" or not (whole or period.surface.startswith(("这", "此前", "前"))):
            out.append((at, period))
    return out


_HAN_DIGIT = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0", "O": "0"}
# 二〇二三, 二零二三, 一九九八; 两千零九年.
_HAN_YEAR = re.compile(
    r"(?<![〇零○一二三四五六七八九十百千万])(一九|二[〇零○O])([〇零○O一二三四五六七八九]{2})(?![〇零○一二三四五六七八九十百千万亿])"
)
_THOUSANDS = re.compile(r"[二两]千(?:零([一二三四五六七八九])|([一二]?)十([一二三四五六七八九]?))?(?=年)")
# 二三年 where a year is expected: first of all, behind a mark or behind a place. 二三年 of 这二三年 is two or three.
_HAN_SHORT = re.compile(r"[〇零○一二八九][〇零○一二三四五六七八九](?=年(?!来|间|内|期|以|里|之|前|后|时间|左右))")
_LAST_SHORT, _FIRST_SHORT = 39, 80


def spelt_years(text: str) -> str:
    """`text` with years in Chinese digits as 2023."""
    text = _HAN_YEAR.sub(lambda m: "".join(_HAN_DIGIT[c] for c in m[0]), text)
    text = _THOUSANDS.sub(_of_thousands, text)
    short = list(_HAN_SHORT.finditer(text))
    if not short:
        return text
    ends = {
        0,
        *(m.end() for m in re.finditer(r"[,，。?!;:：、\s从自到至和与及在比跟]", text)),
        *(m.end for m in places.mentions(text)),
    }
    for match in reversed(short):
        year = int("".join(_HAN_DIGIT[c] for c in match[0]))
        if match.start() in ends and not _LAST_SHORT < year < _FIRST_SHORT:
            text = f"{text[: match.start()]}{year + (2000 if year <= _LAST_SHORT else 1900)}{text[match.end() :]}"
    return text


def _of_thousands(match: re.Match[str]) -> str:
    digit = {"": 0} | {c: int(d) for c, d in _HAN_DIGIT.items()}
    tens = (digit[match[2]] or 1) if match[2] is not None else 0
    return str(2000 + 10 * tens + digit[match[1] or match[3] or ""])


def resolve(period: Period, report_year: int) -> Period:
    """A relative period counted from the report of `report_year`: its 今年 is that year, its 去年 the one before."""
    word = period.relative
    if not word:
        return period
    if word == "back":
        return Period(report_year - period.years, report_year - 1, period.surface)
    if word == "ahead":
        return Period(report_year, report_year + period.years - 1, period.surface)
    shift = _SHIFTS.get(word, _SHIFTS.get(word[0], -1))
    return Period(report_year + shift, report_year + shift, period.surface)
