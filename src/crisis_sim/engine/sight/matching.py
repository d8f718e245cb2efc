"""Which guess is of which line: the same kind, red or pink, and the same concern, each line once.

What the words say is for people to compare.
"""

from __future__ import annotations

from crisis_sim.engine.events import Guess
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import Side


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
