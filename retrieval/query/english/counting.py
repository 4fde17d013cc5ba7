"""How many, how much, by how much and what share, said in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.query.english.clauses import Clause
from retrieval.query.english.phrasing import Glosses, content, said
from retrieval.query.english.reading import Unit
from retrieval.query.english.subjects import (
    CHANGE,
    MONEY,
    UNIT_WORD,
    WHOLES,
    averaged,
    bare,
    classifier,
    counter_of,
    each,
    first,
    line,
    merged,
    parted,
    spread,
    status_of,
    subjects,
    way_of,
    without,
    yearly_of,
)

__all__ = ["Before", "by_how_much", "many", "much", "ratio", "share", "uncounted"]


@dataclass(slots=True)
class Before:
    """What the clause before counted: its classifier and its words."""

    counter: str = ""
    thing: str = ""
    words: str = ""


def many(clause: Clause, glosses: Glosses, before: Before) -> tuple[str, Before]:
    """How many: the thing counted with its classifier."""
    text, counter, thing = _counted(clause, glosses, before)
    if thing in ("", "新增"):
        thing = " ".join(word for word in subjects(clause.body, []).split() if word != counter)
    words = " ".join(word for word in text.split() if "多少" not in word) if thing else before.words
    return text, Before(counter or before.counter, thing or before.thing, words)


def _counted(clause: Clause, glosses: Glosses, before: Before) -> tuple[str, str, str]:
    last = before.counter
    noun, rest = parted(clause.body)
    if not first(noun, "conj"):
        # Black, foul-smelling rivers are one thing.
        noun = without(noun, "comma")
    if content(noun) and (change := first(noun, *CHANGE)) and not first(noun, "more", "less"):
        # how many tourists growth, in percent
        subject = subjects(clause.body, glosses)
        return line(status_of(clause.body), subject, f"{way_of([change])}多少"), last, subject
    more = noun[0].role if noun and noun[0].role in ("more", "less") else ""
    counter = counter_of(noun)
    added = all(u.chinese in ("新增", "增加") or u.chinese in before.words for u in content(clause.body))
    if more and status_of(clause.body) and added and before.thing:
        # and how many more does it want in 2014
        return line(before.words or before.thing, status_of(clause.body), f"多少{last}"), last, before.thing
    if first(clause.body, "both"):
        thing = subjects([*noun, *without(rest, "prep")], glosses)
        return line(thing, f"由多少{counter}到多少{counter}"), counter, thing
    if counter and noun and (noun[0].role in ("more", "less", "counter") or noun[0].chinese == "新增"):
        noun = [u for n, u in enumerate(noun) if u.role != "counter" or n > 1]
    thing = subjects([*noun, *([Unit("新增", "word", "新增")] if first(noun, "newly") else [])], glosses)
    thing = _alike(thing)
    deed = said([u for u in bare(without(rest, "conj")) if u.chinese not in thing or not u.chinese], glosses)
    if clause.among and not thing and before.thing and before.thing not in deed:
        # and how many of them were …
        counter, deed = counter or last, f"{deed} {before.thing}".strip()
    subject = merged(deed, thing)
    counter = counter or (classifier(thing) if thing else last or "个" if deed else last)
    status = status_of(clause.body)
    if more:
        return (
            f"{subject} {'增加' if more == 'more' else '减少'}多少{counter if thing or counter != '个' else ''}",
            counter,
            thing,
        )
    if fall := first(rest, "fall"):
        verb = "减少" if fall.chinese in ("下降", "减少", "降低") else fall.chinese
        return f"{subject} {status} {verb}多少{counter}", counter, thing
    subject = averaged(clause.body, subject)
    scope = first(clause.body, "scope")
    return line(scope.chinese if scope else "", status, subject, f"{each(thing)}多少{counter}"), counter, thing


def _alike(thing: str) -> str:
    """Things counted together in one number: schools and kindergartens, firms and institutions."""
    items = thing.split("和")
    names = {classifier(item) for item in items}
    return (
        " ".join(items)
        if len(items) > 1 and len(names) == 1 and (names == {"所"} or any(item.endswith("机构") for item in items))
        else thing
    )


def much(clause: Clause, glosses: Glosses) -> str:
    """How much: an amount, or by how much something changed."""
    noun, rest = parted(clause.body)
    if first(clause.body, "relative"):
        return ratio(clause, glosses)
    if noun and noun[0].role in ("more", "less"):
        return f"{subjects(clause.body, glosses)} {'增加' if noun[0].role == 'more' else '减少'}多少"
    if not content(noun):
        if first(clause.body, "upto"):
            return line(subjects(clause.body, glosses), f"{way_of(clause.body)}到多少")
        if first(clause.body, *CHANGE):
            return by_how_much(clause, glosses)
        # how large was A, and B: each is asked
        subject = subjects([*noun, *rest], glosses)
        cue = clause.ask.chinese if clause.ask.role in ("money", "length") else "多少"
        return line(status_of(clause.body), averaged(clause.body, subject), f"{each(subject)}{cue}")
    thing = subjects([*noun, *(u for u in rest if u.role == "percap")], glosses)
    doers = subjects(rest, glosses)
    if "和" in doers and not first(rest, "rise", "fall", "accounts"):
        subject = spread(doers, thing)
        return line(status_of(clause.body), subject, "分别多少")
    verb = first(rest, "rise", "fall")
    if verb is not None and verb.role == "fall":
        rest = [*rest, Unit(verb.said, "word", "压减", ("退出", "淘汰", "化解"))]
        return line(status_of(clause.body), subjects(noun, glosses), said(content(rest), glosses), "多少")
    if MONEY.search(thing):
        # Revenue is taken in, no students are.
        rest = [unit for unit in rest if not unit.said.startswith(("take in", "took in"))]
    deed = said(bare(without(rest, "conj")), glosses)
    if accounts := first(rest, "accounts"):
        return line(thing, accounts.chinese, deed, "比重多少")
    counter = counter_of(noun)
    subject = averaged(clause.body, merged(deed, thing) if MONEY.search(deed) else line(thing, deed))
    cue = clause.ask.chinese if clause.ask.role == "money" else f"多少{counter}"
    if MONEY.search(deed) and MONEY.search(thing):
        subject = merged(deed, thing)
    return line(status_of(clause.body), subject, cue)


def ratio(clause: Clause, glosses: Glosses) -> str:
    """How large was A relative to B."""
    at = next(n for n, u in enumerate(clause.body) if u.role == "relative")
    return line(
        status_of(clause.body),
        subjects(clause.body[:at], glosses),
        "占",
        subjects(clause.body[at + 1 :], glosses),
        "比重多少",
    )


def by_how_much(clause: Clause, glosses: Glosses) -> str:
    """By how much something changed."""
    subject = subjects(uncounted(clause.body), glosses)
    if over := first(clause.body, "short", "beyond"):
        # By how much did A miss its target: the gap to what was planned or to others.
        scope = first(clause.body, "scope")
        base = "目标" if first(clause.body, "target") else f"{scope.chinese}平均" if scope else ""
        if base:
            change = "增速" if first(clause.body, *CHANGE) else ""
            return line(f"{yearly_of(clause.body)}{subject}", f"{change}比{base}{over.chinese}多少个百分点")
    way = way_of(clause.body)
    counter = counter_of(clause.body) if clause.ask.said.startswith(("by how many", "how many")) else ""
    target = "目标" if first(clause.body, "target") else ""
    tail = clause.ask.chinese + (counter if clause.ask.chinese == "多少" else "")
    if clause.ask.role in ("much", "money"):
        tail = "多少"
    return line(target, subject, f"{each(subject)}{yearly_of(clause.body)}{way}{tail}")


def uncounted(units: Sequence[Unit]) -> list[Unit]:
    """Without the unit at the front: people of by how many people."""
    found = list(units)
    while found and (found[0].role == "counter" or found[0].said in UNIT_WORD):
        found.pop(0)
    return found


def share(clause: Clause, glosses: Glosses) -> str:
    """What share of a whole something is."""
    body = [u for u in clause.body if u.role != "whole"]
    if entire := first(clause.body, "whole"):
        # How much of China's coal comes from A.
        subject = subjects(without(body, "accounts"), glosses)
        return line(subject, f"占{entire.chinese}比重多少")
    both = "由多少到多少" if first(body, "both") else ""
    if body and body[0].role == "prep":
        noun, rest = parted(body[1:])
    else:
        noun, rest = [], body
    status = "目标" if first(body, "target") else ""
    whole, part = subjects(noun, glosses), subjects(without(rest, "accounts"), glosses)
    if not whole and part in WHOLES:
        # and how much of the world's
        return f"占{WHOLES[part]}比重多少"
    accounts = first(rest, "accounts") or not said(bare(rest), glosses) or _is(rest)
    if not whole and clause.among and MONEY.search(part) and "much" in clause.ask.said:
        # and how much of that was local revenue
        return line(status, f"其中{part}", "多少")
    if not whole and clause.among:
        # and what share of it was private
        return line(status, f"其中{part}", "占比多少")
    if not whole:
        # what percentage did it make up; what share was A
        return line(status, part, both or f"{each(part)}占比多少")
    if accounts:
        # Each in a clause of its own: the whole belongs to every one.
        return ", ".join(line(status, one, f"占 {whole} 比重{both or '多少'}") for one in part.split("和"))
    return line(status, whole, part, both or "百分之几")


def _is(rest: Sequence[Unit]) -> bool:
    """Whether a thing is the share, not what is done to it: was the non-public sector, for manufacturing."""
    if not rest:
        return True
    if rest[0].said in ("was", "were", "is", "are"):
        return not any(word.endswith("ed") for unit in rest[1:] for word in unit.said.split())
    return any(unit.role == "target" for unit in rest) or any(unit.said == "for" for unit in rest)
