"""Extraction grows with the text: the time for twice a text beside the time for it, for kind and unkind texts."""

from __future__ import annotations

import time

from retrieval.figures import Context, extract
from tests.support.cases import ROOT

CONTEXT = Context(2024, "辽阳市")
SIZE = 40_000


def seconds(text: str, runs: int = 3) -> float:
    """Processor time, best of several."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        extract(text, CONTEXT)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print characters a second, and the ratio of twice the text to the text: 2 is linear."""
    sample = next((ROOT / "data" / "reports").glob("*.txt")).read_text(encoding="utf-8")
    texts = {
        "report": sample * (SIZE // len(sample) + 1),
        "a million digits": "1" * 500_000,
        "digits and blanks": "1 " * SIZE,
        "brackets": "（" * SIZE,
        "nested brackets": "（" * SIZE + "5%" + "）" * SIZE,
        "10,000 顿号": "甲、" * 5_000,
        "顿号 before a list": "甲、" * 5_000 + "分别增长" + "5%、" * 5_000,
        "units": "增长5%、" * (SIZE // 5),
        "years": "2023年" * (SIZE // 5),
        "分别": "分别" * SIZE,
        "Chinese digits": "一" * SIZE,
    }
    for name, text in texts.items():
        once, twice = seconds(text), seconds(text * 2)
        print(f"{name}: {len(text) / once / 1e6:.2f} M characters/s, twice the text: {twice / once:.2f} times as long")


if __name__ == "__main__":
    main()
