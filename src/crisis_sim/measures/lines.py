"""Lines and the guesses of them: how much of what one side would not accept the other had imagined.

A guess matches a line if it names the same kind (red or pink) and the same concern; each line is matched once. What the
words say is for people to compare.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from crisis_sim.content.scenario import Line
from crisis_sim.engine.events import Guess
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.measures.sums import mean
from crisis_sim.rules.names import Side, other


class LineMap(NamedTuple):
    """The lines of one side beside the other's guesses of them."""

    owner: Side
    guesser: Side
    lines: int
    """Lines that the owner held: those of the scenario that it adopted, and those that it wrote."""
    guesses: int
    matched: int
    hit_rate: Fraction | None
    """Matched lines of the owner's lines, 0–1; None without lines."""
    jaccard: Fraction | None
    """Matched of all lines and guesses together, |A∩B| / |A∪B|, 0–1; None where there is neither."""
    weight_error: Fraction | None
    """Mean distance of weights over matched lines that the owner wrote itself, 0–10; None without any."""


def line_map(state: State, table: Table, owner: Side, guesses: tuple[Guess, ...]) -> LineMap:
    """The lines of `owner` against `guesses` of the other side."""
    held = [(line.kind, line.concern, None) for line in _adopted(state, table, owner)]
    written = [(line.line, line.concern, line.weight) for line in state.team(owner).own_lines]
    free: list[tuple[str, str, int | None]] = [*written, *held]
    errors: list[int] = []
    matched = 0
    for guess in guesses:
        place = next((n for n, (kind, concern, _) in enumerate(free) if (kind, concern) == _of(guess)), None)
        if place is None:
            continue
        weight = free.pop(place)[2]
        matched += 1
        if weight is not None:
            errors.append(abs(weight - guess.weight))
    lines = len(held) + len(written)
    union = lines + len(guesses) - matched
    return LineMap(
        owner=owner,
        guesser=other(owner),
        lines=lines,
        guesses=len(guesses),
        matched=matched,
        hit_rate=Fraction(matched, lines) if lines else None,
        jaccard=Fraction(matched, union) if union else None,
        weight_error=mean(errors),
    )


def _of(guess: Guess) -> tuple[str, str]:
    return guess.line, guess.concern


def _adopted(state: State, table: Table, owner: Side) -> list[Line]:
    """The lines of the scenario that the owner kept."""
    kept = state.team(owner).adopted
    return [line for line in table.scenario.teams.of(owner).lines if line.id in kept]


def unimagined(state: State, table: Table, owner: Side, guesses: tuple[Guess, ...]) -> tuple[tuple[str, str], ...]:
    """Kinds and concerns of the owner's lines that no guess names."""
    held: Counter[tuple[str, str]] = Counter((line.kind, line.concern) for line in _adopted(state, table, owner))
    held.update((line.line, line.concern) for line in state.team(owner).own_lines)
    held -= Counter(_of(guess) for guess in guesses)
    return tuple(held.elements())
