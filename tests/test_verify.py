"""A text held against the reports: verdicts, causes, reasons, and when a text is one to be checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retrieval import Engine
from retrieval.errors import BadQuestion
from retrieval.figures import Context, extract
from retrieval.model import Figure, Span, Status
from retrieval.verify import Check, Claim, Finding, Missing, Said, Verdict, dating, states, stretch, unlike
from retrieval.verify.equality import Likeness, compared
from tests.support.cases import SHARED, cases, needs_shared

CORPUS = SHARED / "corpus" / "dev"


def finding(check: Check, surface: str, at: int = 0) -> Finding:
    return next(f for f in check.findings if f.span.of(check.text) == surface and f.span.start >= at)


@pytest.mark.parametrize("case", cases("verify"))
def test_figures_of_the_sample_report_are_checked(sample: Engine, case: dict[str, Any]):
    check = sample.verify(case["text"], place=case.get("place", ""), year=case.get("year", 0))
    for surface, (verdict, why) in case["figures"].items():
        found = finding(check, surface)
        assert found.verdict == verdict
        assert (found.missing if verdict == "unfound" else found.cause) == why


@pytest.mark.parametrize("case", cases("verify_states"))
def test_statements_are_told_from_questions(case: dict[str, Any]):
    assert states(case["text"]) is case["states"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The reports that the seeded cases are from, those of the years beside them and of the places over them."""
    wanted: set[str] = set()
    for parameter in cases("verify_seeded"):
        place, year = parameter.values[0]["report"].rsplit("-", 1)  # type: ignore[index]
        wanted |= {f"{place}-{int(year) + by}" for by in (-1, 0, 1)} | {f"全国-{year}"}
        wanted |= {f"{over}-{year}" for over in ("吉林省", "四川省", "安徽省", "河北省")}
    engine = Engine.open(tmp_path_factory.mktemp("verify"))
    engine.ingest([path for path in sorted(CORPUS.glob("*.md")) if path.stem in wanted])
    yield engine
    engine.close()


@needs_shared
@pytest.mark.parametrize("case", cases("verify_seeded"))
def test_seeded_changes_are_found_and_unchanged_sentences_are_left(
    reports: Engine, case: dict[str, Any], request: pytest.FixtureRequest
):
    if "known" in case:
        request.applymarker(pytest.mark.xfail(reason=case["known"], strict=True))
    check = reports.verify(case["text"], place=case.get("place", ""), year=case.get("year", 0))
    if case["verdict"] == "same":
        assert check.findings
        assert check.count(Verdict.DIFFERENT) == 0
        return
    found = finding(check, case["figure"], case["at"])
    assert (found.verdict, found.cause) == (case["verdict"], case["cause"])


def stated(text: str) -> Figure:
    (figure,) = extract(text, Context(2024, "石门县"))
    return figure


