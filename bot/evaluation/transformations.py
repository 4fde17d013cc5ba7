"""Other ways to ask the same: each makes of a question none, one or several that must be answered as it is.

All are pure: the same question and seed give the same. Where one does not apply it gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import md5
from typing import TypeVar

from bot import tongue
from bot.evaluation.gold import Question
from bot.evaluation.halving import halves, head_end
from retrieval.lexicon import bigrams, indicators, places, sounds
from retrieval.lexicon.question_words import cues

__all__ = ["TABLE", "Transformation"]


@dataclass(frozen=True, slots=True)
class Transformation:
    """A way to ask otherwise: its name in programs, its name for people, and what it makes of a question by a seed."""

    name: str
    title: str
    make: Callable[[Question, int], tuple[Question, ...]]


_T = TypeVar("_T")
_HAN = re.compile(r"[一-鿿]")
# With fewer Chinese characters a question is in another language.
_FEWEST_HAN = 4
# The words asked with, and the verbs before them. Where another word stands there, nothing can be put between.
_AMOUNT = re.compile(
    r"(?<!多少)(?:各自?|分别|都|一共|总共|共)?(?:预计|力争|计划|实际|还|又|要|能|会|将|可)*"
    r"(?:是|有|为|达到?了?|(?:增长|增加|提高|下降|减少|完成|突破|涨|降)[了到]?|[升提]到|排|居|列)+"
    r"(?:百分之)?(?:多少|多大|多高|第?几)"
)
_ENDS = "。？?！! "
_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
# Words that make the name of another thing: where one of two names has them, the names are not exchanged.
_NARROW = re.compile(
    r"新能源|生活|城镇|城市|农村|农民|农牧|农业|工业|新增|国家|省级|全[省市县区部]|中央|地方|常住|全体|公共|财政总|"
    r"全口径|现代|实物|跨境|国内|产业|企业|重点|基本|无害|政府|住房|住宅|年末|外贸|货物|平均|最低|新建|产能|饲养|[存出]栏|"
    r"人均|预算|社会固定|规模以上固定|义务|医疗|机场|服务业|\d"
)
# Characters that are words by themselves: of them nobody types another.
_LONE = frozenset("一二三四五六七八九十两几第哪个年月底末万亿项件家的了是在和与及不没里说这那为以后之因将其各该到从")
# A pair of characters that so many reports have is taken for a word of theirs.
_USUAL = 0.05


def _is_chinese(question: Question) -> bool:
    return len(_HAN.findall(question.turns[-1])) >= _FEWEST_HAN


def _last(question: Question, text: str) -> tuple[Question, ...]:
    """The question with its last turn said otherwise; nothing where it is the same."""
    changed = bool(text) and text != question.turns[-1]
    return (replace(question, turns=(*question.turns[:-1], text)),) if changed else ()


def _stressed(word: str) -> Callable[[Question, int], tuple[Question, ...]]:
    """A word of impatience before what is asked: 究竟是多少."""

    def make(question: Question, _: int) -> tuple[Question, ...]:
        text = question.turns[-1]
        found = _AMOUNT.search(text)
        if found is None or "究竟" in text or "到底" in text:
            return ()
        return _last(question, f"{text[: found.start()]}{word}{text[found.start() :]}")

    return make


def _polite(question: Question, _: int) -> tuple[Question, ...]:
    """请问 before it, 谢谢 behind."""
    text = question.turns[-1]
    if not _is_chinese(question) or "请" in text or "谢" in text:
        return ()
    return _last(question, f"请问{text.rstrip(_ENDS)}？谢谢！")


def _preamble(words: str, *, of_figures: bool = False) -> Callable[[Question, int], tuple[Question, ...]]:
    """Something about the asker before it; `of_figures` where it says that a number is asked for."""

    def make(question: Question, _: int) -> tuple[Question, ...]:
        if not _is_chinese(question) or (of_figures and not question.figures):
            return ()
        return _last(question, f"{words}{question.turns[-1]}")

    return make


def _every(change: Callable[[str], str]) -> Callable[[Question, int], tuple[Question, ...]]:
    """All turns written otherwise."""

    def make(question: Question, _: int) -> tuple[Question, ...]:
        turns = tuple(change(turn) for turn in question.turns)
        return (replace(question, turns=turns),) if turns != question.turns and _is_chinese(question) else ()

    return make


def _traditional(text: str) -> str:
    return tongue.line(text, "trad")


def _wide(text: str) -> str:
    return text.translate(_FULL)


def _alias(question: Question, seed: int) -> tuple[Question, ...]:
    """Another name of the first indicator that has one."""
    text = question.turns[-1] if _is_chinese(question) else ""
    for mention in indicators.mentions(text):
        said = text[mention.start : mention.end]
        # 人均 before a name, or more of a name behind it, makes it another indicator's.
        others = [name for name in mention.indicator.aliases if _alike(said, name, mention.indicator.name)]
        if others and not text[: mention.start].endswith(("人均", "占")):
            name = _picked(others, f"alias {seed} {question.id}")
            return _last(question, f"{text[: mention.start]}{name}{text[mention.end :]}")
    return ()


def _alike(one: str, other: str, name: str) -> bool:
    """Whether two names of an indicator say the same: one shortens the other (社零总额) or is Latin letters (GDP)."""
    if one.lower() == other.lower() or set(_NARROW.findall(one)) ^ set(_NARROW.findall(other)):
        return False
    if one.isascii() or other.isascii():
        return name in (one, other)
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return short[-1] == long[-1] and all(character in rest for character in short)


def _typo(question: Question, seed: int) -> tuple[Question, ...]:
    """One character of a content word as another that sounds the same."""
    text = question.turns[-1]
    # In other writing the character would stand out, and two are more than one.
    if question.style in ("traditional", "typo") or not _is_chinese(question):
        return ()
    spelt = [(at, wrong) for at in _content(text, question) for wrong in _misspelt(text[at : at + 2])]
    if not spelt:
        return ()
    at = _picked(sorted({at for at, _ in spelt}), f"typo {seed} {question.id}")
    wrong = next(wrong for where, wrong in spelt if where == at)
    return _last(question, f"{text[:at]}{wrong}{text[at + 2 :]}")


def _content(text: str, question: Question) -> Iterator[int]:
    """Where pairs of characters of content words begin: of named indicators, else of any word that reports use."""
    named = [at for one in indicators.mentions(text) for at in range(one.start, one.end - 1)]
    kept = {at for one in places.mentions_in_prose(text) for at in range(one.start - 1, one.end)}
    kept |= {at for one in cues(text) for at in range(one.start - 1, one.end)}
    start = head_end(text, question)
    usual = (at for at in range(start, len(text) - 1) if bigrams.share(text[at : at + 2]) >= _USUAL)
    return (at for at in named or usual if at not in kept)


def _misspelt(pair: str) -> list[str]:
    """Pairs that sound the same in every tone-less letter and differ in one character, the most usual first."""
    if _LONE & set(pair) or len(_HAN.findall(pair)) < len(pair):
        return []
    return [
        other
        for other in sounds.homophones(pair)
        if sum(a != b for a, b in zip(pair, other, strict=True)) == 1
        and [sounds.reading(c) for c in pair] == [sounds.reading(c) for c in other]
    ]


def _other_order(question: Question, _: int) -> tuple[Question, ...]:
    """What is asked second, first."""
    found = halves(question)
    return _last(question, found.swapped) if found is not None else ()


def _apart(question: Question, _: int) -> tuple[Question, ...]:
    """Each of two figures asked for by itself."""
    found = halves(question)
    if found is None:
        return ()
    return tuple(
        replace(question, turns=turns, figures=(figure,))
        for turns, figure in zip((found.first, found.second), question.figures, strict=True)
    )


def _picked(options: Sequence[_T], key: str) -> _T:
    """One of several, the same for the same key on every machine."""
    return options[int(md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % len(options)]


TABLE = (
    Transformation("jiujing", "究竟是多少", _stressed("究竟")),
    Transformation("daodi", "到底是多少", _stressed("到底")),
    Transformation("polite", "请问…谢谢", _polite),
    Transformation("paper", "前言：写材料", _preamble("我在写一份材料，想核对一个数：", of_figures=True)),
    Transformation("boss", "前言：领导要", _preamble("领导让我查一下，")),
    Transformation("favour", "前言：麻烦", _preamble("你好，麻烦帮我看看：")),
    Transformation("traditional", "繁体", _every(_traditional)),
    Transformation("wide", "全角", _every(_wide)),
    Transformation("alias", "指标换个名称", _alias),
    Transformation("typo", "一个同音错字", _typo),
    Transformation("order", "两项对调", _other_order),
    Transformation("halves", "两项分开问", _apart),
)
