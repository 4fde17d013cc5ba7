"""A clause said in Chinese: subject words first, then the cue of what is asked of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lexicon import indicators
from retrieval.query.english.clauses import Clause
from retrieval.query.english.phrasing import Glosses, content, listed, said
from retrieval.query.english.reading import Unit

__all__ = ["say"]

_CHANGE = frozenset({"rise", "fall", "rate", "change"})
_MONEY = re.compile(r"支出|投入|花费|收入|投资|资金|经费|补贴|贷款|税|费用|成本")
_MEASURED = re.compile(r"[率额值量数]$|比重|占比|目标|收入|支出|人口|水平|价格|标准|浓度|面积|规模|余额|资金|投资|指数|里程")
_PEOPLE = re.compile(
    r"(?:人数|人口|人员|人|人才|居民|游客|旅客|学生|毕业生|教师|医生|老人|老年人|职工|农民|农民工|工人|劳动力|志愿者|儿童|党员|干部|就业|岗位|运动员|代表)$"
)
_CLASSIFIERS = (
    (re.compile(r"(?:企业|公司|机构|银行|市场主体|个体工商户|商户|商店)$"), "家"),
    (re.compile(r"(?:学校|医院|幼儿园|小学|中学|高校|大学|学院)$"), "所"),
    (re.compile(r"(?:住房|房屋|住宅|公租房|廉租房|安置房)$"), "套"),
    (re.compile(r"(?:汽车|车辆|公交车|出租车)$"), "辆"),
    (re.compile(r"天数$"), "天"),
)
_UNIT_WORD = {"人数": "人", "people": "人", "persons": "人", "days": "天", "times": "次", "households": "户"}


@dataclass(slots=True)
class _Asked:
    """What is asked of a subject: the subject's words and the cue behind them."""

    subject: str
    cue: str


@dataclass(slots=True)
class Before:
    """What the clause before counted: its classifier and its words."""

    counter: str = ""
    thing: str = ""


def say(clause: Clause, glosses: Glosses, last: Before) -> tuple[str, Before]:
    """The Chinese of a clause, and what it counts (`last` is that of the clause before)."""
    names = " ".join([*clause.places, *_dated(clause.times)])
    role = clause.ask.role
    counted = last
    if role == "where":
        role = "rank" if _first(clause.body, "rank", "scope") else "which"
    if role == "how" and any(u.role == "rank" for u in clause.body):
        role = "rank"
    if role == "many":
        text, counted = _many(clause, glosses, last)
    else:
        text = _SAYING.get(role, _which)(clause, glosses)
    return f"{names} {text}".strip(), counted


def _dated(times: Sequence[str]) -> list[str]:
    """Times in the order named; two years side by side as a list."""
    return ["和".join(dict.fromkeys(times))] if len(times) > 1 and all(t[0].isdigit() and t[-1] == "年" for t in times) else list(dict.fromkeys(times))


def _without(units: Sequence[Unit], *roles: str) -> list[Unit]:
    return [unit for unit in units if unit.role not in roles]


def _first(units: Sequence[Unit], *roles: str) -> Unit | None:
    return next((unit for unit in units if unit.role in roles), None)


