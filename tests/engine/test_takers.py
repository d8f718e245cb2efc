"""A call always rings; whoever is called says whether and by whom it is taken."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace as with_fields
from tests.engine.asking import draft, refused, told
from tests.engine.play import Play, shipped
from tests.engine.test_delivery import MANY, fates, near

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.delivery import risks
from crisis_sim.engine.state import TimedChange
from crisis_sim.pages.channel_blocks import odds_of
from crisis_sim.rules.names import TAKERS, Taker

FACT = (draft("fact-statement", "press", "public"),)
LEADERS, DEFENCE, EMBASSIES = "leader-hotline", "defense-telephone-link", "embassies"


def called(channel: str = EMBASSIES, move: str = "request-call", promise: str | None = None) -> Play:
    """The US has asked for a call, and it has come; China's moves are open."""
    for seed in map(str, range(30)):
        play = Play(shipped("bottomed-submarine", ("core",)), seed=seed, length=150)
        play.turn(us=(draft(move, channel, promise=promise),))
        while not play.team("china").requests and play.state.turn < play.table.turns - 1:
            play.turn()
        play.open_moves()
        if play.team("china").requests:
            return play
    raise AssertionError("it never rang")


def take(taker: Taker | None = None, **rest: Any) -> a.SealMove:  # Any: fields of a draft
    """Take the only call that there is."""
    fields: dict[str, Any] = {"channel": EMBASSIES, "answers": 1, "how": "accept", "taker": taker or UNSET} | rest
    return a.SealMove(draft=draft("take-call", **fields))


def taken(play: Play, taker: Taker) -> Play:
    """China's answer is given and has come to the US, as soon as it can."""
    play.submit("china", take(taker))
    play.turn()
    while not play.state.requests[0].how:
        play.turn()
    return play


def test_whoever_takes_a_call_says_who_takes_it_and_of_nothing_else_is_it_said() -> None:
    """Neither of a refusal or a holding note, nor of what nobody asked for."""
    play = called()
    assert refused(play, "china", take()) == "answer/taker"
    no: dict[str, Any] = {"channel": EMBASSIES, "answers": 1, "how": "decline", "taker": "desk"}
    assert refused(play, "china", a.SealMove(draft=draft("refuse-contact", **no))) == "answer/taker-unfit"
    unasked = a.SealMove(draft=draft("private-inquiry", EMBASSIES, taker="desk"))
    assert refused(play, "china", unasked) == "answer/nothing"
    play.submit("china", take("deputy"))
    assert play.team("china").drafts[0].draft.taker == "deputy"


def test_every_call_rings_and_luck_makes_little_of_it_late() -> None:
    """A dormant line takes its time; one message in ten takes a turn more, and none is lost or taken too low."""
    play = Play(shipped("bottomed-submarine", ("core",)), length=150)
    worst = min(play.state.readiness, key=lambda name: (play.state.readiness[name], name))
    most, low = risks(play.state, play.table, "us", worst)
    assert (most, low) == (8, 0), "rusty"
    due = Counter(sent[0].due_turn for sent in fates(play, us=(draft("request-call", worst),), china=FACT))
    assert len(due) == 2 and min(due) > 0 and near(due[max(due)], most)
    assert max(due) == min(due) + 1
    assert sum(due.values()) == MANY


def test_nothing_makes_luck_matter_more_than_on_the_least_practised_channel() -> None:
    """Neither a threat nor a closed room can."""
    play = Play(shipped("bottomed-submarine", ("core",)), length=150)
    harmed = with_fields(play.state, odds=(TimedChange(f"china/{EMBASSIES}", -60, 9),))
    assert risks(harmed, play.table, "us", EMBASSIES) == (10, 0)


@pytest.mark.parametrize("taker", TAKERS)
def test_who_takes_it_decides_whether_it_binds(taker: Taker) -> None:
    """The two have spoken in any case; a promise of both is made only by those who can bind, a desk passes it on."""
    play = taken(called(promise="code-of-conduct"), taker)
    assert len(told(play.events, e.ExchangeHeld)) == 1
    bound = {event.side for event in told(play.events, e.CommitmentMade)}
    assert bound == (set() if taker == "desk" else {"us", "china"})
    act = next(sent for sent in play.state.acts.values() if sent.act.move == "take-call")
    assert act.weight == (-25 if taker == "desk" else -50)


