"""An export is tidy data: every value of its kind, every row named once, nothing that leads to anybody."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.docs_made.pages import ROOT
from tests.research.made import played, sources
from tests.session.full_session import full_log
from tests.small import small_material

from crisis_sim.cli import main
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.measures.session_measures import measured, register
from crisis_sim.research.columns import BY_NAME, SHEETS, ExportColumn, ExportTable, head_of, lines_of
from crisis_sim.research.export_rows import ExportRow, rows_of
from crisis_sim.research.log_sources import WantedSessions
from crisis_sim.rules.names import HERE_FOR_MORE
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session

Captured = pytest.CaptureFixture[str]
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "date": (str,),
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log that has all that can be told."""
    return full_log(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module")
def rows(logs: list[Path], longer: Path, full: Path) -> dict[str, list[ExportRow]]:
    """Their rows."""
    found: dict[str, list[ExportRow]] = {sheet.name: [] for sheet in SHEETS}
    for source in sources([*logs, longer, full]):
        for name, more in rows_of(source).items():
            found[name] += more
    return found


def csv_of(sheet: ExportTable, rows: list[ExportRow]) -> str:
    return head_of(sheet) + lines_of(rows)


def exported(folder: Path, *arguments: str) -> dict[str, str]:
    """Every file that `crisis-sim export` writes, by its name."""
    assert main(["export", "-o", str(folder), *arguments]) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def cells(rows: list[ExportRow], sheet: ExportTable) -> Iterator[tuple[ExportColumn, object]]:
    for row in rows:
        yield from zip(sheet.columns, row, strict=True)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_value_is_of_its_columns_kind(sheet: ExportTable, rows: dict[str, list[ExportRow]]) -> None:
    """Or is not there; no date is, unless it is asked for."""
    assert rows[sheet.name]
    for column, value in cells(rows[sheet.name], sheet):
        if value is not None:
            assert isinstance(value, KINDS[column.kind]), (column, value)
            assert isinstance(value, bool) == (column.kind == "boolean"), (column, value)
        if column.kind == "date":
            assert value is None


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_row_is_named_once(sheet: ExportTable, rows: dict[str, list[ExportRow]]) -> None:
    """By the columns that the package says are its key."""
    places = [sheet.names.index(name) for name in sheet.key]
    keys = [tuple(row[place] for place in places) for row in rows[sheet.name]]
    assert len(keys) == len(set(keys))
    assert None not in {part for key in keys for part in key}


def test_tables_can_be_joined(rows: dict[str, list[ExportRow]]) -> None:
    """Every reading has its move, with the intent and expectation behind its gap; every session has its turns."""
    named: dict[str, list[dict[str, Any]]] = {
        name: [dict(zip(BY_NAME[name].names, row, strict=True)) for row in rows[name]] for name in ("moves", "readings")
    }
    moves = {tuple(row[name] for name in BY_NAME["moves"].key): row for row in named["moves"]}
    for row in named["readings"]:
        move = moves[tuple(row[name] for name in BY_NAME["moves"].key)]
        assert row["gap"] == row["reading"] - move["intent"]
        assert row["unforeseen"] == row["reading"] - move["expected"]
        assert row["foreseen"] == move["expected"] - move["intent"]
    assert {row[0] for row in rows["turns"]} == {row[0] for row in rows["sessions"]}


def test_what_binds_a_side_is_told_with_what_became_of_it(full: Path) -> None:
    """Promises, instruments and pledges of a log with all of them: each once, ended by the act it says."""
    (source,) = sources([full])
    columns = BY_NAME["undertakings"].names
    rows: list[dict[str, Any]] = [dict(zip(columns, row, strict=True)) for row in rows_of(source)["undertakings"]]
    told = [event for turn in source.replay.state.turn_events for event in turn]
    begun: dict[str, set[tuple[str, str]]] = {
        "promise": {(each.side, each.commitment) for each in told if isinstance(each, e.CommitmentMade)},
        "instrument": {(each.side, each.instrument) for each in told if isinstance(each, e.InstrumentCited)},
        "pledge": {(each.side, each.pledge) for each in told if isinstance(each, e.PledgeBound)},
    }
    broken: dict[str, set[tuple[str, str]]] = {
        "promise": {(each.side, each.commitment) for each in told if isinstance(each, e.CommitmentBroken)},
        "instrument": {(each.side, each.instrument) for each in told if isinstance(each, e.InstrumentBroken)},
    }
    for kind, known in begun.items():
        found = [row for row in rows if row["kind"] == kind]
        assert {(row["side"], row["undertaking"]) for row in found} == known
        failed = {(row["side"], row["undertaking"]) for row in found if row["how"] == "broken"}
        assert failed == broken.get(kind, set())
    assert all((row["how"] == "binds") is (row["ended_turn"] is None) for row in rows)
    assert all(row["end_by"] == row["side"] for row in rows if row["how"] == "broken")
    instruments = source.replay.table.scenario.instruments
    assert {row["accepted_by"] for row in rows if row["kind"] == "instrument"} <= {
        " ".join(of.accepted_by) for of in instruments.values()
    }
    assert any(row["returned_turn"] for row in rows)
    assert any(row["stake"] for row in rows)


def test_decisions_are_told_with_what_became_of_them(rows: dict[str, list[ExportRow]]) -> None:
    """An answer's id where the team gave one; the sums stand in the table of sessions, empty where nothing is asked."""
    (decisions, sessions) = (
        next(sheet for sheet in SHEETS if sheet.name == name) for name in ("decisions", "sessions")
    )
    told = [dict(zip(decisions.names, row, strict=True)) for row in rows["decisions"]]
    assert all((each["fell"] == "answered") == bool(each["answer"]) for each in told)
    for row in rows["sessions"]:
        of = dict(zip(sessions.names, row, strict=True))
        for side in ("us", "china"):
            mine = [each for each in told if (each["session"], each["side"]) == (of["session"], side)]
            assert (of[f"decisions_{side}"] or 0) == len([each for each in mine if each["fell"] != "taken-back"])
            assert (of[f"delays_{side}"] is None) == (not any(each["session"] == of["session"] for each in told))


def test_the_hard_voice_is_not_mistaken_for_who_asks_for_a_decision(rows: dict[str, list[ExportRow]]) -> None:
    """The table of turns tells of the hard voice at home alone."""
    (turns,) = (sheet for sheet in SHEETS if sheet.name == "turns")
    places = [turns.names.index(f"voice_{side}") for side in ("us", "china")]
    assert {row[place] for row in rows["turns"] for place in places} <= {"", "meet", "speak", "wait", "unanswered"}


def test_a_table_reads_back_as_it_was(rows: dict[str, list[ExportRow]]) -> None:
    """By the conventions of pandas and of R's read.csv: a head, commas, a point, nothing for what is not there."""
    for sheet in SHEETS:
        text = csv_of(sheet, rows[sheet.name])
        assert "\r" not in text and text.isascii()
        head, *back = csv.reader(io.StringIO(text))
        assert tuple(head) == sheet.names
        for was, now in zip(rows[sheet.name], back, strict=True):
            for value, cell in zip(was, now, strict=True):
                if value is None:
                    assert cell == ""
                elif isinstance(value, bool):
                    assert cell == str(value).lower()
                elif isinstance(value, int | float):
                    assert float(cell) == pytest.approx(value, abs=1e-6)
                else:
                    assert cell == value


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x1b=1", " =1", "＝1", "'=1"]
)
def test_no_text_starts_a_formula_and_numbers_stay_numbers(text: str) -> None:
    """A text is cleaned and has an apostrophe before it; a number below nought has none."""
    sheet = ExportTable("t", "thing", (ExportColumn("a", "string", ""), ExportColumn("b", "integer", "")), ("a",))
    row = next(csv.reader(io.StringIO(csv_of(sheet, [(text, -2)]).split("\n", 1)[1])))
    assert row == ["'" + text.strip("\t\r\n\x1b "), "-2"]


