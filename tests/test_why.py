"""--why tells what each term adds to the score of the best sentence's passage."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from retrieval import Engine


def test_terms_come_with_frequency_rarity_and_contribution(tmp_path: Path):
    engine = Engine.open_default(tmp_path)
    answer, _ = engine.ask("辽阳市在教育方面做了哪些工作？", today=date(2024, 6, 1))
    assert answer.trace is not None
    assert answer.trace.rule == "sentences"
    told = [re.fullmatch(r"(\S+) \+(\d+\.\d\d) \(tf (\d+), idf (\d+\.\d\d)\)", term) for term in answer.trace.terms]
    assert told
    assert all(told)
    scores = [float(match[2]) for match in told if match]
    assert scores == sorted(scores, reverse=True)
    assert all(int(match[3]) >= 1 for match in told if match)
    engine.close()
