"""One answer against the known one: its scores by metric, each 0 or 1.

Answers are those of `bot.contract`. What counts is the same as in the scorer that outside runs are judged by, which a
test holds both to wherever it lies beside the checkout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Any

from bot.evaluation.gold import Evidence, GoldFigure, Question
from bot.evaluation.quantities import bare, same_quantity

__all__ = ["Texts", "same_figure", "score"]

Json = Mapping[str, Any]
# The text of a cited source by the name the answer gives it; None where there is no such source.
Texts = Callable[[str], str | None]

# Kinds of questions whose figures each have a report of their own.
_SIDE_BY_SIDE = frozenset(("compare", "trend", "rank", "fulfilment"))
# A sentence is cited where so much of the evidence is in the quote; for a figure less is enough.
_HELD, _NEAR = 0.6, 0.4
# So many citations are read, and a quote of at most so many characters is one.
_READ, _QUOTE = 3, 400
_TOLD = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|％|‰|个?百分点|万亿|[千百十]?[万亿]|[元吨亩户人家项所座辆台倍斤度])")
_UNIT_OF_LAND = re.compile(r"(特别行政区|自治区|自治州|自治县|省|市|县|区|州|盟|地区)$")


def score(question: Question, answer: Json, texts: Texts) -> dict[str, float]:
    """The scores that apply to a question of this kind."""
    cited = _exact(answer, texts)
    out: dict[str, bool] = {"answered": True, "faithful": _faithful(answer, cited)}
    kind = answer["kind"]
    if question.kind == "unanswerable":
        out["right"] = kind == "none" and not answer["figures"]
        out["reason"] = out["right"] and answer["reason"] == question.reason
        return _numbers(out)
    answered = kind in ("figures", "passages")
    out["abstained"] = not answered
    if question.kind == "phrase":
        out["right"] = _phrase(question, answer, cited)
    elif question.figures:
        out["exact"], standing = _figures(question, answer, cited)
        out["right"] = out["exact"] and standing
        if question.kind == "fulfilment":
            out["verdict"] = answer["verdict"] == question.verdict
            out["right"] = out["right"] and out["verdict"]
    else:
        read = cited[: max(_READ, len(question.evidence))]
        enough = any if question.any_of else all
        out["at1"] = answered and any(_covers(cited[:1], one, _HELD) for one in question.evidence)
        out["right"] = answered and enough(_covers(read, one, _HELD) for one in question.evidence)
    return _numbers(out)


def _numbers(out: Mapping[str, bool]) -> dict[str, float]:
    return {name: float(value) for name, value in out.items()}


def _exact(answer: Json, texts: Texts) -> list[Json | None]:
    """The citations, None in the place of one that is no slice of its source."""
    found: list[Json | None] = []
    for one in answer["citations"]:
        text = texts(one["source"])
        whole = text is not None and bool(one["quote"]) and text[one["start"] : one["end"]] == one["quote"]
        found.append(one if whole else None)
    return found


def _faithful(answer: Json, cited: Sequence[Json | None]) -> bool:
    """Whether all that is told is in a quote, or marked as computed."""
    quotes = [one["quote"] for one in cited if one is not None]
    if len(quotes) < len(cited):
        return False
    stated = [*answer["figures"], *answer["related"]]
    if not all(figure.get("computed") or _lies(figure, cited) for figure in stated):
        return False
    words = _plain("".join(quotes))
    computed = {str(figure["value"]).lstrip("-") for figure in stated if figure.get("computed")}
    told = _TOLD.findall(unicodedata.normalize("NFKC", answer["text"]).replace(",", ""))
    return all(number in words or number in computed for number in told)


def _plain(text: str) -> str:
    return bare(unicodedata.normalize("NFKC", text)).replace(",", "")


def _lies(figure: Json, cited: Sequence[Json | None]) -> bool:
    """Whether a figure's surface lies in its citation and says its value."""
    one = _citation(figure, cited)
    if one is None or not one["start"] <= figure["start"] < figure["end"] <= one["end"]:
        return False
    surface = _plain(one["quote"][figure["start"] - one["start"] : figure["end"] - one["start"]])
    value = str(figure["value"] or "").lstrip("-")
    # 三成 and 翻一番 say theirs in words.
    return not (re.search(r"\d", surface) and re.fullmatch(r"[\d.]+", value)) or value in surface


