"""A query answers from the tables and from nothing else, and says in a sentence what is wrong with it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from multiprocessing import active_children
from pathlib import Path
from typing import TextIO

import duckdb
import pytest
from tests.docs_made.pages import ROOT
from tests.research.made import played
from tests.thinning import one_in

from crisis_sim.cli import main
from crisis_sim.cli.query import write_csv
from crisis_sim.research import duckdb_tables
from crisis_sim.research.columns import SHEETS
from crisis_sim.research.confined import Confined, Died
from crisis_sim.research.sql_query import Inquiry, QueryTask, asking, checked

Captured = pytest.CaptureFixture[str]
DEAR = [f"length(repeat('a', {200_000_000 + number}))" for number in range(40)]
"""What is dear, and hangs on no row."""
ENDLESS = "select count(*) from range(1000000000000) a, range(1000000) b"


@pytest.fixture(scope="session")
def exports(logs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sessions, exported as CSV and as Parquet, under their own ids."""
    folder = tmp_path_factory.mktemp("exports")
    found = {form: folder / form for form in ("csv", "parquet")}
    assert main(["export", *map(str, logs), "-o", str(found["csv"]), "--named"]) == 0
    assert main(["export", *map(str, logs), "-o", str(found["parquet"]), "--parquet", "--named"]) == 0
    return found


def answered(capsys: Captured, sql: str, *what: object, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["query", sql, *map(str, what)]) == code
    return capsys.readouterr().out


@pytest.mark.parametrize("sheet", one_in(12, SHEETS), ids=lambda sheet: sheet.name)
def test_logs_csv_and_parquet_give_the_same_answer(
    sheet: object, logs: list[Path], exports: dict[str, Path], capsys: Captured
) -> None:
    """To the byte, with every column of the table."""
    sql = f"select * from {sheet.name}"  # type: ignore[attr-defined]  # a sheet
    from_logs = answered(capsys, sql, *logs, "--format", "json", "--named")
    assert {tuple(row) for row in json.loads(from_logs)} <= {tuple(sheet.names)}  # type: ignore[attr-defined]  # a sheet
    for folder in (exports["csv"], exports["parquet"]):
        assert answered(capsys, sql, folder, "--format", "json") == from_logs


def test_tables_join(exports: dict[str, Path], capsys: Captured) -> None:
    """A gap is a reading minus an intent."""
    sql = """select count(*) filter (gap = reading - intent) as fit, count(*) as n
             from readings join moves using (session, turn, side, "order")"""
    (found,) = json.loads(answered(capsys, sql, exports["csv"], "--format", "json"))
    assert found["fit"] == found["n"] > 0


OUT = [
    "from read_csv('/etc/passwd')",
    "from read_text('/etc/passwd')",
    "from read_blob('/etc/passwd')",
    "from read_json('/etc/passwd')",
    "from read_parquet('{folder}/moves.parquet')",
    "from '{folder}/moves.csv'",
    "from glob('/*')",
    "from sniff_csv('/etc/passwd')",
    "from parquet_metadata('{folder}/moves.parquet')",
    "from read_text('https://localhost/')",
    "from read_csv('http://localhost/x.csv')",
    "from read_duckdb('{folder}/x.db')",
    "copy moves to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet' (format parquet)",
    "attach '{folder}/out.db'",
    "export database '{folder}/out'",
    "import database '{folder}/out'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset enable_external_access",
    "pragma enable_profiling",
    "from enable_logging(storage = 'file', storage_path = '{folder}/out')",
    "from enable_profiling()",
    "call pragma_version()",
    "create table out as select 1",
    "create secret s (type s3)",
    "drop table moves",
    "insert into moves select * from moves",
    "delete from moves",
    "update moves set turn = 1",
    "select 1; copy moves to '{folder}/out.csv'",
    "from query('copy moves to ''{folder}/out.csv''')",
    "explain analyze copy moves to '{folder}/out.csv'",
    "from json_execute_serialized_sql(json_serialize_sql('from read_text(''/etc/passwd'')'))",
    "from logs",
    "from sys",
    "select getenv('HOME')",
    "from duckdb_secrets()",
    "from which_secret('s3://x', 's3')",
    "from python_arrow_scan()",
    "with a as (insert into moves select * from moves returning *) select * from a",
    "with a as (delete from moves returning *) select count(*) from a",
    "with a as (update moves set turn = 1 returning *) from a",
]
"""Ways out that others have found."""


@pytest.mark.parametrize("sql", one_in(5, OUT))
def test_a_query_has_no_way_out(sql: str, exports: dict[str, Path], capsys: Captured) -> None:
    """It is refused in a sentence; no file is written, and none is told."""
    sql = sql.format(folder=exports["csv"])
    assert main(["query", sql, str(exports["csv"])]) == 2
    out, err = capsys.readouterr()
    assert not out and err.startswith("crisis-sim: ") and "hint: " in err and "Traceback" not in err
    assert "root:" not in err and "fault" not in err
    assert not [path for path in exports["csv"].iterdir() if "out" in path.name]


