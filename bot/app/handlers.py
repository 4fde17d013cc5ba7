"""From Telegram's updates to `Incoming`."""

from __future__ import annotations

import re
from typing import Any

from telegram import CallbackQuery, InlineQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.commands import COMMANDS
from bot.incoming import Incoming, Sent

__all__ = ["KINDS", "incoming"]

# The kinds of updates that are asked for.
KINDS = ("message", "edited_message", "callback_query", "inline_query")
# An inline query belongs to no chat: each person's are kept in order under a number no chat has.
_NOWHERE = -(10**16)
_CALL = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?=\s|$)")
_NAMES = frozenset(command.name for command in COMMANDS)


def incoming(raw: dict[str, Any], me: User) -> Incoming | None:
    """What an update says, or None where there is nothing to say to it. Raises for a malformed one."""
    update = Update.de_json(raw, None)
    if update.callback_query:
        return _tap(update.callback_query)
    if update.inline_query:
        return _inline(update.inline_query)
    message = update.message or update.edited_message
    if message is None or (message.from_user and message.from_user.is_bot and not message.sender_chat):
        return None
    # A command may stand below a file.
    caption = message.caption or ""
    text = message.text or (caption if message.document and caption.startswith("/") else "")
    if not text and message.effective_attachment is None:
        return None  # someone joined, a title changed
    private = message.chat.type == ChatType.PRIVATE
    mentions = _mentions(message, me)
    return Incoming(
        chat=message.chat.id,
        user=_user(message),
        message=message.message_id,
        private=private,
        addressed=private or bool(mentions) or _is_called(text, me) or _is_reply(message, me),
        text=_about(message, _without(text, mentions) if not private else text),
        edited=update.edited_message is not None,
        media=not text,
        album=message.media_group_id or "",
        thread=message.message_thread_id if message.is_topic_message else None,
        language=(message.from_user.language_code or "") if message.from_user else "",
        file=_file(message, text),
    )


def _about(message: Message, text: str) -> str:
    """What is said, with the message it is about where it is a /check put as a reply."""
    call = _CALL.match(text)
    if call is None or call["name"].lower() != _CHECK or message.reply_to_message is None:
        return text
    replied = message.reply_to_message.text or message.reply_to_message.caption or ""
    return f"{text}\n{replied}" if replied else text


_CHECK = "check"


def _file(message: Message, text: str) -> Sent | None:
    """The file a message holds, or that a /check put as a reply is about."""
    call = _CALL.match(text)
    replied = message.reply_to_message if call and call["name"].lower() == _CHECK else None
    document = message.document or (replied.document if replied else None)
    return Sent(document.file_id, document.file_name or "", document.file_size or 0) if document else None


def _inline(query: InlineQuery) -> Incoming:
    who = query.from_user
    language = who.language_code or ""
    return Incoming(_NOWHERE - who.id, who.id, 0, private=False, text=query.query, inline=query.id, language=language)


def _tap(query: CallbackQuery) -> Incoming | None:
    message = query.message
    if message is None:
        return None
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Incoming(
        chat=message.chat.id,
        user=query.from_user.id,
        message=message.message_id,
        private=message.chat.type == ChatType.PRIVATE,
        thread=thread,
        tap=query.id,
        data=query.data or "",
        language=query.from_user.language_code or "",
    )


def _user(message: Message) -> int:
    if message.from_user:
        return message.from_user.id
    return message.sender_chat.id if message.sender_chat else message.chat.id


def _mentions(message: Message, me: User) -> list[MessageEntity]:
    """The mentions of this bot in a text or a caption."""
    found = message.parse_entities() if message.text else message.parse_caption_entities()
    name = f"@{me.username}".lower()
    return [
        entity
        for entity, words in found.items()
        if (entity.type == MessageEntity.MENTION and words.lower() == name)
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id)
    ]


def _is_called(text: str, me: User) -> bool:
    """Whether a command of ours stands first, and is not addressed to another bot."""
    match = _CALL.match(text)
    if match is None:
        return False
    if match["bot"]:
        return match["bot"].lower() == (me.username or "").lower()
    return match["name"].lower() in _NAMES


def _is_reply(message: Message, me: User) -> bool:
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == me.id)


def _without(text: str, entities: list[MessageEntity]) -> str:
    """The text without some entities, whose offsets count UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: -entity.offset):
        raw = raw[: entity.offset * 2] + raw[(entity.offset + entity.length) * 2 :]
    return raw.decode("utf-16-le", "surrogatepass").strip()
