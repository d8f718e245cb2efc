"""What stands on the record beside the measures: entries of acts, what was asked, promised, pressed, crossed and held.

A debrief tells these one by one; here they are as plain values, so that each can be found again.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.lines import limit_of
from crisis_sim.engine.state import Crossing, Promise, State
from crisis_sim.engine.table import Table
from crisis_sim.numbers import Hours, Points
from crisis_sim.rules.names import SIDES, How, Side, Words
from crisis_sim.session.replay import Replay


class Sending(NamedTuple):
    """An act and the entry of the log with which it was sent."""

    act: e.Key
    entry: int


class Asking(NamedTuple):
    """Something asked, and what became of it."""

    act: e.Key
    due: Hours
    """Game hour by which an answer was due."""
    silent: bool
    """Nobody answered in time, whether or not somebody did later."""
    how: How | None
    """How it was answered in the end; a note that holds off is no answer."""
    answer: e.Key | None


class PinkLine(NamedTuple):
    """How far a pink line was pressed."""

    line: str
    """`side/line`."""
    pressure: Points
    """At the end."""
    limit: Points


class Near(NamedTuple):
    """A pink line that came near its limit."""

    side: Side
    line: str
    turn: int
    pressure: Points
    limit: Points


class Register(NamedTuple):
    """All of it."""

    entries: tuple[Sending, ...]
    requests: tuple[Asking, ...]
    promises: tuple[Promise, ...]
    pink_lines: tuple[PinkLine, ...]
    """Those that can be pressed, in the order of the lines; dropped ones are gone."""
    near_misses: tuple[Near, ...]
    crossings: tuple[Crossing, ...]
    rung: Words
    """What the stretch of tension is called in which the session ended."""
    exchanges: tuple[tuple[int, Literal["match", "differ", "one-sided"] | None], ...]
    """Turn of each private exchange that was held, and how the two accounts of it compare; None without any."""


def register(replay: Replay) -> Register:
    """The register of a session as far as its log goes."""
    state, table = replay.state, replay.table
    told = [(turn, event) for turn, events in enumerate(state.story) for event in events]
    silent = {event.act for _, event in told if type(event) is e.RequestUnanswered}
    return Register(
        entries=tuple(
            Sending(event.act.key, entry.seq)
            for entry in replay.log.entries
            for event in entry.events
            if type(event) is e.ActSent
        ),
        requests=tuple(Asking(of.act, of.due_hour, of.act in silent, of.how, of.answer) for of in state.requests),
        promises=state.promises,
        pink_lines=tuple(line for side in SIDES for line in _pink_lines(state, table, side)),
        near_misses=tuple(
            Near(event.side, event.line, turn, event.pressure, event.limit)
            for turn, event in told
            if type(event) is e.NearMiss
        ),
        crossings=state.crossings,
        rung=_rung(state, table),
        exchanges=tuple((of.turn, of.result) for of in state.exchanges),
    )


def _rung(state: State, table: Table) -> Words:
    """The rung on which tension ended."""
    rungs = table.base.tension.rungs
    return [rung for rung in rungs if rung.at <= state.tension or rung is rungs[0]][-1].name.words


def _pink_lines(state: State, table: Table, side: Side) -> list[PinkLine]:
    pressure = state.team(side).pressure
    return [PinkLine(f"{side}/{line}", by, limit_of(state, table, side, line)) for line, by in pressure.items()]
