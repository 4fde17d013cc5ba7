"""The buttons below a reply. What each does is kept in the database: 64 bytes would not hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from urllib.parse import quote

from bot import charts
from bot.delivery.outbox import Key
from bot.links import payload
from bot.render import Button, plain_text
from bot.render.shown import shown
from bot.render.telegram import Piece, units
from bot.said import Said
from bot.tongue import line
from retrieval.model import Answer, Kind, Reason
from retrieval.query import parse

__all__ = ["COMMANDS", "COPY", "MORE", "Keep", "Offer", "keyboard", "keys_of", "toggled"]

MORE, LESS, COPY = "上下文", "收起上下文", "复制引文"
# What the letters of a button run.
COMMANDS = {"x": "/next 1", "g": "/chart", "t": "/table"}
# Telegram's limit of what a button copies.
_COPIED = 256
# And of what is asked behind its name.
_QUERY = 256
_LABEL = 40
_OPTIONS = 24
_SHARED = 200
_WIDE = 4
_COMPARABLE = 2

Keep = Callable[[dict[str, object]], int]
Rows = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a keyboard is made for: what was said, its last piece, its reference, and the language."""

    said: Said
    piece: Piece
    reference: str
    lang: str


def keyboard(keep: Keep, fill: Callable[[int, dict[str, object]], None], offer: Offer) -> Rows:
    """Rows of keys: reading on and copying, picture, table and sharing, judging, then a row for each other reading.

    `keep` stores what a button does and gives its number, `fill` completes what was stored.
    """
    said, message = offer.said, offer.said.message
    context = next((button.context for button in message.buttons if button.context), "")
    answer = said.answer
    number = keep({}) if answer is not None or context else 0
    rows: list[tuple[Key, ...]] = [_reading(offer, number, bool(context))]
    if answer is not None:
        rows.append(_taking(answer, offer, number, context))
    rows += _offered(keep, offer)
    made = tuple(row for row in rows if row)
    if number:
        kept: dict[str, object] = {"html": offer.piece.html, "plain": offer.piece.plain, "keys": _plain(made)}
        kept |= {"context": context, "state": said.state.dumps()}
        fill(number, kept)
    return made


def _reading(offer: Offer, number: int, context: bool) -> tuple[Key, ...]:
    if not context:
        return ()
    keys = [Key(line(MORE, offer.lang), f"c:{number}")]
    quoted = _quote(offer.said.answer)
    if quoted:
        keys.append(Key(line(COPY, offer.lang), copy=quoted))
    if offer.reference and units(offer.reference) <= _COPIED:
        keys.append(Key(line("引用格式", offer.lang), copy=offer.reference))
    if offer.said.more:
        keys.append(Key(line("下一条", offer.lang), f"x:{number}"))
    return tuple(keys)


def _taking(answer: Answer, offer: Offer, number: int, context: str) -> tuple[Key, ...]:
    keys: list[Key] = []
    if len(answer.figures) >= _COMPARABLE or answer.phrase is not None:
        if charts.plan(answer) is not None:
            keys.append(Key(line("图", offer.lang), f"g:{number}"))
        keys.append(Key(line("表", offer.lang), f"t:{number}"))
    if context and answer.kind in {Kind.FIGURES, Kind.PASSAGES}:
        keys.append(Key(line("分享", offer.lang), url=_share(offer, context), inline=_standing(offer.said)))
    if answer.kind is not Kind.CLARIFY and answer.reason is not Reason.OFF_TOPIC:
        keys += [Key(line("对", offer.lang), f"y:{number}"), Key(line("不对", offer.lang), f"n:{number}")]
    return tuple(keys)


def _share(offer: Offer, context: str) -> str:
    """Opens Telegram's choice of chats with the answer's first lines and a link to the passage."""
    text = plain_text(replace(offer.said.message, buttons=()))[:_SHARED]
    return f"https://t.me/share/url?url=https%3A%2F%2Ft.me%2F{{bot}}%3Fstart%3D{payload(context)}&text={quote(text)}"


def _standing(said: Said) -> str:
    """The question, where whoever asks it anew gets the same answer; else nothing."""
    asked = " ".join(said.state.asked.split())
    if not asked or units(asked) > _QUERY:
        return ""
    return "" if parse(asked, said.state.before).carried else asked


def _offered(keep: Keep, offer: Offer) -> Rows:
    """Other questions, and commands; those that say so beside each other."""
    state = offer.said.state.dumps()
    buttons = [button for button in offer.said.message.buttons if button.typed][:_OPTIONS]
    rows: list[tuple[Key, ...]] = []
    for row, group in groupby(enumerate(buttons), key=lambda item: item[1].row if item[1].row >= 0 else ~item[0]):
        keys = [_key(keep, button, state, offer.lang) for _, button in group]
        step = _WIDE if row >= 0 else 1
        rows += [tuple(keys[at : at + step]) for at in range(0, len(keys), step)]
    return tuple(rows)


def _key(keep: Keep, button: Button, state: str, lang: str) -> Key:
    kept = keep({"question": button.typed, "state": state, "inplace": button.inplace})
    label = line(button.label, lang)
    return Key(label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…", f"q:{kept}")


def _quote(answer: Answer | None) -> str:
    """The first quote, where it is an answer's and short enough to be copied."""
    if answer is None or answer.kind is Kind.NONE or not answer.citations:
        return ""
    quoted = shown(answer.citations[0]).text.strip()
    return quoted if units(quoted) <= _COPIED else ""


def toggled(rows: Rows, number: int, *, opened: bool, lang: str) -> Rows:
    """The rows with the context button turned round."""
    old = {f"c:{number}", f"b:{number}"}
    new = Key(line(LESS, lang), f"b:{number}") if opened else Key(line(MORE, lang), f"c:{number}")
    return tuple(tuple(replace(new) if key.data in old else key for key in row) for row in rows)


def keys_of(kept: list[list[dict[str, str]]]) -> Rows:
    """Rows as they were kept."""
    return tuple(tuple(Key(**key) for key in row) for row in kept)


def _plain(rows: Rows) -> list[list[dict[str, str]]]:
    return [[asdict(key) for key in row] for row in rows]
