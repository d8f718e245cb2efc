"""`stats`, `graph` and `preview` on the command line: the answer on standard output, and a way out of every slip."""

from __future__ import annotations

import json
import sys

import pytest
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import main
from crisis_sim.cli.answer import prose

Captured = pytest.CaptureFixture[str]
SMALL = str(SMALL_SCENARIO)


def test_stats_are_told_to_people_and_to_programs(capsys: Captured) -> None:
    """Text has headings; JSON has the same numbers."""
    assert main(["show", SMALL, "--stats", "text"]) == 0
    told = capsys.readouterr().out
    assert "To read:" in told and "90 minutes planned:" in told and "Channels:" in told
    assert main(["show", SMALL, "--stats", "json"]) == 0
    stats = json.loads(capsys.readouterr().out)
    assert [session["length"] for session in stats["sessions"]] == [45, 90, 150]
    assert f"{stats['readings'][0]['words']['en']} words" in told


@pytest.mark.parametrize("what", ["plan", "lines"])
def test_a_graph_is_printed(what: str, capsys: Captured) -> None:
    """In either form."""
    assert main(["show", SMALL, "--graph", what]) == 0
    assert "flowchart LR" in capsys.readouterr().out
    assert main(["show", SMALL, "--graph", what, "--format", "dot"]) == 0
    assert capsys.readouterr().out.startswith("digraph scenario {")


def test_a_preview_without_a_terminal_is_text(capsys: Captured) -> None:
    """The plan; one inject; one seat's screen."""
    assert main(["preview", SMALL]) == 0
    plan = capsys.readouterr().out
    assert "Turn 3, T+36h to T+48h" in plan and "tug-offer" in plan and "with no “Offer help”" in plan
    assert main(["preview", SMALL, "survey-ship"]) == 0
    assert "China reads\n  Our survey ship is the first on the scene." in capsys.readouterr().out
    assert main(["preview", SMALL, "--as", "china", "--turn", "2"]) == 0
    seen = capsys.readouterr().out
    assert "Our survey ship" in seen and "A Chinese survey ship" not in seen and "Boarding the ferry" not in seen


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rumor"], "there is no inject 'rumor'\n  did you mean 'rumour'?"),
        (["--length", "60"], "cannot be played in 60 minutes\n  choose 45 or 90 or 150"),
        (["--as", "us", "--turn", "9"], "there is no turn 9 in 90 minutes\n  choose 1 to 3"),
    ],
)
def test_a_slip_in_a_preview_has_a_way_out(arguments: list[str], said: str, capsys: Captured) -> None:
    """A sentence on standard error and code 2."""
    assert main(["preview", SMALL, *arguments]) == 2
    assert said.split("\n")[0] in capsys.readouterr().err


def test_an_answer_fits_a_terminal_that_is_narrow_and_is_the_same_in_every_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No word is broken by the edge of a window; what is piped can be compared."""
    monkeypatch.setenv("COLUMNS", "60")
    text = "word " * 40
    assert max(map(len, prose(text).splitlines())) > 60
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert max(map(len, prose(text, 2).splitlines())) <= 60
    monkeypatch.setenv("COLUMNS", "200")
    assert max(map(len, prose(text).splitlines())) <= 100
