"""Inline mode: a question typed after the bot's name in any chat becomes cards with value, quote and source."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.acts.questions import examples
from bot.delivery import Outgoing
from bot.dialogue import Dialogue
from bot.incoming import Incoming
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
        asked = (text,) if text else examples(self._dialogue)
        cards = [card for question in asked for card in self._answered(question, lang)][:_CARDS]
        button = "到私聊里提问" if cards else "报告里没有找到，到私聊里看原因"
        return {"cards": cards, "cache": _CACHED, "personal": False, "button": line(button, lang)}

    def _answered(self, question: str, lang: str) -> Iterator[dict[str, str]]:
        """A card for the answer, and one for each of its figures where it has several; for its readings if it asks
        back."""
        answer = self._dialogue.question(question, State()).answer
        if answer is None:
            return
        if answer.kind is Kind.CLARIFY:
            for option in answer.options[:_CARDS]:
                read = self._dialogue.question(option.question, State()).answer
                if read is not None and read.kind in _SHOWN:
                    yield _card(reply(read, option.question), lang)
        elif answer.kind in _SHOWN:
            yield _card(reply(answer, question), lang)
            for single in _singly(answer):
                yield _card(reply(single, question), lang)


def _singly(answer: Answer) -> Iterator[Answer]:
    figures = answer.figures if len(answer.figures) > 1 else ()
    for figure in figures[:_CARDS]:
        only = (answer.citations[figure.citation],)
        bare = replace(answer, computed=(), message="", options=(), notes=())
        yield replace(bare, figures=(replace(figure, citation=0),), citations=only)


def _card(message: Message, lang: str) -> dict[str, str]:
    lines = [block for part in message.parts for block in part.blocks if isinstance(block, Line) and text_of(block)]
    own = [block for block in lines if not any(run.mark is Mark.SOURCE for run in block.runs)]
    source = next((text_of(b) for b in lines if any(run.mark is Mark.SOURCE for run in b.runs)), "")
    title = text_of((own or lines)[0])
    return {"title": title[:_TITLE], "about": source[:_TITLE], "html": pieces(spoken(message, lang))[0].html}
