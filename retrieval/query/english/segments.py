"""An English question in the stretches between its stops, each with an interrogative where a thing is asked for.

What is asked without one (number of firms in 2020? I need A and B) is given one; wishes (does A want) become targets,
places where a thing stands (where did A stand) ranks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.lexicon import places
from retrieval.query.english.reading import Unit

__all__ = ["WEAK", "segments", "strong"]


_FIGURES = frozenset(
    {
        *("many", "much", "money", "length", "by", "fast", "places", "share", "ends", "streak", "to"),
        *("what", "whatis"),
    }
)
# They also open subordinate clauses: behind the first interrogative they ask only after "and".
WEAK = frozenset({"which", "where", "how"})


_RANKING = ("what", "how", "in what", "where", "in which", "which")


def segments(units: Sequence[Unit]) -> list[list[Unit]]:
    """The stretches of a question in order."""
    return _asking(_segments(_meant(_told(_aimed(units)))))


def strong(unit: Unit) -> bool:
    """Whether a unit asks for a figure by itself."""
    return unit.role in _FIGURES or (unit.role == "rank" and unit.said.startswith(_RANKING))


def _told(units: Sequence[Unit]) -> list[Unit]:
    """tell me how many asks how many; tell me the number asks what it is."""
    found: list[Unit] = []
    for number, unit in enumerate(units):
        if unit.role != "tell":
            found.append(unit)
        elif not any(other.role in _FIGURES | WEAK or other.role == "rank" for other in units[number + 1 : number + 4]):
            found.append(replace(unit, role="whatis", chinese="多少"))
    return found


_TOWARDS = frozenset({"to", "from", "with", "via", "into", "onto", "through", "help", "aid", "assist", "support"})
_WISHES = frozenset({"want", "wants", "need", "needs"})
_STANDING = frozenset({"stand", "stands", "stood", "come", "sit", "finish", "land", "place", "placed", "rank", "fall"})
_HOPES = frozenset({"expect", "expects", "forecast", "project", "estimate", "anticipate"})
_BEING = frozenset({"was", "were", "is", "are"})
_NEAR = 3
_SAID = frozenset({"say", "says", "said"})
_AS_MANY = frozenset({"what", "as", "more", "the", "last", "larger", "bigger", "higher"})
_BESIDE = 7
_WIDE = 12


def _aimed(units: Sequence[Unit]) -> list[Unit]:
    """Other places than the one asked about name where something goes: how many doctors did A send to Hubei."""
    found = list(units)
    named = [n for n, unit in enumerate(found) if unit.role == "place" and unit.chinese != "全国"]
    main = next((n for n in named if n and found[n - 1].role == "aux"), -1)
    if main < 0:
        main = next((n for n in named if found[n].chinese[-1] in "市州盟"), -1)
    if main < 0:
        return found
    main_units = [c for m in places.mentions(found[main].chinese) for c in m.candidates[:1]]
    known = {name for unit in main_units for name in (unit.name, *unit.parents)}
    for n in named:
        unit = found[n]
        if n != main and unit.chinese in known - {main_units[0].name} and unit.chinese[-1] in "省区":
            whole = "全区" if unit.chinese.endswith("自治区") else "全省"
            asked = next((u.role for u in reversed(found[:n]) if strong(u) or u.role in WEAK), "")
            if asked == "share":
                found[n] = replace(unit, role="whole", chinese=whole)
            elif any(u.role == "rank" for u in found[max(0, n - _BESIDE) : n]):
                found[n] = replace(unit, role="scope", chinese=whole)
            continue
        own = {name for m in places.mentions(unit.chinese) for name in (m.candidates[0].name, *m.candidates[0].parents)}
        if n > main and found[n - 1].said in _TOWARDS and unit.chinese not in known and not own & {main_units[0].name}:
            found[n] = replace(unit, role="drop")
    return found


def _meant(units: Sequence[Unit]) -> list[Unit]:
    """What does A want: a target. Where did A stand, and where by B: a rank."""
    found = list(units)
    ranked = False
    for number, unit in enumerate(found):
        if planned := _planned(found, number):
            found[number] = replace(unit, role="target", chinese=planned)
        elif unit.said == "times" and number and found[number - 1].said == "how many":
            after = found[number + 1] if number + 1 < len(found) else None
            if after is not None and (after.role in ("time", "own", "det", "pron", "yoy") or after.said in _AS_MANY):
                # How many times the figure of 2010 was it.
                found[number - 1] = replace(found[number - 1], said="by how many times", role="by", chinese="几倍")
                found[number] = replace(unit, role="drop")
        elif unit.said == "how far" and any(u.role in ("rise", "fall") for u in found[number + 1 : number + _WIDE]):
            # How far did A fall.
            found[number] = replace(unit, said="by how much", role="by", chinese="多少")
        elif unit.role == "how" and _changed(found[number + 1 : number + _BESIDE]):
            found[number] = replace(unit, said="by how much", role="by", chinese="多少")
        if unit.role != "where":
            continue
        near = range(number + 1, min(number + _BESIDE, len(found)))
        at = next((n for n in near if found[n].said in _STANDING), -1)
        asks = found[number + 1].role if number + 1 < len(found) else ""
        if at > 0 and asks == "aux" and _of_it(found, number, at):
            # What was the rate in 2005, and where did it stand in 2007: the rate's value.
            found[number], found[at] = replace(unit, role="much", chinese="多少"), replace(found[at], role="drop")
        elif at > 0 and asks == "aux" and "from" not in [u.said for u in found[at : at + 2]]:
            ranked = True
            found[at] = replace(found[at], role="rank", chinese="排第几")
        elif ranked and asks == "prep":
            found[number] = replace(unit, role="rank", chinese="排第几")
    return found


def _of_it(units: Sequence[Unit], where: int, stood: int) -> bool:
    """Whether what stood somewhere is only 'it', and a value was asked for before."""
    subject = [unit.role for unit in units[where + 2 : stood]]
    return subject == ["pron"] and any(unit.role in ("whatis", "what", "much") for unit in units[:where])


def _planned(units: Sequence[Unit], number: int) -> str:
    """目标 or 计划 where a unit tells of a plan beside what stands around it."""
    said, before = units[number].said, units[max(0, number - _NEAR) : number]
    last = before[-1] if before else Unit("", "")
    near = units[max(0, number - _BESIDE) : number + _BESIDE]
    if said == "wanted":
        return "目标" if last.role == "place" else ""
    if said in _WISHES:
        return "目标" if _asked_of(units, number) else ""
    if said == "would":
        # It said it would raise B.
        return "目标" if any(unit.said in _SAID for unit in before) else ""
    if said in _HOPES and _asked_of(units, number):
        # How much did A expect it to grow.
        return "目标" if any(unit.role in ("rise", "fall", "rate") for unit in near) else ""
    if said == "due to":
        # How much was A due to close.
        return "计划" if any(unit.said in _BEING for unit in before) else ""
    if said == "to" and last.role == "place" and len(before) > 1:
        # How many kilometres was A to build.
        return "计划" if before[-2].said in _BEING else ""
    return ""


def _changed(units: Sequence[Unit]) -> bool:
    """How did A change: by how much."""
    return bool(units) and units[0].role == "aux" and any(unit.role == "change" for unit in units)


def _asked_of(units: Sequence[Unit], number: int) -> bool:
    """Whether a verb is asked of someone: did A want."""
    return any(unit.said in ("did", "does", "do") for unit in units[max(0, number - 5) : number])


def _segments(units: Sequence[Unit]) -> list[list[Unit]]:
    """Stretches between full stops, colons and dashes. What stands before a colon and asks nothing, but names a place
    or a year and is no talk, opens the next one: Dianchi clean-up in 2011: how much …"""
    found: list[list[Unit]] = [[]]
    for number, unit in enumerate(units):
        if unit.role == "stop":
            last = found[-1]
            _noun_asked(last, ends=unit.said in ("?", ";"))
            named = any(u.role in ("place", "time") for u in last) and not any(
                u.role in ("chat", "request") for u in last
            )
            asks = any(strong(u) or u.role in WEAK for u in last)
            if unit.said == ":" and named and not asks and number + 1 < len(units):
                last.append(Unit(":", "comma"))
            elif unit.said == ":" and not asks and _names_both(last) and not any(u.role == "request" for u in last):
                # Two quick ones on Changzhou in 2020: how many …
                found[-1] = [u for u in last if u.role in ("place", "time", "prep", "end")]
                found[-1].append(Unit(":", "comma"))
            else:
                found.append([])
        else:
            found[-1].append(unit)
    _noun_asked(found[-1], ends=False)
    return [segment for segment in found if segment]


def _names_both(units: Sequence[Unit]) -> bool:
    """Whether both a place and a year are named."""
    return {"place", "time"} <= {unit.role for unit in units}


_LEADING = frozenset(
    {"place", "time", "prep", "det", "own", "conj", "comma", "end", "drop", "chat", "request", "report"}
)


_MEASURED = frozenset({"rise", "fall", "rate", "target", "portion", "head"})
# So many units stand at least before what is asked with another thing.
_FEW = 3


def _noun_asked(segment: list[Unit], *, ends: bool) -> None:
    """Ask for a noun that no interrogative asks for: number of firms in 2020? … FDI used, and how many times …"""
    if any(u.said.endswith("n't") or u.role == "again" for u in segment):
        # A tag (doesn't it), or one more thing of which the same is asked.
        return
    asks = [n for n, u in enumerate(segment) if strong(u) or u.role in WEAK or u.role == "rank"]
    if asks and (asks[0] < _FEW or segment[asks[0] - 1].role != "conj" or segment[asks[0]].role in WEAK):
        return
    told = next((n for n, u in enumerate(segment) if u.said == ":" and u.role == "comma"), -1)
    if any(u.role in _MEASURED for u in segment[: max(told, 0)]):
        # Growth targets: A and B.
        told = -1
    first = next((n for n, u in enumerate(segment) if n > told and u.role not in _LEADING), -1)
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
        "rise",
        "fall",
        "yearly",
        "average",
    ):
        return
    if any(u.role in ("aux", "request", "sub", "according") for u in before):
        return
    if asks and any(u.role == "chat" for u in segment[: asks[0]]):
        return
    if ends or asks:
        segment.insert(first, Unit("what is", "whatis", "多少"))


_NUMBERS = frozenset({"numbers", "figures", "stats", "statistics"})
_ORDERS = frozenset({"give", "list", "state", "name", "provide", "supply", "quote", "cite"})


def _each(kinds: Sequence[Unit], listed: Sequence[Unit]) -> list[Unit]:
    """What is asked of a list, said of each of its items: four growth targets: GDP, exports and …"""
    if not kinds or any(unit.role in ("rise", "fall", "rate", "target") for unit in listed):
        return list(listed)
    found = list(kinds)
    for unit in listed:
        found.append(unit)
        if unit.role in ("comma", "conj"):
            found += kinds
    return found


def _asking(segments: list[list[Unit]]) -> list[list[Unit]]:
    """Requests that ask without an interrogative: I need A and B; two numbers: A and B."""
    if any(strong(unit) or unit.role in WEAK for segment in segments for unit in segment):
        return segments
    for segment in segments:
        if segment[0].said in _ORDERS:
            segment[0] = replace(segment[0], role="request")
    at = next((n for n, segment in enumerate(segments) if any(u.role == "request" for u in segment)), -1)
    if at < 0:
        return segments
    segment = segments[at]
    place = max(n for n, u in enumerate(segment) if u.role == "request")
    ask = Unit("what is", "whatis", "多少")
    if at + 1 < len(segments) and not any(u.role == "chat" for u in segments[at + 1]):
        named = [u for u in segment if u.role in ("place", "time", "prep")]
        kinds = [u for u in segment if u.role in ("rise", "fall", "rate", "target")]
        about = [u for u, after in pairwise(segment) if u.role == "word" and after.said in _NUMBERS]
        kinds = kinds or about
        spoken = next((n for n, u in enumerate(segment) if u.said in _NUMBERS), len(segment))
        topic = [u for u in segment[spoken:] if u.role == "word"]
        first = next((n for n, u in enumerate(segments[at + 1]) if u.role in ("comma", "conj")), len(segments[at + 1]))
        if topic and not any(u.role in ("word", "rise", "fall", "rate") for u in segments[at + 1][:first]):
            # Three numbers on foreign trade: the total …
            return [[*named, ask, *topic, *segments[at + 1]], *segments[at + 2 :]]
        return [[*named, ask, *_each(kinds, segments[at + 1])], *segments[at + 2 :]]
    before = [u for u in segment[:place] if u.role in ("place", "time", "prep")]
    return [*segments[:at], [*before, ask, *segment[place + 1 :]], *segments[at + 1 :]]
