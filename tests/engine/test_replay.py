"""Live state is replayed state, and the same actions give the same events."""

from __future__ import annotations

import msgspec
import pytest
from tests.engine.play import bots, shipped, small
from tests.small import small_material

from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.apply import apply
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.state import opening_state

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


def test_every_kind_of_event_has_a_case() -> None:
    """A session of every phase is folded without an event falling through."""
    play = small()
    play.turn()
    assert play.state.curve
