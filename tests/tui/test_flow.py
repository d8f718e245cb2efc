"""Whose seat is up at one terminal, and that the curtain leaves nothing of the other team."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, Played, keys, quiet, screen_text
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view
from tests.tui.fake_room import room_view

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.duty import order
from crisis_sim.pages.whose_chair import Kept, next_up, whom_to_hand_to
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.facilitator_screen import FacilitatorScreen
from crisis_sim.tui.flow import screen_for
from crisis_sim.tui.screen_table import ScreenTable
from crisis_sim.tui.team_screen import TeamScreen

ALL: tuple[SeatName, ...] = ("us", "china", "facilitator")
US, CHINA, FACILITATOR = ALL[:1], ALL[1:2], ALL[2:]


def test_the_first_team_changes_each_turn() -> None:
    """Neither side always composes last; the facilitator comes after both."""
    assert order(ALL, 1) == ("us", "china", "facilitator")
    assert order(ALL, 2) == ("china", "us", "facilitator")


def test_the_seat_that_is_up_stays_while_it_is_waited_for() -> None:
    """Nobody loses the terminal in the middle of a list."""
    assert next_up("china", ALL, ("us", "china"), 1) == "china"


def test_the_next_that_play_waits_for_is_up() -> None:
    """After a commit the other team comes, and then the facilitator."""
    assert next_up("us", ALL, CHINA, 1) == "china"
    assert next_up("china", ALL, FACILITATOR, 1) == "facilitator"


def test_nobody_changes_seats_while_a_bot_is_waited_for() -> None:
    """Waiting for a seat that is not played here leaves the terminal where it is."""
    assert next_up("us", US + FACILITATOR, CHINA, 1) == "us"


def test_handing_over_offers_first_whom_play_waits_for() -> None:
    """Then the facilitator; a team with nothing to do is offered where there is nobody else to give it to."""
    assert whom_to_hand_to("us", ALL, CHINA, 1) == ("china", "facilitator")
    assert whom_to_hand_to("us", ALL, FACILITATOR, 1) == ("facilitator",)
    assert whom_to_hand_to("us", ALL, (), 1) == ("facilitator",)
    assert whom_to_hand_to("facilitator", ALL, CHINA, 1) == ("china",)
    assert whom_to_hand_to("us", ("us", "china"), (), 1) == ("china",)
    assert whom_to_hand_to("us", US, US, 1) == ()


def test_who_was_handed_the_terminal_keeps_it_through_the_phase() -> None:
    """The facilitator works on while teams are waited for; a team keeps it until it has committed."""
    view = team_view(waiting_for=("us", "china"))
    assert Kept("facilitator", "moves", 3, was_waited_for=False).holds(view)
    assert Kept("china", "moves", 3, was_waited_for=True).holds(view)
    assert not Kept("china", "moves", 3, was_waited_for=True).holds(team_view(waiting_for=("us",)))
    assert not Kept("facilitator", "readings", 3, was_waited_for=False).holds(view)


def test_each_phase_has_its_page() -> None:
    """A team reads in readings until it has committed, then waits on its own screen."""
    assert screen_for(team_view(phase="readings"), 0) == "readings"
    assert screen_for(team_view(phase="readings", committed=True), 0) == "team"
    assert screen_for(team_view(phase="closing"), 9) == "briefing"


def test_what_is_asked_with_the_readings_comes_after_the_cards() -> None:
    """Once the team goes on, or at once where nothing has reached it; elsewhere the readings are all."""
    both = team_view(phase="readings", to_read=CARDS, asked_now=FORECASTS)
    assert (screen_for(both, 9), screen_for(both, 9, is_read=True)) == ("readings", "forecasts")
    assert screen_for(team_view(phase="readings", asked_now=FORECASTS), 9) == "forecasts"
    assert screen_for(team_view(phase="readings", to_read=CARDS), 9, is_read=True) == "readings"


def test_a_turn_and_the_end_begin_with_the_telling() -> None:
    """Until it has been read; who has committed reads it no more."""
    for phase, turn in (("situation", 3), ("moves", 3), ("closing", 7)):
        view = team_view(phase=phase, turns=6)
        assert (screen_for(view, turn - 1), screen_for(view, turn) == "telling") == ("telling", False)
    assert screen_for(team_view(committed=True), 0) == "team"


SECRET = "the secret of the US team"


def two_teams() -> tuple[FakeSeat, FakeSeat]:
    us = team_view(requests=(), waiting_for=("us", "china"))
    china = replace(us, seat="china", side="china")
    return FakeSeat(us), FakeSeat(china)


async def compose_a_secret_and_commit(pilot: Played, us: FakeSeat, china: FakeSeat) -> None:
    await keys(
        pilot, "n", "type:sonar", "enter", "enter", f"type:{SECRET}", "ctrl+j", "2", "2", "enter", "n", "type:sonar"
    )
    await keys(pilot, "enter", "enter", "type:half of another secret", "escape", "escape", "escape")
    for seat in (us, china):
        view = seat.view()
        assert isinstance(view, TeamView)
        seat.set(replace(view, waiting_for=("china",), committed=seat is us))
    await quiet(pilot)


async def test_the_curtain_comes_between_two_teams_and_shows_nothing_of_either(play: Play) -> None:
    """After US commits there is a screen with no word of US on it, which says who comes and who looks away."""
    us, china = two_teams()
    async with play(us, china) as pilot:
        await compose_a_secret_and_commit(pilot, us, china)
        assert isinstance(pilot.app.screen, CurtainScreen)
        text = screen_text(pilot)
        assert "CHINA TEAM, please." in text
        assert "US team, look away." in text
        assert "secret" not in text
        assert "sonar" not in text.lower()


async def test_the_curtain_does_not_open_by_accident(play: Play) -> None:
    """Enter, letters and one or two spaces leave it closed; three spaces in a row open it."""
    us, china = two_teams()
    async with play(us, china) as pilot:
        await compose_a_secret_and_commit(pilot, us, china)
        await keys(pilot, "enter", "space", "space", "x", "space", "space", "escape", "c", "n", "f1")
        assert isinstance(pilot.app.screen, CurtainScreen)
        await keys(pilot, "space", "space", "space")
        assert isinstance(pilot.app.screen, TeamScreen)
        assert "CHINA" in screen_text(pilot)


async def test_an_unsent_draft_never_shows_to_the_other_team(play: Play) -> None:
    """China sees nothing of what US left half written, and US finds it again."""
    us, china = two_teams()
    async with play(us, china) as pilot:
        await keys(
            pilot, "n", "type:sonar", "enter", "enter", "type:half of a secret", "escape", "escape", "escape", "h"
        )
        assert isinstance(pilot.app.screen, CurtainScreen)
        await keys(pilot, "space", "space", "space")
        assert "CHINA" in screen_text(pilot)
        assert "secret" not in screen_text(pilot)
        await keys(pilot, "n")
        assert "secret" not in screen_text(pilot)
        await keys(pilot, "escape", "h", "space", "space", "space")
        assert "half of a secret" in screen_text(pilot)


async def test_no_notice_of_one_team_hangs_over_the_curtain(play: Play) -> None:
    """Notices go with the seat they were for."""
    us, china = two_teams()
    async with play(us, china) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, TeamScreen)
        screen.tell("a secret of ours")
        await quiet(pilot)
        assert "A secret of ours" in screen_text(pilot)
        await keys(pilot, "h")
        assert isinstance(pilot.app.screen, CurtainScreen)
        assert "secret" not in screen_text(pilot)


async def test_one_person_alone_sees_no_curtain(play: Play) -> None:
    """With one seat played here, waiting for others changes nothing."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        seat.set(team_view(waiting_for=("china",), committed=True))
        await quiet(pilot)
        assert isinstance(pilot.app.screen, TeamScreen)


