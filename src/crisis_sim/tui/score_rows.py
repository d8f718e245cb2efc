"""The scores as rows: numbers with their words, curves as text."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from crisis_sim.numbers import told as shown
from crisis_sim.pages.seat_parts import ScoreView
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.tui.rows import Piece, Row, Tone, columns, padded, row, spark
from crisis_sim.tui.wording import Say

HIGHEST = 10_000
"""The top of the tension scale, in hundredths."""
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
