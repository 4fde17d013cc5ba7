"""From the words of a command (places, years, an indicator in any order) to the question they stand for.

`/trend 辽阳 粮食产量 2019-2024` and `govreport trend …` ask what a person would ask in a sentence, so that there is one
way to an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.lexicon import groups, places
from retrieval.model import Place
from retrieval.query.normalise import normalise

__all__ = ["FORMS", "Form", "Unworded", "Words", "question", "words_of"]

_YEARS = re.compile(r"((?:19|20)\d\d)年?(?:\s*[-—–~～至到]\s*((?:19|20)\d\d)年?)?")
_GROUP = re.compile(r"(?:各|所有|全部)?(?:省|市|州|县|区|省份|城市|省级|地级市)$|.{2,9}(?:各市|各县|各区|各州)$")
_NAMED_GROUPS = frozenset(name for one in groups.load() for name in one.said)
# Characters of a place's longest name.
_LONGEST = 12
_BOUND = re.compile(r"(?:[<>≥≤]|超过|不低于|低于|高于).*|.*(?:以上|以下|以内)$")


class Unworded(Exception):
    """Something a command needs is missing; the message says what, in Chinese."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, sorted: `names` are the words that are neither places nor years, `rest` the same as one."""

    places: tuple[str, ...]
    years: tuple[int, ...]
    group: str
    bound: str
    rest: str
    default: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of question across reports: its command, what it is for (in English too), what is typed behind it, an
    example, how the question is said, and Chinese words that do what the command does."""

    name: str
    summary: str
    english: str
    argument: str
    example: str
    say: Callable[[Words], str]
    words: tuple[str, ...] = ()


def question(form: Form, text: str, group: str = "各省", held: Sequence[Place] = ()) -> str:
    """The question that `text`, the words after a command, stands for; `group` is meant where places to be ranked are
    not named. `held` are places that reports are of and no table has. Raises Unworded and BadQuestion."""
    return form.say(words_of(text, group, apart=form.name != "phrase", held=held))


def words_of(text: str, group: str = "", *, apart: bool = True, held: Sequence[Place] = ()) -> Words:
    """The words of a command, sorted; those written without blanks are taken `apart`. Raises BadQuestion."""
    own = frozenset(name for unit in held for name in places.names_of(unit))
    text = text.replace("，", " ").replace("、", " ")
    words = normalise(text).split() if text.strip() else []
    if apart and not any(_place(word, own) for word in words):
        words = [part for word in words for part in _apart(word, own)]
    return _sorted(words, group, own)


def _place(word: str, held: frozenset[str]) -> bool:
    """Whether a word names a place."""
    return word in held or bool(places.by_name(word))


def _apart(word: str, held: frozenset[str]) -> list[str]:
    """Words written without blanks: 朝阳2023年粮食产量 is a place, a year and an indicator."""
    if _GROUP.fullmatch(word) or _BOUND.fullmatch(word):
        return [word]
    at = next((size for size in range(min(_LONGEST, len(word)), 1, -1) if _place(word[:size], held)), 0)
    match = _YEARS.match(word)
    at = at or (match.end() if match else 0)
    return [word[:at], *_apart(word[at:], held)] if 0 < at < len(word) else [word]


def _sorted(words: Sequence[str], default: str, held: frozenset[str]) -> Words:
    named: list[str] = []
    years: tuple[int, ...] = ()
    group = bound = ""
    rest: list[str] = []
    for word in words:
        match = _YEARS.fullmatch(word)
        if match:
            years = (int(match[1]), int(match[2])) if match[2] else (*years, int(match[1]))
        elif _place(word, held):
            named.append(word)
        elif _GROUP.fullmatch(word) or word in _NAMED_GROUPS:
            group = word if len(word) > 1 else f"各{word}"
        elif _BOUND.fullmatch(word):
            bound = word
        else:
            rest.append(word)
    return Words(tuple(named), years, group, bound, "".join(rest), default, tuple(rest))


def _year(words: Words) -> str:
    return f"{words.years[-1]}年" if words.years else ""


def _needs(words: Words, *, places: int = 0, indicator: bool = True) -> None:
    if len(words.places) < places:
        raise Unworded("请写明地区" if places == 1 else f"请写明至少 {places} 个地区")
    if indicator and not words.rest:
        raise Unworded("请写明指标（如 GDP增速、粮食产量）")


def _compare(words: Words) -> str:
    _needs(words, places=1)
    named = "和".join(words.places)
    if len(words.places) > 1:
        return f"{named}{_year(words)}{words.rest}分别是多少"
    if len(words.years) > 1:
        return f"{named}{words.years[0]}年和{words.years[-1]}年{words.rest}分别是多少"
    raise Unworded("请写明至少 2 个地区，或者 2 个年份")


def _trend(words: Words) -> str:
    _needs(words, places=1)
    span = f"从{words.years[0]}年到{words.years[-1]}年" if len(words.years) > 1 else ""
    return f"{'、'.join(words.places)}{span}历年的{words.rest}"


def _rank(words: Words) -> str:
    _needs(words)
    group = words.group or (f"{words.places[0]}各市" if words.places else words.default)
    if words.places and words.group and not words.group.startswith(words.places[0]):
        group = f"{words.places[0]}{words.group}"
    asked = f"{words.rest}{words.bound}的有哪些" if words.bound else f"{words.rest}排名"
    return f"{_year(words)}{group}{asked}"


def _fulfil(words: Words) -> str:
    """One year's target or all of them; with an indicator and no year, or several, a record over the years."""
    _needs(words, places=1, indicator=False)
    if len(words.years) > 1:
        return f"{words.places[0]}{words.years[0]}年到{words.years[-1]}年每年的{words.rest}目标完成情况"
    if words.rest and not words.years:
        return f"{words.places[0]}历年{words.rest}目标完成情况"
    asked = f"{words.rest}目标完成了吗" if words.rest else "的目标完成情况"
    return f"{words.places[0]}{_year(words)}{asked}"


