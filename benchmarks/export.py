"""Thousands of sessions as tables: exporting them, beside DuckDB reading the same lines and knowing nothing of them.

DuckDB's reading is the peer: it parses each line's JSON with its types stated, takes the kind of every event out of it
and counts the acts. `export` also reckons every hash, brings each session back event by event, measures it, and writes
nine tables. `export --parquet` stands beside `export`, and a query of an export beside one of its logs. Bots play the
logs, unsynced, into a temporary folder. `python -m benchmarks.export 200` does with 200 logs, and with a folder after
the number those that are there are used again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest import mock

import duckdb
from benchmarks.table import Row, best, show

from crisis_sim.cli import main as cli
from crisis_sim.content.load import load_material
from crisis_sim.playtest.experiment import keep
from crisis_sim.playtest.game import Bots, pairings, table_for
from crisis_sim.playtest.workers import cores, local_pool

LOGS, ROUNDS, SHARE = 2_000, 3, 25
SCENARIO, LENGTH = "bottomed-submarine", 150
QUERY = "select side, avg(intent), count(*) from moves group by side"
LARGEST_LINE = 64 * 1024 * 1024


def played(folder: Path, runs: Sequence[int]) -> None:
    """Logs of sessions of bots, drawn as `playtest` draws them."""
    table, drawn = table_for(load_material(SCENARIO), length=LENGTH), pairings("mix")
    with mock.patch.object(os, "fdatasync"), mock.patch("crisis_sim.playtest.experiment.verify"):
        for run in runs:
            keep(folder, f"run-{run}", table, Bots(*drawn.bots_for("bench", run), 20), seed=f"bench-{run}")


def made(folder: Path, logs: int) -> None:
    """All logs that are not there, by all cores."""
    missing = [run for run in range(1, logs + 1) if not (folder / f"run-{run}.jsonl").exists()]
    with local_pool(cores()) as pool:
        stretches = [missing[at : at + SHARE] for at in range(0, len(missing), SHARE)]
        for future in [pool.executor.submit(played, folder, stretch) for stretch in stretches]:
            future.result()


def parsed(folder: Path) -> tuple[int, int]:
    """How many entries DuckDB finds in the lines, and how many acts were sent."""
    lines = f"""read_ndjson('{folder}/*.jsonl', maximum_object_size = {LARGEST_LINE}, columns = {{
        seq: 'BIGINT', time: 'BIGINT', away: 'BIGINT', seat: 'VARCHAR', action: 'STRUCT(kind VARCHAR)',
        events: 'STRUCT(kind VARCHAR)[]', prev: 'VARCHAR', hash: 'VARCHAR'}})"""
    with duckdb.connect() as duck:
        duck.execute(
            f"""select count(seq), sum(len(list_filter(events, lambda e: e.kind = 'act-sent'))), max(hash), max(prev),
                max(time), max(seat), max(action.kind) from {lines}"""
        )
        entries, acts, *_ = duck.fetchone() or (0, 0)
    return entries, acts


def told(*arguments: str) -> str:
    """What a command of crisis-sim prints."""
    with redirect_stdout(StringIO()) as out:
        assert cli(list(arguments)) == 0
    return out.getvalue()


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """The seconds that `work` takes."""

    def run() -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    return run


def main(logs: int = LOGS, kept: Path | None = None) -> None:
    """Make the logs and print the table."""
    with TemporaryDirectory(prefix="crisis-sim-") as name:
        folder, number = kept or Path(name) / "logs", count()
        folder.mkdir(exist_ok=True)
        made(folder, logs)

        def export(*options: str) -> Path:
            out = Path(name) / f"out-{next(number)}"
            told("export", str(folder), "-o", str(out), "--bots", *options)
            return out

        entries, acts = parsed(folder)
        table, columns = export(), export("--parquet")
        assert f"{acts:,} acts" in told("export", str(folder), "-o", str(table), "--bots", "--force")
        works: dict[str, Callable[[], object]] = {
            "DuckDB parses the lines and counts acts": lambda: parsed(folder),
            "export": export,
            "export with one worker": lambda: export("--workers", "1"),
            "export --parquet": lambda: export("--parquet"),
            "query of the logs": lambda: told("query", QUERY, str(folder), "--bots"),
            "query of the export as CSV": lambda: told("query", QUERY, str(table)),
            "query of the export as Parquet": lambda: told("query", QUERY, str(columns)),
        }
        seconds = best({what: timed(work) for what, work in works.items()}, ROUNDS)
        megabytes = sum(path.stat().st_size for path in folder.glob("*.jsonl")) / 1e6
        sizes = [sum(path.stat().st_size for path in each.glob(f"*.{e}")) / 1e6 for each, e in _forms(table, columns)]
    peer = next(iter(seconds.values()))
    show(
        f"{logs:,} logs of {entries:,} entries and {acts:,} acts, {megabytes:,.0f} MB",
        [Row(what, f"{taken:.2f} s", taken / peer) for what, taken in seconds.items()],
        "× DuckDB",
        f"on {cores()} cores; {entries / seconds['export'] / 1000:,.0f},000 entries a second are exported; "
        f"the tables take {sizes[0]:.1f} MB as CSV and {sizes[1]:.1f} MB as Parquet",
    )


def _forms(table: Path, columns: Path) -> tuple[tuple[Path, str], ...]:
    return (table, "csv"), (columns, "parquet")


if __name__ == "__main__":
    main(*(of(given) for of, given in zip((int, Path), sys.argv[1:], strict=False)))
