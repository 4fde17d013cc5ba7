"""The grammar of numbers: Arabic digits, Chinese digits, and both with 十百千万亿 between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from retrieval.errors import LexiconError
from retrieval.lexicon.table import rows

__all__ = ["ARABIC", "CHINESE", "FORMAL", "PLAIN", "POWERS", "Numeral", "arabic", "decimal", "power", "small", "spelt"]

# Thousands are set apart by commas or, in old print, by blanks: 2 063.37.
ARABIC = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|(?<!\d)[1-9]\d{0,2}(?: \d{3})+(?!\d)(?=\.\d|[万亿元个人吨])|\d++)(?:\s?\.\s?\d++)?"
)
# A number in Chinese digits without a scale, 点 as its point.
CHINESE = r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?"

_LONGEST = 24  # digits; longer runs are serial numbers
_BLANKS = re.compile(r"[,\s]")
_NUMBER = re.compile(ARABIC)
# 千 of 千瓦, 千米, 千克, 千伏 belongs to the unit.
_PLACES = re.compile(r"(?:[十百]|千(?![瓦米克伏]))?[万亿萬億]{0,2}")
_MORE_DIGITS = re.compile(r"[十百千万亿萬億]{1,3}零?\d")
_NEXT = re.compile(r"(零?)(\d,\d{3}|\d++)")
_OVER = re.compile(r"[余多几]([万亿萬億]{1,2})")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that ends at `end`. `value` counts in `scale`: the 万, 亿 or 万亿 the number ends in, empty for none."""

    end: int
    value: Decimal
    scale: str = ""


def _load() -> tuple[dict[str, int], dict[str, int], dict[str, int], dict[str, int], frozenset[str]]:
    kinds: dict[str, dict[str, int]] = {"digit": {}, "tens": {}, "scale": {}, "joined": {}}
    formal = set()
    for number, (character, kind, value, seal) in rows("numerals.tsv", ("character", "kind", "value", "formal")):
        if kind not in kinds:
            raise LexiconError(f"numerals.tsv:{number}: {kind} 不是数字种类")
        kinds[kind][character] = int(value)
        if seal:
            formal.add(character)
    return kinds["digit"], kinds["tens"], kinds["scale"], kinds["joined"], frozenset(formal)


_DIGITS, _TENS, _SCALES, _JOINED, _FORMAL = _load()
_PLACE = _TENS | _SCALES
# The characters of numbers in everyday writing, and in that of cheques, each without the scales.
PLAIN = "".join(c for c in (*_DIGITS, *_TENS, *_JOINED) if c not in _FORMAL)
FORMAL = "".join(sorted(_FORMAL))
# The powers of ten that stand between a number and its unit.
POWERS = "".join(c for c in _PLACE if c not in _FORMAL)


def decimal(text: str) -> Decimal | None:
    """The value of an Arabic number, thousands separators and blanks allowed; None where no quantity is that long."""
    bare = text if text.isdecimal() else _BLANKS.sub("", text)
    return Decimal(bare) if len(bare) <= _LONGEST else None


def arabic(text: str, at: int) -> Numeral | None:
    """The number whose first digit is at `at`, a mixed one read whole: 3万3883, 1亿3千万, 3万2千亿.

    Of 186.4亿 only the digits are read: the scale of a single number belongs to its unit, as written.
    """
    match = _NUMBER.match(text, at)
    if match is None or (value := decimal(match[0])) is None:
        return None
    end = match.end()
    if _MORE_DIGITS.match(text, end) and value == value.to_integral_value() and (mixed := _mixed(text, end, value)):
        return mixed
    return Numeral(end, value)


def _mixed(text: str, at: int, head: Decimal) -> Numeral | None:
    """A number of several parts, the first of which ends at `at`; None where what follows is another number."""
    parts: list[tuple[Decimal, str]] = []
    value, digits, spaced = head, "", True
    while True:
        places = _PLACES.match(text, at)
        scaled = places[0] if places else ""
        parts.append((value, scaled))
        at += len(scaled)
        following = _NEXT.match(text, at) if scaled else None
        if following is None:
            break
        spaced, digits = bool(following[1]), following[2]
        value, at = Decimal(digits.replace(",", "")), following.end()
    last, beyond = parts[-1][1].lstrip("十百千"), ""
    if not last and parts[-1][1] and (over := _OVER.match(text, at)):
        # 1亿2千多万: the 万 behind 多 holds for the 2千.
        beyond = over[1]
        parts[-1] = (parts[-1][0], parts[-1][1] + beyond)
    weights = _weights([scaled for _, scaled in parts])
    for (_, weight), (number, lower) in zip(
        zip(parts, weights, strict=True), zip([n for n, _ in parts[1:]], weights[1:], strict=True), strict=False
    ):
        if number * lower >= weight:
            return None
    if len(parts) < 2 or (not parts[-1][1] and not spaced and weights[-2] != 10 ** len(digits.replace(",", ""))):
        return None  # 202万65岁以上: what fills no place is a number of its own
    unit = _product(last or beyond)
    total = sum((number * weight for (number, _), weight in zip(parts, weights, strict=True)), Decimal(0))
    if not parts[-1][1] and text.startswith(".", at) and (tail := re.compile(r"\.\d++").match(text, at)):
        total, at = total + Decimal(f"0{tail[0]}"), tail.end()
    return Numeral(at, total / unit, _simplified(last))


