"""Acts that the harness of a model makes in its place: marked, meant by nobody, and in no measure of what was meant."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec import UNSET
from tests.engine.play import Play, small
from tests.measures.record import found_in, record, sent, table

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused
from crisis_sim.measures.conduct import conduct
from crisis_sim.measures.meanings import blind_turns, direction, mirror, widest

FILLER = a.Draft(move="criticise", channel="press", visibility="public", expected=0, audience="them")


def with_model() -> Play:
    """At the moves of the first turn, the United States a program's."""
    play = small()
    play.submit("us", a.TakeSeat(occupant="bot", policy=a.AGENT))
    play.open_moves()
    return play


@pytest.mark.parametrize("action", [a.SealMove(draft=FILLER, made_by="harness"), a.CommitMoves(made_by="harness")])
def test_only_the_seat_of_a_program_says_that_its_harness_did_something(action: a.AnyAction) -> None:
    """People and bots cannot take their own acts out of what is measured of them."""
    play = with_model()
    with pytest.raises(ActionRefused) as refused:
        play.submit("china", action)
    assert refused.value.code == "action/made-by"
    play.submit("us", a.SealMove(draft=FILLER, made_by="harness"))


def test_by_what_the_harness_makes_nobody_means_anything() -> None:
    """Neither how it is meant nor how it is expected to be taken nor for whom is on record, whatever was sent."""
    play = with_model()
    play.submit("us", a.SealMove(draft=FILLER, made_by="harness"))
    play.submit("us", a.CommitMoves(made_by="harness"))
    while play.state.phase == "moves":
        play.submit("facilitator", a.Advance())
    (act,) = [sent.act for sent in play.state.acts.values() if sent.act.side == "us"]
    assert (act.intent, act.expected, act.audience) == (None, UNSET, UNSET)
    with pytest.raises(ActionRefused, match="move/intent"):
        with_model().submit("us", a.SealMove(draft=a.Draft(move="criticise", channel="press", intent=None)))


def test_what_the_harness_made_is_in_no_measure_of_what_a_team_did_or_meant() -> None:
    """It is counted apart; how the other side read it is that side's, and stays."""
    nothing: dict[str, Any] = {"intent": None, "expected": UNSET, "visibility": "public"}
    state = record(
        sent("us", 1, "warn", intent=1, expected=2, reading=2),
        sent("us", 1, "grit-step", order=2, reading=3, **nothing),
        sent("us", 2, "ultimatum", reading=3, **nothing),
        sent("china", 1, "warn", reading=3),
        sent("china", 2, "warn", reading=3),
    )
    found = found_in(state)
    us = direction(found, "us")
    assert (us.harness, us.acts, us.arrived, us.read, us.asked) == (2, 1, 1, 1, 1)
    assert (us.bias, us.unforeseen, us.foreseen) == (Fraction(1), Fraction(0), Fraction(1))
    assert mirror(found, "us").own == 1 and mirror(found, "china").others == Fraction(8, 3)
    assert [each.key for each in widest(found, 9) if each.key[0] == "us"] == [("us", 1, 1)]
    assert blind_turns(found) == ()
    own = conduct(state, table(), "us", found)
    assert own.provocations == (("us", 1, 1),) and own.restraint_announced == 0
    assert all(item.met for item in own.george if item.key == "limited")
    assert [act.act.key for act in state.acts.values() if act.act.side == "us"] == [each.key for each in found[:3]]
