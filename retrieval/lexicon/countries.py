"""Foreign countries: a question about one is about no report."""

from __future__ import annotations

import re
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["foreign"]


@cache
def _asked_of() -> re.Pattern[str]:
    names = sorted((cells[0] for _, cells in rows("countries.tsv", ("name",))), key=len, reverse=True)
    # At the head of a question, before a year or an indicator: 对美国出口 and 韩国企业 are no questions about them.
    behind = r"(?=的?\s*(?:(?:19|20)?\d\d年|[去今前明]年|GDP|CPI|经济|失业率|人口|通胀|粮食|财政|物价|收入))"
    return re.compile(rf"^\s*(?:请问|想问|那么?)?\s*({'|'.join(names)}){behind}", re.IGNORECASE)


def foreign(text: str) -> str:
    """The country a question is about; empty where it is about none."""
    match = _asked_of().match(text)
    return match[1] if match else ""
