"""Text to index terms: jieba words with HMM off, and marked character bigrams. The only importer of jieba and rjieba.

Words carry meaning, bigrams (`~粮食`) forgive segmentation that differs between question and report; one index holds
both. Case and width are folded; punctuation and single function characters are no terms.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
import warnings
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.text import fold, plain_lower

if TYPE_CHECKING:
    from jieba import Tokenizer

__all__ = ["bigrams", "cut", "definition", "terms", "warm", "words"]

_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9.%+#-]*[a-z0-9%]")
_HAN = re.compile(r"[㐀-鿿]+")
# Characters that only join words: a bigram across them says nothing.
_PARTICLES = frozenset("的了和与及之在为是于把被将着也都等对从向以而或")
_JOINT = re.compile(rf"[^㐀-鿿]+|[{''.join(sorted(_PARTICLES))}]")


@cache
def _tokenizer() -> Tokenizer:
    """One tokenizer of our own: the module's global one is shared, logs to stderr and caches under a fixed name."""
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escape sequences and imports pkg_resources where there is one.
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415  a second of import: only where words are cut
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    cache_dir = Path.home() / ".cache" / "govreport"
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        writable = os.access(cache_dir, os.W_OK)
    except OSError:
        writable = False
    # jieba joins tmp_dir and cache_file; a private folder keeps other users from planting a cache.
    tokenizer.tmp_dir = str(cache_dir) if writable else tempfile.mkdtemp(prefix="govreport-")
    tokenizer.cache_file = "jieba-0.42.1.cache"
    tokenizer.initialize()
    return tokenizer


def definition(run: str) -> list[str]:
    """What jieba itself cuts a run of Han characters into: the measure for any faster way."""
    return list(_tokenizer().cut(run, HMM=False))


@cache
def _cutter() -> Callable[[str], list[str]]:
    """rjieba where there is a build for this machine: the same words twenty times as fast; else jieba."""
    try:
        import rjieba  # noqa: PLC0415  loads its dictionary: only where words are cut
    except ImportError:
        return definition

    def cut_run(run: str) -> list[str]:
        return list(rjieba.cut(run, False))

    return cut_run


def warm() -> None:
    """Load the dictionary now rather than at the first question."""
    _cutter()("粮食产量")


def words(text: str) -> list[str]:
    """The words of `text` in order, folded and lower-case, punctuation left out."""
    cut_run = _cutter()
    found: list[str] = []
    for run in _RUN.findall(fold(text).lower()):
        if _HAN.match(run):
            found.extend(cut_run(run))
        else:
            found.append(run)
    return found


def cut(text: str) -> list[tuple[int, int]]:
    """Where the words of `text` stand, as half-open positions in it; punctuation is in none."""
    cut_run = _cutter()
    found: list[tuple[int, int]] = []
    for run in _RUN.finditer(plain_lower(text)):
        at = run.start()
        for word in cut_run(run[0]) if _HAN.match(run[0]) else (run[0],):
            found.append((at, at + len(word)))
            at += len(word)
    return found


def bigrams(text: str) -> list[str]:
    """The marked character bigrams of `text`, not across particles or punctuation."""
    runs = _JOINT.split(fold(text))
    return [f"~{a}{b}" for run in runs if len(run) > 1 for a, b in pairwise(run)]


def terms(text: str) -> list[str]:
    """Index terms of `text`, with repetitions: its words, particles left out, and its bigrams."""
    return [word for word in words(text) if word not in _PARTICLES] + bigrams(text)
