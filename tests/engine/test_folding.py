"""Live state is replayed state, and what is decided comes with the state that its events make."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from msgspec.structs import astuple
from tests.engine.play import bots, shipped
from tests.small import small_material

from crisis_sim.engine.acts.decide import decide, decide_with_state
from crisis_sim.engine.apply import JUDGING_CASES, apply, fold
from crisis_sim.engine.apply_play import PLAY_CASES, SEALED_CASES
from crisis_sim.engine.apply_table import ROOM_CASES, TABLE_CASES
from crisis_sim.engine.events import AnyEvent, RuleFired
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.state import State, opening_state
from crisis_sim.rules.names import SIDES

PAIRS = (("random", "random"), ("firm", "mirror"), ("salami", "rota"))


def test_every_kind_of_event_has_a_case() -> None:
    """No event can fall through: the cases are those of the tagged union, each once."""
    parts = (JUDGING_CASES, PLAY_CASES, TABLE_CASES, SEALED_CASES, ROOM_CASES)
    assert sorted((kind for part in parts for kind in part), key=repr) == sorted(get_args(AnyEvent), key=repr)


@pytest.mark.parametrize("pair", PAIRS)
def test_what_came_in_a_turn_is_what_an_inbox_says_came_in_it(pair: tuple[str, str]) -> None:
    """After every event of a session, for both teams."""
    play = bots(shipped("bottomed-submarine"), *pair, seed="7")
    state, came = opening_state(play.table), 0
    for event in play.events:
        state = apply(state, event)
        for side in SIDES:
            arrived = arrived_in(state, side)
            assert arrived == tuple(item for item in state.team(side).inbox if item.turn == state.turn)
            came += len(arrived)
    assert came > 0


@pytest.mark.parametrize("pair", PAIRS)
def test_what_is_decided_comes_with_the_state_that_its_events_fold_into(pair: tuple[str, str]) -> None:
    """So a session may go on from it, and its log will say the same."""
    play = bots(shipped("bottomed-submarine"), *pair, seed="8")
    state = opening_state(play.table)
    for seat, action in play.actions:
        events, after = decide_with_state(state, seat, action, play.table)
        assert after == fold(state, events)
        assert in_order(after) == in_order(fold(state, events))
        state = after


def test_a_rule_has_fired_for_whom_it_fired() -> None:
    """What a turn's events say of it is what a rule that applies once is asked."""
    play = bots(shipped("bottomed-submarine"), "salami", "random", seed="9")
    fired = {(event.rule, event.sender) for _, event in play.state.events_of(RuleFired)}
    assert len(fired) > 10 and play.state.fired == fired
    recorder, opening = (EventRecorder(each, table=play.table) for each in (play.state, opening_state(play.table)))
    for rule in {rule for rule, _ in fired}:
        assert recorder.has_fired(rule, None)
        assert [recorder.has_fired(rule, side) for side in SIDES] == [(rule, side) in fired for side in SIDES]
        assert not opening.has_fired(rule, None)


def test_the_record_holds_what_has_arrived_in_the_order_in_which_it_was_sent() -> None:
    """Also where something arrives turns after what was sent later."""
    late = 0
    for seed in "12345":
        play = bots(shipped("bottomed-submarine"), "random", "random", seed=seed)
        state = opening_state(play.table)
        for event in play.events:
            before, state = state, apply(state, event)
            assert state.record == tuple(sent.act for sent in state.acts.values() if sent.arrived)
            late += state.record[: len(before.record)] != before.record
    assert late


def in_order(state: State) -> list[list[tuple[object, object]]]:
    """What equality does not ask: the order of everything that is kept by name."""
    return [list(part.items()) for part in astuple(state) if isinstance(part, dict)]


SEEDS = ("1", "2", "3")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_folding_the_events_of_a_log_gives_the_live_state(scenario: str, seed: str) -> None:
    """Events go through their bytes, as a log keeps them."""
    material = small_material() if scenario == "small" else shipped(scenario)
    play = bots(material, "random", "random", seed=seed)
    state = opening_state(play.table)
    decoder = msgspec.json.Decoder(AnyEvent)
    for event in play.events:
        state = apply(state, decoder.decode(msgspec.json.encode(event)))
    assert state == play.state


@pytest.mark.parametrize("seed", SEEDS)
def test_judging_again_gives_the_same_events(seed: str) -> None:
    """decide is a pure function of state, seat, action and table."""
    play = bots(shipped("bottomed-submarine"), "random", "firm", seed=seed)
    state = opening_state(play.table)
    events: list[AnyEvent] = []
    for seat, action in play.actions:
        told = decide(state, seat, action, play.table)
        assert told == decide(state, seat, action, play.table)
        for event in told:
            state = apply(state, event)
        events.extend(told)
    assert events == play.events
