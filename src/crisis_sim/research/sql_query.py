"""SQL over the tables of an export, with no way out of them.

A query is one statement that reads. It is tried on empty tables first, so that a slip shows before a thousand logs are
read. By the time that it runs, the tables are in memory and the database has shut files, network, extensions and
settings, for good, and nothing can be written. All of it, the trying too, is done in a process of its own, which is
killed at its end of time and has so much memory and no more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO, TypeAlias, TypeVar

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.research import duckdb_tables
from crisis_sim.research.columns import SHEETS, TableForm
from crisis_sim.research.confined import Confined, Died, TimeUp

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, StatementType

T = TypeVar("T")
AnswerRow: TypeAlias = tuple[Any, ...]  # Any: whatever a query makes of the columns
"""One row of an answer."""

MOST_THREADS: Final = 4
"""Each takes memory of its own; the tables are small."""
LONGEST_SQL: Final = 100_000
"""Characters of a query."""
_FETCHED: Final = 1_000


class QueryTask(NamedTuple):
    """A query, as it is handed to the process that answers it."""

    sql: str
    memory: int
    folder: Path | None = None
    """Where the tables are; None to try the query only."""
    form: TableForm = "csv"
    tell: Callable[[RunningQuery, TextIO], None] | None = None
    """Writes the answer; another process can be given it."""
    parquet: Path | None = None
    """The one file that can be written, and is not there yet."""


class Inquiry:
    """A process that tries a query, and then answers it."""

    def __init__(self, sql: str, seconds: float) -> None:
        """Each of both is done in so many seconds."""
        self._question = QueryTask(sql, _memory())
        self._seconds = seconds
        self._process = Confined(served, self._question.memory)

    def __enter__(self) -> Inquiry:
        self._process.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:  # Any: what a context is told at its end
        self._process.__exit__(*error)

    def check(self) -> None:
        """Nothing, if the query can be answered from these tables. Raises UnreadableInput where it cannot."""
        for _ in self._run_query(self._question):
            pass

    def answer(
        self, folder: Path, form: TableForm, tell: Callable[[RunningQuery, TextIO], None], parquet: Path | None = None
    ) -> Iterator[bytes]:
        """What `tell` writes of the answer, in UTF-8, as it comes. Raises UnreadableInput."""
        return self._run_query(self._question._replace(folder=folder, form=form, tell=tell, parquet=parquet))

    def _run_query(self, question: QueryTask) -> Iterator[bytes]:
        try:
            yield from self._process.answer(question, self._seconds)
        except TimeUp:
            sentence = Sentence("the query was not answered in {seconds:g} seconds", seconds=self._seconds)
            raise UnreadableInput(
                "query/time", sentence, hint="--seconds gives it more time; group or filter sooner"
            ) from None
        except Died:
            raise duckdb_tables.out_of_memory() from None


def _memory() -> int:
    """What a query may have, in bytes."""
    limit = duckdb_tables.MOST_MEMORY
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 2 * limit
    return min(limit, machine // 2)


def served(question: QueryTask, out: TextIO) -> None:
    """Try a question, or write its answer: what its own process does. Raises UnreadableInput."""
    try:
        if question.folder is None or question.tell is None:
            checked(question.sql, question.memory)
            return
        with asking(question) as answer:
            question.tell(answer, out)
    except MemoryError:
        raise duckdb_tables.out_of_memory() from None


class AnswerColumn(NamedTuple):
    """A column of an answer."""

    name: str
    type: str
    """As DuckDB calls it."""

    @property
    def is_number(self) -> bool:
        """Its values are numbers."""
        return self.type.startswith(("DECIMAL", "DOUBLE", "FLOAT")) or self.type.endswith(("INT", "INTEGER"))


def checked(sql: str, memory: int = duckdb_tables.MOST_MEMORY) -> str:
    """The query, once it can be answered from these tables. Raises UnreadableInput where it cannot."""
    from duckdb import Error, ParserException, StatementType

    if len(sql) > LONGEST_SQL:
        sentence, hint = (
            Sentence("a query has at most {most:,} characters", most=LONGEST_SQL),
            Sentence("say it shorter"),
        )
        raise UnreadableInput("query/long", sentence, hint=hint)
    with _database(memory) as duck:
        for table in SHEETS:
            duck.execute(duckdb_tables.created(table))
        duck.execute("PRAGMA disable_optimizer")  # it would reckon what does not hang on rows
        _shut(duck)
        try:
            kind = _only(duck, sql)
        except Error as error:
            raise duckdb_tables.query_mistake(error, sql) from None
        if kind == StatementType.SELECT:  # the columns that PIVOT makes are known only with its rows
            try:
                duck.execute(_EXPLAIN + sql)
            except ParserException:  # what cannot be explained, such as SHOW, can be asked
                pass
            except Error as error:
                raise duckdb_tables.query_mistake(error, sql, len(_EXPLAIN)) from None
    return sql


def _database(memory: int) -> DuckDBPyConnection:
    threads = str(min(MOST_THREADS, os.cpu_count() or 1))
    return duckdb_tables.connected(
        errors_as_json="true", memory_limit=f"{memory // 1024**2}MiB", temp_directory="", threads=threads
    )


_EXPLAIN: Final = "EXPLAIN "


def _only(duck: DuckDBPyConnection, sql: str) -> StatementType:
    """The kind of the one statement in `sql`, which reads. Raises UnreadableInput."""
    from duckdb import StatementType

    statements = duck.extract_statements(sql)
    if len(statements) != 1:
        sentence = Sentence("one query is answered at a time") if statements else Sentence("there is no query")
        raise UnreadableInput("query/one", sentence, hint='for example: "select * from sessions"')
    kind = statements[0].type
    if kind not in (StatementType.SELECT, StatementType.MULTI):
        raise UnreadableInput("query/reads", duckdb_tables.READS, hint=duckdb_tables.LISTS)
    return kind


def _shut(duck: DuckDBPyConnection) -> None:
    """Shut every way out, and let nothing be written."""
    duck.execute("SET enable_external_access = false")
    duck.execute("SET lock_configuration = true")
    duck.execute("BEGIN TRANSACTION READ ONLY")


@contextmanager
def asking(question: QueryTask) -> Iterator[RunningQuery]:
    """A way to ask a question that is `checked` of the tables in its folder.

    Raises UnreadableInput where the tables are not what an export writes.
    """
    folder, sql = question.folder or Path(), question.sql
    with _database(question.memory) as duck:
        _load(duck, folder, question.form, _list_table_names(duck, sql))
        if question.parquet is not None:
            duck.execute(f"SET allowed_paths = [{duckdb_tables.quoted(str(question.parquet))}]")
        _shut(duck)
        yield RunningQuery(duck, sql)


def _list_table_names(duck: DuckDBPyConnection, sql: str) -> Collection[str]:
    """The tables that `sql` names; all, where that cannot be said without them."""
    from duckdb import Error

    try:
        return duck.get_table_names(sql)
    except Error:
        return [table.name for table in SHEETS]


def _load(duck: DuckDBPyConnection, folder: Path, form: TableForm, names: Collection[str]) -> None:
    from duckdb import Error

    for table in SHEETS:
        duck.execute(duckdb_tables.created(table))
        if table.name not in names:
            continue
        try:
            duck.execute(f'INSERT INTO "{table.name}" {duckdb_tables.rows_in(table, folder, form)}')
        except Error as error:
            raise duckdb_tables.not_exported(error, folder / table.file(form)) from None


class RunningQuery:
    """A query at tables that are in memory, behind a shut door."""

    def __init__(self, duck: DuckDBPyConnection, sql: str) -> None:
        """The database is shut."""
        self._duck = duck
        self._sql = sql

    def heads(self) -> tuple[AnswerColumn, ...]:
        """Ask, and say what columns the answer has; two have never the same name. Raises UnreadableInput."""
        self._run(lambda: self._duck.execute(self._sql))
        used_names: set[str] = set()
        columns = []
        for name, kind, *_ in self._duck.description or ():
            number = 1
            own = name
            while own in used_names:
                own, number = f"{name}_{number}", number + 1
            used_names.add(own)
            columns.append(AnswerColumn(own, str(kind)))
        return tuple(columns)

    def rows(self) -> Iterator[AnswerRow]:
        """The rows of what was asked, as they come. Raises UnreadableInput."""
        while fetched := self._run(lambda: self._duck.fetchmany(_FETCHED)):
            yield from fetched

    def write_parquet(self, path: Path) -> None:
        """Ask, and write the answer to the file that may be written. Raises UnreadableInput."""
        self._run(lambda: self._duck.sql(self._sql).to_parquet(str(path), compression="zstd"))

    def _run(self, work: Callable[[], T]) -> T:
        from duckdb import Error

        try:
            return work()
        except Error as error:
            raise duckdb_tables.query_mistake(error, self._sql) from None
