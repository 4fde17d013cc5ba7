"""Tasks end though one cancellation is swallowed."""

from __future__ import annotations

import asyncio
import importlib

import pytest

# The package offers the function under this name: the module is asked for by its own.
run = importlib.import_module("bot.app.run")


async def stubborn(times: int) -> None:
    """Swallows so many cancellations, as `wait_for` may before Python 3.12."""
    for _ in range(times):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            continue
    await asyncio.sleep(60)


def test_tasks_end_though_a_cancellation_is_swallowed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "_ENDING", 0.01)

    async def ended() -> list[bool]:
        tasks = [asyncio.create_task(stubborn(times)) for times in (0, 1, 3)]
        await asyncio.sleep(0)
        await asyncio.wait_for(run._ended(tasks), 30)
        return [task.cancelled() for task in tasks]

    assert asyncio.run(ended()) == [True, True, True]
