"""How well the check of a text does on seeded cases (tools/verify_cases.py).

    PYTHONPATH=. .venv/bin/python tools/verify_quality.py STORE CASES.jsonl [--half held] [--show KIND]

Tells of the changed sentences how many are found (called different) and how many of those rightly explained, and of the
unchanged ones how many are called different. `--show` lists what went wrong. Development only.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval import Engine
from retrieval.verify import Cause, Check, Finding, Verdict

# What a change may rightly be called.
RIGHT = {
    "year": {Cause.YEAR},
    "status": {Cause.STATUS},
    "place": {Cause.PLACE},
    "unit": {Cause.UNIT, Cause.MEASURE},
    "scale": {Cause.SCALE},
    "sign": {Cause.SIGN},
    "half": {Cause.HALF},
    "neighbour": {Cause.NEIGHBOUR},
}


@dataclass(slots=True)
class Score:
    """Counts of cases: `changed` by kind, of these `found` and `right`; `same` sentences and their `claims`, of these
    the `false` ones called different, and the verdicts on the claims of unchanged sentences."""

    changed: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    same: int = 0
    false: int = 0
    claims: int = 0
    false_claims: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """The counts as a table."""
        rows = [f"{'kind':<12}{'cases':>6}{'found':>7}{'right':>7}"]
        rows += [f"{k:<12}{self.changed[k]:>6}{self.found[k]:>7}{self.right[k]:>7}" for k in RIGHT if self.changed[k]]
        cases, found, right = (sum(c.values()) for c in (self.changed, self.found, self.right))
        rows.append(f"{'all':<12}{cases:>6}{found:>7}{right:>7}")
        rows.append(f"changed ones found {found / max(1, cases):.3f}, diagnosis right {right / max(1, found):.3f}")
        rows.append(
            f"unchanged sentences called different {self.false} of {self.same} ({self.false / max(1, self.same):.2%}), "
            f"figures {self.false_claims} of {self.claims}; "
            + ", ".join(f"{verdict} {count}" for verdict, count in self.verdicts.most_common())
        )
        return "\n".join(rows)


def hit(case: Mapping[str, Any], check: Check) -> Finding | None:
    """The finding on the changed figure."""
    over = (f for f in check.findings if f.span.start < case["end"] and f.span.end > case["start"])
    return next(over, None)


def score(cases: Iterable[Mapping[str, Any]], engine: Engine, shown: str = "") -> Score:
    """The counts over cases; what went wrong with those of kind `shown` (all: of each) is written out."""
    out = Score()
    for case in cases:
        check = engine.verify(case["text"], place=case["place"], year=case["year"])
        kind = case["kind"]
        if kind == "same":
            out.same += 1
            out.claims += len(check.findings)
            out.verdicts.update(f.verdict.value for f in check.findings)
            bad = [f for f in check.findings if f.verdict is Verdict.DIFFERENT]
            out.false += bool(bad)
            out.false_claims += len(bad)
            if bad and shown in ("same", "all"):
                _show(case, bad)
            continue
        out.changed[kind] += 1
        finding = hit(case, check)
        found = finding is not None and finding.verdict is Verdict.DIFFERENT
        right = found and finding is not None and finding.cause in RIGHT[kind]
        out.found[kind] += found
        out.right[kind] += right
        if not right and shown in (kind, "all"):
            _show(case, [finding] if finding else [])
    return out


def _show(case: Mapping[str, Any], findings: Iterable[Finding]) -> None:
    changed = case["text"][case["start"] : case["end"]] if case["start"] >= 0 else ""
    print(f"{case['id']} {case['place']} {case['year'] or ''} {case['text']} | {changed} <- {case['was']}")
    for f in findings:
        cause, missing = f.cause and f.cause.value, f.missing and f.missing.value
        held = f.evidence.figure if f.evidence else None
        where = f"{held.surface} {held.indicator} {held.period} {held.status.value}" if held else ""
        print(f"    {f.surface} {f.verdict.value} {cause or missing or ''} {f.chance:.3f} | {where}")


def loaded(path: Path, half: str) -> Iterator[dict[str, Any]]:
    """The cases of a file, of one half or of both."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if half in ("", case["half"]):
            yield case


def main() -> None:
    """Score the cases."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("store", type=Path)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--half", choices=("", "fit", "held"), default="")
    parser.add_argument("--show", default="")
    told = parser.parse_args()
    engine = Engine.open(told.store)
    sys.stdout.write(score(loaded(told.cases, told.half), engine, told.show).told() + "\n")


if __name__ == "__main__":
    main()
