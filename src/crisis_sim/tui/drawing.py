"""Blocks of a page as renderables of Rich, which wraps and aligns them. No sentence is made here.

Foreign text becomes `Text` with explicit spans, so nothing in it is read as markup, and it is cleaned once more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from crisis_sim.pages import blocks as b
from crisis_sim.text import cells, clean
from crisis_sim.tui.themes import DEFAULT, PALETTES
from crisis_sim.wording import quote_text

TONE_COLOURS: Final[Mapping[b.Tone, str]] = {
    "": "text",
    "quiet": "dim",
    "strong": "strong",
    "us": "us",
    "china": "china",
    "good": "good",
    "bad": "bad",
    "new": "new",
}
BOLD_TONES: Final = frozenset({"strong", "us", "china", "new"})
INDENT: Final = 2
MAX_LEAD_CELLS: Final = 8
BAR_CELLS: Final = 10
SCALE_STEP: Final = 3
"""Cells from one place of a scale to the next."""
CHART_ROWS: Final = 8
CHART_CELLS: Final = 54
MAX_NAME_CELLS: Final = 30
MIN_NAME_CELLS: Final = 26
"""What a name in the first column of a table has at least; where there is less, the other columns stand beneath it."""
TABLE_GAP: Final = 2


class DrawnBlock(NamedTuple):
    """What is drawn in one piece; with a key it can be picked."""

    key: str
    body: RenderableType


class Ink:
    """Colours of a theme as styles."""

    def __init__(self, theme: str = DEFAULT) -> None:
        """Take the colours of a theme by its name."""
        self.colours = PALETTES.get(theme, PALETTES[DEFAULT])

    def style(self, tone: b.Tone, *, bold: bool | None = None) -> str:
        """The style of a tone."""
        is_bold = tone in BOLD_TONES if bold is None else bold
        return f"{'bold ' if is_bold else ''}{self.colours[TONE_COLOURS[tone]]}"

    def text(self, line: b.Spans | str, tone: b.Tone = "") -> Text:
        """A line with its tones; `tone` is that of pieces that have none."""
        spans = (b.Span(line),) if isinstance(line, str) else line
        pieces = ((clean(span.text, lines=True), self.style(span.tone or tone)) for span in spans)
        return Text.assemble(*pieces, overflow="fold")

    def label(self, text: str, colour: str) -> Text:
        """A plain text in a colour of the palette, such as a key."""
        return Text(clean(text, lines=False), f"bold {self.colours[colour]}")


def draw(blocks: Iterable[b.Block], ink: Ink, opens: Collection[str] = (), *, air: bool = False) -> list[DrawnBlock]:
    """A page in pieces: one for each block that can be opened, and one for what stands between those.

    With `air` a blank line stands between paragraphs.
    """
    page = list(blocks)
    leads = [cells(b.words(block.lead)) for block in page if isinstance(block, b.Paragraph) and block.lead]
    lead_cells = min(max(leads, default=0), MAX_LEAD_CELLS)
    pieces: list[DrawnBlock] = []
    place = 0
    while place < len(page):
        block = page[place]
        run = _run(page[place:])
        bodies = _bodies(run, ink, opens, lead_cells)
        if place and _is_apart(page[place - 1], block, air):
            pieces.append(DrawnBlock("", Text("")))
        pieces += bodies
        place += len(run)
    return _joined(pieces)


def _run(page: Sequence[b.Block]) -> Sequence[b.Block]:
    """The first block, with those after it that share a grid or a chart with it."""
    kind = type(page[0])
    if kind not in (b.MeterBar, b.Curve):
        return page[:1]
    return page[: next((n for n, block in enumerate(page) if type(block) is not kind), len(page))]


def _is_apart(upper: b.Block, lower: b.Block, air: bool) -> bool:
    """Whether a blank line stands between two blocks."""
    match upper, lower:
        case _, b.Heading():
            return not isinstance(upper, b.Heading)
        case (b.Heading(), _) | (b.Items(), b.Items()):
            return False
        case (b.Scale() | b.Curve() | b.Table(), _) | (_, b.Scale() | b.Curve() | b.Table()):
            return air
        case _:
            return air and not getattr(lower, "depth", 0)


def _joined(blocks: Sequence[DrawnBlock]) -> list[DrawnBlock]:
    """What can't be picked and stands together as one piece."""
    pieces: list[DrawnBlock] = []
    for piece in blocks:
        if pieces and not piece.key and not pieces[-1].key:
            pieces[-1] = DrawnBlock("", Group(pieces[-1].body, piece.body))
        else:
            pieces.append(piece)
    return pieces


