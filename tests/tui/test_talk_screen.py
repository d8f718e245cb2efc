"""A talk at the screen: each side's sheet behind its curtain, then both at one screen, then what each makes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.engine.asking import CALL, answer
from tests.session.play import take_a_call
from tests.small import small_material
from tests.tui.conftest import Played, at, keys, quiet, screen_text

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView
from crisis_sim.pages import blocks as b
from crisis_sim.pages.console_blocks import room_blocks
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.draft_file import HalfWritten
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.talk_screen import BothTalkScreen, TalkClock, TalkScreen


@asynccontextmanager
async def agreed(
    path: Path,
    people: tuple[SeatName, ...],
    size: tuple[int, int] = (80, 24),
    begin: Callable[[Session], None] = take_a_call,
) -> AsyncIterator[tuple[Played, Session]]:
    """The second turn of the small scenario, in which a call has just been taken; `people` sit at one terminal."""
    with Session.start(path, small_material(), seed="a", length=150) as session:
        begin(session)
        seats = {name: SeatReader(session.seat(name), "en") for name in people}
        app = TableApp(SeatTable(seats, people), announces=True)
        async with app.run_test(size=size) as pilot:
            await quiet(pilot)
            yield pilot, session


OPEN = ("space",) * 3


async def to_curtain(pilot: Played) -> None:
    """Leaf through the sheet at hand."""
    for _ in range(30):
        if at(pilot) is not TalkScreen:
            return
        await keys(pilot, "space")


async def test_two_teams_at_one_terminal_talk_between_their_sheets(tmp_path: Path) -> None:
    """Each reads its own behind the curtain; both look at one; behind the curtain again each notes and accounts."""
    async with agreed(tmp_path, ("us", "china", "facilitator")) as (pilot, session):
        app, seen = pilot.app, []
        for _ in range(2):
            assert isinstance(app.screen, CurtainScreen)
            seen.append(app.screen.comes)
            await keys(pilot, *OPEN)
            assert "Read this sheet first" in screen_text(pilot) and at(pilot) is TalkScreen
            await to_curtain(pilot)
        assert sorted(seen) == ["china", "us"]
        assert at(pilot) is BothTalkScreen and "Both teams: Talk now, 3 minutes" in screen_text(pilot)
        assert "What we" not in screen_text(pilot) and "Our lines" not in screen_text(pilot)
        await keys(pilot, "space", "space", "enter", "escape")
        assert at(pilot) is BothTalkScreen, "a key too many ends no talk"
        await keys(pilot, "o")
        assert at(pilot) is CurtainScreen
        await keys(pilot, *OPEN)
        assert "The talk is over" in screen_text(pilot)
        await keys(pilot, "w")
        assert "They do not see what we note until the hotwash" in screen_text(pilot)
        await keys(pilot, "type:At noon", "ctrl+s", "r", "1", "enter", "4", "type:We agreed", "ctrl+s")
        assert "“At noon”" in screen_text(pilot) and "Readout: agreed" in screen_text(pilot)
        assert [(note.about, note.of, note.text) for note in notes(session.state)] == [("talk", "1", "At noon")]
        accounts = [account for each in session.state.exchanges for account in (each.us, each.china) if account]
        assert [(account.outcome, account.text) for account in accounts] == [("agreed", "We agreed")]
        await keys(pilot, "space")
        assert at(pilot) is FormScreen


def take_two_calls(session: Session) -> None:
    """Go on to the second turn, in which each team has just taken the call that the other asked for."""
    sides: tuple[SeatName, ...] = ("us", "china")
    while session.state.phase != "moves":
        session.submit("facilitator", a.Advance())
    for side in sides:
        session.submit(side, a.SealMove(draft=CALL))
    while (session.state.turn, session.state.phase) != (2, "moves"):
        session.submit("facilitator", a.Advance())
    for side in sides:
        view = session.seat(side).view()
        assert isinstance(view, TeamView)
        number = view.requests[0].number
        session.submit(side, a.SealMove(draft=answer("take-call", number, "accept", text="At noon.")))
        session.submit(side, a.SealMove(draft=CALL))
        session.submit(side, a.CommitMoves())


async def test_a_second_talk_of_a_turn_waits_until_both_have_noted_the_first(tmp_path: Path) -> None:
    """Nobody's sheet stays in sight while both talk: whoever is still at the first comes before it."""
    people: tuple[SeatName, ...] = ("us", "china", "facilitator")
    async with agreed(tmp_path, people, begin=take_two_calls) as (pilot, session):
        talked = 0
        for _ in range(60):
            if at(pilot) is CurtainScreen:
                await keys(pilot, *OPEN)
            elif at(pilot) is BothTalkScreen:
                talked += 1
                await keys(pilot, "o")
            elif at(pilot) is TalkScreen:
                assert "Talk now" not in screen_text(pilot)
                await keys(pilot, "space")
            elif talked == 2:
                break
        assert talked == len(session.state.exchanges) == 2


