"""Shows in a chat that an answer is being worked on, while that takes longer than a moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.incoming import Incoming

__all__ = ["Busy"]

log = logging.getLogger(__name__)

# Seconds until it is shown, and until it is shown again: Telegram takes it away after five.
_SOON, _AGAIN = 1.0, 4.5


class Busy:
    """Called from the working thread; the bot's own loop makes the calls. A call that fails ends the show, no more."""

    def __init__(self, bot: Bot, loop: asyncio.AbstractEventLoop) -> None:
        self._bot, self._loop = bot, loop

    @contextmanager
    def __call__(self, incoming: Incoming) -> Iterator[None]:
        """While the body runs, the chat that `incoming` is from sees that someone is typing."""
        showing = asyncio.run_coroutine_threadsafe(self._show(incoming.chat, incoming.thread), self._loop)
        try:
            yield
        finally:
            showing.cancel()

    async def _show(self, chat: int, thread: int | None) -> None:
        await asyncio.sleep(_SOON)
        while True:
            try:
                await self._bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=thread)
            except TelegramError as problem:
                log.info("no chat action: %s", type(problem).__name__)
                return
            await asyncio.sleep(_AGAIN)
