"""What the pictures of a report show, as plain values; `crisis_sim.report.drawn` makes charts of them.

A picture's words can be anything that a log holds. Its numbers stand in a table of the report too.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from crisis_sim.numbers import Points


class ChartCurve(NamedTuple):
    """A curve: its name and a value for each turn, hundredths."""

    name: str
    values: tuple[Points, ...]


class Turn(NamedTuple):
    """A place on the axis of turns."""

    name: str
    hour: str = ""
    crossed: tuple[str, ...] = ()
    """Whose red lines were crossed in it, one short word a side."""


class Curves(NamedTuple):
    """Up to three curves over the turns, on the rungs of tension."""

    curves: tuple[ChartCurve, ...]
    turns: tuple[Turn, ...]
    rungs: tuple[tuple[Points, str], ...]
    """Where each begins, and its name, from the lowest."""
    axis: str
    """What a turn is called."""


class GridRow(NamedTuple):
    """A row of a grid: its name, for each turn what the cell says and how full it is, 0–4, and what stands behind."""

    name: str
    cells: tuple[tuple[str, int], ...]
    behind: str = ""


class GridChart(NamedTuple):
    """One row a line, one cell a turn; the fuller, the darker."""

    rows: tuple[GridRow, ...]
    turns: tuple[str, ...]
    axis: str
    behind: str
    """The head of what stands behind each row."""


class ActBox(NamedTuple):
    """A box in a lane: its number, what was meant and taken, what it was, and how wide the gap is, which way."""

    turn: int
    name: str
    gap: str
    move: str
    shade: int
    """−4 … +4 as what its sender did not expect grows; above 0, it was taken as more hostile."""
    is_complete: bool
    """It was read, and both meanings can be told."""
    title: str
    """What it was in full."""


class Lanes(NamedTuple):
    """Two lanes of boxes, one for each act in the column of its turn; between them the turns."""

    us: tuple[ActBox, ...]
    china: tuple[ActBox, ...]
    names: tuple[str, str]
    turns: tuple[str, ...]
    axis: str


class Panel(NamedTuple):
    """The acts of one side by what was meant and what it was taken for, both −3 … +3."""

    head: str
    pairs: tuple[tuple[int, int], ...]


class Squares(NamedTuple):
    """Meant against taken: a square of seven by seven for each side."""

    panels: tuple[Panel, Panel]
    meant: str
    reading_label: str


class Chances(NamedTuple):
    """The forecasts of one side, by steps of the chances given."""

    name: str
    points: tuple[tuple[int, int, int], ...]
    """The mean chance given, how often it happened, both hundredths of a percent, and how many forecasts."""


class Calibration(NamedTuple):
    """Chances given against what came."""

    sides: tuple[Chances, ...]
    chance_label: str
    came: str


Chart: TypeAlias = Curves | GridChart | Lanes | Squares | Calibration

STEPS: tuple[int, ...] = (20, 40, 60, 80)
"""Where a next step of chances begins, percent."""


def chances(name: str, forecasts: list[tuple[int, bool]]) -> Chances:
    """Forecasts as chance and outcome, by steps of twenty percent."""
    steps: dict[int, list[tuple[int, bool]]] = {}
    for chance, came in forecasts:
        steps.setdefault(sum(chance >= step for step in STEPS), []).append((chance, came))
    points = tuple(
        (
            sum(chance for chance, _ in step_forecasts) * 100 // len(step_forecasts),
            sum(came for _, came in step_forecasts) * 10_000 // len(step_forecasts),
            len(step_forecasts),
        )
        for _, step_forecasts in sorted(steps.items())
    )
    return Chances(name, points)


def box_of(turn: int, name: str, meant: str, reading: str, gap: int | None, labels: tuple[str, str]) -> ActBox:
    """A box with its triangle; `gap` is None where not both meanings are known, `what` the move and the whole head."""
    mark = f" {marked(gap)}" if gap else ""
    shown = max(-4, min(4, gap or 0))
    return ActBox(turn, name, f"{meant} → {reading}{mark}", labels[0], shown, gap is not None, labels[1])


def marked(gap: int) -> str:
    """A gap with the sign that shows which way: ▲2 more hostile, ▼1 friendlier, 0."""
    return f"▲{gap}" if gap > 0 else f"▼{-gap}" if gap < 0 else "0"


def shade(part: Points, whole: Points) -> int:
    """How full a cell is, 0–4: nothing, up to a third, up to two thirds, under the whole, the whole."""
    if part <= 0 or whole <= 0:
        return 0
    return 4 if part >= whole else 1 + min(2, part * 3 // whole)
