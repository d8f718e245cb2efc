"""Blind turns: each side meant well on average, and took the other's acts as hostile."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engine.play import bots, shipped
from tests.measures.record import found_in, record, sent

from crisis_sim.engine.state import Sent
from crisis_sim.measures.meanings import blind_turns, direction, meanings, mirror
from crisis_sim.rules.names import SIDES

Told = tuple[Sent, int | None]
MEANT_WELL = (sent("us", 2, "warn", reading=1), sent("china", 2, "warn", reading=1))


@pytest.mark.parametrize(
    ("acts", "turns"),
    [
        (MEANT_WELL, (2,)),
        (MEANT_WELL[:1], ()),
        ((*MEANT_WELL, sent("us", 2, "warn", order=2, intent=1, reading=1)), ()),
        ((*MEANT_WELL, sent("us", 2, "warn", order=2, reading=0)), ()),
        ((*MEANT_WELL, sent("us", 2, "warn", order=2, reading=-1), sent("us", 2, "warn", order=3, reading=3)), (2,)),
        ((*MEANT_WELL, sent("us", 2, "warn", order=2, intent=3), sent("us", 2, "warn", order=3, intent=-3)), (2,)),
        ((MEANT_WELL[0], sent("china", 2, "warn", reading=0)), ()),
        ((MEANT_WELL[0], sent("china", 2, "warn")), ()),
        ((MEANT_WELL[0], sent("china", 1, "warn", arrived=2, reading=1), sent("china", 2, "warn", arrived=0)), (2,)),
        ((MEANT_WELL[0], sent("china", 1, "warn", reading=1), sent("china", 2, "warn", arrived=3, reading=2)), ()),
    ],
)
def test_a_turn_is_blind_by_the_means_of_what_was_meant_and_of_what_arrived_in_it(
    acts: tuple[Told, ...], turns: tuple[int, ...]
) -> None:
    """Zero or less was meant well; plus one or more was taken as hostile; an act that came later counts there."""
    assert blind_turns(found_in(record(*acts))) == turns


@pytest.mark.parametrize(("us", "china"), [("random", "random"), ("salami", "mirror"), ("firm", "cautious")])
@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_blind_turns_are_those_that_the_base_rules_flag(us: str, china: str, seed: str) -> None:
    """So that the debrief and what the facilitator was told in play agree; without such a rule they are found too."""
    play = bots(shipped("bottomed-submarine"), us, china, seed=seed)
    flagged = tuple(dict.fromkeys(turn for turn, flag, _ in play.state.flags if flag == "blind-dilemma"))
    assert blind_turns(meanings(play.state, play.table)) == flagged


def test_what_was_never_read_is_in_no_mean_of_readings() -> None:
    """And counts as an act all the same."""
    found = found_in(record(sent("us", 1, "warn", reading=2), sent("us", 2, "warn", arrived=0, intent=2)))
    us = direction(found, "us")
    assert (us.acts, us.read, us.bias) == (2, 1, Fraction(2))
    assert [mirror(found, side).own for side in SIDES] == [1, None]
    assert [mirror(found, side).others for side in SIDES] == [None, 2]