async def test_a_shared_terminal_begins_behind_the_curtain() -> None:
    """Whoever starts or resumes a session sees no brief and no line before the right team sits there."""
    us, china = two_teams()
    app = TableApp(ScreenTable({"us": us, "china": china}, ("us", "china")), tells=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        assert isinstance(app.screen, CurtainScreen)
        assert "secret" not in screen_text(pilot)
        await keys(pilot, "space", "space", "space", "escape")
        assert isinstance(app.screen, TeamScreen)


@pytest.mark.parametrize("phase", ["briefing", "moves"])
async def test_who_changes_chairs_is_told_at_the_curtain(phase: str) -> None:
    """As each team sits down to a session that is played again from the other side, and no more in its turns."""
    us, china = two_teams()
    for seat in (us, china):
        seat.set(replace(seat.view(), phase=phase))
    app = TableApp(ScreenTable({"us": us, "china": china}, ("us", "china"), again=True), tells=True)
    async with app.run_test(size=(60, 24)) as pilot:
        await quiet(pilot)
        assert isinstance(app.screen, CurtainScreen)
        told = "Chairs are changed: last time you were the China team." in screen_text(pilot)
        assert told == (phase == "briefing") and "US TEAM, please." in screen_text(pilot)


async def test_a_fault_of_ours_prints_nothing_of_what_is_in_memory() -> None:
    """A crash leaves no traceback with a team's words on the terminal; the command line tells it in a sentence."""
    us, china = two_teams()
    app = TableApp(ScreenTable({"us": us, "china": china}, ("us", "china")))

    async def break_down() -> None:
        async with app.run_test() as pilot:
            app.call_later(lambda: 1 // 0)
            await quiet(pilot)

    with pytest.raises(ZeroDivisionError):
        await break_down()
    assert not app._exit_renderables  # what Textual would print after leaving
    assert isinstance(app.fault, ZeroDivisionError)


async def test_the_console_opens_by_the_facilitators_word() -> None:
    """Once one is set, no space bar opens the curtain before it; another seat opens as ever."""
    us, _china = two_teams()
    room = FakeSeat(room_view())
    app = TableApp(ScreenTable({"us": us, "facilitator": room}, ("us", "facilitator")), tells=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await keys(pilot, "space", "space", "space", "escape", "h", "space", "space", "space")
        assert isinstance(app.screen, FacilitatorScreen)
        await keys(pilot, "c")
        notes = [str(note.message) for note in app._notifications]
        assert any("You come to the terminal when a turn begins" in each for each in notes), "wherever the room stands"
        await keys(pilot, "l", "type:Heron", "enter", "h", "space", "space", "space")
        assert app.up == "us" and not isinstance(app.screen, CurtainScreen)
        await keys(pilot, "h", "space", "space", "space")
        assert isinstance(app.screen, CurtainScreen) and "Type the facilitator's word" in screen_text(pilot)
        await keys(pilot, "enter")
        assert "That is not the word." in screen_text(pilot)
        await keys(pilot, "type:heroo", "backspace", "n", "enter")
        assert isinstance(app.screen, FacilitatorScreen)
