"""The parts of the page: threads that answer, conversations that are remembered, texts that are marked."""

from __future__ import annotations

import ast
import asyncio
import re
import threading
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from bot.answer_table import magnitudes, read, spans
from bot.tongue import line
from bot.web.desks import Busy, Desks, Overdue
from bot.web.door import loopback
from bot.web.pages import ENGLISH
from bot.web.reading import reading, stretch
from bot.web.talks import Talks, Turn
from retrieval import Engine
from retrieval.errors import UnknownReport
from retrieval.model import Span

ROOT = Path(__file__).parents[2] / "bot" / "web"
_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = Engine.open_default(tmp_path_factory.mktemp("reading"))
    made.ingest([ROOT.parent / "example"])
    yield made
    made.close()


def shown(html: str) -> str:
    return "".join(JustHTML(html, fragment=True, sanitize=False).to_text(separator="").split())


def test_a_report_is_shown_whole_and_in_order(engine: Engine):
    for row in engine.reports():
        report = engine.store.report(row.id)
        found = reading(engine, row.id, None)
        # Signs of the file's form are left out; words that are not the report's own are set back, not left out.
        own = re.sub(r"[\W_]", "", report.text)
        assert re.sub(r"[\W_]", "", shown(found.html)) == own
        assert "<mark" not in found.html
        anchors = re.findall(r'id="(s\d+)"', found.html)
        assert anchors == [heading.anchor for heading in found.contents]


@settings(max_examples=60)
@given(st.data())
def test_what_is_marked_is_what_was_asked_for(engine: Engine, data: st.DataObject):
    row = data.draw(st.sampled_from(engine.reports()))
    report = engine.store.report(row.id)
    start = data.draw(st.integers(0, len(report.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(report.text), start + 500)))
    found = reading(engine, row.id, Span(start, end))
    marked = JustHTML(found.html, fragment=True, sanitize=False).query("mark")
    masked = {n for mask in report.masks for n in range(mask.start, mask.end)}
    wanted = "".join(report.text[n] for n in range(start, end) if n not in masked)
    assert "".join("".join(node.to_text(separator="").split()) for node in marked) == "".join(wanted.split())
    assert [node.attrs.get("id") for node in marked] == (["at"] + [None] * (len(marked) - 1) if marked else [])


def test_a_place_outside_the_report_is_told(engine: Engine):
    length = len(engine.text("辽阳市-2024"))
    assert reading(engine, "辽阳市-2024", Span(0, length)).marked
    assert not reading(engine, "辽阳市-2024", Span(0, length + 1)).marked
    with pytest.raises(UnknownReport):
        reading(engine, "火星-2024", None)


@pytest.mark.parametrize(
    ("text", "span"),
    [("3-9", Span(3, 9)), ("9-3", None), ("3-3", None), ("-3", None), ("3", None), ("", None), ("３-９", None)],
)
def test_a_stretch_is_two_numbers(text: str, span: Span | None):
    assert stretch(text) == span
    assert stretch("1-" + "9" * 30) is None


TABLES = [
    "2023年各市GDP增速排名",
    "临澜历年一般公共预算收入",
    "“数字经济”出现在哪些年的报告里",
    "澜山省2023年的目标完成情况",
    "澜山省2023年和2024年报告的提法有什么变化",
]


@pytest.mark.parametrize("question", TABLES)
def test_each_row_leads_to_the_sentence_it_is_from(engine: Engine, question: str):
    answer, _ = engine.ask(question)
    rows = read(answer)[1:]
    assert len(rows) == len(magnitudes(answer)) == len(spans(answer)) > 1
    for report, start, end in filter(None, spans(answer)):
        assert engine.text(report)[start:end].strip()


def test_what_fell_is_sorted_below_what_rose(engine: Engine):
    fell, _ = engine.ask("辽阳2023年一般公共预算收入增长多少")
    assert [number is not None and number < 0 for number in magnitudes(fell)] == [True]


def desks(data: Path, seconds: float, use: Any) -> Any:
    """What `use` makes of desks inside a loop."""

    async def inside() -> Any:
        made = Desks(data, seconds)
        try:
            return await use(made)
        finally:
            made.close()

    return asyncio.run(inside())


def test_a_long_question_does_not_hold_up_the_others(engine: Engine):
    folder, go = Path(engine.store.path).parent, threading.Event()

    async def use(made: Desks) -> str:
        long = asyncio.create_task(made.ask(lambda _: go.wait(60)))
        try:
            answer = await made.ask(lambda dialogue: dialogue.engine.ask("辽阳2023年粮食产量是多少")[0])
        finally:
            go.set()
        assert await long
        return answer.figures[0].figure.surface

    assert desks(folder, 60, use) == "111.6 万吨"


