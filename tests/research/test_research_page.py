"""The analysis on the page of sessions as data runs as it stands, on tables of sessions in two arms."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.test_docs_pages import blocks

from crisis_sim.cli import main

PAGE = "docs/research.md"
PLAYERS = (("mirror", "salami"), ("curious", "firm"), ("reckless", "mirror"), ("salami", "curious"))
CODERS = {"li": (0, 1, 2, 1, 3, -1), "smith": (0, 1, 1, 2, 3, -2)}
"""Hostility that coders give to acts, over and over in this order."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder: the export, what `verify` prints, and questionnaires of two people a session."""
    here = tmp_path_factory.mktemp("reader")
    for name in ("logs", "findings", "coding"):
        (here / name).mkdir()
    for number, (us, china) in enumerate(PLAYERS):
        play = ["play", "lost-airliner", "--length", "45", "--us", us, "--china", china, "--seed", str(number)]
        arm = "early" if number % 2 else "control"
        assert main([*play, "--arm", arm, "--log", str(here / "logs" / f"{number}.jsonl")]) == 0
    assert main(["export", str(here / "logs"), "--bots", "--named", "-o", str(here / "export")]) == 0
    sessions = [row["session"] for row in rows_in(here / "export" / "sessions.csv")]
    lines = ["session,code,team,time,q1,q2,q3"]
    for place, session in enumerate(sessions):
        for code, team in (("ba7", "us"), ("0012", "china")):
            lines += [f"{session},{code},{team},before,3,4,2", f"{session},{code},{team},after,4,{4 + place % 3},3"]
    (here / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    return here


def rows_in(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def fill_in(folder: Path) -> None:
    """Two coders code the sheet of acts, the second without the last act."""
    rows = rows_in(folder / "coding.csv")
    for coder, codes in CODERS.items():
        with (folder / "coding" / f"{coder}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            for number, row in enumerate(rows):
                is_left_out = coder == "smith" and row is rows[-1]
                writer.writerow(row | {"hostility": "" if is_left_out else codes[number % len(codes)]})


def run_python(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The names that the page's Python leaves behind."""
    for log in sorted((folder / "logs").glob("*.jsonl")):
        capsys.readouterr()
        assert main(["verify", str(log), "--findings"]) == 0
        (folder / "findings" / f"{log.stem}.json").write_text(capsys.readouterr().out, encoding="utf-8")
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}  # Any: what the program names
    for block in blocks(PAGE, "python"):
        if "cohens_kappa" in block:
            fill_in(folder)
        exec(block, names)  # noqa: S102 - it is our own page
    return names


def test_the_analysis_in_python_runs_as_it_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every block of the page in its order."""
    names = run_python(folder, monkeypatch, capsys)
    printed = capsys.readouterr().out
    assert "control" in printed and "early" in printed and "Kappa" in printed
    assert len(names["joined"]) == 8 and set(names["joined"]["code"]) == {"ba7", "0012"}
    assert names["sides"].df == 3 and len(names["nearer"]) == 4


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no Rscript")
def test_the_analysis_in_r_runs_and_agrees_with_that_in_python(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every block of the page in its order, where R has the packages that it names."""
    names = run_python(folder, monkeypatch, capsys)
    (folder / "analysis.r").write_text("\n".join(blocks(PAGE, "r")), encoding="utf-8")
    done = subprocess.run(["Rscript", "analysis.r"], capture_output=True, text=True, check=False, cwd=folder)
    if "there is no package called" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    assert f"p-value = {names['sides'].pvalue:.4g}" in done.stdout
    assert done.stdout.count("t-test") == 3 and "weighted kappa" in done.stdout


def test_a_sheet_for_coders_holds_nothing_that_was_sealed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has each act with its words, and neither intent nor reading; joined by its key it meets each act once."""
    names = run_python(folder, monkeypatch, capsys)
    rows = rows_in(folder / "coding.csv")
    assert list(rows[0]) == ["session", "turn", "side", "order", "act", "words", "hostility"]
    assert len(rows) == len(names["tables"]["moves"]) == len(names["meant"])
    assert all(row["act"] and row["hostility"] == "" for row in rows)
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "findings").iterdir()]
    assert {row["session"] for row in rows} == {report["session"] for report in reports}
