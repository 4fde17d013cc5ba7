"""What is asked of a noun: its growth, its share, its rank, its target; and questions for words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.query.english.clauses import Clause
from retrieval.query.english.counting import ratio
from retrieval.query.english.phrasing import Glosses, content, listed, said
from retrieval.query.english.reading import Unit
from retrieval.query.english.subjects import (
    CHANGE,
    HALVES,
    MONEY,
    WHOLES,
    averaged,
    bare,
    classifier,
    counter_of,
    each,
    first,
    line,
    measured,
    merged,
    parted,
    per_head,
    status_of,
    subjects,
    way_of,
    without,
    yearly_of,
)

__all__ = ["what", "whatis", "which"]


@dataclass(slots=True)
class _Asked:
    """What is asked of a subject: the subject's words and the cue behind them."""

    subject: str
    cue: str


def whatis(clause: Clause, glosses: Glosses) -> str:
    """What is A, and B: each noun with what is asked of it."""
    target = "目标" if first(clause.body, "target") else ""
    if first(clause.body, "relative"):
        return ratio(clause, glosses)
    asked: list[_Asked] = []
    for item in listed(without(clause.body, "light", "aux")):
        one = _noun(item, target, glosses)
        if asked and "比重" in asked[-1].cue and one.subject in WHOLES:
            # shares of the province's total and the country's
            one = _Asked("", f"占 {WHOLES[one.subject]} 比重{target}多少")
        asked.append(one)
    if len(asked) > 1 and not asked[0].subject and first(clause.body, *CHANGE) and asked[1].cue.endswith("多少"):
        # Growth targets: A and B.
        kind, *asked = asked
        asked = [_Asked(one.subject, kind.cue) for one in asked]
    halves = [one for one in asked if one.subject in HALVES]
    others = [one for one in asked if one.subject not in HALVES and one.subject]
    if halves and others:
        asked = [_Asked(half.subject + one.subject, one.cue) for one in others for half in halves]
    if first(clause.body, "both"):
        asked = [_Asked(item.subject, "由多少到多少") for item in asked if item.subject]
    return _told(asked) or f"{target}多少"


def _told(asked: Sequence[_Asked]) -> str:
    """Things asked alike in one clause, others in clauses of their own."""
    groups: list[_Asked] = []
    for item in asked:
        if groups and groups[-1].cue == item.cue and item.subject and groups[-1].subject:
            groups[-1].subject += f"和{item.subject}"
        elif item.subject or item.cue not in ("多少", "") or not groups:
            groups.append(_Asked(item.subject, item.cue))
    return ", ".join(line(item.subject, f"{each(item.subject)}{item.cue}") for item in groups)


def _noun(item: Sequence[Unit], target: str, glosses: Glosses) -> _Asked:
    """What is asked of a noun phrase: growth rate of A, A's share of B, A."""
    if first(item, "rank"):
        scope = first(item, "scope")
        return _Asked(subjects(item, glosses), f"{scope.chinese if scope else ''}排第几")
    if first(item, "portion", "accounts"):
        return _portion(item, target, glosses)
    change = first(item, *CHANGE)
    subject = subjects(item, glosses)
    if change is not None:
        way = "增速" if change.role == "rate" else "变化" if change.role == "change" else change.chinese
        percent = "百分之几" if change.said.startswith("percent") and not target else "多少"
        return _Asked(subject, f"{yearly_of(item)}{way}{target}{percent}")
    subject = averaged(item, subject)
    counter = counter_of([u for u in item if u.role != "head"])
    if first(item, "head") and any(u.said in ("number", "total number", "numbers") for u in item):
        counter = counter or classifier(subject)
    return _Asked(subject, f"{target}多少{counter}")


def _portion(item: Sequence[Unit], target: str, glosses: Glosses) -> _Asked:
    """A's share of B, share of A in B, A as a share of B."""
    at = next(n for n, u in enumerate(item) if u.role in ("portion", "accounts"))
    before = item[:at]
    after = list(item[at + 1 :])
    own = any(u.role == "own" for u in item[:at])
    subject = subjects(before, glosses)
    inside = next((n for n, u in enumerate(after) if u.said == "in"), len(after))
    of = subjects([u for n, u in enumerate(after[:inside]) if n or u.role != "prep"], glosses)
    whole = subjects(after[inside + 1 :], glosses)
    if whole and not subject:
        return _Asked(of, f"占 {whole} 比重{target}多少")
    if (subject or own) and of:
        return _Asked(subject, ", ".join(f"占 {one} 比重{target}多少" for one in of.split("和")))
    return _Asked(line(subject, of), f"占比{target}多少")


