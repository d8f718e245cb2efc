"""A report as Markdown: the same blocks, for whoever edits on or reads by lines.

Every mark that Markdown would obey is escaped, links and HTML included; a picture is told in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

from crisis_sim.pages.blocks import Heading, Items, Paragraph, Quote, Table, words
from crisis_sim.report.report_blocks import APPENDIX, Picture, Report, ReportBlock
from crisis_sim.text import clean
from crisis_sim.wording import speaker

_MARKS: Final = re.compile(r"([\\`*_\[\]<>|&~$@])|(?<=\w)(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_LEADS: Final = re.compile(r"^([#=]|[+:-](?=[\s=:-]|$)|\d{1,9}(?=[.)](?:\s|$)))")


def markdown(report: Report) -> str:
    """The report as a Markdown document."""
    lines = [f"**{_inline(report.handling)}**", "", f"# {_inline(report.title)}", ""]
    for line in report.subtitles:
        lines += [_inline(line), ""]
    for block in report.front:
        lines += [*_render_block(block), ""]
    lines += [f"## {_inline(speaker(report.language)(APPENDIX))}", ""]
    lines += [f"{number}. [{_inline(head)}](#{_anchor(head)})" for number, head in enumerate(report.contents, 1)]
    lines.append("")
    for block in report.blocks:
        lines += [*_render_block(block), ""]
    return "\n".join([*lines, f"**{_inline(report.handling)}**"]) + "\n"


def _anchor(head: str) -> str:
    """What readers of Markdown call the place of a head: its letters, digits and hyphens, a hyphen for each space."""
    return "".join(char for char in head.lower().replace(" ", "-") if char.isalnum() or char == "-")


def _render_block(block: ReportBlock) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * level} {_inline(text)}"
        case Paragraph(line=spans):
            yield "\\\n".join(_line(line) for line in _lines(words(spans)))
        case Quote(text=text):
            yield "\n".join(f"> {_line(line)}\\" for line in _lines(text)).rstrip("\\")
        case Items(items=items, numbered=numbered):
            leads = (f"{number}." if numbered else "-" for number in count(1))
            yield from (f"{lead} {_inline(words(item))}" for lead, item in zip(leads, items, strict=False))
        case Table():
            yield from _table(block)
        case Picture(title=title, caption=caption):
            yield from (_inline(title), "", f"*{_inline(caption)}*")


def _table(table: Table) -> Iterator[str]:
    heads = (_cell(column.name) for column in table.columns)
    rules = ("---:" if column.is_number else "---" for column in table.columns)
    for row in (heads, rules, *((_cell(cell.text) for cell in row.cells) for row in table.rows)):
        yield f"| {' | '.join(row)} |"


def _cell(text: str) -> str:
    """A cell; what would begin a list elsewhere is only text in one."""
    return "<br>".join(map(_escaped, _lines(text)))


def _lines(text: str) -> list[str]:
    """A text by its lines, empty ones left out: they would end a paragraph or a quote."""
    return [line.strip() for line in clean(text, lines=True).split("\n") if line.strip()] or [""]


def _line(text: str) -> str:
    """A line that begins a paragraph or a quote, where a mark at its start would be obeyed too."""
    return _LEADS.sub(_lead, _escaped(text))


def _lead(match: re.Match[str]) -> str:
    """A mark of a list or heading becomes text: a backslash before it, or after the digits of a number."""
    return f"{match[0]}\\" if match[0][0].isdigit() else f"\\{match[0]}"


def _inline(text: str) -> str:
    """A text on one line."""
    return _line(clean(text, lines=False).strip())


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda match: f"\\{match[0]}", text)
