"""How often a side guessed what the other wanted of a call."""

from __future__ import annotations

from fractions import Fraction

from tests.engine.play import Play, shipped
from tests.engine.test_calls import talked

from crisis_sim.measures.purposes import CHANCE, PurposesGuessed, purposes_guessed
from crisis_sim.rules.names import SIDES


def test_a_guess_counts_by_what_the_other_side_sealed() -> None:
    """The US wanted to ask and China thought so; China wanted to settle a principle and the US thought to ask."""
    play = talked("settle", "ask")
    us, china = purposes_guessed(play.state, play.table)
    assert (us, china) == (PurposesGuessed("us", 1, 0), PurposesGuessed("china", 1, 1))
    assert [us.share, china.share] == [Fraction(0), Fraction(1)] and Fraction(1, 4) == CHANCE


def test_without_a_call_there_is_no_share_and_where_nobody_was_asked_nothing_at_all() -> None:
    """No number is made of nothing."""
    play = Play(shipped("bottomed-submarine"), length=90)
    assert [each.share for each in purposes_guessed(play.state, play.table)] == [None for _ in SIDES]
    short = Play(shipped("bottomed-submarine"), length=45)
    assert not purposes_guessed(short.state, short.table)
