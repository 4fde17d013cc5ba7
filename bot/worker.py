"""Works off the inbox: each update on its own, its effect and its end in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from bot.delivery import Ledger
from bot.incoming import Incoming
from bot.responder import Responder

__all__ = ["Worker"]

log = logging.getLogger(__name__)


class Worker:
    """Runs in the thread that owns ledger and engine. `understand` may raise: the update is then set aside."""

    def __init__(
        self, ledger: Ledger, responder: Responder, understand: Callable[[dict[str, Any]], Incoming | None]
    ) -> None:
        self._ledger = ledger
        self._responder = responder
        self._understand = understand

    def step(self) -> bool:
        """Work on the oldest update; whether there was one."""
        with self._ledger.change():
            received = self._ledger.inbox.next()
        if received is None:
            return False
        try:
            incoming = self._understand(received.raw)
        except Exception as problem:  # whatever a malformed update breaks
            self._aside(received.update_id, problem)
            return True
        try:
            # An answer may take a while: sending and fetching must not wait for it at the ledger's lock.
            turn = self._responder.prepare(incoming) if incoming is not None else None
            with self._ledger.change():
                if incoming is not None:
                    self._responder.handle(incoming, turn)
                self._ledger.inbox.done(received.update_id)
        except Exception as problem:  # a fault of ours: the person is told, the others are served
            log.exception("update %d", received.update_id)
            self._aside(received.update_id, problem, incoming)
        return True

    def _aside(self, update_id: int, problem: Exception, incoming: Incoming | None = None) -> None:
        log.warning("消息 %d 无法处理（%s），已搁置", update_id, type(problem).__name__)
        with self._ledger.change():
            self._ledger.inbox.set_aside(update_id, type(problem).__name__)
            if incoming is not None and incoming.addressed:
                self._responder.apology(incoming)
