"""The bot under load, as a process of its own against the loopback peer: how soon a reply comes, how many a second,
whether any is lost or out of order, and what it costs in memory.

python benchmarks/throughput.py [--home FOLDER] [--seconds 60] [--memory 20000] [--only latency load memory]

Everything is measured at the peer. The baseline of the first part is the engine's own time for the same questions in
this process; of the second, what Telegram publishes: thirty messages a second, one a second in a chat.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from itertools import cycle, islice
from pathlib import Path

from retrieval import Engine
from tests.peer import Call, Peer
from tests.support.program import Bot

# Told apart by their answers in the sample report.
QUESTIONS = {
    "辽阳2023年粮食产量是多少": "111.6 万吨",
    "辽阳2023年蔬菜产量是多少": "85.9 万吨",
    "辽阳2023年一般公共预算收入增长多少": "<b>一般公共预算收入</b>：下降",
    "辽阳2023年地区生产总值增长多少": "<b>地区生产总值</b>：增长",
    "总结一下辽阳": "·主要指标",
    "辽阳人均寿命": "未提及",
}
CHATS, RATE = 500, 50
# What Telegram publishes: messages a second in all.
LIMIT, ASKED = 30, 28
# Below what is sent, so that no backlog of messages is counted as memory.
EASY = 26
FIRST = 2000
LATE = 15


def rss(pid: int) -> float:
    """Resident memory of a process and its children, MB."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if pid in (int(said["Pid"]), int(said["PPid"])):
            total += int(said.get("VmRSS", "0").split()[0])
    return total / 1024


def messages(peer: Peer, since: int = 0) -> list[Call]:
    """What was sent to people and accepted, from a call on."""
    return [call for call in peer.calls[since:] if call.method == "sendMessage" and not call.problem]


def latency(peer: Peer, engine: Engine) -> None:
    """One question at a time, each in a chat of its own: from the push to the call that answers it."""
    rounds = 200
    for question in QUESTIONS:
        engine.ask(question)
    own, whole = [], []
    for chat, question in enumerate(islice(cycle(QUESTIONS), rounds), 10_000):
        start = time.perf_counter()
        engine.ask(question)
        own.append((time.perf_counter() - start) * 1000)
        before = len(peer.calls)
        start = time.monotonic()
        peer.say(question, chat=chat)
        while not any(call.method == "sendMessage" for call in peer.calls[before:]):
            time.sleep(0.0005)
        whole.append((peer.calls[before].at - start) * 1000)
        time.sleep(0.04)  # within the pace of thirty a second
    above = [w - o for w, o in zip(whole, own, strict=True)]
    ranked = sorted(above)
    print(f"reply after {statistics.median(whole):.1f} ms (p50); the engine alone {statistics.median(own):.1f} ms")
    print(
        f"above the engine: p10 {ranked[rounds // 10]:.1f} ms (nothing else wants the cores), "
        f"p50 {statistics.median(above):.1f} ms, p95 {ranked[int(0.95 * rounds)]:.1f} ms "
        f"(at most {LATE}); ratio {statistics.median(whole) / statistics.median(own):.1f}"
    )


def load(peer: Peer, seconds: int) -> None:
    """Fifty questions a second from five hundred chats, then until all is answered."""
    texts = list(QUESTIONS)
    asked: dict[int, list[str]] = defaultdict(list)
    before, start = len(peer.calls), time.monotonic()
    for number in range(seconds * RATE):
        time.sleep(max(0.0, start + number / RATE - time.monotonic()))
        chat = 20_000 + number % CHATS
        # Every chat in an order of its own, so that a swap would show.
        question = texts[(number // CHATS + chat) % len(texts)]
        asked[chat].append(question)
        peer.say(question, chat=chat)
    pushed = time.monotonic() - start
    total = seconds * RATE
    end = time.monotonic() + total / ASKED + 60
    while len(messages(peer, before)) < total and time.monotonic() < end:
        time.sleep(0.5)
    told(messages(peer, before), asked, total, pushed)


def told(made: list[Call], asked: dict[int, list[str]], total: int, pushed: float) -> None:
    """What came of the load."""
    given: dict[int, list[str]] = defaultdict(list)
    times: dict[int, list[float]] = defaultdict(list)
    for call in made:
        given[call.chat].append(call.params["text"])
        times[call.chat].append(call.at)
    lost = total - len(made)
    swapped = sum(
        any(QUESTIONS[question] not in text for question, text in zip(questions, given[chat], strict=False))
        for chat, questions in asked.items()
    )
    at = sorted(call.at for call in made)
    rate = (len(at) - 1) / (at[-1] - at[0])
    # Those within the second before each message, it included.
    most = max(n + 1 - bisect_right(at, moment - 1) for n, moment in enumerate(at))
    inside = max(max(n + 1 - bisect_right(own, moment - 1) for n, moment in enumerate(own)) for own in times.values())
    print(f"{total} questions from {len(asked)} chats in {pushed:.0f} s: {lost} lost, {swapped} chats out of order")
    print(f"sent at {rate:.2f} a second (at least {ASKED}; ratio to Telegram's {LIMIT}: {rate / LIMIT:.3f})")
    print(f"at most {most} in any second (limit {LIMIT}), {inside} in one chat")


def memory(peer: Peer, pid: int, count: int) -> None:
    """Resident memory while many questions are asked, none of which waits."""
    texts = list(QUESTIONS)
    held: list[float] = []
    start = time.monotonic()
    base = len(messages(peer))
    for number in range(count):
        time.sleep(max(0.0, start + number / EASY - time.monotonic()))
        peer.say(texts[number % len(texts)], chat=30_000 + number % CHATS)
        if number % 1000 == 0:
            # The peer's own memory is not what is measured; only what was sent is counted.
            while len(messages(peer)) - base < number:
                time.sleep(0.05)
            held.append(rss(pid))
            print(f"  {number:>6} questions: {held[-1]:.1f} MB", flush=True)
    grown = held[-1] - held[FIRST // 1000] if len(held) > FIRST // 1000 else held[-1] - held[0]
    print(f"memory grew by {grown:.1f} MB over {count} questions (at most 20), from {held[0]:.0f} MB at the start")


def main() -> None:
    """Measure one bot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a folder with share/govreport/govreport.db; else the sample report")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--memory", type=int, default=20_000, help="takes a second for every 26 questions")
    parser.add_argument("--only", nargs="*", choices=["latency", "load", "memory"], default=["latency", "load"])
    given = parser.parse_args()
    gc.disable()  # a pause of the peer would look like a burst of the bot
    with tempfile.TemporaryDirectory() as folder, Peer() as peer:
        home = Path(folder)
        store = home / "share" / "govreport"
        if given.home:
            shutil.copytree(given.home / "share", home / "share")
        engine = Engine.open(store) if given.home else Engine.open_default(store)
        with Bot(home, peer.token, peer.url) as bot:
            assert bot.process is not None
            if "latency" in given.only:
                latency(peer, engine)
            if "load" in given.only:
                load(peer, given.seconds)
            if "memory" in given.only:
                memory(peer, bot.process.pid, given.memory)
        engine.close()


if __name__ == "__main__":
    main()