@pytest.mark.parametrize("parquet", [False, True])
def test_the_database_itself_is_shut(parquet: bool, exports: dict[str, Path], tmp_path: Path) -> None:
    """Even for what was never checked: what reads files, writes or sets raises."""
    out = tmp_path / "answer.parquet" if parquet else None
    with asking(QueryTask("select 1 from moves", 2**30, exports["csv"], parquet=out)) as question:
        for sql in OUT:
            if "select 1;" in sql or sql.startswith("call pragma_version"):
                continue  # what the check refuses for its form alone
            with pytest.raises(duckdb.Error):  # else the way out is the last that was tried
                question._duck.execute(sql.format(folder=exports["csv"])).fetchall()
    assert not [path for path in exports["csv"].iterdir() if "out" in path.name]


LISTS = "hint: `crisis-sim query --tables` lists tables and columns"
SLIPS = {
    "select * from movs": """there is no table 'movs'
    | select * from movs
    |               ^^^^
  hint: did you mean 'moves'?""",
    "select\n  '我们', intentt\nfrom moves": """there is no column 'intentt' in what the query reads
    |   '我们', intentt
    |           ^^^^^^^
  hint: did you mean 'intent'?""",
    "select m.tension from moves m": """there is no column 'tension' in that table
    | select m.tension from moves m
    |        ^^^^^^^^^
  hint: 'tension' is a column of turns""",
    "selct 1": f"""the query cannot be answered: syntax error at or near "selct"
    | selct 1
    | ^^^^^
  {LISTS}""",
    "select averge(intent) from moves": """there is no function 'averge'
    | select averge(intent) from moves
    |        ^^^^^^^^^^^^^^
""",
    "": "there is no query\n  hint: for example: ",
    "select 1; select 2": "one query is answered at a time\n",
    "drop table moves": "a query reads tables and changes nothing: it begins with SELECT, WITH or FROM\n",
    "select 'a'" + " " * 100_000: "a query has at most 100,000 characters\n",
}


@pytest.mark.parametrize(("sql", "said"), SLIPS.items(), ids=range(len(SLIPS)))
def test_a_slip_is_told_with_its_place_before_a_log_is_read(sql: str, said: str, capsys: Captured) -> None:
    """And with the nearest name."""
    assert main(["query", sql, "no-such-log.jsonl"]) == 2
    assert f"crisis-sim: {said}" in capsys.readouterr().err


