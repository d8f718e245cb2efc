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


class Ring:
    """What refers to itself, and so goes only when somebody looks for it."""

    def __init__(self) -> None:
        """Closed at once."""
        self.me = self


class Sitting(App[tuple[int, list[bool]]]):
    """Somebody sits here for a moment, and sees what is looked for and when."""

    async def run_async(self, **_: object) -> tuple[int, list[bool]]:
        """How much is left out of searches, and whether something is there after many keys, and behind the last."""
        await asyncio.sleep(0.05)
        ring = weakref.ref(Ring())
        kept: list[list[None]] = [[] for _ in range(2 * terminal.MADE)]
        there = [ring() is not None]
        terminal.search_behind_a_key()
        kept.clear()
        return gc.get_freeze_count(), [*there, ring() is not None]


def test_nobody_waits_for_a_search_of_all_that_was_made_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the first screen is there it is left out of searches, which come when a key has been followed."""
    monkeypatch.setattr(terminal, "STARTED", 0.0)
    before = gc.get_threshold()
    gc.unfreeze()
    seen = terminal.at_terminal(Sitting())
    assert seen is not None
    assert seen[0] > 1000
    assert seen[1] == [True, False]
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
