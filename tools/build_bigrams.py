"""Makes retrieval/lexicon/bigrams.tsv: in how many reports of a thousand a character pair stands.

    build_bigrams.py CORPUS_FOLDER

Tells words that reports use from words that only questions use, also where few reports are loaded. Development only.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon" / "bigrams.tsv"
HAN = re.compile(r"[一-鿿]+")
# Pairs in fewer reports than this many of a thousand are left out.
LEAST = 8
HEADER = """\
# Character pairs and in how many of a thousand government work reports each stands, counted by tools/build_bigrams.py
# over {count} reports. Pairs in fewer than {least} are left out.
permille\tpairs
"""


def main() -> None:
    """Write the table: a line per count, its pairs in a row."""
    paths = sorted(Path(sys.argv[1]).glob("*.md"))
    held: Counter[str] = Counter()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        held.update({a + b for run in HAN.findall(text) for a, b in pairwise(run)})
    by_share: dict[int, list[str]] = {}
    for pair, count in held.items():
        share = round(1000 * count / len(paths))
        if share >= LEAST:
            by_share.setdefault(share, []).append(pair)
    with TARGET.open("w", encoding="utf-8") as out:
        out.write(HEADER.format(count=len(paths), least=LEAST))
        for share in sorted(by_share):
            out.write(f"{share}\t{''.join(sorted(by_share[share]))}\n")


if __name__ == "__main__":
    main()
