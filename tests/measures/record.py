"""Records made by hand: states that hold just the acts that a measure is to be tried on."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace
from tests.engine.play import Play, shipped

from crisis_sim.engine.state import Received, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.meanings import Meaning, meanings
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import SIDES, Side


@cache
def _play() -> Play:
    return Play(shipped("new-virus"), seed="1", length=90)


def table() -> GameTable:
    """The shipped outbreak."""
    return _play().table


def sent(
    side: Side,
    turn: int,
    move: str,
    *,
    order: int = 1,
    channel: str = "embassies",
    arrived: int | None = None,
    reading: int | None = None,
    **more: object,
) -> tuple[Sent, int | None]:
    """An act, which arrives in its turn if nothing else is said, and how it was read."""
    fields: dict[str, object] = {
        "side": side,
        "turn": turn,
        "hour": turn * 24,
        "order": order,
        "move": move,
        "channel": channel,
        "channel_kind": "diplomatic",
        "track": "1",
        "level": "diplomatic",
        "visibility": "private",
        "terms": (),
        "promise": None,
        "about": None,
        "answer": None,
        "answers": None,
        "intent": 0,
        "outcome": "in-time",
    }
    at = turn if arrived is None else arrived
    return Sent(Act(**(fields | more)), "", at, turn * 24 + 4, 0, arrived=at), reading  # type: ignore[arg-type]  # as each test gives them


def record(*acts: tuple[Sent, int | None], played: int = 8, **more: object) -> State:
    """A session of so many turns in which these acts were sent; what arrived lies in the other's inbox."""
    opening = _play().state
    state = replace(
        opening, acts={each.act.key: each for each, _ in acts}, curve=opening.curve * (played + 1), turn=played, **more
    )
    for side in SIDES:
        inbox = tuple(
            Received(each.act.key, each.arrived, each.due_hour, hostility=reading)
            for each, reading in acts
            if each.act.side != side and each.arrived
        )
        state = (
            replace(state, us=replace(state.us, inbox=inbox))
            if side == "us"
            else replace(state, china=replace(state.china, inbox=inbox))
        )
    return state


def found_in(state: State) -> tuple[Meaning, ...]:
    """The acts of a record with their meanings."""
    return meanings(state, table())
