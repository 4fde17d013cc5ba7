"""Serves the pages until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click
from tornado.httpserver import HTTPServer
from tornado.web import Application

from bot.drawing import Studio
from bot.lines import complain
from bot.web.desks import Desks, Overdue
from bot.web.door import House, loopback
from bot.web.handlers import routes
from bot.web.talks import Talks
from retrieval.errors import why_not

__all__ = ["Plan", "run"]

# Seconds for an answer; for a body to arrive; until an idle connection is shut.
_ANSWER, _BODY, _IDLE = 30.0, 10.0, 75.0
# Bytes of a question: what is longer than it may be is still told so.
_LARGEST = 1024 * 1024
_OPEN = "要让别的机器访问（--host {host}），必须设口令：用 --token，或在 .env 里写 WEB_TOKEN"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the pages are served. `address` is how a proxy makes them known, `seconds` how long an answer may take."""

    data: Path | None
    host: str = "127.0.0.1"
    port: int = 8000
    token: str = field(default="", repr=False)
    address: str = ""
    seconds: float = _ANSWER


def run(plan: Plan) -> int:
    """Serve; the exit status. Raises StoreError and BadSettings before anything is served."""
    if not loopback(plan.host) and not plan.token:
        complain(_OPEN.format(host=plan.host))
        return 2
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    # Addresses of pages are nobody's business, and requests that make no sense no news.
    for name in ("tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return asyncio.run(_serve(plan))


async def _serve(plan: Plan) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    desks, studio = Desks(plan.data, plan.seconds), Studio()

    async def draw(text: str, dark: bool) -> bytes:
        drawing = asyncio.ensure_future(studio.draw(text, dark=dark))
        drawing.add_done_callback(lambda one: one.cancelled() or one.exception())  # whoever asked may have left
        try:
            return await asyncio.wait_for(asyncio.shield(drawing), plan.seconds)
        except TimeoutError:
            raise Overdue from None

    house = House(desks, Talks(), plan.token, _hosts(plan), urlsplit(plan.address).netloc.lower(), draw)
    server = HTTPServer(
        Application(routes(house), log_function=lambda _: None),
        max_body_size=_LARGEST,
        body_timeout=_BODY,
        idle_connection_timeout=_IDLE,
        max_header_size=16384,
    )
    try:
        await asyncio.to_thread(desks.open)
        try:
            server.listen(plan.port, plan.host)
        except OSError as problem:
            complain(f"{plan.host} 的 {plan.port} 端口不能用（{why_not(problem)}）：请用 --port 换一个")
            return 2
        shown = f"[{plan.host}]" if ":" in plan.host else plan.host
        click.echo(f"网页已启动：http://{shown}:{plan.port}/ ，按 Ctrl-C 停止")
        await stop.wait()
    finally:
        server.stop()
        await server.close_all_connections()
        desks.close()
        studio.close()
    return 0


def _hosts(plan: Plan) -> frozenset[str]:
    """The names the pages may be asked for under, where no token keeps strangers out."""
    own = urlsplit(plan.address).hostname
    return frozenset({"localhost", "127.0.0.1", "::1", "[::1]", plan.host, *([own.lower()] if own else [])})