def test_a_slip_is_told_in_the_readers_language(capsys: Captured) -> None:
    """What is not there, and what is near to it; the database's own words stand in quotes."""
    assert main(["query", "select trn from turns", "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert "没有列“trn”" in said and "是否指“turn”？" in said


def test_a_slip_that_shows_late_is_told_too(exports: dict[str, Path], capsys: Captured) -> None:
    """What only the rows make wrong, with foreign text made inert."""
    assert main(["query", "select side::integer from moves", str(exports["csv"])]) == 2
    err = capsys.readouterr().err
    assert "could not convert string" in err and "| select side::integer from moves" in err
    assert main(["query", "select error('a' || chr(27) || '[31m' || side) from moves", str(exports["csv"])]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_what_a_query_gives_is_inert(exports: dict[str, Path], capsys: Captured) -> None:
    """No terminal obeys it, in names or values; no spreadsheet takes it for a formula; numbers stay numbers."""
    sql = """select chr(27) || '[31m=1' as "=a\x1b[2J", '＝1' b, '-2' c, -2 d, -0.5 e, chr(13) || '@x' f, true g,
             null h, 'nan'::double i, 0.1::decimal(3, 1) j, e'a\\n=b' k, '<script>' l"""
    for form in ("csv", "json"):
        assert "\x1b" not in answered(capsys, sql, exports["csv"], "--format", form)
    assert "\x1b" not in answered(capsys, sql, exports["csv"])
    head, row = csv.reader(io.StringIO(answered(capsys, sql, exports["csv"], "--format", "csv")))
    assert head[0] == "'=a[2J"
    assert row == ["[31m=1", "'＝1", "'-2", "-2", "-0.5", "'@x", "true", "", "", "0.1", "a =b", "<script>"]
    (found,) = json.loads(answered(capsys, sql, exports["csv"], "--format", "json"))
    assert found["d"] == -2 and found["g"] is True and found["h"] is None and found["i"] is None


@pytest.mark.parametrize("width", [20, 80, 200])
def test_a_table_fits_its_terminal(
    width: int, exports: dict[str, Path], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long cells are cut, wide characters count for two, columns without room are named."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = answered(capsys, "select repeat('我们', 200) as x, * from sessions", exports["csv"])
    from crisis_sim.text import cells

    assert max(map(cells, out.splitlines())) <= max(width, 40)
    assert "…" in out and "no room for" in out and "2 rows" in out


def test_a_long_table_says_how_to_get_the_rest(exports: dict[str, Path], capsys: Captured) -> None:
    """A hundred rows are enough to read."""
    out = answered(capsys, "from range(1000)", exports["csv"], "--rows", "5")
    assert [line.strip() for line in out.splitlines()[:7]] == ["range", "-----", "0", "1", "2", "3", "4"]
    assert "the first 5 rows; --rows shows more, and -o FILE.csv writes all" in out


@pytest.mark.parametrize("rows", ["0", "-1", "99999999999999999999"])
def test_more_rows_than_can_be_counted_are_a_slip(rows: str, exports: dict[str, Path], capsys: Captured) -> None:
    """As are none."""
    assert main(["query", "select 1", str(exports["csv"]), "--rows", rows]) == 2
    assert "--rows and --seconds are at least 1, and finite" in capsys.readouterr().err


def test_an_answer_goes_to_a_file(exports: dict[str, Path], tmp_path: Path, capsys: Captured) -> None:
    """Its ending says the form; nothing is written over, and nothing is left of what failed."""
    sql = "select session, turn, tension, turn = 1 as first from turns"
    for form in ("csv", "json", "parquet"):
        path = tmp_path / f"answer.{form}"
        assert main(["query", sql, str(exports["parquet"]), "-o", str(path)]) == 0
        assert main(["query", sql, str(exports["parquet"]), "-o", str(path)]) == 2
        assert "is there already" in capsys.readouterr().err
    with duckdb.connect() as duck:
        types = duck.execute(f"describe from '{tmp_path}/answer.parquet'").fetchall()
        assert [kind[1] for kind in types] == ["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN"]
        same = f"(from '{tmp_path}/answer.parquet') except (from read_csv('{tmp_path}/answer.csv'))"
        assert duck.execute(same).fetchall() == []
    assert main(["query", "select error('x') from turns", str(exports["csv"]), "-o", str(tmp_path / "b.csv")]) == 2
    assert main(["query", sql, str(exports["csv"]), "-o", str(tmp_path / "no" / "c.csv")]) == 2
    assert main(["query", sql, str(exports["csv"]), "-o", str(tmp_path / "d.txt")]) == 2
    assert "--format csv, json or parquet" in capsys.readouterr().err
    assert main(["query", sql, str(exports["csv"]), "--format", "parquet"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.csv", "answer.json", "answer.parquet"]


def test_who_is_in_it_is_as_for_export(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """People only, under made-up names, damaged logs named; an export has decided that already."""
    bots, bad = played(tmp_path / "bots.jsonl"), tmp_path / "bad.jsonl"
    bad.write_bytes(logs[0].read_bytes()[:4000])
    sql = "select session, us_player from sessions order by all"
    assert main(["query", sql, str(bots)]) == 2
    assert "bots.jsonl is left out: a bot plays a team in it" in capsys.readouterr().err
    assert main(["query", sql, str(bots), str(bad), "--bots", "--format", "csv"]) == 1
    out, err = capsys.readouterr()
    assert "mirror" in out and "bad.jsonl is left out" in err
    named = answered(capsys, sql, logs[0], "--named")
    assert named != answered(capsys, sql, logs[0])
    assert main(["export", str(bots), "--bots", "-o", str(tmp_path / "out")]) == 0
    assert main(["query", sql, str(tmp_path / "out"), "--bots"]) == 2
    assert main(["query", sql, str(tmp_path / "out"), str(bots)]) == 2
    assert "is an export, which is asked alone" in capsys.readouterr().err


def test_tables_are_listed(capsys: Captured) -> None:
    """Every column of every table, with what it says."""
    assert main(["query", "--tables"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert all(f"{sheet.name}: a row for each {sheet.rows}" in out for sheet in SHEETS)
    assert all(" ".join(column.description.split()) in out for sheet in SHEETS for column in sheet.columns)


def test_a_folder_that_is_no_export_of_this_version_is_told(exports: dict[str, Path], tmp_path: Path) -> None:
    """A table is missing, or holds something else."""
    folder = tmp_path / "out"
    folder.mkdir()
    for path in exports["csv"].iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "turns.csv").write_bytes(b"session,turn\na,\xff\n")
    (folder / "moves.csv").unlink()
    for sql, said in (("from turns", "turns.csv does not hold"), ("from moves", "moves.csv is missing")):
        found = subprocess.run(
            [sys.executable, "-m", "crisis_sim", "query", sql, str(folder)], capture_output=True, text=True, check=False
        )
        assert found.returncode == 2 and said in found.stderr, found.stderr


def test_time_is_bounded(exports: dict[str, Path], capsys: Captured) -> None:
    """A query without an end is stopped wherever it is at, the trying too, and the way out named."""
    for sql in (ENDLESS, f"select length(repeat('a', 100000000)) in ({', '.join(DEAR)})"):
        assert main(["query", sql, str(exports["csv"]), "--seconds", "1"]) == 2
        assert "was not answered in 1 seconds" in capsys.readouterr().err
    assert not active_children()


@pytest.mark.parametrize(
    "sql",
    [
        "select list(i) from range(100000000) t(i)",
        "select length(repeat('a', 1000000000))",
        "select repeat('a', 1000000000) from moves",
        "select string_agg(repeat('x', 1000), '') from range(10000000)",
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="no limit of addresses")
def test_memory_is_bounded(
    sql: str, exports: dict[str, Path], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query that would eat the machine is told so, whether the database or the system finds out."""
    monkeypatch.setattr("crisis_sim.research.duckdb_tables.MOST_MEMORY", 64 * 1024**2)
    monkeypatch.setattr("crisis_sim.research.confined.HEADROOM", 900 * 1024**2)
    assert main(["query", sql, str(exports["csv"])]) == 2
    assert "needs more memory than it may have" in capsys.readouterr().err


def test_a_query_has_a_gigabyte(exports: dict[str, Path], capsys: Captured) -> None:
    """As docs/research.md and the sentence say that it is told, or half of a smaller machine."""
    assert (
        main(["query", "select current_setting('memory_limit') as most", str(exports["csv"]), "--format", "csv"]) == 0
    )
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert machine < 2 * 1024**3 or capsys.readouterr().out == "most\n1.0 GiB\n"
    assert "may have: 1 GB, or half of the machine's if that is less" in str(duckdb_tables.out_of_memory().message)
    assert "which has 1 GB of memory" in " ".join((ROOT / "docs" / "research.md").read_text(encoding="utf-8").split())


def test_a_query_that_kills_its_process_takes_nobody_with_it() -> None:
    """What the system ends for want of memory is told in the same sentence; a fault of ours stays one."""
    for work, raised in ((_ends, Died), (_fails, RuntimeError)):
        with Confined(work, 2**30) as process, pytest.raises(raised):
            list(process.answer("", 60))


def _ends(request: str, out: TextIO) -> None:
    os._exit(1)


def _fails(request: str, out: TextIO) -> None:
    raise KeyError(request)


def test_a_long_answer_comes_in_pieces(exports: dict[str, Path], tmp_path: Path) -> None:
    """A cell of a hundred megabytes reaches its file, and never stands whole in this process."""
    with Inquiry("select repeat('我', 10000000) as x", 60) as inquiry:
        pieces = inquiry.answer(exports["csv"], "csv", write_csv)
        sizes = [len(piece) for piece in pieces]
    assert sum(sizes) == len("x\n") + 30_000_000 + len("\n") and max(sizes) <= 1 << 16


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_nothing_is_drawn_beside_an_answer(exports: dict[str, Path], capsys: Captured) -> None:
    """The database's own bar, which grows while somebody waits, would stand among the rows."""
    answer = answered(
        capsys, "select current_setting('enable_progress_bar') as bar", exports["csv"], "--format", "json"
    )
    assert json.loads(answer) == [{"bar": False}]


def test_ctrl_c_ends_it(exports: dict[str, Path]) -> None:
    """At once, with 130."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crisis_sim", "query", ENDLESS, str(exports["csv"])], stderr=subprocess.PIPE, text=True
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130 and "interrupted" in err and "Traceback" not in err


def test_without_duckdb_it_is_told_how_to_get_it(
    exports: dict[str, Path], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, exit code 2, and nothing written; CSV needs none of it."""
    monkeypatch.setattr("crisis_sim.cli.logs.find_spec", lambda name: None)
    assert main(["query", "from turns", str(exports["csv"])]) == 2
    err = capsys.readouterr().err
    assert "`crisis-sim query` needs DuckDB" in err and "scripts/venv research installs it" in err
    monkeypatch.setattr("crisis_sim.cli.logs.CHECKOUT", tmp_path)
    assert main(["query", "from turns", str(exports["csv"])]) == 2
    assert 'pip install "crisis-sim[research]" installs it' in capsys.readouterr().err
    assert main(["export", str(exports["csv"]), "-o", str(tmp_path / "x"), "--parquet"]) == 2
    assert "`crisis-sim export --parquet` needs DuckDB" in capsys.readouterr().err and not (tmp_path / "x").exists()


def test_a_query_is_checked_without_side_effects() -> None:
    """What it says is what is run."""
    assert checked("with a as (select 1) from a -- x") == "with a as (select 1) from a -- x"
    assert checked("summarize turns") and checked("describe moves") and checked("pivot moves on side using count(*)")
