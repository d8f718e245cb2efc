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
        case b.Quote():
            return _indented(block.text, block.depth)
        case b.Meter():
            return [_named(block.name, b.words(block.says), say), *_indented(block.note, 1)]
        case b.Curve():
            return [_named(block.name, say(", ").join(block.says), say)]
        case b.Choice():
            return [f"[{'x' if block.chosen else ' '}] {block.name}", *_indented(block.says, 1)]
        case b.Table():
            return [each.says or say(", ").join(cell.text for cell in each.cells if cell.text) for each in block.rows]


def _named(name: str, says: str, say: Say) -> str:
    return say("{head}: {text}", head=name, text=says)


def _indented(text: str, depth: int) -> list[str]:
    return ["  " * depth + line for line in text.split("\n") if line.strip()]
