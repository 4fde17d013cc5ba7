"""What a picture does not show, in the lines below it."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.model import AnswerFigure

__all__ = ["GAPS", "absent", "undrawn"]

# Figures that are not drawn and named.
_NAMED = 4
# How the answer's notes on what is missing end, what else they hold, and how a picture's own begin.
_MISSING = ("报告没有写明", "没有收录对应的报告")
_WITHOUT = "没有收录"
GAPS = "没有数字的年份"


def undrawn(left: Sequence[AnswerFigure]) -> tuple[str, ...]:
    """Which figures are not drawn."""
    if not left:
        return ()
    several = len({item.figure.place for item in left}) > 1
    named = [f"{item.figure.place if several else f'{item.figure.period}年'}“{item.figure.surface}”" for item in left]
    more = f"等 {len(named)} 个" if len(named) > _NAMED else ""
    return (f"单位不同或没有数值，未画出：{'、'.join(named[:_NAMED])}{more}",)


def absent(told: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """Notes of an answer on whose figure is not there, where a picture's `own` notes do not say the same."""
    missing = dict.fromkeys(note for note in told if note.endswith(_MISSING) or _WITHOUT in note)
    gaps = [note.removeprefix(f"{GAPS}：") for note in own]
    return tuple(note for note in missing if not any(note == f"{gap}{end}" for gap in gaps for end in _MISSING))
