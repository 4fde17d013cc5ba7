"""Files into a store: what is replaced, kept, told and never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval import Engine
from retrieval.errors import StoreError
from retrieval.index import writing
from tests.support.docx import docx, paragraph, part
from tests.support.pages import REPORT, SHAPES


def text(year: int = 2024, place: str = "鞍山市", figure: str = "31.5") -> str:
    head = f"——{year}年1月16日在{place}第十七届人民代表大会第四次会议上\n"
    words = "\n".join(REPORT[3:]).replace("县", "市")
    return head + words.replace("2024", str(year)).replace("2023", str(year - 1)).replace("31.5", figure)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine.open(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


def outcomes(engine: Engine, *paths: Path, **stated: str) -> list[tuple[str, str, str]]:
    return [(row.path, row.status, row.report_id) for row in engine.ingest(paths, stated=stated)]


def test_the_same_file_again_changes_nothing(engine: Engine, folder: Path):
    (folder / "a.txt").write_text(text())
    assert outcomes(engine, folder) == [("a.txt", "read", "鞍山市-2024")]
    before = engine.reports()
    assert outcomes(engine, folder) == [("a.txt", "unchanged", "")]
    assert engine.reports() == before


def test_the_same_words_under_another_name_are_told(engine: Engine, folder: Path):
    (folder / "a.txt").write_text(text())
    engine.ingest([folder])
    (folder / "b.txt").write_text(text())
    (_, row) = engine.ingest([folder])
    assert (row.status, row.detail) == ("unchanged", "内容与已导入的 a.txt 相同")


def test_a_changed_file_replaces_its_report(engine: Engine, folder: Path):
    file = folder / "a.txt"
    file.write_text(text())
    engine.ingest([folder])
    file.write_text(text(figure="32.8"))
    assert outcomes(engine, folder) == [("a.txt", "replaced", "鞍山市-2024")]
    assert [r.id for r in engine.reports()] == ["鞍山市-2024"]
    assert "32.8" in engine.text("鞍山市-2024")


def test_a_replacement_that_fails_keeps_what_was(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch):
    file = folder / "a.txt"
    file.write_text(text())
    engine.ingest([folder])
    before = engine.text("鞍山市-2024")
    file.write_text(text(figure="32.8"))

    def full(*_: object) -> None:
        raise StoreError("磁盘已满")

    monkeypatch.setattr(writing, "add", full)
    (row,) = engine.ingest([folder])
    assert (row.status, row.detail) == ("refused", "磁盘已满")
    monkeypatch.undo()
    assert engine.text("鞍山市-2024") == before
    answer, _ = engine.ask("鞍山2023年粮食产量是多少")
    assert answer.figures[0].figure.surface.startswith("31.5")


def test_another_version_of_a_report_is_kept_and_told(engine: Engine, folder: Path):
    (folder / "a.txt").write_text(text())
    (folder / "b.txt").write_text(text(figure="32.8"))
    first, second = engine.ingest([folder])
    assert first.status == "read"
    assert (second.status, second.detail) == ("warned", "已有同一地区同一年的 鞍山市-2024")
    assert {row.source for row in engine.reports()} == {"a.txt", "b.txt"}


def test_files_of_one_name_in_two_folders_are_two_reports(engine: Engine, folder: Path):
    for year in (2023, 2024):
        (folder / str(year)).mkdir()
        (folder / str(year) / "报告.txt").write_text(text(year))
    for year in (2023, 2024):
        outcomes(engine, folder / str(year) / "报告.txt")
    assert [row.year for row in engine.reports()] == [2023, 2024]


def test_what_is_stated_replaces_what_was_taken_from_the_text(engine: Engine, folder: Path):
    (folder / "a.txt").write_text(text())
    engine.ingest([folder])
    assert outcomes(engine, folder / "a.txt", place="辽阳市", year="2022") == [("a.txt", "replaced", "辽阳市-2022")]
    assert [row.id for row in engine.reports()] == ["辽阳市-2022"]
    assert outcomes(engine, folder / "a.txt", place="辽阳市", year="2022") == [("a.txt", "unchanged", "")]


def test_every_kind_of_file_in_a_folder(engine: Engine, folder: Path):
    (folder / "a.txt").write_bytes(text(2021).encode("gb18030"))
    (folder / "b.md").write_text(f"---\nurl: https://www.example.gov.cn/a\n---\n{text(2022)}")
    (folder / "c.html").write_text(SHAPES["breaks"](text(2023).splitlines()))
    body = "".join(paragraph(line) for line in text(2024).splitlines())
    (folder / "d.docx").write_bytes(docx({"word/document.xml": part(body)}))
    (folder / "e.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"a" * 99)
    (folder / "f.txt").write_bytes(b"")
    (folder / ".hidden").write_text("x")
    rows = engine.ingest([folder])
    assert [(row.path, row.status) for row in rows] == [
        ("a.txt", "read"),
        ("b.md", "read"),
        ("c.html", "read"),
        ("d.docx", "read"),
        ("e.doc", "refused"),
        ("f.txt", "refused"),
    ]
    for year in range(2020, 2024):
        answer, _ = engine.ask(f"鞍山{year}年粮食产量是多少")
        assert answer.figures[0].figure.surface.startswith("31.5"), year
        citation = answer.citations[0]
        assert engine.text(citation.report)[citation.span.start : citation.span.end] == citation.quote
    assert {row.url for row in engine.reports()} == {"", "https://www.example.gov.cn/a"}


def test_patterns_and_missing_paths(engine: Engine, folder: Path):
    (folder / "a.txt").write_text(text())
    (folder / "b.md").write_text(text(2023))
    assert outcomes(engine, folder / "*.md", folder / "none.txt") == [
        (str(folder / "none.txt"), "refused", ""),
        ("b.md", "read", "鞍山市-2023"),
    ]


@pytest.mark.parametrize(
    "manifest", ["report = 3", "[[report]]\nfile = 1\nplace = 2\nwhat = 3", "not toml", "[[report]]\n"]
)
def test_a_bad_manifest_costs_only_itself(engine: Engine, folder: Path, manifest: str):
    (folder / "manifest.toml").write_text(manifest)
    (folder / "a.txt").write_text(text())
    bad, good = engine.ingest([folder])
    assert (bad.status, good.status) == ("refused", "read")
    assert "manifest.toml" in bad.detail


def test_a_defect_of_ours_costs_one_file(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch):
    from retrieval.ingest import working  # noqa: PLC0415  the module whose name is replaced

    analyse: Callable[..., object] = working.analyse

    def failing(data: bytes, name: str, overrides: object) -> object:
        if name == "b.txt":
            raise ZeroDivisionError("defect")
        return analyse(data, name, overrides)

    monkeypatch.setattr(working, "analyse", failing)
    for number, name in enumerate("abc"):
        (folder / f"{name}.txt").write_text(text(2020 + number))
    assert [row.status for row in engine.ingest([folder])] == ["read", "refused", "read"]


def test_workers_end_with_a_killed_parent(tmp_path: Path, folder: Path):
    for year in range(1990, 2026):
        for place in ("鞍山市", "辽阳市", "朝阳市", "锦州市"):
            (folder / f"{place}-{year}.txt").write_text(text(year, place))
    command = [sys.executable, "-m", "bot", "--data", str(tmp_path / "store"), "ingest", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        workers: list[int] = []
        deadline = time.monotonic() + 60
        while not workers and time.monotonic() < deadline:
            found = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
            workers = [int(pid) for pid in found]
        running.kill()
    assert workers
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_ingest_goes_on_where_it_stopped(tmp_path: Path, folder: Path, blow: signal.Signals):
    for year in range(1990, 2026):
        for place in ("鞍山市", "辽阳市", "朝阳市", "锦州市", "丹东市", "本溪市"):
            (folder / f"{place}-{year}.txt").write_text(text(year, place))
    data = tmp_path / "store"
    command = [sys.executable, "-m", "bot", "--data", str(data), "ingest", str(folder)]
    environment = {**os.environ, "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, env=environment
    ) as running:
        deadline = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < deadline:
            if (data / "govreport.db").is_file() and (data / "govreport.db").stat().st_size > 1_000_000:
                break
            time.sleep(0.02)
        os.killpg(running.pid, blow)
        running.communicate(timeout=60)
    stored = len(Engine.open(data).reports())
    done = subprocess.run(command, capture_output=True, env=environment, timeout=110, check=True)
    assert len(Engine.open(data).reports()) == 36 * 6
    assert f"未变 {stored} 份" in done.stdout.decode() or stored == 0
