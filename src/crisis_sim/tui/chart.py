"""Curves as text: a chart of those that share a scale, and each of them in a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.pages.blocks import Curve
from crisis_sim.text import cells
from crisis_sim.tui.pane_rows import PaneRow, Piece, columns, padded, ranged, row, spark, tone_of

STEPS: Final = 10
"""Rows of the chart."""


def curve_rows(found: Sequence[Curve], width: int) -> Iterator[PaneRow]:
    """All of them in one chart, then each in a line behind its letter, with where it ended."""
    yield from _chart(found, width)
    names = [f"{each.letter} {each.name}" for each in found]
    name = min(max(map(cells, names)), width // 3)
    value = min(max(cells(each.says[-1]) for each in found), width // 3)
    size = width - name - value - 2
    for each, called in zip(found, names, strict=True):
        tone = tone_of(each.tone)
        drawn = spark(each.values, each.most, size)
        yield columns([(called, name, tone), (ranged(each.says[-1], value), value, ""), (drawn, size, tone)])


def _chart(found: Sequence[Curve], width: int) -> Iterator[PaneRow]:
    """Turn by turn; letters share a place. Beneath it the turns."""
    turns = len(found[0].values)
    each = max(5, min(9, (width - 6) // max(turns, 1)))
    first = max(turns - max((width - 6) // each, 1), 0)
    most = found[0].most
    for step in range(STEPS, -1, -1):
        pieces: list[Piece] = [(f"{step * most // (STEPS * 100):>4} ", "dim")]
        for turn in range(first, turns):
            pieces += _place(found, turn, step, each)
        yield tuple(pieces)
    yield row((" " * 5 + "".join(f"{number:^{each}}" for number in range(first, turns)), "dim"))


def _place(found: Sequence[Curve], turn: int, step: int, each: int) -> list[Piece]:
    """The marks of one turn at one height, in the middle of its column."""
    marks: list[Piece] = [
        (padded(curve.letter, 1), tone_of(curve.tone))
        for curve in found
        if _step(curve.values[turn], curve.most) == step
    ]
    left = (each - len(marks)) // 2
    return [(" " * left, ""), *marks, (" " * (each - len(marks) - left), "")]


def _step(value: int, most: int) -> int:
    return min(STEPS, (value * STEPS + most // 2) // most)
