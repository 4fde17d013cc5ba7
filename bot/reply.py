"""From an answer to the message that may be sent: composed, then checked by the digit gate."""

from __future__ import annotations

from bot.gate import Unfaithful
from bot.gate import check as gate
from bot.render import Message, compose, words
from bot.render.checked import MOST, as_answer, compose_check
from retrieval.model import Answer
from retrieval.verify import Check

__all__ = ["WITHHELD", "check_reply", "reply"]

WITHHELD = "这条回答没有通过数字核对，已拦下不发。请换个问法再试。"


def reply(answer: Answer, question: str = "") -> Message:
    """The message for an answer; where a number in it is not borne out, a line that says it was withheld."""
    message = compose(answer)
    try:
        gate(message, answer, question)
    except Unfaithful:
        return words(WITHHELD)
    return message


def check_reply(check: Check, *, most: int = MOST) -> Message:
    """The message for a check of a text, `most` findings one by one; a finding with a number that is not borne out is
    left out, and that is told."""
    message, answer = compose_check(check, most=most), as_answer(check)
    kept = []
    for part in message.parts:
        try:
            gate(Message((part,)), answer, check.text)
        except Unfaithful:
            continue
        kept.append(part)
    left_out = words(_LEFT_OUT).parts if len(kept) < len(message.parts) else ()
    return Message((*kept, *left_out), message.buttons)


_LEFT_OUT = "另有几处没有通过数字核对，没有列出。"