def test_numbers_are_those_of_the_debrief(
    logs: list[Path], longer: Path, full: Path, rows: dict[str, list[ExportRow]]
) -> None:
    """The tables reckon only what they hold, and reckon it alike."""
    for source, session in zip(sources([*logs, longer, full]), rows["sessions"], strict=True):
        found, names = measured(source.replay), [column.name for column in SHEETS[0].columns]
        one = dict(zip(names, session, strict=True))
        for place, side in enumerate(("us", "china")):
            for name, value in (
                ("bias", found.directions[place].bias),
                ("error", found.directions[place].error),
                ("brier", found.foresights[place].brier),
                ("hit_rate", found.lines_before[place].hit_rate),
            ):
                assert one[f"{name}_{side}"] == (None if value is None else pytest.approx(float(value), abs=1e-6))
        assert one["blind_turns"] == len(found.blind_turns)
        assert one["crossings"] == sum(len(turn.crossed) for turn in found.course.turns)
        heard = [of for of in register(source.replay).voices if not of.inject]
        ended = {(of.turn, of.side): of.answer if of.said else "unanswered" for of in heard}
        for turn, row in zip(found.course.turns, own(rows["turns"], source.name), strict=True):
            meters = (turn.tension, turn.felt_us, turn.felt_china, *turn.trust.values(), *turn.standing.values())
            voices = [ended.get((turn.number, side), "") for side in ("us", "china")]
            of_lines = (len(turn.crossed), len(turn.concluded), len(turn.drawn_back))
            assert row[2:] == (turn.number, turn.hour, *(meter / 100 for meter in meters), *of_lines, *voices)
        drawn = register(source.replay).conclusions
        assert (one["conclusions"], one["further_from"]) == (len(drawn), sum(each.drawn_back > 0 for each in drawn))
        sides = [each.side for each in drawn]
        assert one["conclusions_us"] == sides.count("us")
        lines = [dict(zip(BY_NAME["lines"].names, row, strict=True)) for row in own(rows["lines"], source.name)]
        assert sum(int(line["concluded"] or 0) for line in lines) == len(drawn)
        assert {line["concluded_turn"] for line in lines} - {None} <= {each.turn for each in drawn}