def _citation(figure: Json, cited: Sequence[Json | None]) -> Json | None:
    number = figure.get("citation")
    return cited[number] if isinstance(number, int) and 0 <= number < len(cited) else None


def _covers(cited: Sequence[Json | None], evidence: Evidence, least: float) -> bool:
    """Whether a citation from the report holds the evidence, without being so long that anything would."""
    longest = max(_QUOTE, 3 * len(evidence.quote))
    own = (bare(c["quote"]) for c in cited if c is not None and _of(c) & {evidence.report})
    return any(len(quote) <= longest and _share(quote, bare(evidence.quote)) >= least for quote in own)


def _of(citation: Json) -> set[str]:
    """What the report cited is called: by its file, and by the store."""
    return {PurePath(citation["source"]).stem, citation["report"]}


def _share(quote: str, evidence: str) -> float:
    """How much of the evidence the longest run is that both have."""
    if not quote or not evidence:
        return 0.0
    return SequenceMatcher(None, quote, evidence, autojunk=False).find_longest_match().size / len(evidence)


def _phrase(question: Question, answer: Json, cited: Sequence[Json | None]) -> bool:
    if any(answer.get(name) != value for name, value in question.facts.items()):
        return False
    reports = {one.report for one in question.evidence}
    said = any(c is not None and bare(question.phrase) in bare(c["quote"]) and _of(c) & reports for c in cited)
    # Of what is said nowhere there is nothing to cite.
    return said or question.facts.get("count") == 0


def _figures(question: Question, answer: Json, cited: Sequence[Json | None]) -> tuple[bool, bool]:
    """Whether the figures asked for come first with at most one more, and each is cited from where it stands."""
    wanted, given = question.figures, answer["figures"]
    if answer["kind"] != "figures" or not len(wanted) <= len(given) <= len(wanted) + 1:
        return False, False
    left, standing = list(given[: len(wanted)]), True
    apart = question.kind in _SIDE_BY_SIDE and len(question.evidence) == len(wanted)
    for n, figure in enumerate(wanted):
        found = next((one for one in left if same_figure(figure, one)), None)
        if found is None:
            return False, False
        left.remove(found)
        quote = [_citation(found, cited)]
        places = question.evidence[n : n + 1] if apart else question.evidence
        standing = standing and any(_covers(quote, one, _NEAR) for one in places)
    return True, standing


def same_figure(gold: GoldFigure, given: Json) -> bool:
    """Whether a figure is the known one: value, top of a range, sign, period, aimed at or not, place."""
    unit = str(given.get("unit") or "")
    if not same_quantity(gold.value, gold.unit, str(given.get("value", "")), unit):
        return False
    if gold.upper and not (given.get("upper") and same_quantity(gold.upper, gold.unit, str(given["upper"]), unit)):
        return False
    if gold.direction and (given.get("direction") or 0) != gold.direction:
        return False
    if gold.period and str(given.get("period") or "") != gold.period:
        return False
    if gold.target != (given.get("status") == "target"):
        return False
    return not (gold.place and given.get("place")) or _alike(gold.place, given["place"])


def _alike(one: str, other: str) -> bool:
    """恩施州 is 恩施土家族苗族自治州; 吉林省 is not 吉林市."""
    ends = [match[0][-1] for name in (one, other) if (match := _UNIT_OF_LAND.search(name))]
    names = _UNIT_OF_LAND.sub("", one), _UNIT_OF_LAND.sub("", other)
    if names[0] == names[1] and len(set(ends)) > 1:
        return False
    return names[0] in other or names[1] in one
