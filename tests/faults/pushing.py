"""Telegram's side of a webhook: pushes each update until it is taken, in their order."""

from __future__ import annotations

import http.client
import json
import threading
from typing import Self
from urllib.parse import urlsplit

from tests.peer import Peer

__all__ = ["Pusher"]


class Pusher:
    """Runs in a thread of its own while its block lasts."""

    def __init__(self, peer: Peer) -> None:
        self.pushes = 0
        self._peer = peer
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join(30)

    def _run(self) -> None:
        done = 0
        while not self._end.is_set():
            if done < len(self._peer._updates) and self._push(self._peer._updates[done]):
                done += 1
            else:
                self._end.wait(0.05)

    def _push(self, update: object) -> bool:
        hook = self._peer.webhook
        if not hook.get("url"):
            return False
        url = urlsplit(hook["url"])
        connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=5)
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": hook["secret"]}
        self.pushes += 1
        try:
            connection.request("POST", url.path, json.dumps(update), headers)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
