"""Blocks of a page as lines, one thing a line and no columns, so that a screen reader can read them aloud."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.pages import blocks as b
from crisis_sim.wording import Say


def lines_of(page: Iterable[b.Block], say: Say) -> list[str]:
    """A page line by line; what belongs under a line is indented."""
    return [line for block in page for line in _lines(block, say)]


def _lines(block: b.Block, say: Say) -> list[str]:
    match block:
        case b.Heading():
            return [block.text]
        case b.Paragraph():
            lead = f"{b.words(block.lead)}. " if block.lead else ""
            return _indented(lead + b.words(block.line), block.depth)
        case b.Items():
            return [line for number, item in enumerate(block.items, 1) for line in _item(block, number, item)]
        case b.Quote():
            return _indented(block.text, block.depth)
        case b.Meter():
            return [_named(block.name, b.words(block.says), say), *_indented(block.note, 1)]
        case b.Scale():
            return [_named(mark.name, b.words(mark.says), say) for mark in block.marks]
        case b.Curve():
            return [_named(block.name, say(", ").join(block.says), say)]
        case b.Choice():
            return [f"[{'x' if block.chosen else ' '}] {block.name}", *_indented(block.says, 1)]
        case b.Table():
            return [each.says or _read(each, say) for each in block.rows]


def _item(items: b.Items, number: int, item: b.Line) -> list[str]:
    """An item behind its mark or number; its further lines stand under its first."""
    first, *more = b.words(item).split("\n")
    mark = "  " * items.depth + (f"{number}. " if items.numbered else "- ")
    return [mark + first, *(" " * len(mark) + line for line in more if line.strip())]


def _read(row: b.Row, say: Say) -> str:
    """A row that has no sentence, and what stands beneath it."""
    cells = say(", ").join(cell.text for cell in row.cells if cell.text)
    return say("; ").join([cells, *map(b.words, row.notes)])


def _named(name: str, says: str, say: Say) -> str:
    return say("{head}: {text}", head=name, text=says)


def _indented(text: str, depth: int) -> list[str]:
    return ["  " * depth + line for line in text.split("\n") if line.strip()]
