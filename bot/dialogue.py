"""One turn of a conversation, the same in Telegram and in the console: text in, message and new state out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.acts.checking import checked, told
from bot.commands import Command, find
from bot.hits import further
from bot.render import Message, words
from bot.reply import reply
from bot.said import Said
from bot.state import State
from retrieval.errors import BadQuestion, GovreportError, StoreError
from retrieval.model import Answer, Place
from retrieval.query.display import display
from retrieval.verify import states

if TYPE_CHECKING:
    from bot.home import Shelf
    from retrieval.engine import Engine

__all__ = ["Dialogue"]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Answers whatever a person types. `today` is for tests; `leaving` is what /help says of how to leave the face."""

    shelf: Shelf
    today: date | None = None
    leaving: str = ""

    @property
    def engine(self) -> Engine:
        """What answers."""
        return self.shelf.engine

    def turn(self, text: str, state: State) -> Said:
        """What to say to `text`. Nothing a person types raises."""
        try:
            asked = self._picked(text, state) or told(self, state, text) or text
            found = find(asked)
            if found is None and states(asked):
                return self.check(asked, state)
            found = found or _displayed(asked, self.engine.unlisted)
            if found is None:
                return self.question(asked, state)
            command, rest = found
            return command.run(self, state, rest)
        except GovreportError as problem:
            return Said(_unread(problem), state)

    def question(self, text: str, state: State) -> Said:
        """The answer to a question."""
        try:
            answer, conversation = self.engine.ask(text, state.conversation, today=self.today)
        except BadQuestion as problem:
            return Said(words(str(problem)), state)
        except GovreportError as problem:
            return Said(_unread(problem), state)
        message = reply(answer, text)
        context = next((button.context for button in message.buttons if button.context), "")
        options = tuple(button.typed for button in message.buttons if button.typed)
        after = State(conversation, context or state.context, options, text, state.conversation, state.lang)
        return Said(message, after, answer, more=bool(further(self.engine, answer, text, 1)))

    def check(self, text: str, state: State) -> Said:
        """A text that states figures, held against the reports."""
        try:
            return checked(self, state, text)
        except GovreportError as problem:
            return Said(_unread(problem), state)

    def figure(self, name: str, state: State) -> Said:
        """An indicator looked up by its name: asked for its figure where the bare name finds none."""
        said = self.question(name, state)
        if said.answer is None or said.answer.figures:
            return said
        again = self.question(f"{name}是多少", state)
        return again if again.answer is not None and _better(again.answer, said.answer) else said

    @staticmethod
    def _picked(text: str, state: State) -> str:
        """What was offered under a number."""
        number = text.strip()
        at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 3 else -1
        return state.options[at] if 0 <= at < len(state.options) else ""


def _displayed(text: str, held: Sequence[Place]) -> tuple[Command, str] | None:
    """The command for a question whose answer is wanted as a picture or a table: 画一张…的图."""
    try:
        wanted = display(text, held)
    except BadQuestion:
        return None
    return find(f"/{wanted.form} {wanted.question}".rstrip()) if wanted.form else None


def _unread(problem: GovreportError) -> Message:
    """Said without where the store lies: in a chat that helps nobody it should help."""
    return words(f"资料库读取失败：{problem.said if isinstance(problem, StoreError) else problem}")


def _better(one: Answer, other: Answer) -> bool:
    return bool(one.figures) and not other.figures
