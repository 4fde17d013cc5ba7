"""No one let in: names, secrets, rights, markup, what is never loaded, and the unit the docs show."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import Hook, Plan
from bot.logs import Structured
from bot.render import words
from bot.render.telegram import pieces
from bot.responder import Access
from bot.settings import Settings
from bot.upkeep import restore
from retrieval import Engine
from retrieval.errors import StoreError
from tests.peer import Fault, Peer, parse
from tests.support.program import Bot, run
from tests.test_ingest import text

ROOT = Path(__file__).parents[2]
TOKEN = "987654321:AAExample-Token_of_nobody_at_all_02"  # noqa: S105  of nobody
SECRET = "hook_secret_of_nobody_at_all_03"  # noqa: S105  as above


def forms(token: str) -> tuple[str, ...]:
    return token, quote(token, safe=""), token.partition(":")[2]


@pytest.mark.parametrize("command", ["serve", "doctor", "setup-bot"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "peer"])
def test_the_token_is_in_nothing_a_command_says(home: Path, peer: Peer, command: str, url: str):
    """Refused by the server, and with no server there; with all details that can be asked for."""
    env = {"TELEGRAM_BOT_TOKEN": TOKEN, "GOVREPORT_LOG_LEVEL": "DEBUG", "WEBHOOK_SECRET": SECRET}
    env |= {"BASE_URL": peer.url if url == "peer" else url, "PROXY_URL": ""}
    if command == "serve" and url != "peer":
        pytest.skip("waits for its server")
    done = run("--traceback", command, home=home, env=env)
    said = (done.stdout + done.stderr).decode()
    assert said
    assert not [form for form in (*forms(TOKEN), SECRET) if form in said]


def test_the_token_is_in_no_log_while_all_goes_wrong(bot_of: Callable[..., Bot], peer: Peer):
    """The fixture looks through everything the bot wrote, at DEBUG."""
    peer.faults += [Fault(kind, times=2) for kind in ("drop", "fail", "truncate", "swallow")]
    peer.faults.append(Fault("fail", "getFile", times=9))
    with bot_of(ADMIN_USERS="7", GOVREPORT_LOG_FORMAT="json") as bot:
        for chat in range(7, 15):
            peer.say("辽阳2023年粮食产量是多少", chat=chat)
        file = {"file_id": "missing", "file_unique_id": "u", "file_name": "a.txt", "file_size": 9}
        peer.say(None, chat=7, document=file)
        peer.wait(lambda: any("没有下载到" in line for line in peer.texts(7)))
    rows = [json.loads(line) for line in bot.output().splitlines() if line.startswith("{")]
    assert rows
    assert all({"time", "level", "logger", "event"} <= set(row) for row in rows)


def test_secrets_are_in_no_repr():
    hook = Hook("https://example.org/x", "127.0.0.1", 8080, SECRET)
    plan = Plan(TOKEN, "https://example.org", "http://user:pass@proxy", None, Path(), Access(), hook)
    chosen = Settings(TELEGRAM_BOT_TOKEN=TOKEN, WEBHOOK_SECRET=SECRET, PROXY_URL="http://user:pass@proxy:1")
    for said in (repr(plan), str(plan), repr(hook), repr(chosen), str(chosen), f"{chosen.model_dump()}"):
        assert not [form for form in (*forms(TOKEN), SECRET, "user:pass") if form in said]


def test_structured_lines_hide_secrets_also_in_tracebacks():
    formatter = Structured([TOKEN])
    try:
        raise ValueError(f"https://example.org/bot{TOKEN}/getMe")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "at %s", (quote(TOKEN, safe=""),), sys.exc_info())
    row = json.loads(formatter.format(record))
    assert row["event"] == "at [令牌]"
    assert "ValueError" in row["traceback"]
    assert not [form for form in forms(TOKEN) if form in json.dumps(row)]


def test_nobody_is_a_keeper_unless_named(home: Path, peer: Peer, bot_of: Callable[..., Bot]):
    assert Access().admins == frozenset()
    bot_of().started()
    for command in ("/stats", "/backup", "/reload", "/ingest http://example.org/"):
        peer.say(command)
    peer.wait(lambda: len(peer.texts(7)) == 4)
    assert all("没有这个命令" in line for line in peer.texts(7))
    assert not (home / "share" / "govreport" / "backups").exists()


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "..\\evil.txt", ".evil", "a\0b.txt", "\u202etxt.txt"]
)
def test_a_file_s_name_leads_nowhere(home: Path, peer: Peer, bot_of: Callable[..., Bot], name: str):
    bot_of(ADMIN_USERS="7").started()
    before = {path for path in home.rglob("*") if path.is_file()}
    peer.files["f"] = text(2021, "丹东市").encode()
    peer.say(None, document={"file_id": "f", "file_unique_id": "u", "file_name": name, "file_size": 9})
    peer.wait(lambda: peer.texts(7))
    fresh = {path for path in home.rglob("*") if path.is_file()} - before
    received = home / "share" / "govreport" / "received"
    assert [path for path in fresh if path.parent == received]
    assert all(path.parent in {received, received.parent} or path.name == "bot.log" for path in fresh)
    assert not list(home.parent.glob("*evil*"))


def test_a_backup_s_names_lead_nowhere(tmp_path: Path):
    data = tmp_path / "data"
    Engine.open_default(data).close()
    for name in ("../govreport.db", "/tmp/govreport.db", "bot.db/../../x"):  # noqa: S108  never made
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as archive:
            archive.writestr("govreport.db", b"x")
            archive.writestr(name, b"x")
        (tmp_path / "a.zip").write_bytes(raw.getvalue())
        with pytest.raises(StoreError):
            restore(data, tmp_path / "a.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "data"]


@pytest.mark.parametrize("place", ["../../../../tmp/evil", "..", "/etc/passwd", "a/b", "con\0"])
def test_a_place_s_name_leads_nowhere_when_reports_are_written_out(tmp_path: Path, place: str):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(f"---\nplace: {json.dumps(place)}\nyear: 2024\n---\n{text()}")
    (tmp_path / "in" / "b.txt").write_text(text(2020))
    data = str(tmp_path / "data")
    run("--data", data, "ingest", str(tmp_path / "in"), home=tmp_path)
    run("--data", data, "reports", "--export", str(tmp_path / "out"), home=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= {"in", "out", "data", ".cache", "share"}
    assert all(path.is_file() for path in (tmp_path / "out").iterdir())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<b>",
                    "</b>",
                    "<a href='https://evil.example'>",
                    '<a href="tg://user?id=1">',
                    "</a>",
                    "&lt;",
                    "&amp;",
                ),
                *(
                    "&#60;b&#62;",
                    "<tg-spoiler>",
                    "<pre>",
                    "<code>",
                    "**x**",
                    "`x`",
                    "__x__",
                    "[x](http://evil.example)",
                ),
                *("<!--", "]]>", "<", ">", "&", '"', "'", "\\", "汉", "1"),
            ]
        ),
        min_size=1,
        max_size=12,
    ).map("".join)
)
def test_what_people_write_is_never_markup(said: str):
    """TDLib's own parser reads back the very text, and finds nothing in it."""
    for piece in pieces(words(said)):
        parsed = parse(piece.html)
        assert parsed.entities == ()
        assert parsed.text.strip() == piece.plain.strip() == said.strip()


