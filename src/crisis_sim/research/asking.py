"""SQL over the tables of an export, with no way out of them.

A query is one statement that reads. It is tried on empty tables first, so that a slip shows before a thousand logs are
read. By the time that it runs, the tables are in memory and the database has shut files, network, extensions and
settings, for good. Memory and time are bounded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.research.columns import SHEETS
from crisis_sim.research.duck import connected, created, quoted, rows_in
from crisis_sim.research.package import Form, file_of
from crisis_sim.research.slips import LISTS, slip, unlike

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, StatementType

T = TypeVar("T")
Answered: TypeAlias = tuple[Any, ...]  # Any: whatever a query makes of the columns
"""One row of an answer."""

MOST_MEMORY: Final = 4 * 1024**3
"""Bytes for the tables and for what a query makes of them; at most half of what the machine has."""
LONGEST_SQL: Final = 100_000
"""Characters of a query."""
_FETCHED: Final = 1_000


class Head(NamedTuple):
    """A column of an answer."""

    name: str
    type: str
    """As DuckDB calls it."""

    @property
    def is_number(self) -> bool:
        """Its values are numbers."""
        return self.type.startswith(("DECIMAL", "DOUBLE", "FLOAT")) or self.type.endswith(("INT", "INTEGER"))


def checked(sql: str) -> str:
    """The query, once it can be answered from these tables. Raises UnreadableInput where it cannot."""
    from duckdb import Error, ParserException, StatementType

    if len(sql) > LONGEST_SQL:
        said, hint = f"a query has at most {LONGEST_SQL:,} characters", "say it shorter"
        raise UnreadableInput("query/long", said, hint=hint)
    with connected(errors_as_json="true", memory_limit="256MB", temp_directory="") as duck:
        for sheet in SHEETS:
            duck.execute(created(sheet))
        _shut(duck)
        try:
            kind = _only(duck, sql)
        except Error as error:
            raise slip(error, sql) from None
        if kind == StatementType.SELECT:  # the columns that PIVOT makes are known only with its rows
            try:
                duck.execute(_EXPLAIN + sql)
            except ParserException:  # what cannot be explained, such as SHOW, can be asked
                pass
            except Error as error:
                raise slip(error, sql, len(_EXPLAIN)) from None
    return sql


_EXPLAIN: Final = "EXPLAIN "


def _only(duck: DuckDBPyConnection, sql: str) -> StatementType:
    """The kind of the one statement in `sql`, which reads. Raises UnreadableInput."""
    from duckdb import StatementType

    statements = duck.extract_statements(sql)
    if len(statements) != 1:
        said = "one query is answered at a time" if statements else "there is no query"
        raise UnreadableInput("query/one", said, hint='for example: "select * from sessions"')
    kind = statements[0].type
    if kind not in (StatementType.SELECT, StatementType.MULTI):
        said = "a query reads tables and changes nothing: it begins with SELECT, WITH or FROM"
        raise UnreadableInput("query/reads", said, hint=LISTS)
    return kind


def _shut(duck: DuckDBPyConnection) -> None:
    """Shut every way out."""
    duck.execute("SET enable_external_access = false")
    duck.execute("SET lock_configuration = true")


@contextmanager
def asking(folder: Path, form: Form, sql: str, seconds: float, *, parquet: bool = False) -> Iterator[Asking]:
    """A way to ask `sql`, which is `checked`, of the tables in `folder`; an answer is done in so many seconds.

    With `parquet`, the answer can be written as such. Raises UnreadableInput where the tables are not what an export
    writes.
    """
    with (
        TemporaryDirectory(prefix="crisis-sim-") as made,
        connected(errors_as_json="true", memory_limit=_memory(), temp_directory="") as duck,
        ThreadPoolExecutor(1) as thread,
    ):
        out = Path(made) / "answer.parquet"
        watch = _Watch(duck, thread, seconds)
        watch.over(lambda: _load(duck, folder, form, _named(duck, sql)))
        if parquet:
            duck.execute(f"SET allowed_paths = [{quoted(str(out))}]")
        _shut(duck)
        yield Asking(duck, sql, out, watch)


def _memory() -> str:
    """What a query may have, as DuckDB writes it."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else MOST_MEMORY
    return f"{min(MOST_MEMORY, machine // 2) // 1024**2}MiB"


def _named(duck: DuckDBPyConnection, sql: str) -> Collection[str]:
    """The tables that `sql` names; all, where that cannot be said without them."""
    from duckdb import Error

    try:
        return duck.get_table_names(sql)
    except Error:
        return [sheet.name for sheet in SHEETS]


def _load(duck: DuckDBPyConnection, folder: Path, form: Form, names: Collection[str]) -> None:
    from duckdb import Error

    for sheet in SHEETS:
        duck.execute(created(sheet))
        if sheet.name not in names:
            continue
        try:
            duck.execute(f'INSERT INTO "{sheet.name}" {rows_in(sheet, folder, form)}')
        except Error as error:
            raise unlike(error, folder / file_of(sheet, form)) from None


class _Watch:
    """Waits for the database, and stops it when time is up or at ctrl+c."""

    def __init__(self, duck: DuckDBPyConnection, thread: ThreadPoolExecutor, seconds: float) -> None:
        self._duck = duck
        self._thread = thread
        self._seconds = seconds
        self._end = monotonic() + seconds

    def over(self, work: Callable[[], T]) -> T:
        """What `work`, which asks the database, gives. Raises CrisisSimError when time is up."""
        future = self._thread.submit(work)
        try:
            return future.result(max(0.0, self._end - monotonic()))
        except TimeoutError:
            self._stop(future)
            said = f"the query was not answered in {self._seconds:g} seconds"
            hint = "--seconds gives it more time; group or filter sooner"
            raise CrisisSimError("query/time", said, hint=hint) from None
        except BaseException:
            self._stop(future)
            raise

    def _stop(self, future: Future[T]) -> None:
        """Interrupt the database until it has heard it."""
        while not future.done():
            self._duck.interrupt()
            wait((future,), timeout=0.05)


class Asking:
    """A query at tables that are in memory, behind a shut door."""

    def __init__(self, duck: DuckDBPyConnection, sql: str, out: Path, watch: _Watch) -> None:
        """`out` is the one file that can be written, and is not there yet."""
        self._duck = duck
        self._sql = sql
        self._out = out
        self._watch = watch

    def heads(self) -> tuple[Head, ...]:
        """Ask, and say what columns the answer has; two have never the same name. Raises UnreadableInput."""
        self._over(lambda: self._duck.execute(self._sql))
        taken: set[str] = set()
        found = []
        for name, kind, *_ in self._duck.description or ():
            number = 1
            own = name
            while own in taken:
                own, number = f"{name}_{number}", number + 1
            taken.add(own)
            found.append(Head(own, str(kind)))
        return tuple(found)

    def rows(self) -> Iterator[Answered]:
        """The rows of what was asked, as they come. Raises UnreadableInput and CrisisSimError."""
        while fetched := self._over(lambda: self._duck.fetchmany(_FETCHED)):
            yield from fetched

    def parquet(self) -> Path:
        """Ask, and write the answer to a file that is gone with the asking. Raises UnreadableInput."""
        self._over(lambda: self._duck.sql(self._sql).to_parquet(str(self._out), compression="zstd"))
        return self._out

    def _over(self, work: Callable[[], T]) -> T:
        from duckdb import Error

        try:
            return self._watch.over(work)
        except Error as error:
            raise slip(error, self._sql) from None
