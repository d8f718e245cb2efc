"""If not, then not: what a threat spares those who hold back, who is held to it, and how it comes to bind no longer."""

from __future__ import annotations

import pytest
from tests.engine.asking import draft, refused, told
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side, other

UNITS, MEASURES = "then-no-units", "then-no-measures"
ASSURED = {UNITS, MEASURES, "then-no-blame"}


def play(*, length: int = 150) -> Play:
    """A shipped scenario under the core rules, where every private word arrives in time."""
    return Play(shipped("bottomed-submarine"), seed="3", length=length)


def warning(promise: str | None = MEASURES) -> a.Draft:
    """A threat in private, with what it spares."""
    return draft("warn", "embassies", intent=2, promise=promise)


BREACH = draft("cancel-event", "press", "public", intent=2)
HARD = draft("accuse", "press", "public", intent=2)


def felt(of: Play, side: Side) -> list[int]:
    """What the acts that reached a team were felt to weigh."""
    return [event.felt for event in told(of.events, e.ActWeighed) if event.sender == other(side)]


def lost(of: Play, side: Side) -> int:
    """What breaches have taken off a team's trust."""
    rules = ("promise-broken", "assurance-broken")
    return sum(
        event.trace.before - event.trace.after
        for event in told(of.events, e.NumberMoved)
        if (event.meter, event.of) == ("trust", side) and event.trace.rule in rules
    )


@pytest.mark.parametrize("side", SIDES)
def test_a_threat_with_an_assurance_is_felt_less_and_weighs_the_same(side: Side) -> None:
    """Six tenths, in what its receiver feels and in nothing else."""
    bare, assured = play(), play()
    bare.turn(**{side: (warning(None),)})
    assured.turn(**{side: (warning(),)})
    (before,), (after,) = felt(bare, other(side)), felt(assured, other(side))
    assert after == before * 6 // 10
    assert bare.state.tension == assured.state.tension
    assert bare.state.pressure == assured.state.pressure


@pytest.mark.parametrize("side", SIDES)
def test_whoever_strikes_at_restraint_loses_twice_what_a_promise_costs(side: Side) -> None:
    """And the next assurance reassures nobody."""
    of = play()
    of.turn(**{side: (warning(),)})
    of.turn(**{side: (BREACH,)})
    assert lost(of, other(side)) == 200
    of.turn(**{side: (warning(UNITS),)})
    last = told(of.events, e.ActWeighed)[-1]
    assert last.act == (side, 3, 1) and last.felt >= last.weight


@pytest.mark.parametrize("side", SIDES)
def test_a_hard_step_of_the_other_side_makes_it_void(side: Side) -> None:
    """From the next turn on it binds nobody, and nothing is broken; both are told."""
    of = play()
    of.turn(**{side: (warning(),)})
    of.turn(**{other(side): (HARD,)})
    ended = told(of.events, e.CommitmentEnded)
    assert [(event.side, event.how, event.act) for event in ended] == [(side, "void", (other(side), 2, 1))]
    of.turn(**{side: (BREACH,)})
    assert not told(of.events, e.CommitmentBroken) and not lost(of, other(side))
    assert of.team(other(side)).commitments[0].void_for == (side,)


@pytest.mark.parametrize("side", SIDES)
def test_a_hard_step_in_the_turn_of_the_threat_was_no_answer_to_it(side: Side) -> None:
    """Nobody had heard it yet; and what a side breaks in the turn in which it falls is broken, in either order."""
    of = play()
    of.turn(**{side: (warning(),), other(side): (HARD,)})
    assert not told(of.events, e.CommitmentEnded)
    of.turn(**{side: (BREACH,), other(side): (HARD,)})
    assert [event.side for event in told(of.events, e.CommitmentBroken)] == [side]
    assert not told(of.events, e.CommitmentEnded) and lost(of, other(side)) == 200


def test_an_assurance_goes_with_threats_and_not_at_45_minutes() -> None:
    """Of other moves, and of a short session, it is refused with a way out."""
    of = play()
    of.open_moves()
    assert refused(of, "us", a.SealMove(draft=draft("criticise", "press", "public", promise=UNITS))) == "move/promise"
    short = play(length=45)
    short.open_moves()
    assert refused(short, "us", a.SealMove(draft=warning())) == "move/promise"
    assert {*of.say("us").dossier.commitments} >= ASSURED and not ASSURED & {*short.say("us").dossier.commitments}