def own(rows: list[ExportRow], session: str) -> list[ExportRow]:
    return [row for row in rows if row[0] == session]


def test_nothing_leads_to_a_session_or_to_what_was_written(logs: list[Path], tmp_path: Path) -> None:
    """No session's id, no message, no clock time; under their own ids only if asked for."""
    whole = "\n".join(exported(tmp_path / "made-up", *map(str, logs)).values())
    theirs = "\n".join(exported(tmp_path / "own", *map(str, logs), "--named").values())
    for source in sources(logs, WantedSessions(None)):
        assert source.name not in whole and source.name in theirs
        texts = [sent.text for sent in source.replay.state.acts.values() if sent.text]
        assert texts and not any(text in whole + theirs for text in texts)


def session_ids(logs: list[Path]) -> list[str]:
    return [source.name for source in sources(logs, WantedSessions(None))]


def test_an_id_does_not_lead_to_a_name_and_a_name_to_no_id(logs: list[Path], tmp_path: Path) -> None:
    """Each export has names of its own, and what is the same in all of them cannot be reckoned from an id."""
    one, two = (exported(tmp_path / name, *map(str, logs))["sessions.csv"] for name in ("one", "two"))
    names = [{line.partition(",")[0] for line in table.splitlines()[1:]} for table in (one, two)]
    assert len(names[0]) == len(names[1]) == 2 and not names[0] & names[1]
    unsalted = {"s" + sha256(f"crisis-sim export {session}".encode()).hexdigest()[:10] for session in session_ids(logs)}
    assert not unsalted & (names[0] | names[1])


