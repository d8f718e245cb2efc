"""Whole sessions through the screens, on real seats: three persons at one terminal, and one against a bot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.bots import bot_at
from tests.small import one_sitting, small_material
from tests.tui.conftest import keys, quiet, screen_text
from textual.pilot import Pilot

from crisis_sim.content.material import Material
from crisis_sim.engine.actions import Advance, SeatName
from crisis_sim.engine.views.feed_items import SituationItem
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView, View
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.playtest.bots import AutoFacilitator, sit
from crisis_sim.rules.names import Language
from crisis_sim.session.session import Session
from crisis_sim.tui.announcement_screen import AnnouncementScreen
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.dialogs import ConfirmScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.hotwash_screen import HotwashScreen
from crisis_sim.tui.page_screen import PageScreen

EVERYBODY: tuple[SeatName, ...] = ("us", "china", "facilitator")
ANSWERS = {
    "search": ("enter",),
    "one": ("1",),
    "many": ("0",),
    "text": ("type:hello", "ctrl+s"),
    "scale": ("3",),
    "number": ("7", "0", "enter"),
}
"""What a person in a hurry presses, by how a question is answered."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session of the small scenario."""
    with Session.start(tmp_path, small_material(), seed="a", length=90) as begun:
        yield begun


def app_at(session: Session, *people: SeatName, language: Language = "en", **more: Any) -> TableApp:
    """The app of these seats, or of everybody's; `more` is what else it is told."""
    people = people or EVERYBODY
    return TableApp(SeatTable({name: SeatReader(session.seat(name), language) for name in people}, people), **more)


async def play_on(pilot: Pilot[int], seen: set[str]) -> None:
    """What a person in a hurry would press on the screen at hand."""
    screen = pilot.app.screen
    seen.add(type(screen).__name__)
    match screen:
        case CurtainScreen():
            await keys(pilot, "space", "space", "space")
        case ConfirmScreen():
            await keys(pilot, "y")
        case FormScreen() if screen.panel.kind == "ends":
            await keys(pilot, "y" if screen.panel.form and screen.panel.form.final else "enter")
        case FormScreen():
            await keys(pilot, *ANSWERS[screen.panel.kind])
        case AnnouncementScreen():
            await keys(pilot, "escape")
        case HotwashScreen():
            await quiet(pilot)
        case PageScreen():
            await keys(pilot, *hurried_keys(screen.look))
            await quiet(pilot)
        case _:
            await quiet(pilot)


def hurried_keys(view: View) -> tuple[str, ...]:
    """What a person in a hurry presses at a page."""
    if not isinstance(view, TeamView):
        return ("n",)
    if view.phase in ("briefing", "closing"):
        return ("s",)
    if view.phase == "moves" and not view.drafts:
        return ("n",)
    return () if view.committed else ("c",)


@pytest.mark.parametrize(
    ("material", "chair", "turns"),
    [
        (one_sitting, False, 4),
        (small_material, True, 2),
        pytest.param(small_material, False, 4, marks=pytest.mark.slow, id="small"),
        pytest.param(small_material, True, 4, marks=pytest.mark.slow, id="True-whole"),
    ],
)
async def test_three_persons_play_a_whole_session_at_one_terminal(
    tmp_path: Path, material: Callable[[], Material], chair: bool, turns: int
) -> None:
    """From the briefing to the hotwash, with a curtain between seats, by keys alone; seats change seldom.

    At most 15 changes of chair in four turns, 12 with forecasts at the readings; the facilitator comes once, to the
    hotwash. Who has asked for the chair is called whenever a turn begins or has been judged.
    """
    with Session.start(tmp_path, material(), seed="a", length=150) as session:
        app = app_at(session, announces=True)
        calls: list[SeatName] = []
        seen: set[str] = set()
        is_over = False
        async with app.run_test(size=(100, 30)) as pilot:
            app._desks["facilitator"].takes_chair = chair
            await quiet(pilot)
            for _ in range(600):
                if isinstance(app.screen, CurtainScreen):
                    calls.append(app.screen.comes)
                if is_over := isinstance(app.screen, HotwashScreen) or session.state.turn > turns:
                    break
                await play_on(pilot, seen)
            if not chair:
                await _looks_through(pilot)
        assert is_over and session.state.turn >= turns, session.state.phase
        assert seen >= {"CurtainScreen", "PageScreen", "FormScreen"}
    assert chair or len(calls) <= (12 if material is one_sitting else 15), calls
    assert calls.count("facilitator") >= 2 * turns + 1 if chair else calls.count("facilitator") == 1


async def _looks_through(pilot: Pilot[int]) -> None:
    assert "This is what became of them" in screen_text(pilot)
    await keys(pilot, "right")
    assert "What each meant and expected, and what the other took it to mean" in screen_text(pilot)
    await keys(pilot, "right")
    assert "Act 1 of" in screen_text(pilot)
    for page in "23456789":
        await keys(pilot, page)