def _diff(words: Words) -> str:
    _needs(words, places=1, indicator=False)
    span = "和".join(f"{year}年" for year in words.years)
    return f"{words.places[0]}{span}报告的提法有什么变化"


def _checklist(words: Words) -> str:
    _needs(words, places=1, indicator=False)
    return f"{words.places[0]}{_year(words)}报告没有提到哪些指标"


def _phrase(words: Words) -> str:
    _needs(words, indicator=False)
    if not words.rest:
        raise Unworded("请写明要查的提法（如 新质生产力）")
    phrase = words.rest.strip('“”"')
    return f"{''.join(words.places[:1])}“{phrase}”出现在哪些年的报告里"


FORMS = (
    Form(
        "compare",
        "比较几个地区或几年",
        "Compare places or years",
        "地区… 指标 [年份]",
        "临澜 望溪 GDP增速 2023",
        _compare,
        ("比较", "對比", "对比"),
    ),
    Form(
        "trend",
        "一个指标的历年数据",
        "One indicator over the years",
        "地区 指标 [年份-年份]",
        "临澜 一般公共预算收入 2020-2023",
        _trend,
        ("走势", "走勢"),
    ),
    Form(
        "rank",
        "在一组地区里排名或筛选",
        "Rank or filter a group of places",
        "[地区组] 指标 [以上…] 年份",
        "各市 GDP增速 2023",
        _rank,
        ("排名",),
    ),
    Form(
        "wc",
        "目标完成情况",
        "Targets against outcomes",
        "地区 [年份] [指标]",
        "澜山省 2023",
        _fulfil,
        ("完成情况", "完成情況"),
    ),
    Form(
        "diff",
        "两份报告提法的变化",
        "Wording new and gone between two reports",
        "地区 [年份 年份]",
        "澜山省 2023 2024",
        _diff,
    ),
    Form(
        "checklist",
        "没有提到的常用指标，首次和位次",
        "Usual indicators left out, firsts and ranks claimed",
        "地区 [年份]",
        "澜山省 2024",
        _checklist,
    ),
    Form("phrase", "一个提法出现在哪些年", "Years in which a set phrase occurs", "提法 [地区]", "数字经济", _phrase),
)
