"""Forecasts in one sitting with the readings: what stands for the turn at hand, what is said for the next, and when."""

from __future__ import annotations

import msgspec
import pytest
from tests.engine.asking import HELP, draft, go_on, phase, refused
from tests.engine.play import Play, shipped
from tests.small import one_sitting

from crisis_sim.engine import actions as a
from crisis_sim.engine.workload import workload_of
from crisis_sim.rules.names import SIDES

NAME = "takes-call"
"""One of the two forecasts of the small scenario; nobody says the other."""


def reading(turn: int = 1) -> Play:
    """The readings of a turn, in which something has reached China alone."""
    play = Play(one_sitting(), length=150)
    for _ in range(turn - 1):
        play.turn(us=(HELP,))
    play.open_moves()
    play.submit("us", a.SealMove(draft=HELP))
    go_on(play, "readings")
    return play


def chances(play: Play) -> list[int | None]:
    """What is asked of the US now of that one, and what it has said."""
    return [each.chance for each in play.team("us").asked_now if each.id == NAME]


def standing(play: Play) -> list[int | None]:
    """What it has said of it that stands."""
    return [each.chance for each in play.team("us").forecasts if each.id == NAME]


def test_what_is_said_for_the_next_turn_comes_due_in_it_and_leaves_this_turn_s_alone() -> None:
    """Both stand beside each other while a team reads; each is scored in its own turn, and in one place."""
    play = reading()
    assert chances(play) == [None]
    play.submit("us", a.SealForecast(forecast=NAME, chance=40))
    play.submit("us", a.SealForecast(forecast=NAME, chance=70))
    assert chances(play) == [70] and play.state.us.forecasts == ()
    go_on(play, "moves")
    assert play.state.turn == 2
    play.submit("us", a.SealMove(draft=HELP))
    go_on(play, "readings")
    assert chances(play) == [None] and standing(play) == [70]
    play.submit("us", a.SealForecast(forecast=NAME, chance=20))
    assert standing(play) == [70]
    go_on(play, "results")
    assert [(of.turn, of.chance) for of in play.team("us").forecast_scores] == [(2, 70)]
    assert standing(play) == [20]
    go_on(play, "readings")
    go_on(play, "results")
    assert [(of.turn, of.chance) for of in play.team("us").forecast_scores] == [(2, 70), (3, 20)]


def test_results_are_followed_by_the_next_turn_and_nobody_is_asked_twice() -> None:
    """No phase of its own is left, and the last turn asks nothing."""
    play = reading()
    seen = [phase(play)]
    while play.state.turn == 1:
        play.submit("facilitator", a.Advance())
        seen.append(phase(play))
    assert seen == ["readings", "results", "situation"]
    last = reading(turn=play.table.turns)
    assert chances(last) == [] and last.team("us").committed, "nothing reached it, and nothing is asked"
    assert refused(last, "china", a.SealForecast(forecast=NAME, chance=1)) == "phase/wrong"


def test_who_has_nothing_to_read_is_waited_for_until_it_has_forecast() -> None:
    """One commit ends both; then neither is said again."""
    play = reading()
    assert not play.team("us").to_read and play.team("us").waiting_for == SIDES
    play.submit("china", a.CommitReadings())
    assert phase(play) == "readings"
    play.submit("us", a.SealForecast(forecast=NAME, chance=60))
    assert b'"chance":60' not in msgspec.json.encode(play.look("china"))
    play.submit("us", a.CommitReadings())
    assert phase(play) == "results"
    assert refused(play, "us", a.SealForecast(forecast=NAME, chance=1)) == "phase/wrong"


def test_where_nothing_is_said_of_it_forecasts_have_a_phase_of_their_own() -> None:
    """As in every pack from before that could be said."""
    play = Play(one_sitting(()), length=150)
    play.open_moves()
    play.submit("us", a.SealMove(draft=draft("offer-help", "embassy")))
    go_on(play, "readings")
    assert play.team("us").asked_now == () and play.team("us").committed
    assert refused(play, "china", a.SealForecast(forecast=NAME, chance=1)) == "phase/wrong"
    go_on(play, "forecasts")
    assert NAME in [each.id for each in play.team("us").asked_now]


@pytest.mark.parametrize(("length", "one_table", "early"), [(45, False, True), (90, False, False), (90, True, True)])
def test_core_asks_so_at_45_minutes_and_at_one_table(length: int, one_table: bool, early: bool) -> None:
    """Elsewhere a team has seen the results before it forecasts."""
    assert workload_of(shipped("lost-airliner"), length, one_table=one_table).with_readings is early
