"""What speaks for and against an answer: numbers that tell how well a reading is borne out, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from retrieval.answer.scoring.assign import Assignment
from retrieval.answer.scoring.features import FEATURES
from retrieval.answer.scoring.keywords import strung
from retrieval.answer.scoring.model import Model
from retrieval.answer.scoring.readings import Reading
from retrieval.answer.sentences import Hit
from retrieval.lexicon.question_words import cues
from retrieval.model import Measure, Status
from retrieval.query import Query, is_keywords

__all__ = ["ROSE", "of_question", "of_reading", "of_sentences"]

_AT = {name: number for number, name in enumerate(FEATURES)}
# Features that are weighed together, so that one number tells how well the kind, the years, the status fit.
_GROUPS = {
    "kind": [n for f, n in _AT.items() if f.startswith(("class:", "unit_", "direction_", "from_"))],
    "period": [n for f, n in _AT.items() if f.startswith(("period:", "part_", "since_", "span_"))],
    "status": [n for f, n in _AT.items() if f.startswith(("status:", "superseded_", "done_", "goals", "headline"))],
    "indicator": [
        _AT[f] for f in ("id_same", "id_same_exact", "id_other", "id_unlike", "branch", "extra", "name_known")
    ],
}
_SHARES = ("name_own_share", "clause_own_share", "sentence_own_share", "name_known", "sentence_own", "sentence_context")
_KINDS = ("quantity", "growth", "decline", "share", "rank", "which", "how", "why", "yesno", "target", "actual")


def of_question(query: Query) -> dict[str, float]:
    """What the question's own words tell of the kind of answer."""
    kinds = [cue.kind for cue in cues(query.rest or query.text)]
    found = {"one": 1.0, f"form_{query.form.value}": 1.0}
    for kind in _KINDS:
        found[f"cue_{kind}"] = float(kind in kinds)
    found["cues_quantity"] = float(min(3, kinds.count("quantity")))
    found["keywords"] = float(is_keywords(query.text))
    found["follows"] = float(query.follows)
    found["foreign"] = float(bool(query.glosses))
    found["length"] = min(len(query.text), 60) / 60.0
    found["question_target"] = float(query.status is Status.TARGET)
    found["question_actual"] = float(query.status is Status.ACTUAL)
    return found


def of_reading(query: Query, reading: Reading, found: Assignment, model: Model) -> dict[str, float]:
    """How well a reading's figures bear it out."""
    out: dict[str, float] = {f"how_{reading.how}": 1.0}
    size = len(reading.slots)
    kinds = [cue.kind for cue in cues(query.rest or query.text)]
    out[f"beside_cues_{_between(size - kinds.count('quantity'))}"] = 1.0
    changes = sum(slot.ask.measure is Measure.GROWTH for slot in reading.slots)
    out[f"beside_changes_{_between(changes - kinds.count('growth') - kinds.count('decline'))}"] = 1.0
    out["lost"], out["gained"], out["left_out"] = float(reading.lost), float(reading.gained), float(reading.unsaid)
    for name, pattern in _LICENCES.items():
        out[f"how_{reading.how}:{name}"] = float(bool(pattern.search(query.text)))
    out[f"how_{reading.how}:follows"] = float(query.follows)
    out[f"how_{reading.how}:keywords"] = float(is_keywords(query.text))
    out[f"how_{reading.how}:strung"] = float(strung(query))
    out["sure"] = max(found.sure, -8.0)
    out["sure_least"] = max(min(found.each), -6.0)
    rows = [ranked.rows[n] for ranked, n in zip(found.ranked, found.chosen, strict=True)]
    scores = [float(ranked.scores[n]) for ranked, n in zip(found.ranked, found.chosen, strict=True)]
    out["score_least"], out["score_mean"] = min(scores) / 5.0, sum(scores) / size / 5.0
    # How much better a figure each slot passes over, for figures that stand together or are not chosen twice.
    passed = [float(r.scores[0]) - score for r, score in zip(found.ranked, scores, strict=True)]
    out["passed_over_most"], out["passed_over_mean"] = max(passed) / 5.0, sum(passed) / size / 5.0
    for name, group in _GROUPS.items():
        values = [float(row[group] @ model.unary[group]) for row in rows]
        out[f"{name}_least"] = min(values)
        out[f"{name}_mean"] = sum(values) / size
    for name in _SHARES:
        values = [float(row[_AT[name]]) for row in rows]
        out[f"{name}_least"] = min(values)
        out[f"{name}_mean"] = sum(values) / size
    picked = [ranked.figures[n] for ranked, n in zip(found.ranked, found.chosen, strict=True)]
    reports = {id(loaded) for loaded, _, _ in picked}
    out["one_report"] = float(len(reports) == 1)
    out["one_passage"] = float(len(reports) == 1 and len({s.passage for _, s, _ in picked}) == 1)
    out["one_sentence"] = float(len(reports) == 1 and len({s.sentence for _, s, _ in picked}) == 1)
    out["twice_the_same"] = float(len({(id(loaded), s.figure.span, s.indicator) for loaded, s, _ in picked}) < size)
    out["said_before"] = float(any(s.figure.surface in query.stated_before for _, s, _ in picked))
    out["strict"] = float(any(c.strict for _, _, c in picked))
    out["target_unasked"] = float(
        any(
            s.figure.status is Status.TARGET and slot.status is None
            for (_, s, _), slot in zip(picked, reading.slots, strict=True)
        )
    )
    out["year_missing"] = float(any(r.scope.missing != "" for r in found.ranked))
    out["no_kind"] = float(any(slot.ask.measure is None and not slot.ask.unit for slot in reading.slots))
    out["textual"] = float(any(s.figure.value is None for _, s, _ in picked))
    out["rank"] = float(any(s.figure.measure is Measure.RANK for _, s, _ in picked))
    for slot, (_, stated, _) in zip(reading.slots, picked, strict=True):
        against = slot.ask.direction * stated.figure.direction < 0
        rose = against and slot.ask.direction > 0 and bool(ROSE.search(query.text))
        out["fell_for_rise"] = max(out.get("fell_for_rise", 0.0), float(rose))
        out["rose_for_fall"] = max(out.get("rose_for_fall", 0.0), float(against and slot.ask.direction < 0))
    out.update(_cover(found))
    for name in _BY_READING:
        out[f"how_{reading.how}*{name}"] = out[name]
    for one, other in _TOGETHER:
        out[f"{one}*{other}"] = out[one] * out[other]
    return out