@pytest.mark.parametrize(
    ("claim", "report", "likeness"),
    [
        ("粮食产量达到111.6万吨。", "粮食产量达到111.6万吨。", Likeness.SAME),
        ("财政收入1.2万亿元。", "财政收入12000亿元。", Likeness.SAME),
        ("去年收入增长三成。", "去年收入增长30%。", Likeness.SAME),
        ("去年收入增长三成。", "去年收入增长30.5%。", Likeness.ROUNDED),
        ("去年收入增长一成多。", "去年收入增长10.8%。", Likeness.HEDGED),
        ("去年收入增长一成多。", "去年收入增长21%。", Likeness.DIFFERENT),
        ("去年收入增长近三成。", "去年收入增长29.1%。", Likeness.HEDGED),
        ("去年收入增长百分之三十多。", "去年收入增长36%。", Likeness.HEDGED),
        ("去年财政收入八千多亿元。", "去年财政收入8970亿元。", Likeness.HEDGED),
        ("去年财政收入八千多亿元。", "去年财政收入9010亿元。", Likeness.DIFFERENT),
        ("财政收入1.2万亿元。", "财政收入12034亿元。", Likeness.ROUNDED),
        ("财政收入12034亿元。", "财政收入1.2万亿元。", Likeness.ROUNDED),
        ("财政收入超过5000亿元。", "财政收入5064亿元。", Likeness.HEDGED),
        ("财政收入近5100亿元。", "财政收入5064亿元。", Likeness.HEDGED),
        ("财政收入5064亿元。", "财政收入突破5000亿元。", Likeness.HEDGED),
        ("财政收入超过5000亿元。", "财政收入4964亿元。", Likeness.DIFFERENT),
        ("财政收入增长5.3%。", "财政收入下降5.3%。", Likeness.DIFFERENT),
        ("财政收入增长5.3%。", "财政收入增长5.8%。", Likeness.DIFFERENT),
        ("财政收入增长5%。", "财政收入增长5.3%。", Likeness.DIFFERENT),
        ("财政收入增长约5%。", "财政收入增长5.3%。", Likeness.HEDGED),
        ("财政收入增长5.3个百分点。", "财政收入增长5.3%。", Likeness.UNLIKE),
        ("造林5万亩。", "造林5万公顷。", Likeness.UNLIKE),
        ("2023年粮食总产超千亿斤。", "2023年粮食总产突破1100亿斤。", Likeness.HEDGED),
        ("2023年重污染天数减少5天多。", "2023年重污染天数减少5.5天。", Likeness.HEDGED),
        ("财政收入超过5000亿元。", "财政收入超过4900亿元。", Likeness.DIFFERENT),
        ("力争高新技术企业突破641家。", "力争高新技术企业突破600家。", Likeness.DIFFERENT),
    ],
)
def test_numbers_are_compared_as_they_are_written(claim: str, report: str, likeness: Likeness):
    assert compared(stated(claim), stated(report)) is likeness


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023年，全市地区生产总值增长6.6%。", 2024),
        ("2024年的主要预期目标是：地区生产总值增长7%左右。", 2024),
        ("2023年增长6.6%。2024年，预期增长7%左右。", 2024),
        ("2023年增长6.6%，到2035年基本实现现代化。", 2024),
        ("甘肃省2024年政府工作报告摘登", 2024),
        ("2018年2月25日上午，大会开幕。", 2018),
        ("新华社2023年12月20日电，全年增长5%。", 2024),
        ("“十三五”时期，地区生产总值年均增长7.1%。", 2021),
        ("比2019年增长5%。", 0),
        ("2022年是极为重要的一年。", 2023),
        ("地区生产总值增长6.6%。", 0),
    ],
)
def test_the_year_a_paragraph_is_of_is_read(text: str, year: int):
    assert dating.context_year(text) == year


def claims(check: Check) -> list[Claim]:
    return [f.claim for f in check.findings if isinstance(f.claim, Claim)]


@pytest.mark.parametrize(
    ("words", "period", "sure"),
    [
        ("泉州2009年生产总值增长", "2009", True),
        ("2024年山东省地区生产总值增长5.7%,泉州2009年地区生产总值增长", "2024", False),
        ("2021年GDP达8.3万亿元,今年预期增长", "2022", True),
        ("实现“十四五”良好开局,地区生产总值达到", "2021", False),
        ("2024年屠宰量由全国", "2024", False),
        ("2020年审批时间由120个工作日减至40个工作日,减少", "2020", False),
        ("全市粮食产量", "2023", True),
        ("泉州市2010年政府工作报告提出,", "2009", True),
    ],
)
def test_what_leaves_the_year_of_a_figure_in_doubt(words: str, period: str, sure: bool):
    assert dating.sure(words, period) is sure


def test_each_figure_is_of_the_year_named_beside_it(sample: Engine):
    text = "辽阳市2023年粮食产量111.6万吨，2024年目标是粮食产量112万吨。"
    found = [(f.claim.figure.period, f.claim.figure.status) for f in sample.verify(text).findings]
    assert found == [("2023", Status.ACTUAL), ("2024", Status.TARGET)]


def test_nothing_denies_a_figure_whose_year_is_in_doubt(sample: Engine):
    text = "辽阳市2023年工作回顾\n实现“十四五”良好开局，粮食产量达到999万吨。"
    assert all(f.verdict is not Verdict.DIFFERENT for f in sample.verify(text).findings)


def test_each_clause_has_its_place(sample: Engine):
    text = "2023年，辽阳市粮食产量111.6万吨；鞍山市粮食产量90万吨，蔬菜产量50万吨。全省粮食产量2563万吨，全国增长1.3%。"
    assert [c.place for c in claims(sample.verify(text))] == ["辽阳市", "鞍山市", "鞍山市", "辽宁省", "全国"]


