"""Which format a file has, by its first bytes and its name; what is not read is refused by name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from retrieval.errors import UnreadableReport, UnsupportedFormat

__all__ = ["LARGEST", "kind_of"]

_MB = 1024 * 1024
# Bytes beyond which a file is no report. A whole report has less than 300 kB of text; the rest is pictures and fonts.
LARGEST = {"txt": 16 * _MB, "md": 16 * _MB, "html": 8 * _MB, "docx": 32 * _MB, "pdf": 40 * _MB}
_SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    "": "txt",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".jhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
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
    (b"%PDF-", "pdf"),
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
    """txt, md, html, docx or pdf.

    What the bytes are goes over what the name says: a saved page called .txt is a page. Raises UnsupportedFormat where
    the format is not read, UnreadableReport for an empty or too large file.
    """
    if not data.strip():
        raise UnreadableReport("文件是空的")
    suffix = PurePosixPath(name).suffix.lower()
    kind = _by_bytes(data, suffix) or _SUFFIXES.get(suffix, "")
    if not kind:
        # Reports are named 湘潭市2022年政府工作报告.定稿 too: a name's last part need not be a format.
        raise UnsupportedFormat(_REFUSED.get(suffix, f"不支持 {suffix} 文件，能读的是 .txt .md .html .docx .pdf"))
    if len(data) > LARGEST[kind]:
        raise UnreadableReport(
            f"文件太大（{len(data) // _MB} MB，{kind} 最多 {LARGEST[kind] // _MB} MB），不像一份报告"
        )
    return kind


def _by_bytes(data: bytes, suffix: str) -> str:
    if data.startswith(b"PK\x03\x04"):
        if b"word/" in data[:4096] or b"word/document.xml" in data[-65_536:]:
            return "docx"
        raise UnsupportedFormat(_REFUSED.get(suffix, _UNPACK))
    for magic, found in _MAGIC:
        if data.startswith(magic):
            if found.startswith("."):
                raise UnsupportedFormat(_REFUSED[found])
            return found
    if _SUFFIXES.get(suffix) in ("docx", "pdf"):
        raise UnreadableReport(f"内容不是 {suffix} 文件，可能已损坏或改过扩展名")
    if suffix not in _REFUSED and _HTML.match(data[:4096]):
        return "html"
    return ""
