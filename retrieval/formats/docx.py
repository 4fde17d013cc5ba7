"""Word documents: paragraphs in order, with the numbers Word shows before them, then footnotes and endnotes.

After ECMA-376 part 1: runs of `w:t` wherever they stand (insertions, content controls, text boxes), without deletions
and fallbacks; list labels from numbering.xml by the paragraph's own or its style's numbering.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded
from retrieval.formats.docx_numbering import Numbering

__all__ = ["decode"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What all parts may unpack to, and the document itself.
_WHOLE = 256 * 1024 * 1024
_PART = 24 * 1024 * 1024
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _FALLBACK, _W + "rPr", _W + "pPr", _W + "instrText"})
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def decode(data: bytes, kind: str = "docx") -> Decoded:
    """Raises UnreadableReport."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _decode(archive, kind)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        encrypted = "encrypted" in str(problem)
        raise UnreadableReport(
            "文件加了密码，读不了" if encrypted else "不是完好的 .docx 文件，可能没有下载完"
        ) from None


def _decode(archive: zipfile.ZipFile, kind: str) -> Decoded:
    sizes = {item.filename: item.file_size for item in archive.infolist()}
    if sum(sizes.values()) > _WHOLE:
        raise UnreadableReport(f"解压后有 {sum(sizes.values()) // 1024 // 1024} MB，不像一份报告")
    document = _part(archive, sizes, "word/document.xml")
    if document is None:
        raise UnreadableReport("里面没有 Word 正文")
    numbering = Numbering(_part(archive, sizes, "word/numbering.xml"), _part(archive, sizes, "word/styles.xml"))
    lines = list(_paragraphs(document, numbering))
    for name in _NOTES:
        notes = _part(archive, sizes, name)
        if notes is not None:
            lines += _notes(notes, numbering)
    return Decoded("".join(line + "\n" for line in lines), kind)


def _notes(root: Any, numbering: Numbering) -> Iterator[str]:  # noqa: ANN401  an lxml element
    """Footnotes or endnotes, each with the number Word shows; the separators among them have a type and no words."""
    number = 0
    for note in root:
        if note.get(_W + "type") in (None, "normal"):
            number += 1
            yield f"[{number}] " + " ".join(_paragraphs(note, numbering)).strip()


def _part(archive: zipfile.ZipFile, sizes: dict[str, int], name: str) -> Any:  # noqa: ANN401  an lxml element
    from lxml import etree  # noqa: PLC0415  only documents need it

    if name not in sizes:
        return None
    if sizes[name] > _PART:
        raise UnreadableReport(f"{name} 解压后有 {sizes[name] // 1024 // 1024} MB，不像一份报告")
    try:
        with archive.open(name) as stream:
            raw = stream.read(_PART + 1)
    except (ValueError, OverflowError) as problem:
        # Places that lie outside of the file are not what zipfile expects.
        raise zipfile.BadZipFile(str(problem)) from problem
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise UnreadableReport(f"{name} 损坏，读不了") from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableReport(f"{name} 带有 DOCTYPE，正常的 Word 文件没有，为安全起见不读")
    return root


def _paragraphs(root: Any, numbering: Numbering) -> Iterator[str]:  # noqa: ANN401  as above
    """Lines; a paragraph inside a text box comes after the one it is anchored in."""
    for paragraph in root.iter(_W + "p"):
        if any(above.tag in (_W + "del", _FALLBACK) for above in paragraph.iterancestors()):
            continue
        words = "".join(_words(paragraph))
        label = numbering.label(paragraph)
        yield from (label + words).split("\n")


def _words(paragraph: Any) -> Iterator[str]:  # noqa: ANN401  as above
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in _SKIPPED or tag == _W + "p":
            continue
        if tag == _W + "t":
            yield node.text or ""
        elif tag == _W + "tab":
            yield "\t"
        elif tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif tag == _W + "noBreakHyphen":
            yield "-"
        elif tag == _W + "sym":
            continue
        else:
            stack.extend(reversed(node))
