"""Web pages: every visible line of the page, and which of them are the main text.

The main text is found by descending from the page's body for as long as one child holds nearly all of the Chinese
punctuation outside links: menus and footers have none.
"""

from __future__ import annotations

import re
from typing import Any

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded
from retrieval.formats.encoding import text_of
from retrieval.formats.raised import is_mark

__all__ = ["decode", "lines"]

_UNSEEN = frozenset(
    {
        *(
            "script",
            "style",
            "noscript",
            "template",
            "head",
            "svg",
            "math",
            "iframe",
            "object",
            "audio",
            "video",
            "canvas",
        )
    }
    | {*("textarea", "select", "option", "button")}
    # What was struck out, and how a character is read.
    | {*("del", "s", "strike", "rt", "rp")}
)
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
        )
    }
    | {*("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr")}
    | {
        *(
            "html",
            "legend",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
        )
    }
    | {*("th", "thead", "tr", "ul")}
)
_ROOTS = ("#document", "#document-fragment")
_ALL = 0.9
_PAUSES = re.compile("[，。；、]")
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—]")
_BROKEN = re.compile(rf"(?<={_WIDE.pattern})[ \t]*[\r\n]\s*(?={_WIDE.pattern})")
_LED = re.compile(rf"^[ \t]*[\r\n]\s*(?={_WIDE.pattern})")
_SPACE = re.compile(r"[ \t\r\n\f]+")
# A page whose words are loaded by a script has this much Chinese at most.
_NOTHING = 60


class _Piece:
    """A node while it is walked: where its text begins, and the pauses inside it."""

    __slots__ = ("children", "end", "name", "pauses", "start")

    def __init__(self, name: str, start: int) -> None:
        self.name = name
        self.start = start
        self.end = start
        self.pauses = 0
        self.children: list[_Piece] = []


def decode(data: bytes, kind: str = "html") -> Decoded:
    """Raises UnreadableReport."""
    from justhtml import JustHTML  # noqa: PLC0415  an eighth of a second, and only pages need it

    source, encoding, lost = text_of(data)
    root: Any = JustHTML(source, sanitize=False, scripting_enabled=False).root
    text, body, raised = _walk(root)
    if len(re.findall("[\u4e00-\u9fff]", text)) < _NOTHING:
        raise UnreadableReport("网页里没有正文（可能由脚本加载），请复制正文存成 .txt 再导入")
    main = _main(body)
    start, end = main.start, main.end
    outside = tuple(span for span in ((0, start), *raised, (end, len(text))) if span[1] > span[0])
    return Decoded(text, kind, encoding, outside, _title(root), lost=lost)


def lines(data: bytes) -> list[str]:
    """The visible lines of a page that is part of a document."""
    from justhtml import JustHTML  # noqa: PLC0415  as above

    source, _, _ = text_of(data)
    return _walk(JustHTML(source, sanitize=False, scripting_enabled=False).root)[0].splitlines()


def _walk(root: Any) -> tuple[str, _Piece, list[tuple[int, int]]]:  # noqa: ANN401  justhtml's nodes share no public type
    """Text of a tree, the tree of pieces over it, and where raised marks stand in it.

    A stack rather than recursion, for pages nest as they like.
    """
    out: list[str] = []
    length = 0
    raised: list[tuple[int, int]] = []
    top = _Piece("#document", 0)
    open_pieces = [top]
    stack: list[tuple[Any, bool, bool]] = [(root, False, False)]
    fresh = True  # whether a line has just begun

    def write(words: str) -> None:
        nonlocal length
        out.append(words)
        length += len(words)

    while stack:
        node, leaving, linked = stack.pop()
        name = node.name
        if leaving:
            piece = open_pieces.pop()
            piece.end = length
            if _raised(node):
                raised.append((piece.start, length))
            open_pieces[-1].pauses += piece.pauses
            if name in _BLOCKS and not fresh:
                write("\n")
                fresh = True
            continue
        if name == "#text":
            words = _visible(node.data or "", fresh=fresh, after=out[-1][-1] if out else "")
            if words:
                write(words)
                fresh = False
                open_pieces[-1].pauses += 0 if linked else len(_PAUSES.findall(words))
            continue
        if (name.startswith("#") and name not in _ROOTS) or name in _UNSEEN or _hidden(node):
            continue
        if name in _BLOCKS and not fresh:
            write("\n")
            fresh = True
        piece = _Piece(name, length)
        open_pieces[-1].children.append(piece)
        open_pieces.append(piece)
        stack.append((node, True, linked))
        stack.extend((child, False, linked or name == "a") for child in reversed(node.children or ()))
    top.end = length
    text = "".join(out)
    marks = [(a, b) for a, b in raised if is_mark(text[a:b], text[max(0, a - 3) : a])]
    return text, top, marks


def _raised(node: Any) -> bool:  # noqa: ANN401  as above
    style = ((getattr(node, "attrs", None) or {}).get("style") or "").replace(" ", "").lower()
    return node.name == "sup" or "vertical-align:super" in style


def _visible(words: str, *, fresh: bool, after: str) -> str:
    """The words of a text node: a line end of the source is a blank between Latin words and nothing between Chinese."""
    words = _BROKEN.sub("", words)
    if _WIDE.match(after):
        words = _LED.sub("", words)
    words = _SPACE.sub(" ", words)
    return words.lstrip(" ") if fresh else words


def _hidden(node: Any) -> bool:  # noqa: ANN401  as above
    attributes = getattr(node, "attrs", None) or {}
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()


def _main(piece: _Piece) -> _Piece:
    while piece.pauses:
        best = max(piece.children, key=lambda child: child.pauses, default=None)
        if best is None or best.pauses < _ALL * piece.pauses or best.name == "p":
            return piece
        piece = best
    return piece


def _title(root: Any) -> str:  # noqa: ANN401  as above
    stack = [root]
    while stack:
        node = stack.pop()
        if node.name == "title":
            return " ".join("".join(child.data or "" for child in node.children or ()).split())
        if node.name in ("#document", "html", "head"):
            stack.extend(reversed(node.children or ()))
    return ""
