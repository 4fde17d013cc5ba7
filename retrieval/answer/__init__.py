"""Answers: from a Query over the store to quoted figures and sentences, or to a reason for none."""

from retrieval.answer.library import Library, Loaded
from retrieval.answer.respond import respond

__all__ = ["Library", "Loaded", "respond"]
