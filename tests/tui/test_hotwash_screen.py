"""The hotwash on the screen: it opens on purpose, one thing at a time, and what the room says is taken down."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from tests.small import small_material
from tests.thinning import spread
from tests.tui.conftest import Play, Played, at, keys, quiet, screen_text, until
from tests.tui.fake import FakeSeat, team_view
from tests.tui.fake_room import hotwash_view, room_view

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.views.seat_views import Lead
from crisis_sim.pages.opening import PAGES, PAIRS, Opening
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.hotwash_screen import HotwashScreen
from crisis_sim.tui.page_screen import PageScreen

PEOPLE: tuple[a.SeatName, ...] = ("us", "china", "facilitator")


def go_on(session: Session, phase: str) -> None:
    """Let the facilitator go on until a phase is open."""
    while session.state.phase != phase:
        session.submit("facilitator", a.Advance())


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session at its closing, with one act of the US that China took otherwise than it was meant."""
    with Session.start(tmp_path, small_material(), seed="a", length=45) as begun:
        draft = a.Draft(move="offer-help", channel="embassy", text="Two tugs.", intent=-2, expected=-1)
        go_on(begun, "moves")
        begun.submit("us", a.SealMove(draft=draft))
        begun.submit("facilitator", a.Advance())
        begun.submit("china", a.SealReading(item=1, hostility=2, confidence=3))
        go_on(begun, "closing")
        begun.submit("us", a.SealLines())
        begun.submit("china", a.SealLines())
        yield begun


def app_at(session: Session, people: tuple[a.SeatName, ...] = PEOPLE) -> TableApp:
    """The app at a session that has a log and a debrief to tell of."""
    seats = {name: SeatReader(session.seat(name), "en") for name in people}
    return TableApp(
        SeatTable(
            seats,
            people,
            log="game.jsonl",
            resume="crisis-sim resume game.jsonl",
            debrief="crisis-sim debrief game.jsonl",
            last_hash=lambda: session.last_hash,
        )
    )


@asynccontextmanager
async def hotwash(session: Session, size: tuple[int, int] = (80, 24), **more: Any) -> AsyncIterator[Played]:
    """The app once the facilitator has gone on from the closing; `more` is what else its table has."""
    session.submit("facilitator", a.Advance())
    app = app_at(session)
    app.table = replace(app.table, **more)
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        yield pilot


def flat(pilot: object) -> str:
    """What is on the screen, in one line."""
    return " ".join(screen_text(pilot).replace("│", " ").split())  # type: ignore[arg-type]  # a pilot


async def test_the_hotwash_opens_by_a_deliberate_key(session: Session) -> None:
    """Going on from the closing says what happens; enter and esc leave everything sealed, y opens it."""
    app = app_at(session, ("facilitator",))
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        await keys(pilot, "n")
        assert at(pilot) is FormScreen
        assert "Open the hotwash?" in flat(pilot) and "It cannot be sealed again." in flat(pilot)
        await keys(pilot, "enter", "space", "1")
        assert at(pilot) is FormScreen
        await keys(pilot, "escape")
        assert at(pilot) is PageScreen
        assert session.state.phase == "closing"
        await keys(pilot, "n", "y")
        assert isinstance(app.screen, HotwashScreen)


async def test_an_act_opens_in_three_steps_and_stays_open(session: Session) -> None:
    """What was said; then what was meant; then how it was taken and the distance; going back shows it open."""
    async with hotwash(session) as pilot:
        assert "Two tugs." not in flat(pilot) and "This is what became of them" in flat(pilot)
        await keys(pilot, "right", "right")
        assert "“Two tugs.”" in flat(pilot)
        assert flat(pilot).count("sealed") == 3
        assert "friendly sealed" not in flat(pilot) and "−2 friendly" not in flat(pilot)
        await keys(pilot, "space")
        assert "−2 friendly" in flat(pilot) and "+2 hostile" not in flat(pilot)
        await keys(pilot, "right")
        assert "+2 hostile, fairly sure" in flat(pilot)
        assert "3 steps more hostile than its sender expected." in flat(pilot)
        await keys(pilot, "tab", "2", "left", "right")
        assert "3 steps more hostile than its sender expected." in flat(pilot)


async def test_one_key_goes_through_all_of_it(session: Session) -> None:
    """Space after space comes to the last page, and every place says what to do now."""
    async with hotwash(session) as pilot:
        seen: set[str] = set()
        for _ in range(60):
            screen = pilot.app.screen
            assert isinstance(screen, HotwashScreen)
            seen.add(PAGES[screen.opening.page])
            assert len(screen.now()) > 20
            await keys(pilot, "space")
        assert seen == set(PAGES)


async def test_acts_that_are_not_open_are_not_told_in_the_table(play: Play) -> None:
    """The table of all acts shows what has been opened, all of it after one question."""
    async with play(FakeSeat(team_view(phase="hotwash", hotwash=hotwash_view())), size=(100, 30)) as pilot:
        await keys(pilot, "3")
        assert "0 of 3 acts are open." in flat(pilot) and "on average" not in flat(pilot)
        await keys(pilot, "2", "right", "right", "right", "3")
        assert "1 of 3 acts are open." in flat(pilot) and "−2 −1 +1 +3 +2" in flat(pilot)
        await keys(pilot, "o", "y")
        assert "on average" in flat(pilot)


