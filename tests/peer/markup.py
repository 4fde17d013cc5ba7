"""TDLib's own parser as the judge of what the bot sends: the official server calls the same function."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import tdjson

__all__ = ["Parsed", "Refusal", "check_commands", "check_keyboard", "check_results", "entities_of", "parse", "units"]


class Refusal(Exception):
    """What a Bot API server answers with status 400."""


@dataclass(frozen=True, slots=True)
class Parsed:
    text: str
    entities: tuple[tuple[str, int, int], ...]


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    return json.loads(tdjson.td_execute(json.dumps(request).encode()))


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def parse(html: str) -> Parsed:
    """Raises Refusal where TDLib refuses the markup."""
    found = _execute({"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}})
    if found["@type"] == "error":
        raise Refusal(found["message"][0].lower() + found["message"][1:])
    entities = tuple(
        (e["type"]["@type"].removeprefix("textEntityType"), e["offset"], e["length"]) for e in found["entities"]
    )
    return Parsed(found["text"], entities)


def entities_of(text: str) -> list[dict[str, Any]]:
    """The entities Telegram itself would find in a message a person types."""
    kinds = {"textEntityTypeMention": "mention", "textEntityTypeBotCommand": "bot_command"}
    found = _execute({"@type": "getTextEntities", "text": text})["entities"]
    return [
        {"type": kinds[e["type"]["@type"]], "offset": e["offset"], "length": e["length"]}
        for e in found
        if e["type"]["@type"] in kinds
    ]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_keyboard(markup: dict[str, Any]) -> None:
    """Raises Refusal as the server does."""
    if set(markup) != {"inline_keyboard"}:
        raise Refusal(f"unknown reply markup {sorted(markup)}")
    for row in markup["inline_keyboard"]:
        for button in row:
            actions = set(button) - {"text"}
            if not button.get("text") or len(actions) != 1:
                raise Refusal("text buttons are unallowed in the inline keyboard")
            if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refusal("BUTTON_DATA_INVALID")
            if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= 256:
                raise Refusal("BUTTON_COPY_TEXT_INVALID")
            if "url" in button and not re.fullmatch(r"https://[\w.-]+/[!-~]{0,2000}", button["url"]):
                raise Refusal("BUTTON_URL_INVALID")
            if "switch_inline_query" in button and units(button["switch_inline_query"]) > 256:
                raise Refusal("BUTTON_DATA_INVALID")
            if actions - {"callback_data", "copy_text", "url", "switch_inline_query"}:
                raise Refusal(f"unexpected button {sorted(actions)}")


def check_commands(params: dict[str, Any]) -> None:
    """Raises Refusal as the server does."""
    if len(params["commands"]) > 100:
        raise Refusal("BOT_COMMANDS_TOO_MUCH")
    for command in params["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise Refusal("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")


def check_results(params: dict[str, Any]) -> None:
    """Raises Refusal as the server does."""
    results = params["results"]
    if len(results) > 50 or len({result["id"] for result in results}) < len(results):
        raise Refusal("RESULT_ID_DUPLICATE")
    for result in results:
        if result["type"] != "article" or not result["title"] or len(result["id"].encode()) > 64:
            raise Refusal("RESULT_TYPE_INVALID")
        content = result["input_message_content"]
        check_keyboard(result.get("reply_markup", {"inline_keyboard": []}))
        parsed = parse(content["message_text"])
        if content["parse_mode"] != "HTML" or not parsed.text.strip() or units(parsed.text) > 4096:
            raise Refusal("MESSAGE_EMPTY")
    button = params.get("button")
    if button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")):
        raise Refusal("START_PARAM_INVALID")
