"""Figures weighed for what a question asks: readings, features, fitted weights, and the decision between answers."""

from retrieval.answer.scoring.assign import Assignment, Ranked, assign, rank
from retrieval.answer.scoring.decide import Action, Decision, Weighed, decide, settled, weigh_readings
from retrieval.answer.scoring.eligible import conceivable, eligible, restricted
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
    "conceivable",
    "decide",
    "eligible",
    "fitted",
    "rank",
    "readings",
    "restricted",
    "settled",
    "weigh_readings",
]
