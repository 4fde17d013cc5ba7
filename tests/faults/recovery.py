"""How long after the network's return a question that was asked meanwhile is answered."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from random import Random

from tests.faults.history import NOTICE, QUESTIONS
from tests.faults.proxy import Proxy
from tests.peer import Peer
from tests.support.program import Bot

__all__ = ["recoveries"]

# Seconds at most by which a question is ahead of the outage: about as long as an answer takes.
_AHEAD = 0.03


def recoveries(home: Path, seed: int, outages: int) -> list[float]:
    """Seconds from each return of the network to the answer of what was asked while it was gone.

    It is gone for a quarter of a second up to twelve; a third of the questions reach the bot before, so that sending is
    what waits or breaks. An answer that comes through all the same is none of the `outages`.
    """
    rng, out = Random(seed), []
    with Peer() as peer, Proxy(peer.url, rng) as proxy, Bot(home, peer.token, proxy.url) as bot:
        for chat in itertools.count(1):
            if len(out) == outages:
                break
            text, marker = rng.choice(QUESTIONS)
            if chat % 3 == 0:
                peer.say(text, chat=chat)
                time.sleep(rng.uniform(0.0, _AHEAD))
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
            if (waited := peer.sent(chat)[0].at - back) > 0:
                out.append(waited)
    return out
