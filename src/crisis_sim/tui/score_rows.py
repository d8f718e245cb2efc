"""The scores as rows: numbers with their words, curves as text, and a chart for the hotwash."""

from __future__ import annotations

from crisis_sim.engine.views import ScoreView
from crisis_sim.numbers import told as shown
from crisis_sim.tui.rows import Piece, Row, Tone, columns, padded, para, row, spark
from crisis_sim.tui.wording import Say

HIGHEST = 10_000
"""The top of the tension scale, in hundredths."""
STEPS = 10
"""Rows of the chart."""


def score_rows(score: ScoreView, width: int, say: Say) -> list[Row]:
    """Tension in a number and a word, and three curves turn by turn."""
    rows = [row((say("tension "), "dim"), (shown(score.tension), "strong"), (f"  {score.rung}", "head"))]
    size = max(width - 22, 8)
    curves: tuple[tuple[str, Tone, int, int], ...] = (
        (say("as weighed"), "", score.tension, 0),
        (say("felt by US"), "us", score.felt_us, 1),
        (say("felt by China"), "china", score.felt_china, 2),
    )
    for name, tone, value, place in curves:
        curve = spark([point[place] for point in score.curve], HIGHEST, size)
        rows.append(columns([(name, 13, tone), (shown(value).rjust(6), 6, ""), (curve, size, tone)]))
    pairs = (
        (say("trust"), score.trust_us, score.trust_china),
        (say("standing"), score.standing_us, score.standing_china),
    )
    for name, ours, theirs in pairs:
        rows.append(
            row(
                (padded(name, 13) + " ", "dim"),
                (say("US") + " ", "us"),
                f"{shown(ours):<6}",
                (say("China") + " ", "china"),
                shown(theirs),
            )
        )
    return rows


def chart_rows(score: ScoreView, width: int, say: Say) -> list[Row]:
    """Tension turn by turn as a chart: ● as weighed, U felt by US, C felt by China; letters share a place."""
    each = max(5, min(9, (width - 6) // max(len(score.curve), 1)))
    shown_turns = score.curve[-max((width - 6) // each, 1) :]
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


def _place(point: tuple[int, int, int], step: int, each: int) -> list[Piece]:
    """The marks of one turn at one height, in the middle of its column."""
    tones: tuple[tuple[str, Tone], ...] = (("●", "strong"), ("U", "us"), ("C", "china"))
    marks: list[Piece] = [mark for mark, value in zip(tones, point, strict=True) if _step(value) == step]
    left = (each - len(marks)) // 2
    return [(" " * left, ""), *marks, (" " * (each - len(marks) - left), "")]


def _step(value: int) -> int:
    return min(STEPS, (value * STEPS + HIGHEST // 2) // HIGHEST)