_NEVER = {"pickle", "cPickle", "marshal", "shelve", "dill", "joblib", "yaml", "xml.etree", "telnetlib"}
MODULES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "retrieval").rglob("*.py")])


def test_nothing_is_unpickled_or_run():
    """Nor is a shell ever asked."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path}:{getattr(node, 'lineno', 0)}"
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name in _NEVER or name.partition(".")[0] in _NEVER], where
            if isinstance(node, ast.Call):
                assert getattr(node.func, "id", "") not in {"eval", "exec", "compile", "__import__"}, where
                assert not [k for k in node.keywords if k.arg == "shell"], where


def _audit(folder: Path, **reports: object) -> subprocess.CompletedProcess[bytes]:
    for name, report in reports.items():
        (folder / f"{name}.json").write_text(report if isinstance(report, str) else json.dumps(report))
    command = [sys.executable, ROOT / "tools" / "audit.py", *sorted(folder.glob("*.json"))]
    return subprocess.run(command, capture_output=True, check=False)


def test_an_audit_passes_only_where_everything_was_looked_up(tmp_path: Path):
    fine = {"name": "a", "version": "1", "vulns": []}
    assert _audit(tmp_path, run={"dependencies": [fine]}).returncode == 0
    assert _audit(tmp_path, run={"dependencies": [fine | {"vulns": [{"id": "PYSEC-1"}]}]}).returncode == 1
    assert _audit(tmp_path, run={"dependencies": [fine, {"name": "b", "skip_reason": "not found"}]}).returncode == 1
    assert _audit(tmp_path, run={"dependencies": []}).returncode == 1
    assert _audit(tmp_path, run={"dependencies": [fine]}, dev="").returncode == 1


def test_the_unit_of_the_docs_is_understood_and_closed(tmp_path: Path):
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    unit = re.search(r"```ini\n(.*?)```", page, re.DOTALL)
    assert unit is not None
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("systemd-analyze is not installed")
    file = tmp_path / "govreport.service"
    # The program and its folders need not exist on the machine that tests.
    file.write_text(unit.group(1).replace("/opt/govreport/.venv/bin/govreport", "/bin/true"))
    found = subprocess.run([analyse, "verify", "--man=no", file], capture_output=True, text=True, check=False)
    assert "govreport.service:" not in found.stderr, found.stderr
    rated = subprocess.run(
        [analyse, "security", "--offline=yes", "--threshold=25", file], capture_output=True, text=True, check=False
    )
    assert "Unknown" not in rated.stderr, rated.stderr
    assert rated.returncode == 0, rated.stdout[-600:] + rated.stderr
