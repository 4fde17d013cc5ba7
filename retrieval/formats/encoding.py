"""Which encoding a text has: by byte-order mark, then by which decoding reads like Chinese.

What a file says of itself (a <meta> tag, a header) is not asked: it is wrong too often.
"""

from __future__ import annotations

import codecs

from retrieval.errors import UnreadableReport

__all__ = ["text_of"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Every report is full of these, in Simplified and in Traditional characters.
_COMMON = frozenset("的一年工作和在发發展经經济濟政府全市省建设設大会會国國人民代表是不了有为為中以")
# So much of a file tells its encoding.
_SAMPLE = 60_000
# A character that cannot be decoded weighs as much as so many that can.
_LOST = 20
# Of what is not ASCII, so much at least.
_ENOUGH = 0.04
# More lost characters than this share of the text, and it is not worth reading.
_MOST_LOST = 0.01


def text_of(data: bytes) -> tuple[str, str, int]:
    """(text with line ends as they are, encoding, characters lost).

    Raises UnreadableReport where no decoding gives readable text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            lost = text.count("\ufffd")
            if lost > max(1, len(text) * _MOST_LOST):
                raise UnreadableReport(f"文件开头标明是 {encoding}，内容却不是，文件可能已损坏")
            return text, encoding, lost
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    # From the first character that tells: a page may begin with any length of script.
    first = next((at for at, byte in enumerate(data) if byte > 0x7F), 0) & ~1
    head = data[first : first + _SAMPLE]
    best = max(_CANDIDATES, key=lambda encoding: _reads(head.decode(encoding, "replace")))
    text = data.decode(best, "replace")
    lost = text.count("\ufffd")
    foreign = [c for c in text if c > "~"][:_SAMPLE]
    if lost > len(text) * _MOST_LOST or sum(c in _COMMON for c in foreign) < _ENOUGH * len(foreign):
        raise UnreadableReport("认不出文字编码，请另存为 UTF-8 后再导入")
    return text, best, lost


def _reads(text: str) -> float:
    """How much like Chinese or plain markup a text reads, per character: a wrong decoding gives rare characters."""
    if not text:
        return 0.0
    good = sum(c in _COMMON or " " <= c <= "~" or c in "\r\n\t" for c in text)
    return (good - _LOST * text.count("\ufffd")) / len(text)
