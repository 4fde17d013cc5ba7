"""Settings from the environment and `.env`; a mistake is one line that shows no value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, default_data_dir, load

TOKEN = "123456789:AAExampleTokenOfNobodyAtAll_0123456"  # noqa: S105  of nobody
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)


def written(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_set(tmp_path: Path):
    settings = load(tmp_path / ".env")
    assert settings.TELEGRAM_BOT_TOKEN is None
    assert settings.BASE_URL == "https://api.telegram.org"
    assert settings.data_dir == default_data_dir()


def test_the_file_is_read_and_the_environment_goes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BASE_URL", "http://127.0.0.1:8081/")
    text = f"\ufeffTELEGRAM_BOT_TOKEN={TOKEN}\nBASE_URL=http://x\nALLOWED_USERS=1, 2，3\nGOVREPORT_DATA=~/a\n"
    settings = load(written(tmp_path, text))
    assert settings.TELEGRAM_BOT_TOKEN is not None
    assert settings.TELEGRAM_BOT_TOKEN.get_secret_value() == TOKEN
    assert settings.BASE_URL == "http://127.0.0.1:8081"
    assert {1, 2, 3} == settings.ALLOWED_USERS
    assert settings.data_dir == Path.home() / "a"
    assert TOKEN not in repr(settings)


def test_the_example_is_valid_and_explains_every_setting(tmp_path: Path):
    text = EXAMPLE.read_text(encoding="utf-8")
    assert load(written(tmp_path, text)) == load(tmp_path / "none")
    for name in Settings.model_fields:
        assert f"{name}=" in text
    uncommented = re.sub(r"(?m)^# (?=[A-Z_]+=)", "", text)
    assert load(written(tmp_path, uncommented)).ALLOWED_USERS


@pytest.mark.parametrize(
    "line",
    [
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_BOT_TOKEN=hunter2",
        "TELEGRAM_BOT_TOKN=hunter2",
        "TELEGRAM_BOT_TOKEN='hunter2",
        "hunter2=TELEGRAM_BOT_TOKEN",
        "BASE_URL=hunter2",
        "PROXY_URL=hunter2://x",
        "ALLOWED_USERS=hunter2",
        "ALLOWED_CHATS=1;hunter2",
        "GOVREPORT_LOG_LEVEL=hunter2",
        "BASE_URL=http://a\nBASE_URL=http://hunter2",
    ],
)
def test_a_mistake_is_one_line_without_the_value(tmp_path: Path, line: str):
    with pytest.raises(BadSettings) as caught:
        load(written(tmp_path, line + "\n"))
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value).replace("没有名为 hunter2 的设置", "")


def test_a_mistake_in_the_environment_is_said_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALLOWED_USERS", "me")
    with pytest.raises(BadSettings, match="环境变量"):
        load(tmp_path / ".env")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path):
    (tmp_path / ".env").mkdir()
    with pytest.raises(BadSettings, match="无法读取"):
        load(tmp_path / ".env")