def _bodies(run: Sequence[b.Block], ink: Ink, opens: Collection[str], lead_cells: int) -> list[DrawnBlock]:
    block = run[0]
    match block:
        case b.MeterBar():
            return _meters([meter for meter in run if isinstance(meter, b.MeterBar)], ink, opens)
        case b.Curve():
            return [DrawnBlock("", _chart([curve for curve in run if isinstance(curve, b.Curve)], ink))]
        case b.Table():
            return _table(block, ink, opens)
        case b.Paragraph():
            return [DrawnBlock(_key(block.key, opens), _paragraph(block, ink, lead_cells))]
        case b.Choice():
            name = ink.text(("[x] " if block.chosen else "[ ] ") + block.name, "strong" if block.chosen else "")
            body = Group(name, Padding(ink.text(block.note, "quiet"), (0, 0, 0, 4))) if block.note else name
            return [DrawnBlock(_key(block.key, opens), body)]
        case b.Heading():
            tone: b.Tone = block.tone or ("strong" if block.level < 3 else "")
            return [
                DrawnBlock("", Text(clean(block.text, lines=False), f"bold underline {ink.style(tone, bold=False)}"))
            ]
        case b.Items():
            grid = Grid.grid(padding=(0, 1))
            for number, item in enumerate(block.items, 1):
                grid.add_row(ink.text(f"{number}." if block.numbered else "•", "quiet"), ink.text(item))
            return [DrawnBlock("", Padding(grid, (0, 0, 0, INDENT * block.depth)))]
        case b.Quote():
            body = ink.text(quote_text(block.text), "strong")
            return [DrawnBlock("", Padding(body, (0, 0, 0, INDENT * (block.depth + 1))))]
        case b.Scale():
            return [DrawnBlock("", scale_grid(block, ink))]


def _key(key: str, opens: Collection[str]) -> str:
    return key if key in opens else ""


def _paragraph(block: b.Paragraph, ink: Ink, lead_cells: int) -> RenderableType:
    body: RenderableType = ink.text(block.line)
    if block.lead:
        grid = Grid.grid(padding=(0, 1))
        grid.add_column(width=lead_cells)
        grid.add_row(ink.text(block.lead, "quiet"), body)
        body = grid
    return Padding(body, (0, 0, 0, INDENT * block.depth)) if block.depth else body


def bar(value: int, low: int, high: int) -> str:
    """How much there is of something, as a row of full and empty cells."""
    full = round(BAR_CELLS * min(max((value - low) / (high - low), 0), 1))
    return "▮" * full + "▯" * (BAR_CELLS - full)


def _meters(meters: Sequence[b.MeterBar], ink: Ink, opens: Collection[str]) -> list[DrawnBlock]:
    """Meters in a grid: name, bar, value; a row that can be picked is a piece of its own."""
    has_bars = any(meter.maximum > meter.minimum for meter in meters)
    longest_name = max(cells(meter.name) for meter in meters)
    has_long_names = longest_name > max(cells(b.words(meter.text)) for meter in meters)
    pieces = []
    for meter in meters:
        grid = Grid.grid(padding=(0, 1), expand=True)
        grid.add_column(ratio=3 if has_long_names else 2)
        if has_bars:
            grid.add_column(width=BAR_CELLS, no_wrap=True)
        grid.add_column(ratio=2 if has_long_names else 3)
        name = ink.text((*meter.lead, b.Span(meter.name)))
        text = ink.text(meter.text)
        if meter.note:
            text = Text("\n").join([text, ink.text(meter.note, "quiet")])
        tone = meter.text[0].tone if meter.text else ""
        level = (
            ink.text(bar(meter.value, meter.minimum, meter.maximum), tone)
            if meter.maximum > meter.minimum
            else Text("")
        )
        grid.add_row(*((name, level, text) if has_bars else (name, text)))
        pieces.append(DrawnBlock(_key(meter.key, opens), grid))
    return pieces


def track_text(value: int | None, low: int, high: int, step: int = SCALE_STEP) -> str:
    """The places of a scale with a dot on one; a bar marks zero."""
    places = ("●" if place == value else "│" if place == 0 and low < 0 else "·" for place in range(low, high + 1))
    return (" " * (step - 1)).join(places)


def scale_grid(scale: b.Scale, ink: Ink) -> RenderableType:
    """Marks on one scale under each other: name, place, and the place in words."""
    step = SCALE_STEP if scale.maximum - scale.minimum < 8 else 2
    track_cells = step * (scale.maximum - scale.minimum) + 1
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(width=min(max(cells(mark.name) for mark in scale.marks), MAX_NAME_CELLS))
    grid.add_column(no_wrap=True)
    for mark in scale.marks:
        track = track_text(mark.value, scale.minimum, scale.maximum, step)
        grid.add_row(ink.text(mark.name, mark.tone), ink.text(track, "strong"), ink.text(mark.text))
    start, end = scale.ends
    gap = max(track_cells - cells(start) - cells(end), 2)
    grid.add_row("", ink.text(start + " " * gap + end, "quiet"))
    return grid


