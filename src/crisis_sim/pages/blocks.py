"""What pages are made of: headings, paragraphs, lists, quotes, meters, scales, curves, choices, tables.

A block holds plain text and what it is, never markup and never a width: a screen lays blocks out, a door of lines
prints them as sentences and lists, a web page makes elements of them. So a sentence is made once, and no text of a log
can become a command. A key names what can be picked or opened; a door that picks nothing leaves keys alone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from string import Formatter
from typing import Literal, NamedTuple, TypeAlias

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
    says: Spans
    """The value as people read it, with its word."""
    value: int
    most: int
    """0 where there is no scale to draw."""
    least: int = 0
    note: str = ""
    key: str = ""
    lead: Spans = ()
    """What is read before its name, in tones of its own."""
    scale: str = ""
    """Its scale in words, for doors that draw none."""
    heard: str = ""
    """The value as it is heard, where its signs would be heard as others."""


class ScaleMark(NamedTuple):
    """One of the places on a scale: whose, and where in words."""

    name: str
    says: Spans
    value: int | None
    """None where it has no place, or none that is open."""
    tone: Tone = ""


class Scale(NamedTuple):
    """Marks on one scale, so that their distance is seen."""

    marks: tuple[ScaleMark, ...]
    least: int
    most: int
    ends: tuple[str, str]
    """What its two ends are called."""


class Curve(NamedTuple):
    """How a number went, turn by turn, from the start."""

    name: str
    values: tuple[int, ...]
    says: tuple[str, ...]
    """The same as people read them."""
    most: int
    tone: Tone = ""
    letter: str = ""
    """What stands for it where several share a picture."""


class Choice(NamedTuple):
    """Something that can be chosen, and whether it is."""

    key: str
    name: str
    says: str = ""
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
    says: str = ""
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
    columns = (Column(head, at in numbers, at in wide, at in blank) for at, head in enumerate(heads))
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


def words(of: Spans) -> str:
    """A text without its tones."""
    return "".join(piece.text for piece in of)
