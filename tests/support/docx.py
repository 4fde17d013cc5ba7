"""Word files for tests, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

__all__ = ["docx", "part"]

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def part(body: str, root: str = "document") -> str:
    """A part of the package with `body` inside."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMES}>{body}</w:{root}>'


def docx(parts: Mapping[str, str | bytes]) -> bytes:
    """The package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(words)}</w:t></w:r></w:p>"
