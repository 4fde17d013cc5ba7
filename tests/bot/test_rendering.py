"""What is sent to Telegram, judged by Telegram's own parser; and the gate before it."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.outbox import Key, Outgoing
from bot.gate import Unfaithful, check
from bot.posting import post
from bot.render import Button, Line, Mark, Message, Origin, Part, Quote, Run, compose, plain_text, source_line, words
from bot.render.linking import linked
from bot.render.message import Cited
from bot.render.telegram import ENTITIES, UNITS, pieces, units
from bot.reply import WITHHELD, reply
from retrieval import Engine
from retrieval.model import Answer, AnswerFigure, Citation, Computed, Figure, Kind, Reason, SectionKind, Span
from tests.peer import parse

# What people and reports may write; line ends of their own are rendered as such and left out here.
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)
_MARKED = st.builds(Run, _TEXT, st.sampled_from(Mark))
_BLOCK = st.one_of(
    st.builds(Line, st.lists(_MARKED, max_size=4).map(tuple)),
    st.builds(Quote, st.lists(_MARKED, min_size=1, max_size=4).map(tuple), st.booleans()),
)
_MESSAGE = (
    st.lists(
        st.builds(Part, st.lists(_BLOCK, min_size=1, max_size=4).map(tuple), st.booleans()), min_size=1, max_size=4
    )
    .map(tuple)
    .map(Message)
)


def without_marks(text: str) -> str:
    return bare(text).replace("“", "").replace("”", "")


def bare(text: str) -> str:
    """Without what a parser may trim or see as nothing."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


@settings(max_examples=150, deadline=None)
@given(_MESSAGE)
def test_any_text_comes_through_telegram_s_parser_as_it_was(message: Message):
    said = "".join(run.text for part in message.parts for block in part.blocks for run in block.runs)
    found = pieces(message)
    parsed = [parse(piece.html) for piece in found]
    # The marks of quotes inside a box are the program's.
    assert without_marks("".join(p.text for p in parsed)) == without_marks(said)
    assert all(bare(p.text) == bare(piece.plain) for p, piece in zip(parsed, found, strict=True))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.builds(Run, st.text("汉😀<&a ", min_size=1, max_size=3000), st.sampled_from(Mark)), min_size=1, max_size=6
    ),
    st.booleans(),
)
def test_long_messages_are_split_within_the_limits(runs: list[Run], quoted: bool):
    block = Quote(tuple(runs), long=True) if quoted else Line(tuple(runs))
    parsed = [parse(piece.html) for piece in pieces(Message((Part((block,)),) * 3))]
    assert all(0 < units(p.text) <= UNITS and len(p.entities) <= ENTITIES for p in parsed)
    assert bare("".join(p.text for p in parsed)) == bare("".join(run.text for run in runs) * 3)


def test_long_evidence_is_folded_into_boxes_that_fit():
    line, quote = Line((Run("郑州市", Mark.SOURCE),)), Quote((Run("粮" * 300), Run("增长 5%", Mark.STRONG)))
    evidence = Part((line, quote, Line()) * 12, folded=True)
    found = pieces(Message((Part((Line((Run("名" * 1500),)),)), evidence)))
    assert len(found) == 2
    boxes = [entity for piece in found for entity in parse(piece.html).entities if entity[0] == "ExpandableBlockQuote"]
    assert len(boxes) == 2
    assert all(parse(p.html).text.rstrip("\n").endswith("”") for p in found)
    assert plain_text(Message((evidence,))).count("“") == parse("".join(p.html for p in found)).text.count("“") == 12


def test_a_source_leads_to_its_sentence_on_the_page(sample: Engine):
    answer, _ = sample.ask("辽阳2023年粮食产量是多少")
    message = reply(answer)
    assert "TextUrl" not in {kind for piece in pieces(message) for kind, _, _ in parse(piece.html).entities}
    (piece,) = pieces(linked(message, "https://example.org"))
    parsed = parse(piece.html)
    assert parsed.text == parse(pieces(message)[0].html).text
    ((_, offset, length),) = [entity for entity in parsed.entities if entity[0] == "TextUrl"]
    assert parsed.text[offset : offset + length] == "辽阳市 · 2024年政府工作报告 · 2023年工作回顾"
    (address,) = re.findall(r'<a href="(.*?)">', piece.html)
    assert address.startswith("https://example.org/report/%E8%BE%BD%E9%98%B3%E5%B8%82-2024?at=")
    start, end = map(int, address.rpartition("=")[2].removesuffix("#at").split("-"))
    assert sample.text("辽阳市-2024")[start:end] == answer.citations[0].quote


def test_links_count_among_the_entities_of_a_message():
    at = Cited("辽阳市-2024", 1, 9, "https://example.org")
    lines = tuple(Line((Run("出处", Mark.SOURCE, at=at),)) for _ in range(ENTITIES))
    parsed = [parse(piece.html) for piece in pieces(Message((Part(lines),)))]
    assert [len(p.entities) for p in parsed] == [ENTITIES, ENTITIES]


def test_messages_split_between_blocks_where_they_can():
    parts = tuple(Part((Line((Run("名", Mark.STRONG),)), Quote((Run("句" * 1500),)))) for _ in range(5))
    found = pieces(Message(parts))
    assert [parse(piece.html).text.count("句") for piece in found] == [3000, 3000, 1500]


