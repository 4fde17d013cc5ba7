"""Makes retrieval/lexicon/words.tsv: words and phrases of reports and questions, by how likely each is in a question.

    build_words.py CORPUS_FOLDER QUESTIONS.jsonl…

And readings.tsv: how the characters of these words are read. Counted are jieba's words, alone and in rows of up to
three, in the reports and in the questions that are spelt right; its own dictionary stands in for everyday words.
Development only.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import jieba
import rjieba
from pypinyin import lazy_pinyin

from retrieval.lexicon import gazetteer
from retrieval.lexicon.sounds import plain, reading
from retrieval.query.normalise import normalise

LEXICON = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon"
HAN = re.compile(r"[一-鿿]+")
# What a question is made of: words of reports, of questions, of everyday speech.
SHARES = (0.5, 0.35, 0.15)
# A word stands in so many reports, or questions, or so often in jieba's own corpus: what fewer have may be a name, or a
# misprint.
LEAST_REPORTS, LEAST_QUESTIONS, LEAST_USES = 4, 2, 15
# A phrase stands in so many reports, or questions.
PHRASE_REPORTS, PHRASE_QUESTIONS = 6, 2
LONGEST_WORD, LONGEST = 3, 8
# So many phrases are kept: those the text would be the least likely without.
PHRASES = 48_000
# Names of persons and places among jieba's words.
NAMES = ("nr", "ns")
# A reading that a character has in so many of its uses is usual.
LEAST_SHARE = 0.02
# Characters that are rarer say nothing by themselves.
RAREST = 2.0**-22
# Levels are halves of a bit.
STEP = 0.5
HEADER = """\
# Words and phrases by how likely each is in a question: minus the binary logarithm, in halves. Counted by
# tools/build_words.py over {reports} reports and {questions} questions; everyday words from jieba {jieba} (MIT).
level\twords
"""
READINGS_HEADER = """\
# The readings of characters in the words counted for words.tsv, by pypinyin (MIT), the most usual first; written by
# tools/build_words.py.
readings\tcharacters
"""


def rows_of_words(text: str) -> Iterator[tuple[str, ...]]:
    """Every word, pair and three in a row of a text."""
    for run in HAN.findall(text):
        words = rjieba.cut(run, False)
        for size in range(1, LONGEST_WORD + 1):
            for at in range(len(words) - size + 1):
                yield tuple(words[at : at + size])


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of words: how often each stands, in how many texts, and how many texts there are."""

    uses: Counter[tuple[str, ...]]
    held: Counter[tuple[str, ...]]
    texts: int

    def joined(self) -> Counter[str]:
        """The uses by the text of each row, however it is cut."""
        found: Counter[str] = Counter()
        for row, count in self.uses.items():
            found["".join(row)] += count
        return found

    def words(self) -> int:
        """The uses of all words."""
        return sum(count for row, count in self.uses.items() if len(row) == 1)

    def often(self, least: int) -> set[tuple[str, ...]]:
        """The rows that stand in so many texts."""
        return {row for row, count in self.held.items() if count >= least}


def counted(texts: Iterable[str]) -> Counts:
    """The rows of words of some texts."""
    uses: Counter[tuple[str, ...]] = Counter()
    held: Counter[tuple[str, ...]] = Counter()
    number = 0
    for text in texts:
        here = Counter(rows_of_words(text))
        uses.update(here)
        held.update(here.keys())
        number += 1
        if number % 200 == 0:
            # What stood once in so many reports will hardly stand in enough: memory is short.
            for row in [row for row, texts_with in held.items() if texts_with == 1 and len(row) > 1]:
                del uses[row], held[row]
    return Counts(uses, held, number)


def everyday() -> dict[str, int]:
    """jieba's own words that are no names, with their uses."""
    found: dict[str, int] = {}
    for line in jieba.get_dict_file():
        word, uses, tag = line.decode("utf-8").split()
        if HAN.fullmatch(word) and (not tag.startswith(NAMES) or len(word) == 1):
            found[word] = int(uses)
    return found


def questions(paths: Iterable[str]) -> list[str]:
    """Chinese questions without typing mistakes."""
    rows = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [normalise(turn) for row in rows if row["style"] not in ("typo", "english") for turn in row["turns"]]


def chances(reports: Counts, asked: Counts) -> dict[str, float]:
    """Words and phrases with their chance in a question."""
    daily = everyday()
    sources: list[tuple[float, Mapping[str, int], int]] = [
        (SHARES[0], reports.joined(), reports.words()),
        (SHARES[1], asked.joined(), asked.words()),
        (SHARES[2], daily, sum(daily.values())),
    ]

    def chance(text: str) -> float:
        return sum(share * uses.get(text, 0) / total for share, uses, total in sources)

    places = {name for name in gazetteer.names().by_name if name not in gazetteer.names().careful}
    words = {row[0] for row in reports.often(LEAST_REPORTS) | asked.often(LEAST_QUESTIONS) if len(row) == 1}
    words |= {word for word, uses in daily.items() if uses >= LEAST_USES or (len(word) == 1 and uses)}
    kept = {word: chance(word) for word in words if len(word) <= LONGEST and word not in places}
    gains: dict[str, float] = {}
    for row in reports.often(PHRASE_REPORTS) | asked.often(PHRASE_QUESTIONS):
        text = "".join(row)
        if len(row) == 1 or len(text) > LONGEST or text in kept or any(word not in kept for word in row):
            continue
        apart = [math.prod(kept[word] for word in row)]
        if len(row) > 2:
            apart += [chance("".join(row[:cut])) * chance("".join(row[cut:])) for cut in (1, 2)]
        together = chance(text)
        gains[text] = together * math.log2(together / max(apart))
    best = sorted(gains, key=lambda text: -gains[text])[:PHRASES]
    return kept | {text: chance(text) for text in best if gains[text] > 0}


def write(found: dict[str, float], number: int, asked: int) -> None:
    """The words: a line a level, in a row."""
    levels: dict[int, list[str]] = {}
    for word, chance in found.items():
        if len(word) > 1 or chance > RAREST:
            levels.setdefault(round(-math.log2(chance) / STEP), []).append(word)
    with (LEXICON / "words.tsv").open("w", encoding="utf-8") as out:
        out.write(HEADER.format(reports=number, questions=asked, jieba=jieba.__version__))
        for level in sorted(levels):
            out.write(f"{level}\t{' '.join(sorted(levels[level]))}\n")


def write_readings(found: dict[str, float]) -> None:
    """The characters by how they are read in words; those that stand alone, by their most usual reading."""
    shares = {character: Counter({reading(character): 0.0}) for word in found for character in word}
    for word, chance in found.items():
        if len(word) > 1:
            for character, said in zip(word, lazy_pinyin(word, v_to_u=True), strict=True):
                shares[character][plain(said)] += chance
    said: dict[str, list[str]] = {}
    for character, heard in shares.items():
        usual = [sound for sound, share in heard.most_common() if share >= LEAST_SHARE * heard.total()]
        said.setdefault(" ".join(usual), []).append(character)
    with (LEXICON / "readings.tsv").open("w", encoding="utf-8") as out:
        out.write(READINGS_HEADER)
        for usual in sorted(said):
            out.write(f"{usual}\t{''.join(sorted(said[usual]))}\n")


def main() -> None:
    """Write the tables."""
    folder, *paths = sys.argv[1:]
    asked = questions(paths)
    reports = counted(path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.md")))
    found = chances(reports, counted(asked))
    write(found, reports.texts, len(asked))
    write_readings(found)


if __name__ == "__main__":
    main()
