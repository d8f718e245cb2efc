"""What programs are given is what the pages say, exact and complete."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.playtest.experiments import found, outcome
from tests.playtest.test_comparison import CALMS, EMBOLDENS, comparison

from crisis_sim.playtest.exports import as_csv, as_json, runs_csv
from crisis_sim.playtest.runs import seed_of


def test_json_holds_every_table() -> None:
    """Numbers as decimals, each thing with its place and counts, each pick with the seed to repeat it."""
    told = json.loads(as_json(found()))
    assert (told["format"], told["scenario"], told["runs"], told["seed"], told["length"]) == (
        1,
        "small-test",
        24,
        "1",
        45,
    )
    peak = next(row for row in told["outcomes"] if row["id"] == "peak-tension")
    summary = found().numbers[0].summary
    assert (peak["mean"] * 100, peak["median"] * 100) == pytest.approx((summary.mean, summary.median))
    assert len(told["coverage"]) == len(found().coverage)
    assert all(row["first_run"] is None for row in told["coverage"] if row["runs"] == 0)
    assert {row["seed"] for row in told["picked"]} <= {seed_of("1", run) for run in range(1, 25)}


def test_csv_has_one_value_a_row() -> None:
    """Every statistic of the JSON's tables is a row of six cells."""
    rows = list(csv.reader(io.StringIO(as_csv(found()))))
    assert rows[0] == ["table", "id", "words", "statistic", "value", "place"]
    assert {len(row) for row in rows} == {6}
    told = json.loads(as_json(found()))
    values = {(row[0], row[1], row[3]): row[4] for row in rows[1:]}
    assert float(values["outcomes", "peak-tension", "mean"]) == told["outcomes"][0]["mean"]
    thing = next(row for row in told["coverage"] if row["runs"])
    assert values["coverage", thing["key"], "times"] == str(thing["times"])
    assert values["sides", "end-felt", "us"]


def test_a_comparison_has_both_and_the_differences() -> None:
    """The two by themselves are there in full."""
    told = json.loads(as_json(comparison(CALMS, EMBOLDENS)))
    assert told["first"]["rules"][1] == "safety-net-calms"
    assert told["second"]["rules"][1] == "safety-net-emboldens"
    ends = next(row for row in told["differences"] if row["id"] == "end-tension")
    assert ends["difference"] == pytest.approx(ends["second"] - ends["first"], abs=0.011)
    assert "differences,end-tension," in as_csv(comparison(CALMS, EMBOLDENS))


def test_every_run_is_a_row() -> None:
    """With its seed, its bots and every measure."""
    rows = list(csv.DictReader(io.StringIO(runs_csv(found(), outcome(24).exercises[0]))))
    assert [row["run"] for row in rows] == [str(run) for run in range(1, 25)]
    assert [(row["us"], row["china"]) for row in rows] == [
        outcome(24).plan.pairings.bots_for("1", run) for run in range(1, 25)
    ]
    mean = sum(float(row["end-tension"]) for row in rows) / 24
    summary = next(number.summary for number in found().numbers if number.measure.id == "end-tension")
    assert mean * 100 == pytest.approx(summary.mean, abs=0.5)


def test_no_cell_is_a_formula() -> None:
    """A track called `=HYPERLINK(…)` is words in a spreadsheet too."""
    told = found()
    measure = told.numbers[0].measure._replace(label="=1+1")
    changed = told._replace(numbers=(told.numbers[0]._replace(measure=measure), *told.numbers[1:]))
    rows = list(csv.reader(io.StringIO(as_csv(changed))))
    assert rows[1][2] == "'=1+1, 0–100"