def test_what_is_not_told_is_asked_back(sample: Engine):
    assert sample.verify("粮食产量111.6万吨，蔬菜产量85.9万吨。").asks is Missing.UNPLACED
    assert sample.verify("辽阳市粮食产量111.6万吨。").asks is Missing.UNDATED
    assert sample.verify("辽阳市粮食产量111.6万吨。", year=2023).asks is None


def test_a_sentence_without_a_place_beside_one_with_one(sample: Engine):
    check = sample.verify("2023年，各地粮食产量111.6万吨。2023年，鞍山市蔬菜产量50万吨。")
    assert finding(check, "50万吨").missing is Missing.PLACE


def test_a_text_without_figures_has_no_findings(sample: Engine):
    check = sample.verify("辽阳市2023年工作回顾。")
    assert (check.findings, check.asks) == ((), None)


@pytest.mark.parametrize("text", ["", "  \n", "长" * 200_001])
def test_what_is_no_text_is_refused(sample: Engine, text: str):
    with pytest.raises(BadQuestion):
        sample.verify(text)


def test_every_verdict_cites_what_its_report_says(sample: Engine):
    check = sample.verify("2023年，辽阳市一般公共预算收入增长8.7%，粮食产量111.6万吨，实现“九连丰”。")
    text = sample.text("辽阳市-2024")
    for citation in check.citations:
        assert citation.span.of(text) == citation.quote
    for found in check.findings:
        if found.evidence is not None:
            assert check.citations[found.evidence.citation].span.holds(found.evidence.figure.span)


def test_quoted_words_are_checked(sample: Engine):
    text = (
        "2023年，辽阳市粮食产量111.6万吨，扛牢“维护粮食安全重任”，推进“扛牢维护粮食安全的重任”，打造“东方水都会客厅”。"
    )
    said = {f.span.of(text): f.verdict for f in sample.verify(text).findings if isinstance(f.claim, Said)}
    assert said == {
        "“维护粮食安全重任”": Verdict.SAME,
        "“扛牢维护粮食安全的重任”": Verdict.NEAR,
        "“东方水都会客厅”": Verdict.UNFOUND,
    }


def test_a_first_is_one_only_where_the_report_says_so(sample: Engine):
    text = "2023年，辽阳市粮食产量首次达到111.6万吨。"
    assert finding(sample.verify(text), "首次").verdict is Verdict.UNFOUND


def test_progress_is_told(sample: Engine):
    told: list[tuple[int, int]] = []
    sample.verify(
        "2023年，辽阳市粮食产量111.6万吨。蔬菜产量85.9万吨。", progress=lambda done, whole: told.append((done, whole))
    )
    assert told == [(1, 2), (2, 2)]


def test_worst_comes_first(sample: Engine):
    check = sample.verify("2023年，辽阳市粮食产量111.6万吨，一般公共预算收入增长8.7%，医院病床1.2万张。")
    assert [f.verdict for f in check.worst_first()] == [Verdict.DIFFERENT, Verdict.UNFOUND, Verdict.SAME]
    assert check.findings[0].span == Span(13, 20)


def test_reading_needs_no_files(sample: Engine, tmp_path: Path):
    sample.verify("2023年，辽阳市粮食产量111.6万吨。")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("phrase", "words", "parts"),
    [
        ("“扛牢维护粮食安全的重任”", "扛稳维护国家粮食安全重任", ["牢", "的"]),
        ("“GDP 总量”", "gdp总量", []),
        ("总量", "经济总量", []),
    ],
)
def test_stretches_that_differ(phrase: str, words: str, parts: list[str]):
    assert unlike(phrase, words) == parts


def test_where_words_stand_between_marks():
    text = "坚决扛稳、维护 国家粮食安全重任，"
    found = stretch(text, "扛稳维护国家")
    assert found is not None
    assert found.of(text) == "扛稳、维护 国家"
    assert stretch(text, "没有") is None


def test_what_grew_by_two_digits_stands_behind_and_is_not_denied(sample: Engine):
    check = sample.verify("2023年，辽阳市粮食产量111.6万吨，两位数增长的还有进出口。")
    assert check.count(Verdict.DIFFERENT) == 0


def test_a_text_too_long_is_refused(sample: Engine):
    with pytest.raises(BadQuestion, match="6万字"):
        sample.verify("辽阳市2023年粮食产量111.6万吨。" * 4000)
