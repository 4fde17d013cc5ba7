"""What questions are understood to say: small talk, periods, orders, indicators as a whole, words that name."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.query import parse
from retrieval.query.bounds import order
from retrieval.query.chat import chat
from retrieval.query.content import content, joined
from retrieval.query.conversation import Conversation
from retrieval.query.moves import move
from retrieval.query.normalise import normalise
from retrieval.query.periods import find
from tests.support.cases import cases


@pytest.mark.parametrize("case", cases("understanding"))
def test_understanding(case: dict[str, Any]):
    text = case["text"]
    if "chat" in case:
        assert chat(text) == case["chat"]
    if "periods" in case:
        assert [str(period) for period in find(text).periods] == case["periods"]
    if "order" in case:
        found = order(text)
        assert (None if found is None else [found.falling, found.most]) == case["order"]
    if "move" in case:
        assert (move(parse(text)) or "") == case["move"]
    if "yearly" in case:
        query = parse(text)
        assert (query.yearly, query.since) == (case["yearly"], case["since"])
    if "content" in case:
        assert content(text) == case["content"]
    if "said" in case:
        assert normalise(text) == case["said"]
    if "places" in case:
        assert list(parse(text).place_words) == case["places"]
    if "parts" in case:
        assert len(joined(text)) == case["parts"]


def test_a_conversation_keeps_the_places_of_a_comparison():
    kept = Conversation(place="太原市", places=("太原市", "长春市"))
    assert Conversation.loads(kept.dumps()) == kept
