"""What long sessions cost: each turn as much as the one before, however many have been played."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from tests.engine.play import shipped
from tests.thinning import one_in

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.feed import FeedBuilder
from crisis_sim.engine.views.seat_views import View
from crisis_sim.engine.views.seats import lazy_view_for, view_for
from crisis_sim.playtest import game
from crisis_sim.playtest.game import Bots, played, table_for

FEW, MANY = 16, 64
"""Turns."""
AN_ACT = 9
"""Events told for each act: that it was sent and that it came, to both teams, how it was read, and whatever else."""


def long_table(turns: int) -> GameTable:
    """A shipped scenario that goes on for so many turns of six hours."""
    table = table_for(shipped("bottomed-submarine"), length=150)
    return replace(table, hours=tuple(6 * number for number in range(turns + 1)))


@pytest.fixture(autouse=True)
def _whole_views(monkeypatch: pytest.MonkeyPatch) -> None:
    """Teams' bots are shown all that their seats see, as people are, and not only what they read of it."""

    def shown(state: State, table: GameTable, seat: SeatName) -> View:
        return (lazy_view_for if seat == "facilitator" else view_for)(state, table, seat)

    monkeypatch.setattr(game, "lazy_view_for", shown)


def counted(name: str, done: Counter[str], work: Callable[..., Any]) -> Callable[..., Any]:
    """The same work, counted."""

    def counting(*arguments: Any) -> Any:
        done[name] += 1
        return work(*arguments)

    return counting


@pytest.mark.parametrize("pair", [("rota", "salami"), ("curious", "mirror")])
def test_what_a_feed_tells_is_made_once_and_looked_at_only_where_something_happened(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four times the turns: no more than six times the events told and turns gone through."""
    done: Counter[str] = Counter()
    for name in ("_tell", "_go_on"):
        monkeypatch.setattr(FeedBuilder, name, counted(name, done, getattr(FeedBuilder, name)))
    work = []
    for turns in (FEW, MANY):
        done.clear()
        record = played(long_table(turns), Bots(*pair), "1", ())
        work.append(dict(done))
        sent = sum(times for key, times in record.reached.items() if key.startswith("delivery/"))
        assert turns < done["_tell"] < sent * AN_ACT
    few, many = work
    for name, times in few.items():
        assert many[name] <= times * (MANY / FEW) * 1.5, name


@pytest.mark.parametrize("pair", one_in(2, [(("random", "random"),), (("rota", "salami"),)]))
def test_the_work_of_a_session_grows_with_its_turns(pair: tuple[str, str]) -> None:
    """Four times the turns: hardly more than four times the functions called, whatever they are."""
    few, many = (calls(turns, Bots(*pair)) for turns in (FEW, MANY))
    assert many <= few * (MANY / FEW) * 1.25


def calls(turns: int, bots: Bots) -> int:
    """Functions that a session of bots calls; its rules have been compiled and its fixed words made before."""
    table, made = long_table(turns), 0
    played(table, bots, "1", ())

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        played(table, bots, "1", ())
    finally:
        sys.setprofile(before)
    return made
