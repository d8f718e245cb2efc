"""Long texts in Markdown as blocks: headings, lists, paragraphs, and what is bold in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, Spans, line
from crisis_sim.text import clean, plain_markdown

_HEADING = re.compile(r"^ {0,3}(#{1,6}) +(.*?)[ #]*$")
_ITEM = re.compile(r"^( *)(?:[-*+•]|(\d{1,3})[.)]) +(.*)$")


def markdown_blocks(text: str) -> Iterator[Block]:
    """The text, paragraph by paragraph."""
    for paragraph in _paragraphs(clean(text, lines=True)):
        if (heading := _HEADING.match(paragraph)) is not None:
            yield Heading(plain_markdown(heading[2]), 3)
        elif (item := _ITEM.match(paragraph)) is not None:
            yield Paragraph(_bold(item[3]), lead=line(f"{item[2]}." if item[2] else "•"), depth=len(item[1]) // 2)
        else:
            yield Paragraph(_bold(paragraph))


def _paragraphs(text: str) -> list[str]:
    """Lines that belong together as one; headings and items stay alone."""
    joined: list[str] = []
    for row in text.split("\n"):
        plain = row.rstrip()
        starts = not plain or _HEADING.match(plain) or _ITEM.match(plain) or plain.startswith((">", "    ", "|"))
        if joined and joined[-1] and not _HEADING.match(joined[-1]) and not starts:
            joined[-1] += (" " if joined[-1].isascii() or plain[:1].isascii() else "") + plain.strip()
        else:
            joined.append(plain)
    return [each for each in joined if each]


def _bold(text: str) -> Spans:
    parts = text.split("**") if text.count("**") % 2 == 0 else [text]
    told = [(plain_markdown(part).replace("\n", " "), place % 2 == 1) for place, part in enumerate(parts)]
    return tuple([Span(words, "strong" if is_bold else "") for words, is_bold in told if words])
