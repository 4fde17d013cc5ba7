"""Puts the bot together and runs it until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

from bot.app.busy import Busy
from bot.app.calls import Calls, request, seconds
from bot.app.handlers import incoming
from bot.app.polling import poll
from bot.app.webhook import Hook, listen
from bot.commands import COMMANDS, For
from bot.delivery import Courier, Ledger, Outage, Wire
from bot.dialogue import Dialogue
from bot.drawing import Studio
from bot.home import Shelf
from bot.inline import Inline
from bot.keepers import Keepers
from bot.lines import complain
from bot.missed import missed
from bot.responder import Access, Responder
from bot.sources import Downloader
from bot.worker import Worker

__all__ = ["Plan", "connect", "run"]

log = logging.getLogger(__name__)
T = TypeVar("T")

# Sends in flight; Telegram takes thirty a second.
_CONNECTIONS = 32
_DAY = 86400
_DOWNLOAD, _PAGE = 120, 20.0
# Seconds until the disk is tried again after it refused.
_REST = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was set. `data` is the store chosen by hand, `home` the folder of the bot's own files.
    With a `hook` updates are pushed, else they are fetched. A person may ask `per_minute` questions a minute. With
    `loopback` keepers may have this machine's own addresses fetched, for tests. `address` is that of the web page."""

    token: str = field(repr=False)
    base_url: str
    proxy: str | None = field(repr=False)
    data: Path | None
    home: Path
    access: Access
    hook: Hook | None = None
    per_minute: int = 30
    loopback: bool = False
    address: str = ""


class _Desk:
    """What belongs to the working thread: the engine is not for several threads."""

    def __init__(self, plan: Plan, download: Callable[[str], bytes], busy: Busy) -> None:
        self.ledger = Ledger(plan.home)
        shelf = Shelf(plan.data)
        shelf.engine.warm()
        self.size = len(shelf.engine.reports())
        dialogue, access = Dialogue(shelf), plan.access
        # Everyone waits while a keeper's page is fetched: a server that is slow or busy is told about, not waited for.
        fetching = partial(Downloader, limit=_PAGE, attempts=1, loopback=plan.loopback)
        keepers = Keepers(dialogue, self.ledger, plan.home, access.admins, download, fetching)
        beside = (Inline(dialogue, access.allows), keepers)
        self.responder = Responder(dialogue, self.ledger, access, beside, plan.address, download=download, busy=busy)


def run(plan: Plan) -> int:
    """Serve; the exit status. Raises StoreError and sqlite3.Error."""
    # How long to wait is read in either of python-telegram-bot's forms.
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    # An answer being worked out must not hold up what is being sent, nor the note that it was.
    sys.setswitchinterval(0.0001)
    return asyncio.run(_serve(plan))


async def _serve(plan: Plan) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    with ThreadPoolExecutor(1) as work, ThreadPoolExecutor(1) as write:
        client, bot = connect(plan)

        def download(file: str) -> bytes:
            return asyncio.run_coroutine_threadsafe(_content(bot, file), loop).result(_DOWNLOAD)

        desk = await loop.run_in_executor(work, _Desk, plan, download, Busy(bot, loop))
        ledger = await loop.run_in_executor(write, Ledger, plan.home)
        wire = Wire(plan.home)
        await loop.run_in_executor(write, _settle, ledger, wire)
        try:
            if await _greet(bot, plan, stop):
                complain(f"机器人 @{bot.username} 已启动，收录 {desk.size} 份报告。按 Ctrl-C 停止。")
                await _Service(bot, client, desk, ledger, wire, work, write, plan).run(stop)
            complain("已停止。")
        except InvalidToken:
            complain("令牌不对：Telegram 不认识 TELEGRAM_BOT_TOKEN，请向 @BotFather 核对")
            return 2
        finally:
            with suppress(TelegramError, RuntimeError):
                await bot.shutdown()
    return 0


def connect(plan: Plan) -> tuple[HTTPXRequest, Bot]:
    """The client that fetches updates, and the bot."""
    client = request(plan.proxy, connections=4, read=40)
    bot = Bot(
        plan.token,
        base_url=f"{plan.base_url}/bot",
        base_file_url=f"{plan.base_url}/file/bot",
        request=request(plan.proxy, connections=_CONNECTIONS, read=30),
        get_updates_request=client,
    )
    return client, bot


