"""The course of a session: briefing, turns, closing, hotwash, closed."""

from __future__ import annotations

import pytest
from tests.engine.asking import BLAME, CALL, go_on, phase, refused, told
from tests.engine.play import Play, bots, shipped, small
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.state import TeamState

TURN = ["situation", "moves", "readings", "results", "forecasts"]


def test_a_session_runs_from_the_briefing_to_its_close() -> None:
    """Each turn has its five phases, the last one no forecasts; nothing comes after the close."""
    play = small()
    while play.state.phase != "closed":
        play.submit("facilitator", a.Advance())
    phases = [event.phase for event in told(play.events, e.PhaseOpened)]
    assert phases == [*TURN, *TURN, *TURN[:-1], "closing", "hotwash", "closed"]
    assert refused(play, "facilitator", a.Advance()) == "phase/closed"


@pytest.mark.parametrize(("length", "hours"), [(45, [0, 24]), (90, [0, 12, 36]), (150, [0, 12, 24, 36])])
def test_each_length_plays_its_own_turns(length: int, hours: list[int]) -> None:
    """A shorter session leaves turns out, and the clock jumps over them; all end at the same hour."""
    play = small(length=length)
    go_on(play, "closed")
    opened = told(play.events, e.TurnOpened)
    assert [event.hour for event in opened] == hours
    assert [event.turn for event in opened] == list(range(1, len(hours) + 1))
    assert [event.ends for event in opened] == [*hours[1:], 48]


@pytest.mark.parametrize(("length", "minutes"), [(45, 15), (90, 21), (150, 26)])
def test_turns_take_seven_tenths_of_a_session(length: int, minutes: int) -> None:
    """The rest is for briefing and hotwash; an extension is shown until its turn is over."""
    play = small(length=length)
    assert play.table.minutes == minutes
    play.open_moves()
    play.submit("facilitator", a.Extend(minutes=5))
    go_on(play, "results")
    assert play.white().minutes == minutes + 5
    go_on(play, "situation")
    assert play.white().minutes == minutes


def test_play_waits_for_those_who_have_not_committed() -> None:
    """For teams in their phases, for the facilitator where they are done or have nothing to do, then for nobody."""
    play = small()
    assert play.white().waiting_for == ("us", "china")
    play.submit("us", a.SealLines())
    assert play.white().waiting_for == ("china",)
    play.submit("china", a.SealLines())
    assert play.white().waiting_for == ("facilitator",)
    play.submit("facilitator", a.Advance())
    assert (phase(play), play.white().waiting_for) == ("situation", ("facilitator",))
    go_on(play, "closed")
    assert play.white().waiting_for == ()


def test_the_second_commit_delivers() -> None:
    """Nothing is sent while one list is open; both commits together open the readings."""
    play = small()
    play.open_moves()
    play.submit("us", a.SealMove(draft=BLAME))
    play.submit("us", a.CommitMoves())
    assert phase(play) == "moves"
    assert not told(play.events, e.ActSent)
    play.submit("china", a.CommitMoves())
    assert phase(play) == "readings"
    assert [event.act for event in told(play.events, e.ActArrived)] == [("us", 1, 1)]


def test_a_team_with_nothing_to_read_does_not_hold_the_table_up() -> None:
    """It is done at once; where neither has anything, the results open."""
    play = small()
    play.open_moves()
    play.submit("us", a.SealMove(draft=BLAME))
    go_on(play, "readings")
    assert play.white().waiting_for == ("china",)
    quiet = small()
    quiet.open_moves()
    quiet.submit("facilitator", a.Advance())
    assert phase(quiet) == "results"


def test_going_on_takes_what_is_sealed_as_it_stands() -> None:
    """An uncommitted list is sent, and an uncommitted forecast counts."""
    play = small()
    play.turn(us=(BLAME,))
    assert [event.side for event in told(play.events, e.MovesCommitted)] == ["us", "china"]
    assert told(play.events, e.ActSent)
    go_on(play, "forecasts")
    play.submit("china", a.SealForecast(forecast="public-blame", chance=80))
    go_on(play, "results")
    assert [(f.side, f.chance) for f in told(play.events, e.ForecastResolved)] == [("china", 80)]


def test_a_turn_starts_with_empty_lists_and_nothing_committed() -> None:
    """Drafts, commits and what was used are of one turn."""
    play = small()
    play.turn(us=(CALL,))
    go_on(play, "situation")
    for team in (play.state.us, play.state.china):
        assert isinstance(team, TeamState)
        assert (team.drafts, team.committed) == ((), False)
    assert play.state.used == frozenset()


def test_the_last_turn_is_followed_by_lines_guessed_once_more() -> None:
    """The clocks run to the end of the session, and no forecast is asked for a turn that never comes."""
    play = small()
    while play.state.turn < 3:
        play.submit("facilitator", a.Advance())
    go_on(play, "results")
    air = play.state.tracks["hours-of-air"]
    play.submit("facilitator", a.Advance())
    assert phase(play) == "closing"
    assert play.state.tracks["hours-of-air"] == max(0, air - 1200)
    play.submit("us", a.GuessLine(line="pink", concern="face", says="Blame in public", weight=5))
    play.submit("us", a.SealLines())
    play.submit("china", a.SealLines())
    assert phase(play) == "closing"
    play.submit("facilitator", a.Advance())
    assert phase(play) == "hotwash"
    assert len(play.state.us.guesses_after) == 1


def test_numbers_drift_back_once_a_turn_and_channels_rust_by_the_hour() -> None:
    """Tension falls by its decay; a channel left alone loses readiness for each day, one in use does not."""
    play = small()
    play.turn(us=(CALL,))
    embassy, hotline = play.state.readiness["embassy"], play.state.readiness["hotline"]
    tension = play.state.tension
    go_on(play, "situation")
    assert play.state.readiness["embassy"] == embassy
    assert play.state.readiness["hotline"] == hotline - 2  # 4 a day, 12 hours
    assert play.state.tension == tension - 100
    assert play.state.readiness["press"] == 100


def test_hours_too_few_for_a_point_of_rust_are_not_lost() -> None:
    """Six-hour turns rust a channel as much as one long turn."""
    play = Play(shipped("bottomed-submarine"), length=150)
    channel = next(name for name, of in play.table.scenario.channels.items() if of.latency and not of.suspended)
    start = play.state.readiness[channel]
    while play.state.turn < play.table.turns:
        play.submit("facilitator", a.Advance())
    assert play.state.readiness[channel] == start - play.table.base.channels.decay_per_day * play.state.hour // 24


def test_bots_play_every_length_to_the_end() -> None:
    """Two bots and the automatic facilitator need nobody."""
    for length in (45, 90, 150):
        play = bots(small_material(), "rota", "mirror", length=length)
        assert phase(play) == "closed"
        assert len(play.state.curve) == play.table.turns + 1
