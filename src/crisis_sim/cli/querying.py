"""What `crisis-sim query` reads, asks and prints."""

from __future__ import annotations

import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO, TypeAlias

from crisis_sim.cli.answer import answer, prose, table
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.research.columns import Column
    from crisis_sim.research.package import Form

Given: TypeAlias = Literal["text", "csv", "json", "parquet"]


class Who(NamedTuple):
    """Which sessions of logs are asked, as it was typed."""

    bots: bool
    named: bool
    key: Path | None
    dates: bool
    unended: bool


class Answer(NamedTuple):
    """What an answer is to be."""

    form: Literal["csv", "json", "parquet"] | None
    out: Path | None
    rows: int
    """Of a table to read."""
    force: bool
    """Write over a file that is there."""


def listed() -> int:
    """Print every table with its columns and what they say."""
    from crisis_sim.research.columns import SHEETS

    for sheet in SHEETS:
        head = f"{sheet.name}: a row for each {sheet.rows}. A row is named by {', '.join(sheet.key)}."
        answer(prose(head), table([(each.name, each.kind, _said(each)) for each in sheet.columns], 2) + "\n")
    return 0


def _said(column: Column) -> str:
    return f"{column.says} ({column.holds})" if column.holds else column.says


def asked(sql: str, what: Sequence[str], who: Who, to: Answer, workers: int | None, seconds: float) -> int:
    """Print or write the answer to `sql`; exit code 1 where a log could not be used."""
    from crisis_sim.research.extra import require

    require("`crisis-sim query`", "duckdb")
    from crisis_sim.playtest.crews import shielded
    from crisis_sim.research.asking import LONGEST_SQL, Inquiry

    form = _form(to)
    _check_numbers(to, seconds)
    inquiry = Inquiry(sys.stdin.read(LONGEST_SQL + 1) if sql == "-" else sql.encode(errors="replace").decode(), seconds)
    with ExitStack() as stack:
        with shielded():
            stack.enter_context(inquiry)
        inquiry.check()
        _check(what, to)
        folder, kind, is_whole = stack.enter_context(_tables(what, who, workers))
        _answer(partial(inquiry.answer, folder, kind), form, to)
    return 0 if is_whole else 1


def _form(to: Answer) -> Given:
    """What was asked for, or what the ending of a file says."""
    if to.form is None and to.out is not None:
        ending = to.out.suffix.removeprefix(".").lower()
        if ending not in ("csv", "json", "parquet"):
            said = Sentence("nothing says in which form {name} is to be written", name=clean(to.out.name, lines=False))
            raise UnreadableInput("usage/query", said, hint="--format csv, json or parquet")
        return "csv" if ending == "csv" else "json" if ending == "json" else "parquet"
    if to.form == "parquet" and to.out is None:
        said = Sentence("Parquet is nothing to print")
        raise UnreadableInput("usage/query", said, hint="name a file with --out")
    return to.form or "text"


def _check_numbers(to: Answer, seconds: float) -> None:
    if not (0 < to.rows < 10**12 and 0 < seconds < 10**6):
        said = Sentence("--rows and --seconds are at least 1, and finite")
        raise UnreadableInput("usage/query", said, hint="leave them out for what is usual")


def _check(what: Sequence[str], to: Answer) -> None:
    if not what:
        said = Sentence("nothing says which sessions are asked")
        raise UnreadableInput("usage/query", said, hint="name logs or a folder of logs, or a folder that export wrote")
    if to.out is not None and to.out.exists() and not to.force:
        said = Sentence("{out} is there already", out=clean(str(to.out), lines=False))
        raise UnreadableInput("output/exists", said, hint="name another with --out, or write over it with --force")


@contextmanager
def _tables(what: Sequence[str], who: Who, workers: int | None) -> Iterator[tuple[Path, Form, bool]]:
    """A folder of tables, their form, and whether every log could be used."""
    folders = [Path(name) for name in what if (Path(name) / "datapackage.json").is_file()]
    if folders:
        _refuse_others(folders[0], what, who)
        yield folders[0], "parquet" if (folders[0] / "sessions.parquet").is_file() else "csv", True
        return
    from crisis_sim.cli.logs import collect, logs_of
    from crisis_sim.cli.naming import key_of
    from crisis_sim.research.package import tables_in
    from crisis_sim.research.sources import Wanted

    wanted = Wanted(key_of(who.key, named=who.named), who.bots, who.unended, who.dates)

    with TemporaryDirectory(prefix="crisis-sim-") as name:
        with tables_in(Path(name)) as tables:
            passed = collect(logs_of(what), wanted, tables, workers)
        yield Path(name), "csv", not any(each.is_damaged for each in passed)


def _refuse_others(folder: Path, what: Sequence[str], who: Who) -> None:
    name = clean(str(folder), lines=False)
    if len(what) > 1:
        said = Sentence("{name} is an export, which is asked alone", name=name)
        raise UnreadableInput("usage/query", said, hint="export all the logs together, and ask that folder")
    if any(who):
        said = Sentence("who is in {name} was decided when it was exported", name=name)
        raise UnreadableInput(
            "usage/query", said, hint="give --bots, --named, --key, --dates and --open to `crisis-sim export`"
        )


def _answer(ask: Callable[..., Iterator[bytes]], form: Given, to: Answer) -> None:
    """Print or write what is answered, as it comes."""
    from crisis_sim.cli.results import write_csv, write_json, write_parquet, write_table

    if form == "parquet" and to.out is not None:
        with TemporaryDirectory(prefix="crisis-sim-") as made, _file(to.out) as path:
            made_there = Path(made) / "answer.parquet"
            _pass_on(ask(partial(write_parquet, path=made_there), made_there), sys.stdout)
            copyfile(made_there, path)
        return
    write = {"csv": write_csv, "json": write_json}.get(form) or partial(write_table, most=to.rows)
    if to.out is None:
        _pass_on(ask(write), sys.stdout)
    else:
        with _file(to.out) as path, path.open("w", encoding="utf-8", newline="") as file:
            _pass_on(ask(write), file)


def _pass_on(pieces: Iterator[bytes], out: TextIO) -> None:
    decoder = getincrementaldecoder("utf-8")("replace")
    for piece in pieces:
        out.write(decoder.decode(piece))


@contextmanager
def _file(out: Path) -> Iterator[Path]:
    """A hidden file that takes the name `out` when all is well. Raises UnreadableInput."""
    from crisis_sim.cli.ending import tell

    hidden = out.with_name(f".{out.name}.part")
    try:
        yield hidden
        hidden.replace(out)
    except OSError as error:
        reason = (error.strerror or "its name is not valid").lower()
        said = Sentence("{out} cannot be written: {reason}", out=clean(str(out), lines=False), reason=reason)
        raise UnreadableInput("output/unwritable", said, hint="name another with --out") from None
    finally:
        hidden.unlink(missing_ok=True)
    tell(f"wrote {out}")
