"""How long after the network's return a question that was asked meanwhile is answered."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from tests.faults.history import NOTICE, QUESTIONS
from tests.faults.proxy import Proxy
from tests.peer import Peer
from tests.support.program import Bot

__all__ = ["recoveries"]


def recoveries(home: Path, seed: int, outages: int) -> list[float]:
    """Seconds from each return of the network to the answer of what was asked while it was gone.

    It is gone for a quarter of a second up to twelve; a third of the questions reach the bot before, so that sending is
    what waits.
    """
    rng, out = Random(seed), []
    with Peer() as peer, Proxy(peer.url, rng) as proxy, Bot(home, peer.token, proxy.url) as bot:
        for chat in range(1, outages + 1):
            text, marker = rng.choice(QUESTIONS)
            if chat % 3 == 0:
                peer.say(text, chat=chat)
                time.sleep(rng.uniform(0.0, 0.1))
                proxy.cut()
            else:
                proxy.cut()
                peer.say(text, chat=chat)
            time.sleep(rng.uniform(0.25, 12.0))
            proxy.mend()
            back = time.monotonic()
            try:
                peer.wait(lambda chat=chat: peer.sent(chat), 60)
            except AssertionError as problem:
                raise AssertionError(f"chat {chat}: {bot.output()[-4000:]}") from problem
            first = peer.texts(chat)[0].partition("\n")[0]
            assert first.startswith(marker) or NOTICE in first
            out.append(max(0.0, peer.sent(chat)[0].at - back))
    return out