async def test_the_facilitator_asks_for_the_chair_and_gives_it_up(session: Session) -> None:
    """c on the console; it says which of the two holds."""
    app = app_at(session, announces=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await quiet(pilot)
        await keys(pilot, "space", "space", "space", "h", "2", "space", "space", "space")
        assert "At this terminal play goes on by itself" in screen_text(pilot)
        await keys(pilot, "c")
        assert "You come to the terminal when a turn begins" in screen_text(pilot)
        assert "At this terminal play goes on by itself" not in screen_text(pilot)


@pytest.mark.parametrize("phase", ["situation", "results"])
async def test_a_session_taken_up_where_play_goes_on_by_itself_comes_to_a_team(session: Session, phase: str) -> None:
    """Who has left between two turns finds a curtain on coming back, and no empty screen."""
    while session.state.phase != phase:
        session.submit("facilitator", Advance())
    app = app_at(session, announces=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await quiet(pilot)
        assert isinstance(app.screen, CurtainScreen)


async def test_who_stands_at_the_curtain_reads_how_to_leave_in_their_language(session: Session) -> None:
    """It stands there: at a curtain no other key leads out."""
    app = app_at(session, language="zh", announces=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        assert isinstance(app.screen, CurtainScreen) and "按ctrl+q离开" in screen_text(pilot)


async def test_the_facilitator_keeps_the_terminal_that_was_handed_over(session: Session) -> None:
    """Handed the terminal within a phase, the facilitator writes a note and is still there; h gives it back."""
    app = app_at(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await quiet(pilot)
        await keys(pilot, "h")
        assert "Who comes to the terminal?" in screen_text(pilot)
        await keys(pilot, "2", "space", "space", "space", "w", "type:watching", "ctrl+s")
        assert str(app.up) == "facilitator" and isinstance(app.screen, PageScreen)
        await keys(pilot, "h", "2", "space", "space", "space")
        assert app.up == "china"
        assert app.screen.look.phase == "briefing"


async def test_one_person_plays_against_a_bot(session: Session) -> None:
    """The bot and the automatic facilitator run beside, and there is no curtain."""
    seats = {name: SeatReader(session.seat(name), "en") for name in EVERYBODY}
    bot, auto = bot_at(session.table, "china", "mirror", "1"), AutoFacilitator(close=False)
    beside = (lambda: sit(bot, session.seat("china")), lambda: sit(auto, session.seat("facilitator")))
    app = TableApp(SeatTable(seats, ("us",), beside))
    seen: set[str] = set()
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        for _ in range(200):
            await play_on(pilot, seen)
            if isinstance(pilot.app.screen, HotwashScreen):
                break
        assert isinstance(pilot.app.screen, HotwashScreen), session.state.phase
    assert "CurtainScreen" not in seen


async def test_the_facilitator_runs_the_room_by_single_keys(session: Session) -> None:
    """Improvise, note, bookmark, pause, override, release: each ends in the log."""
    app = app_at(session, "facilitator")
    async with app.run_test(size=(140, 40)) as pilot:
        await quiet(pilot)
        await keys(pilot, "n", "y")
        await keys(pilot, "i", "1", "type:The wind rises.", "ctrl+s")
        await keys(pilot, "w", "type:Quiet so far.", "ctrl+s")
        await keys(pilot, "m", "type:start", "enter")
        await keys(pilot, "p")
        assert "PAUSED" in screen_text(pilot)
        await keys(pilot, "p")
        await keys(pilot, "v", "1", "type:42.5", "enter", "type:a test", "ctrl+s")
        view = SeatReader(session.seat("facilitator"), "en").view()
        assert isinstance(view, FacilitatorView)
        assert view.score is not None
        assert view.score.tension == 4250
        assert any("Quiet so far." in note.text for note in view.notes)
        assert any("start" in mark.text for mark in view.bookmarks)
        us = SeatReader(session.seat("us"), "en").view()
        assert isinstance(us, TeamView)
        assert any("The wind rises." in str(item.texts) for item in us.feed if isinstance(item, SituationItem))


async def test_a_number_that_is_none_is_asked_for_again(session: Session) -> None:
    """An override with words for a number says what is wrong and asks again."""
    app = app_at(session, "facilitator")
    async with app.run_test(size=(100, 40)) as pilot:
        await quiet(pilot)
        await keys(pilot, "v", "1", "type:much", "enter")
        assert "That is no number" in screen_text(pilot)


async def test_rolling_back_goes_on_in_the_branch(session: Session, tmp_path: Path) -> None:
    """The callback makes the branch; the app goes on with the seats it gives, and names the log that takes acts."""
    asked: list[int] = []
    other = Session.start(tmp_path / "branch.jsonl", small_material(), seed="b", length=90)

    async def branch(turn: int) -> SeatTable:
        asked.append(turn)
        seats: dict[SeatName, SeatReader] = {"facilitator": SeatReader(other.seat("facilitator"), "en")}
        return SeatTable(seats, ("facilitator",), log="logs/branch.jsonl")

    app = app_at(session, "facilitator", on_roll_back=branch)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await quiet(pilot)
        await keys(pilot, "n", "y", "z", "1", "y")
        assert asked == [1]
        screen = pilot.app.screen
        assert isinstance(screen, PageScreen)
        assert screen.look.phase == "briefing"
        assert "logs/branch.jsonl" in screen_text(pilot)
    other.close()


async def test_quitting_a_live_session_says_where_the_log_is(session: Session) -> None:
    """ctrl+q asks, names the log and the command that goes on, and stays on esc."""
    table = SeatTable(
        {"us": SeatReader(session.seat("us"), "en")},
        ("us",),
        log="logs/x.jsonl",
        resume="crisis-sim resume logs/x.jsonl",
    )
    app = TableApp(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        await keys(pilot, "ctrl+q")
        text = screen_text(pilot)
        assert "logs/x.jsonl" in text
        assert "crisis-sim resume logs/x.jsonl" in text
        await keys(pilot, "ctrl+q", "escape")
        assert app.is_running
        assert not isinstance(app.screen, ConfirmScreen)
        await keys(pilot, "ctrl+q", "y")
    assert app.return_value == 0
