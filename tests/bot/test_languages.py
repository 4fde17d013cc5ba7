"""What the bot says of its own is said in the person's language; what reports say stays as it is."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from bot.commands import COMMANDS, Command, For
from bot.render.message import Mark, Message, Origin, Run
from bot.reply import reply
from bot.tongue import line, spoken
from retrieval import Engine
from retrieval.lexicon import places
from retrieval.model import Answer

ROWS = [row.split("\t") for row in files("bot").joinpath("tongue.tsv").read_text(encoding="utf-8").splitlines()[1:]]
ASKED = [
    json.loads(row)["turns"][-1]
    for row in (Path(__file__).parent.parent / "spec" / "sample_answers.jsonl").read_text(encoding="utf-8").splitlines()
]
HAN = re.compile(r"[\u3400-\u9fff]+")
OWN = {Origin.PROGRAM, Origin.LABEL, Origin.COMPUTED}


def runs(message: Message) -> list[Run]:
    return [run for part in message.parts for block in part.blocks for run in block.runs]


def words_of(answer: Answer, question: str) -> str:
    """What a reader of English may meet in Chinese: the question's words and the reports' names and headings."""
    figures = (*answer.figures, *answer.related)
    names = [name for item in figures for name in (item.label, item.figure.indicator, item.figure.place)]
    cited = [name for c in answer.citations for name in (c.quote, c.place, *c.path)]
    return " ".join([question, answer.topic, *names, *cited, *(option.label for option in answer.options)])


def test_no_line_is_there_twice():
    assert not [chinese for chinese, count in Counter(chinese for chinese, _ in ROWS).items() if count > 1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_varies_is_in_both_languages(row: list[str]):
    chinese, english = row
    slots = len(re.findall(r"\{[nc]?\}", chinese))
    numbered = {int(found) for found in re.findall(r"\{(\d)\}", english)}
    assert english.count("{}") == slots or numbered == set(range(slots)) or numbered < set(range(slots))


@pytest.mark.parametrize("question", sorted(set(ASKED)))
def test_answers_leave_no_chinese_of_the_program_s_own(sample: Engine, question: str):
    answer, _ = sample.ask(question)
    message = spoken(reply(answer, question), "en")
    known = words_of(answer, question)
    left = [
        han
        for run in runs(message)
        if run.origin in OWN and run.mark is not Mark.SOURCE
        for han in HAN.findall(run.text)
        if han not in known and not places.by_name(han)
    ]
    assert not left


@pytest.mark.parametrize("lang", ["en", "trad"])
def test_quotes_and_sources_stay(sample: Engine, lang: str):
    answer, _ = sample.ask("城乡居民收入各增长多少")
    message = reply(answer, "城乡居民收入各增长多少")
    before, after = runs(message), runs(spoken(message, lang))
    kept = [n for n, run in enumerate(before) if run.origin is Origin.QUOTE or run.mark is Mark.SOURCE]
    assert kept
    assert [before[n] for n in kept] == [after[n] for n in kept]
    assert before != after


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.scope is not For.CONSOLE], ids=lambda c: c.name)
def test_every_command_s_words_are_said_in_english(command: Command):
    assert not HAN.search(command.english)
    assert not HAN.search(line(command.argument, "en"))


def test_a_name_is_no_line():
    assert line("辽阳市粮食、蔬菜产量", "en") == "辽阳市粮食、蔬菜产量"
