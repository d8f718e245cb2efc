"""Nothing half written is lost at a screen when somebody leaves: it lies there again, on the desk of its own seat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.small import small_material
from tests.tui.conftest import Played, keys, quiet, screen_text
from tests.tui.fake import CARDS, FakeSeat, team_view

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.draft_file import HalfWritten
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.seat_work import save_work, work_for

MOVE = ("n", "enter", "1")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session in which moves are made."""
    with Session.start(tmp_path, small_material(), seed="a", length=45) as begun:
        while begun.state.phase != "moves":
            begun.submit("facilitator", a.Advance())
        yield begun


@asynccontextmanager
async def sitting(
    session: Session, half: HalfWritten, *people: a.SeatName, keeps: bool = True
) -> AsyncIterator[Played]:
    """Sit down, and leave; without `keeps` as after a crash, with what was kept by then."""
    seats = {name: SeatReader(session.seat(name), "en") for name in people}
    app = TableApp(SeatTable(seats, people, half=half))
    async with app.run_test(size=(100, 30)) as pilot:
        await quiet(pilot)
        yield pilot
    if keeps:
        app.keep()


async def to_words(pilot: Played) -> None:
    """Answer what is asked of a move until its words are."""
    await keys(pilot, *MOVE)
    for _ in range(6):
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        if screen.panel.kind == "text":
            return
        await keys(pilot, "1" if screen.panel.kind == "one" else "0")
    raise AssertionError(screen_text(pilot))


async def test_a_half_written_move_lies_there_again(session: Session, tmp_path: Path) -> None:
    """Its words stand in the box again, to be read before they are sent; once it is sealed nothing is kept."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    async with sitting(session, half, "us") as pilot:
        await to_words(pilot)
        await keys(pilot, "type:Two tugs.", "ctrl+q")
        assert "What is half written is kept until then" in screen_text(pilot)
        await keys(pilot, "y")
    assert half.path.exists()
    async with sitting(session, half, "us") as pilot:
        assert "half written" in screen_text(pilot)
        await keys(pilot, "n")
        assert "Two tugs." in screen_text(pilot)
        await keys(pilot, "type: More.", "ctrl+s", "3", "3", "enter")
    view = SeatReader(session.seat("us"), "en").view()
    assert isinstance(view, TeamView) and [each.draft.text for each in view.drafts] == ["Two tugs. More."]
    assert not half.path.exists() or "tugs" not in half.path.read_text()


async def test_words_that_were_answered_are_asked_again_after_a_crash(session: Session, tmp_path: Path) -> None:
    """What was kept while nobody left is enough; nobody sends words that he has not seen."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    async with sitting(session, half, "us", keeps=False) as pilot:
        await to_words(pilot)
        await keys(pilot, "type:Two tugs.", "ctrl+s", "3")
        assert isinstance(pilot.app, TableApp)
        pilot.app.keep()
    async with sitting(session, half, "us") as pilot:
        await keys(pilot, "n")
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen) and screen.panel.kind == "text" and "Two tugs." in screen_text(pilot)


async def test_what_is_kept_lies_on_its_own_desk_alone(session: Session, tmp_path: Path) -> None:
    """At one terminal the other team finds nothing of it, before and after somebody left."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    for is_back in (False, True):
        async with sitting(session, half, "us", "china") as pilot:
            await keys(pilot, "w")
            assert ("Secret of ours." in screen_text(pilot)) is is_back
            if not is_back:
                await keys(pilot, "type:Secret of ours.")
            await keys(pilot, "escape", "h", "space", "space", "space")
            assert "China" in screen_text(pilot) and "half written" not in screen_text(pilot)
            await keys(pilot, "w")
            assert "Secret" not in screen_text(pilot)


async def test_a_file_that_is_damaged_is_as_if_nothing_had_been_written(session: Session, tmp_path: Path) -> None:
    """Answers that no form takes are passed over, and rubbish is none."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    half.path.write_text(
        '{"sheets": {"us": {"move": {"move": "no-such", "way": ["x"], "text": "Kept."}, "nowhere": {}}}}'
    )
    async with sitting(session, half, "us") as pilot:
        await keys(pilot, "n")
        assert "Which move?" in screen_text(pilot)
    half.path.write_bytes(b"\xff{")
    async with sitting(session, half, "us") as pilot:
        assert "New move" in screen_text(pilot)


async def test_what_is_half_written_is_kept_while_nobody_leaves(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a crash ends has been kept by then, its owner's alone."""
    monkeypatch.setattr("crisis_sim.tui.app.KEPT_EVERY", 0.2)
    half = HalfWritten(tmp_path / "log.half-written.json")
    async with sitting(session, half, "us", keeps=False) as pilot:
        await to_words(pilot)
        await keys(pilot, "type:Two tugs.")
        for _ in range(400):
            if "Two tugs." in str(half.read()):
                break
            await pilot.pause(0.05)
        assert "Two tugs." in str(half.read()["us"])


async def test_a_reading_that_is_half_taken_is_kept(session: Session, tmp_path: Path) -> None:
    """How hostile was said, how sure was not: that is asked when somebody comes back."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS, requests=()))
    for pressed in (("3",), ()):
        app = TableApp(SeatTable({"us": seat}, ("us",), half=half))
        async with app.run_test(size=(100, 30)) as pilot:
            await quiet(pilot)
            if not isinstance(app.screen, FormScreen):
                await keys(pilot, "1")
            await keys(pilot, *pressed)
            screen = app.screen
            assert isinstance(screen, FormScreen) and screen.panel.form is not None
            said = [field.answer for field in screen.panel.form.fields]
            assert said[0] is not None and said[1] is None, said
        app.keep()


async def test_a_teams_own_clock_goes_on_where_it_stood(session: Session, tmp_path: Path) -> None:
    """Where two teams share a terminal; each has its own, and the file is its owner's alone."""
    teams: tuple[a.SeatName, ...] = ("us", "china")
    half, views = HalfWritten(tmp_path / "log.half-written.json"), {name: session.view(name) for name in teams}
    desks = work_for(views, half, {})
    desks["us"].spend(1, 36)
    save_work(desks, half, "moves")
    again = work_for(views, half, {})
    assert (again["us"].spent_in(1), again["us"].spent_in(2), again["china"].spent_in(1)) == (36, 0, 0)
    assert half.path.stat().st_mode & 0o077 == 0
