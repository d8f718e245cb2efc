"""Guesses of lines, guesses of those guesses, and guesses of what calls were for; nothing hangs on their order."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.play import Play, shipped, small
from tests.engine.test_calls import talked
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.events import Guess
from crisis_sim.engine.table import build_table
from crisis_sim.measures.forecasts import PurposesGuessed, purposes_guessed
from crisis_sim.measures.line_guesses import SecondOrder, least_distance, line_map, second_order, second_orders
from crisis_sim.rules.names import SIDES

WEIGHTS = st.lists(st.integers(0, 10), max_size=6)


def guess(kind: str, concern: str, weight: int = 5) -> Guess:
    return Guess(line=kind, concern=concern, says="", weight=weight)  # type: ignore[arg-type]  # red or pink


def laid_beside(guesses: tuple[Guess, ...], expected: tuple[Guess, ...]) -> SecondOrder:
    """China holds a pink line on face and a red one on sovereignty."""
    play = small()
    return second_order(play.state, play.table, "china", guesses, expected)


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


def test_each_line_is_understood_or_not_and_thought_so_or_not() -> None:
    """Four kinds of lines; the two in which a side was wrong about the other's picture of it are told apart."""
    face, host, safety = ("pink", "face"), ("red", "sovereignty"), ("red", "safety")
    found = laid_beside((guess(*face), guess(*safety)), (guess(*host), guess(*safety)))
    assert (found.lines, found.guesses, found.expected, found.matched) == (2, 2, 2, 1)
    assert found.believed == (host,), "China thought that this was understood, and it was not"
    assert found.unawares == (face,), "this was understood, and China did not think so"
    assert (found.seen, found.neither) == ((), ())
    assert laid_beside((guess(*face),), (guess(*face),)).seen == (face,)
    assert laid_beside((guess(*face),), (guess(*face),)).neither == (host,)


def test_the_gap_is_truth_without_guess_and_guess_without_truth() -> None:
    """Of all that was guessed or expected: a picture that is right has none, and one that shares nothing is all gap."""
    guesses = (guess("pink", "face", 4), guess("red", "safety"), guess("red", "safety"))
    found = laid_beside(guesses, (guess("pink", "face", 9), guess("red", "sovereignty")))
    assert (found.hit_rate, found.jaccard, found.gap) == (Fraction(1, 3), Fraction(1, 4), Fraction(3, 4))
    assert found.weight_error == Fraction(5)
    assert laid_beside(guesses, guesses[::-1]).gap == 0
    assert laid_beside(guesses, (guess("red", "sovereignty"),)).gap == 1


def test_where_one_of_the_two_was_left_out_nothing_is_compared() -> None:
    """A team that skipped the question did not say that nothing of it is understood."""
    some = (guess("pink", "face"),)
    for found in (laid_beside((), ()), laid_beside(some, ()), laid_beside((), some)):
        assert (found.hit_rate, found.jaccard, found.gap, found.weight_error) == (None, None, None, None)
        assert (found.seen, found.believed, found.unawares, found.neither) == ((), (), (), ())
        assert found.lines == 2
    assert laid_beside((), some).expected == 1


@given(
    st.permutations(
        [guess("pink", "face", 2), guess("pink", "face", 7), guess("red", "sovereignty"), guess("red", "face")]
    )
)
def test_the_picture_of_a_picture_does_not_hang_on_order(order: list[Guess]) -> None:
    """Neither on that of the guesses, nor on that of what was expected."""
    theirs = (guess("pink", "face", 3), guess("red", "sovereignty"))
    assert laid_beside(tuple(order), theirs) == laid_beside(tuple(sorted(order, key=repr)), theirs)
    assert laid_beside(theirs, tuple(order)) == laid_beside(theirs, tuple(sorted(order, key=repr)))


@given(
    guesses=st.lists(
        st.sampled_from([("pink", "face"), ("red", "sovereignty"), ("red", "safety")]), min_size=1, max_size=7
    ),
    expected=st.lists(
        st.sampled_from([("pink", "face"), ("red", "sovereignty"), ("red", "safety")]), min_size=1, max_size=7
    ),
)
def test_every_line_is_in_one_of_four_places(guesses: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """And of the numbers none leaves its range."""
    found = laid_beside(tuple(guess(*each) for each in guesses), tuple(guess(*each) for each in expected))
    places = (found.seen, found.believed, found.unawares, found.neither)
    assert sum(map(len, places)) == found.lines == 2
    assert sorted(sum(places, ())) == [("pink", "face"), ("red", "sovereignty")]
    for share in (found.hit_rate, found.jaccard, found.gap):
        assert share is None or 0 <= share <= 1


def test_lines_that_were_set_aside_are_nobodys_to_understand() -> None:
    """What a side thinks of a line that it does not hold counts in the gap alone."""
    play = Play(small_material())
    play.submit("china", a.AdoptLines(lines=("forced-removal",)))
    found = second_order(play.state, play.table, "china", (guess("red", "safety"),), (guess("pink", "face"),))
    assert (found.lines, found.believed, found.gap) == (1, (), Fraction(1))


def test_where_one_of_the_two_is_left_out_nothing_matches() -> None:
    """The counts are told all the same."""
    for guesses, expected in (((), (guess("pink", "face"),)), ((guess("pink", "face"),), ()), ((), ())):
        found = laid_beside(guesses, expected)
        assert found == SecondOrder("china", 2, len(guesses), len(expected), 0, None, None, None, None, (), (), (), ())


def test_each_stage_has_its_own_guesses_and_nobody_is_compared_who_was_not_asked() -> None:
    """What was guessed and expected in the briefing and in the closing: its own side's, and the other's."""
    play = small()
    us = replace(play.state.us, guesses_before=(guess("pink", "face"),) * 3, guesses_after=(guess("red", "safety"),))
    china = replace(
        play.state.china, expected_before=(guess("pink", "face"),) * 2, expected_after=(guess("red", "face"),) * 4
    )
    state = replace(play.state, us=us, china=china)
    asked = build_table(small_material(), seed="1", length=90, session="s", second_order=True)
    for stage, counts in (("before", (3, 2, 2)), ("after", (1, 4, 0))):
        ours, theirs = second_orders(state, asked, stage)  # type: ignore[arg-type]  # one of the two
        assert (ours.side, ours.guesses, ours.expected) == ("us", 0, 0)
        assert (theirs.side, theirs.guesses, theirs.expected, theirs.matched) == ("china", *counts)
    assert second_orders(state, build_table(small_material(), seed="1", length=90, session="s"), "before") == ()


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
