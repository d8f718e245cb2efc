"""How many pages of A4 a report takes, without a browser: each block's height by the sizes that the style sheet sets.

A stand-in for a browser's layout, on the wide side: letters are as wide as those of the widest font that is named for
the appendix. Where a browser is there, a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from math import ceil
from typing import Final

from crisis_sim.pages.blocks import Heading, Items, Paragraph, Quote, Table, words
from crisis_sim.report.drawn.lanes import BOX, LOW, MANY, room_for
from crisis_sim.report.pictures import GridChart, Lanes
from crisis_sim.report.report_blocks import Picture, Report, ReportBlock
from crisis_sim.text import cells

POINT: Final = 0.3528
"""Of a millimetre."""
WIDE: Final = 186.0
"""Of the text, in millimetres: A4 but for its margins."""
HIGH: Final = 297 - 7 - 11 - 14.0
"""Of the text: but for its margins and the handling line in head and foot too."""
LETTER: Final = 0.455
"""Width of a letter in sizes of its font; a Chinese one takes two."""
SHORT: Final = 14
"""Letters of a cell that is not broken."""
LINES: Final[dict[bool, tuple[float, float]]] = {True: (10.5, 1.5), False: (8.0, 1.2)}
"""Size and leading of text, on the first page and behind it."""


def lines(text: str, size: float, wide: float = WIDE) -> int:
    """How many lines a text takes."""
    room = wide / (size * POINT * LETTER)
    return sum(max(1, ceil(cells(line) / room)) for line in text.split("\n"))


def pages(report: Report) -> int:
    """Of the whole report, the first page with the contents counted as what it takes."""
    return ceil(first_page(report) / HIGH) + _flowed(report.blocks)


def first_page(report: Report) -> float:
    """The height of the first page with the contents, in millimetres."""
    contents = ceil(len(report.contents) / 3) * 12.5 * POINT + 10
    return 12 + 4.2 * len(report.subtitles) + sum(_high(block, is_front=True) for block in report.front) + contents


def _flowed(blocks: Sequence[ReportBlock]) -> int:
    """Pages that blocks take one after the other; a head stays with what follows it, a picture and a row in one."""
    count, at, held = 1, 0.0, 0.0
    for before, block in pairwise((None, *blocks)):
        assert block is not None
        if isinstance(before, Picture) and isinstance(before.shows, GridChart):
            continue  # a table that tells what the grid above it shows is not printed
        parts = _rows(block) if isinstance(block, Table) else [_high(block, is_front=False)]
        if isinstance(block, Heading):
            held += parts[0]
            continue
        for high in chain([held + parts[0]], parts[1:]):
            if at + high > HIGH:
                count, at = count + 1, 0.0
            at += high
        held = 0.0
    return count


def _high(block: ReportBlock, *, is_front: bool) -> float:
    size, leading = LINES[is_front]
    line, apart = size * leading * POINT, 2.2 if is_front else 0.6
    match block:
        case Heading(text=text, level=level):
            head = (12.0 if is_front else 10.0) if level == 2 else 8.5
            return lines(text, head * 1.15) * head * 1.2 * POINT + (4.5 if level == 2 else 2.0)
        case Paragraph(line=said):
            return lines(words(said), size) * line + apart
        case Quote(text=text):
            return lines(text, size, WIDE - 6) * line + apart + 1
        case Items(items=items):
            columns = 2 if len(items) > 1 and not is_front else 1
            told = [lines(words(item), size, WIDE / columns - 10) for item in items]
            return max(ceil(sum(told) / columns), *told, 1) * line + apart + (len(items) * 1.8 if is_front else 0)
        case Table():
            return sum(_rows(block))
        case Picture(shows=shows, caption=says):
            return _drawn(shows) + lines(says, 7.5) * 9 * POINT + 2


def _drawn(shows: object) -> float:
    """The height of a drawing."""
    if isinstance(shows, Lanes):
        box = LOW if room_for(len(shows.turns)) >= MANY else BOX
        deep = sum(
            max([1, *([of.turn for of in lane].count(act.turn) for act in lane)]) for lane in (shows.us, shows.china)
        )
        return min(68.0, (box * deep + 36) / 760 * WIDE)
    if isinstance(shows, GridChart):
        return min(32.0, (46 * len(shows.rows) + 28) / 760 * WIDE)
    return 40.0


def _rows(table: Table) -> list[float]:
    """The head with the first row, and each of the others."""
    wide = [column for column in table.columns if column.is_wide]
    share = {1: 0.63, 2: 0.38}.get(len(wide), 0.25) * WIDE
    rest = max(9.0, (WIDE - share * len(wide)) / max(1, len(table.columns) - len(wide)))
    rooms = [(share if column.is_wide else rest) - 4 for column in table.columns]
    head = max(lines(column.name, 7.5, room) for column, room in zip(table.columns, rooms, strict=True))
    high = [head * 8.1 * POINT + 2.2]
    for row in table.rows:
        told = max(
            lines(cell.text, 7.5, room if column.is_wide or cells(cell.text) > SHORT else WIDE)
            for cell, room, column in zip(row.cells, rooms, table.columns, strict=True)
        )
        high.append(told * 8.7 * POINT + 1.2)
    return [sum(high[:2]), *high[2:]]
