"""`python -m tests.faults.compare --soak FILE`: writes docs/reliability.md from runs of both bots and from the soak's.

Each row of the table is a function that does the same to a bot of python-telegram-bot's own making (`plain`) and to the
project's, over the same peer, and says in a line what came of it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from retrieval import Engine
from tests.bot.conftest import furnished
from tests.faults.history import NOTICE
from tests.faults.killing import _free_port
from tests.faults.pushing import Pusher
from tests.peer import Fault, Peer
from tests.support.program import Bot, environment

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
QUESTION = "辽阳2023年粮食产量是多少"
_STARTED = 60.0


class Plain(Bot):
    """The other bot, started and stopped as the project's is."""

    def __init__(self, home: Path, token: str, url: str, **env: str) -> None:
        super().__init__(home, token, url, **env)
        self._env = environment(home, {"TELEGRAM_BOT_TOKEN": token, "BASE_URL": url, **env})
        self._env["PYTHONPATH"] = str(ROOT)

    def start(self) -> Self:
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "tests.faults.plain"]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._home, env=self._env)
        return self

    def started(self) -> Self:
        before = self.output().count("Application started")
        self.start()
        end = time.monotonic() + _STARTED
        while self.output().count("Application started") == before and time.monotonic() < end:
            time.sleep(0.05)
        return self


@dataclass(slots=True)
class Stage:
    """One run: a peer, and bots of one kind at one home."""

    kind: type[Bot]
    home: Path
    peer: Peer
    stack: ExitStack

    def bot(self, **env: str) -> Bot:
        made = self.kind(self.home, self.peer.token, self.peer.url, **env)
        self.stack.callback(lambda: made.process and made.process.poll() is None and made.stop())
        return made

    def hooked(self) -> tuple[Bot, int]:
        port = _free_port()
        return self.bot(WEBHOOK_URL=f"http://127.0.0.1:{port}/hook", WEBHOOK_PORT=str(port)), port

    def answers(self, chat: int) -> int:
        return sum(NOTICE not in text for text in self.peer.texts(chat))

    def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Whether it came to be in that time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.05)
        return False


def kills(stage: Stage, *, hook: bool) -> str:
    """Forty questions wait; the bot is killed after three answers and started again."""
    chats = range(1, 41)
    stage.peer.delay = 0.03
    bot = stage.bot()
    if hook:
        bot, _ = stage.hooked()
        stage.stack.enter_context(Pusher(stage.peer))
    for chat in chats:
        stage.peer.say(QUESTION, chat=chat)
    bot.started()
    stage.until(lambda: sum(map(stage.answers, chats)) > 3, 30)
    bot.kill()
    bot.started()
    stage.until(lambda: all(map(stage.answers, chats)), 15)
    time.sleep(1)
    counts = [stage.answers(chat) for chat in chats]
    return f"{counts.count(0)} of 40 lost, {sum(n > 1 for n in counts)} answered twice"


def duplicate(stage: Stage) -> str:
    """The same update is pushed again, as it is where its acknowledgement was lost."""
    bot, port = stage.hooked()
    bot.started()
    stage.until(lambda: bool(stage.peer.webhook), 20)
    stage.peer.say(QUESTION)
    update = json.dumps(stage.peer._updates[-1]).encode()
    for _ in range(2):
        _post(port, stage.peer.webhook["secret"], update)
        stage.until(lambda: stage.answers(7) > 0, 20)
    stage.until(lambda: stage.answers(7) > 1, 3)
    return "answered once" if stage.answers(7) == 1 else f"answered {stage.answers(7)} times"


def ambiguous(stage: Stage) -> str:
    """The message is delivered and the reply to it lost."""
    stage.peer.faults.append(Fault("swallow"))
    stage.bot().started()
    stage.peer.say(QUESTION)
    stage.until(lambda: stage.answers(7) > 0, 20)
    stage.until(lambda: any(NOTICE in text for text in stage.peer.texts(7)), 4)
    told = any(NOTICE in text for text in stage.peer.texts(7))
    return (
        f"delivered {stage.answers(7)} time, the person is {'told that it may be missing' if told else 'told nothing'}"
    )


def failed(stage: Stage) -> str:
    """The server fails (500) and delivers nothing."""
    stage.peer.faults.append(Fault("fail"))
    stage.bot().started()
    stage.peer.say(QUESTION)
    stage.until(lambda: bool(stage.peer.texts(7)), 5)
    return "the person is told to ask again" if stage.peer.texts(7) else "the person hears nothing"


def flood(stage: Stage) -> str:
    """One chat is told to wait three seconds (429)."""
    stage.peer.faults.append(Fault("flood", chat=1, retry_after=3))
    stage.bot().started()
    for chat in range(1, 6):
        stage.peer.say(QUESTION, chat=chat)
    stage.until(lambda: all(stage.answers(chat) for chat in range(1, 6)), 8)
    others = sum(stage.answers(chat) > 0 for chat in range(2, 6))
    waited = "answered after the wait" if stage.answers(1) else "never answered"
    return f"that chat {waited}, {others} of 4 others answered"


def poison(stage: Stage) -> str:
    """A malformed update lies before a question."""
    stage.peer.push({"update_id": 1, "message": {"bogus": 1}})
    stage.bot().started()
    stage.peer.say(QUESTION)
    served = stage.until(lambda: stage.answers(7) > 0, 6)
    return "the question behind it answered" if served else "the question behind it never answered"


