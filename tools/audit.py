"""Judges what pip-audit wrote (JSON files): 1 where a vulnerability is known, or where anything was not looked up."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def judged(reports: list[Path]) -> tuple[int, list[str], list[str]]:
    """How many dependencies were looked up, what is known against them, and what could not be looked up."""
    seen: set[str] = set()
    known: set[str] = set()
    skipped: set[str] = set()
    for path in reports:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))["dependencies"]
        except (OSError, ValueError, KeyError, TypeError):
            skipped.add(f"{path.stem}: no report was written")
            continue
        for one in found:
            if "skip_reason" in one:
                skipped.add(f"{one['name']}: {one['skip_reason']}")
                continue
            seen.add(f"{one['name']} {one['version']}")
            known |= {f"{one['name']} {one['version']}: {vuln['id']}" for vuln in one["vulns"]}
    return len(seen), sorted(known), sorted(skipped)


def main() -> int:
    """Print the sum; the exit status."""
    seen, known, skipped = judged([Path(name) for name in sys.argv[1:]])
    for line in [*known, *skipped[:10]]:
        print(line)
    more = f" ({len(skipped) - 10} more)" if len(skipped) > 10 else ""
    print(f"{seen} dependencies looked up, {len(known)} vulnerabilities, {len(skipped)} not looked up{more}")
    return 0 if seen and not known and not skipped else 1


if __name__ == "__main__":
    sys.exit(main())