async def _content(bot: Bot, file: str) -> bytes:
    """A file that someone sent. Raises OSError: the one who waits knows nothing of Telegram."""
    try:
        found = await bot.get_file(file)
        return bytes(await found.download_as_bytearray())
    except TelegramError as problem:
        raise OSError(type(problem).__name__) from problem


def _settle(ledger: Ledger, wire: Wire) -> None:
    """Decide what becomes of what was being sent when the last process ended."""
    ledger.prune()
    with ledger.change():
        again, unknown = ledger.outbox.settle(wire.before)
        for parcel in unknown:
            notice = missed(ledger, parcel)
            if notice is not None:
                ledger.outbox.add(parcel.chat, [notice])
    wire.begin()
    if again:
        log.warning("上次结束时有 %d 条消息没有发完，现在重发", again)
    if unknown:
        log.warning("上次结束时有 %d 条消息不知是否送达，不再重发", len(unknown))


async def _greet(bot: Bot, plan: Plan, stop: asyncio.Event) -> bool:
    """Get to know the server, however long that takes; False when told to stop. Raises InvalidToken."""
    outage = Outage()
    while not stop.is_set():
        try:
            await bot.initialize()
            if plan.hook is None:
                await bot.delete_webhook(drop_pending_updates=False)
            await bot.set_my_commands(
                [BotCommand(c.name, c.summary) for c in COMMANDS if c.scope in {For.ALL, For.PRIVATE}]
            )
        except InvalidToken:
            raise
        except TelegramError as problem:
            if outage.begun(time.monotonic()):
                hint = "" if plan.proxy else "；在中国大陆需要设置 PROXY_URL"
                complain(f"连接不上 {plan.base_url}（{type(problem).__name__}），每秒再试{hint}")
            with suppress(TimeoutError):
                await asyncio.wait_for(
                    stop.wait(), seconds(problem.retry_after) if isinstance(problem, RetryAfter) else 1
                )
        else:
            return True
    return False


async def _ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel tasks until all have ended. Before Python 3.12 `wait_for` may swallow a cancellation that comes as what it
    waits for is done, so that one is not enough."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_ENDING)
    await asyncio.gather(*tasks, return_exceptions=True)


# Longer than the courier waits for what it is sending: a second cancellation must not cut that off.
_ENDING = 8.0


@dataclass(frozen=True, slots=True)
class _Service:
    """Fetching, working and sending, side by side. `write` is the thread of `ledger`, `work` that of `desk`."""

    bot: Bot
    client: HTTPXRequest
    desk: _Desk
    ledger: Ledger
    wire: Wire
    work: ThreadPoolExecutor
    write: ThreadPoolExecutor
    plan: Plan
    fresh: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. Raises what ends one of the three."""
        studio = Studio()
        courier = Courier(
            self.ledger,
            Calls(self.bot, studio.draw),
            self._in_write,
            self.wire,
            lambda parcel: missed(self.ledger, parcel),
        )
        hook = self.plan.hook
        come = poll(self.bot, self.client, self._keep) if hook is None else listen(self.bot, hook, self._keep)
        jobs = (come, self._work(courier), courier.run(), self._tidy())
        stopping = asyncio.create_task(stop.wait())
        tasks = [asyncio.create_task(job) for job in jobs]
        try:
            done, _ = await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            # What was fetched is on the disk: nothing has to be finished now.
            await _ended([stopping, *tasks])
            studio.close()

    async def _in_write(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.write, act)

    async def _keep(self, updates: Sequence[dict[str, Any]]) -> None:
        def put() -> None:
            with self.ledger.change():
                self.ledger.inbox.put(updates)

        await self._in_write(put)
        self.fresh.set()

    async def _work(self, courier: Courier) -> None:
        minute = self.plan.per_minute
        worker = Worker(self.desk.ledger, self.desk.responder, lambda raw: incoming(raw, self.bot.bot), minute)
        loop = asyncio.get_running_loop()
        self.fresh.set()  # the last process may have left something behind
        while True:
            await self.fresh.wait()
            self.fresh.clear()
            try:
                while await loop.run_in_executor(self.work, worker.step):
                    courier.wake()
            except sqlite3.OperationalError as problem:
                log.error("inbox: %s, tried again", problem)
                await asyncio.sleep(_REST)
                self.fresh.set()

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(_DAY)
            await self._in_write(self.ledger.prune)
