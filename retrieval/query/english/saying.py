"""A clause said in Chinese: subject words first, then the cue of what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.query.english.clauses import Clause
from retrieval.query.english.counting import Before, by_how_much, many, much, share, uncounted
from retrieval.query.english.naming import what, whatis, which
from retrieval.query.english.phrasing import Glosses, said
from retrieval.query.english.subjects import counter_of, each, first, line, status_of, subjects, without, yearly_of

__all__ = ["say"]


def say(clause: Clause, glosses: Glosses, last: Before) -> tuple[str, Before]:
    """The Chinese of a clause, and what it counts (`last` is that of the clause before)."""
    names = " ".join([*clause.places, *_dated(clause.times)])
    role = clause.ask.role
    counted = last
    if role == "where":
        role = "rank" if first(clause.body, "rank", "scope") else "which"
    if role == "how" and any(u.role == "rank" for u in clause.body):
        role = "rank"
    if role == "many":
        text, counted = many(clause, glosses, last)
    else:
        text = _SAYING.get(role, which)(clause, glosses)
    return f"{names} {text}".strip(), counted


def _dated(times: Sequence[str]) -> list[str]:
    """Times in the order named; two years side by side as a list."""
    return (
        ["和".join(dict.fromkeys(times))]
        if len(times) > 1 and all(t[0].isdigit() and t[-1] == "年" for t in times)
        else list(dict.fromkeys(times))
    )


def _fast(clause: Clause, glosses: Glosses) -> str:
    subject = subjects(clause.body, glosses)
    fall = first(clause.body, "fall")
    cue = f"{fall.chinese}多少" if fall else "增速多少"
    if yearly := yearly_of(clause.body):
        cue = f"{yearly}{cue}"
    return line("目标" if first(clause.body, "target") else "", subject, f"{each(subject)}{cue}")


def _moved(clause: Clause, glosses: Glosses) -> str:
    fall = first(clause.body, "fall")
    return line(subjects(clause.body, glosses), f"{'下降' if fall else '上升'}几位")


def _lasting(clause: Clause, glosses: Glosses) -> str:
    words = said(without(clause.body, "aux", "light", "conj", "own", "target", "rise", "fall"), glosses)
    ranked = "第一" if any("first" in u.said and u.role == "rank" for u in clause.body) else ""
    change = first(clause.body, "rise", "fall")
    return line(words, ranked, change.chinese if change else "", clause.ask.chinese)


def _ranked(clause: Clause, glosses: Glosses) -> str:
    scope = first(clause.body, "scope")
    subject = subjects(clause.body, glosses)
    return line(subject, f"{each(subject)}{scope.chinese if scope else ''}排第几")


def _ends(clause: Clause, glosses: Glosses) -> str:
    found = first(clause.body, "rise", "fall")
    way = {"下降": "减少"}.get(found.chinese, found.chinese) if found else "变化"
    counts = "many" in clause.ask.said or "number" in clause.ask.said
    way = ("增加" if counts else "提高") if way == "增长" else way if counts or way != "减少" else "下降"
    counter = counter_of(clause.body)
    noun = clause.ask.chinese + (counter if clause.ask.chinese == "多少" and counter != "%" else "")
    subject = subjects(uncounted(clause.body), glosses)
    return line(subject, f"{each(subject)}由{noun}{way}到{noun}")


def _reached(clause: Clause, glosses: Glosses) -> str:
    return line(status_of(clause.body), subjects(clause.body, glosses), "达到多少")


_SAYING = {
    "much": much,
    "money": much,
    "length": much,
    "by": by_how_much,
    "fast": _fast,
    "places": _moved,
    "share": share,
    "streak": _lasting,
    "rank": _ranked,
    "ends": _ends,
    "to": _reached,
    "whatis": whatis,
    "what": what,
}
