"""From `Outgoing` to Telegram's methods, and from their errors to what the courier does about them."""

from __future__ import annotations

import json
import logging
import socket
import sqlite3
from base64 import b64decode
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import (
    Bot,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputFile,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.delivery import Later, Moved, NotSent, Offline, Outgoing, Refused, Unclear, Way
from bot.delivery.outbox import Key
from bot.drawing import Undrawn

__all__ = ["Calls", "request", "seconds"]

log = logging.getLogger(__name__)

_TRIP: ContextVar[_Trip | None] = ContextVar("trip", default=None)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_FILE = "回答.txt"
_UPLOAD = 90.0
_SOON = 5.0
# A connection that died silently is noticed after some seven seconds, also while nothing is sent.
_ALIVE = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 4),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
]
_UNDRAWN = "图没有画成，请稍后再试。"


def request(proxy: str | None, *, connections: int, read: float) -> HTTPXRequest:
    """A client that tells when a request is about to leave, and reads no proxy from the environment."""
    return HTTPXRequest(
        connection_pool_size=connections,
        proxy=proxy,
        connect_timeout=5,
        read_timeout=read,
        write_timeout=20,
        pool_timeout=30,
        socket_options=_ALIVE,
        httpx_kwargs={"event_hooks": {"request": [_watch]}, "trust_env": False},
    )


@dataclass(slots=True)
class _Trip:
    """How far the request of a call has got: its body has begun to leave, and has left whole."""

    way: Way
    begun: bool = False
    left: bool = False


async def _watch(outgoing: Any) -> None:  # noqa: ANN401  httpx.Request; httpx is python-telegram-bot's own affair
    trip = _TRIP.get()
    if trip is None:
        return
    trip.begun = trip.left = False  # one call may take a second request

    async def trace(event: str, info: dict[str, Any]) -> None:
        # Before the body nothing can be carried out. A proxy's CONNECT carries nothing at all.
        if event.endswith("send_request_body.started") and info["request"].method != b"CONNECT":
            await trip.way.leaving()
            # Noted before the write and not after: between the two the loop may serve others for milliseconds, and a
            # kill then would send again what has left.
            trip.way.left()
            trip.begun = True
        elif event.endswith("send_request_body.complete") and trip.begun:
            trip.left = True

    outgoing.extensions["trace"] = trace


