"""The labels Word computes for numbered paragraphs: 一、 （二） 3. (4)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from retrieval.text import chinese_number

__all__ = ["Numbering"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = _W + "val"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_DEPTH = 20


def _roman(number: int) -> str:
    out = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out += letters
            number -= value
    return out


def _written(number: int, style: str) -> str:
    """`number` in one of ST_NumberFormat's styles; the styles no report uses are written in Arabic digits."""
    if style in (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    ):
        return chinese_number(number)
    if style == "chineseLegalSimplified":
        return "".join(_LEGAL[int(digit)] for digit in str(number))
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if style in ("upperRoman", "lowerRoman") and 0 < number < 40:
        return _roman(number) if style == "upperRoman" else _roman(number).lower()
    if style in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if style == "upperLetter" else 97) + number - 1)
    if style == "decimalZero":
        return f"{number:02d}"
    if style == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return str(number)


def _depth(level: Any) -> int | None:  # noqa: ANN401  an lxml element
    """The level a definition is for; None where the file says no number."""
    text = level.get(_W + "ilvl", "0")
    return int(text) if text.isdigit() else None


class Numbering:
    """Counts a document's lists. `label` is to be called for each paragraph once, in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401  lxml elements or None
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, Any] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            for item in numbering.iter(_W + "abstractNum"):
                name = item.get(_W + "abstractNumId")
                self._levels[name] = {
                    depth: level for level in item.iter(_W + "lvl") if (depth := _depth(level)) is not None
                }
            for item in numbering.iter(_W + "num"):
                self._read_num(item)
        if styles is not None:
            self._styles = {style.get(_W + "styleId"): style for style in styles.iter(_W + "style")}

    def _read_num(self, item: Any) -> None:  # noqa: ANN401  as above
        name = item.get(_W + "numId")
        abstract = item.find(_W + "abstractNumId")
        if name is None or abstract is None:
            return
        self._abstract[name] = abstract.get(_VAL)
        for override in item.iter(_W + "lvlOverride"):
            start, depth = override.find(_W + "startOverride"), _depth(override)
            if start is not None and depth is not None and start.get(_VAL, "1").isdigit():
                self._starts[name, depth] = int(start.get(_VAL, "1"))

    def label(self, paragraph: Any) -> str:  # noqa: ANN401  as above
        """What Word writes before a paragraph; empty where nothing, or a bullet, stands there."""
        found = self._of(paragraph)
        if found is None:
            return ""
        name, depth = found
        abstract = self._abstract.get(name, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        # Lists that share an abstract definition count on, unless one says where it starts.
        owner = name if (name, depth) in self._starts else abstract
        counts = self._counts[owner]
        start = self._starts.get((name, depth), self._int(levels[depth], "start", 1))
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        pattern = self._text(levels[depth], "lvlText")
        if self._text(levels[depth], "numFmt") in ("bullet", "none") or not pattern:
            return ""

        def fill(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            if level not in levels:
                return ""
            number = counts.get(level, self._int(levels[level], "start", 1))
            return _written(number, self._text(levels[level], "numFmt"))

        return re.sub(r"%(\d)", fill, pattern)

    def _of(self, paragraph: Any) -> tuple[str, int] | None:  # noqa: ANN401  as above
        """(list, level) by the paragraph itself, else by its style or one that style is based on."""
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return None
        own = properties.find(_W + "numPr")
        style = properties.find(_W + "pStyle")
        name = style.get(_VAL) if style is not None else None
        for _ in range(_DEPTH):
            if own is not None:
                number, level = own.find(_W + "numId"), own.find(_W + "ilvl")
                if number is not None:
                    value = number.get(_VAL, "0")
                    depth = level.get(_VAL, "0") if level is not None else self._linked(value, name)
                    return None if value == "0" or not depth.isdigit() else (value, int(depth))
            if name is None or name not in self._styles:
                return None
            found = self._styles[name]
            own = found.find(f"{_W}pPr/{_W}numPr")
            if own is not None:
                continue
            based = found.find(_W + "basedOn")
            name = based.get(_VAL) if based is not None else None
        return None

    def _linked(self, number: str, style: str | None) -> str:
        """The level of a list that names a style as its own: a heading's style need not say its level."""
        levels = self._levels.get(self._abstract.get(number, ""), {})
        return next(
            (str(depth) for depth, level in levels.items() if style and self._text(level, "pStyle") == style), "0"
        )

    @staticmethod
    def _text(level: Any, name: str) -> str:  # noqa: ANN401  as above
        found = level.find(_W + name)
        return (found.get(_VAL) or "") if found is not None else ""

    def _int(self, level: Any, name: str, default: int) -> int:  # noqa: ANN401  as above
        text = self._text(level, name)
        return int(text) if text.isdigit() else default
