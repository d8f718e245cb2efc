"""Blocks of a page as lines, one thing a line and no columns, so that a screen reader can read them aloud."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.pages import blocks as b
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.wording import Say, join_parts


def lines_of(page: Iterable[b.Block], say: Say) -> list[str]:
    """A page line by line; what belongs under a line is indented."""
    return [line for block in page for line in _lines(block, say)]


def _lines(block: b.Block, say: Say) -> list[str]:
    match block:
        case b.Heading():
            return [block.text]
        case b.Paragraph():
            text = _led(b.words(block.lead), b.words(block.line), say)
            return _indented(text if block.depth else b.capital(text), block.depth)
        case b.Items():
            return [line for number, item in enumerate(block.items, 1) for line in _item(block, number, item)]
        case b.Quote():
            return _indented(block.text, block.depth)
        case b.Scale():
            open_ = (mark for mark in block.marks if mark.text[0].tone != "quiet")
            return [_label_text(mark.name, b.words(mark.text), say) for mark in open_]
        case b.MeterBar():
            caption = block.spoken or b.words(block.text)
            caption = say("{told}, {word}", told=caption, word=block.scale) if block.scale else caption
            return [_label_text(b.words(block.lead) + block.name, caption, say), *_indented(block.note, 1)]
        case b.Curve():
            return [_label_text(block.name, say(", ").join(block.labels), say)]
        case b.Choice():
            label = say("Chosen: {name}" if block.chosen else "Not chosen: {name}", name=block.name)
            return [label, *_indented(block.note, 1)]
        case b.Table():
            return [_row(row, block.columns, say) for row in block.rows]


def _item(items: b.Items, number: int, item: b.Spans) -> list[str]:
    """An item behind its mark or number; its further lines stand under its first."""
    first, *more = b.words(item).split("\n")
    mark = "  " * items.depth + (f"{number}. " if items.numbered else "- ")
    return [mark + first, *(" " * len(mark) + line for line in more if line.strip())]


def _row(row: b.Row, columns: Iterable[b.Column], say: Say) -> str:
    """A row as its sentence, or else as its cells, numbers behind what they count, and what stands beneath it."""
    if row.sentence:
        return b.capital(row.sentence)
    cells = [
        say("{head} {text}", head=column.name, text=cell.text) if column.is_number and column.name else cell.text
        for cell, column in zip(row.cells, columns, strict=False)
        if cell.text not in ("", "·")
    ]
    return b.capital(join_parts([say(", ").join(cells), *map(b.words, row.notes)], say))


def _led(lead: str, text: str, say: Say) -> str:
    """A text behind what stands before it; a number counts it in every language alike."""
    if not lead:
        return text
    return f"{lead}. {text}" if lead[0].isdigit() else say("{lead}. {text}", lead=b.capital(lead), text=text)


def _label_text(name: str, text: str, say: Say) -> str:
    name = b.capital(name)
    if name.endswith((".", "!", "?", "…", "。", "！", "？")):
        return one_after_another((name, text))
    return say("{head}: {text}", head=name, text=text)


def _indented(text: str, depth: int) -> list[str]:
    return ["  " * depth + line for line in text.split("\n") if line.strip()]
