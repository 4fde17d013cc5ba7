"""A run for people: scores with their intervals, errors by cause, flips, reliability, folds, what became worse.

Chinese, plain text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.evaluation.causes import Cause
from bot.evaluation.comparing import Drop
from bot.evaluation.flips import GROUP, Again, counted
from bot.evaluation.folds import Fold, mean_and_spread
from bot.evaluation.gold import Question
from bot.evaluation.intervals import Share, at_most
from bot.evaluation.reliability import Bin, calibration_error
from bot.evaluation.running import ALL, Judged
from bot.evaluation.transformations import TABLE
from bot.table import aligned, cut

__all__ = ["bound", "errors", "fallen", "flips", "folds", "one_line", "reliability", "table"]

_GROUPS = (
    {
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
        ALL: "全部",
    }
    | {f"{GROUP}{way.name}": f"换说法：{way.title}" for way in TABLE}
    | {f"{GROUP}{ALL}": "换说法：全部"}
)
_METRICS = {
    "right": "答对",
    "exact": "数字对",
    "at1": "首条对",
    "verdict": "结论对",
    "reason": "理由对",
    "abstained": "未回答",
    "faithful": "忠实",
    "kept": "仍答对",
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


def table(shares: Mapping[str, Mapping[str, Share]], times: tuple[float, float]) -> list[str]:
    """Scores by kind of question, by style, and of all, each with its interval; then the times."""
    metrics = _metrics(shares.values())
    rows: list[Sequence[str]] = [("题型", "题数", *(_METRICS[name] for name in metrics))]
    rows += [(_named(group), str(row["right"].of), *_scored(row, metrics)) for group, row in shares.items()]
    told = aligned(rows, right=frozenset(range(1, len(metrics) + 2)))
    return [
        *told,
        "得分之后是 95% 置信区间（Wilson）。",
        f"用时：中位数 {times[0]:.1f} 毫秒，百分之九十九在 {times[1]:.1f} 毫秒以内",
    ]


def _metrics(rows: Iterable[Mapping[str, Share]]) -> list[str]:
    """The metrics that any of the rows has, in their order."""
    had = {name for row in rows for name in row}
    return [name for name in _METRICS if name in had]


def _scored(row: Mapping[str, Share], metrics: Sequence[str]) -> list[str]:
    return [f"{row[name].value:.3f} {_interval(row[name])}" if name in row else "—" for name in metrics]


def _interval(share: Share) -> str:
    """.93–.97"""
    return "–".join("1.0" if end > 0.995 else f"{end:.2f}"[1:] for end in share.interval)


def bound(wrong: Share) -> str:
    """How often an answer is wrong, with what it may be at most."""
    most = at_most(int(wrong.right), wrong.of)
    return (
        f"作了回答的 {wrong.of} 题中答错 {wrong.right:.0f} 题（{wrong.value:.1%}）："
        f"按现在的门槛，答错的比例有 95% 的把握不超过 {most:.1%}（Clopper–Pearson）"
    )


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


def flips(again: Sequence[Again], most: int) -> list[str]:
    """How many right answers were lost by each way of asking otherwise, and up to `most` of them a way."""
    if not again:
        return ["没有答对的题可以换个说法再问。"]
    titles = {way.name: way.title for way in TABLE} | {ALL: "全部"}
    rows: list[Sequence[str]] = [("换个说法再问", "题数", "答错了", "比例")]
    rows += [
        (titles[name], str(share.of), f"{share.right:.0f}", *_scored({"kept": share}, ["kept"]))
        for name, share in counted(again).items()
    ]
    lines = aligned(rows, right=frozenset((1, 2, 3)))
    for way in TABLE:
        lost = [one for one in again if one.transformation.name == way.name and one.flipped]
        if lost[:most]:
            lines += ["", f"{way.title}（{len(lost)} 题）", *(_flip(one) for one in lost[:most])]
    return lines


def _flip(one: Again) -> str:
    wrong = next(judged for judged in one.judged if not judged.scores["right"])
    why = f"（{wrong.blame.cause.value}）" if wrong.blame else ""
    return f"✗ {one.question.id} {' → '.join(wrong.question.turns)}{why}"


def reliability(found: Sequence[Bin]) -> list[str]:
    """The chance of answers beside how often they were right, by bins."""
    if not found:
        return ["没有一个回答带着把握的大小。"]
    rows: list[Sequence[str]] = [("把握", "题数", "平均把握", "答对")]
    rows += [
        (
            f"{one.low:.1f}–{one.high:.1f}",
            str(one.right.of),
            f"{one.said:.3f}",
            *_scored({"right": one.right}, ["right"]),
        )
        for one in found
    ]
    total = sum(one.right.of for one in found)
    return [
        *aligned(rows, right=frozenset((1, 2, 3))),
        f"期望校准误差 {calibration_error(found):.3f}（{total} 个带着把握的回答）",
    ]


def folds(found: Sequence[Fold], asked: int) -> list[str]:
    """Scores by fold, then their mean and spread; `asked` are all questions."""
    metrics = _metrics(fold.shares for fold in found)
    rows: list[Sequence[str]] = [("分组", "地区", "题数", *(_METRICS[name] for name in metrics))]
    rows += [
        (str(one.number), str(one.places), str(one.shares["right"].of), *_scored(one.shares, metrics)) for one in found
    ]
    spread = [mean_and_spread(found, name) for name in metrics]
    held = sum(one.shares["right"].of for one in found)
    rows.append(("平均 ± 标准差", "", "", *(f"{mean:.3f} ± {width:.3f}" for mean, width in spread)))
    left = [f"另有 {asked - held} 题不涉及任何地区的报告。"] if held < asked else []
    return [*aligned(rows, right=frozenset(range(1, len(metrics) + 3))), *left]


def fallen(found: Sequence[Drop], tolerance: float, shares: Mapping[str, Mapping[str, Share]]) -> list[str]:
    """Scores that fell, one a line, with the interval of what they are now."""
    if not found:
        return [f"没有得分下降超过 {tolerance:g}。"]
    rows = [
        (_named(drop.group), _METRICS.get(drop.metric, drop.metric), f"{drop.before:.4f}", "→", f"{drop.now:.4f}",
         _interval(shares.get(drop.group, {}).get(drop.metric, Share(0, 0))))
        for drop in found
    ]  # fmt: skip
    return [f"得分下降超过 {tolerance:g}：", *aligned(rows)]
