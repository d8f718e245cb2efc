"""Long texts in Markdown as rows: headings, lists, quotes and bold, as plain text that nothing can be clicked in."""

from __future__ import annotations

import re
from itertools import groupby

from crisis_sim.pages.blocks import HEADING, ITEM, paragraphs
from crisis_sim.text import clean, plain_markdown, wrapped
from crisis_sim.tui.pane_rows import BLANK, READING, PaneBlock, PaneRow, Piece, para, width_of


def prose_rows(text: str, width: int) -> list[PaneRow]:
    """`text` in rows of reading width."""
    width = min(width, READING)
    rows: list[PaneRow] = []
    for paragraph in paragraphs(clean(text, lines=True)):
        if (heading := HEADING.match(paragraph)) is not None:
            rows.extend([BLANK] if rows and width_of(rows[-1]) else [])
            rows.extend(para(plain_markdown(heading[2]), width, "head"))
        elif (item := ITEM.match(paragraph)) is not None:
            mark = f"{item[2]}." if item[2] else "•"
            lead = " " * min(len(item[1]), 8) + mark + " "
            rows.extend(_bold(item[3], width, lead))
        else:
            rows.extend(_bold(paragraph, width, ""))
    return rows


def prose_blocks(text: str, width: int) -> list[PaneBlock]:
    """The same, one block a row, so that a pane scrolls by lines."""
    return [PaneBlock((row,)) for row in prose_rows(text, width)]


def _bold(text: str, width: int, lead: str) -> list[PaneRow]:
    """One paragraph, wrapped, with its bold words bold."""
    plain, strong = "", []
    for number, part in enumerate(re.split(r"\*\*", text) if text.count("**") % 2 == 0 else [text]):
        part = plain_markdown(part).replace("\n", " ")
        plain += part
        strong.extend([number % 2 == 1] * len(part))
    rows: list[PaneRow] = []
    place = 0
    for number, line in enumerate(wrapped(plain, max(width - len(lead), 8))):
        words = line if number == 0 else line.lstrip()
        place = max(plain.find(words, place), place)
        margin: Piece = (lead if number == 0 else " " * len(lead), "key")
        gap: Piece = (" " * (len(line) - len(words)), "")
        rows.append((margin, gap, *_runs(words, strong[place : place + len(words)])))
        place += len(words)
    return rows


def _runs(words: str, strong: list[bool]) -> list[Piece]:
    """Words cut where bold begins and ends."""
    return [
        ("".join(letter for letter, _ in run), "strong" if is_strong else "")
        for is_strong, run in groupby(zip(words, strong, strict=False), key=lambda pair: pair[1])
    ]
