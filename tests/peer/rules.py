"""What a Bot API server refuses: unknown parameters, what is too long, files that are no pictures."""

from __future__ import annotations

from typing import Any

from tests.peer.markup import Refusal, parse, units

__all__ = ["JSON", "LONGEST", "METHODS", "check_parameters", "formatted"]

# Parameters each method may have; anything else is refused, so that a slip is seen.
_SEND = {"chat_id", "parse_mode", "reply_markup", "reply_parameters", "message_thread_id", "link_preview_options"}
_TEXTS: list[tuple[str, str, set[str]]] = [
    *(("get", what, set()) for what in ("Name", "Description", "ShortDescription")),
    ("set", "Name", {"name"}),
    ("set", "Description", {"description"}),
    ("set", "ShortDescription", {"short_description"}),
]
LONGEST = {"name": 64, "description": 512, "short_description": 120}
METHODS = {
    "getMe": set(),
    "deleteWebhook": {"drop_pending_updates"},
    "setMyCommands": {"commands", "scope", "language_code"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "drop_pending_updates", "max_connections"},
    "getWebhookInfo": set(),
    "getFile": {"file_id"},
    "sendChatAction": {"chat_id", "action", "message_thread_id"},
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
JSON = {"reply_markup", "reply_parameters", "link_preview_options", "commands", "allowed_updates"}
JSON |= {"results", "button", "scope"}
_PNG = b"\x89PNG\r\n\x1a\n"


def check_parameters(method: str, params: dict[str, Any]) -> None:
    """Raises Refusal where a method has a parameter it does not know."""
    unknown = set(params) - METHODS[method] - {"document_name", "photo_name"}
    if unknown:
        raise Refusal(f"unknown parameters {sorted(unknown)}")


def formatted(params: dict[str, Any]) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The text or caption of a message and its entities. Raises Refusal as the server does."""
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
