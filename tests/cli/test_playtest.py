"""`crisis-sim playtest`: pages or data on standard output, a bar only at a terminal, and an exit code for each end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.small import SMALL_SCENARIO
from tests.thinning import one_in

from crisis_sim.cli import main
from crisis_sim.playtest import runs as work_module

Captured = pytest.CaptureFixture[str]
SMALL = ["playtest", str(SMALL_SCENARIO), "--length", "45", "--workers", "1"]


def test_pages_are_printed(capsys: Captured) -> None:
    """The tables on standard output, and where no terminal is, nothing on standard error."""
    assert main([*SMALL, "--runs", "4"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("A small test: 45 minutes, rules small\n4 sessions played by bots, seed 1.")
    assert "\nNEVER REACHED\n" in told.out and told.out.endswith("run.\n")
    assert told.err == ""


def test_json_and_csv_are_printed_whole(capsys: Captured) -> None:
    """One JSON object, or lines of six cells; nothing around them."""
    assert main([*SMALL, "--runs", "3", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 3
    assert main([*SMALL, "--runs", "3", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("table,id,words,statistic,value,place\noutcomes,peak-tension,")


def test_two_are_compared(capsys: Captured) -> None:
    """With itself, nothing differs."""
    assert main([*SMALL, "--runs", "3", "--against", str(SMALL_SCENARIO)]) == 0
    told = capsys.readouterr().out
    assert "HOW SESSIONS ENDED" in told and "*" not in told.split("HOW SESSIONS ENDED")[1].split("* The interval")[0]
    assert "Nothing: what came into play in one came into play in the other.\n" in told


def test_logs_are_kept_and_verified(tmp_path: Path, capsys: Captured) -> None:
    """`crisis-sim verify` passes every log that playtest keeps."""
    folder = tmp_path / "kept"
    assert main([*SMALL, "--runs", "5", "--keep", str(folder)]) == 0
    logs = sorted(map(str, folder.glob("*.jsonl")))
    assert 3 <= len(logs) <= 5
    told = "".join(line.strip() for line in capsys.readouterr().out.splitlines())
    assert [log for log in logs if log not in told] == []
    assert main(["verify", *logs]) == 0
    assert capsys.readouterr().out.count(": sound; ") == len(logs)


def test_a_run_can_be_played_again_by_hand(tmp_path: Path, capsys: Captured) -> None:
    """`play` with the seed and the bots of a run is that run, where nothing is released by hand."""
    fixed = ["--policies", "us=rota,china=salami", "--release", "0", "--format", "json"]
    assert main([*SMALL, "--runs", "1", "--first", "57", *fixed]) == 0
    told = json.loads(capsys.readouterr().out)
    path = tmp_path / "again.jsonl"
    seats = ["--us", "rota", "--china", "salami", "--length", "45", "--seed", told["picked"][0]["seed"]]
    assert main(["play", str(SMALL_SCENARIO), *seats, "--log", str(path)]) == 0
    from crisis_sim.session.replay import replay

    tension = next(row["mean"] for row in told["outcomes"] if row["id"] == "end-tension")
    assert replay(path).state.tension == tension * 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--runs", "0"], "crisis-sim: 0 sessions say nothing\n  hint: give --runs 100, for a start\n"),
        (["--policies", "us=cautios,china=firm"], "crisis-sim: there is no bot called 'cautios'\n"),
        (["--rules", "smal"], "crisis-sim: there is no rule pack 'smal'"),
        (["--against", "no-such"], "crisis-sim: there is no scenario 'no-such'"),
        (["--keep", str(SMALL_SCENARIO)], "crisis-sim: nothing can be written to the folder "),
        (["--runs", "many"], "crisis-sim: invalid value for '--runs'"),
        (["--policies", "us=\x1b[31m,china=firm"], "crisis-sim: there is no bot called '[31m'\n"),
    ],
)
def test_a_slip_gets_a_sentence_and_code_2(arguments: list[str], said: str, capsys: Captured) -> None:
    """On standard error, before anything is played; standard output stays empty."""
    assert main([*SMALL, *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(said)


def test_a_scenario_with_mistakes_is_not_played(tmp_path: Path, capsys: Captured) -> None:
    """Its problems are listed, and the code is 1."""
    (tmp_path / "scenario.yaml").write_text("format: 1\n", encoding="utf-8")
    assert main(["playtest", str(tmp_path)]) == 1
    assert "error: " in capsys.readouterr().err


def test_a_fault_is_told_with_its_run_and_code_3(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """What to type to see it again, and a file with the traceback; no traceback on the screen."""

    def broken(*given: object) -> None:
        raise ZeroDivisionError("a rule went wrong")

    monkeypatch.setattr(work_module, "played", broken)
    assert main([*SMALL, "--runs", "3", "--policies", "firm"]) == 3
    told = capsys.readouterr()
    assert told.out == "" and "Traceback" not in told.err
    sentence, hint, details = told.err.splitlines()
    assert sentence == (
        "crisis-sim: run 1 ended in a fault of ours (ZeroDivisionError): its seed is '1-1', "
        "firm plays the US and firm China"
    )
    assert hint == "  hint: the same command with --first 1 --runs 1 plays it again"
    kept = Path(details.removeprefix("  the details are in "))
    assert "a rule went wrong" in kept.read_text(encoding="utf-8")
    kept.unlink()


@pytest.mark.parametrize(("workers", "early"), one_in(3, [("2", False), ("1", False), ("2", True)]))
def test_ctrl_c_stops_at_once_and_reports_what_is_finished(workers: str, early: bool) -> None:
    """At a terminal: the bar goes, the finished sessions are reported, no traceback, code 130.

    Also while the workers are still starting.
    """
    read, write = os.openpty()
    # The first stretch of a long exercise takes seconds: none is finished where the workers start.
    played = ["bottomed-submarine", "--length", "150"] if early else [str(SMALL_SCENARIO), "--length", "45"]
    process = subprocess.Popen(
        [sys.executable, "-m", "crisis_sim", "playtest", *played, "--runs", "100000", "--workers", workers],
        stdout=subprocess.PIPE,
        stderr=write,
        env={**os.environ, "TERM": "xterm"},
        start_new_session=True,
    )
    os.close(write)
    shown = b""
    # The bar is drawn ten times a second; after 200 sessions the first stretch is among the finished ones.
    awaited = rb"(?s)( 0/100000.*){2}" if early else rb"([2-9][0-9]{2}|[0-9]{4,})/100000"
    while re.search(awaited, shown) is None:
        shown += os.read(read, 4096)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    rest = _drained(read)
    assert process.stdout is not None
    answer = process.stdout.read().decode()
    assert process.wait(60) == 130
    assert "Traceback" not in rest
    if early:
        assert answer == ""
        assert "crisis-sim: stopped before any of 100,000 sessions was finished" in rest
    else:
        assert "of 100,000, then stopped, played by bots" in answer
        assert "of 100,000 sessions; only these are in the report" in rest


def _drained(terminal: int) -> str:
    """Everything that is still shown until the last process lets go of the terminal."""
    shown, ends = b"", time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(terminal)
    return shown.decode(errors="replace")


def test_all_logs_are_kept_where_all_are_asked_for(tmp_path: Path, capsys: Captured) -> None:
    """As many as there were sessions, in the folder that is named, each sound."""
    folder = tmp_path / "every"
    assert main([*SMALL, "--runs", "9", "--keep", f"all:{folder}"]) == 0
    logs = sorted(str(path) for path in folder.glob("*.jsonl"))
    assert len(logs) == 9 and (folder / "runs.csv").is_file()
    capsys.readouterr()
    assert main(["verify", *logs]) == 0
