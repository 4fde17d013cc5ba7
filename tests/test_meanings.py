"""The words around figures: what is stored of them comes back, and is nearest to the words it is made of."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index import Forward, Meanings, Said, Terms
from retrieval.lexicon import vectors

WORDS = ["粮食产量", "地区生产总值", "城镇居民", "轨道交通", "高标准农田", ""]
FIGURES = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(WORDS)), max_size=8)


@given(FIGURES)
def test_what_is_stored_comes_back(figures: list[tuple[str, str, str]]):
    made = Meanings.of(figures)
    back = Meanings.load(made.dump())
    assert np.array_equal(made.nearest(["粮食", "地铁"]), back.nearest(["粮食", "地铁"]))
    assert made.nearest(["粮食"]).shape == (1, 3, len(figures))


def test_a_word_is_nearest_to_itself_and_near_to_what_means_the_same():
    made = Meanings.of([("轨道交通里程", "", ""), ("粮食产量", "", "")])
    (name, clause, sentence), (grain, _, _) = made.nearest(["地铁", "粮食"])
    assert name[0] > name[1]
    assert np.array_equal(name, clause)
    assert np.array_equal(name, sentence)
    assert grain[1] > 0.7


def test_a_word_without_a_vector_is_near_to_nothing():
    assert not Meanings.of([("粮食产量", "粮食产量", "粮食产量")]).nearest(["㗎㗎㗎"]).any()
    assert Meanings.empty().nearest(["粮食"]).shape == (1, 3, 0)


def test_a_sentence_is_near_to_what_its_words_mean():
    said = [["轨道", "交通"], [], ["粮食", "~粮食", "产量"]]
    terms = Terms.of([(0, words) for words in said])
    made = Forward.of(terms, np.arange(len(terms.lines())))
    rows = np.array([vectors.row(word) for word in terms.lines()], dtype=np.int32)
    near = Said.of(made, rows).alike(["地铁"])
    assert near[0] > near[2]
    assert near[1] == 0.0
    assert Said.of(made, rows).alike(["粮食"])[2] > 0.99
    assert not Said.of(made, rows).alike([]).any()
    assert not Said.of(Forward.empty(), rows).alike(["粮食"]).size
