"""Restraint that meets something, assurances, and words of those who are not trusted."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.engine.asking import draft, refused, told
from tests.engine.play import Play, unasked, varied
from tests.engine.play import in_time as play

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side, other

ACCUSE = a.Draft(move="accuse", channel="press", visibility="public")
REASSURE = a.Draft(move="private-reassure", channel="embassies", visibility="private")
CONDOLE = a.Draft(move="condole", channel="press", visibility="public")
REGRET = a.Draft(move="ambiguous-regret", channel="embassies", visibility="private")
STEP = a.Draft(move="grit-step", channel="press", visibility="public", terms=("with-proof",))
FORCE = a.Draft(move="show-of-force", channel="bridge-to-bridge", visibility="public")


@cache
def calling(*moves: str, inject: str = "two-requests") -> Material:
    """A shipped scenario in which this inject calls for these moves, and no other inject for anything."""

    def change(tree: dict[str, Any]) -> None:
        for each in tree["msel"]:
            each["calls_for"] = list(moves) if each["id"] == inject else []

    return varied(unasked(), change)


def weighed(play: Play) -> dict[str, list[str]]:
    """By move: the rules that scaled the last act of it."""
    return {
        play.state.acts[event.act].act.move: [step.rule for step in event.steps]
        for event in play.events
        if isinstance(event, e.ActWeighed)
    }


@pytest.mark.parametrize("accuser", ["us", "china"])
def test_empty_restraint_does_not_buy_accusations(accuser: str) -> None:
    """Three calming acts a turn that meet nothing do not outweigh one public accusation a turn."""
    play = Play(calling("joint-cell"), length=90)
    for _ in range(5):
        if accuser == "us":
            play.turn(us=(ACCUSE,), china=(STEP, CONDOLE, REASSURE))
        else:
            play.turn(us=(STEP, CONDOLE, REASSURE), china=(ACCUSE,))
    tension = [point[0] for point in play.state.curve]
    assert tension == sorted(tension)


def test_a_calming_act_that_meets_nothing_counts_less() -> None:
    """Nothing was asked, pressed, called for or begun: four tenths are left."""
    play = Play(calling("joint-cell"))
    play.turn(us=(REASSURE, CONDOLE, STEP))
    assert all("met-nothing" in rules for rules in weighed(play).values())
    assert play.state.weights()["us", 1, 2] == -10


def test_a_calming_act_that_mends_what_its_side_has_pressed_counts_whole() -> None:
    """After a show of force a word that speaks to safety meets something; a condolence does not."""
    play = Play(calling("joint-cell"))
    play.turn(us=(FORCE,))
    play.turn(us=(REASSURE, CONDOLE))
    assert ["met-nothing" in weighed(play)[move] for move in ("private-reassure", "condole")] == [False, True]


@pytest.mark.parametrize(("quiet", "is_empty"), [(0, False), (1, False), (2, True)])
def test_what_was_pressed_two_turns_ago_is_mended_and_no_more_later(quiet: int, is_empty: bool) -> None:
    """A text of regret speaks to blame, as an accusation pressed it."""
    play = Play(calling("joint-cell"), length=150)
    play.turn(us=(ACCUSE,))
    for _ in range(quiet):
        play.turn()
    play.turn(us=(REGRET,))
    assert ("met-nothing" in weighed(play)["ambiguous-regret"]) is is_empty


def test_an_act_that_an_inject_calls_for_counts_whole() -> None:
    """By its name or its family, in the turn of the inject and the two after it."""
    for called in ("condole", "reassure"):
        play = Play(calling(called, inject="submiss"), length=150)
        for late in range(4):
            play.turn(us=(CONDOLE,))
            assert ("met-nothing" in weighed(play)["condole"]) == (late == 3), called


def test_where_no_inject_calls_for_anything_nothing_is_empty() -> None:
    """A scenario that does not say what its injects call for is not judged by it."""
    play = Play(calling())
    play.turn(us=(CONDOLE, STEP))
    assert not any("met-nothing" in rules for rules in weighed(play).values())


def test_restraint_meets_restraint() -> None:
    """A step of restraint that answers the other side's is whole."""
    play = Play(calling("joint-cell"))
    play.turn(us=(STEP,), china=(STEP,))
    assert "met-nothing" not in weighed(play)["grit-step"]


def test_one_step_a_turn_counts_for_a_series() -> None:
    """A second step in one turn is a step and no series; neither is one beside a hostile act."""
    play = Play(calling())
    play.turn(us=(STEP,))
    play.turn(us=(STEP, STEP))
    told = [event for event in play.events if isinstance(event, e.RuleFired) and event.rule == "grit-series"]
    assert [event.act for event in told] == [("us", 2, 1)]
    play.turn(us=(STEP, ACCUSE))
    told = [event for event in play.events if isinstance(event, e.RuleFired) and event.rule == "grit-series"]
    assert len(told) == 1


@pytest.mark.parametrize(("trust", "share"), [(299, 50), (300, 100)])
def test_cheap_kind_words_of_somebody_distrusted_are_felt_half(trust: int, share: int) -> None:
    """In what the receiver feels and in relief of its lines alone; tension moves as for anybody."""
    play = Play(calling())
    play.open_moves()
    override = a.Override(meter="trust", of="china", to=trust, reason="a test")
    play.submit("facilitator", override)
    play.turn(us=(REASSURE,))
    [event] = [event for event in play.events if isinstance(event, e.ActWeighed)]
    assert (event.weight, event.felt) == (-50, -50 * share // 100)


def test_dear_deeds_of_somebody_distrusted_are_felt_whole() -> None:
    """What costs something is believed."""
    play = Play(calling())
    play.open_moves()
    play.submit("facilitator", a.Override(meter="trust", of="china", to=0, reason="a test"))
    play.turn(us=(STEP,))
    [event] = [event for event in play.events if isinstance(event, e.ActWeighed)]
    assert event.felt == event.weight


UNITS, MEASURES = "then-no-units", "then-no-measures"
ASSURED = {UNITS, MEASURES, "then-no-blame"}


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
