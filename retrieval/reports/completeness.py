"""Whether a text holds the whole report: a report closes with a call to strive on; a cut one just stops."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.model import Completeness, Document
from retrieval.text import Line

__all__ = ["completeness"]

_ABRIDGED = re.compile(r"摘要|摘登|摘编|节选|摘录|有删节|要点")
_RETOLD = re.compile(r"^(?:《?(?:政府工作)?报告》?|[\u4e00-\u9fff·]{2,4})(?:最后)?(?:说|指出|提出|强调|表示)")
_OFTEN = 3
_CLOSING = re.compile(
    r"奋斗|而?努力|前进|谢谢|謝謝|敬[请請]|新篇章|新局面|作出.{0,8}贡献|新胜利|伟大|复兴|团结起来|更加紧密地团结|新的?辉煌|新成绩|献礼|加油|幸福|未来"
)
# The call itself, wherever lists and annexes follow it.
_CALL = re.compile(
    r"(?:让我们|更加紧密地?团结).{0,400}(?:奋斗|努力|前进|奋进|贡献|篇章|局面|胜利|辉煌|跨越|明天|召开|周年|步伐|开局)"
)
_PLANS = re.compile(
    r"预期目标|奋斗目标|今年(?:的|,|要|我们|工作|是|将|经济)|今后[一二三五十]?年|未来[一二三五]年|新的一年|下一?步|明年|"
    r"\d{4}\s*年.{0,20}(?:安排|任务|要求|建议|打算)|必须|我们要|要(?:坚持|继续|进一步|抓|加强|大力)"
)
_STOPS = "。!?!?…”》)）."
_AFTER = re.compile(r"^(?:附[件表注:]|名词解释|《?政府工作报告》?(?:名词|有关|中|注)|注释|注[::]|有关(?:名词|用语))")


def completeness(report: Sequence[Line], document: Document = Document.WORK) -> tuple[Completeness, int | None]:
    """(how much is there, where the text is cut off). A communiqué closes with no call, and plans nothing."""
    if not report:
        return Completeness.WHOLE, None
    if any(_ABRIDGED.search(line.text) and len(line.text) < 40 for line in report[:5]) or _retold(report):
        return Completeness.ABRIDGED, None
    if document is Document.COMMUNIQUE:
        return Completeness.WHOLE, None
    lines = list(report)
    for number, line in enumerate(lines):
        if number > len(lines) // 3 and len(line.text) < 40 and _AFTER.match(line.text):
            lines = lines[:number]
            break
    end = lines[-1]
    words = sum(len(line.text) for line in lines)
    # The last stretch: a closing, or at least the plans it closes; a text that lacks both stops before its half.
    tail, seen = "", 0
    for line in reversed(lines):
        tail = line.text + tail
        seen += len(line.text)
        if seen >= max(400, words // 25):
            break
    closed = bool(_CLOSING.search(tail[-400:])) or any(_CALL.search(line.text) for line in lines[len(lines) // 2 :])
    planned = bool(_PLANS.search("".join(line.text for line in lines[len(lines) // 2 :])))
    broken = not closed and end.text[-1] not in _STOPS and len(end.text) > 60
    if broken or (not closed and not planned):
        return Completeness.CUT_OFF, end.span.end
    return Completeness.WHOLE, None


def _retold(report: Sequence[Line]) -> bool:
    """Whether a newspaper tells what the report says instead of printing it."""
    return sum(bool(_RETOLD.match(line.text)) for line in report) >= _OFTEN
