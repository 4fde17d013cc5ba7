"""Questions understood: text and conversation to a Query, without touching the store."""

from retrieval.query.conversation import Conversation
from retrieval.query.halves import urban_rural
from retrieval.query.parse import parse
from retrieval.query.periods import resolve
from retrieval.query.slots import is_bare, is_keywords, slots
from retrieval.query.values import Ask, Form, Period, Query, Slot

__all__ = [
    "Ask",
    "Conversation",
    "Form",
    "Period",
    "Query",
    "Slot",
    "is_bare",
    "is_keywords",
    "parse",
    "resolve",
    "slots",
    "urban_rural",
]
