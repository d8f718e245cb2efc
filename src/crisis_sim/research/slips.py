"""What is wrong with a query, in a sentence, with its place and the nearest name; from DuckDB's own account of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Spot, nearest, problem_at
from crisis_sim.research.columns import SHEETS
from crisis_sim.text import clean, clipped

if TYPE_CHECKING:
    from duckdb import Error

LISTS: Final = "`crisis-sim query --tables` lists tables and columns"
EXPORT: Final = "export the logs again"
CLOSED: Final = "a query reads these tables and nothing else: no files, no network, no settings"
READS: Final = "a query reads tables and changes nothing: it begins with SELECT, WITH or FROM"
_NO_COLUMN: Final = re.compile(r'Table "[^"]*" does not have a column named "([^"]*)"')
_LONGEST: Final = 300


class _Account(msgspec.Struct):
    """What DuckDB says; numbers are written as text, and most is missing most of the time."""

    exception_type: str = ""
    exception_message: str = ""
    error_subtype: str = ""
    type: str = ""
    name: str = ""
    candidates: str = ""
    location: str = ""


def slip(error: Error, sql: str, lead: int = 0) -> UnreadableInput:
    """What to say of `error`, which came of `sql` on a connection that gives errors as JSON.

    `lead` bytes stood before the query when it was run.
    """
    account = _account(str(error))
    if account.exception_type == "Permission" or "configuration has been locked" in account.exception_message:
        return UnreadableInput("query/closed", CLOSED + _excerpt(account, sql, lead), hint=LISTS)
    if account.exception_type == "Out of Memory":
        return memory_slip()
    if "read-only mode" in account.exception_message:
        return UnreadableInput("query/reads", READS, hint=LISTS)
    said, hint = _said(account)
    return UnreadableInput("query/sql", said + _excerpt(account, sql, lead), hint=hint)


def memory_slip() -> UnreadableInput:
    """What to say of a query that cannot be answered with so much memory."""
    said, hint = "the query needs more memory than it may have", "group or filter sooner, or take fewer columns"
    return UnreadableInput("query/memory", said, hint=hint)


def unlike(error: Error, path: Path) -> UnreadableInput:
    """What to say of a table's file that is not what an export writes."""
    name = clean(path.name, lines=False)
    if not path.is_file():
        return UnreadableInput("query/table", f"{name} is missing from the exported folder", hint=EXPORT)
    first = clean(_account(str(error)).exception_message.partition("\n")[0], lines=False)
    said = f"{name} does not hold what an export of this version writes ({clipped(first, _LONGEST)})"
    return UnreadableInput("query/table", said, hint=EXPORT)


def _account(message: str) -> _Account:
    kind, _, told = message.partition(": ")
    try:
        return msgspec.json.decode(told, type=_Account)
    except msgspec.MsgspecError:
        return _Account(exception_type=kind.removesuffix(" Error"), exception_message=told or message)


def _said(account: _Account) -> tuple[str, str]:
    """The sentence and the hint."""
    name = clipped(clean(account.name, lines=False), 60)
    if account.error_subtype == "MISSING_ENTRY" and account.type == "Table":
        return f"there is no table '{name}'", _near(name, (sheet.name for sheet in SHEETS))
    if account.error_subtype == "COLUMN_NOT_FOUND":
        return f"there is no column '{name}' in what the query reads", _column(name)
    if found := _NO_COLUMN.match(account.exception_message):
        name = clipped(clean(found[1], lines=False), 60)
        return f"there is no column '{name}' in that table", _column(name)
    if account.error_subtype == "MISSING_ENTRY" and account.type.endswith("Function"):
        near = account.candidates.partition(",")[0]
        return f"there is no function '{name}'", f"did you mean '{near}'?" if near else LISTS
    first = clipped(clean(account.exception_message.partition("\n")[0], lines=False), _LONGEST).rstrip("!. ")
    return f"the query cannot be answered: {first[:1].lower()}{first[1:]}", LISTS


def _near(name: str, choices: Iterable[str]) -> str:
    close = nearest(name, choices)
    return f"did you mean '{close}'?" if close else LISTS


def _column(name: str) -> str:
    """Where a column of this name is, or the nearest name."""
    tables = [sheet.name for sheet in SHEETS if name in sheet.names]
    if tables:
        return f"'{name}' is a column of {', '.join(tables)}"
    return _near(name, (column for sheet in SHEETS for column in sheet.names))


def _excerpt(account: _Account, sql: str, lead: int) -> str:
    """The line of the query with a caret under the place, if DuckDB names one; it counts in bytes."""
    numbers = re.fullmatch(r"\[([0-9]{1,9}),([0-9]{1,9})\]", account.location)
    if numbers is None:
        return ""
    start, width = max(0, int(numbers[1]) - lead), int(numbers[2])
    data = sql.encode()
    before = data[:start].decode(errors="ignore")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    under = len(data[start : start + width].decode(errors="ignore").partition("\n")[0])
    spot = Spot("", line, column, under, sql.split("\n")[line - 1])
    _, *shown = problem_at(spot, "error", "", code="query/sql").shown().split("\n")
    return "".join(f"\n{row}" for row in shown)
