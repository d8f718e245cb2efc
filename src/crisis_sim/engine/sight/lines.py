"""Lines and guesses as their own team, and after play everybody, sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from crisis_sim.engine.events import Guess
from crisis_sim.engine.judging.effects import limit_of
from crisis_sim.engine.sight.parts import GuessFacts, LineFacts
from crisis_sim.engine.sight.seen import line_words
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import Side


def line_facts(state: State, table: Table, side: Side) -> tuple[LineFacts, ...]:
    """A team's lines: the scenario's, those set aside included, then those that it wrote."""
    team = state.team(side)
    pieces = (state.pressure, team.adopted, team.own_lines, state.crossings)
    return table.unless_changed(f"lines/{side}", pieces, lambda: tuple(_lines(state, table, side)))


def _lines(state: State, table: Table, side: Side) -> Iterator[LineFacts]:
    team = state.team(side)
    for line in table.scenario.teams.of(side).lines:
        adopted = line.id in team.adopted
        yield _line(state, table, side, line.id, line.kind, line.concern, line.leads_to, 0, False, adopted)
    for own in team.own_lines:
        yield _line(state, table, side, own.id, own.line, own.concern, own.leads_to, own.weight, True, True)


def _line(
    state: State,
    table: Table,
    side: Side,
    line: str,
    kind: Literal["red", "pink"],
    concern: str,
    leads_to: str | None,
    weight: int,
    ours: bool,
    adopted: bool,
) -> LineFacts:
    """One line with where it stands."""
    pressure = state.pressure.get(f"{side}/{line}", 0)
    limit = limit_of(table, f"{side}/{line}") if kind == "pink" else 0
    return LineFacts(
        id=line,
        kind=kind,
        concern=concern,
        says=line_words(state, table, side, line),
        ours=ours,
        adopted=adopted,
        weight=weight,
        pressure=pressure,
        limit=limit,
        state=_standing(state, table, side, line, kind, pressure, limit) if adopted else "aside",
        leads_to=leads_to,
        leads_to_says=line_words(state, table, side, leads_to) if leads_to else None,
    )


def _standing(
    state: State, table: Table, side: Side, line: str, kind: str, pressure: int, limit: int
) -> Literal["quiet", "pressed", "near", "full", "crossed"]:
    """Where a line that its team holds stands."""
    if any((crossing.side, crossing.line) == (side, line) for crossing in state.crossings):
        return "crossed"
    if kind == "red" or pressure == 0:
        return "quiet"
    if pressure >= limit:
        return "full"
    return "near" if pressure * 100 >= limit * table.base.lines.near else "pressed"


def guess_facts(guesses: tuple[Guess, ...]) -> tuple[GuessFacts, ...]:
    """A team's guesses, or those it expects of the other, numbered from 1."""
    return tuple(
        [
            GuessFacts(number=number, kind=guess.line, concern=guess.concern, says=guess.says, weight=guess.weight)
            for number, guess in enumerate(guesses, 1)
        ]
    )


def matches(state: State, table: Table, owner: Side, guesses: tuple[Guess, ...]) -> tuple[tuple[str, int], ...]:
    """Ids of lines of `owner` that it held, each with the guess of it by its place from 1; its own lines come first."""
    team = state.team(owner)
    free = [(line.id, line.line, line.concern) for line in team.own_lines]
    free += [
        (line.id, line.kind, line.concern) for line in table.scenario.teams.of(owner).lines if line.id in team.adopted
    ]
    found = []
    for number, guess in enumerate(guesses, 1):
        for place, (line, kind, concern) in enumerate(free):
            if (kind, concern) == (guess.line, guess.concern):
                found.append((line, number))
                free.pop(place)
                break
    return tuple(found)