def _halves(body: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The noun phrase an interrogative belongs to, and what is said of it: tourists | did … receive."""
    for number, unit in enumerate(body):
        if unit.role in ("aux", "target", "accounts") or (number and unit.role in ("own", "actual")):
            return list(body[:number]), list(body[number:])
    return list(body), []


def _status(units: Sequence[Unit]) -> str:
    found = _first(units, "target", "actual")
    return found.chinese if found else ""


def _bare(units: Sequence[Unit]) -> list[Unit]:
    """Units without those that only tell what is asked, and without verbs that say nothing."""
    return _without(
        units, *_CHANGE, "target", "actual", "aux", "light", "head", "more", "less", "average", "yearly", "total", "each",
        "own", "rank", "scope", "yoy", "than", "start", "both", "newly", "percap", "short", "beyond", "upto", "request",
    )


def _subjects(units: Sequence[Unit], glosses: Glosses) -> str:
    """The items of a noun phrase in one: 二氧化硫排放和氮氧化物排放."""
    found = [said(item, glosses) for item in listed(_bare(units))]
    found = _with_halves(list(dict.fromkeys(item for item in found if item)))
    if _first(units, "percap") and not found:
        return "人均"
    if _first(units, "percap"):
        found = [_per_head(item) for item in found]
    return "和".join(found)


_HALVES = frozenset({"城镇", "农村", "城市", "乡村"})


def _with_halves(found: list[str]) -> list[str]:
    """低保标准, 城镇 and 农村 as 城镇低保标准 and 农村低保标准."""
    halves = [item for item in found if item in _HALVES]
    others = [item for item in found if item not in _HALVES]
    return [half + other for other in others for half in halves] if halves and others else found


def _per_head(words: str) -> str:
    """A quantity for each person: 人均 before its last word."""
    if "人均" in words:
        return words
    front, _, last = words.rpartition(" ")
    return f"{front} 人均{last}".strip()


def _spread(deeds: str, thing: str) -> str:
    """A thing asked of several at once: income | urban residents and rural residents."""
    return "和".join(_merged(deed, thing) for deed in deeds.split("和"))


def _each(subject: str) -> str:
    return "分别" if "和" in subject or "、" in subject else ""


def _way(units: Sequence[Unit], default: str = "增长") -> str:
    found = _first(units, "rise", "fall", "rate", "change")
    if found is None:
        return default
    return "增长" if found.role in ("rate", "change") else found.chinese


def _yearly(units: Sequence[Unit]) -> str:
    """年均 where a growth is one of every year."""
    return "年均" if _first(units, "yearly", "average") and _first(units, *_CHANGE) else ""


def _averaged(units: Sequence[Unit], subject: str) -> str:
    """The subject with 平均 or 年均 where no growth is meant."""
    if _first(units, *_CHANGE):
        return subject
    if _first(units, "average"):
        return f"平均{subject}" if not subject.startswith(("平均", "人均")) else subject
    return f"年均{subject}" if _first(units, "yearly") and not subject.startswith("年均") else subject


def _counter(units: Sequence[Unit]) -> str:
    """The unit of a quantity that a noun phrase begins with: tonnes of grain."""
    for unit in units:
        if unit.role == "counter":
            return unit.chinese
        if unit.said in _UNIT_WORD:
            return _UNIT_WORD[unit.said]
        if unit.role not in ("more", "less", "det", "newly"):
            break
    return ""


def _classifier(noun: str) -> str:
    for word in reversed(noun.split()):
        if _PEOPLE.search(word):
            return "人"
        if found := next((name for pattern, name in _CLASSIFIERS if pattern.search(word)), ""):
            return found
    return "个"


def _many(clause: Clause, glosses: Glosses, before: Before) -> tuple[str, Before]:
    text, counter, thing = _counted(clause, glosses, before)
    return text, Before(counter or before.counter, thing or before.thing)


def _counted(clause: Clause, glosses: Glosses, before: Before) -> tuple[str, str, str]:
    last = before.counter
    noun, rest = _halves(clause.body)
    if content(noun) and (change := _first(noun, *_CHANGE)) and not _first(noun, "more", "less"):
        # how many tourists growth, in percent
        subject = _subjects(clause.body, glosses)
        return _line(_status(clause.body), subject, f"{_way([change])}多少"), last, subject
    more = noun[0].role if noun and noun[0].role in ("more", "less") else ""
    counter = _counter(noun)
    if counter and noun and noun[0].role in ("more", "less", "counter"):
        noun = [u for n, u in enumerate(noun) if u.role != "counter" or n > 1]
    thing = _subjects([*noun, *([Unit("新增", "word", "新增")] if _first(noun, "newly") else [])], glosses)
    thing = _alike(thing)
    deed = said([u for u in _bare(_without(rest, "conj")) if u.chinese not in thing or not u.chinese], glosses)
    if clause.among and not thing and before.thing and before.thing not in deed:
        # and how many of them were …
        counter, deed = counter or last, f"{deed} {before.thing}".strip()
    subject = _merged(deed, thing)
    counter = counter or (_classifier(thing) if thing else "个" if deed else last)
    status = _status(clause.body)
    if more:
        return f"{subject} {'增加' if more == 'more' else '减少'}多少{counter if thing or counter != '个' else ''}", counter, thing
    if fall := _first(rest, "fall"):
        verb = "减少" if fall.chinese in ("下降", "减少", "降低") else fall.chinese
        return f"{subject} {status} {verb}多少{counter}", counter, thing
    subject = _averaged(clause.body, subject)
    scope = _first(clause.body, "scope")
    return _line(scope.chinese if scope else "", status, subject, f"{_each(thing)}多少{counter}"), counter, thing


def _alike(thing: str) -> str:
    """Things counted together in one number: schools and kindergartens, firms and institutions."""
    items = thing.split("和")
    names = {_classifier(item) for item in items}
    return " ".join(items) if len(items) > 1 and len(names) == 1 and (names == {"所"} or any(item.endswith("机构") for item in items)) else thing


def _merged(deed: str, thing: str) -> str:
    """A verb and what it is done to, each word once: 建设 5G基站."""
    kept = [word for word in deed.split() if word not in thing]
    return " ".join([*kept, *[word for word in thing.split() if all(word not in other for other in kept)]])


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _much(clause: Clause, glosses: Glosses) -> str:
    noun, rest = _halves(clause.body)
    if _first(clause.body, "relative"):
        return _ratio(clause, glosses)
    if noun and noun[0].role in ("more", "less"):
        return f"{_subjects(clause.body, glosses)} {'增加' if noun[0].role == 'more' else '减少'}多少"
    if not content(noun):
        if _first(clause.body, "upto"):
            return _line(_subjects(clause.body, glosses), f"{_way(clause.body)}到多少")
        if _first(clause.body, *_CHANGE):
            return _by(clause, glosses)
        # how large was A, and B: each is asked
        subject = _subjects([*noun, *rest], glosses)
        cue = clause.ask.chinese if clause.ask.role in ("money", "length") else "多少"
        return _line(_status(clause.body), _averaged(clause.body, subject), f"{_each(subject)}{cue}")
    thing = _subjects([*noun, *(u for u in rest if u.role == "percap")], glosses)
    doers = _subjects(rest, glosses)
    if "和" in doers and not _first(rest, "rise", "fall", "accounts"):
        subject = _spread(doers, thing)
        return _line(_status(clause.body), subject, "分别多少")
    verb = _first(rest, "rise", "fall")
    if verb is not None and verb.role == "fall":
        rest = [*rest, Unit(verb.said, "word", "压减", ("退出", "淘汰", "化解"))]
        return _line(_status(clause.body), _subjects(noun, glosses), said(content(rest), glosses), "多少")
    deed = said(_bare(_without(rest, "conj")), glosses)
    if accounts := _first(rest, "accounts"):
        return _line(thing, accounts.chinese, deed, "比重多少")
    counter = _counter(noun)
    subject = _averaged(clause.body, _merged(deed, thing) if _MONEY.search(deed) else _line(thing, deed))
    cue = clause.ask.chinese if clause.ask.role == "money" else f"多少{counter}"
    if _MONEY.search(deed) and _MONEY.search(thing):
        subject = _merged(deed, thing)
    return _line(_status(clause.body), subject, cue)


def _ratio(clause: Clause, glosses: Glosses) -> str:
    """How large was A relative to B."""
    at = next(n for n, u in enumerate(clause.body) if u.role == "relative")
    return _line(
        _status(clause.body), _subjects(clause.body[:at], glosses), "占", _subjects(clause.body[at + 1 :], glosses), "比重多少"
    )


def _by(clause: Clause, glosses: Glosses) -> str:
    subject = _subjects(_uncounted(clause.body), glosses)
    if over := _first(clause.body, "short", "beyond"):
        # By how much did A miss its target: the gap to what was planned or to others.
        scope = _first(clause.body, "scope")
        base = "目标" if _first(clause.body, "target") else f"{scope.chinese}平均" if scope else ""
        if base:
            change = "增速" if _first(clause.body, *_CHANGE) else ""
            return _line(f"{_yearly(clause.body)}{subject}", f"{change}比{base}{over.chinese}多少个百分点")
    way = _way(clause.body)
    counter = _counter(clause.body) if clause.ask.said.startswith(("by how many", "how many")) else ""
    target = "目标" if _first(clause.body, "target") else ""
    tail = clause.ask.chinese + (counter if clause.ask.chinese == "多少" else "")
    if clause.ask.role in ("much", "money"):
        tail = "多少"
    return _line(target, subject, f"{_each(subject)}{_yearly(clause.body)}{way}{tail}")


def _uncounted(units: Sequence[Unit]) -> list[Unit]:
    """Without the unit at the front: people of by how many people."""
    found = list(units)
    while found and (found[0].role == "counter" or found[0].said in _UNIT_WORD):
        found.pop(0)
    return found


def _fast(clause: Clause, glosses: Glosses) -> str:
    subject = _subjects(clause.body, glosses)
    fall = _first(clause.body, "fall")
    cue = f"{fall.chinese}多少" if fall else "增速多少"
    if yearly := _yearly(clause.body):
        cue = f"{yearly}{cue}"
    return _line("目标" if _first(clause.body, "target") else "", subject, f"{_each(subject)}{cue}")


def _moved(clause: Clause, glosses: Glosses) -> str:
    fall = _first(clause.body, "fall")
    return _line(_subjects(clause.body, glosses), f"{'下降' if fall else '上升'}几位")


def _lasting(clause: Clause, glosses: Glosses) -> str:
    words = said(_without(clause.body, "aux", "light", "conj", "own", "target", "rise", "fall"), glosses)
    ranked = "第一" if any("first" in u.said and u.role == "rank" for u in clause.body) else ""
    change = _first(clause.body, "rise", "fall")
    return _line(words, ranked, change.chinese if change else "", clause.ask.chinese)


def _ranked(clause: Clause, glosses: Glosses) -> str:
    scope = _first(clause.body, "scope")
    subject = _subjects(clause.body, glosses)
    return _line(subject, f"{_each(subject)}{scope.chinese if scope else ''}排第几")


def _ends(clause: Clause, glosses: Glosses) -> str:
    found = _first(clause.body, "rise", "fall")
    way = {"下降": "减少"}.get(found.chinese, found.chinese) if found else "变化"
    counts = "many" in clause.ask.said or "number" in clause.ask.said
    way = ("增加" if counts else "提高") if way == "增长" else way if counts or way != "减少" else "下降"
    noun = clause.ask.chinese
    subject = _subjects(clause.body, glosses)
    return _line(subject, f"{_each(subject)}由{noun}{way}到{noun}")


def _reached(clause: Clause, glosses: Glosses) -> str:
    return _line(_status(clause.body), _subjects(clause.body, glosses), "达到多少")


def _share(clause: Clause, glosses: Glosses) -> str:
    body = list(clause.body)
    both = "由多少到多少" if _first(body, "both") else ""
    if body and body[0].role == "prep":
        noun, rest = _halves(body[1:])
    else:
        noun, rest = [], body
    status = "目标" if _first(body, "target") else ""
    whole, part = _subjects(noun, glosses), _subjects(_without(rest, "accounts"), glosses)
    accounts = _first(rest, "accounts") or not said(_bare(rest), glosses) or _is(rest)
    if not whole:
        # what percentage did it make up; what share was A
        return _line(status, part, both or f"{_each(part)}占比多少")
    if accounts:
        # Each in a clause of its own: the whole belongs to every one.
        return ", ".join(_line(status, one, f"占 {whole} 比重{both or '多少'}") for one in part.split("和"))
    return _line(status, whole, part, both or "百分之几")


def _is(rest: Sequence[Unit]) -> bool:
    """Whether a thing is the share, not what is done to it: was the non-public sector, for manufacturing."""
    if not rest:
        return True
    if rest[0].said in ("was", "were", "is", "are"):
        return not any(word.endswith("ed") for unit in rest[1:] for word in unit.said.split())
    return any(unit.role == "target" for unit in rest) or any(unit.said == "for" for unit in rest)


def _whatis(clause: Clause, glosses: Glosses) -> str:
    target = "目标" if _first(clause.body, "target") else ""
    if _first(clause.body, "relative"):
        return _ratio(clause, glosses)
    asked = [_noun(item, target, glosses) for item in listed(_without(clause.body, "light", "aux"))]
    halves = [one for one in asked if one.subject in _HALVES]
    others = [one for one in asked if one.subject not in _HALVES and one.subject]
    if halves and others:
        asked = [_Asked(half.subject + one.subject, one.cue) for one in others for half in halves]
    if _first(clause.body, "both"):
        asked = [_Asked(item.subject, "由多少到多少") for item in asked if item.subject]
    return _told(asked)


def _told(asked: Sequence[_Asked]) -> str:
    """Things asked alike in one clause, others in clauses of their own."""
    groups: list[_Asked] = []
    for item in asked:
        if groups and groups[-1].cue == item.cue and item.subject and groups[-1].subject:
            groups[-1].subject += f"和{item.subject}"
        elif item.subject or item.cue not in ("多少", "") or not groups:
            groups.append(_Asked(item.subject, item.cue))
    return ", ".join(_line(item.subject, f"{_each(item.subject)}{item.cue}") for item in groups)


def _noun(item: Sequence[Unit], target: str, glosses: Glosses) -> _Asked:
    """What is asked of a noun phrase: growth rate of A, A's share of B, A."""
    if _first(item, "rank"):
        scope = _first(item, "scope")
        return _Asked(_subjects(item, glosses), f"{scope.chinese if scope else ''}排第几")
    if _first(item, "portion", "accounts"):
        return _portion(item, target, glosses)
    change = _first(item, *_CHANGE)
    subject = _subjects(item, glosses)
    if change is not None:
        way = "增速" if change.role == "rate" else "变化" if change.role == "change" else change.chinese
        percent = "百分之几" if change.said.startswith("percent") and not target else "多少"
        return _Asked(subject, f"{_yearly(item)}{way}{target}{percent}")
    subject = _averaged(item, subject)
    counter = _counter([u for u in item if u.role != "head"])
    if _first(item, "head") and any(u.said in ("number", "total number", "numbers") for u in item):
        counter = counter or _classifier(subject)
    return _Asked(subject, f"{target}多少{counter}")


def _portion(item: Sequence[Unit], target: str, glosses: Glosses) -> _Asked:
    """A's share of B, share of A in B, A as a share of B."""
    at = next(n for n, u in enumerate(item) if u.role in ("portion", "accounts"))
    before = item[:at]
    after = list(item[at + 1 :])
    own = any(u.role == "own" for u in item[:at])
    subject = _subjects(before, glosses)
    inside = next((n for n, u in enumerate(after) if u.said == "in"), len(after))
    of = _subjects([u for n, u in enumerate(after[:inside]) if n or u.role != "prep"], glosses)
    whole = _subjects(after[inside + 1 :], glosses)
    if whole and not subject:
        return _Asked(of, f"占 {whole} 比重{target}多少")
    if (subject or own) and of:
        return _Asked(subject, f"占 {of} 比重{target}多少")
    return _Asked(_line(subject, of), f"占比{target}多少")


def _what(clause: Clause, glosses: Glosses) -> str:
    """What target did A set for B; what growth did A see; what hotline was opened."""
    noun, rest = _halves(clause.body)
    target = "目标" if _first(clause.body, "target") else ""
    words = content(noun)
    if not words:
        flagged = _first(noun, *_CHANGE, "head", "portion", "rank", "percap") or _first(clause.body, "target")
        if _first(noun, "portion"):
            return _whatis(Clause(clause.ask, [*_without(rest, "target"), Unit("as", "prep"), *noun]), glosses)
        change = _first(noun, *_CHANGE)
        rest_ = rest
        if _first(rest, "upto"):
            return _line(_subjects(rest, glosses), f"{_way(rest)}到多少")
        if not flagged and any(u.role == "light" and u.said.split()[0] in _REACHED for u in rest):
            return _line(_subjects(rest, glosses), "达到多少")
        if change is None and not _measured(_subjects(rest, glosses)) and not flagged:
            return _which(clause, glosses)
        items = listed(_from_for(_without(rest_, "light", "aux", "target", "actual", "total")))
        asked = []
        for item in items:
            one = _noun(item, target, glosses)
            if change is not None and not _first(item, *_CHANGE):
                one.cue = f"{_yearly(noun)}{'增速' if change.role == 'rate' else change.chinese}{target}多少"
            asked.append(one)
        if not asked:
            cue = f"{_yearly(noun)}{'增速' if change.role == 'rate' else change.chinese}{target}多少" if change else f"{target}多少"
            asked = [_Asked("", cue)]
        return _told(asked)
    flagged = _first(noun, *_CHANGE, "head", "portion", "rank", "target", "percap")
    text = _subjects(noun, glosses)
    if not flagged and not _measured(text):
        return _which(clause, glosses)
    asked = [_noun(item, target, glosses) for item in listed(noun)]
    doers = _subjects(_without(rest, "accounts"), glosses)
    if "和" in doers and len(asked) == 1:
        per = _first(rest, "percap")
        asked[0].subject = _per_head(asked[0].subject) if per else asked[0].subject
        return _told([_Asked(_merged(deed, asked[0].subject), asked[0].cue) for deed in doers.split("和")])
    deed = said(_bare(_without(rest, "conj", "accounts")), glosses)
    if deed and asked:
        for one in asked:
            one.subject = _merged(deed, one.subject)
    return _told(asked)


_REACHED = frozenset({"reach", "reached", "hit", "stand", "stood", "total", "come", "came", "add", "added", "amount", "amounted"})


def _from_for(units: Sequence[Unit]) -> list[Unit]:
    """Without the preposition at the front: for A and for B."""
    found = list(units)
    while found and found[0].role in ("prep", "comma"):
        found.pop(0)
    return found


def _measured(text: str) -> bool:
    """Whether the words name something that has a figure."""
    return bool(indicators.mentions(text) or _MEASURED.search(text) or _MONEY.search(text))


def _which(clause: Clause, glosses: Glosses) -> str:
    """A question for words: what is said of the thing, then which."""
    noun, rest = _halves(clause.body)
    status = _status(clause.body)
    roles = ("aux", "light", "conj", "target", "actual", "own")
    deed = said(_without(rest, *roles), glosses)
    words = _merged(deed, said(_without(noun, *roles), glosses))
    cue = {"what": "什么", "whatis": "什么", "much": "多少", "where": "哪里", "how": "如何"}.get(clause.ask.role, clause.ask.chinese)
    return _line(status, words, "哪个" if cue == "哪" else cue)


_SAYING = {
    "much": _much,
    "money": _much,
    "length": _much,
    "by": _by,
    "fast": _fast,
    "places": _moved,
    "share": _share,
    "streak": _lasting,
    "rank": _ranked,
    "ends": _ends,
    "to": _reached,
    "whatis": _whatis,
    "what": _what,
}