async def test_a_team_alone_at_its_terminal_talks_beside_its_sheet(tmp_path: Path) -> None:
    """Its time runs with the talk and not before; it is nobody else's, and none of the turn's."""
    async with agreed(tmp_path, ("us",), (140, 40)) as (pilot, _session):
        app = pilot.app
        assert isinstance(app.screen, TalkScreen) and "What we want of it" in screen_text(pilot)
        clock = app.screen.query_one(TalkClock)
        app.screen._tick()
        assert clock.value == "3:00"
        await keys(pilot, "question_mark")
        assert "Read this sheet first" in screen_text(pilot)
        await keys(pilot, "escape")
        while app.screen.stage == "sheet":
            await keys(pilot, "space")
        assert "Talk now, 3 minutes" in screen_text(pilot)
        spent = app.screen.desk.spent_in(2)
        minutes, seconds = map(int, clock.value.split(":"))  # its own timer may have ticked meanwhile
        for _ in range(60 * minutes + seconds + 1):
            app.screen._tick()
        assert clock.value == "+0:01" and app.screen.desk.spent_in(2) == spent
        await keys(pilot, "space")
        assert app.screen.stage == "talk"
        await keys(pilot, "o")
        assert "The talk is over" in screen_text(pilot)
        left = app.screen
        await keys(pilot, "space")
        assert at(pilot) is FormScreen
        assert not left.can("on"), "a second of the clock may still fall on it"