def test_a_key_gives_the_same_names_again_and_is_for_its_owner_alone(
    logs: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    """It is made where it is not there, is never among the tables, and is no key that could be guessed."""
    key = tmp_path / "kept" / "names.key"
    one = exported(tmp_path / "one", *map(str, logs), "--key", str(key))
    assert f"wrote {key}, the secret that made-up names are made with" in capsys.readouterr().err
    assert key.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert exported(tmp_path / "two", *map(str, logs), "--key", str(key)) == one
    assert "wrote" not in capsys.readouterr().err
    assert key.read_text(encoding="utf-8").strip() not in "".join(one.values())
    (tmp_path / "short.key").write_text("abc", encoding="utf-8")
    within = tmp_path / "three" / "names.key"
    for options, said in (
        (("--key", str(key), "--named"), "--named leaves sessions their own ids, and --key is for made-up names"),
        (("--key", str(within)), "with what it is to hide"),
        (("--key", str(tmp_path / "short.key")), "short.key holds no key: 16 to 4,096 characters"),
        (("--key", str(tmp_path)), "holds no key"),
        (("--key", str(key / "x")), "cannot be read or made"),
    ):
        assert main(["export", *map(str, logs), "-o", str(tmp_path / "three"), *options]) == 2
        assert said in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "three").exists()


def test_a_teams_debrief_does_not_say_which_session_it_was(logs: list[Path], tmp_path: Path) -> None:
    """Whoever takes it home holds nothing that names the session in a table."""
    (session,) = session_ids(logs[:1])
    for side in ("us", "china"):
        assert main(["debrief", str(logs[0]), "--for", side, "-o", str(tmp_path / f"{side}.html")]) == 0
    pages = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert len(pages) == 4 and not any(session in page for page in pages)


def test_a_belief_is_of_the_turn_in_which_it_was_sealed(tmp_path: Path, longer: Path) -> None:
    """At one table with the readings, and no `forecasts-committed` ever comes; else after the results."""
    shared = played(tmp_path / "shared.jsonl", seated=False, length=90, one_table=True)
    for path, has_phase in ((shared, False), (longer, True)):
        events = [event for entry in read_log(path).entries for event in entry.events]
        turn, sealed = 0, {}
        for event in events:
            if isinstance(event, e.TurnOpened):
                turn = event.turn
            elif isinstance(event, e.ForecastSealed) and event.forecast == HERE_FOR_MORE:
                sealed[turn, event.side] = event.chance
        (source,) = sources([path])
        assert sealed and {row[2:4]: row[4] for row in rows_of(source)["beliefs"]} == sealed
        assert any(isinstance(event, e.ForecastsCommitted) for event in events) == has_phase


