"""Clauses of a question that ask nothing: who asks, what for, and thanks (我是种苹果的，想打听下…; …，麻烦了)."""

from __future__ import annotations

import re

from retrieval.lexicon import indicators, places
from retrieval.lexicon.question_words import cues
from retrieval.model import Level
from retrieval.query.wording import YEAR

__all__ = ["without_asides", "without_preambles"]

_CLAUSE = re.compile(r"[^,;。?!:]+[,;。?!:]*|[,;。?!:]+")
_ASKING = frozenset({"quantity", "which", "how", "why", "yesno", "overview", "growth", "decline", "share", "rank"})
_DATED = re.compile(
    rf"(?<!\d){YEAR}|\d\d年|[〇零一二三四五六七八九]{{2,4}}年|今年|去年|前年|明年|年初|年底|[一二三四五六七八九十]五[”期末规时]|[近过]去?[一二三四五六七八九十几\d]+年|报告"
)
# How people begin to speak of themselves, of whom they ask for, and of what they want it for.
_INTRODUCES = re.compile(
    r"^(?:诶|哎|欸|喂|嗨|您好|你好|hi|hello)|^(?:我|俺|咱|本人|在下|小弟|老师|师傅|同志|各位|大家|请教|请问|麻烦|劳驾|打扰|打听|想|帮|替|给|为|为了|作为|"
    r"听说|刚|正|最近|撰写|起草|编制|编写|编|写|做|搞|整理|准备|核对|供|用于|开|跑|当|在|离)|"
    r"(?:的|问|稿|材料|用|参考|作业|课|论文|文章|问问|问一下|请教|讨论|核对|汇编|校稿|尽调|统计|报道|引用)$"
)
# And how they end.
_CLOSES = re.compile(
    r"^(?:谢|多谢|感谢|辛苦|急|在线等|请?准确|孩子|老婆|老公|朋友|家里|券商|记者|拜托)|(?:谢谢|麻烦了?|辛苦了?|感激)$"
)
_TWO = 2


def without_asides(text: str) -> str:
    """`text` with such clauses blanked, of the same length. What is left asks all that was asked."""
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    if len(clauses) < _TWO:
        return text
    asks = [_asks(text[start:end]) for start, end in clauses]
    dated = [bool(_DATED.search(text[start:end])) for start, end in clauses]
    if not any(asks):
        return text
    first = next(n for n in range(len(clauses)) if asks[n] or dated[n])
    last = max(n for n in range(len(clauses)) if asks[n])
    out = list(text)
    for number, (start, end) in enumerate(clauses):
        clause = text[start:end].strip(" ,;。?!:")
        introduces = _INTRODUCES.search(clause) or _CLOSES.search(clause)
        # 海外的?创汇多少?: a question of its own.
        introduces = introduces if "?" not in text[start:end] or not clause.endswith("的") else None
        aside = introduces if number > last else number < first and (introduces or text[end - 1] == ":")
        if aside and not clause.endswith("呢") and not dated[number] and not indicators.mentions(clause):
            out[start:end] = " " * (end - start)
    return _with_place(text, "".join(out))


def _with_place(text: str, left: str) -> str:
    """What is `left` of `text`, with the place asked about where that is named by who asks: 我们盐城的,2011年…;
    我家在临汾,…占山西的几成."""
    named = [mention.candidates[0] for mention in places.mentions(left)]
    outer = {place.name for place in named if place.level is not Level.COUNTRY}
    out = list(left)
    for mention in places.mentions(text):
        if not outer or outer & set(mention.candidates[0].parents):
            out[mention.start : mention.end] = text[mention.start : mention.end]
    return "".join(out)


# A year by its number; 今年六十 names none.
_YEAR = re.compile(rf"(?<!\d){YEAR}|\d\d年|[〇零一二三四五六七八九]{{2,4}}年|[一二三四五六七八九十]五[”期末规时]|报告")


def without_preambles(text: str) -> str:
    """`text` with the clauses blanked that ask nothing and stand before one that does, whoever says them: 气管不好,…;
    …天天爆仓!…. Of the same length.

    Such a clause may name what is asked about as well, so this is another reading of a question and not the first one.
    A clause that names the only place is kept whole: its other words may be of that place.
    """
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    said = [text[start:end] for start, end in clauses]
    first = next((n for n, clause in enumerate(said) if _asks(clause)), 0)
    if not first:
        return text
    kept = [n >= first or bool(_YEAR.search(clause) or indicators.mentions(clause)) for n, clause in enumerate(said)]
    placed = [_placed(clause) for clause in said]
    elsewhere = any(keep and place for keep, place in zip(kept, placed, strict=True))
    out = list(text)
    for (start, end), keep, place in zip(clauses, kept, placed, strict=True):
        if not keep and (elsewhere or not place):
            out[start:end] = " " * (end - start)
    return _with_place(text, "".join(out)) if elsewhere else "".join(out)


def _placed(clause: str) -> bool:
    return any(mention.candidates[0].level is not Level.COUNTRY for mention in places.mentions(clause))


def _asks(clause: str) -> bool:
    kinds = {cue.kind for cue in cues(clause)}
    bare = clause.strip(" ,;。?!:")
    # 写高教史要引用: what somebody wants it for is no plan.
    return bool(kinds & _ASKING) or ("target" in kinds and not (_INTRODUCES.search(bare) or _CLOSES.search(bare)))
