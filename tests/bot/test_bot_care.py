"""Commands around the bot: setting it up, looking for faults, what people think of answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.test_commands import press
from tests.bot.test_telegram import reply
from tests.peer import Fault, Peer
from tests.support.program import Bot, run


def settings(peer: Peer, **more: str) -> dict[str, str]:
    return {"TELEGRAM_BOT_TOKEN": peer.token, "BASE_URL": peer.url, **more}


def test_setting_up(home: Path, peer: Peer):
    done = run("setup-bot", home=home, env=settings(peer, ADMIN_USERS="7"))
    assert done.returncode == 0, done.stdout.decode()
    assert not peer.refused()
    assert {code for _, code in peer.mine} == {"", "zh", "en"}
    assert peer.mine["name", "en"] != peer.mine["name", "zh"] == peer.mine["name", ""]
    menus = {
        (call.params.get("scope", {}).get("type", "default"), call.params.get("language_code", "")): {
            command["command"]: command["description"] for command in call.params["commands"]
        }
        for call in peer.calls
        if call.method == "setMyCommands"
    }
    assert len(menus) == 10
    assert menus["all_private_chats", "en"]["help"] == "How to ask"
    assert "privacy" not in menus["all_group_chats", "zh"]
    assert "stats" in menus["chat", ""]
    assert not any("stats" in menu or "quit" in menu for (scope, _), menu in menus.items() if scope != "chat")
    before = len(peer.calls)
    run("setup-bot", home=home, env=settings(peer))
    assert not [call for call in peer.calls[before:] if call.method == "setMyName"]


def test_all_is_well(home: Path, peer: Peer):
    done = run("doctor", home=home, env=settings(peer))
    text = done.stdout.decode()
    assert done.returncode == 0, text
    assert "@wenzheng_bot" in text
    assert "资料库：1 份报告" in text
    assert "中文字体可用" in text
    assert "一切正常" in text
    assert peer.token not in text + done.stderr.decode()


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"TELEGRAM_BOT_TOKEN": ""}, "没有设置 TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "123456789:AAWrongTokenOfNobodyAtAll_0123456789"}, "不认识 TELEGRAM_BOT_TOKEN"),
        ({"BASE_URL": "http://127.0.0.1:9"}, "连接不上"),
    ],
)
def test_what_is_wrong_is_said(home: Path, peer: Peer, env: dict[str, str], expected: str):
    done = run("doctor", home=home, env=settings(peer) | env)
    assert done.returncode == 1
    assert f"✗ {'令牌' if 'TOKEN' in expected else '网络'}" in done.stdout.decode()
    assert expected in done.stdout.decode()


def test_a_webhook_s_trouble_and_an_empty_store(tmp_path: Path, peer: Peer):
    peer.webhook = {"url": "https://example.org/x"}
    peer.webhook_trouble = "Connection refused"
    env = settings(peer, WEBHOOK_URL="https://example.org/x")
    done = run("--data", str(tmp_path / "none"), "doctor", home=tmp_path, env=env)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert "Connection refused" in text
    assert "✗ 资料库" in text


def test_judgements_are_listed(bot_of: Callable[..., Bot], peer: Peer, home: Path):
    with bot_of():
        peer.say("辽阳2023年粮食产量是多少")
        reply(peer, 7)
        for label in ("对", "不对"):  # the later one counts
            tap = press(peer, 7, label)
            peer.wait(lambda tap=tap: tap in peer.answered)
        peer.say("蔬菜呢")
        reply(peer, 7, 2)
        tap = press(peer, 7, "对")
        peer.wait(lambda: tap in peer.answered)
    text = run("feedback", home=home).stdout.decode()
    assert "共 2 条：对 1 条，不对 1 条。" in text
    assert "111.6 万吨" in text
    (line,) = run("feedback", "--wrong", "--jsonl", home=home).stdout.decode().splitlines()
    told = json.loads(line)
    assert told["question"] == "辽阳2023年粮食产量是多少"
    assert told["trace"]["rule"]
    with bot_of():
        peer.say("/forget")
        reply(peer, 7, 3)
    assert "共 0 条" in run("feedback", home=home).stdout.decode()


def test_buttons_work_after_a_restart(bot_of: Callable[..., Bot], peer: Peer):
    with bot_of():
        peer.say("粮食和蔬菜产量各是多少")
        reply(peer, 7)
    with bot_of():
        press(peer, 7, "表")
        peer.wait(lambda: len(peer.sent(7)) == 2)
        press(peer, 7, "上下文", 0)
        peer.wait(lambda: next(iter(peer.shown[7].values())).edits == 1)


def test_a_picture_waits_when_told_to(bot_of: Callable[..., Bot], peer: Peer):
    peer.faults.append(Fault("flood", "sendPhoto", times=1))
    with bot_of():
        peer.say("/chart 粮食和蔬菜产量各是多少")
        peer.wait(lambda: [call for call in peer.sent(7) if call.method == "sendPhoto"], 100)
    assert len(peer.sent(7)) == 1