def test_days_stay_out_unless_they_are_asked_for(logs: list[Path], tmp_path: Path) -> None:
    """In every table that has them."""
    today = datetime.fromtimestamp(read_log(logs[0]).header.started / 1000, tz=UTC).date()
    days = re.compile(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
    without = exported(tmp_path / "without", *map(str, logs))
    assert not [name for name, text in without.items() if days.search(text)]
    with_days = exported(tmp_path / "with", *map(str, logs), "--dates")
    assert {name for name, text in with_days.items() if days.search(text)} == {"sessions.csv", "cameo.csv"}
    assert f",{today}," in with_days["sessions.csv"]


def test_few_sessions_are_said_to_hide_nobody(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """Not where they go by their own ids, which hide nobody anyway."""
    exported(tmp_path / "made-up", *map(str, logs))
    assert "note: 2 sessions can be told apart by whoever knows of the workshops" in capsys.readouterr().err
    exported(tmp_path / "own", *map(str, logs), "--named")
    assert not capsys.readouterr().err


def test_the_folder_of_a_pack_is_not_told(tmp_path: Path) -> None:
    """It could be anybody's; the file and the line are."""
    folder = tmp_path / "annas-own-folder"
    folder.mkdir()
    pack = (ROOT / "rules" / "safety-net-calms.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(pack.replace("id: safety-net-calms", "id: mine", 1), encoding="utf-8")
    play = ["play", "new-virus", "--us", "mirror", "--china", "salami", "--seed", "4", "--length", "45"]
    rules = ["--rules", f"core,{folder / 'mine.yaml'}"]
    assert main([*play, *rules, "--log", str(tmp_path / "a.jsonl")]) == 0
    whole = exported(tmp_path / "out", str(tmp_path / "a.jsonl"), "--bots")
    assert ",mine.yaml:" in whole["firings.csv"] and "annas" not in "".join(whole.values())


def test_the_same_logs_give_the_same_export_on_any_number_of_workers(logs: list[Path], tmp_path: Path) -> None:
    """To the byte; a log that is named twice counts once."""
    key = ("--key", str(tmp_path / "names.key"))
    one = exported(tmp_path / "one", *map(str, logs), "--workers", "1", *key)
    assert exported(tmp_path / "two", *map(str, logs), *map(str, logs), "--workers", "2", *key) == one


def test_the_package_describes_its_tables(logs: list[Path], tmp_path: Path) -> None:
    """Each file, its fields and their kinds, and how many rows it has; the codebook names every column."""
    written = exported(tmp_path / "out", *map(str, logs))
    package = json.loads(written["datapackage.json"])
    for resource, sheet in zip(package["resources"], SHEETS, strict=True):
        assert written[resource["path"]].count("\n") == resource["rows"] + 1
        assert [field["name"] for field in resource["schema"]["fields"]] == list(sheet.names)
        assert all(f"| `{name}` |" in written["codebook.md"] for name in sheet.names)


def test_bots_stay_out_unless_they_are_asked_for(tmp_path: Path, capsys: Captured) -> None:
    """And the command says which logs it left out, and why."""
    (tmp_path / "logs").mkdir()
    played(tmp_path / "logs" / "bots.jsonl")
    assert main(["export", str(tmp_path / "logs"), "-o", str(tmp_path / "out")]) == 2
    err = capsys.readouterr().err
    assert "bots.jsonl is left out: a bot plays a team in it" in err and "--bots" in err
    assert main(["export", str(tmp_path / "logs"), "-o", str(tmp_path / "out"), "--bots"]) == 0
    assert "1 session, " in capsys.readouterr().out
    assert (tmp_path / "out" / "codebook.md").exists()
    assert main(["export", str(tmp_path / "logs"), "-o", str(tmp_path / "out"), "--bots"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_bad_log_does_not_keep_good_ones_out(logs: list[Path], tmp_path: Path, capsys: Captured) -> None:
    """It is named, the others are exported, and the exit code is 1."""
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(logs[0].read_bytes()[:4000])
    assert main(["export", str(bad), str(logs[1]), "-o", str(tmp_path / "out")]) == 1
    out, err = capsys.readouterr()
    assert "1 session, " in out and "bad.jsonl is left out" in err


def test_a_scenarios_texts_cannot_start_a_formula_either(tmp_path: Path) -> None:
    """A line written at the table is in no table; ids are ids."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45) as session:
        concern = next(iter(small_material().concerns))
        session.submit("us", a.WriteLine(line="pink", concern=concern, says="=HYPERLINK(1)", weight=3))
    source = next(sources([tmp_path / "a.jsonl"], WantedSessions(None, bots=True, unended=True)))
    assert "HYPERLINK" not in "".join(map(lines_of, rows_of(source).values()))


def test_a_second_log_of_a_session_is_named_wherever_one_stands(
    logs: list[Path], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where logs are named from the folder that they are in."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_bytes(logs[0].read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main(["export", "a.jsonl", "b.jsonl", "-o", "out"]) == 0
    assert capsys.readouterr().err.startswith("note: b.jsonl is left out: its session is in already\nnote: 1 session ")
