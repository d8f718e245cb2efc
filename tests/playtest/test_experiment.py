"""Everything that is asked for is checked before the first run, and what is wrong is said in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.small import SMALL_SCENARIO

from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.experiment import ExperimentOptions, ready, run_experiment, stopped
from crisis_sim.playtest.findings import Comparison, Findings
from crisis_sim.playtest.findings_page import comparison_page
from crisis_sim.session.verify import verify

SMALL = str(SMALL_SCENARIO)


def wanted(**asked: Any) -> ExperimentOptions:  # Any: whichever fields a test changes
    return ExperimentOptions(SMALL, **{"length": 45, "runs": 6, "workers": 1, **asked})


@pytest.mark.parametrize(
    ("asked", "sentence", "hint"),
    [
        ({"runs": 0}, "0 sessions say nothing", "give --runs 100, for a start"),
        ({"runs": -5}, "-5 sessions say nothing", "give --runs 100, for a start"),
        (
            {"runs": 10**7},
            "runs are numbered from 1 to 1,000,000, and these would be 1 to 10,000,000",
            "10,000 give intervals narrower than anybody needs",
        ),
        (
            {"first": 0},
            "runs are numbered from 1 to 1,000,000, and these would be 0 to 5",
            "10,000 give intervals narrower than anybody needs",
        ),
        ({"release": 101}, "101 is no percentage", "give 0 to 100"),
        ({"workers": 0}, "there can be 1 to 256 workers on a machine", "leave --workers out for one on each core"),
        ({"workers": 9999}, "there can be 1 to 256 workers on a machine", "leave --workers out for one on each core"),
        ({"seed": "\x1b"}, "a seed has 1 to 100 characters", "give a word or a number"),
        ({"seed": "x" * 101}, "a seed has 1 to 100 characters", "give a word or a number"),
        ({"policies": "us=timid,china=firm"}, "there is no bot called 'timid'", None),
        ({"length": 90, "against": "small"}, "there is no scenario 'small'", None),
    ],
)
def test_a_slip_gets_a_sentence(asked: dict[str, Any], sentence: str, hint: str | None) -> None:
    """What is wrong and what to write instead, before anything is played."""
    with pytest.raises(UnreadableInput) as caught:
        ready(wanted(**asked))
    assert str(caught.value) == sentence
    assert caught.value.hint == hint or hint is None


def test_the_longest_length_is_played_where_none_is_asked_for() -> None:
    """Most of a scenario's injects come in it."""
    assert ready(wanted(length=None)).plan.exercises[0].length == 150


def test_a_length_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With those that there are."""
    shutil.copytree(SMALL_SCENARIO.parents[2], tmp_path, dirs_exist_ok=True)
    file = tmp_path / "scenarios" / "small-test" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("{45: [1, 3], 90:", "{90:")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(UnreadableInput) as caught:
        ready(ExperimentOptions(str(file), length=45))
    assert str(caught.value) == "small-test cannot be played in 45 minutes"
    assert caught.value.hint == "one of: 90, 150"


def test_an_experiment_finds_and_keeps(tmp_path: Path) -> None:
    """Logs of the picked runs, sound and named in the findings, and every run in a table."""
    told = run_experiment(ready(wanted(keep=tmp_path / "kept")), lambda more: None)
    assert isinstance(told, Findings)
    assert len(told.picked) == 6
    for picked in told.picked:
        reasons = "-".join(f"{each.why}-{each.place}" for each in told.picked if each.run == picked.run)
        assert Path(picked.log).name == f"small-test-{reasons}-run-{picked.run}.jsonl"
        assert verify(Path(picked.log)).is_sound
    assert (tmp_path / "kept" / "runs.csv").read_text(encoding="utf-8").count("\n") == 7
    assert stopped(told) is None


def test_a_session_that_is_worth_reading_twice_over_is_kept_once(tmp_path: Path) -> None:
    """Under all reasons for it: of four sessions the three worst and the three most typical share at least two."""
    told = run_experiment(ready(wanted(runs=4, keep=tmp_path)), lambda more: None)
    assert isinstance(told, Findings)
    logs = sorted(path.name for path in tmp_path.glob("*.jsonl"))
    assert len(logs) == len({each.run for each in told.picked}) < len(told.picked) == 6
    assert {Path(each.log).name for each in told.picked} == set(logs)
    assert any("worst" in name and "typical" in name for name in logs)


def test_both_of_a_comparison_are_kept(tmp_path: Path) -> None:
    """The same runs under either, so that they can be read side by side."""
    told = run_experiment(ready(wanted(against=SMALL, keep=tmp_path, runs=3)), lambda more: None)
    assert isinstance(told, Comparison)
    names = sorted(path.name for path in tmp_path.glob("*.jsonl"))
    assert len(names) == 6
    assert [name.replace("-a-", "-b-") for name in names if "-a-" in name] == [name for name in names if "-b-" in name]
    assert {path.name for path in tmp_path.glob("*.csv")} == {"runs-a.csv", "runs-b.csv"}
    assert "are in" in " ".join(list(comparison_page(told))[-4:])


def test_progress_is_told_to_the_last_run() -> None:
    """The numbers told add up to the runs asked for."""
    more: list[int] = []
    run_experiment(ready(wanted()), more.append)
    assert sum(more) == 6


def test_what_was_stopped_is_told() -> None:
    """How far it came, and that no logs are kept of it."""
    told = run_experiment(ready(wanted()), lambda more: None)
    assert isinstance(told, Findings)
    early = stopped(told._replace(outcome=told.outcome._replace(runs=4)))
    assert early is not None
    assert str(early) == "stopped after 4 of 6 sessions; only these are in the report"
    assert early.exit_code == 130
    none = stopped(told._replace(outcome=told.outcome._replace(runs=0)))
    assert str(none) == "stopped before any of 6 sessions was finished"
