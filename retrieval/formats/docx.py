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
from retrieval.formats import html
from retrieval.formats.decoded import Decoded
from retrieval.formats.docx_numbering import Numbering
from retrieval.formats.encoding import text_of
from retrieval.formats.raised import LOWERED, RAISED, settled

__all__ = ["decode"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What all parts may unpack to, and the document itself.
_WHOLE = 256 * 1024 * 1024
_PART = 24 * 1024 * 1024
# Ruby text tells how a character is read.
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _FALLBACK, _W + "rPr", _W + "pPr", _W + "instrText", _W + "rt"})
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OFF = ("0", "false", "off")
# ISO 29500 Strict names the same elements otherwise.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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
    for item in archive.infolist():
        # Some programs part the folders of names by backslashes.
        archive.NameToInfo.setdefault(item.filename.replace("\\", "/"), item)
    sizes = {name: item.file_size for name, item in archive.NameToInfo.items()}
    if sum(sizes.values()) > _WHOLE:
        raise UnreadableReport(f"解压后有 {sum(sizes.values()) // 1024 // 1024} MB，不像一份报告")
    document = _part(archive, sizes, "word/document.xml")
    if document is None:
        raise UnreadableReport("里面没有 Word 正文")
    numbering = Numbering(_part(archive, sizes, "word/numbering.xml"), _part(archive, sizes, "word/styles.xml"))
    lines = list(_paragraphs(document, numbering, _Chunks(archive, sizes)))
    for name in _NOTES:
        notes = _part(archive, sizes, name)
        if notes is not None:
            lines += _notes(notes, numbering)
    text, outside = settled("".join(line + "\n" for line in lines))
    return Decoded(text, kind, outside=outside)


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
        root = etree.fromstring(raw.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.XMLSyntaxError:
        raise UnreadableReport(f"{name} 损坏，读不了") from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableReport(f"{name} 带有 DOCTYPE，正常的 Word 文件没有，为安全起见不读")
    return root


class _Chunks:
    """Parts of another format that stand in for paragraphs (w:altChunk): programs that make documents put pages in."""

    def __init__(self, archive: zipfile.ZipFile, sizes: dict[str, int]) -> None:
        self._archive, self._sizes = archive, sizes

    def lines(self, identity: str) -> list[str]:
        """The lines of the part of a relation's id; none where it is missing or of a format that is not read here."""
        relations = _part(self._archive, self._sizes, "word/_rels/document.xml.rels")
        target = next(
            (r.get("Target", "") for r in (() if relations is None else relations) if r.get("Id") == identity), ""
        )
        name = target.removeprefix("/") if target.startswith("/") else f"word/{target}"
        if (
            name not in self._sizes
            or self._sizes[name] > _PART
            or not name.endswith((".html", ".htm", ".xhtml", ".txt"))
        ):
            return []
        data = self._archive.read(self._archive.NameToInfo[name])
        return text_of(data)[0].splitlines() if name.endswith(".txt") else html.lines(data)


def _paragraphs(root: Any, numbering: Numbering, chunks: _Chunks | None = None) -> Iterator[str]:  # noqa: ANN401  as above
    """Lines; a paragraph inside a text box comes after the one it is anchored in."""
    for paragraph in root.iter(_W + "p", _W + "altChunk"):
        if paragraph.tag == _W + "altChunk":
            yield from chunks.lines(paragraph.get(_ID, "")) if chunks else ()
            continue
        if any(above.tag in (_W + "del", _FALLBACK) for above in paragraph.iterancestors()):
            continue
        words = "".join(_words(paragraph))
        label = numbering.label(paragraph)
        yield from (label + words).split("\n")


def _shown(run: Any) -> str:  # noqa: ANN401  as above
    """How a run is set off: vanish for hidden words, superscript for raised ones."""
    properties = run.find(_W + "rPr")
    if properties is None:
        return ""
    hidden = properties.find(_W + "vanish")
    if hidden is not None and hidden.get(_W + "val") not in _OFF:
        return "vanish"
    height = properties.find(_W + "vertAlign")
    return "superscript" if height is not None and height.get(_W + "val") == "superscript" else ""


def _words(paragraph: Any) -> Iterator[str]:  # noqa: ANN401  as above
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in _SKIPPED or tag == _W + "p":
            continue
        if tag == _W + "r" and (shown := _shown(node)):
            if shown == "vanish":
                continue
            yield RAISED
            yield from (part.text or "" for part in node.iter(_W + "t"))
            yield LOWERED
        elif tag in (_W + "t", _MATH):
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
