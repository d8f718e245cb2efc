"""Guesses of lines, and guesses of what calls were for; nothing hangs on their order."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.play import Play, shipped, small
from tests.engine.test_calls import talked

from crisis_sim.engine import actions as a
from crisis_sim.engine.events import Guess
from crisis_sim.measures.forecasts import PurposesGuessed, purposes_guessed
from crisis_sim.measures.line_guesses import least_distance, line_map
from crisis_sim.rules.names import SIDES

WEIGHTS = st.lists(st.integers(0, 10), max_size=6)


def guess(kind: str, concern: str, weight: int = 5) -> Guess:
    return Guess(line=kind, concern=concern, says="", weight=weight)  # type: ignore[arg-type]  # red or pink


@given(one=WEIGHTS, two=WEIGHTS)
def test_the_least_distance_is_that_of_the_best_pairing(one: list[int], two: list[int]) -> None:
    """As found by trying them all."""
    few, many = sorted((one, two), key=len)
    tried = [
        sum(abs(a - b) for a, b in zip(few, some, strict=True))
        for chosen in combinations(many, len(few))
        for some in permutations(chosen)
    ]
    assert least_distance(one, two) == least_distance(two, one) == min(tried)


def test_the_error_of_weights_does_not_hang_on_the_order_of_guesses() -> None:
    """Two lines of ours on one concern, of 2 and 8, were guessed as 8 and 2, and as a 9 that is left over: no error."""
    play = small()
    for weight in (2, 8):
        play.submit("us", a.WriteLine(line="pink", concern="face", says="No blame.", weight=weight))
    found = {
        line_map(play.state, play.table, "us", tuple(guess("pink", "face", weight) for weight in order))
        for order in permutations((8, 2, 9))
    }
    assert len(found) == 1
    assert found.pop().weight_error == 0


def test_a_guess_is_laid_beside_a_line_with_a_weight_first() -> None:
    """China's line on face of the scenario has none; one that China wrote on face has; one guess fits both."""
    play = small()
    play.submit("china", a.WriteLine(line="pink", concern="face", says="No blame.", weight=9))
    found = line_map(play.state, play.table, "china", (guess("pink", "face", 6),))
    assert (found.lines, found.matched, found.weight_error) == (3, 1, Fraction(3))


def test_a_guess_counts_by_what_the_other_side_sealed() -> None:
    """The US wanted to ask and China thought so; China wanted to settle a principle and the US thought to ask."""
    play = talked("settle", "ask")
    us, china = purposes_guessed(play.state, play.table)
    assert (us, china) == (PurposesGuessed("us", 1, 0), PurposesGuessed("china", 1, 1))
    assert [us.share, china.share] == [Fraction(0), Fraction(1)]


def test_without_a_call_there_is_no_share_and_where_nobody_was_asked_nothing_at_all() -> None:
    """No number is made of nothing."""
    play = Play(shipped("bottomed-submarine"), length=90)
    assert [each.share for each in purposes_guessed(play.state, play.table)] == [None for _ in SIDES]
    short = Play(shipped("bottomed-submarine"), length=45)
    assert not purposes_guessed(short.state, short.table)
