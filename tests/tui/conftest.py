"""How a screen is played in a test: an app over fake seats, and the text that is on it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from tests.tui.fake import FakeSeat
from textual._context import active_app
from textual.pilot import Pilot

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.tui.app import TableApp

Played = Pilot[Any]  # Any: what the app returns
Play = Callable[..., AbstractAsyncContextManager[Played]]
SOON = 0.055
"""Seconds within which a timer is about to ring: keys and pictures wait for those, and for none that is longer."""


def screen_text(pilot: Played) -> str:
    """Everything that is on the screen, line by line."""
    app = pilot.app
    width, height = app.size
    lines = app.screen._compositor.render_strips()  # the only way to read a screen as text
    assert len(lines) <= height
    return "\n".join(strip.text[:width] for strip in lines)


def at(pilot: Played) -> type:
    """The kind of screen that is shown."""
    return type(pilot.app.screen)


async def keys(pilot: Played, *pressed: str) -> None:
    """Press keys; `type:…` types."""
    for key in pressed:
        if key.startswith("type:"):
            await pilot.press(*({" ": "space"}.get(letter, letter) for letter in key[5:]))
        else:
            await pilot.press(key)
    await quiet(pilot)


async def quiet(pilot: Played) -> None:
    """Wait until the app is at rest, and show what came last."""
    await at_rest()
    await pilot.pause(0)


async def until(pilot: Played, words: str) -> None:
    """Wait for words on the screen that come by themselves: from a thread, or after a time."""
    for _ in range(400):
        if words in screen_text(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{words!r} never came:\n{screen_text(pilot)}")


async def at_rest(*_: float) -> None:
    """Wait until the app has ended, or nothing is left to run and no timer is about to ring, however long it takes."""
    loop: Any = asyncio.get_running_loop()
    while active_app.get().is_running:
        dues = [timer.when() for timer in loop._scheduled if not timer.cancelled()]
        ring = min(dues, default=math.inf) - loop.time()
        if loop._ready:
            await asyncio.sleep(0)
        elif ring < SOON:
            await asyncio.sleep(max(ring, 0))
        else:
            return


@pytest.fixture(autouse=True)
def rest_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's own wait for rest lasts long, and takes a process that gets no processor for one at rest."""
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.001)


@pytest.fixture
def play() -> Play:
    """Sit down at fake seats: `async with play(seat, …) as pilot`."""

    @asynccontextmanager
    async def playing(*seats: FakeSeat, size: tuple[int, int] = (80, 24), **kept: Any) -> AsyncIterator[Played]:
        people: tuple[SeatName, ...] = tuple(seat.name for seat in seats)
        app = TableApp(SeatTable({seat.name: seat for seat in seats}, people, **kept))
        async with app.run_test(size=size, notifications=True) as pilot:
            await quiet(pilot)
            yield pilot

    return playing
