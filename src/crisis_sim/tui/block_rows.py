"""Blocks of a page as rows of a pane: margins, bars under each other, columns that fit. It makes no sentence.

A block without a key that stands deeper than the one before it belongs to that one, so that a cursor takes both. What
is too long is wrapped; a table that finds no room leaves out its last columns, which are the least ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile, zip_longest
from typing import Final

from msgspec import Struct

from crisis_sim.pages import blocks as b
from crisis_sim.text import cells, wrapped
from crisis_sim.tui.chart import curve_rows
from crisis_sim.tui.pane_rows import (
    BLANK,
    READING,
    PaneBlock,
    PaneRow,
    PaneTone,
    Piece,
    bar,
    padded,
    ranged,
    row,
    spark,
    tone_of,
    width_of,
)
from crisis_sim.tui.scales import scale_rows
from crisis_sim.wording import quote_text

STEP: Final = 2
"""Cells by which what is deeper stands in."""
WIDEST_MARGIN: Final = 8
BAR: Final = 10
"""Cells of a bar, so that tens of a hundred and points of ten are each a cell."""
WIDE_BAR: Final = 20
WIDE: Final = 60
"""Cells from which there is room for it."""
JOINED: Final = "  ╰─ "
BETWEEN: Final = 3
"""Cells between columns that stand apart."""
LEAST: Final = 14
"""Cells that a column of prose or a name needs."""
FEW_ROWS: Final = 3
"""Rows that a name takes in a narrow column beside what is said of it; where it needs more, that stands beneath it."""


def laid_out(page: Iterable[b.Block], width: int, *, air: int = 0) -> list[PaneBlock]:
    """A page in `width` cells; with `air`, one that a room reads together: so many rows stand between its parts."""
    page = list(page)
    leads = [cells(b.words(each.lead)) + 1 for each in page if isinstance(each, b.Paragraph) and each.lead]
    margin = min(max(leads, default=0), WIDEST_MARGIN)
    drawn: list[PaneBlock] = []
    before: b.Block | None = None
    shares: _Shares | None = None
    for kind, same in groupby(page, type):
        run = list(same)
        if kind is b.MeterBar and shares is None:
            shares = _shared(_bars_together(page, run[0]), width, air)
        elif any(isinstance(each, b.Heading) and each.level < 3 for each in run):
            shares = None
        for block in run:
            if gap := _gap(before, block, air):
                drawn.append(PaneBlock((BLANK,) * gap))
            laid = _laid(block, run, margin, width, air)
            if isinstance(block, b.MeterBar) and shares:
                laid = [(_meter(block, shares, width), block.key, 0)]
            for rows, key, depth in laid:
                if depth and not key and drawn and not (air and isinstance(before, b.Heading)):
                    drawn[-1] = PaneBlock((*drawn[-1].rows, *rows), drawn[-1].key)
                else:
                    drawn.append(PaneBlock(tuple(rows), key))
            before = block
    return drawn


def _bars_together(page: Sequence[b.Block], first: b.Block) -> list[b.MeterBar]:
    """The bars from the first on to the next heading of a part; a heading within a part does not shift them."""
    rest = page[next(place for place, each in enumerate(page) if each is first) :]
    part = takewhile(lambda each: not (isinstance(each, b.Heading) and each.level < 3), rest)
    return [each for each in part if isinstance(each, b.MeterBar)]


def inert(drawn: Iterable[PaneBlock]) -> list[PaneBlock]:
    """The same, where nothing can be picked."""
    return [PaneBlock(each.rows) for each in drawn]


class DrawnPage(Struct, frozen=True):
    """What draws a page for the width that there is; it is the same as another of the same blocks."""

    page: tuple[b.Block, ...]
    kinds: tuple[type[b.Block], ...]
    air: int
    picks: bool
    """What has a key can be picked."""

    def __call__(self, width: int) -> list[PaneBlock]:
        """The page as rows, no wider than is read with ease."""
        drawn = laid_out(self.page, min(width, READING), air=self.air)
        return drawn if self.picks else inert(drawn)


def draws(page: Iterable[b.Block], *, air: int = 0, picks: bool = True) -> DrawnPage:
    """What draws a page."""
    fixed = tuple(page)
    return DrawnPage(fixed, tuple(map(type, fixed)), air, picks)


def _gap(before: b.Block | None, after: b.Block, air: int) -> int:
    """Rows between two blocks."""
    match before, after:
        case None, _:
            return 0
        case _, b.Heading(level=level) if level < 3:
            return max(air, 1)
        case (b.Heading(), _) | (b.Curve(), b.Curve()) | (b.MeterBar(), b.MeterBar()):
            return 0
        case (_, b.Scale()) | (b.Scale(), _):
            return air
        case b.Paragraph(), b.Table():
            is_apart = any(column.name for column in after.columns) or any(each.notes for each in after.rows)
            return min(air, 1) if is_apart else 0
        case b.Paragraph(), b.Items(numbered=True):
            return min(air, 1)
        case b.Paragraph(), b.Paragraph():
            return min(air, 1) if after.depth < before.depth or not after.depth else 0
        case ((b.Paragraph() | b.Quote()), (b.Paragraph() | b.Quote())):
            return min(air, 1) if after.depth < before.depth else 0
        case (b.Paragraph(), _) | (b.MeterBar(), b.Items()):
            return 0
        case _:
            return min(air, 1)


def toned(line: b.Spans) -> PaneRow:
    """A text as pieces of a row."""
    return tuple((piece.text, tone_of(piece.tone)) for piece in line)


def _laid(
    block: b.Block, run: Sequence[b.Block], margin: int, width: int, air: int
) -> Iterable[tuple[list[PaneRow], str, int]]:
    """Rows, key and depth of a block other than a bar, which is one of a run of its kind."""
    match block:
        case b.Heading():
            text = block.text.upper() if block.level < 3 else block.text
            yield [((line, tone_of(block.tone) or "head"),) for line in wrapped(text, width)], "", 0
        case b.Paragraph():
            yield _paragraph(block, margin, width), block.key, block.depth
        case b.Items():
            yield list(_items(block, margin, width)), "", block.depth
        case b.Quote():
            indent = _indent(block.depth, margin)
            tone: PaneTone = "strong" if air else ""
            lines = wrapped(quote_text(block.text), width - indent)
            yield [((" " * indent, ""), (line, tone)) for line in lines], "", block.depth
        case b.Scale():
            yield list(scale_rows(block, width)), "", 0
        case b.Curve() if not block.letter:
            yield [_curve(block, width)], "", 0
        case b.Curve():
            curves = [each for each in run if isinstance(each, b.Curve)]
            yield list(curve_rows(curves, width)) if block is run[0] else [], "", 0
        case b.Choice():
            yield _choice(block, width), block.key, 0
        case b.Table():
            yield from ((rows, key, 0) for rows, key in _table(block, width, air))


def _indent(depth: int, margin: int) -> int:
    return (margin or STEP) * min(depth, 1) + STEP * max(depth - 1, 0)


def _paragraph(block: b.Paragraph, margin: int, width: int) -> list[PaneRow]:
    """Running text behind its margin; a lead that is wider than the margin pushes its first line."""
    lead = toned(block.lead)
    indent = max(_indent(block.depth, margin), margin if lead else 0)
    gap = max(indent - width_of(lead), 1 if lead else 0)
    first: PaneRow = (*lead, (" " * gap, ""))
    lines = _wrapped(block.line, width - width_of(first), width - indent)
    return [(*first, *lines[0]), *((row(" " * indent) + line) for line in lines[1:])]


def _wrapped(line: b.Spans, first: int, rest: int) -> list[PaneRow]:
    """A toned text in lines, the first of which may be shorter."""
    text = b.words(line)
    tones = [tone_of(piece.tone) for piece in line for _ in piece.text]
    lines = wrapped(text, max(rest, 8))
    if first != rest:
        opening = wrapped(text, max(first, 8))[0]
        left = text[text.find(opening) + len(opening) :].lstrip(" ").removeprefix("\n")
        lines = [opening, *(wrapped(left, max(rest, 8)) if left else ())]
    rows: list[PaneRow] = []
    place = 0
    for each in lines:
        words = each.lstrip()
        place = max(text.find(words, place), place)
        pieces: list[Piece] = [(" " * (len(each) - len(words)), "")] if len(each) > len(words) else []
        for tone, letters in groupby(zip(words, tones[place:], strict=False), key=lambda pair: pair[1]):
            pieces.append(("".join(letter for letter, _ in letters), tone))
        place += len(words)
        rows.append(tuple(pieces))
    return rows


def _items(items: b.Items, margin: int, width: int) -> Iterable[PaneRow]:
    """A list, each item under its mark."""
    indent = _indent(items.depth, margin) + STEP
    for number, line in enumerate(items.items, 1):
        mark = f"{number}  " if items.numbered else "• "
        first, *more = wrapped_line(line, width - indent - len(mark))
        yield (" " * indent, ""), (mark, "key"), *first
        yield from (((" " * (indent + len(mark)), ""), *each) for each in more)


def wrapped_line(line: b.Spans, width: int) -> list[PaneRow]:
    """A toned text in lines of one width."""
    return _wrapped(line, width, width)


class _Shares(Struct, frozen=True):
    """How bars that stand together share a width."""

    bar: int
    """Cells of each bar."""
    names: int
    """Cells of the names beside them; 0 where each name stands above its bar."""


def _named(meter: b.MeterBar) -> b.Spans:
    return (*meter.lead, b.Span(meter.name))


def _shared(meters: Sequence[b.MeterBar], width: int, air: int) -> _Shares:
    """Bars under each other, beside names; or beneath them where that takes fewer rows. Values stand whole if they can.

    Where names are short, values may be what is wrapped.
    """
    names = max(cells(b.words(_named(each))) for each in meters)
    values = max(cells(b.words(each.says)) for each in meters)
    size = BAR if any(each.most > each.least for each in meters) else 0
    if size and air and names + values + WIDE_BAR + 2 <= width >= WIDE:
        size = WIDE_BAR
    rest = width - size - 2
    if names + values <= rest:
        return _Shares(size, names)
    rooms = (min(names, rest - values), *((min(names, rest - LEAST),) if names <= 2 * LEAST else ()))
    fit = [room for room in rooms if room >= min(names, LEAST) and rest - room >= min(values, LEAST)]
    above = sum(
        len(_hanging(_named(each), width)) + len(wrapped(b.words(each.says), width - STEP - size - 1))
        for each in meters
    )
    beside = {room: _rows_with(room, meters, rest) for room in fit}
    room = min(beside, key=beside.__getitem__, default=0)
    return _Shares(size, room if room and beside[room] <= above else 0)


def _meter(meter: b.MeterBar, shares: _Shares, width: int) -> list[PaneRow]:
    """Name, bar, value."""
    size, room, name = shares.bar, shares.names, _named(meter)
    is_scaled = meter.most > meter.least
    drawn = bar(meter.value - meter.least, meter.most - meter.least, size) if is_scaled else " " * size
    if not room:
        first = row(" " * STEP + (f"{drawn} " if is_scaled else ""))
        value, *more = _wrapped(meter.says, width - width_of(first), width - STEP)
        rows = [*_hanging(name, width), (*first, *value), *(row(" " * STEP) + line for line in more)]
    else:
        left = width - room - size - 2
        heads, says = _hanging(name, room), _wrapped(meter.says, left, left)
        gaps = [f"{drawn} " if size else "", *[" " * (size + 1 if size else 0)] * (len(says) - 1)]
        beside_it: list[PaneRow] = [((gap, ""), *value) for gap, value in zip(gaps, says, strict=True)]
        rows = [
            (*head, (" " * (room - width_of(head) + 1), ""), *value) if value else head
            for head, value in zip_longest(heads, beside_it, fillvalue=())
        ]
    return [*rows, *(((" " * STEP + line, "dim"),) for line in wrapped(meter.note, width - STEP) if meter.note)]


def _hanging(name: b.Spans, width: int) -> list[PaneRow]:
    """What names a row in lines, those after the first further in, so that it is seen where the next row begins."""
    first, *more = _wrapped(name, width, max(width - STEP, 8))
    return [first, *((row(" " * STEP) + line) for line in more)]


def _rows_with(room: int, meters: Sequence[b.MeterBar], width: int) -> int:
    """Rows that meters take where names have so much room, and values what is left of the width."""
    return sum(
        max(len(_hanging(_named(each), room)), len(wrapped(b.words(each.says), width - room))) for each in meters
    )


def _curve(curve: b.Curve, width: int) -> PaneRow:
    name = padded(curve.name, min(max(cells(curve.name), LEAST), max(width // 2, 1)))
    last = curve.says[-1] if curve.says else ""
    room = max(width - cells(name) - 9, 4)
    return row(
        (name + " ", tone_of(curve.tone)),
        f"{ranged(last, 6)} ",
        (spark(curve.values, curve.most, room), tone_of(curve.tone)),
    )


def _choice(choice: b.Choice, width: int) -> list[PaneRow]:
    mark: PaneRow = (("[x] " if choice.chosen else "[ ] ", "key"),)
    name, *more = wrapped(choice.name, max(width - 4, 8))
    tone: PaneTone = "" if choice.chosen else "dim"
    rows: list[PaneRow] = [(*mark, (name, tone)), *((("    " + line, tone),) for line in more)]
    return [*rows, *((("    " + line, "dim"),) for line in wrapped(choice.says, max(width - 4, 8)) if choice.says)]


def _table(table: b.Table, width: int, air: int) -> Iterable[tuple[list[PaneRow], str]]:
    """Heads where a column has one, then rows, each wrapped within its columns, and what stands beneath it."""
    is_headed = any(column.name for column in table.columns)
    between = 1 if is_headed and not air else 2 if not air or (len(table.columns) <= 2 and not is_headed) else BETWEEN
    sizes = _sizes(table, width, between)
    if between == BETWEEN and _is_cramped(table, sizes):
        sizes = _sizes(table, width, between := 1)
    columns = table.columns[: len(sizes)]
    if is_headed:
        heads = [b.Span(column.name, column.tone) for column in columns]
        yield _table_row(heads, columns, sizes, between), ""
    stops = air and any(each.notes for each in table.rows) and not any(column.is_number for column in columns)
    for number, each in enumerate(table.rows):
        if number and stops:
            yield [BLANK], ""
        yield [*_table_row(each.cells, columns, sizes, between), *_beneath(each, table, len(sizes), width)], each.key
    if table.legend:
        yield [*([BLANK] if air else ()), *wrapped_line(table.legend, width)], ""


def _is_cramped(table: b.Table, sizes: Sequence[int]) -> bool:
    """Whether prose is wrapped in a column of a few words."""
    return any(
        column.is_wide and size < 2 * LEAST and any(cells(each.cells[place].text) > size for each in table.rows)
        for place, (column, size) in enumerate(zip(table.columns, sizes, strict=False))
    )


def _beneath(of: b.Row, table: b.Table, shown: int, width: int) -> Iterable[PaneRow]:
    """What stands beneath a row, joined to it: what found no room beside it and has no head over it, then its notes."""
    left = () if any(column.name for column in table.columns) else of.cells[shown:]
    for place, note in enumerate((*((cell,) for cell in left if cell.text), *of.notes)):
        first, *more = wrapped_line(note, width - len(JOINED))
        yield (JOINED if place == 0 else " " * len(JOINED), tone_of(note[0].tone) if note else ""), *first
        yield from (((" " * len(JOINED), ""), *line) for line in more)


def _table_row(
    texts: Sequence[b.Span], columns: Sequence[b.Column], sizes: Sequence[int], between: int
) -> list[PaneRow]:
    lines = [wrapped(text.text, size) for text, size in zip(texts, sizes, strict=False)]
    if columns[0].is_wide and len(columns) > 1 and len(lines[0]) > 1:
        lines[0] = ["".join(piece for piece, _ in line) for line in _hanging((texts[0],), sizes[0])]
    rows: list[PaneRow] = []
    for number in range(max(map(len, lines), default=0)):
        pieces: list[Piece] = []
        for text, column, size, found in zip(texts, columns, sizes, lines, strict=False):
            line = found[number] if number < len(found) else ""
            pieces += [
                (ranged(line, size) if column.is_number else padded(line, size), tone_of(text.tone)),
                (" " * between, ""),
            ]
        rows.append(tuple(pieces[:-1]))
    return rows


def _sizes(table: b.Table, width: int, between: int) -> list[int]:
    """The widths of the columns that find room; those that hold prose share the rest.

    Where columns stand apart or hold numbers, none is wider than what it holds: across a gap, an eye loses the row.
    """
    is_headed = any(column.name for column in table.columns)
    fills = between != BETWEEN and not any(column.is_number for column in table.columns)
    for count in range(len(table.columns), 1, -1):
        natural = [
            max([cells(column.name), *(cells(each.cells[place].text) for each in table.rows)])
            for place, column in enumerate(table.columns[:count])
        ]
        wide = [place for place, column in enumerate(table.columns[:count]) if column.is_wide]
        rest = width - (count - 1) * between - sum(size for place, size in enumerate(natural) if place not in wide)
        needs = sum(min(LEAST, natural[place]) for place in wide)
        if len(wide) == 1 and not is_headed and natural[wide[0]] > FEW_ROWS * rest:
            needs = 2 * LEAST
        if rest >= needs:
            for left, place in reversed(list(enumerate(wide))):
                others = sum(natural[other] for other in wide[:left])
                share = min(natural[place], max(rest // (left + 1), rest - others))
                natural[place] = share if left or not fills else rest
                rest -= natural[place]
            return natural
    return [max(width, 2)]
