"""Pictures drawn in a process of their own: each takes as long as a dozen answers, which should not wait for it."""

from __future__ import annotations

import asyncio

from pydantic import TypeAdapter

from bot import charts
from bot.charts import Chart
from retrieval.workers import WorkerEnded, Workers

__all__ = ["Studio", "Undrawn", "dumps", "loads"]

_CHART = TypeAdapter(Chart)


class Undrawn(Exception):
    """A picture could not be drawn. For the log."""


def dumps(chart: Chart) -> str:
    """A picture to be drawn, as one line of JSON: it can wait on the disk."""
    return _CHART.dump_json(chart).decode()


def loads(text: str) -> Chart:
    """The value of `dumps`."""
    return _CHART.validate_json(text)


class Studio:
    """Draws one picture after the other. The process is started by the first."""

    def __init__(self) -> None:
        self._worker: Workers[tuple[str, bool], bytes | str] | None = None

    async def draw(self, text: str, *, dark: bool = False) -> bytes:
        """The picture `dumps` describes, as PNG, on a light or a dark ground. Raises Undrawn."""
        if self._worker is None:
            # Threads are running here: a forked process would inherit their locks.
            self._worker = Workers(_drawn, 1, method="spawn")
        worker = self._worker
        try:
            drawn = await asyncio.wrap_future(worker.submit((text, dark)))
        except WorkerEnded as problem:  # the next picture has a new one
            if self._worker is worker:
                self.close()
            raise Undrawn("process ended") from problem
        if isinstance(drawn, str):
            raise Undrawn(drawn)
        return drawn

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _drawn(asked: tuple[str, bool]) -> bytes | str:
    """In the process: the picture, or what went wrong."""
    text, dark = asked
    try:
        return charts.drawn(loads(text), dark=dark)
    except Exception as problem:  # whatever a picture breaks must not stop the messages behind it
        return repr(problem)
