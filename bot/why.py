"""How an answer came about, for `--why`."""

from __future__ import annotations

from bot.table import aligned
from retrieval.model import Trace

__all__ = ["explain"]

_SHOWN = 8


def explain(trace: Trace) -> str:
    """Scope, question as understood, terms, the best candidates with their scores, and the rule that decided."""
    lines = ["—— 怎样得出 ——", f"范围：{trace.scope or '无'}"]
    lines += [f"{name}：{value}" for name, value in trace.query if value]
    lines += [f"检索词：{'、'.join(trace.terms) or '无'}"]
    if trace.candidates:
        lines += ["候选（得分高的在前）："]
        lines += [f"  {line}" for line in aligned([(f"{s:.3f}", _one(w)) for s, w in trace.candidates[:_SHOWN]])]
    return "\n".join([*lines, f"规则：{trace.rule or '无'}"])


def _one(what: str) -> str:
    line = " ".join(what.split())
    return line if len(line) <= 90 else f"{line[:90]}…"
