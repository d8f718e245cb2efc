"""Curves as pictures in cells, with the moment at hand marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from crisis_sim.replaying.lens import LensCurve
from crisis_sim.text import cells, wrapped
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, PaneRow, PaneTone, Piece, block, padded, ranged, row
from crisis_sim.tui.screen_words import Say
from crisis_sim.wording import _

STEPS = " ▁▂▃▄▅▆▇█"
CURSOR = "●"
"""Marks the moment at hand in the bar."""
REMARK = "¶"
"""Marks a bookmark or a note in the bar."""
HEADS = {
    "tension": _("TENSION"),
    "standing": _("AT HOME"),
    "belief": _("WHAT WAS BELIEVED"),
    "pressure": _("PRESSURE ON LINES"),
    "readiness": _("READINESS OF CHANNELS"),
    "track": _("AT STAKE"),
}
"""Headings by the meter that opens each group."""
GROUPS = {"felt": "tension", "trust": "standing", "expectation": "standing"}
ROWS = 2
"""Rows of a name at most; a longer one stands above its curve."""
TALL = ("tension", "felt")
"""Meters whose curve takes several rows."""


def column_of(place: int, places: int, width: int) -> int:
    """The column in which a place stands."""
    return place * width // places


def place_in(column: int, places: int, width: int) -> int:
    """The last place that a column stands for."""
    return ((column + 1) * places - 1) // width


def bar_row(place: int, places: int, turns: Sequence[int], remarks: Iterable[int], width: int) -> PaneRow:
    """The whole log as a line: numbers where turns begin, a mark where we are, marks where something was noted."""
    drawn: list[Piece] = [("─", "dim")] * width
    here = column_of(place, places, width)
    for column in range(here):
        drawn[column] = ("━", "head")
    for at in remarks:
        drawn[column_of(at, places, width)] = (REMARK, "new")
    for turn, at in enumerate(turns, 1):
        for offset, digit in enumerate(str(turn)):
            if (column := column_of(at, places, width) + offset) < width:
                drawn[column] = (digit, "strong")
    drawn[here] = (CURSOR, "now")
    return tuple(("".join(text for text, _ in alike), tone) for tone, alike in groupby(drawn, key=itemgetter(1)))


def curve_blocks(
    curves: Sequence[LensCurve], place: int, places: int, turns: Sequence[int], width: int, say: Say, tall: int = 3
) -> list[PaneBlock]:
    """Every number with its curve and its value here; each can be picked."""
    longest = max((cells(curve.number.name) for curve in curves), default=0)
    name = max(min(width * 2 // 5, longest), 12)
    size = max(width - name - 9, 8)
    lead: Piece = (" " * (name + 1), "")
    ruler = bar_row(place, places, turns, (), size)
    drawn = [block((lead, *ruler))]
    for group, members in groupby(curves, key=_group):
        drawn.append(block(BLANK, row((say(HEADS[group]), "head"))))
        for curve in members:
            high = tall if curve.number.meter in TALL else 1
            drawn.append(PaneBlock(tuple(_curve(curve, place, places, name, size, high)), curve.number.key))
    return drawn


def _group(curve: LensCurve) -> str:
    return GROUPS.get(curve.number.meter, curve.number.meter)


def _curve(curve: LensCurve, place: int, places: int, name: int, size: int, high: int) -> list[PaneRow]:
    """One curve, `high` rows of cells; what is after the cursor is dim."""
    number = curve.number
    here, value = column_of(place, places, size), curve.at(place)
    tone: PaneTone = "us" if number.of == "us" else "china" if number.of == "china" else ""
    told = number.told(value)
    values = [curve.at(place_in(column, places, size)) for column in range(size)]
    span = max(number.most - number.least, 1)
    heights = [_height(each, number.least, span, high) for each in values]
    rows: list[PaneRow] = []
    for level in range(high - 1, -1, -1):
        marks = "".join(STEPS[max(0, min(8, height - 8 * level))] for height in heights)
        middle: Piece = (marks[here] if marks[here] != " " else "┊", "now")
        picture: PaneRow = ((marks[:here], tone), middle, (marks[here + 1 :], "dim"))
        rows.append((*picture, (ranged(told if level == 0 else "", 8), "strong")))
    names = wrapped(number.name, name)
    above = [row(line) for line in wrapped(number.name, name + size + 9)] if len(names) > ROWS else []
    names = [] if above else names
    rows = [row(" " * size)] * (len(names) - high) + rows
    names = [""] * (len(rows) - len(names)) + names
    pictures = zip(names, rows, strict=True)
    return [*above, *(row((padded(part, name) + " ", ""), *picture) for part, picture in pictures)]


def _height(value: int | None, least: int, span: int, high: int) -> int:
    """Eighths of a cell, at least one where there is a value."""
    if value is None:
        return 0
    return max(1, min(8 * high, (value - least) * 8 * high // span))
