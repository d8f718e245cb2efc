"""A window that changes while any scene is open: nothing breaks, and in its first size the scene is what it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.small import one_sitting
from tests.thinning import examples
from tests.tui.conftest import Played, keys, quiet, screen_text
from tests.tui.test_whole import play_on

from crisis_sim.engine.actions import Advance, SeatName
from crisis_sim.pages.reader import SeatReader
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.hotwash_screen import HotwashScreen
from crisis_sim.tui.screen_table import ScreenTable

SIZES = ((200, 50), (3, 2), (60, 20))
OPENED: dict[str, list[tuple[str, ...]]] = {
    "BriefingScreen": [("g",), ("w",), ("s",), ("question_mark",)],
    "TeamScreen": [
        ("w", "type:half"),
        ("n", "type:call"),
        ("n", "enter"),
        ("n", "enter", "enter", "type:half"),
        ("c",),
        ("ctrl+p",),
    ],
    "ReadingsScreen": [("t",)],
    "ForecastsScreen": [("question_mark",)],
    "HotwashScreen": [("w",), ("2",), ("7",)],
}
"""What is opened over a scene, and left by esc."""


def drawn(pilot: Played) -> str:
    """What is on the screen but the time."""
    return re.sub(r"\d+:\d\d", "", screen_text(pilot))


async def resized(pilot: Played) -> None:
    """Through all sizes and back."""
    before, size, scene = drawn(pilot), pilot.app.size, type(pilot.app.screen).__name__
    for each in (*SIZES[: examples(2, 3)], size):
        await pilot.resize_terminal(*each)
        await quiet(pilot)
    assert drawn(pilot) == before, scene


@pytest.mark.parametrize("size", [pytest.param((80, 24), marks=pytest.mark.slow, id="small"), (140, 40)])
async def test_every_scene_is_what_it_was_when_its_window_is(size: tuple[int, int], tmp_path: Path) -> None:
    """From the briefing to the hotwash at one terminal, with what is opened over it; what is half written stays."""
    people: tuple[SeatName, ...] = ("us", "china", "facilitator")
    with Session.start(tmp_path, one_sitting(), seed="a", length=150) as session:
        seats = {name: SeatReader(session.seat(name), "en") for name in people}
        app, seen = TableApp(ScreenTable(seats, people), tells=True), set[str]()
        async with app.run_test(size=size) as pilot:
            await quiet(pilot)
            while not isinstance(app.screen, HotwashScreen) or "HotwashScreen" not in seen:
                name = type(app.screen).__name__
                if name not in seen:
                    seen.add(name)
                    await resized(pilot)
                    for pressed in OPENED.get(name, []):
                        await keys(pilot, *pressed)
                        await resized(pilot)
                        for _ in range(9):
                            if type(app.screen).__name__ != name:
                                await keys(pilot, "escape")
                        assert type(app.screen).__name__ == name, pressed
                elif name == "ForecastsScreen" and "TellingScreen" in seen:
                    while session.state.phase != "hotwash":
                        session.submit("facilitator", Advance())
                    await quiet(pilot)
                else:
                    await play_on(pilot, set())
        assert seen >= {"CurtainScreen", "BriefingScreen", "TellingScreen", "TeamScreen", "ReadingsScreen"}
        assert seen >= {"ForecastsScreen", "HotwashScreen"}
