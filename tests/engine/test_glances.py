"""Glances are views whose parts are made when they are read, and tables serve many sessions."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from tests.engine.play import Play, bots, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.apply import fold
from crisis_sim.engine.sight.seats import glance, view_for
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import build_table


def test_a_glance_is_the_view_of_its_moment_whenever_its_parts_are_read() -> None:
    """Also after play has gone on, in any order, for every seat; and it is taken for a view of its kind."""
    play, luck = bots(shipped("bottomed-submarine"), "random", "firm", seed="3"), Random(3)
    taken = [(glance(state, play.table, seat), state, seat) for state in states_of(play) for seat in a.SEATS][::3]
    luck.shuffle(taken)
    for glanced, state, seat in taken[:80]:
        view = view_for(state, play.table, seat)
        assert isinstance(glanced, type(view))
        for part in luck.sample(view.__struct_fields__, len(view.__struct_fields__)):
            assert getattr(glanced, part) == getattr(view, part)
    with pytest.raises(AttributeError):
        getattr(glanced, "felt of the other side")


def test_a_table_seeded_anew_plays_like_one_built_for_its_seed() -> None:
    """Same acts, same events; only the compiling is saved."""
    play = bots(shipped("bottomed-submarine"), "random", "random", seed="9")
    table = build_table(shipped("bottomed-submarine"), seed="1", length=90, session="other").seeded("9", "test")
    state, events = opening_state(table), list[object]()
    for seat, action in play.actions:
        told = decide(state, seat, action, table)
        state = fold(state, told)
        events.extend(told)
    assert events == play.events
    assert view_for(state, table, "us") == play.look("us")


def states_of(play: Play) -> Iterator[State]:
    """Every moment of a session, from its opening."""
    state = opening_state(play.table)
    yield state
    for seat, action in play.actions:
        state = fold(state, decide(state, seat, action, play.table))
        yield state