def seconds(wait: float | timedelta) -> float:
    """How long Telegram asks to wait."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _told(problem: Exception, trip: _Trip) -> Exception:
    """What a failed call means to who keeps the message."""
    match problem:
        case RetryAfter():
            return Later(seconds(problem.retry_after))
        case ChatMigrated():
            return Moved(problem.new_chat_id)
        case InvalidToken():
            return NotSent("token refused")
        case BadRequest() | Forbidden():
            return Refused(problem.message)
        case Conflict():
            return NotSent("Conflict")
        case NetworkError() if "Too Many Requests" in problem.message:
            return Later(_SOON)  # a server in between that does not say how long
        case TimedOut() if trip.begun:
            return Unclear("TimedOut")
        case NetworkError() if not trip.left:
            # Part of a body is no request: the server cannot have carried it out.
            return (NotSent if isinstance(problem.__cause__, sqlite3.Error) else Offline)(type(problem).__name__)
        case _:
            return (Unclear if trip.left else NotSent)(type(problem).__name__)


class Calls:
    """Makes the calls of one bot; `draw` makes the pictures that are sent."""

    def __init__(self, bot: Bot, draw: Callable[[str], Awaitable[bytes]]) -> None:
        self._bot = bot
        self._draw = draw

    async def __call__(self, chat: int, outgoing: Outgoing, way: Way) -> int | None:
        """See `Send`."""
        trip = _Trip(way)
        token = _TRIP.set(trip)
        try:
            return await self._call(chat, outgoing, html=True)
        except BadRequest as problem:
            if "not modified" in problem.message.lower():
                return outgoing.message
            if "parse entities" not in problem.message.lower():
                raise Refused(problem.message) from problem
            return await self._bare(chat, outgoing, trip)
        except Exception as problem:
            raise _told(problem, trip) from problem
        finally:
            _TRIP.reset(token)

    async def _bare(self, chat: int, outgoing: Outgoing, trip: _Trip) -> int | None:
        """Without markup, after Telegram refused it. Nothing was delivered by the first try."""
        try:
            return await self._call(chat, outgoing, html=False)
        except Exception as problem:
            raise _told(problem, trip) from problem

    async def _call(self, chat: int, out: Outgoing, *, html: bool) -> int | None:
        if out.method == "answer":
            await self._bot.answer_callback_query(out.tap, text=out.text or None)
            return None
        if out.method == "inline":
            await self._answer_inline(out)
            return None
        if out.method == "delete":
            await self._bot.delete_message(chat, out.message or 0)
            return None
        text = out.text if html else out.plain
        mode = ParseMode.HTML if html else None
        keys = _markup(out.keys, self._bot)
        if out.method == "edit":
            done = await self._bot.edit_message_text(
                text, chat, out.message, parse_mode=mode, reply_markup=keys, link_preview_options=_NO_PREVIEW
            )
            return done.message_id if isinstance(done, Message) else out.message
        if out.method == "document":
            return await self._send_file(chat, out, b64decode(out.content), mode)
        if out.method == "photo":
            try:
                return await self._send_file(chat, out, await self._draw(out.content), mode)
            except Undrawn as problem:
                log.warning("picture not drawn: %s", problem)
                text = f"{text}\n\n{_UNDRAWN}"
        sent = await self._bot.send_message(
            chat,
            text,
            parse_mode=mode,
            reply_markup=keys,
            reply_parameters=_to(out),
            message_thread_id=out.thread,
            link_preview_options=_NO_PREVIEW,
        )
        return sent.message_id

    async def _answer_inline(self, out: Outgoing) -> None:
        found = json.loads(out.content) if out.content else {}
        results = [
            InlineQueryResultArticle(
                str(number),
                card["title"],
                InputTextMessageContent(card["html"], ParseMode.HTML, link_preview_options=_NO_PREVIEW),
                description=card["about"],
                reply_markup=_markup([[Key(**card["key"])]] if card.get("key") else [], self._bot),
            )
            for number, card in enumerate(found.get("cards", ()))
        ]
        button = InlineQueryResultsButton(found["button"], start_parameter="inline") if found.get("button") else None
        await self._bot.answer_inline_query(
            out.tap, results, cache_time=found.get("cache", 0), is_personal=found.get("personal"), button=button
        )

    async def _send_file(self, chat: int, out: Outgoing, content: bytes, mode: ParseMode | None) -> int:
        caption = out.text if mode else out.plain
        file = InputFile(content, filename=out.file or _FILE)
        send = self._bot.send_photo if out.method == "photo" else self._bot.send_document
        sent = await send(
            chat,
            file,
            caption=caption or None,
            parse_mode=mode,
            reply_markup=_markup(out.keys, self._bot),
            reply_parameters=_to(out),
            message_thread_id=out.thread,
            write_timeout=_UPLOAD,
        )
        return sent.message_id


def _to(out: Outgoing) -> ReplyParameters | None:
    return ReplyParameters(out.reply_to, allow_sending_without_reply=True) if out.reply_to else None


def _markup(keys: Sequence[Sequence[Key]], bot: Bot) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(key, bot) for key in row] for row in keys]) if keys else None


def _button(key: Key, bot: Bot) -> InlineKeyboardButton:
    if key.copy:
        return InlineKeyboardButton(key.label, copy_text=CopyTextButton(key.copy))
    if key.inline and bot.supports_inline_queries:
        return InlineKeyboardButton(key.label, switch_inline_query=key.inline)
    if key.url:
        return InlineKeyboardButton(key.label, url=key.url.replace("{bot}", bot.username))
    return InlineKeyboardButton(key.label, callback_data=key.data)
