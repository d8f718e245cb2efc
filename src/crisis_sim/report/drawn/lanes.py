"""Two lanes of acts by turn: a box for each, with what was meant and taken.

Where an act was taken otherwise than its sender expected, the box has a ground and a triangle: ▲ and warm where it was
taken as more hostile, ▼ and cool where as friendlier, the darker the wider the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import altair as alt

from crisis_sim.report.drawn.layers import (
    EDGE,
    GAPS,
    INK,
    WIDE,
    Datum,
    Margins,
    by_shade,
    grounds,
    heads,
    label,
    layered,
    plot_data,
    turns_in_bands,
)
from crisis_sim.report.drawn.svg import ChartWords
from crisis_sim.report.pictures import ActBox, Lanes

BOX: Final = 78
"""Height that a box takes, where few words go into a line."""
LOW: Final = 54
"""And where many do."""
MANY: Final = 30
"""Cells of text from which on two lines hold what an act was."""
BETWEEN: Final = 28
"""Between the lanes, where the turns are named."""
MARGINS: Final = Margins(52, 4, 4, 4)
PLOT: Final = WIDE - MARGINS.left - MARGINS.right
GAP: Final = 0.06
"""Of a column, left empty between two of them."""
LINES: Final = ((14, 11, True), *((place, 10, False) for place in (29, 41, 53, 65)))
"""Place in the box, size and weight of its lines: numbers, and what the act was."""


def lanes(shows: Lanes, words: ChartWords) -> alt.LayerChart:
    """One lane above the turns, going up from them, and one beneath, going down."""
    room = room_for(len(shows.turns))
    box = LOW if room >= MANY else BOX
    up, down = box * _depth(shows.us), box * _depth(shows.china)
    high = up + BETWEEN + down
    x = turns_in_bands(len(shows.turns), GAP)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[high, 0], nice=False, zero=False))
    data = [*_boxes(shows.us, words, room, up - box, -box), *_boxes(shows.china, words, room, up + BETWEEN, box)]
    layers: list[alt.Chart] = []
    for is_complete, dashes in ((1, [1, 0]), (0, [3, 3])):
        box_data = [datum for datum in data if datum["known"] == is_complete]
        if box_data:
            boxes = plot_data(box_data).mark_rect(stroke=INK, strokeWidth=1, cornerRadius=2, strokeDash=dashes)
            layers.append(boxes.encode(x=x, y=y, y2="end:Q", color=grounds(GAPS), description="title:N"))
    for line, (place, size, bold) in enumerate(LINES[: 1 + lines_for(room)]):
        texts = by_shade(data, size, GAPS, down=place, bold=bold)
        layers += [chart.encode(x=x, y=y, text=f"line{line}:N") for chart in texts]
    edges = [{"y": up - 1}, {"y": up + BETWEEN - 3}]
    layers.append(plot_data(edges).mark_rule(color=EDGE).encode(x=alt.value(-MARGINS.left), x2=alt.value(PLOT), y=y))
    for name, label_y in ((shows.names[0], up - box / 2), (shows.names[1], up + BETWEEN + box / 2)):
        layers.append(label(words, name, 4 - MARGINS.left, label_y, ink=INK, size=12, bold=True))
    layers += heads(shows.turns, words, x, up + BETWEEN / 2 - 2, shows.axis)
    return layered(layers, PLOT, high, MARGINS)


def room_for(turns: int) -> int:
    """How many cells of text go into a line of a box, where there are so many turns."""
    return max(6, int((PLOT / max(1, turns) * (1 - GAP) - 6) / 5.2))


def lines_for(room: int) -> int:
    """How many lines tell what an act was, where so many cells go into one."""
    return 2 if room >= MANY else len(LINES) - 1


def _depth(lane: Sequence[ActBox]) -> int:
    """How many acts the fullest turn of a lane holds; one at least."""
    turns = [act.turn for act in lane]
    return max([1, *(turns.count(turn) for turn in set(turns))])


def _boxes(lane: Sequence[ActBox], words: ChartWords, room: int, first: int, step: int) -> Iterator[Datum]:
    """The boxes of a lane, from the turns away."""
    placed: dict[int, int] = {}
    for act in lane:
        place = placed[act.turn] = placed.get(act.turn, -1) + 1
        y = first + step * place
        move_lines = words.lines(act.move, room, lines_for(room))
        yield {
            "turn": act.turn - 1,
            "y": y,
            "end": y + abs(step) - 4,
            "shade": act.shade,
            "known": int(act.is_complete),
            "title": words(act.title, 300),
            "line0": words(f"{act.name}: {act.gap}", 24),
            **{f"line{number}": line for number, line in enumerate(move_lines, 1)},
        }
