"""Whole reports rather than single questions: a year's targets against their outcomes, wording against wording, and
what a report leaves out or claims."""

from retrieval.answer.whole.changes import changes
from retrieval.answer.whole.checklist import checklist
from retrieval.answer.whole.choosing import whole_answer
from retrieval.answer.whole.scorecard import scorecard

__all__ = ["changes", "checklist", "scorecard", "whole_answer"]
