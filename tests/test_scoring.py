"""Figures weighed for what a question asks: features, pairs, chains, readings and the decision between answers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Engine
from retrieval.answer.library import Loaded
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.scoring import Action, assign, conceivable, eligible, fitted, rank, readings
from retrieval.answer.scoring.assign import Ranked
from retrieval.answer.scoring.columns import CLASSES, Floats, Joined, columns
from retrieval.answer.scoring.decide import ALONE, decide, likely, weigh_readings
from retrieval.answer.scoring.features import FEATURES, asked_class, features
from retrieval.answer.scoring.model import Model, parsed, written
from retrieval.answer.scoring.pairs import PAIRS, joint
from retrieval.answer.weighing import weigh_in
from retrieval.errors import LexiconError
from retrieval.lexicon import vectors
from retrieval.model import Measure, Status
from retrieval.query import Ask, Period, Slot, parse, slots
from tests.support.cases import cases

REPORT = """和县2023年政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2022年工作回顾

2022年，全县地区生产总值186.4亿元，增长6.2%；一般公共预算收入12.5亿元，增长5.1%；固定资产投资增长9.3%。新建农贸市场8个，改造老旧小区15个。高新区地区生产总值增长9%。一季度，全县地区生产总值下降1.3%。城镇化率由52.1%提高到54.6%。高新技术企业突破100家、达114家。

二、2023年工作安排

今年的主要预期目标是：地区生产总值增长7%左右，一般公共预算收入增长6%。

