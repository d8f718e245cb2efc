"""A log that somebody forged writes no formula, no escape and no wrong kind into a table, and stops no other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace

from crisis_sim.cli import main
from crisis_sim.research.columns import SHEETS, ExportTable
from crisis_sim.research.log_sources import Batch, Passed, SessionLines, WantedSessions, read
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.record import Entry, Header, chain_of, sealed_entry, sealed_header

TEXTS: tuple[str, ...] = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "\r\n=1", "＝1", "－1", "＠x", "'=1")
TEXTS += (" =1", "\x1b[31mred\x1b]0;x\x07", "<script>alert(1)</script>", "\u202ered", 'a,b"c\nd', "\x00=1", "\ufeff=1")
NUMBERS = (-(10**30), 2**63, 10**12, 1.5)
SEALED = {"prev", "hash", "seq", "kind", "format", "material", "parent"}
"""What makes a line a line of this log."""
FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
FOUL = re.compile("[\x00-\x1f\x7f-\x9f\u202e\ufeff]")
Path_ = tuple[str, ...]


def fields(value: object, path: Path_ = ()) -> Iterator[tuple[Path_, object]]:
    """Every text and number of a line, by its place; places in lists count as one."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in SEALED:
                yield from fields(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from fields(each, (*path, "[]"))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield path, value


def changed(value: Any, path: Path_, to: object) -> Any:
    """A line with everything at that place changed."""
    if not path:
        return to if isinstance(value, str) == isinstance(to, str) and value is not None else value
    if isinstance(value, dict):
        return {key: changed(each, path[1:], to) if key == path[0] else each for key, each in value.items()}
    if isinstance(value, list) and path[0] == "[]":
        return [changed(each, path[1:], to) for each in value]
    return value


def tree(record: Header | Entry) -> dict[str, Any]:
    plain = replace(record, material=Raw(b"{}")) if isinstance(record, Header) else record
    return msgspec.json.decode(msgspec.json.encode(plain), type=dict[str, Any])


def forged(log: Log, place: Path, path: Path_, to: object) -> Path | None:
    """The log with one place changed in all its lines and sealed anew; None where no log can hold that."""

    def bad(record: Any) -> Any:
        found = msgspec.json.decode(json.dumps(changed(tree(record), path, to)), type=type(record))
        return replace(found, material=record.material) if isinstance(record, Header) else found

    try:
        line, header = sealed_header(replace(bad(log.header), session=place.stem, hash=""))
        chain, lines, prev = chain_of(line), [line], header.hash
        for entry in log.entries:
            line, sealed = sealed_entry(replace(bad(entry), prev=prev, hash=""), chain)
            chain.add(line)
            lines.append(line)
            prev = sealed.hash
    except (msgspec.MsgspecError, TypeError, OverflowError):
        return None
    place.write_bytes(b"".join(lines))
    return place


@pytest.fixture(scope="module")
def forgeries(logs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A log for each place of a line and for what may stand there."""
    folder, log, texts = tmp_path_factory.mktemp("forged"), read_log(logs[0]), cycle(TEXTS)
    records: tuple[Header | Entry, ...] = (log.header, *log.entries)
    kinds = dict.fromkeys((path, type(value)) for record in records for path, value in fields(tree(record)))
    found: list[Path | None] = []
    for path, kind in kinds:
        values: Sequence[object] = [next(texts) for _ in range(3)] if kind is str else NUMBERS
        for value in values:
            found.append(forged(log, folder / f"{len(found)}.jsonl", path, value))
    for number, text in enumerate(TEXTS):
        found += [forged(log, folder / f"seed-{number}.jsonl", ("seed",), text)]
        found += [forged(log, folder / f"app-{number}.jsonl", ("app",), text)]
    return [path for path in found if path is not None]


def fits(sheet: ExportTable, row: list[str]) -> None:
    kinds: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "boolean": ("true", "false").index,
        "date": date.fromisoformat,
    }
    for column, cell in zip(sheet.columns, row, strict=True):
        if column.kind == "string":
            assert not FORMULA.match(cell) and not FOUL.search(cell), (column, cell)
        elif cell:
            kinds[column.kind](cell)


def test_every_field_of_a_log_is_inert_in_every_table(forgeries: list[Path]) -> None:
    """Whatever stands in it; a log that no session has written is passed over and named."""
    assert len(forgeries) > 100
    found = read(Batch(tuple(forgeries), WantedSessions(None, bots=True, unended=True)))
    parts = [part for part in found if isinstance(part, SessionLines)]
    assert len(parts) > 40 and any(isinstance(part, Passed) and part.is_damaged for part in found)
    for part in parts:
        for sheet in SHEETS:
            for row in csv.reader(io.StringIO(part.lines[sheet.name], newline="")):
                fits(sheet, row)
    for passed in found:
        assert not isinstance(passed, Passed) or not FOUL.search(passed.why)


def test_all_of_them_together_are_still_an_export(
    forgeries: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 names the bad ones; Parquet holds the cleaned text, and a query of either form says the same."""
    for form, options in (("csv", []), ("parquet", ["--parquet"])):
        out = ["-o", str(tmp_path / form), *options, "--workers", "1"]
        assert main(["export", *map(str, forgeries), "--bots", "--open", "--named", *out]) == 1
    capsys.readouterr()
    answers = []
    for form in ("csv", "parquet"):
        assert main(["query", "from sessions", str(tmp_path / form), "--format", "csv"]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]
    for row in list(csv.reader(io.StringIO(answers[0], newline="")))[1:]:
        fits(SHEETS[0], row)
    with duckdb.connect() as duck:
        seeds = {seed for (seed,) in duck.execute(f"select seed from '{tmp_path}/parquet/sessions.parquet'").fetchall()}
    assert {"=1+1", "-2", "＝1", "'=1", "red", "[31mred]0;x", "<script>alert(1)</script>"} <= seeds
    assert json.loads((tmp_path / "csv" / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["rows"] > 40
