"""The telling fills the screen, a thing at a time, before a team comes to its table."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import Play, keys, quiet, screen_text
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view

from crisis_sim.tui.app import TableApp
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.screen_table import ScreenTable
from crisis_sim.tui.telling_screen import TellingScreen


@pytest.mark.parametrize("on", ["space", "enter"])
async def test_each_key_tells_one_thing_more_until_the_table_opens(on: str) -> None:
    """Space and enter go on, left goes back, and the last one opens the table; t tells it again and esc comes back."""
    seat = FakeSeat(team_view())
    app = TableApp(ScreenTable({"us": seat}, ("us",)), tells=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        first = screen_text(pilot)
        assert "What has happened: 1 of " in first and "This turn" not in first
        await keys(pilot, on)
        assert "What has happened: 2 of " in screen_text(pilot)
        await keys(pilot, "left")
        assert screen_text(pilot) == first
        for _ in range(60):
            if "This is how it stands" in screen_text(pilot):
                break
            await keys(pilot, on)
        view = team_view()
        told = f"The next turn begins at hour {view.next_hour}, {view.next_hour - view.hour} hours on."
        assert "WHAT IS ASKED OF US" in screen_text(pilot) and told in screen_text(pilot)
        await keys(pilot, on)
        assert "This turn" in screen_text(pilot)
        await keys(pilot, "t")
        assert screen_text(pilot) == first
        await keys(pilot, "escape")
        assert "This turn" in screen_text(pilot)


async def test_a_long_thing_is_read_to_its_end_before_the_next() -> None:
    """Where it is longer than the screen, space shows what stands below."""
    from crisis_sim.engine.sight.feed_items import SituationItem

    long = SituationItem(turn=3, hour=60, title={"en": "News"}, texts=((None, {"en": "A word. " * 400 + "THE END"}),))
    app = TableApp(ScreenTable({"us": FakeSeat(team_view(feed=(long,)))}, ("us",)), tells=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        assert "THE END" not in screen_text(pilot)
        for _ in range(20):
            if "THE END" in screen_text(pilot):
                break
            assert "What has happened: 1 of 2" in screen_text(pilot)
            await keys(pilot, "space")
        assert "THE END" in screen_text(pilot)


async def test_what_the_screen_has_room_for_is_seen_whole() -> None:
    """Whatever the width at which its words break: the box is as high as what it holds."""
    from crisis_sim.engine.sight.feed_items import SituationItem

    for letters in range(74, 82):
        texts = ((None, {"en": f"{'x' * 60} {'y' * (letters - 61)} {'z' * 60} THE END"}),)
        item = SituationItem(turn=3, hour=60, title={"en": "News"}, texts=texts)
        app = TableApp(ScreenTable({"us": FakeSeat(team_view(feed=(item,)))}, ("us",)), tells=True)
        async with app.run_test(size=(140, 40)) as pilot:
            await quiet(pilot)
            assert "THE END" in screen_text(pilot), letters


async def test_whoever_leaves_it_comes_to_the_table() -> None:
    """Esc leaves the rest, which stays in the list; once read it does not come again in that turn."""
    app = TableApp(ScreenTable({"us": FakeSeat(team_view())}, ("us",)), tells=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "escape")
        assert "This turn" in screen_text(pilot)


@pytest.mark.parametrize(("opened", "counted"), [((), 1), (("n",), 1), (("t",), 0)])
async def test_a_second_counts_once_and_not_while_it_is_told_again(opened: tuple[str, ...], counted: int) -> None:
    """Screens beneath the one at hand tick as well: the table beneath the composer, and beneath the telling."""
    app = TableApp(ScreenTable({"us": FakeSeat(team_view(), seconds=300)}, ("us",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, *opened)
        desk = app._papers["us"]
        before = desk.spent_in(app._view("us").turn)
        for screen in app.screen_stack:
            if isinstance(screen, SeatScreen):
                screen._tick()
        assert desk.spent_in(app._view("us").turn) - before == counted


@pytest.mark.parametrize(
    ("seen", "pressed", "key"),
    [
        ({}, (), "t"),
        ({"requests": ()}, ("n", "type:sonar", "enter", "enter", "enter", "type:Half a"), "f4"),
        ({"phase": "readings", "to_read": CARDS}, ("2",), "f4"),
        ({"phase": "forecasts", "asked_now": FORECASTS}, (), "t"),
    ],
)
async def test_it_is_told_again_from_wherever_a_team_is(
    seen: dict[str, Any], pressed: tuple[str, ...], key: str, play: Play
) -> None:
    """At its table, while it writes, at cards and forecasts; esc leads back, with what was half said."""
    async with play(FakeSeat(team_view(**seen))) as pilot:
        await keys(pilot, *pressed)
        before, shown = pilot.app.screen, screen_text(pilot)
        await keys(pilot, key)
        assert isinstance(pilot.app.screen, TellingScreen) and "What has happened: 1 of" in screen_text(pilot)
        await keys(pilot, "right", "left", "escape")
        assert pilot.app.screen is before and screen_text(pilot) == shown
