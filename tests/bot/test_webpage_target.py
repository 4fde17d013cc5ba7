"""Messages as HTML for a page: whatever is said comes through, and nothing of it is markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from bot.render import Line, Mark, Message, Origin, Part, Quote, Run
from bot.render.message import Cited
from bot.render.webpage import HERE, SOURCES, webpage
from bot.reply import reply
from retrieval import Engine

_AT = st.none() | st.just(Cited('"<x>&', 3, 9))
_RUN = st.builds(Run, st.text(st.characters(), max_size=40), st.sampled_from(Mark), at=_AT)
_BLOCK = st.one_of(
    st.builds(Line, st.lists(_RUN, max_size=4).map(tuple)),
    st.builds(Quote, st.lists(_RUN, min_size=1, max_size=4).map(tuple), at=_AT),
)
_PARTS = st.lists(st.builds(Part, st.lists(_BLOCK, max_size=5).map(tuple), st.booleans()), max_size=4)


def shown(html: str) -> str:
    return "".join(JustHTML(html, fragment=True, sanitize=False).to_text(separator="").split())


@settings(max_examples=150)
@given(_PARTS)
def test_any_text_comes_through_as_it_was(parts: list[Part]):
    html = webpage(Message(tuple(parts)), sources="", here="")
    said = "".join(run.text for part in parts for block in part.blocks for run in block.runs)
    visible = "".join(c for c in said if c.isprintable() and not c.isspace())
    counts = [sum(isinstance(block, Quote) for block in part.blocks) for part in parts if part.folded]
    for count in counts:
        html = html.replace(f'<span class="count">{count}</span>', "", 1)
    assert shown(html) == visible
    assert "<x>" not in html


def test_a_figure_comes_first_then_its_source_then_its_quote(sample: Engine):
    html = webpage(reply(sample.ask("辽阳2023年粮食产量是多少")[0]))
    order = [
        html.index(mark) for mark in ('<p class="figure">', '<p class="source">', "<blockquote", '<p class="note">')
    ]
    assert order == sorted(order)
    assert html.count("?at=") == 2  # the value and the source; the quote stands below its source
    assert HERE not in html


def test_several_figures_are_a_list_and_folded_evidence_is_shut():
    figure = Line((Run("产量", Mark.STRONG), Run("1 吨", Mark.VALUE, at=Cited("甲", 0, 2))))
    quote = Quote((Run("产量1 吨", origin=Origin.QUOTE),), at=Cited("甲", 0, 5))
    html = webpage(Message((Part((figure, figure)), Part((quote, quote), folded=True))))
    assert html.count("<li>") == 2
    assert f'<details class="part"><summary>{SOURCES}<span class="count">2</span></summary>' in html
    assert html.count(HERE) == 2


@pytest.mark.parametrize("text", ["<script>alert</script>", '"onload="', "&amp;", "<!--", "]]>"])
def test_nothing_said_is_markup(text: str):
    html = webpage(Message((Part((Line((Run(text, Mark.STRONG, at=Cited(text, 0, 1)),)),)),)))
    assert shown(html) == text
