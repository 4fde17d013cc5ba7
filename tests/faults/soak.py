"""`make soak`: a hundred kills in each mode, the same over a broken network, and how fast the bot is back.

    python -m tests.faults.soak [--kills 100] [--outages 20] [--seed N] [--json FILE]

Each run prints its seed; with `--seed` the same run is made again (the machine's own timing stays its own). The exit
status is 1 where a question was lost, answered twice or out of order, or the bot was too long in coming back.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from retrieval import Engine
from tests.bot.conftest import furnished
from tests.faults.killing import Outcome, Plan, kill_loop
from tests.faults.recovery import recoveries

# The share of calls that go wrong on the broken network.
_RATE = 0.15
# The bar: seconds from the network's return to the answer.
_BACK = 3.0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100, help="in each mode")
    parser.add_argument("--broken", type=int, default=25, help="kills in each mode over a broken network")
    parser.add_argument("--outages", type=int, default=20)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        Engine.open_default(store).close()
        outcomes = []
        for rate, kills in ((0.0, asked.kills), (_RATE, asked.broken)):
            for number, mode in enumerate(("polling", "webhook")):
                home = Path(scratch) / f"{mode}{rate}"
                home.mkdir()
                plan = Plan(mode, kills, seed + number, rate)
                outcomes.append(kill_loop(plan, furnished(store, home)))
                print(_line(outcomes[-1]), *outcomes[-1].accounts, sep="\n  ", flush=True)
        home = Path(scratch) / "recovery"
        home.mkdir()
        back = recoveries(furnished(store, home), seed, asked.outages)
    print(f"outages {len(back)}: answered {max(back):.2f} s after the network's return at the latest")
    if asked.json:
        kept = {"seed": seed, "runs": [asdict(one) | {"good": one.good} for one in outcomes], "recoveries": back}
        asked.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.good for one in outcomes) and max(back) <= _BACK else 1


def _line(one: Outcome) -> str:
    plan, found = one.plan, one.verdict
    return (
        f"{plan.mode} (seed {plan.seed}), {plan.kills} kills, {plan.rate:.0%} faults {one.faults or ''}: "
        f"{found.questions} questions, {found.answered} answered, {found.told} told, {len(found.lost)} lost "
        f"{found.lost or ''}, {len(found.twice)} twice {found.twice or ''}, {len(found.unordered)} out of order; "
        f"resent {one.resent}, unclear {one.unclear}; {one.seconds:.0f} s {'ok' if one.good else 'FAILED'}"
    )


if __name__ == "__main__":
    sys.exit(main())
