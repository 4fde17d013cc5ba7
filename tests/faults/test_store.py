"""What may happen to a store: kills and stops while it is filled, no room, no right to write, rot, two at once."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import Engine
from retrieval.errors import GovreportError, StoreError
from tests.bot.conftest import furnished
from tests.peer import Peer
from tests.support.program import Bot, environment, run
from tests.test_ingest import text

PLACES = ("鞍山市", "辽阳市", "朝阳市", "锦州市", "丹东市", "本溪市")
QUESTION = "辽阳2023年粮食产量是多少"


def reports_in(folder: Path, years: range) -> int:
    folder.mkdir()
    for year in years:
        for place in PLACES:
            (folder / f"{place}-{year}.txt").write_text(text(year, place))
    return len(years) * len(PLACES)


def ingesting(data: Path, folder: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "--data", str(data), "ingest", str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(home), start_new_session=True
    )


def whole(data: Path) -> int:
    """How many reports a store holds that SQLite calls whole and that answers."""
    with contextlib.closing(sqlite3.connect(data / "govreport.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    engine = Engine.open(data)
    try:
        for row in engine.reports():
            assert engine.text(row.id)
            assert len(engine.figures(row.id)) == row.figures
        return len(engine.reports())
    finally:
        engine.close()


def test_an_ingest_killed_at_random_moments_is_whole_and_goes_on(tmp_path: Path):
    rng = random.Random(os.environ.get("FAULTS_SEED") or 9)
    count = reports_in(tmp_path / "in", range(1960, 2020))
    data, stored = tmp_path / "data", 0
    for _ in range(4):
        with ingesting(data, tmp_path / "in", tmp_path) as running:
            time.sleep(rng.uniform(0.3, 3.0))
            os.killpg(running.pid, signal.SIGKILL)
        if (data / "govreport.db").is_file():
            now = whole(data)
            assert now >= stored
            stored = now
    done = run("--data", str(data), "ingest", str(tmp_path / "in"), home=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert whole(data) == count


@pytest.mark.parametrize("everyone", [False, True])
def test_an_ingest_told_to_stop_keeps_what_is_read(tmp_path: Path, *, everyone: bool):
    """Fewer files than are stored at a time; the manager of services tells every process of a group."""
    count = reports_in(tmp_path / "in", range(2000, 2010))
    # Read last, and not before it is told to stop.
    (tmp_path / "in" / "龙港区-2010.txt").write_text(text(2010, "龙港区") * 2_000)
    data = tmp_path / "data"
    for patience in range(1, 20):
        with ingesting(data, tmp_path / "in", tmp_path) as running:
            time.sleep(patience)
            (os.killpg if everyone else os.kill)(running.pid, signal.SIGTERM)
            _, said = running.communicate(timeout=60)
        assert "Traceback" not in said.decode()
        # Told before there is anything of ours in the process, or after.
        if (data / "govreport.db").is_file() and whole(data):
            break
    assert running.returncode == (2 if "意外终止" in said.decode() else 143)
    assert 0 < whole(data) <= count


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small file system of its own; only root may."""
    made: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"mount{len(made)}"
        place.mkdir()
        if (
            os.geteuid() != 0
            or subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", place], check=False).returncode
        ):
            pytest.skip("a file system of its own takes root, and a kernel that lets it mount")
        made.append(place)
        return place

    yield mount
    for place in made:
        subprocess.run(["umount", "-l", place], check=True)


def filled(place: Path) -> Path:
    """Take up all room that is left."""
    ballast = place / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as out:
        while True:
            out.write(b"\0" * 4096)
    return ballast


def test_no_room_for_a_store_is_said_and_harms_nothing(tmp_path: Path, small: Callable[[str], Path]):
    data = small("size=6m") / "data"
    Engine.open_default(data).close()
    reports_in(tmp_path / "in", range(2000, 2020))
    ballast = filled(data.parent)
    done = run("--data", str(data), "ingest", str(tmp_path / "in"), home=tmp_path)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr.decode()
    assert whole(data) == 1
    ballast.unlink()
    (tmp_path / "one.txt").write_text(text(2020, "丹东市"))
    assert run("--data", str(data), "ingest", str(tmp_path / "one.txt"), home=tmp_path).returncode == 0
    assert whole(data) == 2


def test_a_bot_without_room_waits_for_some(store: Path, tmp_path: Path, small: Callable[[str], Path]):
    home = furnished(store, small("size=8m"))
    with Peer() as peer:
        bot = Bot(home, peer.token, peer.url)
        bot._log = tmp_path / "bot.log"
        with bot:
            peer.say(QUESTION)
            peer.wait(lambda: peer.texts(7))
            ballast = filled(home)
            for chat in range(8, 14):
                peer.say(QUESTION, chat=chat)
            peer.wait(lambda: "disk is full" in bot.output() or all(peer.texts(chat) for chat in range(8, 14)))
            time.sleep(1)
            ballast.unlink()
            peer.wait(lambda: all(peer.texts(chat) for chat in range(8, 14)))
            assert "disk is full" in bot.output()
            assert bot.process is not None
            assert bot.process.poll() is None
        assert all(len(peer.sent(chat)) == 1 for chat in range(7, 14))
        assert "Traceback" not in bot.output()