@pytest.mark.parametrize(
    ("channel", "move", "pressing"),
    [
        (LEADERS, "request-call", {"desk", "deputy"}),
        (EMBASSIES, "leader-call", {"desk", "deputy"}),
        (DEFENCE, "request-call", {"desk"}),
        (EMBASSIES, "request-call", set()),
        (EMBASSIES, "working-group", set()),
    ],
)
def test_two_levels_under_the_asker_presses_status(channel: str, move: str, pressing: set[Taker]) -> None:
    """By half a point, whatever else may press it; one level under does not, nor a desk where desks speak."""
    for taker in TAKERS:
        play = taken(called(channel, move), taker)
        pressed = [event for event in told(play.events, e.LinePressed) if event.trace.rule == "taken-two-levels-down"]
        fired = [event for event in told(play.events, e.RuleFired) if event.rule == "taken-two-levels-down"]
        assert bool(fired) == (taker in pressing), taker
        assert all(event.side == "us" and event.trace.after - event.trace.before <= 50 for event in pressed)


def test_an_answer_under_way_is_no_silence() -> None:
    """China answers a call at once over a slow line, and its answer comes after the call's time has run."""
    play = called()
    slow = max(
        (name for name, of in play.table.scenario.channels.items() if of.kind in play.table.moves["take-call"].over),
        key=lambda name: play.table.scenario.channels[name].latency * (100 - play.state.readiness[name]),
    )
    play.submit("china", take("desk", channel=slow))
    sent = play.state.turn
    play.turn()
    while not play.state.requests[0].how and play.state.turn < play.table.turns:
        assert told(play.events, e.RequestUnanswered) == []
        play.turn()
    assert play.state.turn > sent
    silent = called()
    silent.turn()
    silent.turn()
    assert len(told(silent.events, e.RequestUnanswered)) == 1


def test_nobody_sees_who_will_take_it_before_the_answer_comes() -> None:
    """Two sessions that differ in that alone: the view of the asker is the same until then, and tells it then."""
    looks = []
    for taker in ("desk", "minister"):
        play = called()
        play.submit("china", take(taker))
        sealed = msgspec.json.encode(play.look("us"))
        play.submit("china", a.CommitMoves())
        committed = msgspec.json.encode(play.look("us"))
        play.turn()
        while not play.state.requests[0].how:
            play.turn()
        looks.append((sealed, committed, msgspec.json.encode(play.look("us"))))
    assert looks[0][:2] == looks[1][:2]
    assert looks[0][2] != looks[1][2] and b'"taker":"desk"' in looks[0][2]


def test_the_board_does_not_say_that_a_call_may_not_ring() -> None:
    """Of the least practised channel it says that a message comes late."""
    play = Play(shipped("bottomed-submarine", ("core",)), length=150)
    play.open_moves()
    told_of = {odds_of(channel, play.say("us")) for channel in play.team("us").channels}
    assert not any("taken up" in odds for odds in told_of)


def test_an_act_of_an_older_log_that_did_not_say_is_judged_as_it_stands() -> None:
    """It binds, and weighs what it did."""
    play = called()
    play.table = with_fields(play.table, asks_all=False)
    play.submit("china", take())
    assert play.team("china").drafts[0].draft.taker is UNSET


@pytest.mark.parametrize("taker", ["minister", "deputy", "desk"])
def test_whoever_takes_a_call_the_answer_comes_in_its_turn(taker: Taker) -> None:
    """Nobody has to ask the capital first."""
    play = Play(shipped("bottomed-submarine", ("core",)), length=150)
    play.turn(us=(draft("request-call", EMBASSIES),))
    play.open_moves()
    play.submit("china", take(taker))
    play.turn()
    sent = play.state.acts["china", 2, 1]
    assert (sent.act.outcome, sent.arrived) == ("in-time", 2)
