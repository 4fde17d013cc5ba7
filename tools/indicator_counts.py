"""Count in how many reports each indicator of the lexicon is named, and write that into its table.

    python tools/indicator_counts.py CORPUS

CORPUS is a folder of reports as Markdown or text.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from retrieval.lexicon import indicators
from retrieval.text import fold

TABLE = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon" / "indicators.tsv"


def counted(corpus: Path) -> Counter[str]:
    """Reports that name an indicator, by its id."""
    count: Counter[str] = Counter()
    for path in sorted(corpus.glob("*.md")) + sorted(corpus.glob("*.txt")):
        text = fold(path.read_text(encoding="utf-8", errors="replace"))
        count.update({mention.indicator.id for mention in indicators.mentions(text)})
    return count


def main() -> None:
    """Rewrite the last column of the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    count = counted(parser.parse_args().corpus)
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    out = []
    for line in lines:
        cells = line.split("\t")
        if not line.startswith("#") and cells[0] != "id":
            cells[-1] = str(count[cells[0]])
        out.append("\t".join(cells))
    TABLE.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
