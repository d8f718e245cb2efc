"""Every screen says what to do now, whole; and in a window too small for it, that it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.tui.conftest import screen_text
from tests.tui.fake import FakeSeat, team_view
from textual.app import App

from crisis_sim.tui.app import TableApp
from crisis_sim.tui.first_time_screen import FirstTimeApp
from crisis_sim.tui.menu_screen import MenuApp, Offer, ScenarioEntry
from crisis_sim.tui.now_bar import SMALLEST, now_rows
from crisis_sim.tui.screen_table import ScreenTable
from crisis_sim.wording import speaker

SCREENS: dict[str, Callable[[], App[Any]]] = {
    "menu": lambda: MenuApp(Offer(())),
    "a first time": lambda: FirstTimeApp("en"),
    "a team's table": lambda: TableApp(ScreenTable({"us": FakeSeat(team_view())}, ("us",))),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(("size", "is_told"), [(SMALLEST, False), ((59, 20), True), ((60, 19), True), ((40, 12), True)])
async def test_a_window_too_small_says_so(name: str, size: tuple[int, int], is_told: bool) -> None:
    """In place of what to do, on the screens before and after play as at the table; and only there."""
    async with SCREENS[name]().run_test(size=size) as pilot:
        await pilot.pause()
        told = "60×20" in screen_text(pilot)
        assert told is is_told


def test_what_to_do_is_wrapped_and_not_cut() -> None:
    """Under itself, beside its label."""
    rows = now_rows("Which scenario? Those for newcomers come first.", 40, speaker("en"))
    assert ["".join(text for text, _ in row).rstrip() for row in rows] == [
        "  NOW  Which scenario? Those for",
        "       newcomers come first.",
    ]


async def test_no_title_is_cut_in_the_list_of_scenarios() -> None:
    """What stands beside one makes way in every row, or one would seem to lack it; of the chosen it is told."""
    long = ScenarioEntry("s", "Ship beset in the ice, and nobody near", "It is.", (45, 90), ("en", "zh"), (), (), ())
    other = ScenarioEntry("t", "Short", "It is too.", (45, 90), ("en", "zh"), (), (), ())
    async with MenuApp(Offer((long, other))).run_test(size=SMALLEST) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        rows = screen_text(pilot).split("\n")
        title = next(row for row in rows if "Ship beset" in row)
        assert "Ship beset in the ice, and nobody near" in title and "45, 90 min" in title and "English" not in title
        assert "45, 90 min" in (short := next(row for row in rows if "Short" in row)) and "English" not in short
        assert [row.strip("│▌ ") for row in rows if "English" in row] == ["English, 中文"]