@pytest.mark.parametrize(("length", "methods"), [(3, ["send"] * 3), (4, ["send", "document"])])
def test_more_than_three_messages_become_one_and_a_file(length: int, methods: list[str]):
    message = Message(tuple(Part((Quote((Run("句" * 3000),)),)) for _ in range(length)))
    key = Key("上下文", "c:1")
    out = post(message, Outgoing("send"), lambda _: ((key,),), "en")
    assert [one.method for one in out] == methods
    assert [bool(one.keys) for one in out] == [False] * (len(out) - 1) + [True]
    if methods[-1] == "document":
        assert b64decode(out[-1].content).decode().count("句") == length * 3000
        assert out[-1].plain == "The whole text is in the file"


def test_entities_are_counted_too():
    parts = tuple(Part((Line((Run("名", Mark.STRONG), Run("1", Mark.VALUE))),)) for _ in range(120))
    assert all(len(parse(piece.html).entities) <= ENTITIES for piece in pieces(Message(parts)))


def test_every_kind_of_answer_of_the_sample_is_valid_markup(sample: Engine):
    for question in (
        "辽阳2023年粮食产量是多少",
        "总结一下",
        "2024年GDP目标",
        "沈阳GDP",
        "人均寿命",
        "哪两家酒厂通过中华老字号复核",
        "城乡居民收入各增长多少",
    ):
        answer, _ = sample.ask(question)
        message = reply(answer, question)
        assert plain_text(message) != WITHHELD, question
        for piece in pieces(message):
            assert bare(parse(piece.html).text) == bare(piece.plain)


QUOTE = "粮食、蔬菜产量分别达到 111.6 万吨、 85.9 万吨。"
START = 100


def cited(place: str = "辽阳市", year: int = 2024) -> Citation:
    return Citation(
        f"{place}-{year}", "a.txt", Span(START, START + len(QUOTE)), QUOTE, place, year, ("一、2023年工作回顾",)
    )


def figured(citation: int = 0, surface: str = "111.6 万吨") -> AnswerFigure:
    at = START + QUOTE.index(surface)
    figure = Figure(Span(at, at + len(surface)), surface, Decimal("111.6"), "万吨", period="2023", indicator="粮食产量")
    return AnswerFigure(figure, citation, "粮食产量")


ANSWER = Answer(Kind.FIGURES, figures=(figured(),), citations=(cited(),), notes=("2023年实绩取自2024年报告",))


def test_the_gate_lets_an_honest_answer_through():
    message = compose(ANSWER)
    check(message, ANSWER)
    assert plain_text(reply(ANSWER)).startswith("粮食产量：达到 111.6 万吨（2023年）\n辽阳市 · 2024年政府工作报告")


@pytest.mark.parametrize(
    "run",
    [
        Run("112 万吨", origin=Origin.QUOTE),
        Run("111.6 万吨", origin=Origin.QUOTE, of=1),
        Run("约 5"),
        Run("五 ５"),
        Run("增长 3%", origin=Origin.LABEL),
        Run("2100 万吨", origin=Origin.LABEL),
        Run("1%", origin=Origin.COMPUTED),
    ],
)
def test_the_gate_stops_a_number_nobody_said(run: Run):
    message = compose(ANSWER)
    wrong = replace(message, parts=(*message.parts, Part((Line((run,)),))))
    with pytest.raises(Unfaithful):
        check(wrong, ANSWER)


def test_the_gate_looks_at_buttons_and_at_what_was_computed():
    with pytest.raises(Unfaithful):
        check(replace(compose(ANSWER), buttons=(Button("增长 9%", "增长 9%"),)), ANSWER)
    computed = replace(ANSWER, computed=(Computed(Decimal("25.7"), "万吨", "差", (0,)),))
    check(compose(computed), computed)
    assert "25.7万吨（由所引数字算出，非原文）" in plain_text(reply(computed))


def test_an_answer_that_fails_the_gate_is_withheld():
    wrong = replace(ANSWER, notes=("比上年增长 7.7%",))
    assert plain_text(reply(wrong)) == WITHHELD


def test_figures_of_several_reports_name_place_and_year_on_each_line():
    citations = (cited(), cited("抚顺市"), cited("抚顺市", 2023))
    answer = Answer(Kind.FIGURES, figures=tuple(figured(n) for n in range(3)), citations=citations)
    check(compose(answer), answer)
    lines = [
        line
        for line in plain_text(compose(answer)).splitlines()
        if "111.6" in line and "：" in line and "“" not in line
    ]
    assert ["辽阳市" in lines[0], "抚顺市" in lines[1], "2023年报告" in lines[2]] == [True] * 3


def test_a_refusal_says_which_kind_it_is():
    answer = Answer(Kind.NONE, Reason.PLACE_MISSING, message="资料库里没有沈阳市的报告。")
    assert "地区未收录" in plain_text(reply(answer)) or "没有沈阳市" in plain_text(reply(answer))


def test_control_characters_and_lone_surrogates_are_left_out():
    (piece,) = pieces(words("a\x00b\ud800c\td"))
    assert piece.html == "abc d"


def test_what_stands_in_an_annex_says_so():
    citation = Citation("鞍山市-2024", "a.txt", Span(0, 1), "一", "鞍山市", 2024, ("指标,一览",), SectionKind.ANNEX)
    (run,) = source_line(citation).runs
    assert run.text == "鞍山市 · 2024年政府工作报告 · 附件 · 指标，一览"
