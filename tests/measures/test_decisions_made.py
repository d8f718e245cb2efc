"""How each side dealt with what it was asked to decide."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.engine.asking import go_on
from tests.engine.play import Play, shipped, varied
from tests.engine.test_decisions import answered, asking, next_moves

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.measures.decisions_made import decisions_made, fell
from crisis_sim.measures.tables import decisions_counted


def two_asked() -> Material:
    """The submarine in which each team is asked once at 90 minutes, by a voice of its own."""

    def change(tree: dict[str, Any]) -> None:
        for inject in tree["msel"]:
            if "decide" in inject and inject["id"] not in ("hearing", "column"):
                inject["lengths"] = [150]

    return varied("bottomed-submarine", change)


def test_an_answer_at_once_and_one_after_a_turn_are_told_apart() -> None:
    """The US answers at once; China lets a turn pass and answers in the next."""
    play = asking(material=two_asked())
    answered(play, "share-it")
    next_moves(play)
    answered(play, named_answer(play), "china")
    us, china = decisions_made(play.state)
    assert (us.share, us.delay, us.wait) == (Fraction(1), Fraction(0), Fraction(0))
    assert (china.answered, china.delays, china.turns, china.wait) == (1, 1, 1, Fraction(1))


def named_answer(play: Play) -> str:
    """The first answer to what China is asked."""
    return next(iter(play.table.injects["column"].decide))


def test_what_is_let_pass_twice_is_let_pass_and_counts_two_delays() -> None:
    """The voice then acts by itself, which is no answer; the page says so."""
    play = asking(material=two_asked())
    go_on(play, "results")
    next_moves(play)
    go_on(play, "results")
    assert [fell(of) for of in play.state.voices if of.inject] == ["acted", "acted"]
    us, _china = decisions_made(play.state)
    assert (us.answered, us.let_pass, us.delays, us.share, us.wait) == (0, 1, 2, Fraction(0), None)
    assert "0 of 1, let 1 pass" in decisions_counted((us,), play.say("facilitator"))[0]


def test_what_was_taken_back_or_never_asked_is_measured_of_nobody() -> None:
    """No number is made of nothing."""
    play = asking(material=two_asked())
    play.submit("facilitator", a.SkipInject(inject="hearing"))
    us, china = decisions_made(play.state)
    assert us.asked == 0 and us.share is None and us.delay is None and china.asked == 1
    short = Play(shipped("bottomed-submarine"), length=45)
    assert not decisions_counted(decisions_made(short.state), short.say("facilitator"))
