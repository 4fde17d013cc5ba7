"""The clauses of an English question: introductions are left out, each interrogative opens a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retrieval.lexicon import places
from retrieval.query.english.phrasing import content
from retrieval.query.english.reading import Unit

__all__ = ["Clause", "clauses"]

_FIGURES = frozenset(
    {
        *("many", "much", "money", "length", "by", "fast", "places", "share", "ends", "streak", "to"),
        *("what", "whatis"),
    }
)
# They also open subordinate clauses: behind the first interrogative they ask only after "and".
_WEAK = frozenset({"which", "where", "how"})
_INTRODUCTORY = frozenset({"prep", "according"})


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
    segments = _asking(_segments(_meant(_told(_aimed(units)))))
    for number, segment in enumerate(segments):
        opens = _openings(segment, started=bool(found))
        opens = _subordinate(segment, opens, any(_strong(unit) for later in segments[number + 1 :] for unit in later))
        if not opens and any(unit.role in _WEAK for unit in segment) and not found:
            # How did A do on B: what was …: the first half only says what the second is about.
            topic += [unit for unit in segment if unit.role in ("place", "time", "word", "prep")]
            continue
        if not opens:
            aside += segment
            continue
        topic = _topic(topic, segment[: opens[0]])
        for start, end in zip(opens, [*opens[1:], len(segment)], strict=True):
            for ask, body in _also(segment[start], segment[start + 1 : end]):
                found.append(_clause(ask, body, topic))
                topic = []
    _share(found)
    if found:
        _fill(found, aside)
    return found


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


def _predicated(body: Sequence[Unit]) -> bool:
    return any(unit.role in ("aux", "target", "rise", "fall") for unit in body)


def _strong(unit: Unit) -> bool:
    return unit.role in _FIGURES or (unit.role == "rank" and unit.said.startswith(_RANKING))


_RANKING = ("what", "how", "in what", "where", "in which", "which")


def _subordinate(segment: Sequence[Unit], opens: list[int], later: bool) -> list[int]:
    """Without a first weak interrogative that opens a subordinate clause: When A reported on 2013, how many …"""
    if not opens or segment[opens[0]].role not in _WEAK or segment[opens[0]].said in ("why", "who", "which"):
        return opens
    if any(unit.role == "rank" for unit in segment[opens[0] :]):
        return opens
    if len(opens) == 1:
        return [] if later else opens
    second = opens[1]
    return opens[1:] if _strong(segment[second]) and segment[second - 1].role == "comma" else opens


def _asking(segments: list[list[Unit]]) -> list[list[Unit]]:
    """Requests that ask without an interrogative: I need A and B; two numbers: A and B."""
    if any(_strong(unit) or unit.role in _WEAK for segment in segments for unit in segment):
        return segments
    at = next((n for n, segment in enumerate(segments) if any(u.role == "request" for u in segment)), -1)
    if at < 0:
        return segments
    segment = segments[at]
    place = max(n for n, u in enumerate(segment) if u.role == "request")
    ask = Unit("what is", "whatis", "多少")
    if at + 1 < len(segments) and not any(u.role == "chat" for u in segments[at + 1]):
        named = [u for u in segment if u.role in ("place", "time", "prep")]
        return [[*named, ask, *segments[at + 1]], *segments[at + 2 :]]
    before = [u for u in segment[:place] if u.role in ("place", "time", "prep")]
    return [*segments[:at], [*before, ask, *segment[place + 1 :]], *segments[at + 1 :]]


def _segments(units: Sequence[Unit]) -> list[list[Unit]]:
    """Stretches between full stops, colons and dashes. What stands before a colon and asks nothing, but names a place
    or a year and is no talk, opens the next one: Dianchi clean-up in 2011: how much …"""
    found: list[list[Unit]] = [[]]
    for number, unit in enumerate(units):
        if unit.role == "stop":
            last = found[-1]
            _noun_asked(last, ends=unit.said == "?")
            named = any(u.role in ("place", "time") for u in last) and not any(
                u.role in ("chat", "request") for u in last
            )
            asks = any(_strong(u) or u.role in _WEAK for u in last)
            if unit.said == ":" and named and not asks and number + 1 < len(units):
                last.append(Unit(",", "comma"))
            else:
                found.append([])
        else:
            found[-1].append(unit)
    _noun_asked(found[-1], ends=False)
    return [segment for segment in found if segment]


_LEADING = frozenset(
    {"place", "time", "prep", "det", "own", "conj", "comma", "end", "drop", "chat", "request", "report"}
)


def _noun_asked(segment: list[Unit], *, ends: bool) -> None:
    """Ask for a noun that no interrogative asks for: number of firms in 2020? … FDI used, and how many times …"""
    asks = [n for n, u in enumerate(segment) if _strong(u) or u.role in _WEAK or u.role == "rank"]
    if asks and (asks[0] < _FEW or segment[asks[0] - 1].role != "conj" or segment[asks[0]].role in _WEAK):
        return
    first = next((n for n, u in enumerate(segment) if u.role not in _LEADING), -1)
    before = segment[first : asks[0] if asks else len(segment)]
    if first < 0 or segment[first].role not in (
        "word",
        "head",
        "percap",
        "total",
        "portion",
        "rate",
        "newly",
        "target",
    ):
        return
    if any(u.role in ("aux", "request", "sub", "according") for u in before):
        return
    if asks and any(u.role == "chat" for u in segment[: asks[0]]):
        return
    if ends or asks:
        segment.insert(first, Unit("what is", "whatis", "多少"))


# So many units stand at least before what is asked with another thing.
_FEW = 3


def _told(units: Sequence[Unit]) -> list[Unit]:
    """tell me how many asks how many; tell me the number asks what it is."""
    found: list[Unit] = []
    for number, unit in enumerate(units):
        if unit.role != "tell":
            found.append(unit)
        elif not any(
            other.role in _FIGURES | _WEAK or other.role == "rank" for other in units[number + 1 : number + 4]
        ):
            found.append(replace(unit, role="whatis", chinese="多少"))
    return found


def _aimed(units: Sequence[Unit]) -> list[Unit]:
    """Other places than the one asked about name where something goes: how many doctors did A send to Hubei."""
    found = list(units)
    named = [n for n, unit in enumerate(found) if unit.role == "place" and unit.chinese != "全国"]
    main = next((n for n in named if n and found[n - 1].role == "aux"), -1)
    if main < 0:
        return found
    main_units = [c for m in places.mentions(found[main].chinese) for c in m.candidates[:1]]
    known = {name for unit in main_units for name in (unit.name, *unit.parents)}
    for n in named:
        unit = found[n]
        if n != main and unit.chinese in known - {main_units[0].name} and unit.chinese[-1] in "省区":
            whole = "全区" if unit.chinese.endswith("自治区") else "全省"
            asked = next((u.role for u in reversed(found[:n]) if _strong(u) or u.role in _WEAK), "")
            if asked == "share":
                found[n] = replace(unit, role="whole", chinese=whole)
            elif any(u.role == "rank" for u in found[max(0, n - _BESIDE) : n]):
                found[n] = replace(unit, role="scope", chinese=whole)
            continue
        own = {name for m in places.mentions(unit.chinese) for name in (m.candidates[0].name, *m.candidates[0].parents)}
        if n > main and found[n - 1].said in _TOWARDS and unit.chinese not in known and not own & {main_units[0].name}:
            found[n] = replace(unit, role="drop")
    return found


_TOWARDS = frozenset({"to", "from", "with", "via", "into", "onto", "through"})
_WISHES = frozenset({"want", "wants", "need", "needs"})
_STANDING = frozenset({"stand", "stands", "stood", "come", "sit", "finish", "land", "place", "placed", "rank", "fall"})
_BESIDE = 7


def _meant(units: Sequence[Unit]) -> list[Unit]:
    """What does A want: a target. Where did A stand, and where by B: a rank."""
    found = list(units)
    ranked = False
    for number, unit in enumerate(found):
        if unit.said in _WISHES and any(u.said in ("did", "does", "do") for u in found[max(0, number - 5) : number]):
            found[number] = replace(unit, role="target", chinese="目标")
        if unit.role != "where":
            continue
        near = range(number + 1, min(number + _BESIDE, len(found)))
        at = next((n for n in near if found[n].said in _STANDING), -1)
        asks = found[number + 1].role if number + 1 < len(found) else ""
        if at > 0 and asks == "aux" and "from" not in [u.said for u in found[at : at + 2]]:
            ranked = True
            found[at] = replace(found[at], role="rank", chinese="排第几")
        elif ranked and asks == "prep":
            found[number] = replace(unit, role="rank", chinese="排第几")
    return found


def _openings(segment: Sequence[Unit], *, started: bool) -> list[int]:
    found: list[int] = []
    for number, unit in enumerate(segment):
        before = segment[number - 1] if number else None
        asked = _strong(unit)
        if unit.role in _WEAK:
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
    clause.among = [unit.role for unit in body[:2]] == ["prep", "pron"]
    while body and body[-1].role in ("comma", "conj", "prep"):
        body = body[:-1]
    rest = _named(topic, clause)
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
_LED = frozenset({"prep", "det", "end", "own", "drop", "comma"})


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
    base = base or since
    if number and units[number - 1].role == "report" and unit.said.isdigit():
        clause.times.append(f"{unit.chinese}政府工作报告")
        return -1
    base = base or (changed and any(other.said in ("on", "over", "against") for other in led))
    end = any(other.role == "end" for other in led)
    if base and unit.said[:1].isdigit():
        clause.times.append(f"较{unit.chinese}")
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
    _undo(rest)
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
