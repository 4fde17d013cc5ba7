"""English questions said in Chinese, to be parsed like Chinese ones.

`preparing` puts names in Chinese, `reading` finds the phrases the tables know, `clauses` takes the question apart at
its interrogatives, `saying` with `phrasing` says each clause in the order of Chinese: subject words, then what is asked
of them (增长多少, 占比多少, 排第几). What the grammar does not take apart is said word by word (`linear`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from retrieval.lexicon import places
from retrieval.query.english.clauses import Clause, clauses
from retrieval.query.english.counting import Before
from retrieval.query.english.linear import linear
from retrieval.query.english.phrasing import Glosses
from retrieval.query.english.preparing import prepared
from retrieval.query.english.reading import read
from retrieval.query.english.saying import say
from retrieval.query.english.tidying import introduced

__all__ = ["Translation", "translate"]

# Several reports are held against each other, or one is looked through as a whole: read in `across` and `whole`.
_ACROSS = re.compile(
    r"^\s*(?:did|does|do|is|was|were|are|has|have|will|can|list|compare|draw|plot|chart|export|show|summar\w*)\b(?!\s+me)|"
    r"\b(?:compare[ds]?|versus|vs|each year|every year|year by year|trend|yearly from|phrase|summar\w+|overview|"
    r"which (?:of|two|one|city|province|had|has|set|grew|produced)|which years|in what years|"
    r"gap between|difference between)\b",
    re.IGNORECASE,
)
# Could you check whether …
_WHETHER = re.compile(r"^(?:[A-Za-z']+\s+){0,8}?(?:whether|if)\s+", re.IGNORECASE)
_PASSAGE = frozenset({"which", "where", "how"})


@dataclass(frozen=True, slots=True)
class Translation:
    """The Chinese of a question; `glosses` are other translations of its words, as (used, other)."""

    text: str
    glosses: tuple[tuple[str, str], ...]


def translate(text: str) -> Translation:
    """The question in Chinese."""
    text = introduced(text)
    chinese, glosses = _structured(text)
    if not chinese:
        chinese, glosses = linear(_WHETHER.sub("", text))
    return Translation(chinese, tuple(dict.fromkeys(glosses)))


def _structured(text: str) -> tuple[str, Glosses]:
    """The question clause by clause; nothing where the grammar does not take it apart."""
    if _ACROSS.search(text):
        return "", []
    ready = prepared(text)
    if _apart(ready):
        return "", []
    found = clauses(read(ready))
    if not found or all(clause.ask.role in _PASSAGE and not _ranks(clause) for clause in found):
        return "", []
    glosses: Glosses = []
    said: list[str] = []
    counted = Before()
    for clause in found:
        chinese, counted = say(clause, glosses, counted)
        said.append(chinese)
    return ", ".join(part for part in said if part), glosses


def _ranks(clause: Clause) -> bool:
    return any(unit.role in ("rank", "scope") for unit in clause.body) and clause.ask.role == "where"


# Joins of places that are set side by side; words that compare.
_BESIDE = re.compile(
    r"\s*(?:'s)?\s*(?:,|and|or|&&|versus|vs\.?|than|with|to)?\s*(?:and|or)?\s*(?:the|in|for|of|that of)?\s*"
)
_COMPARING = re.compile(
    r"\b(?:than|respectively|either|both|exceed\w*|ahead|behind|apart|higher|larger|lower|smaller)\b", re.IGNORECASE
)


def _apart(text: str) -> bool:
    """Whether several places are named of which none lies in another, and are compared."""
    mentions = [mention for mention in places.mentions(text) if mention.candidates[0].name != "全国"]
    found = [mention.candidates for mention in mentions]
    names = list(dict.fromkeys(units[0].name for units in found))
    parents = {parent for units in found for unit in units for parent in unit.parents}
    if len([name for name in names if name not in parents]) <= 1:
        return False
    beside = any(
        one.candidates[0].name != other.candidates[0].name
        and one.end < other.start
        and _BESIDE.fullmatch(text[one.end : other.start])
        for one, other in pairwise(mentions)
    )
    return beside or bool(_COMPARING.search(text))