def order(stage: Stage) -> str:
    """Forty chats of three questions each at once."""
    texts = [QUESTION, "辽阳2023年蔬菜产量", "辽阳2023年社会消费品零售总额增长"]
    words = ["粮食产量", "蔬菜产量", "社会消费品"]
    for chat in range(1, 41):
        for text in texts:
            stage.peer.say(text, chat=chat)
    stage.bot(CONCURRENT="64").started()
    stage.until(lambda: all(stage.answers(chat) >= 3 for chat in range(1, 41)), 40)
    wrong = 0
    for chat in range(1, 41):
        first = [text.partition("\n")[0] for text in stage.peer.texts(chat)]
        seen = [next((n for n, word in enumerate(words) if word in line), 9) for line in first]
        wrong += seen != sorted(seen)
    return f"{wrong} of 40 chats out of order"


def hook(stage: Stage) -> str:
    """A 50 MB body and garbage at the webhook's door, both with the right secret; and one without."""
    bot, port = stage.hooked()
    bot.started()
    stage.until(lambda: bool(stage.peer.webhook), 20)
    secret = stage.peer.webhook.get("secret", "")
    large, garbage, foreign = (_post(port, *how) for how in ((secret, b" " * (50 << 20)), (secret, b"{"), ("x", b"{}")))
    return f"50 MB: {large}; garbage: {garbage}; wrong secret: {foreign}"


def _post(port: int, secret: str, body: bytes) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    try:
        connection.request("POST", "/hook", body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return "cut off"
    finally:
        connection.close()
    return f"read whole, {status}" if len(body) > 1 << 20 else str(status)


def token(stage: Stage) -> str:
    """What a run at INFO logs."""
    bot = stage.bot().started()
    stage.peer.say(QUESTION)
    stage.until(lambda: stage.answers(7) > 0, 20)
    bot.stop()
    forms = (stage.peer.token, quote(stage.peer.token, safe=""), stage.peer.token.partition(":")[2])
    lines = sum(any(form in line for form in forms) for line in bot.output().splitlines())
    return f"the token in {lines} log lines"


def markup(stage: Stage) -> str:
    """A person writes what looks like markup."""
    stage.bot().started()
    stage.peer.say("辽阳2023年粮食增长<5%吗？<a href='https://evil.example'>x</a>")
    stage.until(lambda: bool(stage.peer.texts(7)), 8)
    shown = list(stage.peer.shown[7].values())
    links = sum(kind == "TextUrl" for message in shown for kind, *_ in message.entities)
    return f"{len(stage.peer.refused())} refused (400), answered: {'yes' if shown else 'no'}, links let in: {links}"


def second(stage: Stage) -> str:
    """The bot is started twice in one folder."""
    stage.bot().started()
    other = stage.bot().start()
    ended = stage.until(lambda: other.process is not None and other.process.poll() is not None, 8)
    return "the second one ends and says why" if ended else "both run and take each other's updates"


ROWS: tuple[tuple[str, Callable[[Stage], str]], ...] = (
    ("`kill -9` with 40 questions waiting, polling", lambda stage: kills(stage, hook=False)),
    ("the same, webhook", lambda stage: kills(stage, hook=True)),
    ("an update pushed twice", duplicate),
    ("reply lost after delivery", ambiguous),
    ("server error, nothing delivered", failed),
    ("429 for one chat", flood),
    ("a malformed update", poison),
    ("order within a chat (64 updates at once)", order),
    ("at the webhook's door", hook),
    ("token in the logs (INFO)", token),
    ("markup in a question", markup),
    ("started twice", second),
)


def measured(row: Callable[[Stage], str], kind: type[Bot], store: Path) -> str:
    """One row for one kind of bot."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        home = furnished(store, Path(scratch))
        return row(Stage(kind, home, stack.enter_context(Peer()), stack))


def main() -> int:
    """Measure every row and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--soak", type=Path, required=True, help="what `make soak JSON=…` wrote")
    asked = parser.parse_args()
    soak = json.loads(asked.soak.read_text(encoding="utf-8"))
    lines = []
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        Engine.open_default(store).close()
        for name, row in ROWS:
            before, after = measured(row, Plain, store), measured(row, Bot, store)
            lines.append(f"| {name} | {before} | {after} |")
            print(lines[-1], flush=True)
    page = PAGE.read_text(encoding="utf-8")
    page = _put(page, "faults", ["| what happens | plain python-telegram-bot | this bot |", "|---|---|---|", *lines])
    PAGE.write_text(_put(page, "soak", _soak(soak)), encoding="utf-8")
    return 0


def _put(page: str, name: str, lines: list[str]) -> str:
    """The page with what stands between the marks of a name replaced."""
    begin, end = f"<!-- {name}: written by make reliability -->", f"<!-- end {name} -->"
    return re.sub(
        f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: "\n".join([begin, *lines, end]), page, flags=re.DOTALL
    )


def _soak(soak: dict[str, Any]) -> list[str]:
    out = [
        f"Seed {soak['seed']}.",
        "",
        "| mode | kills | calls disturbed | questions | answered | told to ask again | lost | twice | out of order |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for run in soak["runs"]:
        plan, found = run["plan"], run["verdict"]
        counts = (found["questions"], found["answered"], found["told"])
        lists = (len(found[key]) for key in ("lost", "twice", "unordered"))
        cells = (plan["mode"], plan["kills"], sum(run["faults"].values()), *counts, *lists)
        out.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    back = sorted(soak["recoveries"])
    middle, last = back[len(back) // 2], back[-1]
    said = (
        f"{len(back)} outages of 0.25 to 12 s: the answer to what was asked meanwhile arrived {middle:.2f} s (median) "
    )
    return [*out, "", f"{said}and at the latest {last:.2f} s after the network's return."]


if __name__ == "__main__":
    sys.exit(main())
