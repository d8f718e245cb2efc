"""A model in a written call: it opens what it asked for, answers what it reads within its lines, and notes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.agents.model_server import Answer, ModelServer, Script, fitting, said
from tests.agents.test_model_player import fails
from tests.rooms.house import House
from tests.session.play import take_a_call
from tests.small import small_material

from crisis_sim.agents.agent_line import AgentLimits, AgentLine
from crisis_sim.agents.endpoint import Endpoint
from crisis_sim.agents.model_player import ModelPlayer
from crisis_sim.agents.transcript import Transcript
from crisis_sim.cli.seating import SEATABLE
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.notes import notes
from crisis_sim.pages.reader import SeatReader
from crisis_sim.playtest.bots import AutoFacilitator, sit
from crisis_sim.session.folder import log_of, new_session_id
from crisis_sim.session.session import Session


def called(log: Path, *models: a.SeatName) -> Session:
    """A session in which the United States has asked for a call, and China has taken it."""
    session = Session.start(log, small_material(), seed="a", length=150, bots=SEATABLE)
    for seat in models:
        session.submit(seat, a.TakeSeat(occupant="bot", policy=a.AGENT))
    take_a_call(session)
    return session


@asynccontextmanager
async def playing(
    session: Session, limits: AgentLimits, *seats: a.SeatName, script: Script = fitting
) -> AsyncIterator[ModelServer]:
    """Models at these seats of a session, while it goes on."""
    async with ModelServer(script).open() as server, asyncio.timeout(60):
        endpoint = Endpoint(AgentLine(server.url, "m", limits=limits), wait=0.01)
        readers = [SeatReader(session.seat(seat), "en") for seat in seats]
        play = [asyncio.create_task(ModelPlayer(each, endpoint, Transcript(None), fails).play()) for each in readers]
        try:
            yield server
        finally:
            for task in play:
                task.cancel()


async def until_said(session: Session, lines: int) -> list[str]:
    """Whose lines there are, once there are so many or the call is over."""
    changes = session.seat("facilitator").changes()
    while len(session.state.exchanges[0].said) < lines and session.state.exchanges[0].ended is None:
        await anext(changes)
    return [side for side, *_words in session.state.exchanges[0].said]


async def test_a_model_answers_what_a_person_writes_and_reads_it_first(tmp_path: Path) -> None:
    """It does not speak first where it was called, answers each time, and ends the call after its last line."""
    with called(tmp_path / "log.jsonl", "china") as session:
        view = session.seat("us").view()
        assert view.bots == view.programs == ("china",)
        async with playing(session, AgentLimits(lines=2), "china") as server:
            for line in range(3):
                assert session.state.exchanges[0].said[-1:] in ((), session.state.exchanges[0].said[2 * line - 1 :])
                session.submit("us", a.SayInCall(exchange=1, text=f"Line {line}: who is on the spot?"))
                await until_said(session, 2 * line + 2)
            asked = [each["messages"][1]["content"] for each in server.asked]
        assert [side for side, *_ in session.state.exchanges[0].said] == ["us", "china"] * 2 + ["us"]
        assert session.state.exchanges[0].ended == "china"
    said = next(each for each in asked if "What do we say to them?" in each)
    assert "Line 0: who is on the spot?" in said and "we say nothing to this" in said


async def test_two_models_talk_to_their_limit_and_each_notes_what_was_said(tmp_path: Path) -> None:
    """Whoever asked for the call opens it; no more is said than may be; a note of each is sealed."""
    with called(tmp_path / "log.jsonl", "us", "china") as session:
        async with playing(session, AgentLimits(lines=3), "us", "china") as server:
            facilitator = asyncio.create_task(sit(AutoFacilitator(close=False), session.seat("facilitator")))
            changes = session.seat("facilitator").changes()
            while session.state.phase != "hotwash":
                await anext(changes)
            facilitator.cancel()
        talk = session.state.exchanges[0]
        assert [side for side, *_ in talk.said] == ["us", "china"] * 3 and talk.ended == "us"
        assert {note.seat for note in notes(session.state) if note.about == "talk"} == {"us", "china"}
    noted = next(each for each in server.asked if "Note what was said" in each["messages"][1]["content"])
    assert "What has been said" in noted["messages"][1]["content"]


async def test_a_model_that_says_nothing_to_a_line_is_not_asked_again_over_it(tmp_path: Path) -> None:
    """It reads it, says nothing, and goes on with the phase."""

    def silent(number: int, asked: dict[str, Any]) -> Answer:
        in_call = "What do we say to them?" in asked["messages"][1]["content"]
        return said('{"text": ""}') if in_call else fitting(number, asked)

    with called(tmp_path / "log.jsonl", "china") as session:
        session.submit("us", a.SayInCall(exchange=1, text="Hello?"))
        async with playing(session, AgentLimits(), "china", script=silent) as server:
            changes = session.seat("facilitator").changes()
            while not session.state.team("china").committed:
                await anext(changes)
        assert [side for side, *_ in session.state.exchanges[0].said] == ["us"]
    asked = [each["messages"][1]["content"] for each in server.asked]
    assert sum("What do we say to them?" in each for each in asked) == 1


async def test_a_model_without_lines_takes_no_part(tmp_path: Path) -> None:
    """It neither speaks nor ends the call; play goes on."""
    with called(tmp_path / "log.jsonl", "china") as session:
        async with playing(session, AgentLimits(lines=0), "china"):
            session.submit("us", a.SayInCall(exchange=1, text="Hello?"))
            changes = session.seat("facilitator").changes()
            while not session.state.team("china").committed:
                await anext(changes)
        assert len(session.state.exchanges[0].said) == 1 and session.state.exchanges[0].ended is None


async def test_after_a_rollback_a_model_hears_what_is_said_anew(tmp_path: Path) -> None:
    """It joined from elsewhere and stays: what it had read of the call in the play that was left is not said here."""
    with called(tmp_path / "log.jsonl", "china") as session:
        house = House(tmp_path, session)
        async with house.open(), house.invited("china") as seat, ModelServer(fitting).open() as server:
            endpoint = Endpoint(AgentLine(server.url, "m", limits=AgentLimits(lines=9)), wait=0.01)
            play = asyncio.create_task(ModelPlayer(SeatReader(seat, "en"), endpoint, Transcript(None), fails).play())
            async with asyncio.timeout(60):
                session.submit("us", a.SayInCall(exchange=1, text="Line 0"))
                await until_said(session, 2)
                while (session.state.turn, session.state.phase) != (3, "situation"):
                    session.submit("facilitator", a.Advance())
                session.submit("us", a.SayInCall(exchange=1, text="Line 1"))
                await until_said(session, 4)
                child = new_session_id()
                session.submit("facilitator", a.RollBack(turn=3, child=child))
                session.close()
                log = log_of(child, tmp_path)
                assert log is not None
                with Session.resume(log, bots=SEATABLE) as branch:
                    house.session = branch
                    house.hub.moved_to(branch)
                    house.server.stir()
                    changes = seat.changes()
                    while seat.view().session != branch.header.session:
                        await anext(changes)
                    assert len(branch.state.exchanges[0].said) == 2
                    branch.submit("us", a.SayInCall(exchange=1, text="Another line 1"))
                    assert await until_said(branch, 4) == ["us", "china"] * 2
                    play.cancel()
