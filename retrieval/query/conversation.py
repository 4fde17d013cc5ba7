"""What a conversation carries from one question to the next, as a value that can be stored."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from retrieval.model import Measure, Status
from retrieval.query.values import Ask, Form, Period

__all__ = ["Conversation"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last question as it was resolved: place by full name, report by id; empty before the first question.

    `places` are all places of a comparison, `unit` is that of the first figure answered. `named` are what the report
    calls the figures answered, `stated` these as they stand there.
    """

    place: str = ""
    report: str = ""
    report_year: int | None = None
    periods: tuple[Period, ...] = ()
    status: Status | None = None
    form: Form = Form.PASSAGE
    asks: tuple[Ask, ...] = ()
    several: bool = False
    content: str = ""
    context: str = ""
    places: tuple[str, ...] = ()
    unit: str = ""
    named: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()

    def dumps(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Conversation:
        """The conversation of `dumps`; ValueError for anything else."""
        try:
            raw = json.loads(text)
            return cls(
                place=str(raw["place"]),
                report=str(raw["report"]),
                report_year=raw["report_year"],
                periods=tuple(Period(**period) for period in raw["periods"]),
                status=Status(raw["status"]) if raw["status"] else None,
                form=Form(raw["form"]),
                asks=tuple(
                    Ask(Measure(ask["measure"]) if ask["measure"] else None, ask["unit"], ask["direction"], ask["end"])
                    for ask in raw["asks"]
                ),
                several=bool(raw["several"]),
                content=str(raw["content"]),
                context=str(raw["context"]),
                places=tuple(str(name) for name in raw.get("places", ())),
                unit=str(raw.get("unit", "")),
                named=tuple(str(name) for name in raw.get("named", ())),
                stated=tuple(str(surface) for surface in raw.get("stated", ())),
            )
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"不是一段会话记录:{problem}") from problem
