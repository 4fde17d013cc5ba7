"""Extraction grows with the text: the time for twice a text beside the time for it, for kind and unkind texts."""

from __future__ import annotations

import time

from retrieval.figures import Context, extract
from tests.support.cases import ROOT

CONTEXT = Context(2024, "辽阳市")
SIZE = 40_000


def seconds(text: str) -> float:
    """Best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        extract(text, CONTEXT)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print characters a second, and the ratio of twice the text to the text: 2 is linear."""
    sample = next((ROOT / "data" / "reports").glob("*.txt")).read_text(encoding="utf-8")
    texts = {
        "report": sample * (SIZE // len(sample) + 1),
        "digits": "1" * SIZE,
        "brackets": "（" * SIZE,
        "顿号": "甲、" * (SIZE // 2),
        "units": "增长5%、" * (SIZE // 5),
    }
    for name, text in texts.items():
        once, twice = seconds(text), seconds(text * 2)
        print(f"{name}: {len(text) / once / 1e6:.2f} M characters/s, twice the text: {twice / once:.2f} times as long")


if __name__ == "__main__":
    main()
