"""The bar that says what to do now, as every screen has it; in a window that is too small it says that instead."""

from __future__ import annotations

from typing import Final, TypeVar

from crisis_sim.text import cells, wrapped
from crisis_sim.tui.pane_rows import PaneRow, row, spread, width_of
from crisis_sim.wording import Say

Told = TypeVar("Told", bound=str | None)

SMALLEST: Final = (60, 20)
"""Columns and rows that every screen can do with."""
MOST: Final = 3
"""Rows that it takes at most."""


def now_rows(told: str, width: int, say: Say, *, label: str = "", time: PaneRow = ()) -> list[PaneRow]:
    """What is to be done, in as many rows as it takes up to three; at the right of the first, the time."""
    label = label or say("NOW")
    lead = cells(label) + 4
    lines = wrapped(told, max(width - lead - width_of(time) - 2, 20))[:MOST]
    first = spread(row(" ", (f" {label} ", "now"), " ", (lines[0], "strong")), time, width)
    return [first, *(row(" " * lead, (line, "strong")) for line in lines[1:])]


def or_too_small(told: Told, size: tuple[int, int], say: Say) -> Told | str:
    """What is told, unless part of it cannot be seen in a window of this size."""
    if size[0] >= SMALLEST[0] and size[1] >= SMALLEST[1]:
        return told
    return say(
        "This window is {size}: make it at least {least}, or some of this stays hidden.",
        size="×".join(map(str, size)),
        least="×".join(map(str, SMALLEST)),
    )
