"""Backups, their return, and stores of other versions: nothing that was stored is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.delivery import Ledger, hold
from bot.upkeep import back_up, make_anew, restore
from retrieval import Engine
from retrieval.errors import GovreportError, SchemaMismatch, StoreError
from tests.support.program import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    Engine.open_default(path).close()
    return path


def asked(folder: Path) -> str:
    engine = Engine.open(folder)
    answer, _ = engine.ask("辽阳2023年粮食产量是多少")
    engine.close()
    return answer.figures[0].figure.surface


def test_a_backup_brings_everything_back(folder: Path, tmp_path: Path):
    ledger = Ledger(folder)
    with ledger.change():
        ledger.inbox.put([{"update_id": 7}])
    # Taken while another connection is open and has written.
    assert "已备份" in back_up(folder, tmp_path / "a.zip")
    with ledger.change():
        ledger.inbox.put([{"update_id": 8}])
    ledger.close()
    Engine.open(folder).remove("辽阳市-2024")
    said = restore(folder, tmp_path / "a.zip")
    assert "govreport.db、bot.db" in said
    assert "govreport.db.old1" in said
    assert asked(folder) == "111.6 万吨"
    back = Ledger(folder)
    assert [row[0] for row in back.connection.execute("SELECT update_id FROM inbox")] == [7]
    back.close()


def test_a_backup_never_overwrites(folder: Path, tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(b"precious")
    with pytest.raises(GovreportError, match="已经存在"):
        back_up(folder, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"precious"


@pytest.mark.parametrize("spoil", [lambda raw: raw[: len(raw) // 2], lambda _: b"PK\x03\x04nothing", lambda _: b""])
def test_a_broken_backup_changes_nothing(folder: Path, tmp_path: Path, spoil):  # type: ignore[no-untyped-def]  # noqa: ANN001
    back_up(folder, tmp_path / "a.zip")
    (tmp_path / "a.zip").write_bytes(spoil((tmp_path / "a.zip").read_bytes()))
    with pytest.raises(StoreError, match="备份"):
        restore(folder, tmp_path / "a.zip")
    assert asked(folder) == "111.6 万吨"


def test_a_backup_whose_store_is_damaged_is_refused(folder: Path, tmp_path: Path):
    file = folder / "govreport.db"
    raw = bytearray(file.read_bytes())
    raw[8192 : len(raw) - 4096] = b"\x55" * (len(raw) - 12288)
    file.write_bytes(raw)
    with pytest.raises(StoreError, match="损坏"):
        back_up(folder, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_nothing_is_restored_under_a_running_bot(folder: Path, tmp_path: Path):
    back_up(folder, tmp_path / "a.zip")
    with hold(folder), pytest.raises(StoreError, match="正在运行"):
        restore(folder, tmp_path / "a.zip")


def test_a_store_of_another_version_is_made_anew(folder: Path):
    with sqlite3.connect(folder / "govreport.db") as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("DROP TABLE postings")
    connection.close()
    with pytest.raises(SchemaMismatch, match="govreport rebuild"):
        Engine.open(folder)
    assert "已重建 1 份" in make_anew(folder)
    assert asked(folder) == "111.6 万吨"
    assert (folder / "govreport.db.old1").is_file()


def test_a_store_that_cannot_be_read_stays_where_it_is(folder: Path):
    file = folder / "govreport.db"
    file.write_bytes(b"SQLite format 3\x00" + b"\x55" * 9000)
    with pytest.raises(StoreError, match=r"损坏|restore"):
        Engine.open(folder)
    with pytest.raises(StoreError):
        make_anew(folder)
    assert file.read_bytes().startswith(b"SQLite format 3")
    assert sorted(path.name for path in folder.iterdir() if path.suffix != ".lock") == ["govreport.db"]


def test_the_commands_say_what_they_did(folder: Path, tmp_path: Path):
    done = run("--data", str(folder), "backup", str(tmp_path / "b.zip"), home=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("--data", str(folder), "restore", str(tmp_path / "b.zip"), home=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("--data", str(folder), "rebuild", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    done = run("--data", str(tmp_path / "none"), "backup", home=tmp_path)
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)
