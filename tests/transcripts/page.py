"""A conversation drawn as a phone shows a chat: bubbles, quotes with a bar, keys below them, pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from noto_cjk_sans_otc import FONT_PATH

from tests.peer import Shown
from tests.transcripts.chat import Event, Talk

__all__ = ["page"]

_TAGS = {
    "Bold": ("<b>", "</b>"),
    "Italic": ("<i>", "</i>"),
    "Code": ("<code>", "</code>"),
    "Pre": ("<pre>", "</pre>"),
    "BlockQuote": ("<q>", "</q>"),
    "ExpandableBlockQuote": ("<q class=long>", "</q>"),
}
_STYLE = """
@font-face { font-family: Noto; src: url("FONT"); }
:root { --ground: #d5e3c8; --mine: #effdde; --theirs: #fff; --text: #111; --link: #3a79b8; --key: #00000055; }
.dark { --ground: #0e1621; --mine: #2b5278; --theirs: #182533; --text: #f5f5f5; --link: #6ab3f3; --key: #ffffff22; }
* { box-sizing: border-box; }
body { margin: 0; padding: 8px; background: var(--ground); color: var(--text); width: 430px;
  font: 15px/1.35 Roboto, "Noto Sans CJK SC", Noto, sans-serif; }
.side { display: flex; flex-direction: column; margin: 6px 0; max-width: 88%; width: fit-content; }
.mine { margin-left: auto; }
.mine .bubble { background: var(--mine); }
.bubble { background: var(--theirs); border-radius: 12px; padding: 7px 10px; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.deed { text-align: center; font-size: 12px; opacity: .65; margin: 6px; }
q { display: block; border-left: 3px solid var(--link); background: color-mix(in srgb, var(--link) 10%, transparent);
  border-radius: 4px; padding: 3px 8px; margin: 2px 0; quotes: none; }
q.long { max-height: 5.2em; overflow: hidden; position: relative; }
q.long::after { content: "⌄"; position: absolute; right: 6px; bottom: 0; }
code { font-family: "Roboto Mono", "DejaVu Sans Mono", Noto, monospace; color: var(--link); font-size: 14px; }
img { max-width: 100%; border-radius: 10px; display: block; margin-bottom: 6px; }
.file { font-weight: 600; } .file::before { content: "📄 "; }
.row { display: flex; gap: 3px; margin-top: 3px; }
.key { flex: 1; background: var(--key); color: #fff; text-align: center; border-radius: 7px; padding: 6px 2px;
  font-size: 13px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; min-width: 0; }
"""
_DEEDS = {"点": "点按", "改": "改问", "转": "转发", "查": "在别的聊天里输入 @机器人"}


def page(talk: Talk, *, dark: bool = False) -> str:
    """The conversation as an HTML page."""
    style = _STYLE.replace("FONT", FONT_PATH.as_uri())
    body = "\n".join(_turns(talk))
    shade = "dark" if dark else "light"
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style><body class="{shade}">{body}</body>\n'


def _turns(talk: Talk) -> Iterator[str]:
    for turn, events in zip(talk.script.turns, talk.events, strict=True):
        if turn.deed == "问":
            yield f'<div class="side mine"><div class="bubble">{escape(turn.text)}</div></div>'
        else:
            yield f'<div class="deed">{_DEEDS[turn.deed]}：{escape(turn.text)}</div>'
        for event in events:
            yield from _event(event)


def _event(event: Event) -> Iterator[str]:
    if event.kind:
        yield f'<div class="deed">{escape(event.kind)} {escape(event.note)}</div>'
    if event.shown is None:
        return
    shown = event.shown
    keys = "".join(
        f'<div class="row">{"".join(f"""<div class="key">{escape(key["text"])}</div>""" for key in row)}</div>'
        for row in shown.keys
    )
    yield f'<div class="side"><div class="bubble">{_file(shown)}{_marked(shown)}</div>{keys}</div>'


def _file(shown: Shown) -> str:
    if not shown.file:
        return ""
    if shown.file.endswith(".png"):
        return f'<img src="data:image/png;base64,{b64encode(shown.content).decode()}">'
    return f'<div class="file">{escape(shown.file)}</div>'


def _marked(shown: Shown) -> str:
    """The text with its entities as tags."""
    raw = shown.text.encode("utf-16-le")
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for kind, offset, length in sorted(shown.entities, key=lambda entity: (entity[1], -entity[2])):
        first, last = _TAGS.get(kind, ("<u>", "</u>"))
        opening[2 * offset] = opening.get(2 * offset, "") + first
        end = 2 * (offset + length)
        closing[end] = last + closing.get(end, "")
    edges = sorted({0, len(raw), *opening, *closing})
    out = ""
    for start, end in zip(edges, [*edges[1:], len(raw)], strict=True):
        out += closing.get(start, "") + opening.get(start, "") + escape(raw[start:end].decode("utf-16-le"))
    # A quote is a block: the line ends around it are its own.
    return out.replace("\n<q", "<q").replace("</q>\n", "</q>")
