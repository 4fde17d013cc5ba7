"""Wordings that several readers of a question look for."""

from __future__ import annotations

import re

__all__ = ["AHEAD", "BOTH_ENDS", "KEPT", "OVER_YEARS", "PLANNED", "SENTENCE_IN_LATIN", "SET", "YEAR"]

# A year as questions write it, without 年.
YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
# 由多少提高到多少: both ends of a change are asked for.
BOTH_ENDS = (
    r"(?:由|从)[^,。]{0,12}?(?:多[少大高长]|几|第几)[^,。]{0,8}?(?:到|至|成|为)[^,。]{0,6}?(?:多[少大高长]|几|第几)"
    r"|前后[^,。?]{0,10}(?:各|分别)[^,。?]{0,4}(?:多少|几)"
    r"|(?:原来|原先|以前|之前|此前)(?:是|为)?(?:多少|几)[^。]{0,10}?(?:[涨提调升增降减]|改)[^,。]{0,3}(?:到|至|成|为)[^,。]{0,3}?(?:多少|几)"
)
# Three Latin words in a row are a sentence, not a name.
SENTENCE_IN_LATIN = re.compile(r"[a-z]+\s+[a-z]+\s+[a-z]+", re.IGNORECASE)
# What is said of a promise that was kept.
KEPT = r"完成|实现|做到|达到|压住|守住|控制住|控住|管住|稳住|办到|保住|冲到|冲过|拿下|够到|如愿"
# Words that ask for a plan and for nothing else.
PLANNED = re.compile(
    r"目标|预期(?!寿命)|(?<![动人展进养育改技造才养持济])(?<![全当度一二三四五六七八九十]年)(?<!年度)计划(?!生育|单列|经济|外)|打算|力争|答应|指望|承诺(?!制)|\b(?:target|goal|aim)",
    re.IGNORECASE,
)
# 给外资定的增速, 定了淘汰多少辆: what was set.
SET = re.compile(r"(?<![稳认规确评一固决指鉴核特肯协约界审])定[的了下](?!点)")
# Words of English that look ahead.
AHEAD = re.compile(
    r"\b(?:plan\w*|target\w*|aim\w*|goals?|expect\w*|will|intend\w*|due to|set|promis\w*|pledg\w*|"
    r"hop(?:e|ed|ing)\b(?! you)|want(?:ed|s|ing)?\b(?! to (?:know|see|check|ask|verify)))\b",
    re.IGNORECASE,
)
# Year after year: 历年, 近五年, 2015到2020年, 哪几年.
OVER_YEARS = re.compile(
    rf"历年|逐年|每一?年(?!均)|各年|(?<![\d一-鿿])年年|历次|一直|哪(?:几|些)年|几年|这些年|(?:最近|过去|近|前)[一-鿿\d]{{1,3}}年|"
    rf"{YEAR}\s*年?度?\s*(?:-|—|–|~|至|到)+\s*{YEAR}|\b(?:each|every) year\b|\btrack record\b|\bover the years\b",
    re.IGNORECASE,
)
