"""How a screen is played in a test: an app over fake seats, and the text that is on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from tests.tui.fake import FakeSeat
from textual.pilot import Pilot

from crisis_sim.engine.actions import SeatName
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.screen_table import ScreenTable

Played = Pilot[Any]  # Any: what the app returns
Play = Callable[..., AbstractAsyncContextManager[Played]]


def screen_text(pilot: Played) -> str:
    """Everything that is on the screen, line by line."""
    app = pilot.app
    width, height = app.size
    lines = app.screen._compositor.render_strips()  # the only way to read a screen as text
    assert len(lines) <= height
    return "\n".join(strip.text[:width] for strip in lines)


async def keys(pilot: Played, *pressed: str) -> None:
    """Press keys; `type:…` types."""
    for key in pressed:
        if key.startswith("type:"):
            await pilot.press(*({" ": "space"}.get(letter, letter) for letter in key[5:]))
        else:
            await pilot.press(key)
    await quiet(pilot)


async def quiet(pilot: Played) -> None:
    """Wait until nothing is left to run; Textual's own wait takes a process that gets no processor for one at rest."""
    loop = asyncio.get_running_loop()
    rests = 0
    while rests < 2:
        await asyncio.sleep(0.01)
        follows = pilot.app.is_running and getattr(pilot.app, "follows", False)
        rests = 0 if getattr(loop, "_ready", ()) or follows else rests + 1
    await pilot.pause(0)


@pytest.fixture
def play() -> Play:
    """Sit down at fake seats: `async with play(seat, …) as pilot`."""

    @asynccontextmanager
    async def playing(*seats: FakeSeat, size: tuple[int, int] = (80, 24), **kept: Any) -> AsyncIterator[Played]:
        people: tuple[SeatName, ...] = tuple(seat.name for seat in seats)
        app = TableApp(ScreenTable({seat.name: seat for seat in seats}, people, **kept))
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause(0.1)
            yield pilot

    return playing
