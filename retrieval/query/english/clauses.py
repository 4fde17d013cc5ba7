"""The clauses of an English question: introductions are left out, each interrogative opens a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from retrieval.lexicon import places
from retrieval.query.english.phrasing import content
from retrieval.query.english.reading import Unit
from retrieval.query.english.segments import WEAK, segments, strong

__all__ = ["Clause", "clauses"]


@dataclass(slots=True)
class Clause:
    """An interrogative and what it is about; `times` and `places` in Chinese, taken out of `body`."""

    ask: Unit
    body: list[Unit]
    times: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    joined: bool = False
    among: bool = False


def clauses(units: Sequence[Unit]) -> list[Clause]:
    """The clauses of a question in order; empty where nothing is asked in a way the grammar knows."""
    found: list[Clause] = []
    topic: list[Unit] = []
    aside: list[Unit] = []
    led: list[Unit] = []
    parts = segments(units)
    for number, segment in enumerate(parts):
        opens = _openings(segment, started=bool(found))
        opens = _subordinate(segment, opens, any(strong(unit) for later in parts[number + 1 :] for unit in later))
        if not opens and any(unit.role in WEAK for unit in segment) and not found:
            # How did A do on B: what was …: the first half only says what the second is about.
            topic += [unit for unit in segment if unit.role in ("place", "time", "word", "prep")]
            continue
        if not opens and found and segment[0].role == "again":
            found += _again(found[-1], segment[1:])
            continue
        if not opens:
            aside += segment
            led = segment
            continue
        topic = _topic(topic, segment[: opens[0]])
        wished = [unit for unit in segment[max(0, opens[0] - 1) : opens[0]] if unit.role == "target"]
        for start, end in zip(opens, [*opens[1:], len(segment)], strict=True):
            for ask, body in _also(segment[start], segment[start + 1 : end]):
                found.append(_clause(ask, [*body, *wished], topic))
                topic = []
                if led and len(found) > 1:
                    # Energy use per unit of output: cut by how much?
                    _told_of(found[-1], led)
                led = []
    found = _led(found)
    _share(found)
    _way(found)
    if found:
        _fill(found, aside)
        _told_of(found[0], aside)
    return found


def _led(found: list[Clause]) -> list[Clause]:
    """Without a first clause that asks for nothing by itself: what did A plan for 2021: how many …"""
    if len(found) < _TWO or found[0].ask.role not in ("what", "whatis") or content(found[0].body):
        return found
    first, second = found[0], found[1]
    if any(unit.role not in ("aux", "target", "light", "prep", "actual", "drop") for unit in first.body):
        return found
    target = [unit for unit in first.body if unit.role == "target"]
    if not target:
        return found
    for clause in found[1:]:
        if not any(unit.role == "target" for unit in clause.body):
            clause.body += target
    second.places = second.places or first.places
    second.times = second.times or first.times
    return found[1:]


_TWO = 2


def _again(last: Clause, named: Sequence[Unit]) -> list[Clause]:
    """What the clause before asked, asked of another thing: the same for listed companies."""
    clause = Clause(last.ask, [], list(last.times), list(last.places))
    new = Clause(last.ask, [])
    noun = _named([unit for unit in named if unit.role not in ("chat", "request")], new)
    if not content(noun):
        return []
    kept = [unit for unit in last.body if unit.role in _KINDS]
    clause.body = [*noun, *kept]
    clause.times, clause.places = new.times or clause.times, new.places or clause.places
    return [clause]


# What is asked of a thing, whichever it is.
_KINDS = frozenset(
    {"rise", "fall", "rate", "target", "actual", "both", "yearly", "average", "aux", "portion", "upto", "change"}
)


def _told_of(clause: Clause, aside: Sequence[Unit]) -> None:
    """What a statement before the question speaks of, where the question names nothing: A promised subsidies to B.
    How much a month …"""
    if any(unit.role != "counter" for unit in content(clause.body)) or any(
        unit.role in ("chat", "sub", "report") for unit in aside
    ):
        return
    told = content(_named(aside, Clause(clause.ask, [])))
    if told:
        clause.body += [Unit("", "topic"), *told]
    clause.body += [unit for unit in aside if unit.role == "target"][:1]


_HEADS = ("number", "total number", "amount")
_MEASURES = frozenset({"rate", "rise", "fall", "target", "portion", "rank", "yearly", "change"})


def _also(ask: Unit, body: Sequence[Unit]) -> list[tuple[Unit, Sequence[Unit]]]:
    """An interrogative with its words, and what is asked with it by a noun alone: … and its growth rate, … and the
    target for 2014."""
    for number, unit in enumerate(body):
        after = [other for other in body[number + 1 : number + 4] if other.role not in ("det", "own", "drop", "conj")]
        led = body[number + 1 : number + 3]
        if unit.role not in ("conj", "comma") or not number or not after:
            continue
        counted = ask.role == "whatis" and unit.role == "conj" and after[0].said in _HEADS
        if after[0].role not in _MEASURES and not counted:
            continue
        if any(other.role in ("det", "own") for other in led) or unit.role == "comma" or counted:
            rest = body[number + 1 :]
            while rest and rest[0].role in ("conj", "comma"):
                rest = rest[1:]
            return [(ask, body[:number]), *_also(Unit("what is", "whatis", "多少"), rest)]
    return [(ask, body)]


_COUNTING = frozenset({"many", "much", "money"})


def _share(found: Sequence[Clause]) -> None:
    """What is said of two quantities at once is said of each: how much coal and how much steel did Hebei produce."""
    for clause, behind in zip(found[-2::-1], found[:0:-1], strict=False):
        at = next((n for n, unit in enumerate(behind.body) if unit.role in ("aux", "target")), -1)
        if (
            {clause.ask.role, behind.ask.role} <= _COUNTING
            and at > 0
            and clause.joined
            and not _predicated(clause.body)
        ):
            clause.body += behind.body[at:]
            clause.places = clause.places or behind.places
            clause.times = clause.times or behind.times


def _way(found: Sequence[Clause]) -> None:
    """How something changed, where only the clause before says it: by how much was A cut, and by how much B."""
    for clause, behind in pairwise(found):
        if clause.ask.role == behind.ask.role == "by" and not any(u.role in _WAYS for u in behind.body):
            behind.body += [unit for unit in clause.body if unit.role in ("rise", "fall")][:1]


_WAYS = frozenset({"rise", "fall", "rate", "change", "more", "less", "short", "beyond"})


def _predicated(body: Sequence[Unit]) -> bool:
    return any(unit.role in ("aux", "target", "rise", "fall") for unit in body)


def _subordinate(segment: Sequence[Unit], opens: list[int], later: bool) -> list[int]:
    """Without a first weak interrogative that opens a subordinate clause: When A reported on 2013, how many …"""
    if not opens or segment[opens[0]].role not in WEAK or segment[opens[0]].said in ("why", "who", "which"):
        return opens
    if any(unit.role == "rank" for unit in segment[opens[0] :]):
        return opens
    if len(opens) == 1:
        return [] if later else opens
    second = opens[1]
    dated = segment[opens[0]].said == "when" and any(u.role == "comma" for u in segment[opens[0] : second])
    return opens[1:] if strong(segment[second]) and (segment[second - 1].role == "comma" or dated) else opens


def _openings(segment: Sequence[Unit], *, started: bool) -> list[int]:
    found: list[int] = []
    for number, unit in enumerate(segment):
        before = segment[number - 1] if number else None
        asked = strong(unit)
        if unit.role in WEAK:
            first = not found and not started
            asked = first or before is None or before.role == "conj"
        if asked:
            found.append(number)
    return found


def _topic(topic: Sequence[Unit], before: Sequence[Unit]) -> list[Unit]:
    """What stands before the first interrogative: its names, and its words where they are no talk."""
    talk = any(unit.role == "chat" for unit in before)
    kept = [unit for unit in before if not talk or unit.role in ("place", "time", "prep", "end")]
    return [*topic, *kept]


def _clause(ask: Unit, body: Sequence[Unit], topic: Sequence[Unit]) -> Clause:
    clause = Clause(ask, [])
    clause.joined = len(body) > 1 and body[-1].role == "conj" and body[-2].role != "comma"
    of_it = ask.said.endswith(" of") and [unit.role for unit in body[:1]] == ["pron"]
    clause.among = of_it or [unit.role for unit in body[:2]] == ["prep", "pron"]
    while body and body[-1].role in ("comma", "conj", "prep"):
        body = body[:-1]
    rest = _named(topic, clause)
    if ask.role == "by" and rest and rest[-1].role in ("rise", "fall"):
        # Energy use: cut by how much?
        body = [*body, rest[-1]]
    before = content(rest)
    clause.body = _named(body, clause)
    if before and not any(unit.role in ("sub", "according") for unit in rest):
        # In its crackdown on counterfeit rice, how many cases …: said of what is asked.
        clause.body += [Unit("", "topic"), *_trimmed(rest)]
    return clause


def _trimmed(units: Sequence[Unit]) -> list[Unit]:
    found = [unit for unit in units if unit.role not in ("comma", "conj")]
    while found and found[0].role in ("prep", "det", "own"):
        found = found[1:]
    return found


_DROPPED = frozenset({"det", "drop", "chat", "pron", "yoy", "request"})
_LED = frozenset({"prep", "det", "end", "own", "drop", "comma", "start"})


def _named(units: Sequence[Unit], clause: Clause) -> list[Unit]:
    """The units without years and places, which go to the clause, and without words that say nothing."""
    rest: list[Unit] = []
    skip = -1
    for number, unit in enumerate(units):
        if number == skip:
            continue
        if unit.role == "sub":
            break
        if unit.role == "time":
            skip = _timed(units, number, rest, clause)
        elif unit.role == "place":
            _placed(unit, units[number + 1 :], rest, clause)
        elif unit.role == "report":
            _undo(rest)
        elif unit.role in _DROPPED:
            if unit.role == "yoy":
                rest.append(unit)
        else:
            rest.append(unit)
    return _tidy(rest)


def _timed(units: Sequence[Unit], number: int, rest: list[Unit], clause: Clause) -> int:
    """Take a time; the number of a unit behind it that was taken with it (of 2012 report), or -1."""
    unit = units[number]
    led = _undo(rest)
    following = next(
        (
            n
            for n in range(number + 1, min(number + 5, len(units)))
            if units[n].role not in ("drop", "place", "own", "det")
        ),
        -1,
    )
    if following > 0 and units[following].role == "report":
        clause.times.append(f"{unit.chinese}政府工作报告")
        return following
    base = any(other.role == "than" or other.said == "from" for other in led)
    changed = bool(rest) and rest[-1].role in ("rise", "fall", "rate", "more", "less")
    since = bool(number) and units[number - 1].said == "since"
    if since and not changed and unit.said.isdigit():
        clause.times.append(f"{unit.chinese}以来")
        return -1
    base = base or since or clause.ask.chinese == "几倍"
    if number and units[number - 1].role == "report" and unit.said.isdigit():
        clause.times.append(f"{unit.chinese}政府工作报告")
        return -1
    base = base or (changed and any(other.said in ("on", "over", "against") for other in led))
    end = any(other.role == "end" for other in led)
    if base and (unit.said[:1].isdigit() or unit.chinese.startswith("“")):
        opening = "初" if any(other.role == "start" for other in led) and unit.said.isdigit() else ""
        clause.times.append(f"较{unit.chinese}{opening}")
    elif end and unit.chinese.startswith("“"):
        clause.times.append(f"{unit.chinese}末")
    else:
        clause.times.append(unit.chinese)
    return -1


def _placed(unit: Unit, behind: Sequence[Unit], rest: list[Unit], clause: Clause) -> None:
    whole = {p.name for m in places.mentions(unit.chinese) for p in m.candidates}
    if whole == {"全国"} and any(other.role == "rank" for other in [*rest, *behind]):
        rest.append(Unit(unit.said, "scope", "全国"))
        return
    if rest and rest[-1].role == "scope":
        return
    if whole == {"全国"} and clause.ask.role == "share" and not rest:
        rest.append(Unit(unit.said, "whole", "全国"))
        return
    led = _undo(rest)
    if rest and behind and behind[0].role in ("word", "total", "percap") and any(other.said == "of" for other in led):
        # The value added of A's private economy.
        rest.append(Unit("of", "prep"))
    if unit.chinese not in clause.places:
        clause.places.append(unit.chinese)


def _undo(rest: list[Unit]) -> list[Unit]:
    """Take away what leads to a name: by the end of."""
    led: list[Unit] = []
    while rest and (rest[-1].role in _LED or rest[-1].role in ("than", "according")):
        led.append(rest.pop())
        if led[-1].role == "comma":
            break
    return led


def _tidy(rest: Sequence[Unit]) -> list[Unit]:
    """No commas at the ends or beside each other, no preposition without a noun."""
    found: list[Unit] = []
    for unit in rest:
        joint = unit.role in ("comma", "conj")
        if joint and (not found or found[-1].role in ("comma", "conj")):
            continue
        while joint and found and found[-1].role == "prep":
            found.pop()
        found.append(unit)
    while found and found[-1].role in ("comma", "conj", "prep", "own"):
        found.pop()
    return found


def _fill(found: list[Clause], aside: Sequence[Unit]) -> None:
    """Years and places that only an aside names: I have a hotel in Taiyuan. How many tourists …"""
    named = Clause(found[0].ask, [])
    _named(aside, named)
    inside = {p for c in found for name in c.places for m in places.mentions(name) for p in m.candidates[0].parents}
    if not any(clause.places for clause in found) or set(named.places) & inside:
        found[0].places = [*named.places, *found[0].places]
    if not any(clause.times for clause in found):
        found[0].times = named.times
