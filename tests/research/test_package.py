"""An export is what its data package says it is, and reads back as that in the tools that people use."""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pytest
from tests.docs_made.pages import ROOT
from tests.research.made import KEY, PEOPLE, played, sources
from tests.thinning import one_in

from crisis_sim.cli import main
from crisis_sim.research.columns import SHEETS, ExportColumn, ExportTable, ExportValue, TableForm, codebook, lines_of
from crisis_sim.research.duckdb_tables import write_parquet
from crisis_sim.research.export_rows import ExportRow, rows_of
from crisis_sim.research.log_sources import SessionLines, strewn
from crisis_sim.research.package import tables_in, write_descriptions
from crisis_sim.wording import speaker

Captured = pytest.CaptureFixture[str]
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")


@pytest.fixture(scope="module", params=one_in(2, ["csv", "parquet"]))
def package(
    request: pytest.FixtureRequest, logs: list[Path], longer: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An export of either form: sessions of people and of bots, of every length, with an offence card and without."""
    folder = tmp_path_factory.mktemp(request.param)
    bots = played(folder / "bots.jsonl")
    longest = folder / "longest.jsonl"
    play = ["play", "polar-rescue", "--us", "curious", "--china", "reckless", "--seed", "2", "--length", "150"]
    assert main([*play, "--offence-card", "none", "--log", str(longest)]) == 0
    options = ["--bots", "--dates", *(["--parquet"] if request.param == "parquet" else [])]
    assert main(["export", *map(str, [*logs, longer, bots, longest]), "-o", str(folder / "out"), *options]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def exported(logs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `export` is one, as CSV."""
    folder = tmp_path_factory.mktemp("docs")
    key = ["--key", str(key_file(folder)), "--dates"]
    assert main(["export", *map(str, logs), "-o", str(folder / "export"), *key]) == 0
    return folder


@pytest.fixture(scope="module")
def rows(logs: list[Path]) -> dict[str, list[ExportRow]]:
    """What is in it."""
    found: dict[str, list[ExportRow]] = {sheet.name: [] for sheet in SHEETS}
    for source in sources(strewn(logs, PEOPLE.key), PEOPLE._replace(dates=True)):
        for name, more in rows_of(source).items():
            found[name] += more
    return found


def key_file(folder: Path) -> Path:
    path = folder / "names.key"
    path.write_text(KEY, encoding="utf-8")
    return path


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def rows_in(path: Path) -> list[Mapping[str, object]]:
    """The rows of a file, by DuckDB for Parquet; empty is None."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]
    with duckdb.connect() as duck:
        names = [name for name, *_ in duck.execute(f"describe from '{path}'").fetchall()]
        return [dict(zip(names, row, strict=True)) for row in duck.execute(f"from '{path}'").fetchall()]


def names_in(path: Path) -> list[str]:
    """The columns of a file, which it has without rows too."""
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    with duckdb.connect() as duck:
        return [name for name, *_ in duck.execute(f"describe from '{path}'").fetchall()]


def problems(folder: Path) -> list[tuple[str, str]]:
    """What frictionless finds wrong: with the description, and with each table by it."""
    longest = csv.field_size_limit()
    report = frictionless.validate(str(folder / "datapackage.json"))
    csv.field_size_limit(longest)  # it lifts that for whoever reads a table after it
    return [
        (error.type, error.message) for error in (*report.errors, *(e for task in report.tasks for e in task.errors))
    ]


def test_a_package_is_valid_in_either_form(package: Path) -> None:
    """By Frictionless Data's own program: its form, every kind and constraint, every key, and every link."""
    assert problems(package) == []
    found = described(package)
    assert sum(len(resource["schema"]["foreignKeys"]) for resource in found["resources"]) >= 14
    assert all(resource["schema"]["primaryKey"] for resource in found["resources"])


@pytest.mark.parametrize("form", one_in(2, ["csv", "parquet"]))
def test_a_package_is_valid_whatever_is_missing_in_it(form: TableForm, tmp_path: Path) -> None:
    """Every column but those that name a row, or a row of another table, can be empty beside values and by itself."""
    (tmp_path / "written").mkdir()
    (tmp_path / "out").mkdir()
    lines: dict[str, str] = {}
    for sheet in SHEETS:
        named = {*sheet.key, *(name for link in sheet.links for name in link.columns)}
        lines[sheet.name] = lines_of(
            [some_value(column, session) if has_all or column.name in named else None for column in sheet.columns]
            for session, has_all in (("s1", False), ("s2", True))
        )
    with tables_in(tmp_path / "written") as tables:
        tables.add(SessionLines(Path(), "", lines, dict.fromkeys(lines, 2), ()))
    if form == "parquet":
        write_parquet(tmp_path / "written", tmp_path / "out")
    folder = tmp_path / ("out" if form == "parquet" else "written")
    write_descriptions(folder, tables.rows, keeps_ids=True, form=form, licence="notspecified")
    assert problems(folder) == []


def some_value(column: ExportColumn, session: str) -> ExportValue:
    """A value that may stand in a column."""
    if column.name in ("session", "parent"):
        return session
    if column.values:
        return column.values[0]
    values: dict[str, ExportValue] = {"string": "a", "integer": 1, "number": 0.5, "boolean": True, "date": "2026-11-24"}
    return values[column.kind]


SPOILT = (
    ("moves", r"(,(?:private|public),(?:[^,\n]*,){4})(-?[0-3]),", r"\g<1>7,", "constraint-error", 'cell "7"'),
    ("moves", r",(private|public),", ",secret,", "constraint-error", 'cell "secret"'),
    ("turns", r"\n(s[0-9a-f]{10}),,1,", r"\n\1,,x,", "type-error", 'cell "x"'),
    ("readings", r"\ns[0-9a-f]{10},", "\ns0123456789,", "foreign-key", 'values "s0123456789" not found'),
    ("sessions", r"\n(s[0-9a-f]{10},[^\n]*)\n", r"\n\1\n\1\n", "primary-key", "the same as in the row"),
)


def test_what_does_not_belong_in_a_table_is_found(exported: Path, tmp_path: Path) -> None:
    """A number off its scale, another word, text for a number, a row without its session, a row that is there twice."""
    for path in (exported / "export").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for table, was, bad, _, _ in SPOILT:
        file = tmp_path / f"{table}.csv"
        text, times = re.subn(was, bad, file.read_text(encoding="utf-8"), count=1)
        assert times == 1
        file.write_text(text, encoding="utf-8", newline="")
    found = problems(tmp_path)
    for _, _, _, kind, shown in SPOILT:
        assert [each for each, message in found if each == kind and shown in message], kind


def test_a_package_says_what_people_need_to_use_it(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """Labels, units and scales of columns, the version of the tables, how they are cited, and a licence if given."""
    options = ["--licence", "CC-BY-4.0"]
    assert main(["export", *map(str, logs), "-o", str(tmp_path / "out"), *options]) == 0
    found = described(tmp_path / "out")
    assert found["licenses"] == [{"name": "CC-BY-4.0"}]
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", found["version"]) and found["version"] in found["citation"]
    fields = {(r["name"], f["name"]): f for r in found["resources"] for f in r["schema"]["fields"]}
    assert all(field["title"] for field in fields.values())
    bias = fields["sessions", "bias_us"]
    assert (bias["title"], bias["unit"], bias["constraints"]) == ("Bias US", "steps", {"minimum": -6, "maximum": 6})
    assert fields["moves", "side"]["constraints"] == {"required": True, "enum": ["us", "china"]}
    assert {"value": -3, "label": "very friendly"} in fields["moves", "intent"]["categories"]
    assert main(["export", *map(str, logs), "-o", str(tmp_path / "none")]) == 0
    assert described(tmp_path / "none")["licenses"][0]["name"] == "notspecified"
    assert main(["export", *map(str, logs), "-o", str(tmp_path / "bad"), "--licence", "all mine"]) == 2
    assert "'all mine' is no id of a licence" in capsys.readouterr().err


def test_nothing_is_said_of_what_is_not_there(package: Path) -> None:
    """Its files, and how many rows they have; a Parquet file is not said to be CSV."""
    found = described(package)
    beside = {path.name for path in package.iterdir()} - {"codebook.md", "datapackage.json"}
    assert {resource["path"] for resource in found["resources"]} == beside
    for resource in found["resources"]:
        rows = rows_in(package / resource["path"])
        assert len(rows) == resource["rows"]
        assert names_in(package / resource["path"]) == [field["name"] for field in resource["schema"]["fields"]]
        assert resource["path"].endswith(resource["format"])
        assert f"## {resource['path']}\n" in (package / "codebook.md").read_text(encoding="utf-8")


def test_pandas_reads_parquet_as_it_is(logs: list[Path], tmp_path: Path) -> None:
    """Whole numbers stay whole, truths truths, and what is not there is no number, where some are missing."""
    pd: Any = pytest.importorskip("pandas")  # Any: pandas has no types
    assert main(["export", *map(str, logs), "-o", str(tmp_path), "--parquet"]) == 0
    for sheet in SHEETS:
        frame = pd.read_parquet(tmp_path / f"{sheet.name}.parquet")
        nullable = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
        kinds = {column.name: nullable.get(column.kind) for column in sheet.columns}
        assert all(str(frame[name].dtype) == kind for name, kind in kinds.items() if kind), sheet.name


def test_parquet_holds_every_value_as_what_it_is(
    logs: list[Path], tmp_path: Path, rows: dict[str, list[ExportRow]]
) -> None:
    """Types are those of the columns, rows are in their order, and the same logs give the same bytes."""
    key = ["--key", str(key_file(tmp_path)), "--dates"]
    for name in ("one", "two"):
        assert main(["export", *map(str, logs), "-o", str(tmp_path / name), "--parquet", *key]) == 0
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    with duckdb.connect() as duck:
        for sheet in SHEETS:
            path = tmp_path / "one" / f"{sheet.name}.parquet"
            assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
            found = duck.execute(f"describe from '{path}'").fetchall()
            assert [(name, kind) for name, kind, *_ in found] == [(c.name, types[c.kind]) for c in sheet.columns]
            assert duck.execute(f"from '{path}'").fetchall() == [tuple(plain(sheet, row)) for row in rows[sheet.name]]


def plain(sheet: ExportTable, row: ExportRow) -> Iterator[object]:
    for column, value in zip(sheet.columns, row, strict=True):
        yield date.fromisoformat(str(value)) if column.kind == "date" else None if value == "" else value


def test_one_form_takes_the_place_of_the_other(logs: list[Path], tmp_path: Path) -> None:
    """A folder never holds tables of two exports; without --force nothing is touched."""
    assert main(["export", str(logs[0]), "-o", str(tmp_path)]) == 0
    before = {path.name for path in tmp_path.iterdir()}
    assert main(["export", str(logs[0]), "-o", str(tmp_path), "--parquet"]) == 2
    assert {path.name for path in tmp_path.iterdir()} == before
    assert main(["export", str(logs[0]), "-o", str(tmp_path), "--parquet", "--force"]) == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {".parquet", ".md", ".json"}


def test_pandas_reads_it_as_the_docs_say(
    exported: Path, rows: dict[str, list[ExportRow]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers are numbers, texts texts, booleans booleans, days days, and what is not there is not there."""
    pd: Any = pytest.importorskip("pandas")  # Any: pandas has no types
    (program, *_) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "research.md").read_text(encoding="utf-8"), re.S
    )
    monkeypatch.chdir(exported)
    names: dict[str, Any] = {}  # Any: what the program names
    exec(program, names)  # noqa: S102 - it is our own page
    tests = {
        "string": pd.api.types.is_string_dtype,
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_float_dtype,
        "boolean": pd.api.types.is_bool_dtype,
        "date": pd.api.types.is_datetime64_any_dtype,
    }
    for sheet in SHEETS:
        frame = names["tables"][sheet.name]
        assert len(frame) == len(rows[sheet.name])
        for place, column in enumerate(sheet.columns):
            assert tests[column.kind](frame[column.name].dtype), column
            for value, was in zip(frame[column.name], (row[place] for row in rows[sheet.name]), strict=True):
                same(value, was, pd)


def same(value: Any, was: object, pd: Any) -> None:
    """One cell of pandas is what was exported."""
    if was is None or was == "":
        assert pd.isna(value)
    elif isinstance(was, float):
        assert math.isclose(value, was, abs_tol=1e-6)
    else:
        assert (value.date().isoformat() if hasattr(value, "date") else value) == was


def test_r_reads_it_as_the_docs_say(exported: Path, rows: dict[str, list[ExportRow]]) -> None:
    """Each cell is what `read.csv` takes for a value of the class that is asked for; NA is empty, and only that."""
    fits = {
        "character": lambda cell: True,
        "integer": lambda cell: re.fullmatch(r"-?[0-9]{1,9}", cell),
        "numeric": lambda cell: math.isfinite(float(cell)),
        "logical": lambda cell: cell in ("true", "false"),
        "Date": date.fromisoformat,
    }
    (kinds,) = re.findall(r"kinds <- c\((.*)\)", (ROOT / "docs" / "research.md").read_text(encoding="utf-8"))
    classes = dict(re.findall(r'(\w+) = "(\w+)"', kinds))
    for sheet in SHEETS:
        text = (exported / "export" / f"{sheet.name}.csv").read_bytes()
        assert not text.startswith(b"\xef\xbb\xbf") and b"\r" not in text
        for row, was in zip(rows_in(exported / "export" / f"{sheet.name}.csv"), rows[sheet.name], strict=True):
            for column, value in zip(sheet.columns, was, strict=True):
                cell = row[column.name]
                assert (cell is None) == (value is None or value == "")
                assert cell is None or fits[classes[column.kind]](str(cell)), (column, cell)


def test_what_is_not_said_to_be_text_is_guessed_right(exported: Path) -> None:
    """The columns that the docs name are the only texts that look like numbers."""
    page = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"which columns are text: (.*?)\.\n", page, re.S)
    for sheet in SHEETS:
        for row in rows_in(exported / "export" / f"{sheet.name}.csv"):
            for column in sheet.columns:
                if column.kind == "string" and NUMBER.fullmatch(str(row[column.name])):
                    assert f"`{column.name}`" in named, (sheet.name, column.name, row[column.name])


def test_the_codebook_is_in_the_readers_language() -> None:
    """It is in Chinese; names of columns, codes and files stay as they are."""
    book = codebook("", ((sheet, f"{sheet.name}.csv") for sheet in SHEETS), speaker("zh"))
    assert re.search("[一-鿿]", book) and "`session`" in book
    kept = re.sub(r"`[^`]*`|## \w+\.csv|\b(string|integer|number|boolean|date)\b", "", book)
    assert [line for line in kept.splitlines() if re.search(r"\b(the|is|of|and|each)\b", line)] == []