def test_a_folder_that_cannot_be_written_answers_and_says_so(tmp_path: Path, small: Callable[[str], Path]):
    place = small("size=16m")
    Engine.open_default(place / "data").close()
    (tmp_path / "a.txt").write_text(text())
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    try:
        data = str(place / "data")
        assert "111.6" in run("--data", data, "ask", QUESTION, home=tmp_path).stdout.decode()
        for words in (("ingest", str(tmp_path / "a.txt")), ("reports", "--remove", "辽阳市-2024"), ("rebuild",)):
            done = run("--data", data, *words, home=tmp_path)
            assert done.returncode == 2, words
            said = done.stderr.decode()
            assert "不能写" in said or "只读" in said, (words, said)
        env = {"TELEGRAM_BOT_TOKEN": "123456789:AAExampleTokenOfNobodyAtAll_0123456"}
        done = run("--data", data, "serve", home=tmp_path, env=env)
        assert done.returncode == 2
        assert done.stderr.decode().count("\n") == 1
    finally:
        subprocess.run(["mount", "-o", "remount,rw", place], check=True)


def spoilt(raw: bytes, rng: random.Random) -> bytes:
    """A page of noise or of nothing, a file cut short, or twenty flipped bytes."""
    out, at = bytearray(raw), rng.randrange(len(raw) // 4096) * 4096
    match rng.choice(("noise", "nothing", "cut", "flips")):
        case "noise":
            out[at : at + 4096] = rng.randbytes(4096)
        case "nothing":
            out[at : at + 4096] = bytes(4096)
        case "cut":
            del out[at + rng.randrange(4096) :]
        case _:
            for _ in range(20):
                out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def asked(data: Path) -> str:
    """The figure of an answer, "" where there is none."""
    engine = Engine.open(data)
    try:
        answer, _ = engine.ask(QUESTION)
        engine.ask("优化营商环境")
    finally:
        engine.close()
    return answer.figures[0].figure.surface if answer.figures else ""


def test_a_damaged_store_answers_rightly_or_says_the_way_out(store: Path, tmp_path: Path):
    rng = random.Random(7)
    raw = (store / "govreport.db").read_bytes()
    told: list[str] = []
    for number in range(120):
        data = tmp_path / str(number)
        data.mkdir()
        (data / "govreport.db").write_bytes(spoilt(raw, rng))
        try:
            surface = asked(data)
        except StoreError as problem:
            told.append(str(problem))
        else:
            assert surface in {"", "111.6 万吨"}
        shutil.rmtree(data)
    assert len(told) > 20
    assert all("损坏" in line and "govreport restore" in line for line in told), told


def test_a_damaged_record_of_the_bot_s_is_one_line_with_the_way_out(home: Path, peer: Peer):
    (home / "share" / "govreport" / "bot.db").write_bytes(b"SQLite format 3\0" + b"\x55" * 8000)
    done = run("serve", home=home, env={"TELEGRAM_BOT_TOKEN": peer.token, "BASE_URL": peer.url})
    assert done.returncode == 2
    assert "govreport restore" in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


def test_asking_goes_on_while_another_process_stores(tmp_path: Path):
    data = tmp_path / "data"
    Engine.open_default(data).close()
    count = reports_in(tmp_path / "in", range(1990, 2030))
    engine = Engine.open(data)
    seen = set()
    with ingesting(data, tmp_path / "in", tmp_path) as running:
        while running.poll() is None:
            answer, _ = engine.ask("辽阳2023年蔬菜产量")
            assert answer.figures[0].figure.surface == "85.9 万吨"
            seen.add(len(engine.reports()))
        running.communicate(timeout=60)
    assert running.returncode == 0
    # Another text of 辽阳市 of 2024 lies beside the sample.
    assert len(engine.reports()) == count + 1
    assert len(seen) > 1
    engine.close()


def test_what_people_say_is_nobody_else_s(store: Path, tmp_path: Path):
    """Also where the system's usual rights let everybody read."""
    old = os.umask(0o022)
    try:
        home = furnished(store, tmp_path)
        data = home / "fresh" / "data"
        with Peer() as peer, Bot(home, peer.token, peer.url, GOVREPORT_DATA=str(data)):
            peer.say(QUESTION)
            peer.wait(lambda: peer.texts(7))
            assert (data / "bot.db-wal").exists()
            open_to_others = [path.name for path in data.iterdir() if path.stat().st_mode & 0o077]
            assert not open_to_others
            assert data.stat().st_mode & 0o077 == 0
        assert run("--data", str(data), "backup", "a.zip", home=home).returncode == 0
        assert (home / "a.zip").stat().st_mode & 0o077 == 0
    finally:
        os.umask(old)


@pytest.mark.parametrize(
    "hostile", ["'; DROP TABLE reports; --", '" OR 1=1 --', "NEAR(粮食 产量)", "粮食* AND (", "%_\\'"]
)
def test_a_question_is_never_part_of_a_statement(store: Path, hostile: str):
    before = (store / "govreport.db").read_bytes()
    engine = Engine.open(store)
    for question in (hostile, f"辽阳2023年{hostile}产量", f"{hostile}市2023年粮食产量"):
        with contextlib.suppress(GovreportError):
            engine.ask(question)
        with pytest.raises(GovreportError):
            engine.text(hostile)
    engine.close()
    assert (store / "govreport.db").read_bytes() == before
