"""Nothing half written is lost at a screen when somebody leaves: it lies there again, on the desk of its own seat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.plain.keyboard import console
from tests.small import small_material
from tests.tui.conftest import Played, keys, quiet, screen_text
from tests.tui.fake import FakeSeat, team_view

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import DraftFacts
from crisis_sim.pages.reader import SeatReader
from crisis_sim.plain.door import play as play_by_lines
from crisis_sim.plain.plain_table import PlainTable
from crisis_sim.session.half_written import HalfWritten
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.composer_screen import Composer
from crisis_sim.tui.kept_desks import desks_at, keep, take_up
from crisis_sim.tui.screen_table import ScreenTable
from crisis_sim.tui.unsealed import Composing, Taken, UnsealedWork, answering, revised


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session in which moves are made."""
    with Session.start(tmp_path, small_material(), seed="a", length=45) as begun:
        while begun.state.phase != "moves":
            begun.submit("facilitator", a.Advance())
        yield begun


@asynccontextmanager
async def sitting(table: ScreenTable) -> AsyncIterator[Played]:
    """Sit down at it, and leave."""
    app = TableApp(table)
    async with app.run_test(size=(100, 30)) as pilot:
        await quiet(pilot)
        yield pilot
    app.keep()


def table_of(session: Session, half: HalfWritten | None, *people: a.SeatName) -> ScreenTable:
    """Who plays it here."""
    return ScreenTable({name: SeatReader(session.seat(name), "en") for name in people}, people, half=half)


async def test_a_half_written_move_lies_there_again(session: Session, tmp_path: Path) -> None:
    """Its warning says that it is kept; it is its owner's alone, gone on with as it was, and gone once it is sealed."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    async with sitting(table_of(session, half, "us")) as pilot:
        await keys(pilot, "n", "enter", "enter", "type:Two tugs.", "ctrl+j", "3", "ctrl+q")
        assert "What is half written is kept until then" in screen_text(pilot)
        composer = pilot.app.screen_stack[-2]
        assert isinstance(composer, Composer)
        begun = composer.move
        await keys(pilot, "y")
    assert half.path.stat().st_mode & 0o077 == 0
    async with sitting(table_of(session, half, "us")) as pilot:
        assert "half written: enter" in screen_text(pilot)
        await keys(pilot, "n")
        composer = pilot.app.screen
        assert isinstance(composer, Composer) and begun.intent is not None
        assert composer.move.draft() == begun.draft() and composer.move.text == "Two tugs."
        await keys(pilot, "ctrl+j", "3", "3", "enter")
    assert [draft.text for draft in session.state.us.drafts] == ["Two tugs."] and not half.path.exists()


async def test_words_of_a_question_stand_there_again(session: Session, tmp_path: Path) -> None:
    """A note that was being written when the terminal went."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    async with sitting(table_of(session, half, "us")) as pilot:
        await keys(pilot, "w", "type:They wait.")
    async with sitting(table_of(session, half, "us")) as pilot:
        assert "They wait." not in screen_text(pilot)
        await keys(pilot, "w")
        assert "They wait." in screen_text(pilot)


async def test_what_is_kept_lies_on_its_own_desk_alone(session: Session, tmp_path: Path) -> None:
    """Where two teams share a terminal neither finds the other's."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    table = table_of(session, half, "us", "china")
    theirs = UnsealedWork(written={"note/text": "Theirs."})
    keep(table, {"us": UnsealedWork(composing=Composing(text="Ours.")), "china": theirs})
    desks = desks_at(table, {})
    for name, desk in desks.items():
        take_up(desk, table.seats[name])
    assert desks["us"].composing is not None and desks["us"].composing.text == "Ours." and not desks["us"].written
    assert desks["china"].composing is None and desks["china"].written == {"note/text": "Theirs."}


def taken(seat: FakeSeat, half: HalfWritten) -> UnsealedWork:
    """The desk of somebody who comes back."""
    desk = desks_at(ScreenTable({seat.name: seat}, (seat.name,), half=half), {})[seat.name]
    take_up(desk, seat)
    return desk


async def test_it_is_kept_while_nobody_leaves(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a crash ends has been kept by then, its owner's alone."""
    monkeypatch.setattr("crisis_sim.tui.app.KEPT_EVERY", 0.2)
    half = HalfWritten(tmp_path / "log.half-written.json")
    async with sitting(table_of(session, half, "us")) as pilot:
        await keys(pilot, "n", "enter", "enter", "type:Two tugs.")
        for _ in range(400):
            if "Two tugs." in str(half.read()):
                break
            await pilot.pause(0.05)
        assert half.read()["us"]["move"]["text"] == "Two tugs."