async def test_lines_and_forecasts_open_after_what_was_guessed(play: Play) -> None:
    """First the guess, then the truth; the unimagined is marked in words."""
    async with play(FakeSeat(team_view(phase="hotwash", hotwash=hotwash_view())), size=(100, 30)) as pilot:
        await keys(pilot, "4")
        assert "Public hints that they caused it" in flat(pilot) and "Boarding the hull" not in flat(pilot)
        await keys(pilot, "right")
        assert "Boarding the hull" in flat(pilot) and "China guessed none of this kind" in flat(pilot)
        await keys(pilot, "5")
        assert "70 of 100, likely" in flat(pilot) and "it did not happen" not in flat(pilot)
        await keys(pilot, "right")
        assert "it did not happen" in flat(pilot)


async def test_what_the_room_says_stands_beneath_what_it_is_about(session: Session) -> None:
    """A note of several lines on an act, sent by ctrl+s, is seen there at once; then it is changed and struck out."""
    async with hotwash(session, (80, 32)) as pilot:
        await keys(pilot, "2", "right", "right", "right", "w", "type:like a claim", "enter", "type:2 tugs")
        assert "Act 1 of" in flat(pilot) and "US meant it as" in flat(pilot), "what it is about stays in sight"
        await keys(pilot, "ctrl+s")
        assert [(note.about, note.of, note.text) for note in notes(session.state)] == [
            ("act", "us/1/1", "like a claim\n2 tugs")
        ]
        assert "The room says • like a claim 2 tugs" in flat(pilot)
        await keys(pilot, "8", "w", "type:we had not asked", "ctrl+s")
        assert "we had not asked" in flat(pilot) and "like a claim" not in flat(pilot)
        await keys(pilot, "2", "e", "type: at least", "ctrl+s")
        assert notes(session.state)[0].text == "like a claim\n2 tugs at least"
        await keys(pilot, "e", *["backspace"] * 40, "ctrl+s", "y")
        assert [note.about for note in notes(session.state)] == ["question"]


async def test_a_note_half_written_is_never_lost(session: Session) -> None:
    """esc puts it down, other pages are looked at, and it is there again; each thing has its own."""
    async with hotwash(session) as pilot:
        await keys(pilot, "8", "w", "type:half", "tab", "escape", "9", "8", "right", "w")
        assert "half" not in flat(pilot)
        await keys(pilot, "escape", "left", "w")
        assert "half" in flat(pilot)
        assert notes(session.state) == ()


async def test_each_person_names_one_thing_to_change(session: Session) -> None:
    """The facilitator types for anybody; a team that takes the terminal types its own, and the place stays."""
    async with hotwash(session) as pilot:
        await keys(pilot, "9", "w", "2", "type:ask first", "ctrl+s")
        assert "China team • ask first" in flat(pilot)
        await keys(pilot, "h", "2")
        assert isinstance(pilot.app, TableApp) and pilot.app.up == "us"
        await keys(pilot, "w", "type:call sooner", "ctrl+s")
        assert "US team • call sooner" in flat(pilot)
        assert [(note.seat, note.of) for note in notes(session.state)] == [("facilitator", "china"), ("us", "us")]


async def test_leaving_the_hotwash_asks(session: Session) -> None:
    """ctrl+q says what is kept and how to get the debrief, and stays if it was a slip."""
    async with hotwash(session) as pilot:
        await keys(pilot, "ctrl+q")
        assert "Leave the hotwash?" in flat(pilot) and "crisis-sim debrief game.jsonl" in flat(pilot)
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, HotwashScreen)


async def test_closing_says_what_remains(session: Session) -> None:
    """Who has not named a thing to change, before; the log and the debrief, after."""
    async with hotwash(session) as pilot:
        await keys(pilot, "n")
        assert "No thing to change has been named yet by: US team, China team, Facilitator." in flat(pilot)
        await keys(pilot, "y")
        assert session.state.phase == "closed"
        assert "The log: game.jsonl" in flat(pilot) and "The debrief: crisis-sim debrief game.jsonl" in flat(pilot)
        assert f"to be read aloud and noted: {session.last_hash}" in flat(pilot)


async def test_a_host_is_not_promised_what_follows_at_one_terminal(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaving ends it for everybody; nothing is offered after it."""
    session.submit("facilitator", a.Advance())
    session.submit("facilitator", a.Advance())
    monkeypatch.setattr(TableApp, "has_rooms", True)
    async with app_at(session).run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        assert "ctrl+q ends it at every screen." in flat(pilot) and "once more" not in flat(pilot)


async def test_who_has_joined_is_not_promised_a_debrief_here(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log lies at the host; leaving leads to nothing more."""
    session.submit("facilitator", a.Advance())
    session.submit("facilitator", a.Advance())
    assert session.state.phase == "closed"
    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="us-1", people=()))
    async with app_at(session).run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        assert "Its host has the debrief; ctrl+q leaves." in flat(pilot) and "once more" not in flat(pilot)


