"""The commands and the buttons below answers, as a person in Telegram uses them."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable

import pytest

from bot.commands import COMMANDS, Command, For, find
from tests.bot.test_telegram import key, reply
from tests.peer import Peer
from tests.support.program import Bot

_chats = itertools.count(5000)
_SEVERAL = "粮食和蔬菜产量各是多少"


@pytest.fixture
def chat() -> int:
    return next(_chats)


def labels(peer: Peer, chat: int, number: int = -1) -> list[str]:
    shown = list(peer.shown[chat].values())[number]
    return [key["text"] for row in shown.keys for key in row]


def press(peer: Peer, chat: int, label: str, number: int = -1) -> str:
    """Tap the key with a label below the n-th message."""
    message, shown = list(peer.shown[chat].items())[number]
    data = next(key["callback_data"] for row in shown.keys for key in row if key["text"] == label)
    return peer.tap(chat, message, data)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_what_a_menu_wants(command: Command):
    assert 1 <= len(command.name) <= 32
    assert command.name.isascii()
    assert 1 <= len(command.summary) <= 60
    if command.scope is not For.CONSOLE:
        assert 1 <= len(command.english) <= 60
        assert command.english.isascii()
    found = find(f"/{command.name}")
    assert found is not None
    assert found[0] is command


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.scope in {For.ALL, For.PRIVATE}], ids=lambda c: c.name)
def test_every_command_says_something_bare_and_with_nonsense(served: Peer, chat: int, command: Command):
    served.say(f"/{command.name}", chat=chat)
    served.say(f"/{command.name} <b>&没有这个 9999.99 [x", chat=chat)
    served.wait(lambda: len(served.sent(chat)) >= 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/ask 辽阳2023年粮食产量是多少", "111.6 万吨"),
        ("/zb 2023 粮食产量 辽阳", "111.6 万吨"),
        ("/wc 辽阳 2024 GDP", ""),
        ("/phrase 乡村振兴", "乡村振兴"),
        ("走势 辽阳 粮食产量", "粮食产量"),
        ("/report 辽阳 2024", "编号：辽阳市-2024"),
        ("/sources", "辽阳市"),
    ],
)
def test_a_command_with_its_words(served: Peer, chat: int, text: str, expected: str):
    served.say(text, chat=chat)
    assert expected in reply(served, chat)


@pytest.mark.parametrize("name", ["ask", "zb", "compare", "trend", "phrase", "wc"])
def test_a_bare_command_asks_back_with_buttons_that_work(served: Peer, chat: int, name: str):
    served.say(f"/{name}", chat=chat)
    reply(served, chat)
    message = next(iter(served.shown[chat]))
    served.tap(chat, message, key(served, chat, message, "q:"))
    assert reply(served, chat, 2)


def test_a_place_left_out_is_taken_over_and_told(served: Peer, chat: int):
    served.say("/trend 粮食产量", chat=chat)
    assert "没有写地区，按辽阳市来答" in reply(served, chat)


def test_a_picture_and_a_table_of_the_last_answer(served: Peer, chat: int):
    served.say(_SEVERAL, chat=chat)
    reply(served, chat)
    assert {"图", "表", "分享", "对", "不对"} <= set(labels(served, chat))
    press(served, chat, "图")
    served.wait(lambda: len(served.sent(chat)) == 2, 100)
    press(served, chat, "表", 0)
    served.wait(lambda: len(served.sent(chat)) == 3)
    photo, table = served.sent(chat)[1:]
    assert photo.method == "sendPhoto"
    assert "辽阳市2024年政府工作报告" in photo.params["caption"]
    assert table.params["document_name"].endswith(".xlsx")
    with zipfile.ZipFile(io.BytesIO(table.params["document"])) as book:
        assert "111.6" in book.read("xl/worksheets/sheet1.xml").decode()


def test_no_picture_where_there_is_nothing_to_compare(served: Peer, chat: int):
    served.say("/chart", chat=chat)
    assert "先提一个问题" in reply(served, chat)
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat, 2)
    assert not {"图", "表"} & set(labels(served, chat))
    served.say("/chart", chat=chat)
    assert "画不成图" in reply(served, chat, 3)


def test_other_hits_are_gone_through_in_place(served: Peer, chat: int):
    served.say("规上工业增加值增长多少", chat=chat)
    reply(served, chat)
    press(served, chat, "下一条")
    assert "其他相关段落 1/" in reply(served, chat, 2)
    press(served, chat, "下一条")
    served.wait(lambda: "其他相关段落 2/" in served.texts(chat)[1])
    assert len(served.texts(chat)) == 2
    press(served, chat, "上一条")
    served.wait(lambda: "其他相关段落 1/" in served.texts(chat)[1])


def test_a_report_is_browsed_in_place(served: Peer, chat: int):
    served.say("/report 辽阳市-2024", chat=chat)
    reply(served, chat)
    press(served, chat, "第 1 节")
    served.wait(lambda: "（1/" in served.texts(chat)[0])
    press(served, chat, "下一页")
    served.wait(lambda: "（2/" in served.texts(chat)[0])
    press(served, chat, "目录")
    served.wait(lambda: "编号" in served.texts(chat)[0])
    press(served, chat, "主要数据")
    assert "主要指标" in reply(served, chat, 2)


def test_browsing_leaves_the_conversation_as_it_is(served: Peer, chat: int):
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    served.say("/report 辽阳市-2024", chat=chat)
    reply(served, chat, 2)
    press(served, chat, "第 1 节")
    served.say("蔬菜呢", chat=chat)
    assert "85.9 万吨" in reply(served, chat, 3)


def test_an_abstention_offers_the_nearest(served: Peer, chat: int):
    served.say("辽阳人均寿命", chat=chat)
    assert "未提及" in reply(served, chat)
    offered = [label for label in labels(served, chat) if label.startswith("辽阳市")]
    assert offered
    press(served, chat, offered[0])
    assert offered[0] in reply(served, chat, 2)


def shared(peer: Peer, chat: int) -> dict[str, str]:
    (key,) = [key for row in list(peer.shown[chat].values())[-1].keys for key in row if key["text"] == "分享"]
    return key


def test_an_answer_that_stands_by_itself_is_shared_as_a_card(served: Peer, chat: int):
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat)
    assert shared(served, chat)["switch_inline_query"] == "辽阳2023年粮食产量是多少"


def test_an_answer_that_needs_what_came_before_is_shared_as_a_link(served: Peer, chat: int):
    served.say("辽阳2023年蔬菜产量是多少", chat=chat)
    served.say("粮食呢", chat=chat)
    reply(served, chat, 2)
    url = shared(served, chat)["url"]
    assert url.startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fwenzheng_bot%3Fstart%3D")
    payload = url.partition("start%3D")[2].partition("&")[0]
    assert len(payload) <= 64
    other = next(_chats)
    served.say(f"/start {payload}", chat=other)
    assert "111.6 万吨" in reply(served, other)
    assert "上一段" in labels(served, other)
    served.say("/start pAAAAAAAAAAAA-3", chat=other)
    assert "不在资料库里" in reply(served, other, 2)


def test_without_inline_mode_every_answer_is_shared_as_a_link(bot_of: Callable[..., Bot], peer: Peer):
    peer.supports_inline = False
    with bot_of():
        peer.say("辽阳2023年粮食产量是多少")
        reply(peer, 7)
        assert shared(peer, 7)["url"].startswith("https://t.me/share/url?")


def test_the_reference_is_in_the_form_of_the_standard(served: Peer, chat: int):
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat)
    (shown,) = served.shown[chat].values()
    copied = [key["copy_text"]["text"] for row in shown.keys for key in row if key["text"] == "引用格式"]
    assert copied[0].startswith("辽阳市人民政府. 辽阳市2024年政府工作报告[R")


def test_judgements_are_kept_and_forgotten(served: Peer, chat: int):
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat)
    tap = press(served, chat, "不对")
    served.wait(lambda: tap in served.answered)
    served.say("/forget", chat=chat)
    assert "已删除" in reply(served, chat, 2)
    tap = press(served, chat, "对", 0)
    served.wait(lambda: tap in served.answered)
    answers = [call.params.get("text") for call in served.calls if call.params.get("callback_query_id") == tap]
    assert answers == ["这个按钮已经失效，请重新提问。"]
    served.say("蔬菜呢", chat=chat)
    reply(served, chat, 3)


def test_the_interface_in_other_languages_and_quotes_as_they_are(served: Peer, chat: int):
    served.say("/lang trad", chat=chat)
    assert "界面用繁體中文" in reply(served, chat)
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    said = reply(served, chat, 2)
    assert "扛牢维护粮食安全重任" in said
    assert "複製引文" in labels(served, chat)
    served.say("/lang en", chat=chat)
    served.say("/start", chat=chat)
    assert "government work reports" in reply(served, chat, 4)
    served.say("/new", chat=chat)
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat, 6)
    assert "Context" in labels(served, chat)


def test_english_for_who_has_english(served: Peer, chat: int):
    who = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en-GB"}
    served.say("/help", chat=chat, **{"from": who})
    assert "How to ask" in reply(served, chat)
