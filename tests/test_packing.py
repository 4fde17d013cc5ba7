"""What is packed comes back."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.packing import pack_planes, pack_varints, unpack_planes, unpack_varints
from retrieval.index.postings import Forward, Terms, decode, encode, inverted

small = st.integers(0, 300)
numbers = st.lists(st.one_of(small, st.integers(0, 2**32 - 1)), max_size=30)


@given(numbers)
def test_integers_come_back(values: list[int]):
    data, ends = pack_varints(np.array(values, dtype=np.uint64))
    found, _ = unpack_varints(data)
    assert found.tolist() == values
    starts = [0, *ends.tolist()]
    for n, value in enumerate(values):
        assert unpack_varints(data[starts[n] : starts[n + 1]])[0].tolist() == [value]


@given(st.lists(numbers, min_size=1, max_size=5))
def test_arrays_come_back(lists: list[list[int]]):
    found = unpack_planes(pack_planes([np.array(values, dtype=np.uint32) for values in lists]))
    assert [array.tolist() for array in found] == lists


sentence = st.lists(st.sampled_from(["粮食", "产量", "~粮食", "增长", "的"]), max_size=12)
report = st.lists(st.tuples(st.integers(0, 3), sentence), max_size=8).map(lambda s: sorted(s, key=lambda p: p[0]))


@given(st.lists(report, max_size=4), st.permutations(range(5)), st.integers(0, 10**6))
def test_terms_of_reports_come_back(reports: list[list[tuple[int, list[str]]]], order: list[int], origin: int):
    number = dict(zip(["粮食", "产量", "~粮食", "增长", "的"], [n + 1 for n in order], strict=True))
    forwards, expected, at = [], {}, origin
    for sentences in reports:
        terms = Terms.of(sentences)
        forward = Forward.of(terms, np.array([number[line] for line in terms.lines()], dtype=np.int64))
        again = Forward.load(forward.dump())
        assert again.lengths().tolist() == [len(words) for _, words in sentences]
        for n, (passage, words) in enumerate(sentences):
            for word in words:
                held, often = again.of_term(number[word])
                assert often[held.tolist().index(n)] == words.count(word)
                key = (number[word], at + passage)
                expected[key] = expected.get(key, 0) + 1
        forwards.append((at, forward))
        at += 4
    rows = list(encode(inverted(forwards), 7, origin))
    found = decode(rows, {7: origin})
    pairs = zip(found.term.tolist(), found.passage.tolist(), found.frequency.tolist(), strict=True)
    assert [((t, p), f) for t, p, f in pairs] == sorted(expected.items())