def _chart(curves: Sequence[b.Curve], ink: Ink) -> RenderableType:
    """Curves that have a letter in one line chart whose range is that of the data, then each in words."""
    rows: list[RenderableType] = []
    lettered = [curve for curve in curves if curve.letter and len(curve.values) > 1]
    if lettered:
        rows.append(line_chart(lettered, ink))
    grid = Grid.grid(padding=(0, 2))
    for curve in curves:
        name = f"{curve.letter}  {curve.name}" if curve.letter else curve.name
        grid.add_row(ink.text(name, curve.tone), ink.text(" → ".join(curve.labels)))
    return Group(*rows, grid)


def line_chart(curves: Sequence[b.Curve], ink: Ink) -> Text:
    """Lines over turns, each with its letter where a turn is; the numbers at the left are the ends of the range."""
    values = [value for curve in curves for value in curve.values]
    low, high = min(values), max(values)
    span, turns = max(high - low, 1), len(curves[0].values)
    step = max((CHART_CELLS - 1) // max(turns - 1, 1), 1)
    marks: dict[tuple[int, int], tuple[str, b.Tone]] = {}
    for curve in curves:
        for place, value in enumerate(curve.values[:-1]):
            for part in range(step):
                between = value + (curve.values[place + 1] - value) * part / step
                row = round((CHART_ROWS - 1) * (high - between) / span)
                marks.setdefault((row, place * step + part), ("·", curve.tone))
        for place, value in enumerate(curve.values):
            marks[round((CHART_ROWS - 1) * (high - value) / span), place * step] = (curve.letter, curve.tone)
    text = Text()
    for row in range(CHART_ROWS):
        edge = high if row == 0 else low if row == CHART_ROWS - 1 else None
        text.append(f"{'' if edge is None else round(edge / 100):>5} ", ink.style("quiet"))
        for column in range(step * (turns - 1) + 1):
            mark, tone = marks.get((row, column), (" ", ""))
            text.append(mark, ink.style(tone, bold=mark != "·"))
        text.append("\n")
    text.append(" " * 6 + "".join(f"{turn:<{step}}" for turn in range(turns)).rstrip(), ink.style("quiet"))
    return text


class TableRow:
    """A row of a table as a grid; where its first column would have no room for words, the others stand beneath it."""

    def __init__(self, grid: Grid, texts: Sequence[Text], notes: Sequence[Text], beneath: Text | None, min_cells: int):
        """The cells side by side, the notes below them, and the other cells for `beneath`, None of a head."""
        self.grid, self.texts, self.notes, self.beneath = grid, texts, notes, beneath
        self.min_cells = min_cells

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw what fits into the width."""
        if options.max_width >= self.min_cells:
            yield self.grid
        elif self.beneath is not None:
            yield self.texts[0]
            yield Padding(self.beneath, (0, 0, 0, INDENT))
        yield from self.notes


def _table(table: b.Table, ink: Ink, opens: Collection[str]) -> list[DrawnBlock]:
    """Rows under heads; rows that can be picked are grids of their own with columns of the same widths."""
    columns = [
        max((cells(line) for text in (column.name, *(row.cells[pos].text for row in table.rows if pos < len(row.cells)))
             for line in text.split("\n")), default=0)
        for pos, column in enumerate(table.columns)
    ]  # fmt: skip
    wide = next((pos for pos, column in enumerate(table.columns) if column.is_wide), len(columns) - 1)
    others = [min(size, MAX_NAME_CELLS) + TABLE_GAP for pos, size in enumerate(columns) if pos != wide]
    min_cells = 0 if wide else min(columns[0], MIN_NAME_CELLS) + sum(others)

    def row_of(texts: Sequence[Text], notes: Sequence[Text] = (), *, is_head: bool = False) -> TableRow:
        grid = Grid.grid(padding=(0, TABLE_GAP), expand=True)
        for pos, column in enumerate(table.columns):
            is_wide = column.is_wide or pos == wide
            size = None if is_wide else min(columns[pos], MAX_NAME_CELLS)
            grid.add_column(width=size, ratio=1 if is_wide else None, justify="right" if column.is_number else "left")
        grid.add_row(*texts)
        named = [
            Text.assemble(ink.text(f"{column.name} " if column.name else "", "quiet"), text)
            for column, text in zip(table.columns[1:], texts[1:], strict=False)
            if text.plain.strip()
        ]
        return TableRow(grid, texts, notes, None if is_head else Text(" " * (TABLE_GAP + 1)).join(named), min_cells)

    pieces: list[DrawnBlock] = []
    if any(column.name for column in table.columns):
        heads = [ink.text(column.name, column.tone or "quiet") for column in table.columns]
        pieces.append(DrawnBlock("", row_of(heads, is_head=True)))
    for row in table.rows:
        texts, notes = [ink.text((cell,)) for cell in row.cells], [ink.text(note, "quiet") for note in row.notes]
        if notes and texts and wide:
            place = min(wide, len(texts) - 1)
            texts[place], notes = Text("\n").join([texts[place], *notes]), []
        pieces.append(DrawnBlock(_key(row.key, opens), row_of(texts, notes)))
    if table.legend:
        pieces.append(DrawnBlock("", ink.text(table.legend, "quiet")))
    return pieces
