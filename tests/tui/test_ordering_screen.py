"""What is grave to us, and to them: acts are carried up and down until the list says it, and sealed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Play, keys, quiet, screen_text
from tests.tui.fake import HOSTILE, FakeSeat, team_view

from crisis_sim.engine.actions import AnyAction, GuessOrder, OrderOffences
from crisis_sim.session.half_written import HalfWritten
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.screen_table import ScreenTable

CARD = {
    "blame": {"en": "Being blamed in public", "zh": "被公开指责"},
    "refusal": {"en": "Having a call refused"},
    "silence": {"en": "Being left without any answer " + HOSTILE},
    "left-out": {"en": "Being left out"},
}
ACTS = tuple(CARD)


def asking(**more: object) -> FakeSeat:
    """At the briefing of a session with a card."""
    return FakeSeat(team_view(**{"phase": "briefing", "turn": 0, **more}), offences=CARD)


async def test_a_session_without_a_card_asks_nothing(play: Play) -> None:
    """O does nothing, and no page speaks of it."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "o", "3")
        assert "gravely" not in screen_text(pilot)
        await keys(pilot, "s")
        assert "ordered nothing" not in screen_text(pilot)
    assert seat.sent == []


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_an_act_is_carried_and_the_list_sealed(play: Play, size: tuple[int, int]) -> None:
    """J and K, or shift with the arrows, carry what the cursor is on; a digit carries it to that place."""
    seat = asking()
    async with play(seat, size=size) as pilot:
        await keys(pilot, "o")
        text = screen_text(pilot)
        assert "What do we take most gravely?" in text and "4  Being left out" in text
        assert "J K" in text and "enter" in text, "the keys are named"
        await keys(pilot, "j", "j", "j", "1", "j", "K", "shift+down", "enter")
    assert seat.sent[:1] == [OrderOffences(order=("left-out", "blame", "refusal", "silence"))]


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        (("J",), ("refusal", "blame", "silence", "left-out")),
        (("K",), ACTS),
        (("end", "J"), ACTS),
        (("end", "K", "K"), ("blame", "left-out", "refusal", "silence")),
        (("shift+down", "shift+down", "shift+up"), ("refusal", "blame", "silence", "left-out")),
        (("9", "8"), ACTS),
        (("3",), ("refusal", "silence", "blame", "left-out")),
    ],
)
async def test_the_cursor_goes_with_what_is_carried(
    play: Play, pressed: tuple[str, ...], order: tuple[str, ...]
) -> None:
    """At an end of the list it stays."""
    seat = asking()
    async with play(seat) as pilot:
        await keys(pilot, "o", *pressed, "enter", "escape")
    assert seat.sent == [OrderOffences(order=order)]


async def test_going_back_leaves_it_as_it_was(play: Play) -> None:
    """Nothing is sent, and the pages say what it means to have no order."""
    seat = asking()
    async with play(seat) as pilot:
        await keys(pilot, "o", "J", "escape", "3", "end")
        assert "We have ordered nothing" in " ".join(screen_text(pilot).split())
        await keys(pilot, "s")
        assert "We have not guessed their order." in screen_text(pilot)
    assert seat.sent == []


async def test_ours_is_asked_once_and_then_theirs(play: Play) -> None:
    """Wherever one begins: sealing the first list asks for the second, not for the first again."""
    seat = asking()
    async with play(seat) as pilot:
        await keys(pilot, "3", "o", "enter")
        assert "What do they take most gravely?" in screen_text(pilot)
        await keys(pilot, "end", "1", "enter")
    assert seat.sent == [OrderOffences(order=ACTS), GuessOrder(order=(ACTS[-1], *ACTS[:-1]))]


async def test_their_order_is_guessed_on_the_page_of_their_lines(play: Play) -> None:
    """Also once our lines are sealed and they are still at work; the guess begins from the last one."""
    seat = asking(order=ACTS, order_guess=ACTS[::-1], committed=True)
    async with play(seat) as pilot:
        await keys(pilot, "4", "o")
        assert "What do they take most gravely?" in screen_text(pilot)
        await keys(pilot, "J", "enter")
    assert seat.sent == [GuessOrder(order=("silence", "left-out", "refusal", "blame"))]


async def test_it_is_guessed_once_more_at_the_end(play: Play) -> None:
    """From what was thought before play; our own order stands."""
    seat = asking(phase="closing", turn=4, order=ACTS, order_guess_before=ACTS[::-1])
    async with play(seat) as pilot:
        await keys(pilot, "end")
        assert "Before play we thought:" in screen_text(pilot)
        await keys(pilot, "o", "enter")
    sent: list[AnyAction] = [GuessOrder(order=ACTS[::-1])]
    assert seat.sent == sent


async def test_an_order_that_is_half_made_outlasts_leaving(tmp_path: Path) -> None:
    """It lies there as far as it was carried, and goes once it is written down."""
    half, seat = HalfWritten(tmp_path / "half"), asking()
    for pressed in (("o", "J", "ctrl+q", "y"), ("o", "enter", "escape")):
        app = TableApp(ScreenTable({"us": seat}, ("us",), half=half))
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(pilot)
            await keys(pilot, *pressed)
        app.keep()
    assert seat.sent == [OrderOffences(order=("refusal", "blame", "silence", "left-out"))]
    assert not half.read()
