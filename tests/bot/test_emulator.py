"""The core flow against a server that others wrote: lo-bot-api-emulator, with its own validation and redelivery."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.bot.conftest import furnished
from tests.peer import parse
from tests.support.program import Bot

emulator = pytest.importorskip("lo_bot_api_emulator", reason="needs lo-bot-api-emulator: make dev installs it")

TOKEN = "123456789:AAExampleTokenOfTheEmulator_012345678"  # noqa: S105  of nobody
_PATIENCE = 60


class Server(emulator.LoBotApiEmulator):
    """It knows neither a bot's name nor how previews are switched off, which are not what is tried here."""

    def __init__(self) -> None:
        super().__init__(enable_control=True)
        self.made: list[tuple[str, dict[str, Any], int]] = []

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        known = {name: value for name, value in fields.items() if name != "link_preview_options"}
        result = super().validate(method, known, uploads)
        if method == "getMe":
            return result | {"username": "wenzheng_bot"}
        if method != "getUpdates":
            number = result.get("message_id", 0) if isinstance(result, dict) else 0
            self.made.append((method, known | {name: file["data"] for name, file in uploads.items()}, number))
        return result


class Chat:
    """One person at the emulator."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self._server = server
        self._loop = loop
        self._numbers = count(900_000)

    def _push(self, update: dict[str, Any]) -> None:
        asyncio.run_coroutine_threadsafe(self._server.enqueue_update(update, token=TOKEN), self._loop).result(10)

    def say(self, text: str) -> None:
        number = next(self._numbers)
        person = {"id": 7, "is_bot": False, "first_name": "某人"}
        message = {"message_id": number, "date": 1, "chat": {"id": 7, "type": "private"}, "from": person, "text": text}
        self._push({"message": message})

    def tap(self, message: int, data: str) -> None:
        person = {"id": 7, "is_bot": False, "first_name": "某人"}
        under = {"message_id": message, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "…"}
        query = {"id": str(next(self._numbers)), "from": person, "chat_instance": "1", "data": data, "message": under}
        self._push({"callback_query": query})

    def calls(self, *methods: str) -> list[tuple[dict[str, Any], int]]:
        return [(fields, number) for method, fields, number in list(self._server.made) if method in methods]

    def wait(self, number: int, *methods: str) -> tuple[dict[str, Any], int]:
        """The n-th call of these methods."""
        end = time.monotonic() + _PATIENCE
        while len(self.calls(*methods)) < number:
            assert time.monotonic() < end, self._server.requests[-12:]
            time.sleep(0.02)
        return self.calls(*methods)[number - 1]

    def refused(self) -> list[dict[str, Any]]:
        return [request for request in self._server.requests if request["status"] != 200]


@pytest.fixture
def chat(store: Path, tmp_path: Path) -> Iterator[Chat]:
    server = Server()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> web.AppRunner:
        runner = web.AppRunner(server.app(), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    with Bot(furnished(store, tmp_path), TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}"):
        yield Chat(server, loop)
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(30)
    loop.close()


def keys(fields: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {key["text"]: key for row in json.loads(fields["reply_markup"])["inline_keyboard"] for key in row}


def test_the_core_flow(chat: Chat):
    chat.say("辽阳2023年粮食产量是多少")
    answer, message = chat.wait(1, "sendMessage")
    assert "<code>111.6 万吨</code>" in answer["text"]
    chat.tap(message, keys(answer)["上下文"]["callback_data"])
    opened, _ = chat.wait(1, "editMessageText")
    assert "建设高标准农田" in opened["text"]
    chat.wait(1, "answerCallbackQuery")
    chat.say("粮食和蔬菜产量各是多少")
    both, second = chat.wait(2, "sendMessage")
    assert "85.9 万吨" in both["text"]
    chat.tap(second, keys(both)["图"]["callback_data"])
    picture, _ = chat.wait(1, "sendPhoto")
    assert picture["photo"].startswith(b"\x89PNG")
    chat.tap(second, keys(both)["表"]["callback_data"])
    chat.wait(1, "sendDocument")
    chat.say("/start")
    began, third = chat.wait(3, "sendMessage")
    chat.tap(third, next(iter(keys(began).values()))["callback_data"])
    tapped, _ = chat.wait(4, "sendMessage")
    assert "111.6 万吨" in tapped["text"]
    assert not chat.refused()
    for fields, _ in chat.calls("sendMessage", "editMessageText", "sendPhoto", "sendDocument"):
        assert parse(fields.get("text") or fields["caption"]).text
