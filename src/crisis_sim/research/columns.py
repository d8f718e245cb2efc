"""What the tables of an export hold: their columns, each with its kind and what it says, and their cells.

The columns stand in `columns.csv`. The codebook and the data package are made from them, and the tables are checked
against them, so that none can say what the others do not.

Booleans are true and false, numbers have a point, what is not there is empty. Text is cleaned, and none begins a
formula in a spreadsheet: an apostrophe stands before what might, and is taken away again when a table is read back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.measures.decisions_made import FELL
from crisis_sim.rules.names import AUDIENCES, PURPOSES, SIDES, TAKERS, AnswerKind, Diplomacy, Level, Outcome, Visibility
from crisis_sim.spreadsheets import guarded
from crisis_sim.text import clean
from crisis_sim.wording import Say, _, plain

ColumnKind: TypeAlias = Literal["string", "integer", "number", "boolean", "date"]
ExportValue: TypeAlias = str | int | float | bool | None


class ExportColumn(NamedTuple):
    """One column."""

    name: str
    kind: ColumnKind
    description: str
    unit: str = ""
    minimum: float | None = None
    """The least that stands in it; None where there is no end."""
    maximum: float | None = None
    values: tuple[str, ...] = ()
    """The words that stand in it, if there are no others."""
    labels: tuple[tuple[int, str], ...] = ()
    """What its numbers mean."""

    @property
    def title(self) -> str:
        """Its name as people write it."""
        words = self.name.replace("_", " ").replace("china", "China")
        words = " ".join("US" if word == "us" else word for word in words.split())
        return words[:1].upper() + words[1:]

    def holds(self, say: Say = plain) -> str:
        """Which values stand in it and in which unit, in a few words; empty where nothing is to be said."""
        if self.labels:
            return say(", ").join(f"{value} {say(label)}" for value, label in self.labels)
        if self.values:
            return say(", ").join(self.values)
        unit = say(self.unit, "codebook")
        if self.minimum is None:
            return unit
        least, most = self.minimum, self.maximum
        ends = say("{least:g} or more", least=least)
        if most is not None:
            ends = say("{least:g} … {most:g}", least=least, most=most)
        return say("{ends} {unit}", ends=ends, unit=unit) if unit else ends


class Link(NamedTuple):
    """Columns that name a row of another table; each of their rows is there."""

    columns: tuple[str, ...]
    """Called the same in both."""
    table: str


TableForm: TypeAlias = Literal["csv", "parquet"]


class ExportTable(NamedTuple):
    """One table: a row for each of what `rows` says."""

    name: str
    rows: str
    columns: tuple[ExportColumn, ...]
    key: tuple[str, ...]
    """Columns that name a row."""
    links: tuple[Link, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def file(self, form: TableForm) -> str:
        """The name of its file."""
        return f"{self.name}.{form}"


_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "audiences": AUDIENCES,
    "takers": TAKERS,
    "purposes": PURPOSES,
    "fell": FELL,
    "sides": SIDES,
    "levels": get_args(Level),
    "diplomacy": get_args(Diplomacy),
    "visibilities": get_args(Visibility),
    "answers": get_args(AnswerKind),
    "outcomes": get_args(Outcome),
}
"""Words of the game, by what `columns.csv` calls them."""
_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "hostility": (
        *("-3 very friendly", "-2 friendly", "-1 rather friendly", "0 neutral"),
        *("1 rather hostile", "2 hostile", "3 very hostile"),
    ),
    "quads": ("1 words of cooperation", "2 deeds of cooperation", "3 words of conflict", "4 deeds of conflict"),
    "confidence": ("1 a guess", "2 not sure", "3 fairly sure", "4 certain"),
}
"""Numbers and what they mean, likewise."""


@cache
def _read() -> Mapping[str, tuple[ExportColumn, ...]]:
    """The columns of each table."""
    found: dict[str, tuple[ExportColumn, ...]] = {}
    text = files("crisis_sim.research").joinpath("columns.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found[row["table"]] = (*found.get(row["table"], ()), _column(row))
    return found


def _column(row: Mapping[str, str]) -> ExportColumn:
    least, most = (int(row[end]) if row[end] else None for end in ("least", "most"))
    words = row["words"]
    return ExportColumn(
        name=row["column"],
        kind=row["kind"],  # type: ignore[arg-type]  # as the tests hold the file to
        description=row["says"],
        unit=row["unit"],
        minimum=least,
        maximum=most,
        values=() if words in _LABELS else _WORDS.get(words, tuple(words.split())),
        labels=tuple(_labels(_LABELS.get(words, ()))),
    )


def _labels(told: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for each in told:
        number, _, label = each.partition(" ")
        yield int(number), label


def sheet(name: str, rows: str, *key: str, links: tuple[Link, ...] = ()) -> ExportTable:
    """The table of this name, with the columns that the file has for it."""
    return ExportTable(name, rows, _read()[name], key, links)


_OF_SESSION = Link(("session",), "sessions")
_OF_TURN = Link(("session", "turn"), "turns")
_OF_MOVE = Link(("session", "turn", "side", "order"), "moves")
_OF_PERSON = Link(("session", "person"), "people")

_EVENT: Final = "act that arrived, and for each side what took place because an act was accepted"

SHEETS: Final = (
    sheet("sessions", "session", "session"),
    sheet("people", "person at a seat whom the log knows", "session", "person", links=(_OF_SESSION,)),
    sheet("turns", "turn of a session; 0 is the start", "session", "turn", links=(_OF_SESSION,)),
    sheet("tracks", "track of a turn", "session", "turn", "track", links=(_OF_SESSION, _OF_TURN)),
    sheet("moves", "act", *_OF_MOVE.columns, links=(_OF_SESSION, _OF_TURN)),
    sheet("readings", "act that was read", *_OF_MOVE.columns, links=(_OF_SESSION, _OF_TURN, _OF_MOVE)),
    sheet(
        *("readings_alone", "act, and person who said alone how they take it", *_OF_MOVE.columns, "person"),
        links=(_OF_SESSION, _OF_TURN, _OF_MOVE, _OF_PERSON),
    ),
    sheet(
        *("forecasts", "forecast that came due", "session", "turn", "side", "forecast"), links=(_OF_SESSION, _OF_TURN)
    ),
    sheet("lines", "line of a side, or guess of one", "session", "side", "role", "number", links=(_OF_SESSION,)),
    sheet("beliefs", "belief that a side stated after a turn", "session", "turn", "side", links=(_OF_SESSION,)),
    sheet("decisions", "decision that a side was asked for", "session", "number", links=(_OF_SESSION,)),
    sheet("orders", "act in an order of offences", "session", "side", "role", "place", links=(_OF_SESSION,)),
    sheet("principles", "sentence that was put once play was over", "session", "number", links=(_OF_SESSION,)),
    sheet(
        "assets", "act that was made with a thing", "session", "turn", "side", "order", links=(_OF_SESSION, _OF_TURN)
    ),
    sheet(
        *("disclosures", "act that told what its side alone knew", *_OF_MOVE.columns),
        links=(_OF_SESSION, _OF_TURN, _OF_MOVE),
    ),
    sheet("undertakings", "thing that came to bind a side", "session", "number", links=(_OF_SESSION, _OF_TURN)),
    sheet(
        *("closer", "time that a side was asked what moved it closer", "session", "number"),
        links=(_OF_SESSION, _OF_TURN),
    ),
    sheet("talks", "call or meeting that was held", "session", "number", links=(_OF_SESSION, _OF_TURN, _OF_MOVE)),
    sheet("firings", "rule that applied", "session", "number", links=(_OF_SESSION, _OF_TURN)),
    sheet(
        *("cameo", f"event, as event data has it: an {_EVENT}", *_OF_MOVE.columns, "stage"),
        links=(_OF_SESSION, _OF_TURN, _OF_MOVE),
    ),
)
COLUMN_HEADS: Final = (_("column"), _("kind"), _("holds"), _("says"))
"""What a codebook tells of a column."""
BY_NAME: Final = {sheet.name: sheet for sheet in SHEETS}


LARGEST: Final = 2**63 - 1
"""The largest integer that a table holds."""


def head_of(sheet: ExportTable) -> str:
    """The first line of a table."""
    return ",".join(sheet.names) + "\n"


def lines_of(rows: Iterable[Iterable[ExportValue]]) -> str:
    """Rows as lines, each ended by LF. Raises ValueError for a number that no table holds."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(cell, row) for row in rows)
    return out.getvalue()


