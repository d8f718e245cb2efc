"""What is grave to us, put in order by keys: digits and letters carry, and what is half carried outlasts leaving."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Play, keys, quiet
from tests.tui.fake import HOSTILE, FakeSeat, team_view

from crisis_sim.engine.actions import OrderOffences
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.draft_file import HalfWritten
from crisis_sim.tui.app import TableApp

CARD = {
    "blame": {"en": "Being blamed in public"},
    "refusal": {"en": "Having a call refused"},
    "silence": {"en": "Being left without any answer " + HOSTILE},
    "left-out": {"en": "Being left out"},
}
ACTS = tuple(CARD)


def asking() -> FakeSeat:
    """At the briefing of a session with a card."""
    return FakeSeat(team_view(phase="briefing", turn=0), offences=CARD)


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        (("J",), ("refusal", "blame", "silence", "left-out")),
        (("K",), ACTS),
        (("end", "K", "K"), ("blame", "left-out", "refusal", "silence")),
        (("shift+down", "shift+down", "shift+up"), ("refusal", "blame", "silence", "left-out")),
        (("9", "8"), ACTS),
        (("3",), ("refusal", "silence", "blame", "left-out")),
    ],
)
async def test_the_cursor_goes_with_what_is_carried(
    play: Play, pressed: tuple[str, ...], order: tuple[str, ...]
) -> None:
    """By a step, or by a digit to that place; at an end of the list it stays."""
    async with play(seat := asking()) as pilot:
        await keys(pilot, "o", *pressed, "enter")
    assert seat.sent == [OrderOffences(order=order)]


async def test_an_order_that_is_half_carried_outlasts_leaving(tmp_path: Path) -> None:
    """It lies there as far as it was carried, and goes once it is written down."""
    half, seat = HalfWritten(tmp_path / "half"), asking()
    for pressed in (("o", "J", "escape", "o", "ctrl+q", "y"), ("o", "enter")):
        app = TableApp(SeatTable({"us": seat}, ("us",), half=half))
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(pilot)
            await keys(pilot, *pressed)
        app.keep()
    assert seat.sent == [OrderOffences(order=("refusal", "blame", "silence", "left-out"))]
    assert not half.read().get("us")
