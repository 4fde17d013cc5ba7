"""Takes updates that Telegram pushes. An update is in the inbox before it is acknowledged.

What is not from Telegram is refused by its headers, before a body is read: python-telegram-bot's own server reads
fifty megabytes first and answers garbage with 500.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from bot.app.handlers import KINDS

__all__ = ["Hook", "listen", "secret_of"]

log = logging.getLogger(__name__)
Keep = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

# The largest update Telegram makes is far below.
_LARGEST = 1024 * 1024
_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Hook:
    """The public address, where it is listened for (behind a proxy that keeps the path), and the shared secret."""

    url: str
    address: str
    port: int
    secret: str = field(repr=False)


def secret_of(token: str) -> str:
    """A secret for who set none: the same after every start, and not to be guessed without the token."""
    return hmac.new(token.encode(), b"govreport webhook", sha256).hexdigest()


async def listen(bot: Bot, hook: Hook, keep: Keep) -> None:
    """Until cancelled. Raises OSError where the port is taken, and TelegramError."""
    logging.getLogger("tornado").setLevel(logging.CRITICAL)
    path = urlsplit(hook.url).path or "/"
    application = Application([(re.escape(path), _Door, {"secret": hook.secret, "keep": keep})])
    server = HTTPServer(
        application, max_body_size=_LARGEST, body_timeout=_PATIENCE, idle_connection_timeout=75, max_header_size=16384
    )
    server.listen(hook.port, hook.address)
    try:
        await bot.set_webhook(
            hook.url, allowed_updates=list(KINDS), secret_token=hook.secret, drop_pending_updates=False
        )
        await asyncio.Event().wait()
    finally:
        server.stop()
        await server.close_all_connections()


@stream_request_body
class _Door(RequestHandler):
    """One update a request."""

    def initialize(self, secret: str, keep: Keep) -> None:
        self._secret = secret
        self._keep = keep
        self._body = bytearray()

    def prepare(self) -> None:
        """Before the body."""
        given = self.request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            raise HTTPError(403)
        if self.request.method != "POST":
            raise HTTPError(405)
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPError(415)

    def data_received(self, chunk: bytes) -> None:
        """A piece of the body; the server counts its length."""
        self._body += chunk

    async def post(self) -> None:
        """Write the update down, then say so."""
        try:
            update = json.loads(bytes(self._body))
        except (ValueError, RecursionError):
            raise HTTPError(400) from None
        number = update.get("update_id") if isinstance(update, dict) else None
        if type(number) is not int or abs(number) >= 1 << 62:
            raise HTTPError(400)
        try:
            await self._keep([update])
        except sqlite3.OperationalError as problem:
            # Not acknowledged: Telegram sends it again.
            log.error("inbox: %s", problem)
            raise HTTPError(503) from None

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401  tornado's own
        """No page for whoever tried the door."""
        self.set_status(status_code)
        self.finish()
