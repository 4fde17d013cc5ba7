"""Writes the exchange shown in the READMEs anew, from the program itself. Run after answers have changed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAID = ["澜山省2023年GDP目标完成了吗", "辽阳2023年粮食产量是多少", "蔬菜呢", "2024年GDP目标"]
_BLOCK = re.compile(r"(?s)(<!-- exchange -->\n).*?(<!-- /exchange -->)")


def exchange() -> str:
    """What a person sees who pipes these questions into the console of a fresh installation, after `govreport demo`."""
    with tempfile.TemporaryDirectory() as home:
        run = [sys.executable, "-m", "bot"]
        environment = {
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "HOME": home,
            "XDG_DATA_HOME": home,
            "LANG": "C.UTF-8",
        }
        given = "\n".join(SAID)
        for words in (["demo"], ["console"]):
            done = subprocess.run(  # noqa: S603  our own program
                [*run, *words], input=given, capture_output=True, text=True, check=True, env=environment, cwd=home
            )
    return f"```text\n{done.stdout.strip()}\n```\n"


def main() -> None:
    """Both READMEs."""
    said = exchange()
    for name in ("README.md", "README.zh.md"):
        path = ROOT / name
        text, count = _BLOCK.subn(lambda found: found[1] + said + found[2], path.read_text(encoding="utf-8"))
        if not count:
            raise SystemExit(f"{name} has no place for the exchange")
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
