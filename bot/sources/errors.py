"""Why a page was not fetched; the message is Chinese and fit for the person who asked for it."""

from __future__ import annotations

from retrieval.errors import GovreportError

__all__ = ["NotFetched", "TryAgain"]


class NotFetched(GovreportError):
    """A page that is not fetched, for good."""


class TryAgain(NotFetched):
    """A page that may come later: the server is busy, or the line broke. `after` is how many seconds it asks for."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after
