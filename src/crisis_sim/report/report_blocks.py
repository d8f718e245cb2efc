"""What a report is made of, before it is a web page or Markdown: blocks of pages, and pictures beside them.

A block holds plain text, never markup. So no text of a log can become any: the two writers clean and escape all of it.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from crisis_sim.pages.blocks import Heading as Heading
from crisis_sim.pages.blocks import Items as Items
from crisis_sim.pages.blocks import Paragraph as Paragraph
from crisis_sim.pages.blocks import Quote as Quote
from crisis_sim.pages.blocks import Table as Table
from crisis_sim.pages.blocks import listed as listed
from crisis_sim.pages.blocks import prose as prose
from crisis_sim.pages.blocks import table_of as table_of
from crisis_sim.report.pictures import Chart
from crisis_sim.rules.names import Language


class Picture(NamedTuple):
    """A drawing, with what it is called and what it shows in words. A table of the report tells the same."""

    shows: Chart
    title: str
    says: str


ReportBlock: TypeAlias = Heading | Paragraph | Items | Quote | Table | Picture


class Report(NamedTuple):
    """A whole report."""

    title: str
    under: tuple[str, ...]
    """Lines beneath the title: what was played, when, by whom."""
    handling: str
    """Who may have it; in the head and the foot of every page."""
    language: Language
    blocks: tuple[ReportBlock, ...]
