"""Noun phrases: lists taken apart, and each in the order of Chinese, what modifies before what is modified."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from retrieval.lexicon import bigrams, indicators
from retrieval.lexicon.alike import alike
from retrieval.query.english.reading import Unit

__all__ = ["Glosses", "content", "listed", "said", "ways"]

Glosses = list[tuple[str, str]]

# Roles that name what is asked about.
_NAMING = frozenset({"word", "place", "counter", "national"})
# How usual a pair must be in reports for two words to be written as one.
_USUAL = 0.25
# So many known words name a thing without those that no table knows.
_ENOUGH = 2
# What many things have: of output of grain and cotton, cotton lacks it.
_SHARED = (
    *("产量", "浓度", "产值", "增加值", "投资", "收入", "支出", "出口", "进口", "人数", "面积", "销售", "消费", "价格"),
    *("覆盖率", "排放", "里程", "吞吐量", "余额"),
)


def content(units: Iterable[Unit]) -> list[Unit]:
    """The units that name something."""
    return [unit for unit in units if unit.role in _NAMING and unit.chinese]


def _split(units: Sequence[Unit], at: Callable[[Unit], bool]) -> list[list[Unit]]:
    found: list[list[Unit]] = [[]]
    for unit in units:
        if at(unit):
            found.append([])
        else:
            found[-1].append(unit)
    return found


def listed(units: Sequence[Unit]) -> list[list[Unit]]:
    """The items of a list, each with the words it shares with the others: spending on receptions and on vehicles."""
    at = next((n for n, u in enumerate(units) if u.role == "topic"), len(units))
    units, topic = units[:at], list(units[at:])
    raw = [part for part in _split(units, lambda u: u.role in ("conj", "comma")) if part]
    found: list[list[Unit]] = []
    for part in raw:
        whole = part
        before = found[-1] if found else []
        if before and part[0].role == "prep":
            at = next((n for n, u in enumerate(before) if n and u.role == "prep" and u.said == part[0].said), 0)
            at = at or next((n for n, u in enumerate(before) if n and u.role == "prep"), 0)
            whole = [*before[:at], *part] if at else [*part, *_tail(before)]
        elif before and not any(u.role in ("prep", "rise", "fall", "rate", "target", "portion") for u in part):
            whole = _headed(before, part)
        found.append(whole)
    return [[*one, *topic] for item in found for one in _tight(item)] or ([topic] if topic else [])


def _tail(before: Sequence[Unit]) -> list[Unit]:
    """The noun that a term of the tables ends with, for what is listed with it: 支出 of 教育支出."""
    last = next((unit.chinese for unit in reversed(before) if unit.role in _NAMING), "")
    return [Unit("", "word", noun) for noun in _SHARED if last.endswith(noun) and last != noun][:1]


def _headed(before: Sequence[Unit], part: list[Unit]) -> list[Unit]:
    """`part` with the general noun at the head of the item before it: cotton of output of grain and cotton."""
    at = next((n for n, u in enumerate(before) if u.role == "prep" and u.said == "of"), 0)
    head = [u for u in before[:at] if u.role in _NAMING]
    own = content(part)
    if (
        not head
        or not own
        or not head[-1].chinese.endswith(_SHARED)
        or own[-1].chinese.endswith((*_SHARED, "率", "额"))
    ):
        return part
    return [*before[: at + 1], *part]


def _tight(item: list[Unit]) -> list[list[Unit]]:
    """Items of a list inside one: income of urban residents && rural residents."""
    at = [n for n, u in enumerate(item) if u.role == "tight"]
    if not at:
        return [item]
    start = max((n + 1 for n in range(at[0]) if item[n].role in ("prep", "conj")), default=0)
    end = next((n for n in range(at[-1] + 1, len(item)) if item[n].role == "prep"), len(item))
    inside = _split(item[start:end], lambda u: u.role == "tight")
    return [[*item[:start], *part, *item[end:]] for part in inside if part]


def said(units: Sequence[Unit], glosses: Glosses) -> str:
    """The Chinese of a phrase. Other translations of its words go to `glosses`."""
    chunks = _split(units, lambda u: u.role in ("prep", "per", "topic"))
    words: list[Unit] = []
    for chunk in reversed(chunks):
        words += content(chunk)
    words = _single(_known(words))
    out = ""
    for unit in words:
        glosses.extend((unit.chinese, other) for other in ways(unit.chinese, unit.others))
        out += unit.chinese if _joins(out, unit.chinese) else f" {unit.chinese}"
    return out.strip()


def ways(word: str, others: Sequence[str]) -> list[str]:
    """Other words that may stand for a translation: the other translations, and what tells of the same."""
    return list(dict.fromkeys([*others, *(told for one in (word, *others) for told in alike(one) if told != word)]))


def _known(words: Sequence[Unit]) -> list[Unit]:
    """Without words that no table knows where enough others name the thing: mostly verbs and talk. Names stay."""
    known = [unit for unit in words if not (unit.chinese.isascii() and unit.chinese.islower())]
    return known if len(known) >= _ENOUGH else list(words)


def _single(words: Sequence[Unit]) -> list[Unit]:
    """Each word once: 新增 of how many new jobs were added."""
    kept: list[Unit] = []
    for number, unit in enumerate(words):
        others = [*kept, *words[number + 1 :]]
        if any(unit.chinese in other.chinese and (unit.chinese != other.chinese or other in kept) for other in others):
            continue
        kept.append(unit)
    return kept


def _joins(before: str, word: str) -> bool:
    """Whether reports write two words as one."""
    if not before or not word:
        return False
    last = before.rsplit(" ", 1)[-1]
    if last.isascii() or word.isascii():
        return False
    both = last + word
    if any(m.start < len(last) < m.end for m in indicators.mentions(both)):
        return True
    return bigrams.share(last[-1] + word[0]) >= _USUAL and not any(a == b for a, b in pairwise((last, word)))
