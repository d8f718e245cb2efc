"""What is at stake: how tracks move, stop, and what follows at their marks."""

from __future__ import annotations

from tests.engine.asking import FORCE, HELP, answer, go_on, told
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.pages.standing_blocks import track_word
from crisis_sim.pages.traces import reason_of

AIR = "hours-of-air"


def moved(play: Play) -> list[tuple[str, int]]:
    """Each change of the track: rule, and by how much."""
    return [
        (event.trace.rule, event.trace.after - event.trace.before)
        for event in told(play.events, e.NumberMoved)
        if event.meter == "track"
    ]


def test_a_clock_runs_by_the_hours_of_the_game() -> None:
    """However long the turn; everybody sees it, with what changed since the turn before."""
    play = small(length=45)
    play.turn()
    go_on(play, "situation")
    assert moved(play) == [("clock", -2400)]
    for seat in ("us", "china", "observer", "facilitator"):
        track = play.look(seat).tracks[0]
        assert (track.value, track.change) == (1600, -2400)


def test_a_clock_stops_once_its_condition_holds() -> None:
    """Help accepted: the tow is across, and the hours run no more."""
    play = small(length=150)
    play.turn(us=(HELP,))
    play.turn(china=(answer("accept-help", 1, "accept"),))
    assert play.state.tracks[AIR] == 4000 - 1200 + 600
    go_on(play, "situation")
    assert play.state.tracks[AIR] == 3400
    assert moved(play) == [("clock", -1200), (f"track {AIR}/0", 600)]


def test_a_change_of_once_happens_once_and_one_of_each_turn_every_turn() -> None:
    """Both are traced, and what the scenario says of them is found again."""
    play = small(length=150)
    play.turn(us=(HELP, HELP))
    play.turn(china=(answer("accept-help", 1, "accept"), answer("accept-help", 2, "accept")), us=(FORCE,))
    assert [change for change in moved(play) if change[0] == f"track {AIR}/0"] == [(f"track {AIR}/0", 600)]
    play.turn(us=(FORCE,))
    assert [change for change in moved(play) if change[0] == f"track {AIR}/1"] == [(f"track {AIR}/1", -200)] * 2
    traces = [event.trace for event in told(play.events, e.NumberMoved) if event.trace.rule.startswith("track")]
    says = [reason_of(trace, play.say("facilitator").white) for trace in traces]
    assert {each["en"] for each in says if each} == {"A tow line is across.", "The tugs stand off."}
    assert all(trace.at.startswith("scenarios/small-test/scenario.yaml:") for trace in traces)


def test_a_mark_is_reached_once_with_its_consequence() -> None:
    """The ferry is on the reef: tension rises by five, and it is told to all."""
    play = small()
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter="track", of=AIR, to=600, reason="a storm"))
    go_on(play, "results")
    before = play.state.tension
    go_on(play, "situation")
    assert play.state.tracks[AIR] == 0, "it stops at its least"
    assert [(event.track, event.mark) for event in told(play.events, e.TrackMarked)] == [(AIR, 0)]
    assert play.state.tension == before - 100 + 500
    assert any(item.head == "Hours of drift: The ferry is on the reef." for item in play.told("observer"))
    go_on(play, "closed")
    assert len(told(play.events, e.TrackMarked)) == 1


def test_once_play_is_over_no_track_has_changed_since_a_turn() -> None:
    """Where it came to is told from the start to the end, and not from a turn that is no more."""
    play = small()
    go_on(play, "situation")
    go_on(play, "results")
    go_on(play, "situation")
    assert play.team("us").tracks[0].change
    go_on(play, "closing")
    assert not play.team("us").tracks[0].change


def test_a_clock_word_agrees_with_its_bar() -> None:
    """Full only at the most there can be, as a bar is; gone at nothing."""
    play = small()
    go_on(play, "situation")
    words = {}
    for value in (6000, 5900, 4600, 3000, 2900, 1500, 1400, 1, 0):
        play.submit("facilitator", a.Override(meter="track", of=AIR, to=value, reason="to look at it"))
        words[value] = track_word(play.say("us").dossier.tracks[AIR], value, play.say("us"))
    assert words == {
        6000: "full",
        5900: "plenty left",
        4600: "plenty left",
        3000: "plenty left",
        2900: "half gone",
        1500: "half gone",
        1400: "nearly gone",
        1: "nearly gone",
        0: "gone",
    }
