"""A run for people: the table of scores, the errors by cause, what became worse. Chinese, plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.evaluation.causes import Cause
from bot.evaluation.comparing import Drop
from bot.evaluation.gold import Question
from bot.evaluation.running import Judged
from bot.table import aligned, cut

__all__ = ["errors", "fallen", "one_line", "table"]

_GROUPS = {
    "figure": "数据",
    "passage": "原文",
    "list": "列举",
    "followup": "追问",
    "unanswerable": "没有答案的",
    "compare": "比较",
    "trend": "历年",
    "rank": "排名",
    "fulfilment": "目标完成",
    "phrase": "提法",
    "style:formal": "书面语",
    "style:colloquial": "口语",
    "style:keyword": "关键词",
    "style:typo": "有错字",
    "style:traditional": "繁体",
    "style:english": "英文",
    "ALL": "全部",
}
_METRICS = {
    "right": "答对",
    "exact": "数字对",
    "at1": "首条对",
    "verdict": "结论对",
    "reason": "理由对",
    "abstained": "未回答",
    "faithful": "忠实",
}
_CAUSES = {
    Cause.ABSTENTION: "该答未答，或不该答而答",
    Cause.SCOPE: "范围：地区、年份或报告不对",
    Cause.EXTRACTION: "提取：数字没有存下，或存错了",
    Cause.MATCHING: "匹配：数字存下了，选了别的",
    Cause.RANKING: "排序：报告对，句子不对",
    Cause.JUDGING: "判断：找到的对，结论不对",
    Cause.FAITH: "忠实：说了引文以外的内容",
}
_CELLS, _REPLY = 60, 110


def table(scores: Mapping[str, Mapping[str, float]], times: tuple[float, float]) -> list[str]:
    """Scores by kind of question, by style, and of all; then the times."""
    metrics = [name for name in _METRICS if any(name in row for row in scores.values())]
    rows: list[Sequence[str]] = [("题型", "题数", *(_METRICS[name] for name in metrics))]
    rows += [
        (_named(group), f"{row['n']:.0f}", *(f"{row[name]:.3f}" if name in row else "—" for name in metrics))
        for group, row in scores.items()
    ]
    told = aligned(rows, right=frozenset(range(1, len(metrics) + 2)))
    return [*told, f"用时：中位数 {times[0]:.1f} 毫秒，百分之九十九在 {times[1]:.1f} 毫秒以内"]


def _named(group: str) -> str:
    return _GROUPS.get(group, group)


def errors(judged: Iterable[Judged], most: int) -> list[str]:
    """How many answers are wrong for each cause, and up to `most` of them."""
    found: dict[Cause, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.blame is not None:
            found[one.blame.cause].append(one)
    lines: list[str] = []
    for cause, words in _CAUSES.items():
        if cause in found:
            lines += ["", f"{words}（{len(found[cause])} 题）"]
            for one in found[cause][:most]:
                lines += _error(one)
    return lines[1:]


def one_line(one: Judged) -> str:
    """A question by id, kind and words."""
    return f"{one.question.id} {_named(one.question.kind)} {' → '.join(one.question.turns)}"


def _error(one: Judged) -> list[str]:
    text = " ".join(one.answer["text"].split())
    detail = f"（{one.blame.detail}）" if one.blame and one.blame.detail else ""
    return [f"✗ {one_line(one)}{detail}", f"    应为 {_wanted(one.question)}", f"    答为 {cut(text, _REPLY)}"]


def _wanted(question: Question) -> str:
    if question.kind == "unanswerable":
        return f"没有答案（{question.reason}）"
    if question.figures:
        return "、".join(f"{f.value}{f.unit}（{f.period}{'目标' if f.target else ''}）" for f in question.figures)
    if question.facts:
        return "、".join(f"{name} {value}" for name, value in question.facts.items())
    return " | ".join(cut(one.quote, _CELLS) for one in question.evidence)


def fallen(found: Sequence[Drop], tolerance: float) -> list[str]:
    """Scores that fell, one a line."""
    if not found:
        return [f"没有得分下降超过 {tolerance:g}。"]
    rows = [(_named(drop.group), _METRICS.get(drop.metric, drop.metric), f"{drop.before:.4f}", "→", f"{drop.now:.4f}")
            for drop in found]  # fmt: skip
    return [f"得分下降超过 {tolerance:g}：", *aligned(rows)]