@lru_cache(maxsize=1 << 16, typed=True)  # the same few ids and numbers stand in most cells
def cell(value: ExportValue) -> str:
    """One value. Raises ValueError for a number that no table holds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(clean(value, lines=False).strip())
    if not -LARGEST <= value <= LARGEST:
        raise ValueError("a number is too large for a table")
    if isinstance(value, float):
        shown = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if shown == "-0" else shown
    return str(value)


def codebook(about: str, sheets: Iterable[tuple[ExportTable, str]], say: Say = plain) -> str:
    """A page that begins with what is to be said `about` all tables; each comes with the name of its file."""
    return "\n".join([f"# {say('Codebook')}\n", about, *(_table(sheet, file, say) for sheet, file in sheets)])


def _table(sheet: ExportTable, file: str, say: Say) -> str:
    words = {"what": say(sheet.rows, "codebook"), "columns": say(", ").join(sheet.key)}
    said = f"## {file}\n\n{say('A row for each {what}. A row is named by {columns}.', **words)}\n"
    rows = [
        f"| `{column.name}` | {column.kind} | {column.holds(say)} | {say(column.description, 'codebook')} |"
        for column in sheet.columns
    ]
    head = f"| {' | '.join(map(say, COLUMN_HEADS))} |"
    return "\n".join([said, head, "| --- | --- | --- | --- |", *rows]) + "\n"


def decimal(value: Fraction | None) -> float | None:
    """Six decimals."""
    return None if value is None else round(float(value), 6)
