"""Figures weighed for what a question asks: readings, features, fitted weights, and the decision between answers."""

from retrieval.answer.scoring.assign import (
    Assignment,
    Ranked,
    assign,
    of_indicator,
    rank,
    rates_only,
    results_only,
    targets_only,
)
from retrieval.answer.scoring.decide import Action, Decision, Weighed, decide, settled, weigh_readings
from retrieval.answer.scoring.model import fitted
from retrieval.answer.scoring.readings import LICENSED, Reading, readings

__all__ = [
    "LICENSED",
    "Action",
    "Assignment",
    "Decision",
    "Ranked",
    "Reading",
    "Weighed",
    "assign",
    "decide",
    "fitted",
    "of_indicator",
    "rank",
    "rates_only",
    "readings",
    "results_only",
    "settled",
    "targets_only",
    "weigh_readings",
]
