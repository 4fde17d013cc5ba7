"""Whatever the fuzzer ever broke, and hostile inputs of Hypothesis's making, through the fuzzer's own targets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.seeds import seeds
from fuzz.targets import TARGETS

CASES = sorted(path for path in (Path(__file__).parents[2] / "fuzz" / "cases").rglob("*") if path.is_file())
# Words of the trade, numbers, years, markup and what is never meant to be there, in any order.
PIECES = st.sampled_from(
    [
        *("辽阳", "2023年", "粮食产量", "111.6万吨", "增长", "2%", "下降8.7个百分点", "左右", "分别", "和", "其中："),
        *(
            "、",
            "，",
            "。",
            "；",
            "“",
            "”",
            "（",
            "）",
            "目标",
            "比",
            "去年",
            "近三年",
            "排名",
            "一、",
            "（二）",
            "万",
            "亿元",
        ),
        *("-1", "０１２", "㊙", "😀", "\0", "\u202e", "<b>", "&amp;", "</a>", "'", '"', "%", "_", "*", "(", "NEAR"),
        *("/zb", "/compare", "@wenzheng_bot", "1e999", "½", "卅", "〇"),
    ]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30).map("".join)
_KEYS = st.sampled_from(
    [
        *(
            "message",
            "edited_message",
            "callback_query",
            "inline_query",
            "chat",
            "from",
            "id",
            "type",
            "text",
            "entities",
        ),
        *("caption", "document", "date", "message_id", "is_bot", "first_name", "data", "offset", "query", "photo"),
        *("reply_to_message", "sender_chat"),
    ]
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)
MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke(path: Path):
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_the_fuzzer_s_seeds_are_sound(target: str):
    found = list(seeds(target))
    assert found
    for seed in found[:60]:
        TARGETS[target](seed)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "target", [TARGETS["paragraphs"], TARGETS["questions"], TARGETS["answers"], TARGETS["reports"]]
)
def test_any_words_are_borne(target: Callable[[bytes], None]):
    MANY(given(TEXT)(lambda text: target(_bytes(text))))()


@MANY
@given(st.binary(max_size=400), st.sampled_from([b"\x00", b"\x01", b"\x02", b"\x03", b"\x03PK\x03\x04", b"\x02<html>"]))
def test_any_file_is_read_or_refused(data: bytes, start: bytes):
    TARGETS["readers"](start + data)


@MANY
@given(st.dictionaries(_KEYS, JSON, max_size=4))
def test_any_update_is_worked_on_or_set_aside(raw: dict[str, object]):
    TARGETS["updates"](json.dumps(raw).encode())
