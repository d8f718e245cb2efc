"""What is typed for something that is gone, is not ours, or is no number: a sentence, a way out, and play goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.play import shipped
from tests.plain.test_principle_prompts import typed

from crisis_sim.engine import actions as a
from crisis_sim.pages.reader import SeatReader
from crisis_sim.plain.console import Console
from crisis_sim.plain.door import play
from crisis_sim.plain.plain_table import PlainTable
from crisis_sim.session.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """At the moves of turn 2, in which a voice at home asks the US."""
    with Session.start(tmp_path, shipped("bottomed-submarine"), seed="1", length=90) as session:
        while session.state.turn < 2 or session.state.phase != "moves":
            session.submit("facilitator", a.Advance())
        yield session


def test_a_question_that_was_taken_back_while_it_was_read_is_said_to_be_gone(session: Session) -> None:
    """The answer goes nowhere, and nobody has to begin again."""

    def lines() -> Iterator[str]:
        yield "stop"
        yield "decide"
        session.submit("facilitator", a.SkipInject(inject="hearing"))
        yield "keep-it"
        yield "decide"

    left, said = lines(), list[str]()
    console = Console(lambda: f"{line}\n" if (line := next(left, None)) is not None else "", said.append, wipe="")
    assert asyncio.run(play(PlainTable({"us": SeatReader(session.seat("us"), "en")}, ("us",)), console)) == 0
    told = " ".join("".join(said).split())
    assert "That cannot be done any more." in told
    assert "Nothing asks us for an answer now." in told
    assert [of.answer for of in session.state.voices if of.inject == "hearing"] == [""]


def test_what_is_no_fact_of_ours_and_no_instrument_of_the_scenarios_cannot_be_typed(session: Session) -> None:
    """The prompt says that it is none of these and asks again; the other's fact is as unknown as one that none has."""
    theirs = next(iter(session.table.scenario.teams.china.private_facts))
    draft = a.Draft(move="private-inquiry", channel="leader-hotline", intent=0, expected=0)
    session.submit("us", a.SealMove(draft=draft))
    told = typed(session, ("us",), "stop", "revise 1", "cites", "magna-carta")
    assert "'magna-carta' is not one of these" in told, told
    told = typed(session, ("us",), "stop", "move share-technical-data", "1", theirs, "no-such-fact")
    assert f"'{theirs}' is not one of these" in told and "'no-such-fact' is not one of these" in told, told
    assert "Does it tell what we alone know?" in told, told


def test_a_chance_is_a_whole_number_of_percent(session: Session) -> None:
    """Whatever else is typed is asked again; enter leaves it out."""
    while session.state.phase != "forecasts":
        session.submit("facilitator", a.Advance())
    told = typed(session, ("us",), "1e20", "1" * 400, "101", "−1", "half", "30 %")
    assert told.count("That is no number from 0 to 100.") == 5
    first = session.seat("us").view().forecasts[0]  # type: ignore[union-attr]  # a team's view
    assert first.chance == 30
