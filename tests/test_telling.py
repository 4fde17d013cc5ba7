"""What an answer made of figures says beside their values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retrieval.answer.telling import dated
from retrieval.model import AnswerFigure, Figure, Measure, Span, Status
from retrieval.query import parse, slots

SPAN = Span(0, 3)


@pytest.mark.parametrize(
    ("question", "period", "measure", "status", "told"),
    [
        ("辽阳2025年城镇化率目标是多少", "2021-2025", Measure.SHARE, Status.TARGET, "2025"),
        ("辽阳2020年收入是2010年的几倍", "2011-2020", Measure.MULTIPLE, Status.ACTUAL, "2020"),
        ("辽阳“十四五”城镇化率目标是多少", "2021-2025", Measure.SHARE, Status.TARGET, "2021-2025"),
        ("辽阳2023年城镇化率目标是多少", "2021-2025", Measure.SHARE, Status.TARGET, "2021-2025"),
        ("辽阳2020年GDP增长多少", "2016-2020", Measure.GROWTH, Status.ACTUAL, "2016-2020"),
        ("辽阳2020年投资是多少", "2016-2020", Measure.LEVEL, Status.ACTUAL, "2016-2020"),
        ("辽阳2020年城镇化率是多少", "2020", Measure.SHARE, Status.ACTUAL, "2020"),
    ],
)
def test_what_a_stretch_comes_to_is_dated_by_the_year_asked(
    question: str, period: str, measure: Measure, status: Status, told: str
):
    figure = Figure(SPAN, "65%", Decimal(65), "%", measure=measure, status=status, period=period)
    slot = slots(parse(question))[0]
    assert dated(AnswerFigure(figure, 0, "城镇化率"), slot).figure.period == told
