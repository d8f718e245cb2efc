"""Running an app at a terminal: what somebody at the keys would wait for does not happen."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import Any

import pytest
from tests.tui.conftest import Play, keys
from tests.tui.fake import FakeSeat
from textual.app import App
from textual.widget import Widget

from crisis_sim.tui import terminal


class Sitting(App[tuple[int, int]]):
    """Somebody sits here for a moment, and sees how long a search for garbage would take."""

    async def run_async(self, **_: object) -> tuple[int, int]:
        """What is left out of searches, and after how many objects there is one."""
        await asyncio.sleep(0.05)
        return gc.get_freeze_count(), gc.get_threshold()[0]


def test_nobody_waits_for_a_search_of_all_that_was_made_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the first screen is there it is left out of searches for garbage, which are short until the app ends."""
    monkeypatch.setattr(terminal, "STARTED", 0.0)
    before = gc.get_threshold()
    gc.unfreeze()
    seen = terminal.at_terminal(Sitting())
    assert seen is not None
    assert seen[0] > 1000
    assert seen[1] == terminal.MADE < before[0]
    assert gc.get_threshold() == before


async def test_a_closed_screen_is_gone(play: Play) -> None:
    """Neither its widgets nor their pictures stay: they would lengthen every search for garbage until the app ends."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "enter")
        widgets = [*pilot.app.screen.walk_children(Widget, with_self=True)]
        left = weakref.WeakSet[object]([*widgets, *(each._styles_cache for each in widgets)])
        widgets.clear()
        await keys(pilot, "escape", "escape", "escape", "question_mark", "escape")
        loop: Any = asyncio.get_running_loop()
        loop._scheduled = sorted(
            timer for timer in loop._scheduled if not timer.cancelled()
        )  # as they go within seconds
        gc.collect()
        assert not [*left]