def what(clause: Clause, glosses: Glosses) -> str:
    """What target did A set for B; what growth did A see; what hotline was opened."""
    noun, rest = parted(clause.body)
    target = "目标" if first(clause.body, "target") else ""
    words = content(noun)
    if not words:
        flagged = first(noun, *CHANGE, "head", "portion", "rank", "percap") or first(clause.body, "target")
        if first(noun, "portion"):
            return whatis(Clause(clause.ask, [*without(rest, "target"), Unit("as", "prep"), *noun]), glosses)
        change = first(noun, *CHANGE)
        rest_ = rest
        if first(rest, "upto"):
            return line(subjects(rest, glosses), f"{way_of(rest)}到多少")
        if not flagged and any(u.role == "light" and u.said.split()[0] in _REACHED for u in rest):
            return line(subjects(rest, glosses), "达到多少")
        each_one = first(rest, "percap") or (first(rest, "yearly", "average") and any(u.said in _MADE for u in rest))
        if each_one and any(u.role == "light" or u.said in _MADE for u in rest) and not measured(subjects(rest, [])):
            # What did farmers make per head.
            earners = said([u for u in bare(without(rest, "percap")) if u.said not in _MADE], glosses)
            return line(status_of(rest), earners, "人均收入多少")
        paid = MONEY.search(said(bare(rest), [])) and any(u.said in _PAID for u in rest)
        if change is None and not measured(subjects(rest, glosses)) and not flagged and not paid:
            return which(clause, glosses)
        items = listed(_from_for(without(rest_, "light", "aux", "target", "actual", "total")))
        asked = []
        for item in items:
            one = _noun(item, target, glosses)
            if change is not None and not first(item, *CHANGE):
                one.cue = f"{yearly_of(noun)}{'增速' if change.role == 'rate' else change.chinese}{target}多少"
            asked.append(one)
        if not asked:
            cue = (
                f"{yearly_of(noun)}{'增速' if change.role == 'rate' else change.chinese}{target}多少"
                if change
                else f"{target}多少"
            )
            asked = [_Asked("", cue)]
        return _told(asked)
    flagged = first(noun, *CHANGE, "head", "portion", "rank", "target", "percap")
    text = subjects(noun, glosses)
    if not flagged and not measured(text):
        return which(clause, glosses)
    asked = [_noun(item, target, glosses) for item in listed(noun)]
    doers = subjects(without(rest, "accounts"), glosses)
    if "和" in doers and len(asked) == 1:
        per = first(rest, "percap")
        asked[0].subject = per_head(asked[0].subject) if per else asked[0].subject
        return _told([_Asked(merged(deed, asked[0].subject), asked[0].cue) for deed in doers.split("和")])
    deed = said(bare(without(rest, "conj", "accounts")), glosses)
    if deed and asked:
        for one in asked:
            one.subject = merged(deed, one.subject)
    return _told(asked)


_MADE = frozenset({"make", "made", "earn", "earned", "take home", "bring home", "get"})
_PAID = frozenset({"pay", "spend", "cost", "invest", "earn", "charge", "put into", "invest in", "pay for", "spend on"})
_REACHED = frozenset(
    {
        "become",
        "became",
        "reach",
        "reached",
        "hit",
        "stand",
        "stood",
        "total",
        "come",
        "came",
        "add",
        "added",
        "amount",
        "amounted",
    }
)


def _from_for(units: Sequence[Unit]) -> list[Unit]:
    """Without the preposition at the front: for A and for B."""
    found = list(units)
    while found and found[0].role in ("prep", "comma"):
        found.pop(0)
    return found


def which(clause: Clause, glosses: Glosses) -> str:
    """A question for words: what is said of the thing, then which."""
    noun, rest = parted(clause.body)
    status = status_of(clause.body)
    roles = ("aux", "light", "conj", "target", "actual", "own")
    deed = said(without(rest, *roles), glosses)
    words = merged(deed, said(without(noun, *roles), glosses))
    cue = {"what": "什么", "whatis": "什么", "much": "多少", "where": "哪里", "how": "如何"}.get(
        clause.ask.role, clause.ask.chinese
    )
    return line(status, words, "哪个" if cue == "哪" else cue)
