"""In which language a question is asked."""

from __future__ import annotations

import re

__all__ = ["is_english"]


def is_english(text: str) -> bool:
    """Whether a question is asked in English: Latin words, not just a name or two among Han characters."""
    han = sum("㐀" <= c <= "鿿" for c in text)
    if not han:
        return bool(re.search(r"[A-Za-z]{3,}", text))
    return len(re.findall(r"[A-Za-z]{2,}", text)) >= 3 and han <= 6