@pytest.mark.parametrize(("size", "language"), spread(2, [(60, 20), (80, 24), (140, 40)], ["en", "zh"]))
async def test_every_page_fits(play: Play, size: tuple[int, int], language: str) -> None:
    """No row is cut, at any size, in both languages, open and sealed."""
    view = replace(room_view(), phase="hotwash", hotwash=hotwash_view())
    async with play(FakeSeat(view, language=language), size=size) as pilot:
        for _ in range(2):
            for page in "12456789":
                await keys(pilot, page, "right")
                assert "…" not in screen_text(pilot).split("\n", 2)[2]
            await keys(pilot, "o", "y")


def test_an_opening_is_the_terminals_and_not_a_seats() -> None:
    """What is open stays open whoever looks."""
    opening, view = Opening(page=PAIRS), hotwash_view()
    for _ in range(4):
        opening.on(view)
    assert (opening.pair, opening.disclosed_steps(view.pairs[0]), opening.disclosed_steps(view.pairs[1])) == (1, 3, 1)
    opening.back()
    assert (opening.pair, opening.disclosed_steps(view.pairs[0])) == (0, 3)


class Roomed(FakeSeat):
    """A seat at a screen of its own, in an exercise that others have joined."""

    @property
    def company(self) -> Any:  # Any: as little of a company as is asked for
        return SimpleNamespace(you=f"{self.name}-1", people=())


async def test_the_facilitator_leads_whoever_sits_elsewhere(play: Play) -> None:
    """Each place that is opened is told, from the first on, until somebody says that nobody is led."""
    seat = Roomed(replace(room_view(), phase="hotwash", hotwash=hotwash_view()))
    async with play(seat) as pilot:
        await keys(pilot, "2", "right", "right", "4")
        assert seat.sent == [
            a.LeadHotwash(page="ending"),
            a.LeadHotwash(page="pairs"),
            a.LeadHotwash(page="pairs", act="us/2/1", opened=1),
            a.LeadHotwash(page="pairs", act="us/2/1", opened=2),
            a.LeadHotwash(page="lines"),
        ]
        await keys(pilot, "l", "right", "7")
        assert len(seat.sent) == 5 and "Nobody is led now" in screen_text(pilot)
        await keys(pilot, "l")
        assert seat.sent[-1] == a.LeadHotwash(page="curves")


async def test_at_one_table_nobody_is_led(play: Play) -> None:
    seat = FakeSeat(replace(room_view(), phase="hotwash", hotwash=hotwash_view()))
    async with play(seat) as pilot:
        await keys(pilot, "2", "right", "l")
        assert seat.sent == []


async def test_a_team_is_where_the_facilitator_is_and_comes_back_by_one_key(play: Play) -> None:
    """Who turns to something else is told that, and stays there until it comes back."""
    lead = Lead(page="pairs", act="us/2/1", acts={"us/2/1": 2})
    view = replace(team_view(), phase="hotwash", hotwash=hotwash_view(), lead=lead)
    seat = Roomed(view)
    async with play(seat) as pilot:
        assert (
            "Act 1 of 3" in flat(pilot)
            and "The facilitator leads." in flat(pilot)
            and "facilitator shows" not in flat(pilot)
        ), screen_text(pilot)
        assert "look on alone" in screen_text(pilot).splitlines()[-1], "who follows opens nothing"
        seat.set(replace(view, lead=replace(lead, page="lines")))
        await until(pilot, "[4 Lines]")
        await keys(pilot, "1")
        assert "open the next" in screen_text(pilot).splitlines()[-1]
        assert "You look around by yourself" in flat(pilot) and "goes back there." in flat(pilot)
        seat.set(replace(view, lead=replace(lead, page="curves")))
        await until(pilot, "the facilitator shows: Curves")
        assert "[1 End]" in screen_text(pilot)
        await keys(pilot, "f")
        assert "[7 Curves]" in screen_text(pilot) and "facilitator shows" not in flat(pilot), screen_text(pilot)
    assert seat.sent == []


async def test_a_team_that_follows_reads_its_keys_in_its_own_language(play: Play) -> None:
    """A key that means something else while the facilitator leads has its other name in Chinese too."""
    view = replace(team_view(), phase="hotwash", hotwash=hotwash_view(), lead=Lead(page="pairs", act="us/2/1"))
    async with play(Roomed(view, language="zh")) as pilot:
        assert "自己翻看" in screen_text(pilot).splitlines()[-1]


async def test_closing_a_hosted_session_names_the_folder_in_which_all_lies(session: Session) -> None:
    """Whole, on a line of its own: the debrief is made already, and nobody has to type its command."""
    async with hotwash(session, record="/srv/sessions/lost-airliner-2026-11-24-1432-record") as pilot:
        await keys(pilot, "n", "y")
        shown = screen_text(pilot)
    assert re.search(r"│ */srv/sessions/lost-airliner-2026-11-24-1432-record *│", shown)
    assert "crisis-sim debrief" not in shown
