"""Pictures of screens, at 80×24 and 140×40. Update one at a time, and look at it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.fake import CARDS, FORECASTS, SCORES, FakeSeat, team_view
from tests.tui.fake_room import hotwash_view, room_view

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import View
from crisis_sim.tui.app import TableApp
from crisis_sim.pages.menu_choice import LogEntry, Offer, PolicyEntry, ScenarioEntry
from crisis_sim.tui.menu_screen import MenuApp
from crisis_sim.tui.screen_table import ScreenTable

Snap = Any  # what pytest-textual-snapshot gives
SMALL, LARGE = (80, 24), (140, 40)
SEALED = ("n", *"sonar", "enter", "enter", *"We", "ctrl+j", "2")


def app_for(*views: View, theme: str = "dark") -> TableApp:
    """The app on fake seats."""
    seats: dict[SeatName, FakeSeat] = {view.seat: FakeSeat(view) for view in views}
    return TableApp(ScreenTable(seats, tuple(seats)), theme=theme)


PICTURES: dict[str, tuple[View, tuple[str, ...], tuple[int, int], str]] = {
    "team-small": (team_view(), (), SMALL, "dark"),
    "team-large": (team_view(), (), LARGE, "dark"),
    "team-light": (team_view(), ("2",), SMALL, "light"),
    "team-smallest": (team_view(), (), (60, 20), "colour-blind-safe"),
    "composer-small": (team_view(), SEALED, SMALL, "dark"),
    "composer-large": (team_view(), ("n", *"sonar", "enter", "down", "space"), LARGE, "dark"),
    "request": (team_view(), ("enter",), SMALL, "dark"),
    "readings": (team_view(phase="readings", to_read=CARDS), ("5",), SMALL, "dark"),
    "forecasts": (
        team_view(phase="forecasts", asked_now=FORECASTS, forecast_scores=SCORES),
        (*"70", "enter", *"35"),
        LARGE,
        "dark",
    ),
    "briefing": (team_view(phase="briefing", turn=0), (), SMALL, "dark"),
    "console": (room_view(), (), LARGE, "dark"),
    "hotwash": (team_view(phase="hotwash", hotwash=hotwash_view()), ("right",) * 3, SMALL, "high-contrast"),
    "hotwash-sealed": (team_view(phase="hotwash", hotwash=hotwash_view()), ("right",), LARGE, "dark"),
    "hotwash-channels": (team_view(phase="hotwash", hotwash=hotwash_view()), ("5", "right"), SMALL, "light"),
    "hotwash-cost": (team_view(phase="hotwash", hotwash=hotwash_view()), ("6",), LARGE, "colour-blind-safe"),
    "hotwash-table": (team_view(phase="hotwash", hotwash=hotwash_view()), ("2",), LARGE, "dark"),
    "hotwash-question": (team_view(phase="hotwash", hotwash=hotwash_view()), ("8",), SMALL, "dark"),
    "help": (team_view(), ("f1",), LARGE, "dark"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_screen_looks_as_it_should(name: str, snap_compare: Snap) -> None:
    """The picture is the one that somebody looked at and kept."""
    view, pressed, size, theme = PICTURES[name]
    assert snap_compare(app_for(view, theme=theme), press=pressed, terminal_size=size)


@pytest.mark.parametrize("presses", [("2",), ("5",)], ids=["start", "host"])
def test_menu_looks_as_it_should(presses: tuple[str, ...], snap_compare: Snap) -> None:
    """The page that sets the table, at one terminal and for rooms."""
    offer = Offer(
        scenarios=(
            ScenarioEntry("sub", "A submarine on the seabed", "Air for 90 hours.", (45, 90), ("en", "zh"), ("core",)),
        ),
        policies=lambda: (PolicyEntry("mirror", "tit for tat"),),
        logs=(LogEntry("logs/x.jsonl", "A submarine on the seabed, turn 3 of 6"),),
    )
    assert snap_compare(MenuApp(offer), press=presses, terminal_size=SMALL)


def test_curtain_looks_as_it_should(snap_compare: Snap) -> None:
    """The curtain, one press from opening."""
    from msgspec.structs import replace

    us = team_view(waiting_for=())
    china = replace(us, seat="china", side="china")
    assert snap_compare(app_for(us, china), press=("h", "space", "space"), terminal_size=SMALL)
