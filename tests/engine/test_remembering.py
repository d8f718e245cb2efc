"""Remembered parts of views: nobody could tell that they were not made anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.play import Play, bots, shipped
from tests.engine.test_wild import MATERIAL, asked

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.apply import fold
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.engine.views.seats import lazy_view_for, view_for
from crisis_sim.errors import ActionRefused


def bare(table: GameTable) -> GameTable:
    """The same table with nothing remembered."""
    return replace(table, memos={}, dossiers={})


@settings(max_examples=8, phases=[Phase.generate], deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_view_of_remembered_parts_is_the_view_made_anew(seed: int) -> None:
    """After any action, and for any seat and earlier moment of the session, in any order."""
    luck, play = Random(seed), Play(MATERIAL, seed=str(seed), length=150)
    seats: tuple[a.SeatName, ...] = ("us", "us", "china", "china", "facilitator", "facilitator", "observer")
    met = [play.state]
    for _ in range(90):
        seat = luck.choice(seats)
        try:
            play.submit(seat, asked(luck, play, seat))
        except ActionRefused:
            continue
        met.append(play.state)
        for state in (play.state, luck.choice(met)):
            at = luck.choice(a.SEATS)
            assert view_for(state, play.table, at) == view_for(state, bare(play.table), at)


@pytest.mark.parametrize("pair", [("random", "random"), ("mirror", "salami")])
def test_at_every_act_of_a_session_every_view_is_the_one_made_anew(pair: tuple[str, str]) -> None:
    """On a shipped scenario, with every rule of its packs, for all seats."""
    play = bots(shipped("bottomed-submarine"), *pair, seed="5")
    kept, anew = play.table.seeded(play.table.seed, play.table.session), bare(play.table)
    for state in states_of(play):
        for seat in a.SEATS:
            anew.memos.clear()
            assert view_for(state, kept, seat) == view_for(state, anew, seat)


def test_a_glance_is_the_view_of_its_moment_whenever_its_parts_are_read() -> None:
    """Also after play has gone on, in any order, for every seat; and it is taken for a view of its kind."""
    play, luck = bots(shipped("bottomed-submarine"), "random", "firm", seed="3"), Random(3)
    table = bare(play.table)
    taken = [(lazy_view_for(state, table, seat), state, seat) for state in states_of(play) for seat in a.SEATS][::3]
    luck.shuffle(taken)
    for glanced, state, seat in taken[:80]:
        view = view_for(state, bare(table), seat)
        assert isinstance(glanced, type(view))
        for part in luck.sample(view.__struct_fields__, len(view.__struct_fields__)):
            assert getattr(glanced, part) == getattr(view, part)
    with pytest.raises(AttributeError):
        getattr(glanced, "felt of the other side")


def test_two_sessions_on_one_table_do_not_mix() -> None:
    """Their moments taken in turn, each seat: what one session left never shows in the other."""
    one = bots(shipped("bottomed-submarine"), "random", "firm", seed="1")
    two = bots(shipped("bottomed-submarine"), "salami", "random", seed="2")
    tables = (one.table, one.table.seeded("2", "test"))
    for states in list(zip(states_of(one), states_of(two), strict=False))[::4]:
        for seat, state, table in product(a.SEATS, states, tables):
            assert view_for(state, table, seat) == view_for(state, bare(table), seat)


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
