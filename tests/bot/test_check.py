"""The check of a text in chats, on the command line, as a sheet and as JSON."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from telegram import User

from bot import gate
from bot.app.handlers import incoming
from bot.check_contract import check_json
from bot.check_table import COLUMNS, as_workbook, rows
from bot.cli import cli
from bot.dialogue import Dialogue
from bot.gate import Unfaithful
from bot.home import Shelf
from bot.incoming import Sent
from bot.render import Line, Message, Origin, Part, Run, plain_text
from bot.render.checked import as_answer
from bot.reply import check_reply
from bot.state import State
from bot.tongue import spoken
from retrieval import Engine
from tests.support.cases import ROOT

TEXT = "2023年，辽阳市粮食产量达到111.6万吨，一般公共预算收入增长8.7%，医院病床1.2万张。"
UNDATED = "辽阳市粮食产量达到111.6万吨，蔬菜产量85.9万吨。"


@pytest.fixture
def dialogue(store: Path) -> Dialogue:
    return Dialogue(Shelf(store))


def test_a_pasted_text_is_checked(dialogue: Dialogue):
    said = dialogue.turn(TEXT, State())
    text = plain_text(said.message)
    assert text.startswith("核对结果（文中没有写的，按辽阳市2023年核对）\n共 3处：不一致 1处，查不到 1处，一致 1处。")
    assert "不一致：您的原文“一般公共预算收入增长8.7%”\n报告：辽阳市一般公共预算收入：下降 8.7%" in text
    assert "可能的原因：升降相反" in text
    assert said.state.checked == TEXT


def test_a_question_with_two_numbers_stays_a_question(dialogue: Dialogue):
    said = dialogue.turn("辽阳2023年粮食产量111.6万吨、蔬菜产量85.9万吨，是真的吗", State())
    assert "核对结果" not in plain_text(said.message)
    assert said.answer is not None


def test_the_command_takes_place_and_year(dialogue: Dialogue):
    said = dialogue.turn("/check 辽阳市 2023 粮食产量达到111.6万吨。", State())
    assert "一致：粮食产量达到111.6万吨" in plain_text(said.message)


def test_what_is_missing_is_asked_back_once(dialogue: Dialogue):
    said = dialogue.turn(UNDATED, State())
    assert "没有写是哪一年的" in plain_text(said.message)
    (option,) = said.state.options
    assert option == "/check 辽阳市 2023"
    again = dialogue.turn("1", said.state)
    assert "共 2处：一致 2处。" in plain_text(again.message)


def test_the_place_of_the_conversation_serves(dialogue: Dialogue):
    before = dialogue.turn("辽阳2023年粮食产量是多少", State()).state
    said = dialogue.turn("/check 2023年，粮食产量达到111.6万吨。", before)
    assert "按辽阳市2023年核对" in plain_text(said.message)


def test_without_a_text_it_says_how(dialogue: Dialogue):
    assert "请在 /check 后面写上" in plain_text(dialogue.turn("/check", State()).message)


def test_the_last_check_becomes_a_sheet(dialogue: Dialogue):
    said = dialogue.turn("/check 表格", dialogue.turn(TEXT, State()).state)
    assert said.file is not None
    assert said.file.name.endswith(".xlsx")
    assert "3 行" in plain_text(said.message)


def test_of_many_findings_the_rest_is_a_file(dialogue: Dialogue):
    many = "".join(f"2023年，辽阳市医院病床{number}.3万张。" for number in range(11, 33))
    said = dialogue.turn(f"/check {many}", State())
    assert said.file is not None
    assert plain_text(said.message).count("查不到：") == 20


def test_the_conversation_is_left_as_it_was(dialogue: Dialogue):
    before = dialogue.turn("辽阳2023年粮食产量是多少", State()).state
    after = dialogue.turn(TEXT, before).state
    assert after.conversation == before.conversation
    assert "85.9" in plain_text(dialogue.turn("蔬菜呢", after).message)


def test_a_question_behind_a_check_is_about_its_place(dialogue: Dialogue):
    said = dialogue.turn("那蔬菜产量呢", dialogue.turn(TEXT, State()).state)
    assert "辽阳市" in plain_text(said.message)


def test_what_a_phrase_has_otherwise_is_shown(dialogue: Dialogue):
    said = dialogue.turn(
        "/check 2023年，辽阳市粮食产量111.6万吨、蔬菜产量85.9万吨，推进“扛牢维护粮食安全的重任”。", State()
    )
    assert "报告的写法略有不同：原句没有“的”" in plain_text(said.message)


def test_the_place_and_the_year_asked_back_are_told_without_a_command(dialogue: Dialogue):
    asked = dialogue.turn(UNDATED, State())
    told = dialogue.turn("2023年", asked.state)
    assert "共 2处：一致 2处。" in plain_text(told.message)
    assert "核对结果" not in plain_text(dialogue.turn("2023年", told.state).message)


def test_a_check_that_is_asked_for_takes_one_figure(dialogue: Dialogue):
    said = dialogue.turn("请核对一下：2023年辽阳市粮食产量达到111.6万吨。", State())
    assert "共 1处：一致 1处。" in plain_text(said.message)


def test_a_sheet_needs_a_text(dialogue: Dialogue):
    assert plain_text(dialogue.turn("/check 表格", State()).message) == "还没有核对过文字，先把要核对的文字发来。"


def test_a_long_clause_is_cut_visibly_and_keeps_its_hedge(sample: Engine):
    front = "在全市上下共同努力和各方面大力支持配合推动之下经过一年坚持不懈的艰苦奋斗辽阳市"
    text = plain_text(check_reply(sample.verify(f"2023年，{front}医院病床达到1.2万张左右。")))
    assert "您的原文“…" in text
    assert "医院病床达到1.2万张左右”" in text


def test_the_state_is_kept_between_messages():
    state = State(checked=TEXT, checked_place="辽阳市", checked_year=2023)
    assert State.loads(state.dumps()) == state


def test_a_state_of_an_older_version_is_read():
    raw = json.loads(State(asked="问").dumps())
    del raw["checked"]
    assert State.loads(json.dumps(raw)) == State(asked="问")


def test_what_is_said_passes_the_gate(sample: Engine):
    check = sample.verify(TEXT)
    gate.check(check_reply(check), as_answer(check), check.text)


def test_the_users_own_words_are_slices_of_what_they_sent(sample: Engine):
    check = sample.verify(TEXT)
    message = Message((Part((Line((Run("9.9%", origin=Origin.GIVEN),)),)),))
    with pytest.raises(Unfaithful):
        gate.check(message, as_answer(check), check.text)


def test_a_finding_that_does_not_pass_is_left_out(sample: Engine):
    check = sample.verify(TEXT)
    bent = tuple(
        replace(f, looked=("第77号地",)) if f.verdict == "unfound" else f  # type: ignore[type-var]
        for f in check.findings
    )
    text = plain_text(check_reply(replace(check, findings=bent)))
    assert "第77号地" not in text
    assert "另有几处没有通过数字核对" in text


def test_it_is_said_in_english(sample: Engine):
    text = plain_text(spoken(check_reply(sample.verify(TEXT)), "en"))
    assert text.startswith(
        "Check (what the text leaves out is taken as 辽阳市 2023)\nIn all 3: Different 1, Not found 1, Same 1."
    )
    assert "Likely because: the other way round: up or down" in text


def test_a_sheet_has_a_row_a_figure(sample: Engine):
    check = sample.verify(TEXT)
    found = list(rows(check))
    assert all(len(row) == len(COLUMNS) for row in found)
    assert [row[1] for row in found] == ["一致", "不一致", "查不到"]
    assert [row[2] for row in found] == ["111.6万吨", "8.7%", "1.2万张"]
    with zipfile.ZipFile(io.BytesIO(as_workbook(check))) as book:
        assert "8.7%" in book.read("xl/sharedStrings.xml").decode()


def test_json_follows_its_schema(sample: Engine):
    schema = json.loads((ROOT / "docs" / "reference" / "check.schema.json").read_text(encoding="utf-8"))
    for text in (TEXT, UNDATED, "2023年，辽阳市实现“九连丰”。", "没有数字。"):
        check = sample.verify(text)
        made = check_json(check, text=plain_text(check_reply(check)))
        jsonschema.validate(json.loads(json.dumps(made)), schema)
        for finding in made["findings"]:
            assert text[finding["start"] : finding["end"]] == finding["surface"]


@pytest.fixture
def run(store: Path) -> Any:
    def call(*args: str, **more: Any) -> Any:
        return CliRunner().invoke(cli, ["--data", str(store), "verify", *args], **more)

    return call


def test_a_file_is_checked(run: Any, tmp_path: Path):
    path = tmp_path / "稿子.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = run(str(path))
    assert done.exit_code == 1
    assert "不一致 1处" in done.output
    path.write_text(TEXT.replace("增长8.7%", "下降8.7%"), encoding="utf-8")
    assert run(str(path)).exit_code == 0


def test_a_place_that_there_is_not_is_told(run: Any, tmp_path: Path):
    path = tmp_path / "稿子.txt"
    path.write_text(UNDATED, encoding="utf-8")
    assert str(run(str(path), "--place", "火星", "--year", "2023").exception) == "没有“火星”这个地区。"


def test_standard_input_of_a_page_is_checked(run: Any):
    filler = "<p>过去一年，全市上下团结奋斗，各项事业稳步前进，人民生活持续改善。</p>" * 12
    page = f"<html><body><h1>辽阳的一年</h1><p>{TEXT}</p>{filler}</body></html>".encode()
    assert "不一致 1处" in run("-", input=page).output


def test_json_and_sheet_are_written(run: Any, tmp_path: Path):
    path, sheet = tmp_path / "稿子.txt", tmp_path / "结果.xlsx"
    path.write_text(UNDATED, encoding="utf-8")
    done = run(str(path), "--year", "2023", "--json", "-o", str(sheet))
    found = json.loads(re.search(r"\{.*\}", done.output, re.DOTALL)[0])  # type: ignore[index]
    assert found["counts"] == {"different": 0, "unfound": 0, "near": 0, "same": 2}
    assert zipfile.is_zipfile(sheet)


def test_what_has_to_be_told_is_a_mistake_of_the_call(run: Any, tmp_path: Path):
    path = tmp_path / "稿子.txt"
    path.write_text(UNDATED, encoding="utf-8")
    assert "--year" in str(run(str(path)).exception)
    assert "没有这个文件" in str(run(str(tmp_path / "无.txt")).exception)


def test_a_check_put_as_a_reply_is_about_the_message_replied_to():
    raw = {
        "update_id": 1,
        "message": {
            "message_id": 2,
            "date": 0,
            "chat": {"id": 5, "type": "private"},
            "from": {"id": 5, "is_bot": False, "first_name": "甲"},
            "text": "/check 辽阳市",
            "reply_to_message": {
                "message_id": 1,
                "date": 0,
                "chat": {"id": 5, "type": "private"},
                "text": TEXT,
            },
        },
    }
    found = incoming(raw, User(9, "bot", is_bot=True, username="b"))
    assert found is not None
    assert found.text == f"/check 辽阳市\n{TEXT}"


def test_a_file_is_checked_that_was_sent_with_the_command_or_is_replied_to():
    document = {"file_id": "f1", "file_unique_id": "u", "file_name": "稿子.docx", "file_size": 9}
    person = {"id": 5, "is_bot": False, "first_name": "甲"}
    chat = {"id": 5, "type": "private"}
    sent = {"message_id": 1, "date": 0, "chat": chat, "from": person, "document": document}
    me = User(9, "bot", is_bot=True, username="b")
    found = incoming({"update_id": 1, "message": sent | {"caption": "/check 辽阳市"}}, me)
    assert found is not None
    assert (found.text, found.file) == ("/check 辽阳市", Sent("f1", "稿子.docx", 9))
    reply = {"message_id": 2, "date": 0, "chat": chat, "from": person, "text": "/check", "reply_to_message": sent}
    found = incoming({"update_id": 2, "message": reply}, me)
    assert found is not None
    assert (found.text, found.file) == ("/check", Sent("f1", "稿子.docx", 9))


def test_a_place_and_year_told_before_the_text_hold_for_it(dialogue: Dialogue):
    told = dialogue.turn("/check 辽阳市 2023", dialogue.turn(TEXT, State()).state)
    assert plain_text(told.message) == "好，请把要核对的文字发来，按辽阳市2023年核对。"
    said = dialogue.turn("粮食产量达到111.6万吨，蔬菜产量85.9万吨。", told.state)
    assert "共 2处：一致 2处。" in plain_text(said.message)


def test_what_was_told_of_a_long_text_is_not_taken_for_the_next(dialogue: Dialogue):
    long = "2023年，粮食产量达到111.6万吨。" * 500
    after = dialogue.turn(f"/check 辽阳市 2022 {long}", State()).state
    assert (after.checked, after.checked_place, after.checked_year) == ("", "", 0)
