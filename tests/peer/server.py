"""The peer: polling, sending, editing, taps; drops, floods, duplicates and broken replies on demand."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.peer.markup import Refusal, check_commands, check_keyboard, check_results, entities_of, parse, units

__all__ = ["Call", "Fault", "Peer"]

# Parameters each method may have; anything else is refused, so that a slip is seen.
_SEND = {"chat_id", "parse_mode", "reply_markup", "reply_parameters", "message_thread_id", "link_preview_options"}
_TEXTS: list[tuple[str, str, set[str]]] = [
    *(("get", what, set()) for what in ("Name", "Description", "ShortDescription")),
    ("set", "Name", {"name"}),
    ("set", "Description", {"description"}),
    ("set", "ShortDescription", {"short_description"}),
]
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_METHODS = {
    "getMe": set(),
    "deleteWebhook": {"drop_pending_updates"},
    "setMyCommands": {"commands", "scope", "language_code"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "drop_pending_updates", "max_connections"},
    "getWebhookInfo": set(),
    "getFile": {"file_id"},
    "answerInlineQuery": {"inline_query_id", "results", "cache_time", "is_personal", "button"},
    **{f"{verb}My{what}": words | {"language_code"} for verb, what, words in _TEXTS},
    "getUpdates": {"offset", "timeout", "allowed_updates", "limit"},
    "sendMessage": _SEND | {"text"},
    "sendDocument": (_SEND - {"link_preview_options"}) | {"document", "caption"},
    "sendPhoto": (_SEND - {"link_preview_options"}) | {"photo", "caption"},
    "editMessageText": (_SEND - {"message_thread_id", "reply_parameters"}) | {"text", "message_id"},
    "deleteMessage": {"chat_id", "message_id"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
}
_JSON = {"reply_markup", "reply_parameters", "link_preview_options", "commands", "allowed_updates"}
_JSON |= {"results", "button", "scope"}


@dataclass(slots=True)
class Call:
    """A call as it arrived; `message` is the message it made or changed, `problem` why it was refused."""

    method: str
    params: dict[str, Any]
    at: float
    message: int | None = None
    problem: str = ""

    @property
    def chat(self) -> int:
        return int(self.params["chat_id"])


@dataclass(slots=True)
class Fault:
    """What to do to the next `times` calls of `method` (to `chat`): flood, drop, swallow, truncate or fail.

    `drop` closes the connection before the call is carried out, `swallow` after it; `truncate` carries it out and
    breaks the reply off; `fail` answers 500; `hang` carries it out and never answers.
    """

    kind: str
    method: str = "sendMessage"
    chat: int | None = None
    times: int = 1
    retry_after: int = 1


@dataclass(slots=True)
class Shown:
    """A message as a person sees it."""

    text: str
    entities: tuple[tuple[str, int, int], ...] = ()
    keys: list[list[dict[str, Any]]] = field(default_factory=list)
    reply_to: int | None = None
    edits: int = 0


class Peer:
    """Runs in a thread of its own; its methods may be called from the test's."""

    def __init__(self, token: str = "123456789:AAExampleTokenOfTheLoopbackPeer_0123") -> None:  # noqa: S107  of nobody
        self.token = token
        self.calls: list[Call] = []
        self.shown: dict[int, dict[int, Shown]] = defaultdict(dict)
        self.faults: list[Fault] = []
        self.answered: list[str] = []
        self.inline: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.webhook: dict[str, str] = {}
        self.webhook_trouble = ""
        self.supports_inline = True
        self.mine: dict[tuple[str, str], str] = {}
        self.confirmed = 0
        self.delay = 0.0
        self.url = ""
        self._updates: list[Any] = []
        self._ids = iter(range(1000, 10**9))
        self._messages = iter(range(50_000, 10**9))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    # The test's side.

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
        self._updates.extend(updates)

    def say(
        self, text: str | None, *, chat: int = 7, user: int | None = None, edit: int | None = None, **more: Any
    ) -> int:
        """A person writes (or edits message `edit`); its message id. Entities are TDLib's own."""
        number = edit or next(self._messages)
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "群"},
            "from": {"id": user or abs(chat), "is_bot": False, "first_name": "某人"},
        }
        if text is not None:
            message |= {"text": text, "entities": entities_of(text)}
        if edit:
            message["edit_date"] = int(time.time())
        update = {"update_id": next(self._ids), "edited_message" if edit else "message": message | more}
        self.push(update)
        return number

    def tap(self, chat: int, message: int, data: str) -> str:
        """A person taps a button; the tap's number."""
        number = next(self._ids)
        query = {
            "id": str(number),
            "from": {"id": abs(chat), "is_bot": False, "first_name": "某人"},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message,
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private"},
                "text": "…",
            },
        }
        self.push({"update_id": number, "callback_query": query})
        return str(number)

    def ask_inline(self, text: str, user: int = 7, language: str = "zh-hans") -> str:
        """A person types behind the bot's name in some chat; the query's number."""
        number = next(self._ids)
        who = {"id": user, "is_bot": False, "first_name": "某人", "language_code": language}
        query = {"id": str(number), "from": who, "query": text, "offset": "", "chat_type": "sender"}
        self.push({"update_id": number, "inline_query": query})
        return str(number)

    def sent(self, chat: int = 7) -> list[Call]:
        """What was sent to a chat and accepted."""
        made = {"sendMessage", "sendDocument", "sendPhoto"}
        return [call for call in list(self.calls) if call.method in made and not call.problem and call.chat == chat]

    def texts(self, chat: int = 7) -> list[str]:
        """The messages of the bot a person sees in a chat."""
        return [message.text for message in dict(self.shown[chat]).values()]

    def refused(self) -> list[Call]:
        """Calls that broke a rule."""
        return [call for call in list(self.calls) if call.problem and call.problem != "flood"]

    def wait(self, condition: Callable[[], Any], timeout: float = 60) -> Any:
        """Poll until the condition holds."""
        end = time.monotonic() + timeout
        while not (found := condition()):
            assert time.monotonic() < end, (
                f"not in {timeout} s; calls: {[(c.method, c.problem) for c in self.calls][-12:]}"
            )
            time.sleep(0.02)
        return found

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

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _error(401, "Unauthorized")
        method = request.match_info["method"]
        params: dict[str, Any] = dict(request.query)
        for name, value in (await request.post()).items():
            params[name] = value if isinstance(value, str) else value.file.read()
            if not isinstance(value, str):
                params[f"{name}_name"] = value.filename
        for name in _JSON & set(params):
            params[name] = json.loads(params[name])
        if method not in _METHODS:
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
        offset = int(params.get("offset", 0))
        numbered = [u for u in self._updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
        self.confirmed = max(self.confirmed, sum(u["update_id"] < offset for u in numbered))
        end = time.monotonic() + min(float(params.get("timeout", 0)), 5)
        while True:
            ready = [u for u in self._updates if not isinstance(u, dict) or not isinstance(u.get("update_id"), int)]
            self._updates = [u for u in self._updates if u not in ready]
            ready += [u for u in self._updates if u["update_id"] >= offset]
            if ready or time.monotonic() > end:
                return web.json_response({"ok": True, "result": ready[:100]})
            await asyncio.sleep(0.02)

    def _do(self, call: Call) -> Any:
        params = call.params
        unknown = set(params) - _METHODS[call.method] - {"document_name", "photo_name"}
        if unknown:
            raise Refusal(f"unknown parameters {sorted(unknown)}")
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
        return True

    def _answerInlineQuery(self, params: dict[str, Any]) -> Any:  # noqa: N802
        check_results(params)
        self.inline[params["inline_query_id"]] = params
        return True

    def _getFile(self, params: dict[str, Any]) -> Any:  # noqa: N802
        if params["file_id"] not in self.files:
            raise Refusal("invalid file_id")
        return {"file_id": params["file_id"], "file_unique_id": "u", "file_path": params["file_id"]}

    def _getWebhookInfo(self, _: dict[str, Any]) -> Any:  # noqa: N802
        info: dict[str, Any] = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        info["pending_update_count"] = len(self._updates)
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
        if len(params.get(name, "")) > _LONGEST[name]:
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
        text, entities = _formatted(params)
        keys = params.get("reply_markup", {"inline_keyboard": []})
        check_keyboard(keys)
        shown = Shown(text, entities, keys["inline_keyboard"], params.get("reply_parameters", {}).get("message_id"))
        if number is None:
            number = call.message = next(self._messages)
        else:
            old = chat[number]
            if (old.text, old.entities, old.keys) == (shown.text, shown.entities, shown.keys):
                raise Refusal("message is not modified")
            shown.edits = old.edits + 1
        chat[number] = shown
        kind = "private" if call.chat > 0 else "supergroup"
        return {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": call.chat, "type": kind},
            "text": text or "…",
        }


_PNG = b"\x89PNG\r\n\x1a\n"


def _formatted(params: dict[str, Any]) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    file = params.get("document") or params.get("photo")
    text, entities = params.get("caption" if file is not None else "text", ""), ()
    if params.get("parse_mode") == "HTML":
        parsed = parse(text)
        text, entities = parsed.text, parsed.entities
    elif "parse_mode" in params:
        raise Refusal("unsupported parse_mode")
    if file is not None:
        _check_file(params, text)
        return text, entities
    if not text.strip():
        raise Refusal("message text is empty")
    if units(text) > 4096:
        raise Refusal("message is too long")
    if len(entities) > 100:
        raise Refusal("too many entities")
    return text, entities


def _check_file(params: dict[str, Any], caption: str) -> None:
    if units(caption) > 1024:
        raise Refusal("message caption is too long")
    if not params.get("document") and not params.get("photo"):
        raise Refusal("file must be non-empty")
    photo = params.get("photo")
    if photo is None:
        return
    if not photo.startswith(_PNG) or len(photo) > 10 * 1024 * 1024:
        raise Refusal("IMAGE_PROCESS_FAILED")
    width, height = (int.from_bytes(photo[at : at + 4], "big") for at in (16, 20))
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refusal("PHOTO_INVALID_DIMENSIONS")


def _error(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)
