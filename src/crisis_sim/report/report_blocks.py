"""What a report is made of, before it is a web page or Markdown: blocks of pages, and pictures beside them.

A block holds plain text, never markup. So no text of a log can become any: the two writers clean and escape all of it.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.engine.views.shared_facts import GuessFacts
from crisis_sim.pages.blocks import Heading, Items, Paragraph, Quote, Span, Table, Tone
from crisis_sim.pages.translator import Translator
from crisis_sim.report.pictures import Chart
from crisis_sim.rules.names import Language
from crisis_sim.wording import _

APPENDIX: Final = _("Appendix")
"""The head of the list of what stands behind the first page."""


class Picture(NamedTuple):
    """A drawing under a sentence that says what it shows, over one that says how to read it.

    A table of the report tells the same.
    """

    shows: Chart
    title: str
    caption: str


ReportBlock: TypeAlias = Heading | Paragraph | Items | Quote | Table | Picture


class Report(NamedTuple):
    """A whole report."""

    title: str
    subtitles: tuple[str, ...]
    """Lines beneath the title: what was played, when, by whom."""
    handling: str
    """Who may have it; in the head and the foot of every page."""
    language: Language
    front: tuple[ReportBlock, ...]
    """The first page."""
    blocks: tuple[ReportBlock, ...]
    """The appendix, section by section, which the contents list."""

    @property
    def contents(self) -> tuple[str, ...]:
        """The heads of the appendix's sections."""
        return tuple(block.text for block in self.blocks if isinstance(block, Heading) and block.level == 2)


def by_sign(table: Table, columns: Container[int]) -> Table:
    """A table in whose columns of gaps each shows its sign, as in a picture: more hostile, or friendlier."""
    tones: dict[str, Tone] = {"+": "bad", "−": "good"}
    rows = (
        row._replace(
            cells=tuple(
                Span(cell.text, tones.get(cell.text[:1], "")) if column in columns else cell
                for column, cell in enumerate(row.cells)
            )
        )
        for row in table.rows
    )
    return table._replace(rows=tuple(rows))


class Reporter(Translator):
    """Says a report's sentences: one that begins with a side's name begins with a capital."""

    def __call__(self, english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
        """A sentence."""
        sentence = super().__call__(english, context, plural=plural, **words)
        return f"T{sentence[1:]}" if english.startswith("{") and sentence.startswith("the ") else sentence


def guess(say: Translator, line_guess: GuessFacts) -> str:
    """A guess in a line."""
    words = {
        "kind": say(line_guess.kind),
        "about": say.concern(line_guess.concern),
        "weight": line_guess.weight,
        "says": line_guess.says,
    }
    return say("{kind}, {about} ({weight}): {says}", **words)
