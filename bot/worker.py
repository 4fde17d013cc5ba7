"""Works off the inbox: each update on its own, its effect and its end in one transaction."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from bot.delivery import Ledger, Pace
from bot.delivery.inbox import Received
from bot.incoming import Incoming
from bot.responder import Responder

__all__ = ["Worker"]

log = logging.getLogger(__name__)

# Telegram asks anew at every letter that is typed behind the bot's name.
_INLINE = 6
_FAULT = "程序出错，这条消息没有处理好。请换个问法再试。"


class Worker:
    """Runs in the thread that owns ledger and engine. `understand` may raise: the update is then set aside.

    Nobody is answered more than `minute` questions a minute, for one person is worked for at a time; whoever asks
    faster is told, once. Times are those of arrival, so that waiting in a queue makes nobody fast.
    """

    def __init__(
        self,
        ledger: Ledger,
        responder: Responder,
        understand: Callable[[dict[str, Any]], Incoming | None],
        minute: int = 30,
    ) -> None:
        self._ledger = ledger
        self._responder = responder
        self._understand = understand
        self._pace = Pace(minute)
        self._inline = Pace(minute * _INLINE)
        self._begun: set[int] = set()

    def step(self) -> bool:
        """Work on the oldest update; whether there was one. Raises sqlite3.OperationalError where the disk refuses: the
        update stays as it is."""
        with self._ledger.change():
            received = self._ledger.inbox.next(self._begun)
        if received is None:
            return False
        self._begun = {received.update_id}
        try:
            incoming = self._understand(received.raw)
        except Exception as problem:  # whatever a malformed update breaks
            self._aside(received.update_id, problem)
            return True
        try:
            if incoming is None or self._in_time(incoming, received):
                self._answer(incoming, received)
        except sqlite3.OperationalError:
            raise
        except Exception as problem:  # a fault of ours: the person is told, the others are served
            log.exception("update %d", received.update_id)
            self._aside(received.update_id, problem, incoming)
        return True

    def _answer(self, incoming: Incoming | None, received: Received) -> None:
        # An answer may take a while: sending and fetching must not wait for it at the ledger's lock.
        turn = self._responder.prepare(incoming) if incoming is not None else None
        with self._ledger.change():
            if incoming is not None:
                self._responder.handle(incoming, turn)
            self._ledger.inbox.done(received.update_id)

    def _in_time(self, incoming: Incoming, received: Received) -> bool:
        """Whether it is to be answered; else it is done with."""
        if not self._responder.limited(incoming):
            return True
        wait = (self._inline if incoming.inline else self._pace).hold(incoming.user, received.at)
        if wait is None:
            return True
        with self._ledger.change():
            if wait or incoming.tap or incoming.inline:
                told = f"您问得太快了，请过 {max(1, round(wait))} 秒再问；在这之前的问题不再回答。"
                self._responder.excuse(incoming, told)
            self._ledger.inbox.done(received.update_id)
        return False

    def _aside(self, update_id: int, problem: Exception, incoming: Incoming | None = None) -> None:
        log.warning("消息 %d 无法处理（%s），已搁置", update_id, type(problem).__name__)
        with self._ledger.change():
            self._ledger.inbox.set_aside(update_id, type(problem).__name__)
            if incoming is not None and incoming.addressed:
                self._responder.excuse(incoming, _FAULT)
