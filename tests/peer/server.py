"""The peer: polling, sending, editing, taps; drops, floods, duplicates and broken replies on demand."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any, Self

from aiohttp import web

from tests.peer.markup import Refusal, check_commands, check_keyboard, check_results
from tests.peer.people import People
from tests.peer.rules import JSON, LONGEST, METHODS, check_parameters, formatted
from tests.peer.shapes import Call, Fault, Shown
from tests.peer.updates import Updates

__all__ = ["Peer"]


# Turns of the loop in which closed connections are let go.
_TURNS = 10


class Peer(People):
    """Runs in a thread of its own; its methods may be called from the test's."""

    def __init__(self, token: str = "123456789:AAExampleTokenOfTheLoopbackPeer_0123") -> None:  # noqa: S107  of nobody
        super().__init__()
        self.token = token
        self.faults: list[Fault] = []
        self.answered: list[str] = []
        self.told: dict[str, str] = {}
        self.inline: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, str] = {}
        self.webhook_trouble = ""
        self.supports_inline = True
        self.mine: dict[tuple[str, str], str] = {}
        self.delay = 0.0
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._queue = Updates(self._loop)
        self._updates = self._queue.every
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def push(self, *updates: Any) -> None:
        """Updates to hand out, as they are."""
        self._queue.add(*updates)

    # The server's side.

    async def _start(self) -> str:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        await self._runner.cleanup()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        # What was closed last is let go before the loop ends.
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        method = request.match_info["method"]
        params: dict[str, Any] = dict(request.query)
        try:
            posted = await request.post()
        except (ConnectionResetError, RuntimeError):
            # In the middle of its request the bot was killed: aiohttp raises the one or the other.
            return web.Response()
        for name, value in posted.items():
            params[name] = value if isinstance(value, str) else value.file.read()
            if not isinstance(value, str):
                params[f"{name}_name"] = value.filename
        for name in JSON & set(params):
            params[name] = json.loads(params[name])
        if method not in METHODS:
            return _error(404, "Not Found")
        if method == "getUpdates":
            return await self._updates_for(params)
        call = Call(method, params, time.monotonic())
        self.calls.append(call)
        return await self._carry_out(request, call)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        content = self.files.get(request.match_info["path"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _carry_out(self, request: web.Request, call: Call) -> web.StreamResponse:
        fault = self._fault(call)
        kind = fault.kind if fault else ""
        if kind == "flood":
            call.problem = "flood"
            body = {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {fault.retry_after}",
            }
            return web.json_response(body | {"parameters": {"retry_after": fault.retry_after}}, status=429)
        if kind in {"drop", "fail"}:
            call.problem = kind
            if kind == "fail":
                return _error(500, "Internal Server Error")
            request.transport.close()
            return web.Response()
        try:
            result = self._do(call)
        except Refusal as problem:
            call.problem = str(problem)
            return _error(400, f"Bad Request: {problem}")
        call.done = True
        if self.delay:
            await asyncio.sleep(self.delay)
        if kind == "hang":
            await asyncio.sleep(3600)
        if kind == "swallow":
            request.transport.close()
        body = json.dumps({"ok": True, "result": result})
        return web.Response(
            text=body[: len(body) // 2] if kind == "truncate" else body, content_type="application/json"
        )

    def _fault(self, call: Call) -> Fault | None:
        for fault in self.faults:
            if (
                fault.method == call.method
                and fault.times
                and fault.chat in {None, call.params.get("chat_id") and call.chat}
            ):
                fault.times -= 1
                return fault
        return None

    async def _updates_for(self, params: dict[str, Any]) -> web.Response:
        patience = min(float(params.get("timeout", 0)), 5)
        ready = await self._queue.fetch(int(params.get("offset", 0)), int(params.get("limit", 100)), patience)
        return web.json_response({"ok": True, "result": ready})

    def _do(self, call: Call) -> Any:
        params = call.params
        check_parameters(call.method, params)
        own = getattr(self, f"_{call.method}", None)
        if own is not None:
            return own(params)
        if "My" in call.method:
            return self._described(call.method, params)
        return self._on_message(call)

    def _getMe(self, _: dict[str, Any]) -> Any:  # noqa: N802  these are the server's names
        me = {"id": 42, "is_bot": True, "first_name": "问政", "username": "wenzheng_bot"}
        return me | {"supports_inline_queries": self.supports_inline, "can_read_all_group_messages": False}

    def _answerCallbackQuery(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if len(params.get("text", "")) > 200:
            raise Refusal("MESSAGE_TOO_LONG")
        self.answered.append(params["callback_query_id"])
        self.told[params["callback_query_id"]] = params.get("text", "")
        return True

    def _answerInlineQuery(self, params: dict[str, Any]) -> Any:  # noqa: N802
        check_results(params)
        self.inline[params["inline_query_id"]] = params
        return True

    def _sendChatAction(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if params["action"] != "typing":
            raise Refusal("wrong parameter action in request")
        return True

    def _getFile(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if params["file_id"] not in self.files:
            raise Refusal("invalid file_id")
        return {"file_id": params["file_id"], "file_unique_id": "u", "file_path": params["file_id"]}

    def _getWebhookInfo(self, _: dict[str, Any]) -> Any:  # noqa: N802
        info: dict[str, Any] = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self._queue)
        if self.webhook_trouble:
            info |= {"last_error_date": int(time.time()), "last_error_message": self.webhook_trouble}
        return info

    def _setWebhook(self, params: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = {"url": params["url"], "secret": params.get("secret_token", "")}
        return True

    def _deleteWebhook(self, _: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    def _setMyCommands(self, params: dict[str, Any]) -> Any:  # noqa: N802
        check_commands(params)
        return True

    def _described(self, method: str, params: dict[str, Any]) -> Any:
        verb, what = method[:3], method[5:]
        name = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[what]
        place = (name, params.get("language_code", ""))
        if verb == "get":
            return {name: self.mine.get(place, "")}
        if len(params.get(name, "")) > LONGEST[name]:
            raise Refusal(f"{name.upper()}_TOO_LONG")
        self.mine[place] = params.get(name, "")
        return True

    def _on_message(self, call: Call) -> Any:
        params, chat = call.params, self.shown[call.chat]
        number = int(params["message_id"]) if "message_id" in params else None
        if number is not None and number not in chat:
            raise Refusal("message to edit not found")
        call.message = number
        if call.method == "deleteMessage":
            del chat[number]
            return True
        text, entities = formatted(params)
        keys = params.get("reply_markup", {"inline_keyboard": []})
        check_keyboard(keys)
        shown = Shown(text, entities, keys["inline_keyboard"], params.get("reply_parameters", {}).get("message_id"))
        for kind in ("document", "photo"):
            if kind in params:
                shown.file, shown.content = params[f"{kind}_name"], params[kind]
        if number is None:
            number = call.message = next(self._messages)
        else:
            old = chat[number]
            if (old.text, old.entities, old.keys) == (shown.text, shown.entities, shown.keys):
                raise Refusal("message is not modified")
            shown.edits = old.edits + 1
        chat[number] = call.shown = shown
        kind = "private" if call.chat > 0 else "supergroup"
        return {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": call.chat, "type": kind},
            "text": text or "…",
        }


def _error(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
