"""The facilitator's console: a key acts on what can be seen to be chosen, and what strikes or delivers asks first."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import INJECTS, FakeSeat
from tests.tui.fake_room import room_view

from crisis_sim.engine import actions as a
from crisis_sim.tui.widgets.pane import Pane

CHOSEN = "ship"


@pytest.mark.parametrize(("key", "action"), [("x", a.SkipInject(inject=CHOSEN)), ("r", a.ReleaseInject(inject=CHOSEN))])
async def test_striking_and_releasing_ask_first(key: str, action: a.AnyAction, play: Play) -> None:
    """The question names the inject; no leaves the plan as it was, and only yes acts."""
    seat = FakeSeat(room_view())
    title = next(title for name, _, title in INJECTS if name == CHOSEN)
    async with play(seat, size=(140, 40)) as pilot:
        pane = pilot.app.screen.query_one("#msel", Pane)
        pane.focus()
        pane.move_to(f"inject:{CHOSEN}")
        await keys(pilot, key)
        assert f"“{title}”" in screen_text(pilot)
        await keys(pilot, "escape")
        assert seat.sent == []
        await keys(pilot, key, "y")
        assert seat.sent == [action]


@pytest.mark.parametrize("key", ["r", "o", "x"])
async def test_no_inject_is_touched_that_is_not_seen_to_be_chosen(key: str, play: Play) -> None:
    """While the cursor is in another panel, the key says so and does nothing."""
    seat = FakeSeat(room_view())
    async with play(seat, size=(140, 40)) as pilot:
        await keys(pilot, key)
        assert "Put the cursor on an inject of the plan first." in screen_text(pilot)
        await keys(pilot, "y")
        assert seat.sent == []
