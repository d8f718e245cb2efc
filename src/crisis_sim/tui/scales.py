"""Marks on one scale, drawn under each other with what joins them, so that a room sees how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.pages.blocks import Scale, ScaleMark, words
from crisis_sim.text import cells, wrapped
from crisis_sim.tui.pane_rows import BLANK, PaneRow, padded, row, tone_of

PLACES: Final = ((78, 5), (70, 4), (0, 3))
"""Cells between the places of a scale, by the width from which there is room for them and for the words beside."""


def scale_rows(scale: Scale, width: int) -> Iterator[PaneRow]:
    """Each mark in a row, a line from one to the next, and the names of the ends."""
    step = next(between for least, between in PLACES if width >= least)
    edge = min(max(cells(mark.name) for mark in scale.marks), width // 3) + 2
    for number, mark in enumerate(scale.marks):
        if number:
            yield _joint(scale, scale.marks[number - 1].value, mark.value, edge, step)
        yield from _marked(scale, mark, edge, step, width)
    least, most = scale.ends
    yield row((" " * edge + padded(least, step * (scale.most - scale.least) - cells(most) + 1) + most, "dim"))


def _marked(scale: Scale, mark: ScaleMark, edge: int, step: int, width: int) -> list[PaneRow]:
    """The places of a scale with a mark on one, and its words: beside it, or beneath it if need be."""
    numbers = range(scale.least, scale.most + 1)
    places = ["●" if number == mark.value else "│" if number == 0 else "·" for number in numbers]
    drawn = row((padded(mark.name, edge), tone_of(mark.tone)), ((" " * (step - 1)).join(places), "strong"))
    says, tone = words(mark.says), tone_of(mark.says[0].tone) if mark.says else ""
    room = width - edge - step * (len(places) - 1) - 1
    if cells(says) + 2 <= room:
        return [(*drawn, ("  ", ""), (says, tone))]
    return [drawn, *(row((" " * edge, ""), (line, tone)) for line in wrapped(says, width - edge))]


def _joint(scale: Scale, above: int | None, beneath: int | None, edge: int, step: int) -> PaneRow:
    """A line from the mark of one scale to the mark of the next."""
    if above is None or beneath is None:
        return BLANK
    left, right = sorted(((above - scale.least) * step, (beneath - scale.least) * step))
    if left == right:
        return row((" " * (edge + left) + "│", "dim"))
    ends = "╰╮" if above < beneath else "╭╯"
    return row((" " * (edge + left) + ends[0] + "─" * (right - left - 1) + ends[1], "dim"))
