"""PDF files for tests, written by hand: pages of lines at given places, with a font every reader knows by name."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["pdf", "report_pages"]

Placed = tuple[float, float, str] | tuple[float, float, str, float]
_SIZE = 12
_A4 = (595, 842)
_LEADING = 22


def pdf(pages: Sequence[Sequence[Placed]], *, outlines: str = "") -> bytes:
    """A file with `pages` of (x, y, words) in points from the bottom left, and of words of another size that."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {outlines} >>",
        "<< /Type /Pages /Kids [{}] /Count {} >>".format(
            " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages))), len(pages)
        ),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        (
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
        ),
        (
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
            "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        ),
    ]
    for number, placed in enumerate(pages):
        body = "\n".join(
            f"BT /F1 {[*size, _SIZE][0]} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET"
            for x, y, words, *size in placed
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_A4[0]} {_A4[1]}] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    out = b"%PDF-1.5\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def report_pages(paragraphs: Sequence[str], *, columns: int = 1, rows: int = 30) -> list[list[Placed]]:
    """Paragraphs set in `columns` with two characters of indent, a running head and page numbers."""
    width = 468 / columns - (12 if columns > 1 else 0)
    per_line = int(width // _SIZE)
    lines: list[tuple[int, str]] = []
    for paragraph in paragraphs:
        words = paragraph
        indent = 2
        while words:
            # No line begins with a stop: it hangs behind the one before, as printers set it.
            room = (
                per_line - indent + (words[per_line - indent : per_line - indent + 1] in ("，", "。", "；", "、", "："))
            )
            lines.append((indent, words[:room]))
            words = words[room:]
            indent = 0
    pages = []
    for first in range(0, len(lines), rows * columns):
        placed: list[Placed] = [(220, 800, "甲市政府工作报告")]
        for n, (indent, words) in enumerate(lines[first : first + rows * columns]):
            column, row = divmod(n, rows)
            placed.append((63.5 + column * (width + 24) + indent * _SIZE, 760 - row * _LEADING, words))
        placed.append((280, 40, f"— {len(pages) + 1} —"))
        pages.append(placed)
    return pages