def _weights(scales: Sequence[str]) -> list[int]:
    """What each part counts: the 亿 of 3万2千亿 holds for the 3万 as well."""
    last = _product(scales[-1].lstrip("十百千"))
    own = [(_product(scaled), _product(scaled.lstrip("十百千"))) for scaled in scales]
    return [weight * last if big < last else weight for weight, big in own[:-1]] + [own[-1][0]]


def _product(scaled: str) -> int:
    product = 1
    for character in scaled:
        product *= _PLACE[character]
    return product


def _simplified(scaled: str) -> str:
    return scaled.replace("萬", "万").replace("億", "亿")


@lru_cache(4096)
def spelt(words: str) -> Numeral | None:
    """The number that `words` are, all in Chinese digits: 一万五千亿, 三十五万零六百, 一点二万亿.

    None where they are none, or say more than one (一百二, 三五千, 二〇二三).
    """
    body = words.rstrip("".join(_SCALES))
    scaled = words[len(body) :]
    if not body:
        return Numeral(len(words), Decimal(1), _simplified(scaled)) if scaled else None
    whole, point, part = body.partition("点")
    if point:
        digits = [_DIGITS.get(character) for character in part]
        front = _counted(whole)
        if front is None or not part or None in digits or any(c in _SCALES for c in whole):
            return None
        return Numeral(len(words), Decimal(f"{front}.{''.join(map(str, digits))}"), _simplified(scaled))
    total = _counted(words)
    return None if total is None else Numeral(len(words), Decimal(total) / _product(scaled), _simplified(scaled))


def _counted(words: str) -> int | None:
    """The value of Chinese digits without a point; None where a place is missing or out of order."""
    total = section = greatest = 0
    digit: int | None = None
    zero, lowest = False, 10**4
    for at, character in enumerate(words):
        if (value := _DIGITS.get(character)) is not None:
            if digit is not None or (value == 0 and zero):
                return None
            zero, digit = (True, None) if value == 0 and at else (zero, value)
        elif (value := _JOINED.get(character)) is not None:
            if digit is not None or section:
                return None
            section, lowest = value, 10
        elif (value := _TENS.get(character)) is not None:
            if digit is None and at and not (value == 10 and words[at - 1] in _DIGITS):
                return None
            if value >= lowest:
                return None
            section, lowest, digit, zero = section + (1 if digit is None else digit) * value, value, None, False
        else:
            value = _SCALES.get(character, 0)
            if not value or _loose(digit, section, lowest, zero=zero):
                return None
            count = section + (digit or 0)
            if not count and not (at and words[at - 1] in _SCALES):
                return None
            # 万万 and 万亿: a scale right behind another counts it.
            total = (total + count) * value if value > greatest or not count else total + count * value
            greatest, section, digit, zero, lowest = max(greatest, value), 0, None, False, 10**4
    if _loose(digit, section, lowest, zero=zero) or (digit is not None and total and not section and not zero):
        return None  # 一万五 is 15000 in speech and 10005 by its letters
    return total + section + (digit or 0)


def _loose(digit: int | None, section: int, lowest: int, *, zero: bool) -> bool:
    """Whether a digit stands without the place it counts: 一百二."""
    return digit is not None and section > 0 and lowest > 10 and not zero


def small(text: str) -> Decimal:
    """The value of a number below ten thousand in Chinese or Arabic digits; digits in a row are read as in 二〇二三."""
    if text.isascii():
        return Decimal(text)
    whole, _, part = text.partition("点")
    if len(whole) > 1 and not any(c in _TENS for c in whole):
        total = int("".join(str(_DIGITS[c]) for c in whole))
    else:
        total, ones = 0, 0
        for character in whole:
            if character in _TENS:
                total, ones = total + (ones or 1) * _TENS[character], 0
            else:
                ones = _DIGITS[character]
        total += ones
    if part:
        return Decimal(f"{total}.{''.join(str(_DIGITS[c]) for c in part)}")
    return Decimal(total)


def power(powers: str) -> Decimal:
    """What a row of powers of ten multiplies by: 万亿 is 10¹²; 1 for none."""
    return Decimal(_product(powers))
