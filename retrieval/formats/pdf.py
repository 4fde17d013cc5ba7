"""PDF files: lines put together into paragraphs by where they stand on the page.

A line goes on the paragraph before it where that one fills its column and this one is not indented. Running heads and
page numbers are written before the paragraph they interrupt and handed over as no part of the text.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded
from retrieval.formats.raised import LOWERED, RAISED, settled

__all__ = ["decode"]

_MOST_PAGES = 400
_MOST_CHARACTERS = 2_000_000
_NUMBER = re.compile(r"^[\s\-—–―·•]*(?:第\s*)?\d{1,3}\s*+页?(?:\s*+[/／共,，]*+\s*+共?\d{1,3}\s*+页)?[\s\-—–―·•]*$")
# Heads and feet stand in this share of the page's height, at the top and at the bottom.
_EDGE = 0.09
# Heights of a character between two of a line from which they are of different cells.
_CELL = 1.2
# Of the lines of a document, so many tell where its columns are.
_TELLING = 400
_SCAN = 40
# Lines whose characters differ more than this in width are of different kinds; digits are half as wide as characters.
_ALIKE = 0.45
# Raised characters are so much smaller than those of their line, and stand so far above its foot.
_SMALL, _ABOVE = 0.75, 0.2
_Box = tuple[float, float, float, float]  # left, right, bottom, top


@dataclass(frozen=True, slots=True)
class _Line:
    """Words with their place in points; `size` is the width of its wider characters; `edge`: near a page's edge."""

    words: str
    left: float
    right: float
    size: float
    edge: bool


def decode(data: bytes, kind: str = "pdf") -> Decoded:
    """Raises UnreadableReport."""
    import pypdfium2  # noqa: PLC0415  only PDF files need it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        locked = "password" in str(problem).lower()
        raise UnreadableReport("PDF 加了密码，读不了" if locked else "PDF 损坏，读不了") from None
    if len(document) > _MOST_PAGES:
        raise UnreadableReport(f"PDF 有 {len(document)} 页，不像一份报告")
    pages = []
    for number in range(len(document)):
        try:
            pages.append(list(_lines(document[number], pypdfium2.raw)))
        except pypdfium2.PdfiumError:
            raise UnreadableReport(f"PDF 第 {number + 1} 页损坏，读不了") from None
        if sum(len(line.words) for page in pages for line in page) > _MOST_CHARACTERS:
            raise UnreadableReport("PDF 的文字太多，不像一份报告")
    if sum(len(line.words) for page in pages for line in page) < _SCAN:
        raise UnreadableReport("PDF 里没有文字，是扫描的图片，请先做文字识别（OCR）再导入")
    title = document.get_metadata_dict().get("Title", "")
    text, outside = _written(pages)
    return Decoded(text, kind, outside=outside, title=title)


def _lines(page: Any, raw: Any) -> Iterator[_Line]:  # noqa: ANN401  pypdfium2's page, and its C interface
    height = page.get_height()
    text = page.get_textpage()
    # Asked of C directly: a report has 20,000 characters, and each wrapper call allocates.
    box = raw.FS_RECTF()
    words: list[str] = []
    boxes: list[_Box] = []
    foot: _Box | None = None  # the last character that stands on the line
    up = False
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if code else ""
        if character in "\r\n":
            if words and character == "\n" and not (up and _beside(text, index + 1, foot, raw)):
                yield _line([*words, LOWERED] if up else words, boxes, height)
                words, boxes, foot, up = [], [], None, False
            continue
        # Spaces that no one typed are put in where characters stand apart; between Latin words they are needed.
        if raw.FPDFText_IsGenerated(text, index) == 1 and not (words and words[-1].isascii() and words[-1].isalpha()):
            continue
        if code in (0xFFFE, 0xFFFF, 0x02):  # a hyphen at a line's end
            continue
        if boxes and not character.isspace() and raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            # Cells of a table stand further apart than any words do; their numbers must not run together.
            apart = box.left - boxes[-1][1]
            if apart > _CELL * (box.top - box.bottom) and words[-1] != " ":
                words.append("  ")
        # The loose box is as wide as the character's place in the line; a comma's own is a third of that.
        if not character.isspace() and raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            place = (box.left, box.right, box.bottom, box.top)
            boxes.append(place)
            if _raised(place, foot) != up:
                up = not up
                words.append(RAISED if up else LOWERED)
            foot = foot if up else place
        words.append(character)
    if words:
        yield _line([*words, LOWERED] if up else words, boxes, height)


