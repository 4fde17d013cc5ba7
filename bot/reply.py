"""From an answer to the message that may be sent: composed, then checked by the digit gate."""

from __future__ import annotations

from bot.gate import Unfaithful, check
from bot.render import Message, compose, words
from retrieval.model import Answer

__all__ = ["WITHHELD", "reply"]

WITHHELD = "这条回答没有通过数字核对，已拦下不发。请换个问法再试。"


def reply(answer: Answer, question: str = "") -> Message:
    """The message for an answer; where a number in it is not borne out, a line that says it was withheld."""
    message = compose(answer)
    try:
        check(message, answer, question)
    except Unfaithful:
        return words(WITHHELD)
    return message
