"""Which format a file has, by its first bytes and its name; what is not read is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.errors import UnreadableReport, UnsupportedFormat

__all__ = ["FORMATS", "LARGEST", "Format", "ending", "kind_of", "known_ending", "reader_of"]

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read. `suffixes` are the endings of its files, its own first; a file of more than `largest`
    bytes is no report: a whole one has less than 300 kB of text, the rest is pictures and fonts.

    `begins` is found in the file's first or last bytes whatever it is called; a file that is only called so is then
    refused. `reader` is the module beside this one that reads it, in a limited process; without one the text is the
    file itself.
    """

    name: str
    suffixes: tuple[str, ...]
    largest: int
    begins: re.Pattern[bytes] | None = None
    reader: str = ""


FORMATS = (
    Format("txt", (".txt", ".text", ""), 16 * _MB),
    Format("md", (".md", ".markdown"), 16 * _MB),
    Format("html", (".html", ".htm", ".shtml", ".xhtml", ".jhtml"), 8 * _MB, reader="html"),
    Format(
        "docx",
        (".docx",),
        32 * _MB,
        re.compile(rb"(?s)\APK\x03\x04(?:.{0,4090}word[/\\]|.*word[/\\]document\.xml)"),
        "docx",
    ),
    Format("pdf", (".pdf",), 40 * _MB, re.compile(rb"\A%PDF-"), "pdf"),
)

_BY_NAME = {known.name: known for known in FORMATS}
_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}
LARGEST = max(known.largest for known in FORMATS)
_OCR = "图片里的文字读不出来，请先做文字识别（OCR），存成文本再导入"
_UNPACK = "压缩包请先解压，再导入里面的文件"
_OLD = "请用 Word 或 WPS 另存为 .docx 再导入"
_REFUSED = {
    ".doc": f"老的 Word 格式（.doc）不能读，{_OLD}",
    ".wps": f"WPS 格式（.wps）不能读，{_OLD}",
    ".rtf": f"RTF 格式不能读，{_OLD}",
    ".odt": f"ODT 格式不能读，{_OLD}",
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), _UNPACK),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"), _OCR),
    **dict.fromkeys((".xls", ".xlsx", ".csv", ".et"), "表格不是报告正文，请导入报告的文本"),
    **dict.fromkeys((".ppt", ".pptx"), "幻灯片不是报告正文，请导入报告的文本"),
    **dict.fromkeys((".mht", ".mhtml"), "请在浏览器里另存为“网页，仅 HTML”再导入"),
    ".ofd": "OFD 格式不能读，请转成 PDF 或文本再导入",
}
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", ".doc"),
    (b"{\\rtf", ".rtf"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x1f\x8b", ".gz"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"GIF8", ".gif"),
)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


def kind_of(data: bytes, name: str) -> str:
    """The name of a file's format: txt, md, html, docx, pdf.

    What the bytes are goes over what the name says: a saved page called .txt is a page. Raises UnsupportedFormat where
    the format is not read, UnreadableReport for an empty or too large file.
    """
    if not data.strip():
        raise UnreadableReport("文件是空的")
    suffix = PurePosixPath(name).suffix.lower()
    kind = _by_bytes(data, suffix) or _BY_SUFFIX.get(suffix)
    if kind is None:
        # Reports are named 湘潭市2022年政府工作报告.定稿 too: a name's last part need not be a format.
        read = " ".join(known.suffixes[0] for known in FORMATS)
        raise UnsupportedFormat(_REFUSED.get(suffix, f"不支持 {suffix} 文件，能读的是 {read}"))
    if len(data) > kind.largest:
        raise UnreadableReport(
            f"文件太大（{len(data) // _MB} MB，{kind.name} 最多 {kind.largest // _MB} MB），不像一份报告"
        )
    return kind.name


def ending(kind: str) -> str:
    """The ending of a format's files."""
    return _BY_NAME[kind].suffixes[0]


def known_ending(name: str) -> str:
    """The ending of `name` where files of a format that is read have it, else empty."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in _BY_SUFFIX else ""


def reader_of(kind: str) -> str:
    """The module that reads a format in a limited process; empty where the text is the file."""
    return _BY_NAME[kind].reader


def _by_bytes(data: bytes, suffix: str) -> Format | None:
    ends = data[:4096] + data[-65_536:]
    for known in FORMATS:
        if known.begins and known.begins.search(ends):
            return known
    if data.startswith(b"PK\x03\x04"):
        raise UnsupportedFormat(_REFUSED.get(suffix, _UNPACK))
    for magic, refused in _MAGIC:
        if data.startswith(magic):
            raise UnsupportedFormat(_REFUSED[refused])
    named = _BY_SUFFIX.get(suffix)
    if named is not None and named.begins:
        raise UnreadableReport(f"内容不是 {named.name} 文件，可能已损坏或改过扩展名")
    return _BY_NAME["html"] if suffix not in _REFUSED and _HTML.match(data[:4096]) else None