def _raised(place: _Box, foot: _Box | None) -> bool:
    """Whether a character is smaller and higher than the one at `foot`, the last that stands on the line."""
    if foot is None:
        return False
    tall = foot[3] - foot[2]
    return place[3] - place[2] < _SMALL * tall and place[2] > foot[2] + _ABOVE * tall and place[3] > foot[2] + tall / 2


def _beside(text: Any, index: int, foot: _Box | None, raw: Any) -> bool:  # noqa: ANN401  as above
    """Whether the character at `index` stands on the line of `foot`: what is raised before it breaks no line."""
    box = raw.FS_RECTF()
    if foot is None or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return False
    level = abs(box.bottom - foot[2]) < _ABOVE * (foot[3] - foot[2])
    return bool(level and box.left >= foot[1])


def _line(words: Sequence[str], boxes: Sequence[_Box], height: float) -> _Line:
    if not boxes:
        return _Line("".join(words), 0, 0, 0, edge=False)
    middle = (boxes[0][2] + boxes[0][3]) / 2
    widths = sorted(box[1] - box[0] for box in boxes)
    size = widths[len(widths) * 3 // 4]
    return _Line(
        "".join(words).rstrip(),
        min(box[0] for box in boxes),
        max(box[1] for box in boxes),
        size,
        not _EDGE * height < middle < (1 - _EDGE) * height,
    )


def _written(pages: Sequence[Sequence[_Line]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text, and the spans of it that are heads and feet."""
    repeated = Counter(re.sub(r"\d+", "", line.words) for page in pages for line in page if line.edge)
    seen = [line for page in pages for line in page if line.words.strip()]
    body = [line for line in seen if not _furniture(line, repeated, len(pages))]
    telling = body[:: max(1, len(body) // _TELLING)]
    out: list[str] = []
    outside: list[tuple[int, int]] = []
    paragraph = ""
    length = 0
    last: _Line | None = None

    def write(words: str, *, furniture: bool = False) -> None:
        nonlocal length
        words, marks = settled(words)
        outside.extend((length + start, length + end) for start, end in marks if not furniture)
        if furniture:
            outside.append((length, length + len(words)))
        out.append(words + "\n")
        length += len(words) + 1

    for line in seen:
        if _furniture(line, repeated, len(pages)):
            write(line.words, furniture=True)
            continue
        if last is not None and _goes_on(last, line, telling):
            paragraph += line.words.lstrip()
        else:
            if paragraph:
                write(paragraph)
            paragraph = line.words.strip()
        last = line
    if paragraph:
        write(paragraph)
    return "".join(out), tuple(outside)


def _furniture(line: _Line, repeated: Counter[str], pages: int) -> bool:
    if _NUMBER.match(line.words):
        return line.edge or pages > 1
    return line.edge and repeated[re.sub(r"\d+", "", line.words)] > max(1, pages // 3)


def _goes_on(last: _Line, line: _Line, telling: Sequence[_Line]) -> bool:
    size = max(last.size, line.size, 1)
    if min(last.size, line.size) < size * _ALIKE:
        return False
    _, right = _column(last, telling)
    left, _ = _column(line, telling)
    return last.right >= right - 1.6 * size and line.left <= left + 0.8 * size


def _column(line: _Line, telling: Sequence[_Line]) -> tuple[float, float]:
    """Left and right edge of the column a line stands in: of the lines that cover most of it and are not much wider."""
    alike = [
        other
        for other in telling
        if min(line.right, other.right) - max(line.left, other.left) > (line.right - line.left) / 2
        and min(other.size, line.size) >= max(other.size, line.size) * _ALIKE
    ]
    return min((o.left for o in alike), default=line.left), max((o.right for o in alike), default=line.right)
