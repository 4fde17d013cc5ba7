"""/check: a text held against the reports, typed, pasted, forwarded or replied to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.check_table import as_workbook
from bot.render import Button, Message, words
from bot.render.checked import MOST
from bot.reply import check_reply
from bot.said import File, Said
from bot.state import State
from retrieval import Conversation
from retrieval.errors import BadQuestion
from retrieval.lexicon import places
from retrieval.verify import Check, Missing, Verdict

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

__all__ = ["check", "checked", "told"]

_HEAD = re.compile(r"(?:(?P<place>[一-鿿]{2,12})(?:\s+|$))?(?:(?P<year>(?:19|20)\d\d)年?(?:\s+|$))?", re.DOTALL)
_SHEET = ("表格", "xlsx", "table")
_AS_SHEET = f"/check {_SHEET[0]}"
_NO_TEXT = "还没有核对过文字，先把要核对的文字发来。"
_FILE = "核对结果.xlsx"
# Texts longer than this are not kept for another look: a chat's messages are shorter.
_KEPT = 8_000
_OFFERED = 4
_HOW = "请在 /check 后面写上要核对的文字，或用 /check 回复那条消息；可以先写地区和年份，例如：/check 长春 2023"


def check(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/check [地区] [年份] [文字]: without a text what was asked back for, or what the next text is of."""
    if rest in _SHEET:
        return _sheet(dialogue, state) if state.checked else Said(words(_NO_TEXT), state)
    place, year, text = _parsed(dialogue, rest)
    if text:
        return checked(dialogue, state, text, place=place, year=year)
    if state.checked and _asked(state):
        # What was told before holds on: the place first, then the year.
        place, year = place or state.checked_place, year or state.checked_year
        return checked(dialogue, state, state.checked, place=place, year=year)
    if not place and not year:
        return Said(words(_HOW), state)
    # The text comes next.
    of = f"{place}{f'{year}年' if year else ''}"
    after = replace(state, checked="", checked_place=place, checked_year=year, options=())
    return Said(words(f"好，请把要核对的文字发来，按{of}核对。"), after)


def _asked(state: State) -> bool:
    """Whether the last check asked back for a place or a year."""
    return any(option.startswith("/check ") and option != _AS_SHEET for option in state.options)


def told(dialogue: Dialogue, state: State, text: str) -> str:
    """The command for a message that only tells the place or the year that a check has asked back for; else empty."""
    if not state.checked or not _asked(state):
        return ""
    place, year, rest = _parsed(dialogue, text.strip())
    return f"/check {text.strip()}" if (place or year) and not rest else ""


def _parsed(dialogue: Dialogue, rest: str) -> tuple[str, int, str]:
    """The place and the year a command begins with, and the text behind them."""
    found = _HEAD.match(rest)
    if found is None:
        return "", 0, rest
    place, year = found["place"] or "", int(found["year"] or 0)
    stored = {row.place for row in dialogue.engine.reports()}
    if place and place not in stored and not places.by_name(place):
        return "", 0, rest  # the text's own first word
    return place, year, rest[found.end() :].strip()


def checked(dialogue: Dialogue, state: State, text: str, *, place: str = "", year: int = 0) -> Said:
    """The check of a text; what it does not say is asked back, with the likeliest answers as buttons."""
    if not state.checked:
        # What /check told before the text.
        place, year = place or state.checked_place, year or state.checked_year
    try:
        found = dialogue.engine.verify(text, place=place, year=year)
        if found.asks is Missing.UNPLACED and state.conversation.place:
            place = state.conversation.place
            found = dialogue.engine.verify(text, place=place, year=year)
    except BadQuestion as problem:
        return Said(words(str(problem)), state)
    kept = text if len(text) <= _KEPT else ""
    # What was told for a text that is not kept must not be taken for the next one's.
    of = (place, year) if kept else ("", 0)
    after = replace(state, checked=kept, checked_place=of[0], checked_year=of[1], options=())
    stored = found.place and any(row.place == found.place for row in dialogue.engine.reports())
    if stored and not state.conversation.place:
        # 那GDP目标呢 behind a check is asked of the place the text is about, where no other was spoken of.
        after = replace(after, conversation=Conversation(place=found.place))
    if found.asks is not None:
        return _asked_back(dialogue, after, found)
    if not found.findings:
        return Said(words(_NOTHING), after)
    message = check_reply(found)
    if sum(f.verdict is not Verdict.SAME for f in found.findings) > MOST:
        return Said(message, after, file=File(_FILE, as_workbook(found)))
    if not kept:
        return Said(message, after)
    button = Button("做成表格", command=_AS_SHEET)
    return Said(Message(message.parts, (button,)), replace(after, options=(button.typed,)))


_NOTHING = "这段文字里没有认出可以核对的数字。"


def _sheet(dialogue: Dialogue, state: State) -> Said:
    """The last check as a table."""
    found = dialogue.engine.verify(state.checked, place=state.checked_place, year=state.checked_year)
    if not found.findings:
        return Said(words(_NOTHING), state)
    caption = words(f"核对结果：{len(found.findings)} 行，每行一个数字，附报告原句和出处。")
    return Said(caption, state, file=File(_FILE, as_workbook(found)))


def _asked_back(dialogue: Dialogue, state: State, found: Check) -> Said:
    """Which place, or which year, the text is of."""
    rows = dialogue.engine.reports()
    if found.asks is Missing.UNPLACED:
        asked = "这段文字没有写是哪里的。请写明地区，例如：/check 长春"
        counted = Counter(row.place for row in rows)
        calls = {place: f"/check {place}" for place, _ in counted.most_common(_OFFERED)}
    else:
        asked = f"这段文字没有写是哪一年的。请写明数据的年份，例如：/check {found.place} 2023"
        years = sorted({row.year - 1 for row in rows if row.place == found.place}, reverse=True)[:_OFFERED]
        calls = {f"{year}年": f"/check {found.place} {year}" for year in years}
    buttons = tuple(Button(label, command=call, row=0) for label, call in calls.items())
    return Said(Message(words(asked).parts, buttons), replace(state, options=tuple(b.typed for b in buttons)))
