#!/usr/bin/env python3
"""How many known values the panel of a store has: panel_quality.py STORE KNOWN.jsonl

A line of KNOWN has `place`, `year`, `id` (of an indicator in the lexicon), `measure`, `status` (target or actual),
`value` and `direction`. Prints the share of equal values and of empty cells, and each value that differs.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

from retrieval import Engine


def main() -> None:
    """Compare and print."""
    store, known = Path(sys.argv[1]), Path(sys.argv[2])
    engine = Engine.open(store)
    rows = [json.loads(line) for line in known.read_text(encoding="utf-8").splitlines()]
    asked = tuple(dict.fromkeys(row["id"] for row in rows))
    found = {
        (one.place, one.year, one.indicator.id, one.measure.value): one for one in engine.panel(engine.reports(), asked)
    }
    equal = empty = 0
    for row in rows:
        one = found.get((row["place"], row["year"], row["id"], row["measure"]))
        side = None if one is None else one.target if row["status"] == "target" else one.result
        if side is None or side.figure.value is None:
            empty += 1
            continue
        figure = side.figure
        if figure.value == Decimal(str(row["value"])) and figure.direction == row["direction"]:
            equal += 1
        else:
            sys.stdout.write(
                f"{row['place']} {row['year']} {row['id']} {row['status']}: {row['value']}, {figure.surface}\n"
            )
    sys.stdout.write(f"n {len(rows)}, equal {equal / len(rows):.4f}, empty {empty / len(rows):.4f}\n")


if __name__ == "__main__":
    main()
