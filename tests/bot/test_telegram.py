"""The bot as a person in Telegram meets it: a process of its own, over real HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.peer import Peer
from tests.support.program import Bot

_chats = itertools.count(100)


@pytest.fixture
def chat() -> int:
    return next(_chats)


def reply(peer: Peer, chat: int, number: int = 1) -> str:
    peer.wait(lambda: len(peer.texts(chat)) >= number)
    return peer.texts(chat)[number - 1]


def key(peer: Peer, chat: int, message: int, start: str) -> str:
    keys = [key for row in peer.shown[chat][message].keys for key in row]
    return next(key["callback_data"] for key in keys if key.get("callback_data", "").startswith(start))


def test_a_question_and_a_follow_up(served: Peer, chat: int):
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    assert "111.6 万吨" in reply(served, chat)
    assert "2024年政府工作报告" in reply(served, chat)
    served.say("蔬菜呢", chat=chat)
    assert "85.9 万吨" in reply(served, chat, 2)


def test_the_reply_has_the_agreed_shape(served: Peer, chat: int):
    served.say("遼陽2023年糧食產量是多少", chat=chat)
    reply(served, chat)
    (shown,) = served.shown[chat].values()
    raw = shown.text.encode("utf-16-le")

    def words(kind: str) -> list[str]:
        return [raw[2 * o : 2 * (o + n)].decode("utf-16-le") for k, o, n in shown.entities if k == kind]

    assert "111.6 万吨" in words("Code")
    assert "粮食产量" in words("Bold")
    assert any("扛牢维护粮食安全重任" in quote for quote in words("BlockQuote"))
    labels = [key["text"] for row in shown.keys for key in row]
    assert labels == ["上下文", "复制引文", "引用格式", "分享", "对", "不对"]


def test_sources_are_links_where_the_page_has_an_address(bot_of: Callable[..., Bot], peer: Peer, chat: int):
    with bot_of(WEB_ADDRESS="https://example.org/"):
        peer.say("辽阳2023年粮食产量是多少", chat=chat)
        reply(peer, chat)
        (shown,) = peer.shown[chat].values()
        assert "TextUrl" in {kind for kind, _, _ in shown.entities}
        (call,) = peer.sent(chat)
        assert 'href="https://example.org/report/%E8%BE%BD%E9%98%B3%E5%B8%82-2024?at=' in call.params["text"]
        # The passages around it lead there too.
        peer.tap(chat, next(iter(peer.shown[chat])), key(peer, chat, next(iter(peer.shown[chat])), "c:"))
        peer.wait(lambda: any("收起上下文" in str(one.keys) for one in peer.shown[chat].values()))
        edited = [call for call in peer.calls if call.method == "editMessageText"]
        assert edited[-1].params["text"].count("https://example.org/report/") >= 2


def test_the_commands_are_announced(served: Peer):
    (call,) = [call for call in served.calls if call.method == "setMyCommands"]
    names = {command["command"] for command in call.params["commands"]}
    assert {"start", "help", "zb", "new"} <= names
    assert "quit" not in names


def test_start_offers_questions_to_tap(served: Peer, chat: int):
    served.say("/start", chat=chat)
    assert "辽阳市" in reply(served, chat)
    message = next(iter(served.shown[chat]))
    tap = served.tap(chat, message, key(served, chat, message, "q:"))
    assert "111.6 万吨" in reply(served, chat, 2)
    served.wait(lambda: tap in served.answered)


@pytest.mark.parametrize(
    ("text", "expected"), [("/help", "/zb"), ("帮助", "/zb"), ("/nothing", "/help"), ("/zb", "/zb 粮食产量")]
)
def test_commands(served: Peer, chat: int, text: str, expected: str):
    served.say(text, chat=chat)
    assert expected in reply(served, chat)


def test_an_indicator_is_looked_up(served: Peer, chat: int):
    served.say("/zb 粮食产量", chat=chat)
    assert "111.6 万吨" in reply(served, chat)


def test_new_forgets(served: Peer, chat: int):
    for text in ("辽阳2023年粮食产量是多少", "/new"):
        served.say(text, chat=chat)
    assert "从头开始" in reply(served, chat, 2)


@pytest.mark.parametrize(
    "text", ["", "  ", "😀😀", "\u200b", "长" * 4096, "a<b>&\"'</b>", "\x00\x01", "_*[]()~`>#+-=|{}.!", "1" * 200]
)
def test_whatever_is_typed_gets_an_answer(served: Peer, chat: int, text: str):
    served.say(text or " ", chat=chat)
    assert reply(served, chat)


def test_context_opens_and_shuts_in_place(served: Peer, chat: int):
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    before = reply(served, chat)
    message = next(iter(served.shown[chat]))
    served.tap(chat, message, key(served, chat, message, "c:"))
    served.wait(lambda: served.shown[chat][message].edits == 1)
    opened = served.shown[chat][message].text
    assert opened.startswith(before)
    assert "建设高标准农田" in opened
    served.tap(chat, message, key(served, chat, message, "b:"))
    served.wait(lambda: served.shown[chat][message].edits == 2)
    assert served.shown[chat][message].text == before
    assert len(served.texts(chat)) == 1


@pytest.mark.parametrize("data", ["q:999999", "c:1x", "", "x", "q:" + "9" * 50, "中:1"])
def test_a_button_nobody_knows(served: Peer, chat: int, data: str):
    tap = served.tap(chat, 1, data)
    served.wait(lambda: tap in served.answered)
    assert not served.texts(chat)


def test_buttons_belong_to_their_chat(served: Peer, chat: int):
    served.say("/start", chat=chat)
    reply(served, chat)
    data = key(served, chat, next(iter(served.shown[chat])), "q:")
    other = next(_chats)
    tap = served.tap(other, 1, data)
    served.wait(lambda: tap in served.answered)
    assert not served.texts(other)


_PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
_MEDIA: list[dict[str, Any]] = [
    {"photo": _PHOTO},
    {"photo": _PHOTO, "caption": "辽阳GDP"},
    {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
    {
        "sticker": {
            "file_id": "a",
            "file_unique_id": "b",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
        }
    },
]


@pytest.mark.parametrize("media", _MEDIA)
def test_what_is_not_text_gets_one_line(served: Peer, chat: int, media: dict[str, Any]):
    served.say(None, chat=chat, **media)
    assert reply(served, chat) == "目前只能看懂文字，请把问题打成文字发来。"


def test_an_album_gets_one_line_for_all_its_pictures(served: Peer, chat: int):
    for _ in range(3):
        served.say(None, chat=chat, photo=_PHOTO, media_group_id="7")
    served.say("/help", chat=chat)
    served.wait(lambda: any("/zb" in text for text in served.texts(chat)))
    assert len(served.texts(chat)) == 2


def test_someone_joining_is_not_a_question(served: Peer, chat: int):
    served.say(None, chat=-chat, new_chat_members=[{"id": 1, "is_bot": False, "first_name": "新人"}])
    served.say("/help", chat=-chat)
    reply(served, -chat)
    assert len(served.texts(-chat)) == 1


def test_an_edited_question_is_answered_in_the_same_place(served: Peer, chat: int):
    question = served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat)
    served.say("辽阳2023年粮食产量是多少", chat=chat, edit=question)  # a link preview, not a change
    served.say("辽阳2023年蔬菜产量是多少", chat=chat, edit=question)
    served.wait(lambda: any("85.9 万吨" in text.split("\n")[0] for text in served.texts(chat)))
    assert len(served.texts(chat)) == 1
    (shown,) = served.shown[chat].values()
    assert shown.edits == 1


def test_editing_an_older_question_does_not_disturb_the_conversation(served: Peer, chat: int):
    question = served.say("你好", chat=chat)
    served.say("辽阳2023年粮食产量是多少", chat=chat)
    reply(served, chat, 2)
    served.say("早上好", chat=chat, edit=question)
    served.say("蔬菜呢", chat=chat)
    assert "85.9 万吨" in reply(served, chat, 3)


def test_in_a_group_only_what_is_for_the_bot(served: Peer, chat: int):
    group = -chat
    me = {"message_id": 1, "date": 1, "chat": {"id": group, "type": "supergroup", "title": "群"}, "text": "…"}
    me["from"] = {"id": 42, "is_bot": True, "first_name": "问政", "username": "wenzheng_bot"}
    served.say("辽阳2023年粮食产量是多少", chat=group, user=5)
    served.say("/zb@other_bot 粮食产量", chat=group, user=5)
    served.say("/weather", chat=group, user=5)
    served.say("@wenzheng_bott 粮食产量", chat=group, user=5)
    asked = [
        served.say("😀 @Wenzheng_Bot 辽阳2023年粮食产量是多少", chat=group, user=5),
        served.say("蔬菜呢", chat=group, user=5, reply_to_message=me),
        served.say("/zb@wenzheng_bot 粮食产量", chat=group, user=6),
    ]
    served.wait(lambda: len(served.texts(group)) >= 3)
    assert [shown.reply_to for shown in served.shown[group].values()] == asked
    first, second, third = served.texts(group)
    assert "111.6" in first.split("\n")[0]
    assert "85.9" in second
    assert "111.6" in third


def test_in_a_topic_the_reply_stays_in_it(served: Peer, chat: int):
    served.say("/help", chat=-chat, is_topic_message=True, message_thread_id=9)
    reply(served, -chat)
    assert served.sent(-chat)[0].params["message_thread_id"] == "9"


def test_answers_keep_the_order_of_the_questions(served: Peer, chat: int):
    names = ["粮食产量", "蔬菜产量", "粮食产量", "蔬菜产量", "粮食产量"]
    for name in names:
        served.say(f"/zb {name}", chat=chat)
    served.wait(lambda: len(served.texts(chat)) == len(names))
    assert ["111.6" in text.split("\n")[0] for text in served.texts(chat)] == [name == "粮食产量" for name in names]


def test_nobody_s_markup_gets_through(served: Peer, chat: int):
    served.say('/reports <a href="https://example.org">x</a>', chat=chat)
    text = reply(served, chat)
    assert '<a href="https://example.org">x</a>'[:30] in text
    assert not next(iter(served.shown[chat].values())).entities


def sent_file(served: Peer, text: str, name: str = "稿子.txt") -> dict[str, Any]:
    number = f"file{len(served.files)}"
    served.files[number] = text.encode()
    return {"document": {"file_id": number, "file_unique_id": number, "file_name": name, "file_size": len(text)}}


def test_a_file_sent_with_the_command_is_checked(served: Peer, chat: int):
    file = sent_file(served, "2023年，辽阳市粮食产量达到111.6万吨，一般公共预算收入增长8.7%。")
    served.say(None, chat=chat, caption="/check", **file)
    assert "不一致 1处，一致 1处" in reply(served, chat)


def test_a_file_that_cannot_be_read_is_told(served: Peer, chat: int):
    served.say(None, chat=chat, caption="/check", **sent_file(served, "%PDF-1.4 broken", "稿子.pdf"))
    assert reply(served, chat).startswith("没有核对：")


def test_a_file_without_a_word_is_told_how(served: Peer, chat: int):
    served.say(None, chat=chat, **sent_file(served, "2023年，辽阳市粮食产量达到111.6万吨。"))
    assert "/check" in reply(served, chat)


def test_a_long_check_shows_that_it_is_worked_on(served: Peer, chat: int):
    text = "".join(f"2023年，辽阳市粮食产量达到{number}.6万吨。" for number in range(1000, 2500))
    served.say(None, chat=chat, caption="/check", **sent_file(served, text))
    served.wait(lambda: [c for c in served.calls if c.method == "sendChatAction" and c.chat == chat])
    assert "核对结果" in reply(served, chat)
