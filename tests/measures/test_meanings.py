"""What acts meant and were taken for: blind turns, and how far the persons of a team were apart before they talked."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engine.asking import HELP, go_on
from tests.engine.play import Play, bots, shipped, small
from tests.measures.record import found_in, record, sent

from crisis_sim.engine import actions as a
from crisis_sim.engine.state import Sent
from crisis_sim.measures.meanings import EachAlone, blind_turns, direction, each_alone, meanings, mirror
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


@pytest.mark.parametrize(("us", "china"), [("random", "random"), ("salami", "mirror"), ("firm", "rota")])
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


def played(*turns: tuple[tuple[int, ...], int | None]) -> Play:
    """A session in which persons of China take one act a turn alone, and the team then."""
    play = small()
    for alone, together in turns:
        play.open_moves()
        play.submit("us", a.SealMove(draft=HELP))
        play.submit("us", a.CommitMoves())
        play.submit("china", a.CommitMoves())
        number = len(play.state.china.inbox)
        for person, hostility in enumerate(alone, 1):
            play.submit("china", a.PressReading(item=number, hostility=hostility, by=f"china-{person}"))
        if together is not None:
            play.submit("china", a.SealReading(item=number, hostility=together, confidence=3))
        go_on(play, "forecasts", "closing")
    return play


def test_the_spread_and_the_shift_are_means_over_acts_that_two_or_more_took_alone() -> None:
    """Spreads 3 and 1; together +2 against 0.5, and nothing where the team read nothing; one person is no spread."""
    play = played(((-1, 2), 2), ((0, 1, 1), None), ((3,), -3))
    found = each_alone(meanings(play.state, play.table))
    assert found == (EachAlone("china", acts=2, spread=Fraction(2), together=1, shift=Fraction(3, 2)),)


def test_where_nobody_says_anything_alone_there_is_nothing_to_measure() -> None:
    play = played(((), 1), ((2,), 2))
    assert each_alone(meanings(play.state, play.table)) == ()
