"""Kept parts of views: nobody could tell that they were not made anew."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any, cast

import pytest
from crisis_sim.engine.keeping import Fixed, Kept
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.engine.play import Play, bots, shipped
from tests.engine.test_wild import MATERIAL, asked

from crisis_sim.engine import actions as a
from crisis_sim.engine import (
    feed,
    sight_channels,
    sight_common,
    sight_hotwash,
    sight_lines,
    sight_moves,
    sight_team,
    sight_traces,
    sight_white,
)
from crisis_sim.engine.apply import fold
from crisis_sim.engine.decide import decide
from crisis_sim.engine.sight import view_for
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import Table, build_table
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES, Language

ROOMS = (
    *(feed, sight_channels, sight_common, sight_hotwash, sight_lines, sight_moves, sight_team, sight_traces),
    *(sight_white,),
)
PARTS = list(dict.fromkeys(part for room in ROOMS for part in vars(room).values() if isinstance(part, (Kept, Fixed))))
NAMES: dict[str, tuple[object, ...]] = {
    "seat": a.SEATS,
    "side": SIDES,
    "sides": (SIDES, SIDES[:1], SIDES[1:], ()),
    "language": ("en", "zh"),
}
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def bare(table: Table) -> Table:
    """The same table with nothing kept."""
    return replace(table, fixed={}, kept={})


@settings(max_examples=8, phases=[Phase.generate], deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_view_of_kept_parts_is_the_view_made_anew(seed: int) -> None:
    """After any action, and for any seat, language and earlier moment of the session, in any order."""
    luck, play = Random(seed), Play(MATERIAL, seed=str(seed), length=150)
    seats: tuple[a.Seat, ...] = ("us", "us", "china", "china", "facilitator", "facilitator", "observer")
    met = [play.state]
    for _ in range(90):
        seat = luck.choice(seats)
        try:
            play.submit(seat, asked(luck, play, seat))
        except ActionRefused:
            continue
        met.append(play.state)
        for state in (play.state, luck.choice(met)):
            at, language = luck.choice(a.SEATS), luck.choice(LANGUAGES)
            assert view_for(state, play.table, at, language) == view_for(state, bare(play.table), at, language)


@pytest.mark.parametrize("pair", [("random", "random"), ("mirror", "salami")])
def test_at_every_act_of_a_session_every_view_is_the_one_made_anew(pair: tuple[str, str]) -> None:
    """On a shipped scenario, with every rule of its packs, for all seats in both languages."""
    play = bots(shipped("bottomed-submarine"), *pair, seed="5")
    kept, anew = play.table.seeded(play.table.seed, play.table.session), bare(play.table)
    for state in states_of(play):
        for seat, language in product(a.SEATS, LANGUAGES):
            anew.kept.clear()
            assert view_for(state, kept, seat, language) == view_for(state, anew, seat, language)


def test_two_sessions_on_one_table_do_not_mix() -> None:
    """Their moments taken in turn, each seat in each language: what one session kept never shows in the other."""
    one = bots(shipped("bottomed-submarine"), "random", "firm", seed="1")
    two = bots(shipped("bottomed-submarine"), "salami", "random", seed="2")
    tables = (one.table, one.table.seeded("2", "test"))
    for states in list(zip(states_of(one), states_of(two), strict=False))[::4]:
        for seat, language, (state, table) in product(a.SEATS, LANGUAGES, product(states, tables)):
            assert view_for(state, table, seat, language) == view_for(state, bare(table), seat, language)


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


@pytest.mark.parametrize("part", [part for part in PARTS if isinstance(part, Kept)])
def test_a_part_reads_nothing_but_the_fields_that_it_names(part: Kept[..., object]) -> None:
    """Asked with a state that has no other fields, all through a session and for all that it can be asked for."""
    play = bots(shipped("bottomed-submarine"), "random", "random", seed="3")
    table, names = play.table, list(inspect.signature(part.build).parameters)[2:]
    for state in list(states_of(play))[::3]:
        for asked_for in product(*(NAMES[name] for name in names)):
            own = tuple(f"{asked_for[0]}.{field}" for field in part.own)
            only = cast("Any", Only(state, (*part.reads, *own)))
            assert part.build(only, table, *asked_for) == part.build(state, table, *asked_for)


@pytest.mark.parametrize("part", [part for part in PARTS if isinstance(part, Fixed)])
def test_a_fixed_part_knows_nothing_of_the_session(part: Fixed[..., object]) -> None:
    """It is shared by every session on the same exercise, whatever their luck, names and seeds."""
    names = list(inspect.signature(part.build).parameters)[1:]
    table = build_table(MATERIAL, seed="1", length=90, session="one")
    other = replace(table, seed="2", session="two", names={"us": "china", "china": "us"}, show="all", length=45)
    choices = NAMES | {"commitment": tuple(table.commitments)}
    for asked_for in product(*(choices[name] for name in names)):
        assert part.build(table, *asked_for) == part.build(other, *asked_for)


def states_of(play: Play) -> Iterator[State]:
    """Every moment of a session, from its opening."""
    state = opening_state(play.table)
    yield state
    for seat, action in play.actions:
        state = fold(state, decide(state, seat, action, play.table))
        yield state


class Only:
    """A state, or a team of one, that has some of its fields and no others."""

    def __init__(self, whole: Any, reads: tuple[str, ...]) -> None:
        self.whole = whole
        self.reads = reads

    def __getattr__(self, name: str) -> Any:
        if name in self.reads:
            return getattr(self.whole, name)
        inner = tuple(read.partition(".")[2] for read in self.reads if read.startswith(f"{name}."))
        if not inner:
            raise AssertionError(f"it reads {name}, and says that it reads {', '.join(self.reads)}")
        return Only(getattr(self.whole, name), inner)

    def team(self, side: str) -> Any:
        return getattr(self, side)

    def sent(self, key: tuple[object, ...]) -> Any:
        return self.acts[key]
