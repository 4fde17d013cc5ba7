"""Inline mode: cards for whoever types behind the bot's name, in any chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.peer import Peer, parse
from tests.support.program import Bot


def asked(peer: Peer, text: str, **who: Any) -> dict[str, Any]:
    number = peer.ask_inline(text, **who)
    return peer.wait(lambda: peer.inline.get(number))


def test_value_quote_and_source_are_one_card(served: Peer):
    found = asked(served, "辽阳2023年粮食产量是多少")
    (card,) = found["results"]
    assert "111.6 万吨" in card["title"]
    assert "2024年政府工作报告" in card["description"]
    text = parse(card["input_message_content"]["message_text"]).text
    assert "111.6 万吨" in text
    assert "扛牢维护粮食安全重任" in text
    assert int(found["cache_time"]) >= 60


def test_each_figure_has_its_card_too(served: Peer):
    titles = [card["title"] for card in asked(served, "粮食和蔬菜产量各是多少")["results"]]
    assert len(titles) == 3
    assert "85.9" in titles[2]


def test_an_empty_query_gets_examples(served: Peer):
    assert asked(served, "  ")["results"]


def test_where_nothing_is_found_the_nearest_is_offered_and_the_reason(served: Peer):
    found = asked(served, "人均寿命")
    assert found["results"]
    assert "没有找到" in found["button"]["text"]


def test_a_card_leads_to_its_passage(served: Peer):
    (card,) = asked(served, "辽阳2023年粮食产量是多少")["results"]
    ((key,),) = card["reply_markup"]["inline_keyboard"]
    payload = key["url"].removeprefix("https://t.me/wenzheng_bot?start=")
    served.say(f"/start {payload}", chat=4998)
    served.wait(lambda: any("111.6 万吨" in said for said in served.texts(4998)))


@pytest.mark.parametrize("text", ["长" * 256, "<b>&", "😀"])
def test_what_finds_nothing_leads_to_the_private_chat(served: Peer, text: str):
    found = asked(served, text)
    assert found["results"] == []
    assert found["button"]["start_parameter"] == "inline"
    served.say("/start inline", chat=4999)
    served.wait(lambda: any("问政" in said for said in served.texts(4999)))


def test_the_same_query_gives_the_same_cards(served: Peer):
    assert asked(served, "GDP增速")["results"] == asked(served, "GDP增速", user=8)["results"]


def test_only_who_may_ask(bot_of: Callable[..., Bot], peer: Peer):
    with bot_of(ALLOWED_USERS="5"):
        assert asked(peer, "辽阳2023年粮食产量是多少", user=6)["results"] == []
        assert asked(peer, "辽阳2023年粮食产量是多少", user=5)["results"]
