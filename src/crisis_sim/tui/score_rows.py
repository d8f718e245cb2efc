"""The scores as rows: numbers with their words, curves as text, and a chart for the hotwash."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from crisis_sim.numbers import told as shown
from crisis_sim.pages.seat_parts import ScoreView
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.tui.rows import Piece, Row, Tone, columns, padded, para, row, spark
from crisis_sim.tui.wording import Say

HIGHEST = 10_000
"""The top of the tension scale, in hundredths."""
STEPS = 10
"""Rows of the chart."""
FELT: Final[Mapping[Side, str]] = {"us": "felt by US", "china": "felt by China"}
NAMES: Final[Mapping[Side, str]] = {"us": "US", "china": "China"}


def score_rows(score: ScoreView, width: int, say: Say) -> list[Row]:
    """Tension in a number and a word, and the curves that may be seen turn by turn."""
    rows = [row((say("tension "), "dim"), (shown(score.tension), "strong"), (f"  {score.rung}", "head"))]
    size = max(width - 22, 8)
    curves: list[tuple[str, Tone, int, tuple[int, ...]]] = [(say("as weighed"), "", score.tension, score.curve)]
    curves += [(say(FELT[of.side]), of.side, of.felt, of.curve) for of in score.sides]
    for name, tone, value, points in curves:
        curve = spark(points, HIGHEST, size)
        rows.append(columns([(name, 13, tone), (shown(value).rjust(6), 6, ""), (curve, size, tone)]))
    if len(score.sides) < len(SIDES):  # a team's own stand among its meters
        return rows
    for name, meter in ((say("trust"), attrgetter("trust")), (say("standing"), attrgetter("standing"))):
        pieces: list[Piece] = [(padded(name, 13) + " ", "dim")]
        for of in score.sides:
            pieces += [(say(NAMES[of.side]) + " ", of.side), (f"{shown(meter(of)):<6}", "")]
        rows.append(tuple(pieces))
    return rows


def chart_rows(score: ScoreView, width: int, say: Say) -> list[Row]:
    """Tension turn by turn as a chart: ● as weighed, U felt by US, C felt by China; letters share a place."""
    each = max(5, min(9, (width - 6) // max(len(score.curve), 1)))
    points = list(zip(score.curve, *(of.curve for of in score.sides), strict=True))
    shown_turns = points[-max((width - 6) // each, 1) :]
    rows: list[Row] = []
    for step in range(STEPS, -1, -1):
        pieces: list[Piece] = [(f"{step * 100 // STEPS:>4} ", "dim")]
        for point in shown_turns:
            pieces.extend(_place(point, step, each))
        rows.append(tuple(pieces))
    first = len(score.curve) - len(shown_turns)
    turns = "".join(f"{number:^{each}}" for number in range(first, len(score.curve)))
    rows.append(row((" " * 5 + turns, "dim")))
    legend = say("● as weighed, U as the US felt it, C as China felt it; turn by turn, 0 is the start.")
    return [*rows, (), *para(legend, width, "dim")]


def _place(point: tuple[int, ...], step: int, each: int) -> list[Piece]:
    """The marks of one turn at one height, in the middle of its column."""
    tones: tuple[tuple[str, Tone], ...] = (("●", "strong"), ("U", "us"), ("C", "china"))
    marks: list[Piece] = [mark for mark, value in zip(tones, point, strict=True) if _step(value) == step]
    left = (each - len(marks)) // 2
    return [(" " * left, ""), *marks, (" " * (each - len(marks) - left), "")]


def _step(value: int) -> int:
    return min(STEPS, (value * STEPS + HIGHEST // 2) // HIGHEST)
