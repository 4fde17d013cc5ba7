"""A home with the sample and the invented reports, and all conversations held in it at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.peer import Peer
from tests.support.program import run
from tests.transcripts.chat import Talk
from tests.transcripts.script import Script

__all__ = ["REPORTS", "in_telegram", "stock"]

REPORTS = Path(__file__).parent / "reports"
_FIRST = 61_000


def stock(home: Path) -> None:
    """Put the invented reports beside the sample."""
    done = run("ingest", str(REPORTS), home=home)
    assert done.returncode == 0, done.stderr.decode()


def in_telegram(peer: Peer, scripts: Sequence[Script], *, writing: bool = False) -> list[Talk]:
    """Each script in a chat of its own, side by side: the pace of one chat holds up no other."""
    talks = [Talk(peer, script, number, writing) for number, script in enumerate(scripts, _FIRST)]
    with ThreadPoolExecutor(max(1, len(talks))) as pool:
        list(pool.map(Talk.hold, talks))
    return talks
