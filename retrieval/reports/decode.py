"""Which encoding a text file has: by byte-order mark, then by which decoding is valid and reads like Chinese."""

from __future__ import annotations

import codecs

from retrieval.errors import UnreadableReport

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Every report is full of these, in Simplified and in Traditional characters.
_COMMON = frozenset("的一年工作和在发發展经經济濟政府全市省建设設大会會国國人民代表")
_ENOUGH = 0.02


def decode(data: bytes, name: str) -> tuple[str, str]:
    """(text with line ends as they are, encoding). Raises UnreadableReport where no decoding gives readable text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    found = [
        (text, encoding) for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be") if (text := _try(data, encoding))
    ]
    best = max(found, key=lambda item: _chinese(item[0]), default=("", ""))
    if _chinese(best[0]) < _ENOUGH:
        raise UnreadableReport(f"{name}：认不出文字编码，请另存为 UTF-8 后再导入")
    return best


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableReport(f"{name}：文件开头标明是 {encoding}，内容却不是，文件可能已损坏") from None


def _try(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _chinese(text: str) -> float:
    """Share of everyday report characters: a wrong decoding gives rare ones."""
    return sum(character in _COMMON for character in text) / len(text) if text else 0.0
