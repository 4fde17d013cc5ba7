"""A text held against the reports: which of its figures they bear out, which they deny, and why."""

from retrieval.verify.checking import LONGEST, check
from retrieval.verify.stating import states
from retrieval.verify.values import Cause, Check, Claim, Finding, Missing, Said, Verdict
from retrieval.verify.wording import stretch, unlike

__all__ = [
    "LONGEST",
    "Cause",
    "Check",
    "Claim",
    "Finding",
    "Missing",
    "Said",
    "Verdict",
    "check",
    "states",
    "stretch",
    "unlike",
]
