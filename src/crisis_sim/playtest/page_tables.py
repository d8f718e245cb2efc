"""Numbers, paragraphs and tables of the pages that a playtest prints: 78 columns, set as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.numbers import Points, rounded
from crisis_sim.playtest.statistics import RunInterval
from crisis_sim.text import cells, clean, wrapped
from crisis_sim.wording import Say, plain

PAGE: Final = 78
"""Columns of a page; it fits a terminal of eighty."""
NO_VALUE: Final = "–"
"""Stands where there is nothing to say."""


def tenths(value: Points, *, signed: bool = False) -> str:
    """A number with one decimal."""
    tenth = rounded(value, 10)
    whole, rest = divmod(abs(tenth), 10)
    sign = "-" if tenth < 0 else "+" if signed and tenth else ""
    return f"{sign}{whole}.{rest}"


def hundredths(value: Points, *, signed: bool = False) -> str:
    """A number with two decimals, for small ones that one decimal would round to nothing."""
    whole, rest = divmod(abs(value), 100)
    sign = "-" if value < 0 else "+" if signed and value else ""
    return f"{sign}{whole}.{rest:02}"


def fine_span(interval: RunInterval | None, say: Say = plain) -> str:
    """An interval with two decimals."""
    return (
        NO_VALUE
        if interval is None
        else say("{low} to {high}", low=hundredths(interval.low), high=hundredths(interval.high))
    )


def span(interval: RunInterval | None, say: Say = plain, *, signed: bool = False) -> str:
    """An interval with one decimal."""
    if interval is None:
        return NO_VALUE
    low, high = (tenths(bound, signed=signed) for bound in interval)
    return say("{low} to {high}", low=low, high=high)


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table: the first column is words and takes what room the others, set to the right, leave."""
    widths = [max(cells(row[place]) for row in (heads, *rows)) for place in range(1, len(heads))]
    room = PAGE - sum(width + 2 for width in widths)
    for row in (heads, *rows):
        *lead, last = _words(row[0], room)
        numbers = "".join(f"  {'':{width - cells(text)}}{text}" for text, width in zip(row[1:], widths, strict=True))
        yield from lead
        yield f"{last}{'':{room - cells(last)}}{numbers}".rstrip()


def _words(text: str, room: int) -> list[str]:
    """The words at the head of a row, as far in on each line as on the first."""
    indent = len(text) - len(text.lstrip(" "))
    lines = wrapped(clean(text, lines=False).strip(), max(room - indent, 8))
    return [f"{'':{indent}}{line}" for line in lines] or [""]


def paragraph(text: str, *, indent: int = 0) -> Iterator[str]:
    """A text as lines of the page."""
    yield from (f"{'':{indent}}{line}".rstrip() for line in wrapped(clean(text, lines=False), PAGE - indent))


def listed(text: str, place: str, *, indent: int = 2) -> Iterator[str]:
    """What there is to say of a thing, and its place to the right, or below where there is no room."""
    lines = list(wrapped(clean(text, lines=False), PAGE - indent - 2))
    *_, last = lines or [""]
    for line in lines[:-1]:
        yield f"{'':{indent}}{line}"
    if cells(last) + cells(place) + 2 <= PAGE - indent:
        yield f"{'':{indent}}{last}{'':{PAGE - indent - cells(last) - cells(place)}}{place}".rstrip()
    else:
        yield f"{'':{indent}}{last}"
        yield f"{'':{PAGE - cells(place)}}{place}"
