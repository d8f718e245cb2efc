"""Rows: the only form in which text reaches a pane.

A row is pieces of text, each with a tone that the theme colours. Functions here measure in terminal cells, so Chinese
lines up. Nothing here is markup, and nothing reads a view.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.pages.blocks import Tone
from crisis_sim.text import cells, clipped, wrapped

PaneTone: TypeAlias = Literal["", "dim", "strong", "head", "new", "us", "china", "good", "bad", "now", "key", "chosen"]
TONES: tuple[PaneTone, ...] = ("dim", "strong", "head", "new", "us", "china", "good", "bad", "now", "key", "chosen")
Piece: TypeAlias = tuple[str, PaneTone]
PaneRow: TypeAlias = tuple[Piece, ...]

BLANK: PaneRow = ()
READING = 78
"""The widest column for running text."""


class PaneBlock(Struct, frozen=True):
    """Rows that belong together; with a key it can be picked."""

    rows: tuple[PaneRow, ...]
    key: str = ""


def tone_of(tone: Tone) -> PaneTone:
    """What screens call the tone of a piece of a page."""
    return "dim" if tone == "quiet" else tone


def row(*pieces: str | Piece) -> PaneRow:
    """A row of plain and toned pieces."""
    return tuple((piece, "") if isinstance(piece, str) else piece for piece in pieces)


def block(*rows: PaneRow, key: str = "") -> PaneBlock:
    """Rows as one block."""
    return PaneBlock(rows, key)


def blocks(rows: Iterable[PaneRow]) -> list[PaneBlock]:
    """Each row as a block that cannot be picked."""
    return [PaneBlock((each,)) for each in rows]


def width_of(line: PaneRow) -> int:
    """Cells that a row takes."""
    return sum(cells(text) for text, _ in line)


def para(text: str, width: int, tone: PaneTone = "", *, indent: int = 0, first: PaneRow = ()) -> list[PaneRow]:
    """`text` wrapped under an indent; `first` stands at the start of its first row, inside the indent."""
    lead = width_of(first)
    margin: Piece = (" " * indent, "")
    room = max(width - max(indent, lead), 8)
    lines = wrapped(text, room)
    opening = (*first, (" " * max(indent - lead, 0), "" if first else tone), (lines[0], tone))
    return [opening, *((margin, (line, tone)) if indent else ((line, tone),) for line in lines[1:])]


def fit(line: PaneRow, width: int) -> PaneRow:
    """A row cut to `width` cells, with `…` where it was cut."""
    if width_of(line) <= width:
        return line
    kept: list[Piece] = []
    for text, tone in line:
        need = cells(text)
        if need >= width:
            kept.append((clipped(text, width) if need > width else clipped(text + " ", width), tone))
            break
        kept.append((text, tone))
        width -= need
    return tuple(kept)


def spread(left: PaneRow, right: PaneRow, width: int) -> PaneRow:
    """`left` and `right` at the two edges; the left is cut if both do not fit."""
    room = width - width_of(right)
    if room < 8:
        return fit(left, width)
    left = fit(left, room - 1)
    return (*left, (" " * (room - width_of(left)), ""), *right)


def padded(text: str, width: int) -> str:
    """`text` cut or filled with spaces to exactly `width` cells."""
    text = clipped(text, width)
    return text + " " * (width - cells(text))


def ranged(text: str, width: int) -> str:
    """`text` at the right of `width` cells."""
    text = clipped(text, width)
    return " " * (width - cells(text)) + text


def bar(value: int, most: int, size: int = 8) -> str:
    """`▮▮▮▯▯`: how much of `most` is there; something above nothing shows one mark, all of them only at the full."""
    if most <= 0:
        return "▯" * size
    full = max(0, min(size, value * size // most))
    full = 1 if value > 0 and full == 0 else full
    return "▮" * full + "▯" * (size - full)


def columns(cols: Sequence[tuple[str, int, PaneTone]]) -> PaneRow:
    """Texts in columns of fixed widths with one space between."""
    pieces: list[Piece] = []
    for text, width, tone in cols:
        pieces.append((padded(text, width), tone))
        pieces.append((" ", ""))
    return tuple(pieces[:-1])


def spark(values: Sequence[int], most: int, width: int) -> str:
    """A curve as text, one of eight heights for each value, 0…`most`; twice as wide where there is room."""
    steps = "▁▂▃▄▅▆▇█"
    marks = [steps[max(0, min(7, value * 8 // max(most, 1)))] for value in values]
    return " ".join(mark * 2 for mark in marks) if len(marks) * 3 <= width else "".join(marks[-width:])
