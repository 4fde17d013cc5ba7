"""A broken network between bot and server: every call may be dropped, slowed, cut, repeated or refused; or nothing
passes at all."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from random import Random
from typing import Self

import aiohttp
from aiohttp import web

__all__ = ["FAULTS", "Proxy"]

# drop: closed before the call is passed on. swallow: passed on, its reply lost. slow: the reply comes late.
# truncate: half of the reply. duplicate: updates that were acknowledged come again. The rest are the server's refusals.
FAULTS = ("drop", "swallow", "slow", "truncate", "duplicate", "flood", "broken", "gateway", "conflict")
_SLOW = 1.5
# What a fault other than a delay does to these says nothing of delivery and only takes time.
_SPARED = frozenset({"getMe", "setMyCommands", "deleteWebhook", "setWebhook"})


class Proxy:
    """In front of the server at `target`; `rate` is the share of calls something goes wrong with. It runs in a thread
    of its own."""

    def __init__(self, target: str, rng: Random, rate: float = 0.0, kinds: tuple[str, ...] = FAULTS) -> None:
        self.url = ""
        self.rate = rate
        self.kinds = kinds
        self.done: Counter[str] = Counter()
        self._target = target
        self._rng = rng
        self._silent = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def cut(self, *, silent: bool = False) -> None:
        """The network is gone: connections break and none can be made; or, `silent`, they stand and nothing comes."""
        self._call(self._cut(silent=silent))

    def mend(self) -> None:
        """The network is back; what was cut off stays cut off."""
        self._call(self._mend())

    def _call(self, job: object) -> None:
        asyncio.run_coroutine_threadsafe(job, self._loop).result(30)  # type: ignore[arg-type]

    async def _start(self) -> None:
        self._client = aiohttp.ClientSession()
        app = web.Application(client_max_size=60 << 20)
        app.router.add_route("*", "/{path:.*}", self._pass)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"

    async def _stop(self) -> None:
        # First those who wait for the server, then the way to it.
        await self._runner.cleanup()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await self._client.close()

    async def _cut(self, *, silent: bool) -> None:
        self._silent = silent
        if not silent:
            await self._site.stop()
            assert self._runner.server is not None
            # Those that wait for their next call as well: a call over one of them would find no network gone.
            for connection in self._runner.server.connections:
                if connection.transport is not None:
                    connection.transport.abort()

    async def _mend(self) -> None:
        if self._silent:
            self._silent = False
            return
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        try:
            body = await request.read()
        except (ConnectionResetError, RuntimeError):
            # In the middle of a request the bot was killed or the network cut: aiohttp raises the one or the other.
            return _closed(request)
        if self._silent:
            await asyncio.sleep(3600)
        kind = self._fault(method)
        if kind:
            self.done[kind] += 1
        match kind:
            case "drop":
                return _closed(request)
            case "flood":
                words = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
                return web.json_response(words | {"parameters": {"retry_after": 1}}, status=429)
            case "broken":
                return web.json_response({"ok": False, "error_code": 500, "description": "Internal"}, status=500)
            case "gateway":
                return web.Response(text="<html>502 Bad Gateway</html>", status=502)
            case "conflict":
                return web.json_response({"ok": False, "error_code": 409, "description": "Conflict: x"}, status=409)
        status, said = await self._forward(request, body, again=kind == "duplicate")
        if self._silent:
            await asyncio.sleep(3600)
        if kind == "swallow":
            return _closed(request)
        if kind == "slow":
            await asyncio.sleep(_SLOW)
        if kind == "truncate":
            said = said[: len(said) // 2]
        return web.Response(body=said, status=status, content_type="application/json")

    def _fault(self, method: str) -> str:
        if self._rng.random() >= self.rate:
            return ""
        kind = self._rng.choice(self.kinds)
        if method in _SPARED or (kind in {"conflict", "duplicate"} and method != "getUpdates"):
            return "slow" if kind == "slow" else ""
        return kind

    async def _forward(self, request: web.Request, body: bytes, *, again: bool) -> tuple[int, bytes]:
        query = dict(request.query)
        if again:
            query.pop("offset", None)
        headers = {"Content-Type": request.headers["Content-Type"]} if "Content-Type" in request.headers else {}
        url = f"{self._target}{request.path}"
        async with self._client.request(request.method, url, params=query, data=body, headers=headers) as reply:
            return reply.status, await reply.read()


def _closed(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
