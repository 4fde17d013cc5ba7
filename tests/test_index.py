"""Our scores over stored postings are those of rank_bm25 itself on the same tokens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from retrieval import tokens
from retrieval.errors import SchemaMismatch, StoreError, UnknownReport
from retrieval.index import ForwardBM25, InvertedBM25, Store
from retrieval.index.bm25 import K1, B
from tests.support.invented import invented

WORDS = ["粮食", "产量", "增长", "工业", "投资", "收入", "发展", "项目", "城镇", "的"]
passage = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map("".join)
corpus = st.lists(st.lists(passage, min_size=1, max_size=5), min_size=1, max_size=6)


def fill(path: Path, reports: list[list[str]]) -> Store:
    store = Store(path)
    store.add([invented(f"甲市-{2000 + n}", passages) for n, passages in enumerate(reports)])
    return store


def whole_corpus_scores(store: Store, query: list[str]) -> np.ndarray:
    statistics, numbers = store.statistics(query)
    postings = {term: store.postings(number) for term, number in numbers.items()}
    return InvertedBM25(statistics).scores(query, postings, store.lengths())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=corpus, question=passage)
def test_scores_equal_the_package_s(tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], question: str):
    documents = [tokens.terms(text) for texts in reports for text in texts]
    assume(any(documents))  # the package divides by zero where no document has a term
    store = fill(tmp_path_factory.mktemp("store") / "a.db", reports)
    query = [*tokens.terms(question), "没有的词"]
    expected = BM25Plus(documents, k1=K1, b=B, delta=0).get_scores(query)
    np.testing.assert_allclose(whole_corpus_scores(store, query), expected, rtol=1e-12)
    statistics, _ = store.statistics(query)
    counted = [{t: d.count(t) for t in set(d)} for d in documents]
    forward = ForwardBM25(statistics).scores(query, counted, [len(d) for d in documents])
    np.testing.assert_allclose(forward, expected, rtol=1e-12)
    store.close()


def test_removing_a_report_leaves_the_statistics_of_the_others(tmp_path: Path):
    store = fill(tmp_path / "a.db", [["粮食产量增长"], ["工业投资增长", "粮食收入"]])
    alone = fill(tmp_path / "b.db", [["粮食产量增长"]])
    store.remove("甲市-2001")
    query = tokens.terms("粮食产量增长工业")
    assert store.statistics(query)[0] == alone.statistics(query)[0]
    np.testing.assert_array_equal(whole_corpus_scores(store, query), whole_corpus_scores(alone, query))


def test_storing_a_report_again_changes_nothing(tmp_path: Path):
    store = fill(tmp_path / "a.db", [["粮食产量增长"], ["工业投资增长"]])
    query = tokens.terms("粮食产量增长工业")
    before = store.statistics(query)[0]
    store.add([invented("甲市-2001", ["工业投资增长"])])
    assert store.statistics(query)[0] == before
    assert len(store.rows) == 2


def test_an_empty_store_has_no_scores(tmp_path: Path):
    store = Store(tmp_path / "a.db")
    assert len(whole_corpus_scores(store, ["粮食"])) == 0


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
