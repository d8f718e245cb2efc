"""How far persons of a team were apart before they talked, and how far the team then was from them."""

from __future__ import annotations

from fractions import Fraction

from tests.engine.asking import HELP, go_on
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.measures.each_alone import EachAlone, each_alone
from crisis_sim.measures.meanings import meanings


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
