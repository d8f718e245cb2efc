"""Folding many events is applying one after another; live state is replayed state; a turn's events copy little."""

from __future__ import annotations

from math import log2
from random import Random
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple
from tests.engine.play import bots, shipped, small
from tests.small import small_material

from crisis_sim.engine.acts.decide import decide, decided
from crisis_sim.engine.apply import ALONE, GATHERED, apply, fold
from crisis_sim.engine.apply_play import PLAY
from crisis_sim.engine.events import AnyEvent, Bookmarked, MeterName, RuleFired
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.state_parts import SHORT, TurnEvents
from crisis_sim.rules.names import SIDES

PAIRS = (("random", "random"), ("firm", "mirror"), ("salami", "rota"))


def test_every_kind_of_event_has_a_case() -> None:
    """No event can fall through: the cases are those of the tagged union, each once."""
    assert sorted((*ALONE, *PLAY, *GATHERED), key=repr) == sorted(get_args(AnyEvent), key=repr)


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
def test_folding_is_applying_one_after_another(pair: tuple[str, str]) -> None:
    """For a whole session cut at random places, at every cut."""
    play = bots(shipped("bottomed-submarine"), *pair, seed="7")
    states = [opening_state(play.table)]
    for event in play.events:
        states.append(apply(states[-1], event))
    luck = Random(f"{pair}")
    for _ in range(5):
        state, start = states[0], 0
        while start < len(play.events):
            cut = min(len(play.events), start + luck.randint(1, 60))
            state, start = fold(state, play.events[start:cut]), cut
            assert state == states[start], f"folded up to event {start}"


def test_folding_nothing_changes_nothing() -> None:
    """The very same state comes back."""
    state: State = small().state
    assert fold(state, ()) is state


def test_numbers_that_are_opened_and_not_moved_stay() -> None:
    """Of every meter that is kept as numbers."""
    play = small()
    story = EventRecorder(play.state, table=play.table)
    for meter in get_args(MeterName):
        if meter not in ("latency", "odds"):
            story.moving(meter)
    assert story.state == play.state


@pytest.mark.parametrize("pair", PAIRS)
def test_what_is_decided_comes_with_the_state_that_its_events_fold_into(pair: tuple[str, str]) -> None:
    """So a session may go on from it, and its log will say the same."""
    play = bots(shipped("bottomed-submarine"), *pair, seed="8")
    state = opening_state(play.table)
    for seat, action in play.actions:
        events, after = decided(state, seat, action, play.table)
        assert after == fold(state, events)
        assert in_order(after) == in_order(fold(state, events))
        state = after


def test_the_rules_that_have_fired_are_at_hand_by_turn() -> None:
    """They are those of the turn's events, and a rule that applies once counts as fired for whom it fired."""
    play = bots(shipped("bottomed-submarine"), "salami", "random", seed="9")
    told = tuple(tuple(event for event in turn if isinstance(event, RuleFired)) for turn in play.state.turn_events)
    assert play.state.firings == told
    fired = {(event.rule, event.sender) for turn in told for event in turn}
    assert len(fired) > 10
    recorder, opening = (EventRecorder(each, table=play.table) for each in (play.state, opening_state(play.table)))
    once = play.table.once
    assert len(once) > len(once - {rule for rule, _ in fired}) > 0
    for rule in once:
        assert recorder.has_fired(rule, None) == any((rule, side) in fired for side in (*SIDES, None))
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


MARKS = [Bookmarked(f"{number}", 1, visible="facilitator") for number in range(200)]
pieces = st.lists(st.lists(st.sampled_from(MARKS), max_size=90), max_size=30)


@given(pieces)
def test_it_holds_what_was_told_in_order(told: list[list[Bookmarked]]) -> None:
    """Whatever it was told together, forwards, backwards, counted, and beside one that was told all at once."""
    grown, flat = TurnEvents(), [event for piece in told for event in piece]
    for piece in told:
        grown = grown.more(piece)
    assert list(grown) == flat
    assert list(reversed(grown)) == flat[::-1]
    assert len(grown) == len(flat)
    assert grown == TurnEvents(flat)
    assert hash(grown) == hash(TurnEvents(flat))


def test_what_it_grew_from_stays() -> None:
    """Two that grow from one share no event that was told after it."""
    before = TurnEvents(MARKS[:5])
    one, two = before.more(MARKS[5:6]), before.more(MARKS[6:8])
    assert (list(before), list(one), list(two)) == (MARKS[:5], MARKS[:6], [*MARKS[:5], *MARKS[6:8]])


def test_others_are_others() -> None:
    """Another event, another order, one less, and what is no such sequence are not the same."""
    told = TurnEvents(MARKS[:4])
    assert told != TurnEvents([*MARKS[:3], MARKS[9]])
    assert told != TurnEvents(MARKS[3::-1])
    assert told != TurnEvents(MARKS[:3])
    assert told != tuple(MARKS[:4])


def test_adding_copies_no_event_often() -> None:
    """4,000 one by one are copied fewer than 76 times each, where tuples would copy them 2,000 times each."""
    told, copied, count = TurnEvents(), 0, 4000
    for _ in range(count):
        before, told = told, told.more(MARKS[:1])
        copied += sum(len(run) for run in told._runs if all(run is not kept for kept in before._runs))
    assert copied <= count * (SHORT + log2(count))
    assert len(told._runs) <= log2(count)


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
