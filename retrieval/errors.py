"""The tree of errors. Each message is Chinese and fit to be shown to the person who caused it.

GovreportError
├── UnreadableReport      a file that cannot become a report (wrong kind, empty, broken, too large)
│   └── UnsupportedFormat a kind of file that is refused by name
├── LexiconError          a data file of the program is malformed (file and line in the message)
├── StoreError            the store cannot be opened or written
│   └── SchemaMismatch    the store was written by another version
├── UnknownReport         no report of that id in the store
└── BadQuestion           a question that cannot be asked (empty, too long)
"""

from __future__ import annotations

__all__ = [
    "BadQuestion",
    "GovreportError",
    "LexiconError",
    "SchemaMismatch",
    "StoreError",
    "UnknownReport",
    "UnreadableReport",
    "UnsupportedFormat",
]


class GovreportError(Exception):
    """Anything this package raises on purpose."""


class UnreadableReport(GovreportError):
    """A file that cannot become a report."""


class UnsupportedFormat(UnreadableReport):
    """A kind of file that is refused by name."""


class LexiconError(GovreportError):
    """A data file of the program is malformed."""


class StoreError(GovreportError):
    """The store cannot be opened or written."""


class SchemaMismatch(StoreError):
    """The store was written by another version of the program."""


class UnknownReport(GovreportError):
    """No report of that id is stored."""


class BadQuestion(GovreportError):
    """A question that cannot be asked."""
