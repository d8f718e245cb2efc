"""Folding many events together is applying one after another."""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest
from msgspec.structs import astuple
from tests.engine.play import bots, shipped, small

from crisis_sim.engine.acts.decide import decided
from crisis_sim.engine.apply import CASES, GATHERED, TOLD, WHOLE, apply, fold
from crisis_sim.engine.events import AnyEvent, Meter
from crisis_sim.engine.judging.story import Story
from crisis_sim.engine.state import State, opening_state

PAIRS = (("random", "random"), ("firm", "mirror"), ("salami", "cautious"))


def test_every_kind_of_event_has_a_case() -> None:
    """No event can fall through: the cases are those of the tagged union, no more and no fewer."""
    assert set(CASES) | set(GATHERED) == set(get_args(AnyEvent)) > TOLD
    assert not CASES.keys() & GATHERED.keys()
    assert set(CASES) > WHOLE


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
    """Of every meter, those that hold for a time included."""
    play = small()
    story = Story(play.state, table=play.table)
    for meter in get_args(Meter):
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
