"""Inline mode: a question typed after the bot's name in any chat becomes cards with value, quote and source."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.acts.questions import examples
from bot.delivery import Outgoing
from bot.dialogue import Dialogue
from bot.incoming import Incoming
from bot.links import payload
from bot.render import Line, Mark, Message
from bot.render.message import text_of
from bot.render.telegram import pieces
from bot.reply import reply
from bot.state import State
from bot.tongue import chosen, line, spoken
from retrieval.model import Answer, Kind

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["Inline"]

# Seconds Telegram's servers may give the same cards to whoever types the same.
_CACHED = 300
_REMEMBERED = 500
_CARDS = 6
_TITLE = 120
_SHOWN = Kind.FIGURES, Kind.PASSAGES

Cards = dict[str, Any]


class Inline:
    """Answers inline queries; those answered before from memory, while the store stays as it is."""

    def __init__(self, dialogue: Dialogue, allows: Callable[[Incoming], bool]) -> None:
        self._dialogue = dialogue
        self._allows = allows
        self._engine: Engine | None = None
        self._known: OrderedDict[tuple[str, str], Cards] = OrderedDict()

    def prepare(self, incoming: Incoming) -> list[Outgoing] | None:
        """The one call that answers an inline query; None for anything else."""
        if not incoming.inline:
            return None
        lang = chosen("", incoming.language)
        if self._allows(incoming):
            found = self._cards(" ".join(incoming.text.split()), lang)
        else:
            found = {"cards": [], "cache": 0, "personal": True, "button": line("这个机器人只为指定的用户服务", lang)}
        return [Outgoing("inline", tap=incoming.inline, content=json.dumps(found, ensure_ascii=False))]

    def _cards(self, text: str, lang: str) -> Cards:
        engine = self._dialogue.engine
        if engine is not self._engine:
            self._engine = engine
            self._known.clear()
        key = (text, lang)
        if key not in self._known:
            self._known[key] = self._made(text, lang)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def _made(self, text: str, lang: str) -> Cards:
        answers = [(question, self._answer(question)) for question in ((text,) if text else examples(self._dialogue))]
        most = _CARDS if text else 1
        cards = [card for question, answer in answers for card in islice(self._shown(question, answer, lang), most)]
        found = any(answer is not None and answer.kind is not Kind.NONE for _, answer in answers)
        button = "到私聊里提问" if found else "报告里没有找到，到私聊里看原因"
        return {"cards": cards, "cache": _CACHED, "personal": False, "button": line(button, lang)}

    def _answer(self, question: str) -> Answer | None:
        return self._dialogue.question(question, State()).answer

    def _shown(self, question: str, answer: Answer | None, lang: str) -> Iterator[dict[str, Any]]:
        """A card for the answer, and one for each of its figures where it has several; for its readings if it asks
        back, for the nearest figures if it has none."""
        if answer is None:
            return
        if answer.kind in _SHOWN:
            yield _card(reply(answer, question), answer, lang)
            for single in _singly(answer):
                yield _card(reply(single, question), single, lang)
            return
        for button in reply(answer, question).buttons:
            read = self._answer(button.question) if button.question else None
            if read is not None and read.kind in _SHOWN:
                yield _card(reply(read, button.question), read, lang)


def _singly(answer: Answer) -> Iterator[Answer]:
    figures = answer.figures if len(answer.figures) > 1 else ()
    for figure in figures[:_CARDS]:
        only = (answer.citations[figure.citation],)
        bare = replace(answer, computed=(), message="", options=(), notes=())
        yield replace(bare, figures=(replace(figure, citation=0),), citations=only)


def _card(message: Message, answer: Answer, lang: str) -> dict[str, Any]:
    """What is shown before it is sent, what is sent, and a key to the passage in the bot."""
    message = spoken(message, lang)
    lines = [block for part in message.parts for block in part.blocks if isinstance(block, Line) and text_of(block)]
    own = [block for block in lines if not any(run.mark is Mark.SOURCE for run in block.runs)]
    source = next((text_of(b) for b in lines if any(run.mark is Mark.SOURCE for run in b.runs)), "")
    title = text_of((own or lines)[0])
    card = {"title": title[:_TITLE], "about": source[:_TITLE], "html": pieces(message)[0].html}
    context = next((button.context for button in message.buttons if button.context), "")
    context = context or next((f"{c.report}:{c.passage}" for c in answer.citations), "")
    if not context:
        return card
    return card | {"key": {"label": line("上下文", lang), "url": f"https://t.me/{{bot}}?start={payload(context)}"}}
