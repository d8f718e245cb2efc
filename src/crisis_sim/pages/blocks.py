"""What pages are made of: headings, paragraphs, lists, quotes, meters, scales, curves, choices, tables.

A block holds plain text and what it is, never markup and never a width: a screen lays blocks out, a door of lines
prints them as sentences and lists, a web page makes elements of them. So a sentence is made once, and no text of a log
can become a command. A key names what can be picked or opened; a door that picks nothing leaves keys alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from string import Formatter
from typing import Literal, NamedTuple, TypeAlias

from crisis_sim.text import clean, plain_markdown

Tone: TypeAlias = Literal["", "quiet", "strong", "us", "china", "good", "bad", "new"]
"""What a text is, beside its words: colour may show it, and never alone."""


class Span(NamedTuple):
    """A piece of a text."""

    text: str
    tone: Tone = ""


Spans: TypeAlias = tuple[Span, ...]
"""One text, piece by piece; `words` reads it whole."""


class Heading(NamedTuple):
    """The head of a section (level 2) or of a part of one (level 3)."""

    text: str
    level: int = 2
    tone: Tone = ""


class Paragraph(NamedTuple):
    """Running text."""

    line: Spans
    key: str = ""
    depth: int = 0
    """How far it stands under what comes before it."""
    lead: Spans = ()
    """What stands before it in the margin: an hour, a number, a mark."""


class Items(NamedTuple):
    """A list."""

    items: tuple[Spans, ...]
    numbered: bool = False
    depth: int = 0


class Quote(NamedTuple):
    """Words of a seat or of the scenario, as they were written."""

    text: str
    depth: int = 0


class MeterBar(NamedTuple):
    """How much there is of something: its name, its value in words and number, and where it lies on its scale."""

    name: str
    text: Spans
    """The value as people read it, with its word."""
    value: int
    maximum: int
    """0 where there is no scale to draw."""
    minimum: int = 0
    note: str = ""
    key: str = ""
    lead: Spans = ()
    """What is read before its name, in tones of its own."""
    scale: str = ""
    """Its scale in words, for doors that draw none."""
    spoken: str = ""
    """The value as it is heard, where its signs would be heard as others."""


class ScaleMark(NamedTuple):
    """One of the places on a scale: whose, and where in words."""

    name: str
    text: Spans
    value: int | None
    """None where it has no place, or none that is open."""
    tone: Tone = ""


class Scale(NamedTuple):
    """Marks on one scale, so that their distance is seen."""

    marks: tuple[ScaleMark, ...]
    minimum: int
    maximum: int
    ends: tuple[str, str]
    """What its two ends are called."""


class Curve(NamedTuple):
    """How a number went, turn by turn, from the start."""

    name: str
    values: tuple[int, ...]
    labels: tuple[str, ...]
    """The same as people read them."""
    maximum: int
    tone: Tone = ""
    letter: str = ""
    """What stands for it where several share a picture."""


class Choice(NamedTuple):
    """Something that can be chosen, and whether it is."""

    key: str
    name: str
    note: str = ""
    chosen: bool = False


class Column(NamedTuple):
    """The head of a column."""

    name: str
    is_number: bool = False
    is_wide: bool = False
    """It holds prose or foreign words, and takes what room there is."""
    is_blank: bool = False
    """People fill it in."""
    tone: Tone = "quiet"


class Row(NamedTuple):
    """A row of a table, a cell for each column, and its sentence for doors that print no tables."""

    cells: tuple[Span, ...]
    sentence: str = ""
    key: str = ""
    notes: tuple[Spans, ...] = ()
    """What stands beneath it, and its sentence says too."""


class Table(NamedTuple):
    """Rows under heads."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    legend: Spans = ()
    """What its heads mean; a door that prints no heads leaves it out."""


Block: TypeAlias = Heading | Paragraph | Items | Quote | MeterBar | Scale | Curve | Choice | Table


def line(*pieces: str | Span) -> Spans:
    """A text of plain and toned pieces."""
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in pieces)


def prose(text: str, tone: Tone = "", *, depth: int = 0) -> Paragraph:
    """Running text in one tone."""
    return Paragraph(line(Span(text, tone)), depth=depth)


def listed(texts: Iterable[str]) -> Items:
    """A list of plain texts."""
    return Items(tuple(map(line, texts)))


def table_of(
    heads: Iterable[str],
    rows: Iterable[Iterable[str]],
    numbers: Container[int] = (),
    wide: Container[int] = (),
    blank: Container[int] = (),
) -> Table:
    """Plain texts under heads; by their places, columns of numbers, wide ones, and those that people fill in."""
    columns = (Column(head, index in numbers, index in wide, index in blank) for index, head in enumerate(heads))
    return Table(tuple(columns), tuple(Row(tuple(map(Span, row))) for row in rows))


def filled(template: str, **places: str | Span) -> Spans:
    """A sentence of the catalogue whose places keep their tones."""
    pieces: list[Span] = []
    for between, name, _spec, _as in Formatter().parse(template):
        pieces += [Span(between)] if between else []
        if name is not None:
            place = places[name]
            pieces.append(place if isinstance(place, Span) else Span(place))
    return tuple(pieces)


def capital(text: str) -> str:
    """A name at the start of a line."""
    return f"{text[:1].upper()}{text[1:]}"


def words(spans: Spans) -> str:
    """A text without its tones."""
    return "".join(piece.text for piece in spans)


HEADING = re.compile(r"^ {0,3}(#{1,6}) +(.*?)[ #]*$")
ITEM = re.compile(r"^( *)(?:[-*+•]|(\d{1,3})[.)]) +(.*)$")
"""Paragraphs that are headings, and items of lists."""


def markdown_blocks(text: str) -> Iterator[Block]:
    """The text, paragraph by paragraph."""
    for paragraph in filter(None, paragraphs(clean(text, lines=True))):
        if (heading := HEADING.match(paragraph)) is not None:
            yield Heading(plain_markdown(heading[2]), 3)
        elif (item := ITEM.match(paragraph)) is not None:
            yield Paragraph(_bold(item[3]), lead=line(f"{item[2]}." if item[2] else "•"), depth=len(item[1]) // 2)
        else:
            yield Paragraph(_bold(paragraph))


def paragraphs(text: str) -> list[str]:
    """Lines that belong together as one; headings, items and single empty lines between them stay alone."""
    joined: list[str] = []
    for row in text.split("\n"):
        plain = row.rstrip()
        starts = not plain or HEADING.match(plain) or ITEM.match(plain) or plain.startswith((">", "    ", "|"))
        if joined and joined[-1] and not HEADING.match(joined[-1]) and not starts:
            joined[-1] += (" " if joined[-1].isascii() or plain[:1].isascii() else "") + plain.strip()
        elif plain or (joined and joined[-1]):
            joined.append(plain)
    while joined and not joined[-1]:
        joined.pop()
    return joined


def _bold(text: str) -> Spans:
    parts = text.split("**") if text.count("**") % 2 == 0 else [text]
    pieces = [(plain_markdown(part).replace("\n", " "), place % 2 == 1) for place, part in enumerate(parts)]
    return tuple([Span(words, "strong" if is_bold else "") for words, is_bold in pieces if words])
