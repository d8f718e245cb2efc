"""What a report is made of, before it is a web page or Markdown: headings, prose, tables, quotes, pictures.

A block holds plain text, never markup. So no text of a log can become any: the two writers clean and escape all of it.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from crisis_sim.pages.blocks import Heading as Heading
from crisis_sim.pages.blocks import Quote as Quote
from crisis_sim.report.pictures import Picture as Shows
from crisis_sim.rules.names import Language


class Prose(NamedTuple):
    """A paragraph."""

    text: str
    small: bool = False
    """An explanation, and not what the report says."""


class Items(NamedTuple):
    """A list."""

    items: tuple[str, ...]


class Table(NamedTuple):
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns that hold numbers."""
    wide: frozenset[int] = frozenset()
    """Columns that hold prose or foreign words: they take what room there is, and break anywhere if they must."""
    blank: frozenset[int] = frozenset()
    """Columns that people fill in."""


class Picture(NamedTuple):
    """A drawing, with what it is called and what it shows in words. A table of the report tells the same."""

    shows: Shows
    title: str
    says: str


Block: TypeAlias = Heading | Prose | Items | Quote | Table | Picture


class Report(NamedTuple):
    """A whole report."""

    title: str
    under: tuple[str, ...]
    """Lines beneath the title: what was played, when, by whom."""
    handling: str
    """Who may have it; in the head and the foot of every page."""
    language: Language
    blocks: tuple[Block, ...]
