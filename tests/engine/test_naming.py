"""Naming the actor and not the act: how deep it cuts, that nothing takes it back, and what later steps cost at home."""

from __future__ import annotations

import pytest
from tests.engine.asking import draft, refused, told
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side, other

NAMED = ("names-actor",)


def play(scenario: str = "bottomed-submarine", *, length: int = 150) -> Play:
    """A shipped scenario under the core rules, where every private word arrives in time."""
    return Play(shipped(scenario), seed="3", length=length)


def words(move: str, *terms: str) -> a.Draft:
    """Hard words in public."""
    return draft(move, "press", "public", intent=2, terms=terms)


def on(of: Play, side: Side, concern: str = "blame") -> int:
    """What is on the lines of a team that are about something."""
    return sum(of.state.pressure[each] for each in of.state.pressed(side) if of.table.lines[each].concern == concern)


def at_home(of: Play, side: Side) -> int:
    """What steps with whom it had named have cost a team at home."""
    return sum(
        event.trace.before - event.trace.after
        for event in told(of.events, e.NumberMoved)
        if (event.meter, event.of, event.trace.rule) == ("standing", side, "steps-with-the-named")
    )


@pytest.mark.parametrize("move", ["criticise", "accuse"])
@pytest.mark.parametrize(
    ("scenario", "side", "concern"),
    [("bottomed-submarine", "us", "blame"), ("bottomed-submarine", "china", "blame"), ("polar-rescue", "us", "face")],
)
def test_the_actor_named_is_shamed_half_as_much_again(scenario: str, side: Side, concern: str, move: str) -> None:
    """On lines about respect and about blame; tension weighs the same, and nothing gets less."""
    bare, named = play(scenario), play(scenario)
    bare.turn(**{side: (words(move),)})
    named.turn(**{side: (words(move, *NAMED),)})
    pressed = on(bare, other(side), concern), on(named, other(side), concern)
    assert 0 < pressed[0] * 148 <= pressed[1] * 100 <= pressed[0] * 152
    assert bare.state.tension == named.state.tension
    assert all(named.state.pressure[name] >= by for name, by in bare.state.pressure.items())


@pytest.mark.parametrize("side", SIDES)
def test_an_apology_takes_it_back_no_more(side: Side) -> None:
    """It restores the respect that words about the act had taken, and not what was said of the actor."""
    taken, fired = [], []
    for terms in ((), NAMED):
        of = play()
        of.turn(**{side: (words("criticise", *terms),)})
        before = on(of, other(side))
        of.turn(**{side: (draft("apologise", "embassies", intent=-2),)})
        taken.append(before - on(of, other(side)))
        fired.append(any(event.rule == "face-restored" for event in told(of.events, e.RuleFired)))
    assert taken[0] > taken[1] and fired == [True, False]


@pytest.mark.parametrize("side", SIDES)
def test_each_later_step_together_costs_half_a_point_at_home_where_home_sees_it(side: Side) -> None:
    """In private it costs nothing there, and whoever named nobody pays nothing; the advisers say so beforehand."""
    of, plain = play(), play()
    for each, terms in ((of, NAMED), (plain, ())):
        each.turn(**{side: (words("criticise", *terms),)})
        each.turn(**{side: (draft("offer-help", "press", "public", intent=-2),)})
        each.turn(**{side: (draft("offer-help", "embassies", intent=-2),)})
        each.open_moves()
    assert (at_home(of, side), at_home(plain, side)) == (50, 0)
    warned = [{each.move for each in played.team(side).advice if each.rule is not None} for played in (of, plain)]
    assert "joint-cell" in warned[0] - warned[1]


def test_the_actor_is_named_in_public_and_not_at_45_minutes() -> None:
    """Each refusal has its way out."""
    of = play()
    of.open_moves()
    private = draft("warn", "embassies", intent=2, terms=NAMED)
    assert refused(of, "us", a.SealMove(draft=private)) == "move/term-heard"
    short = play(length=45)
    short.open_moves()
    assert refused(short, "us", a.SealMove(draft=words("criticise", *NAMED))) == "move/term"
