"""Makes two tables of retrieval/lexicon, so that pypinyin need not be loaded to answer:

    build_sounds.py

sounds.tsv, the most usual reading of every character that pypinyin knows, without its tone; and places_romanised.tsv,
the places whose names are not written in Latin letters as their characters are read. Development only.
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from retrieval.lexicon import gazetteer
from retrieval.lexicon.sounds import plain
from retrieval.model import Level

LEXICON = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon"
LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY)
SOUNDS = """\
# The most usual reading of each character, without its tone, from pypinyin (MIT); written by tools/build_sounds.py.
sound\tcharacters
"""
PLACES = """\
# Short names of places that are not written in Latin letters as their characters are read, from pypinyin (MIT); written
# by tools/build_sounds.py.
short\tlatin
"""


def write_sounds() -> dict[str, str]:
    """The reading of each character, once it is written."""
    said: dict[str, list[str]] = {}
    for code, readings in pinyin_dict.items():
        said.setdefault(plain(readings.split(",")[0]), []).append(chr(code))
    with (LEXICON / "sounds.tsv").open("w", encoding="utf-8") as out:
        out.write(SOUNDS)
        for sound in sorted(said):
            out.write(f"{sound}\t{''.join(sorted(said[sound]))}\n")
    return {character: sound for sound, characters in said.items() for character in characters}


def write_places(known: dict[str, str]) -> None:
    """The names that are written otherwise."""
    shorts = sorted({unit.aliases[0] for unit in gazetteer.load() if unit.aliases and unit.level in LEVELS})
    with (LEXICON / "places_romanised.tsv").open("w", encoding="utf-8") as out:
        out.write(PLACES)
        for short in shorts:
            latin = "".join(lazy_pinyin(short))
            if latin != "".join(known.get(character, character) for character in short):
                out.write(f"{short}\t{latin}\n")


def main() -> None:
    """Write the tables."""
    write_places(write_sounds())


if __name__ == "__main__":
    main()