def test_who_waits_too_long_is_told_and_the_next_is_answered(engine: Engine):
    folder, go = Path(engine.store.path).parent, threading.Event()

    async def use(made: Desks) -> int:
        with pytest.raises(Overdue):
            await made.ask(lambda _: go.wait(60))
        try:
            made._seconds = 60
            return await made.ask(lambda dialogue: len(dialogue.engine.reports()))
        finally:
            go.set()

    assert desks(folder, 0.05, use) == 13


def test_no_more_questions_wait_than_can_be_answered(engine: Engine):
    folder, go = Path(engine.store.path).parent, threading.Event()

    async def use(made: Desks) -> int:
        asked = [asyncio.create_task(made.ask(lambda _: go.wait(60))) for _ in range(200)]
        await asyncio.sleep(0)  # every task has begun: it waits for its answer or was refused
        go.set()
        done = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(one) for one in done} == {bool, Busy}
        assert await made.ask(lambda _: True)
        return sum(one is True for one in done)

    assert 30 < desks(folder, 60, use) < 50


def test_what_fails_is_raised_where_it_was_asked(engine: Engine):
    def fails(_: Any) -> None:
        raise UnknownReport("没有")

    async def use(made: Desks) -> None:
        with pytest.raises(UnknownReport):
            await made.ask(fails)

    desks(Path(engine.store.path).parent, 60, use)


def turn(size: int = 10) -> Turn:
    return Turn("问", "", "{}", "x" * size, "zh")


def test_conversations_are_kept_within_bounds():
    talks = Talks()
    first = talks.begin()
    talks.add(first, turn())
    for _ in range(600):
        talks.add(talks.begin(), turn())
    assert talks.find(first.id) is None
    long = talks.begin()
    for _ in range(100):
        talks.add(long, turn())
    assert (len(long.turns), min(long.turns), max(long.turns)) == (60, 41, 100)
    heavy = [talks.begin() for _ in range(9)]
    for talk in heavy:
        talks.add(talk, turn(8_000_000))
    assert [talks.find(talk.id) is not None for talk in heavy] == [False] * 6 + [True] * 3
    assert talks.find(long.id) is None
    # What is larger than all the room is kept as long as it is the only one.
    talks.add(heavy[-1], turn(80_000_000))
    assert talks.find(heavy[-1].id) is heavy[-1]


def test_an_answer_to_a_conversation_dropped_meanwhile_begins_it_anew():
    talks = Talks()
    talk = talks.begin()
    talks.add(talk, turn(20_000_000))
    talks.drop(talk.id)
    talks.add(talk, turn(20_000_000))
    other = talks.begin()
    talks.add(other, turn(20_000_000))
    assert [talks.find(one.id) for one in (talk, other)] == [None, other]
    assert list(talk.turns) == []


def test_a_turn_takes_another_s_place_and_leaves_the_state():
    talks = Talks()
    talk = talks.begin()
    for number in range(3):
        talks.add(talk, Turn("问", "", f"{number}", "x", "zh"))
    assert talks.add(talk, Turn("翻", "", "9", "y", "zh"), instead=2, aside=True).number == 2
    assert list(talk.turns) == [1, 2, 3]
    assert (talk.turns[2].html, talk.state) == ("y", "2")
    assert talks.add(talk, turn(), instead=77).number == 4


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_only_this_machine_reaches_loopback(host: str):
    assert loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "localhost.example.org", ""])  # noqa: S104
def test_anybody_may_reach_the_rest(host: str):
    assert not loopback(host)


def said() -> Iterator[str]:
    """Every line of the pages' own: of templates, and of the modules that answer with words."""
    for path in (ROOT / "templates").glob("*.html"):
        yield from re.findall(r'say\("([^"]+)"\)', path.read_text(encoding="utf-8"))
    for name in ("door.py", "handlers.py"):
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _HAN.search(node.value):
                yield node.value


@pytest.mark.parametrize("text", sorted(set(said())))
def test_every_line_of_the_pages_has_english(text: str):
    if text in ("资料库读取失败：", "文字太长（", " 字），请缩短到 ", " 字以内。"):
        text = {"资": "资料库读取失败：磁盘已满"}.get(text[0], "文字太长（30000 字），请缩短到 20000 字以内。")
    english = line(text, "en", ENGLISH)
    assert english != text
    assert not _HAN.search(english.replace("磁盘已满", ""))


def test_no_line_of_the_table_is_left_over_or_there_twice():
    rows = files("bot").joinpath(ENGLISH).read_text(encoding="utf-8").splitlines()[1:]
    known = [row.split("\t")[0] for row in rows]
    assert len(known) == len(set(known))
    heads = {"地区", "指标", "时期", "原文", "数值", "单位", "限定", "升降", "性质", "完成情况", "口径", "来源"}
    assert {one for one in known if "{}" not in one} - heads <= set(said())
