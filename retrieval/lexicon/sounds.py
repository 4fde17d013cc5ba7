"""How characters sound, without tones: for words typed by sound."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

__all__ = ["alike", "blurred", "key", "pairs", "reading"]


@cache
def _readings() -> Mapping[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415  a large table: only when a word is not found

    return pinyin_dict  # type: ignore[no-any-return]


@cache
def reading(character: str) -> str:
    """The most usual reading of a character, in plain letters; the character itself where it has none."""
    first = _readings().get(ord(character), character).split(",")[0]
    return "".join(c for c in unicodedata.normalize("NFD", first) if not unicodedata.combining(c))


def alike(one: str, other: str) -> bool:
    """Whether two words of one length sound the same; an -n may pass for an -ng, an s for an sh."""
    return len(one) == len(other) and all(blurred(a) == blurred(b) for a, b in zip(one, other, strict=True))


@cache
def blurred(character: str) -> str:
    """The reading of a character, with zh as z and -ng as -n: what is often confused."""
    sound = reading(character)
    sound = sound.replace("zh", "z").replace("ch", "c").replace("sh", "s")
    return sound.removesuffix("g") if sound.endswith("ng") else sound


def pairs(text: str) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The pairs of Han characters in a text by their sounds."""
    found: dict[tuple[str, str], list[str]] = {}
    for a, b in sorted(set(pairwise(text))):
        if "\u4e00" <= a <= "\u9fff" and "\u4e00" <= b <= "\u9fff":
            found.setdefault((blurred(a), blurred(b)), []).append(a + b)
    return {sound: tuple(words) for sound, words in found.items()}


def key(pair: str) -> tuple[str, str]:
    """What `pairs` files a pair under."""
    return blurred(pair[0]), blurred(pair[1])