async def test_in_rooms_a_call_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is there to write in; what both say stands above it; o within it is a letter."""
    monkeypatch.setattr(SeatReader, "company", Alone())
    async with agreed(tmp_path, ("us",), (140, 40)) as (pilot, session):
        while "write below" not in screen_text(pilot):
            await keys(pilot, "space")
        assert "write below" in screen_text(pilot)
        await keys(pilot, "type:hello over there", "enter")
        session.submit("china", a.SayInCall(exchange=1, text="We hear you."))
        await quiet(pilot)
        text = screen_text(pilot)
        assert "hello over there" in text and "We hear you." in text
        assert session.state.exchanges[0].said == (("us", "hello over there", ""), ("china", "We hear you.", ""))
        assert text.index("hello over there") < text.index("We hear you."), "in the order in which it was said"
        white = SeatReader(session.seat("facilitator"), "en")
        view = white.view()
        assert isinstance(view, FacilitatorView)
        told = " ".join(b.words(each.line) for each in room_blocks(view, white.say) if isinstance(each, b.Paragraph))
        assert told.index("hello over there") < told.index("We hear you."), "the facilitator reads it in its order"
        assert told.index("We hear you.") < told.index("standing") and told.count("We hear you.") == 1, "and first"
        for number in range(6):
            session.submit("china", a.SayInCall(exchange=1, text=f"Line {number}."))
        view = white.view()
        assert isinstance(view, FacilitatorView)
        blocks = list(room_blocks(view, white.say))
        told = " ".join(b.words(each.line) for each in blocks if isinstance(each, b.Paragraph))
        latest, whole = told.split("standing", 1)
        assert "We hear you." not in latest and "Line 5." in latest, "the newest is in sight however long it is"
        assert whole.index("hello over there") < whole.index("Line 5."), "and the whole stands below"
        await keys(pilot, "escape", "o", "n")
        assert [of.ended for of in session.state.exchanges] == [None], "one is asked first: it ends it for both"
        await keys(pilot, "o", "y")
        await quiet(pilot)
        text = screen_text(pilot)
        assert [of.ended for of in session.state.exchanges] == ["us"]
        assert "The talk is over" in text and "We ended the talk." in text and "United States ended" not in text
        assert text.index("hello over there") < text.index("We hear you.")


async def test_what_we_were_about_to_say_lies_there_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever leaves in the midst of a line finds it on coming back; once it is said, it is kept no more."""
    monkeypatch.setattr(SeatReader, "company", Alone())
    half = HalfWritten(tmp_path / "half")
    with Session.start(tmp_path, small_material(), seed="a", length=150) as session:
        take_a_call(session)
        table = SeatTable({"us": SeatReader(session.seat("us"), "en")}, ("us",), half=half)
        for pressed in (("type:We would", "ctrl+q", "y"), ("type: rather meet.", "enter")):
            app = TableApp(table, announces=True)
            async with app.run_test(size=(80, 24)) as pilot:
                await quiet(pilot)
                while "write below" not in " ".join(screen_text(pilot).split()):
                    await keys(pilot, "space")
                await keys(pilot, *pressed)
            app.keep()
        (said,) = session.state.exchanges[0].said
        assert said.text == "We would rather meet." and "We would" not in str(half.read())


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_newest_is_seen_however_much_has_been_said(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands last, right above the line to write in, and the page goes along with it."""
    monkeypatch.setattr(SeatReader, "company", Alone())
    async with agreed(tmp_path, ("us",), size) as (pilot, session):
        while "write below" not in " ".join(screen_text(pilot).split()):
            await keys(pilot, "space")
        for number in range(30):
            session.submit("china", a.SayInCall(exchange=1, text=f"This is line {number}."))
        await quiet(pilot)
        text = screen_text(pilot)
        assert "This is line 29." in text and text.index("line 28.") < text.index("line 29.")
        assert "This is line 0." not in text


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_they_say_while_we_read_our_sheet_is_in_sight_when_we_come(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads longer comes to a talk that has begun, and to its newest words."""
    monkeypatch.setattr(SeatReader, "company", Alone())
    async with agreed(tmp_path, ("us",), size) as (pilot, session):
        for number in range(30):
            session.submit("china", a.SayInCall(exchange=1, text=f"This is line {number}."))
        await quiet(pilot)
        while "write below" not in " ".join(screen_text(pilot).split()):
            await keys(pilot, "space")
        await quiet(pilot)
        assert "This is line 29." in screen_text(pilot)


@pytest.mark.parametrize("reads", [True, False])
async def test_who_is_told_that_they_have_ended_it_is_led_to_its_note(
    reads: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, in words, whether it is still at its sheet or writes; what it was writing is not sent."""
    monkeypatch.setattr(SeatReader, "company", Alone())
    async with agreed(tmp_path, ("us",), (140, 40)) as (pilot, session):
        while not reads and "write below" not in screen_text(pilot):
            await keys(pilot, "space")
        session.submit("china", a.EndCall(exchange=1))
        await quiet(pilot)
        text, screen = screen_text(pilot), pilot.app.screen
        assert "China ended the talk." in text and "What we make of it" in text
        assert isinstance(screen, TalkScreen) and screen.stage == "after"
        assert screen.can("note") and screen.can("readout")


@pytest.mark.parametrize("leaves", ["escape", "enter"])
async def test_who_is_in_the_midst_of_a_sentence_when_they_end_it_types_no_keys(
    leaves: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of it leaves no scene and reads no card; it is said that it was not sent, and the note comes after."""
    monkeypatch.setattr(SeatReader, "company", Alone())
    async with agreed(tmp_path, ("us",), (140, 40)) as (pilot, session):
        while "write below" not in screen_text(pilot):
            await keys(pilot, "space")
        await keys(pilot, "type:we can carry")
        session.submit("china", a.EndCall(exchange=1))
        await quiet(pilot)
        await keys(pilot, "type: 20 or more")
        screen = pilot.app.screen
        assert isinstance(screen, TalkScreen) and screen.stage == "after"
        assert "we can carry 20 or more" in screen_text(pilot) and "was not sent; esc leaves it." in screen_text(pilot)
        await keys(pilot, leaves)
        assert "we can carry" not in screen_text(pilot) and "Note what was said (w)" in screen_text(pilot)
        assert session.state.exchanges[0].said == ()


class Alone:
    """Somebody whom nobody shares a seat with."""

    you = "us-1"
    people = ()
    places = None

    def take_pen(self) -> None:
        return None