各位代表，让我们团结奋斗，开创美好未来！
"""
YEAR = (Period(2022, 2022),)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("scoring")
    (folder / "和县-2023.txt").write_text(REPORT, encoding="utf-8")
    engine = Engine.open(folder / "store")
    engine.ingest([folder / "和县-2023.txt"])
    yield engine.library.load(next(iter(engine.library.rows)))
    engine.close()


def ranked(slot: Slot, loaded: Loaded, periods: tuple[Period, ...] = YEAR) -> Ranked:
    candidate = Candidate(loaded.row.id, 1.0, periods)
    weights = weigh_in(slot, [loaded])
    return rank(slot, weights, Scope(), [(candidate, loaded)], fitted())


def best(slot: Slot, loaded: Loaded) -> str:
    return ranked(slot, loaded).figures[0][1].figure.surface


@pytest.mark.parametrize(
    ("slot", "surface"),
    [
        (Slot("地区生产总值", "", Ask(Measure.GROWTH), None, YEAR), "6.2%"),
        (Slot("地区生产总值", "", Ask(Measure.LEVEL), None, YEAR), "186.4亿元"),
        (Slot("一般公共预算收入", "", Ask(None, "亿元"), None, YEAR), "12.5亿元"),
        (Slot("菜场", "新建", Ask(None, "个"), None, YEAR), "8个"),
        (Slot("城镇化率", "", Ask(Measure.LEVEL, "", 0, "from"), None, YEAR), "52.1%"),
        (Slot("城镇化率", "", Ask(Measure.LEVEL, "", 0, "to"), None, YEAR), "54.6%"),
    ],
)
def test_the_figure_that_fits_best(slot: Slot, surface: str, loaded: Loaded):
    assert best(slot, loaded) == surface


def test_a_target_is_asked_of_the_year_planned(loaded: Loaded):
    slot = Slot("地区生产总值", "", Ask(Measure.GROWTH), Status.TARGET, (Period(2023, 2023),))
    assert ranked(slot, loaded, slot.periods).figures[0][1].figure.surface == "7%"


def rows_of(slot: Slot, loaded: Loaded) -> Floats:
    table = features(slot, weigh_in(slot, [loaded]), columns(loaded), Candidate(loaded.row.id, 1.0, YEAR), "")
    return table.rows(np.arange(len(loaded.figures)))


def test_what_figures_weigh_is_told_by_their_rows(loaded: Loaded):
    slot = Slot("地区生产总值", "增长", Ask(Measure.GROWTH), None, YEAR)
    table = features(slot, weigh_in(slot, [loaded]), columns(loaded), Candidate(loaded.row.id, 1.0, YEAR), "")
    assert np.allclose(table.scores(fitted().unary), rows_of(slot, loaded) @ fitted().unary)


def test_every_figure_has_a_row_and_every_feature_a_column(loaded: Loaded):
    slot = Slot("地区生产总值", "", Ask(), None, YEAR)
    rows = rows_of(slot, loaded)
    assert rows.shape == (len(loaded.figures), len(FEATURES))
    assert np.isfinite(rows).all()
    kinds = [n for n, name in enumerate(FEATURES) if name.startswith("class:")]
    assert (rows[:, kinds].sum(axis=1) == 1.0).all()


def test_a_part_of_the_year_is_told_apart(loaded: Loaded):
    slot = Slot("地区生产总值", "", Ask(Measure.GROWTH), None, YEAR)
    rows = rows_of(slot, loaded)
    part = rows[:, FEATURES.index("part_not_asked")]
    assert [s.figure.part for s, is_part in zip(loaded.figures, part, strict=True) if is_part] == ["Q1"]


def test_what_a_slot_asks_for():
    assert asked_class(Slot("城镇化率")) == "open_rate"
    assert asked_class(Slot("收入", "", Ask(None, "亿元"))) == "unit_money"
    assert asked_class(Slot("投资", "", Ask(Measure.GROWTH, "个百分点"))) == "growth_pp"
    assert asked_class(Slot("学校", "", Ask(None, "所"))) == "unit_count"


@given(st.lists(st.text("甲乙丙丁", max_size=6), min_size=1, max_size=8), st.text("甲乙丙丁", min_size=1, max_size=2))
def test_joined_texts_hold_what_each_holds(texts: list[str], word: str):
    assert Joined(texts).holding(word) == [n for n, text in enumerate(texts) if word in text]


def test_figures_side_by_side(loaded: Loaded):
    figures = [(loaded, stated) for stated in loaded.figures[:4]]
    slot = Slot("地区生产总值")
    table = joint(slot, figures, replace(slot, ask=Ask(Measure.GROWTH)), figures)
    assert table.shape == (4, 4, len(PAIRS))
    same = table[:, :, PAIRS.index("same_figure")]
    assert (np.diag(same) == 1.0).all()
    assert same.sum() == len(figures)
    assert table[0, 1, PAIRS.index("forward")] == 1.0
    assert table[1, 0, PAIRS.index("forward")] == 0.0


def test_the_chain_is_the_best_of_all_chains(loaded: Loaded):
    model = fitted()
    asked = [
        Slot("地区生产总值", "", Ask(Measure.LEVEL), None, YEAR),
        Slot("地区生产总值", "", Ask(Measure.GROWTH), None, YEAR),
        Slot("一般公共预算收入", "", Ask(), None, YEAR),
    ]
    sides = [ranked(slot, loaded) for slot in asked]
    found = assign(sides, model)
    assert found is not None
    tables = []
    for one, other in itertools.pairwise(sides):
        left, right = ([(x, y) for x, y, _ in side.figures] for side in (one, other))
        tables.append(joint(one.slot, left, other.slot, right) @ model.pairs)

    def score(path: tuple[int, ...]) -> float:
        own = sum(model.scale * side.scores[n] for side, n in zip(sides, path, strict=True))
        return float(own + sum(table[a, b] for table, (a, b) in zip(tables, itertools.pairwise(path), strict=True)))

    every = {path: score(path) for path in itertools.product(*(range(len(s.figures)) for s in sides))}
    assert found.chosen == max(every, key=lambda path: every[path])
    whole = math.log(sum(math.exp(value - every[found.chosen]) for value in every.values()))
    assert found.sure <= -whole + 1e-6
    assert [sides[n].figures[at][1].figure.surface for n, at in enumerate(found.chosen)] == [
        "186.4亿元",
        "6.2%",
        "12.5亿元",
    ]


def test_nothing_to_choose_from():
    assert assign([], fitted()) is None


@pytest.mark.parametrize("case", cases("readings"))
def test_readings(case: dict[str, Any]):
    query = parse(case["question"])
    found = readings(query, slots(query))
    shown = [(one.how, [[s.words, s.ask.measure.value if s.ask.measure else None] for s in one.slots]) for one in found]
    assert found[0].how == "first"
    assert (case["how"], case["slots"]) in shown
    assert len({one.slots for one in found}) == len(found)


def test_the_likeliest_answer_is_given(loaded: Loaded):
    query = parse("和县2022年地区生产总值增长多少")
    slot = slots(query)[0]
    reading = readings(query, [slot])[0]
    found = assign([ranked(reading.slots[0], loaded)], fitted())
    assert found is not None
    decision = decide(query, weigh_readings(query, [(reading, found)], fitted()), (), fitted())
    assert decision.action is Action.FIGURES
    assert decision.best is not None
    assert decision.chances[Action.FIGURES] > decision.chances[Action.REFUSE]
    assert decide(query, [], (), fitted()).action is Action.REFUSE


@given(st.floats(0.001, 0.999))
def test_odds_and_chances(chance: float):
    assert likely({"one": math.log(chance / (1.0 - chance))}, {"one": 1.0}) == pytest.approx(chance)


def test_chances_are_shares_of_one(loaded: Loaded):
    query = parse("和县2022年地区生产总值增长多少")
    reading = readings(query, [slots(query)[0]])[0]
    found = assign([ranked(reading.slots[0], loaded)], fitted())
    assert found is not None
    twice = weigh_readings(query, [(reading, found), (reading, found)], fitted())
    alone, beside = (decide(query, some, (), fitted()).chances for some in (twice[:1], twice))
    assert sum(alone.values()) == pytest.approx(1.0)
    # A second reading that weighs the same takes as large a share.
    assert beside[Action.REFUSE] / beside[Action.FIGURES] == pytest.approx(alone[Action.REFUSE] / alone[Action.FIGURES])
    assert 2 * beside[Action.FIGURES] + beside[Action.REFUSE] == pytest.approx(1.0)


def test_weights_are_read_as_they_were_written():
    model = fitted()
    again = parsed(written(model))
    assert written(again) == written(model)
    assert set(model.answers) == {ALONE, *(action.value for action in Action)}


def test_a_weight_of_no_feature_is_refused():
    with pytest.raises(LexiconError):
        parsed("unary\tno such feature\t1.0\n")


@pytest.mark.parametrize(
    ("slot", "asked", "out"),
    [
        # A percentage is no amount, an amount no percentage, a rate no money.
        (Slot("地区生产总值", "", Ask(None, "亿元"), None, YEAR), "GDP多少亿元", {"6.2%", "8个", "54.6%"}),
        (Slot("地区生产总值", "", Ask(Measure.GROWTH, "%"), None, YEAR), "GDP增长百分之几", {"186.4亿元", "12.5亿元"}),
        (Slot("城镇化率", "", Ask(Measure.SHARE), None, YEAR), "城镇化率多少", {"6.2%", "5.1%", "186.4亿元"}),
        # Results where results are asked for, plans where plans are.
        (Slot("地区生产总值", "", Ask(Measure.GROWTH), Status.ACTUAL, YEAR), "GDP实际增长", {"7%"}),
        (Slot("地区生产总值", "", Ask(Measure.GROWTH), Status.TARGET, YEAR), "GDP增长目标", {"6.2%", "5.1%"}),
        # No rank is told in amounts; of a known indicator no other answers.
        (Slot("地区生产总值", "", Ask(Measure.RANK), None, YEAR), "GDP排第几", {"186.4亿元", "6.2%"}),
        (Slot("一般公共预算收入", "", Ask(), None, YEAR), "财政收入多少", {"186.4亿元"}),
        # A mark that was passed is no amount, where the amount is told behind it.
        (Slot("高新技术企业", "", Ask(None, "家"), None, YEAR), "高新技术企业有多少家", {"100家"}),
    ],
)
def test_figures_that_cannot_be_meant_are_left_out(slot: Slot, asked: str, out: set[str], loaded: Loaded):
    found = eligible(ranked(slot, loaded), asked, planned=slot.status is Status.TARGET)
    assert not {stated.figure.surface for _, stated, _ in found.figures} & out
    assert len(found.figures) == len(found.scores) == len(found.rows)


def test_a_mark_is_given_where_it_is_asked_for(loaded: Loaded):
    slot = Slot("高新技术企业", "", Ask(None, "家"), None, YEAR)
    found = eligible(ranked(slot, loaded), "高新技术企业突破了多少家", planned=False)
    assert {"100家", "114家"} <= {stated.figure.surface for _, stated, _ in found.figures}


def test_a_model_without_weights_says_nothing(loaded: Loaded):
    empty = Model(np.zeros(len(FEATURES)), np.zeros(len(PAIRS)), 1.0, {})
    slot = Slot("地区生产总值", "", Ask(), None, YEAR)
    found = rank(slot, weigh_in(slot, [loaded]), Scope(), [(Candidate(loaded.row.id, 1.0, YEAR), loaded)], empty)
    assert not found.scores.any()


def test_words_of_one_meaning_are_near():
    rows = np.array([vectors.row(word) for word in ("菜场", "地铁", "无此词语")])
    assert rows[2] == -1
    others = np.array([vectors.row(word) for word in ("蔬菜", "轨道交通")])
    table = vectors.near(rows, others)
    assert table[0, 0] > table[0, 1]
    assert table[1, 1] > table[1, 0]
    assert not table[2].any()


def test_classes_are_named_once():
    assert len(set(CLASSES)) == len(CLASSES)
    assert len(set(FEATURES)) == len(FEATURES)


def test_the_report_is_asked(tmp_path: Path):
    (tmp_path / "和县-2023.txt").write_text(REPORT, encoding="utf-8")
    engine = Engine.open(tmp_path / "store")
    engine.ingest([tmp_path / "和县-2023.txt"])
    answer, _ = engine.ask("和县2023年经济增长目标是多少", today=date(2023, 6, 1))
    engine.close()
    assert [item.figure.surface for item in answer.figures] == ["7%"]


def test_what_words_say_of_status_may_be_wrong_and_what_they_say_of_kind_is_not(loaded: Loaded):
    """和县2022年要新建几个农贸市场, of what was built."""
    slot = Slot("农贸市场", "新建", Ask(None, "个"), Status.TARGET, YEAR)
    found = ranked(slot, loaded)
    meant = eligible(found, "和县2022年计划新建几个农贸市场", planned=True)
    may_be = conceivable(found, "和县2022年计划新建几个农贸市场")
    assert "8个" not in {stated.figure.surface for _, stated, _ in meant.figures}
    assert "8个" in {stated.figure.surface for _, stated, _ in may_be.figures}
    amount = conceivable(ranked(replace(slot, ask=Ask(None, "亿元")), loaded), "和县2022年农贸市场投资多少亿元")
    assert {stated.figure.unit for _, stated, _ in amount.figures} <= {"亿元", "万元", "元"}