# What counts more for some readings than for others, and what counts together: a logistic function adds, it does not
# multiply. Chosen by what they gained on folds.
_BY_READING = ("covered", "left", "score_least", "sure")
_TOGETHER = (
    *(("covered", "score_least"), ("covered", "sure"), ("covered", "left"), ("covered", "covered")),
    *(("left", "score_least"), ("left", "sure"), ("left", "left")),
    *(("score_least", "sure_least"), ("score_least", "score_least")),
    *(("indicator_least", "kind_least"), ("indicator_least", "covered"), ("kind_least", "covered")),
    *(("clause_own_share_least", "covered"), ("period_least", "covered")),
)


def _between(number: int) -> int:
    """A difference, large ones cut off."""
    return max(-2, min(2, number))


# Words that take a rise for granted; of 增长多少 and 增速 a fall is an answer as well.
ROSE = re.compile(r"涨(?!跌|幅)|上升|升了|升高|增长了|增加了|提高了|多了|走高|回升|[升涨]到|实现了?[^,。?]{0,8}增长")
# Words that let a question be read in another way than the first.
_LICENCES = {
    "each": re.compile(r"各|分别|都是"),
    "ends": re.compile(r"(?:从|由|原来|之前|起初)[^,。?]*(?:到|至|成|为)"),
    "join": re.compile(r"[、和与及跟]|以及|还有"),
    "also": re.compile(r"[也又还另]|同时"),
    # 旅游收入 增幅: a kind that stands alone among keywords, beside an amount.
    "alone": re.compile(r"\s(?:(?:年均|同比)?增[速幅长]率?|[涨降]幅|同比|排名|位次|名次|全[国省市]第几|第几)(?=\s|$)"),
}


def _cover(found: Assignment) -> dict[str, float]:
    """How much of all that the question says stands in the sentences chosen, and how much the reports never say."""
    texts = "\n".join(
        f"{loaded.sentences[stated.sentence].text}\n{stated.indicator}\n{loaded.title(stated.passage)}".lower()
        for ranked, n in zip(found.ranked, found.chosen, strict=True)
        for loaded, stated, _ in (ranked.figures[n],)
    )
    weights: dict[str, float] = {}
    covered: dict[str, float] = {}
    said: dict[str, bool] = {}
    for ranked in found.ranked:
        whole = [loaded.text for loaded, _, _ in ranked.figures[:1]]
        for gram in ranked.weights.grams:
            weight = gram.weight if gram.own else gram.weight / 0.3
            if weight <= weights.get(gram.text, 0.0):
                continue
            weights[gram.text] = weight
            words = (gram.text, *gram.others)
            covered[gram.text] = 1.0 if gram.text in texts else 0.8 if any(o in texts for o in gram.others) else 0.0
            said[gram.text] = any(word in text for text in whole for word in words)
    total = sum(weights.values()) + 1e-6
    left = sum(w for g, w in weights.items() if not covered[g] and said[g])
    unsaid = sum(w for g, w in weights.items() if not said[g])
    return {
        "covered": sum(weights[g] * covered[g] for g in weights) / total,
        "left": left / total,
        "left_weight": min(left, 20.0) / 10.0,
        "unsaid": unsaid / total,
        "unsaid_weight": min(unsaid, 20.0) / 10.0,
    }


# So many of the best sentences are looked at.
_LOOKED = 6


def of_sentences(hits: Sequence[Hit]) -> Mapping[str, float]:
    """How well the best sentences bear the question out."""
    if not hits:
        return {"hits_none": 1.0}
    best = hits[0]
    others = hits[1:_LOOKED]
    return {
        "hit_share": best.share,
        "hit_best_share": max(h.share for h in hits[:_LOOKED]),
        "hit_score": float(np.log1p(best.borne)),
        "hit_gap": (best.borne - others[0].borne) / best.borne if others and best.borne > 0 else 1.0,
    }
