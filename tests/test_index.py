"""Our scores over stored postings are those of rank_bm25 itself on the same tokens, however they are found."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval import tokens
from retrieval.errors import SchemaMismatch, StoreError, UnknownReport
from retrieval.index import Ranking, Store, StoredBM25, Within, writing
from retrieval.index.bm25 import K1, B
from retrieval.model import SectionKind
from tests.support.cases import SHARED, needs_shared
from tests.support.invented import invented

WORDS = ["粮食", "产量", "增长", "工业", "投资", "收入", "发展", "项目", "城镇", "的"]
passage = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map("".join)
corpus = st.lists(st.lists(passage, min_size=1, max_size=5), min_size=1, max_size=6)
in_a_store = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fill(path: Path, reports: list[list[str]]) -> Store:
    store = Store(path)
    # Two transactions: postings of a term then lie in two segments.
    analysed = [invented(f"甲市-{2000 + n}", passages) for n, passages in enumerate(reports)]
    store.add(analysed[:2])
    store.add(analysed[2:])
    return store


def whole_corpus_scores(store: Store, query: list[str]) -> np.ndarray:
    statistics, numbers = store.statistics(query)
    lists = {term: store.postings(number) for term, number in numbers.items()}
    held = {term: (found.passage, found.frequency) for term, found in lists.items()}
    return StoredBM25(statistics).scores(query, held, store.layout.lengths)


def best(scores: np.ndarray, k: int) -> list[tuple[int, float]]:
    order = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return [(int(n), float(scores[n])) for n in order if scores[n] > 0]


def found(store: Store, query: list[str], k: int, within: Within | None = None) -> list[tuple[int, float]]:
    return [(store.layout.first(r.report) + r.passage, r.score) for r in Ranking(store).top(query, k, within)]


@in_a_store
@given(reports=corpus, question=passage, k=st.integers(1, 12))
def test_scores_equal_the_package_s(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], question: str, k: int
):
    documents = [tokens.terms(text) for texts in reports for text in texts]
    assume(any(documents))  # the package divides by zero where no document has a term
    store = fill(tmp_path_factory.mktemp("store") / "a.db", reports)
    # Terms repeated, and one no document has.
    query = [*tokens.terms(question), *tokens.terms(question)[:2], "没有的词"]
    expected = BM25Plus(documents, k1=K1, b=B, delta=0).get_scores(query)
    np.testing.assert_array_equal(whole_corpus_scores(store, query), expected)
    assert found(store, query, k) == best(expected, k)
    store.close()


@in_a_store
@given(reports=corpus, question=passage)
def test_a_scope_has_the_scores_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], question: str
):
    store = fill(tmp_path_factory.mktemp("store") / "a.db", reports)
    query = tokens.terms(question)
    inside = store.layout.mask(["甲市-2000", "甲市-2002"])
    expected = best(whole_corpus_scores(store, query) * inside, 10)
    within = Within(frozenset({"甲市"}), frozenset({2000, 2002}), frozenset({SectionKind.REVIEW}))
    assert found(store, query, 10, within) == expected
    assert found(store, query, 10, Within(kinds=frozenset({SectionKind.TASKS}))) == []
    assert found(store, query, 10, Within(places=frozenset({"乙市"}))) == []
    store.close()


def test_a_wide_scope_has_the_scores_of_the_whole(tmp_path: Path):
    store = Store(tmp_path / "a.db")
    store.add([invented(f"甲市-{1950 + n}", ["粮食产量增长", "工业" * (n % 7 + 1)]) for n in range(60)])
    query = tokens.terms("粮食工业")
    within = Within(years=frozenset(range(1955, 2005)))
    inside = store.layout.mask(row.id for row in store.rows.values() if row.year in within.years)
    assert found(store, query, 15, within) == best(whole_corpus_scores(store, query) * inside, 15)


@in_a_store
@given(reports=corpus, question=passage)
def test_contributions_add_up_to_the_score(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], question: str
):
    store = fill(tmp_path_factory.mktemp("store") / "a.db", reports)
    query = [*tokens.terms(question), "没有的词"]
    ranking = Ranking(store)
    for hit in ranking.top(query, 5):
        parts = ranking.explain(query, hit.report, hit.passage)
        words = tokens.terms(reports[int(hit.report[-4:]) - 2000][hit.passage])
        assert sum(part.score for part in parts) == pytest.approx(hit.score, rel=1e-12)
        assert {part.term: part.tf for part in parts} == {t: words.count(t) for t in set(query) if t in words}
        assert all(a.score >= b.score for a, b in pairwise(parts))
    store.close()


# One store per report that goes: rows, postings and statistics as if it had never been there.
def state(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = ("reports", "texts", "layout", "figures", "terms", "segments", "postings")
    return {table: [tuple(row) for row in store.database.execute(f"SELECT * FROM {table}")] for table in tables}  # noqa: S608


@in_a_store
@given(reports=corpus, extra=st.lists(passage, min_size=1, max_size=5))
def test_a_report_that_came_and_went_leaves_every_byte_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], extra: list[str]
):
    store = fill(tmp_path_factory.mktemp("store") / "a.db", reports)
    before = state(store)
    store.add([invented("乙市-2020", extra)])
    store.remove("乙市-2020")
    assert state(store) == before
    store.close()


@in_a_store
@given(reports=corpus, gone=st.integers(0, 5), question=passage)
def test_removing_a_report_leaves_the_others_as_if_alone(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], gone: int, question: str
):
    assume(gone < len(reports))
    folder = tmp_path_factory.mktemp("store")
    store, alone = fill(folder / "a.db", reports), Store(folder / "b.db")
    alone.add([invented(f"甲市-{2000 + n}", texts) for n, texts in enumerate(reports) if n != gone])
    store.remove(f"甲市-{2000 + gone}")
    query = tokens.terms(question)
    assert store.statistics(query)[0] == alone.statistics(query)[0]
    ours, theirs = Ranking(store).top(query, 9), Ranking(alone).top(query, 9)
    assert sorted(ours, key=repr) == sorted(theirs, key=repr)
    store.close()
    alone.close()


def test_storing_a_report_again_changes_nothing(tmp_path: Path):
    store = fill(tmp_path / "a.db", [["粮食产量增长"], ["工业投资增长"]])
    query = tokens.terms("粮食产量增长工业")
    before = store.statistics(query)[0]
    store.add([invented("甲市-2001", ["工业投资增长"])])
    assert store.statistics(query)[0] == before
    assert len(store.rows) == 2


def test_a_failing_add_keeps_what_it_was_to_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = fill(tmp_path / "a.db", [["粮食产量增长"], ["工业投资增长"]])
    before = state(store)

    def fail(*_: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(writing, "add", fail)
    with pytest.raises(RuntimeError):
        store.add([invented("甲市-2005", ["城镇发展"])], replacing=frozenset({"甲市-2001"}))
    assert state(store) == before
    assert sorted(store.rows) == ["甲市-2000", "甲市-2001"]


def test_replaced_reports_go_with_the_new_ones_coming(tmp_path: Path):
    store = fill(tmp_path / "a.db", [["粮食产量增长"], ["工业投资增长"]])
    store.add([invented("甲市-2005", ["城镇发展"])], replacing=frozenset({"甲市-2001", "没有-1999"}))
    assert sorted(store.rows) == ["甲市-2000", "甲市-2005"]
    assert store.statistics(["工业"])[0].frequencies == {}


def test_an_empty_store_has_no_scores(tmp_path: Path):
    store = Store(tmp_path / "a.db")
    assert len(whole_corpus_scores(store, ["粮食"])) == 0
    assert Ranking(store).top(["粮食"]) == []
    assert Ranking(store).top(["粮食"], within=Within(years=frozenset({2020}))) == []


def test_a_report_of_more_passages_than_any_has_is_ranked_like_others(tmp_path: Path):
    store = Store(tmp_path / "a.db")
    passages = [f"项目{n}增长" for n in range(6000)]
    store.add([invented("甲市-2020", ["粮食"]), invented("乙市-2020", passages), invented("丙市-2020", ["粮食产量"])])
    assert [(r.report, r.passage) for r in Ranking(store).top(tokens.terms("项目5123"), 1)] == [("乙市-2020", 5123)]
    assert [r.report for r in Ranking(store).top(tokens.terms("产量"))] == ["丙市-2020"]


def test_ranking_sees_what_another_process_stores(tmp_path: Path):
    store = fill(tmp_path / "a.db", [["粮食产量增长"]])
    ranking = Ranking(store)
    assert len(ranking.top(["~粮食"])) == 1
    other = Store(tmp_path / "a.db")
    other.add([invented("乙市-2020", ["粮食", "粮食产量"])])
    other.close()
    assert len(ranking.top(["~粮食"])) == 3


def test_what_is_stored_comes_back(tmp_path: Path):
    item = invented("甲市-2020", ["粮食产量增长", "工业投资"])
    store = Store(tmp_path / "a.db")
    store.add([item])
    store.close()
    again = Store(tmp_path / "a.db")
    assert again.report("甲市-2020") == item.report
    assert again.outline("甲市-2020") == item.outline
    with pytest.raises(UnknownReport):
        again.report("乙市-2020")


def test_a_file_that_is_no_store_is_refused(tmp_path: Path):
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="不是可用的资料库"):
        Store(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_store_of_another_version_is_refused(tmp_path: Path):
    store = Store(tmp_path / "a.db")
    store.database.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(SchemaMismatch, match="另一版本"):
        Store(tmp_path / "a.db")


@needs_shared
def test_real_passages_are_found_by_their_questions(tmp_path: Path):
    told = json.loads((SHARED / "eval" / "cmrc2018_dev.json").read_text(encoding="utf-8"))
    paragraphs = [p for article in told["data"] for p in article["paragraphs"]]
    texts = [" ".join(p["context"].split()) for p in paragraphs]
    store = Store(tmp_path / "a.db")
    store.add([invented("甲市-2020", texts)])
    ranking, reciprocal, asked = Ranking(store), 0.0, 0
    peer = BM25Plus([tokens.terms(text) for text in texts], k1=K1, b=B, delta=0)
    for number, paragraph in enumerate(paragraphs):
        for question in paragraph["qas"]:
            query = tokens.terms(question["question"])
            hits = [r.passage for r in ranking.top(query)]
            reciprocal += 1 / (hits.index(number) + 1) if number in hits else 0
            if asked % 40 == 0:
                expected = best(peer.get_scores(query), 10)
                assert hits == [n for n, _ in expected]
            asked += 1
    assert reciprocal / asked >= 0.98
