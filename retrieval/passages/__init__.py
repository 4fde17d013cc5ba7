"""A report's structure as spans: sections by its own headings, passages by paragraph, sentences inside."""

from retrieval.passages.outline import outline
from retrieval.passages.sentences import sentences

__all__ = ["outline", "sentences"]
