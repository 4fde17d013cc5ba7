"""What goes wrong between the bot and Telegram, and what a person sees of it: nothing, or one answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.peer import Fault, Peer
from tests.support.program import Bot, run

Make = Callable[..., Bot]


def told(peer: Peer, chats: Iterable[int]) -> int:
    """How many notices that an answer may not have arrived."""
    return sum("可能没有送到" in text for chat in chats for text in peer.texts(chat))


def settled(peer: Peer, chat: int = 7) -> None:
    """Until a last question of the chat is answered: whatever was to come before has come."""
    peer.say("/help", chat=chat)
    peer.wait(lambda: any("怎样提问" in text for text in peer.texts(chat)))


@pytest.mark.parametrize("kills", [1, 3])
def test_kill_9_loses_nothing_and_repeats_nothing(bot_of: Make, peer: Peer, kills: int):
    chats = range(1, 41)
    peer.delay = 0.03  # a reply is long under way: most kills hit one
    bot = bot_of()
    for chat in chats:
        peer.say("辽阳2023年粮食产量是多少", chat=chat)
    for n in range(kills):
        bot.started()
        peer.wait(lambda n=n: sum(len(peer.texts(chat)) for chat in chats) > 3 + n * 8)
        bot.kill()
    bot.started()
    for chat in chats:
        peer.say("/help", chat=chat)
    peer.wait(lambda: all(any("怎样提问" in text for text in peer.texts(chat)) for chat in chats))
    answers = [sum("111.6" in call.params["text"] for call in peer.sent(chat)) for chat in chats]
    assert max(answers) == 1
    assert min(answers) == 1 or told(peer, chats)


def test_what_was_asked_while_the_bot_was_down_is_answered(bot_of: Make, peer: Peer):
    peer.say("辽阳2023年粮食产量是多少")
    bot = bot_of().started()
    peer.wait(peer.texts)
    assert bot.stop() == 0
    peer.say("蔬菜呢")
    bot.started()
    peer.wait(lambda: len(peer.texts()) == 2)
    assert "85.9 万吨" in peer.texts()[1]  # the conversation survived


def test_buttons_survive_a_restart(bot_of: Make, peer: Peer):
    bot = bot_of().started()
    peer.say("/start")
    peer.wait(peer.texts)
    bot.stop()
    bot.started()
    message, shown = next(iter(peer.shown[7].items()))
    peer.tap(7, message, shown.keys[0][0]["callback_data"])
    peer.wait(lambda: len(peer.texts()) == 2)
    assert "111.6 万吨" in peer.texts()[1]


def test_a_duplicate_is_answered_once(bot_of: Make, peer: Peer):
    bot_of().started()
    peer.say("辽阳2023年粮食产量是多少")
    update = peer._updates[-1]
    peer.push(update)
    peer.wait(peer.texts)
    peer.push(update)
    settled(peer)
    assert len(peer.texts()) == 2


@pytest.mark.parametrize("kind", ["truncate", "swallow", "drop", "fail"])
def test_an_ambiguous_send_is_not_repeated(bot_of: Make, peer: Peer, kind: str):
    peer.faults.append(Fault(kind))
    bot_of().started()
    peer.say("辽阳2023年粮食产量是多少")
    settled(peer)
    peer.wait(lambda: told(peer, [7]) == 1)
    tries = [call for call in peer.calls if call.method == "sendMessage"]
    # The answer, the notice that it may not have arrived, and the last question's answer.
    assert len(tries) == 3
    assert "111.6" in tries[0].params["text"]


def test_a_notice_is_repeated_until_it_arrives(bot_of: Make, peer: Peer):
    peer.faults.append(Fault("fail", times=2))
    bot_of().started()
    peer.say("辽阳2023年粮食产量是多少")
    peer.wait(lambda: told(peer, [7]) == 1)
    settled(peer)
    # The answer, its notice twice, and the last question's answer.
    tries = [call.problem for call in peer.calls if call.method == "sendMessage"]
    assert tries == ["fail", "fail", "", ""]


def test_who_asks_too_fast_is_told_once_and_the_others_are_served(bot_of: Make, peer: Peer):
    bot_of(QUESTIONS_PER_MINUTE="6", ADMIN_USERS="8").started()
    for _ in range(12):
        peer.say("/help", chat=7)
        peer.say("/help", chat=8)
    peer.say("/help", chat=9)
    peer.wait(lambda: peer.texts(9) and len(peer.texts(8)) == 12 and len(peer.texts(7)) == 7)
    assert [text for text in peer.texts(7) if "问得太快了" in text] == peer.texts(7)[6:]


def test_an_edit_is_repeated_until_it_arrives(bot_of: Make, peer: Peer):
    bot_of().started()
    question = peer.say("辽阳2023年粮食产量是多少")
    peer.wait(peer.texts)
    peer.faults.append(Fault("drop", "editMessageText"))
    peer.say("辽阳2023年蔬菜产量是多少", edit=question)
    peer.wait(lambda: "85.9" in peer.texts()[0].split("\n")[0])


def test_a_flooded_chat_does_not_hold_up_the_others(bot_of: Make, peer: Peer):
    peer.faults.append(Fault("flood", chat=1, retry_after=3))
    bot_of().started()
    for chat in range(1, 6):
        peer.say("/help", chat=chat)
    peer.wait(lambda: all(peer.texts(chat) for chat in range(1, 6)))
    first = {call.chat: call.at for call in peer.calls if call.method == "sendMessage" and not call.problem}
    flooded = next(call.at for call in peer.calls if call.problem == "flood")
    assert first[1] - flooded >= 2.9
    assert all(first[chat] < first[1] for chat in range(2, 6))
    assert len(peer.sent(1)) == 1


def test_poison_is_set_aside(bot_of: Make, peer: Peer):
    chat = {"id": 7, "type": "private"}
    peer.push(
        {"update_id": 1, "message": {"bogus": 1}},
        {"update_id": 2, "message": {"message_id": "x", "date": "never", "chat": chat, "text": 5}},
        {"update_id": 3, "message": None, "callback_query": []},
        {"update_id": 4, "something_new": {"a": [1]}},
        {"update_id": 5},
        {"no": "number"},
        "not even an object",
        {"update_id": "6"},
    )
    bot_of().started()
    peer.say("辽阳2023年粮食产量是多少")
    peer.wait(peer.texts)
    assert "111.6 万吨" in peer.texts()[0]


def test_a_reply_that_is_no_json_is_not_the_end(bot_of: Make, peer: Peer):
    peer.faults += [Fault("truncate", "setMyCommands"), Fault("fail", "getMe")]
    bot_of().started()
    settled(peer)


def test_only_who_is_allowed(bot_of: Make, peer: Peer):
    bot_of(ALLOWED_USERS="7", ALLOWED_CHATS="-100").started()
    peer.say("/help", chat=8)
    peer.say("@wenzheng_bot 粮食产量", chat=-200, user=8)
    peer.say("/help", chat=-100, user=8)
    settled(peer)
    peer.wait(lambda: peer.texts(8) and peer.texts(-100))
    assert peer.texts(8) == ["这个机器人只为指定的用户服务。您的用户编号是 8。"]
    assert not peer.texts(-200)


def test_two_bots_cannot_share_a_folder(bot_of: Make, peer: Peer, home: Path):
    bot_of().started()
    env = {"TELEGRAM_BOT_TOKEN": peer.token, "BASE_URL": peer.url}
    done = run("serve", home=home, env=env)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "已有一个" in done.stderr.decode()


def test_through_a_proxy(home: Path, peer: Peer):
    # The address does not exist: only the proxy can have carried the calls.
    with Bot(home, peer.token, "http://api.invalid", PROXY_URL=peer.url):
        settled(peer)


def test_a_wrong_token_is_one_line(home: Path, peer: Peer):
    token = "987654321:AAWrongTokenWrongTokenWrongToken_0123"  # noqa: S105  of nobody
    done = run("serve", home=home, env={"TELEGRAM_BOT_TOKEN": token, "BASE_URL": peer.url})
    assert done.returncode == 2
    assert done.stderr.decode() == "令牌不对：Telegram 不认识 TELEGRAM_BOT_TOKEN，请向 @BotFather 核对\n"
    assert done.stdout == b""


def test_no_server_is_said_and_waited_for(home: Path):
    bot = Bot(home, "123456789:AAExampleTokenOfNobodyAtAll_0123456", "http://127.0.0.1:9").start()
    end = time.monotonic() + 90
    while "连接不上 http://127.0.0.1:9" not in bot.output():
        assert time.monotonic() < end, bot.output()
        time.sleep(0.05)
    assert bot.stop() == 0
    assert "Traceback" not in bot.output()
    assert "AAExample" not in bot.output()


def test_what_was_set_aside_is_listed_and_may_be_tried_again(bot_of: Make, peer: Peer, home: Path):
    peer.push({"update_id": 5, "message": {"bogus": "某句话"}})
    with bot_of():
        settled(peer)
    done = run("quarantine", home=home)
    assert done.returncode == 0
    assert "5" in done.stdout.decode().split()
    assert "KeyError" in done.stdout.decode()
    assert json.loads(run("quarantine", "--jsonl", home=home).stdout)["update"]["message"] == {"bogus": "某句话"}
    assert "5" in run("quarantine", "--retry", "5", home=home).stdout.decode()
    assert run("quarantine", home=home).stdout.decode() == "没有搁置的消息。\n"
    assert run("quarantine", "--retry", "6", home=home).returncode == 2