async def test_a_teams_own_clock_goes_on_where_it_stood(session: Session, tmp_path: Path) -> None:
    """Where two teams share a terminal, at the screens and by lines; each has its own."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    table = table_of(session, half, "us", "china")
    keep(table, {"us": UnsealedWork(spent=(1, 36)), "china": UnsealedWork()})
    desks = desks_at(table, {})
    assert (desks["us"].spent_in(1), desks["us"].spent_in(2), desks["china"].spent_in(1)) == (36, 0, 0)
    by_lines = PlainTable(table.seats, table.people, half=half)
    assert await play_by_lines(by_lines, console(["quit"], [])) == 0
    assert half.spent()["us"][0] == 1 and half.spent()["us"][1] >= 36
    assert half.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("how", ["accept", "decline", "counter", "holding"])
def test_an_answer_is_still_one(how: Any, tmp_path: Path) -> None:
    """To the same request, in the same way, and what is answered is quoted."""
    seat = FakeSeat()
    composing = answering(team_view().requests[0], how, seat.say)
    composing.text = "Later."
    half = HalfWritten(tmp_path / "half")
    keep(ScreenTable({"us": seat}, ("us",), half=half), {"us": UnsealedWork(composing=composing)})
    again = taken(seat, half).composing
    assert again is not None
    assert (again.answers, again.how, again.asked, again.text) == (composing.answers, how, composing.asked, "Later.")


def test_a_move_of_the_list_is_still_revised(tmp_path: Path) -> None:
    """In its own place, with what was taken off it taken off."""
    terms = ("no-conditions", "linked")
    draft = a.Draft(
        move="offer-help", channel="embassy", visibility="private", text="Two tugs.", intent=-1, terms=terms
    )
    seat, half = FakeSeat(team_view(drafts=(DraftFacts(number=1, draft=draft),))), HalfWritten(tmp_path / "half")
    composing = revised(1, draft)
    composing.text, composing.terms = "Three tugs.", terms[1:]
    keep(ScreenTable({"us": seat}, ("us",), half=half), {"us": UnsealedWork(composing=composing)})
    again = taken(seat, half).composing
    assert again is not None
    assert (again.revising, again.before, again.text, again.terms) == (1, draft, "Three tugs.", terms[1:])


def test_what_cannot_be_taken_up_now_stays_kept(tmp_path: Path) -> None:
    """While no move can be made it lies in its file; what a form does not know is nothing."""
    half = HalfWritten(tmp_path / "half")
    half.write({"us": {"move": {"move": "offer-help", "text": "Two tugs."}, "request:99": {"how": "accept"}}})
    for phase in ("readings", "moves"):
        desk = taken(FakeSeat(team_view(phase=phase)), half)
        assert (desk.composing is None) == (phase == "readings")
        keep(ScreenTable({"us": FakeSeat()}, ("us",), half=half), {"us": desk})
    again = half.read()["us"]
    assert again["move"]["text"] == "Two tugs." and "request:99" in again
    half.write({"us": {"move": {"move": "no-such-move", "way": "no/way", "intent": "99", "text": "Words."}}})
    assert taken(FakeSeat(), half).composing == Composing(text="Words.", step=3)


def test_a_reading_that_is_half_taken_is_kept(session: Session, tmp_path: Path) -> None:
    """As far as it goes, and in the words of the form by lines; what is no answer is left out."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    table = table_of(session, half, "us")
    desk = UnsealedWork(taken={1: Taken(hostility=-1), 2: Taken(2, 3, "first"), 3: Taken(3, 4, "own", crosses=True)})
    keep(table, {"us": desk})
    assert half.read()["us"]["1"] == {"hostility": "-1"}
    assert half.read()["us"]["3"]["touches"] == "crosses/own", "as the form by lines says it"
    assert desks_at(table, {})["us"].taken == desk.taken
    half.write({"us": {"1": {"hostility": "9", "confidence": "no"}}})
    assert desks_at(table, {})["us"].taken == {1: Taken()}
