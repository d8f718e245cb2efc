"""Every number of a debrief is found again by `verify --findings`: each table cell by cell, each sentence whole."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.cli.found_again import Printed, Said, known, numbers, taken_apart
from tests.report.golden import SESSIONS, bots_session

from crisis_sim.cli import main
from crisis_sim.report.markdown import markdown
from crisis_sim.report.whole_report import whole_report
from crisis_sim.session.replay import Replay, replay

Captured = pytest.CaptureFixture[str]

FRESH = {
    "virus": ("new-virus", "mirror", "salami", "4", "45"),
    "submarine": ("bottomed-submarine", "random", "firm", "7", "90"),
    "hard voices": ("bottomed-submarine", "random", "random", "1", "90"),
    "calls": ("bottomed-submarine", "rota", "random", "2", "90"),
    "airliner": ("lost-airliner", "random", "random", "11", "150"),
    "evacuation": ("shared-evacuation", "rota", "random", "3", "90"),
}
"""Sessions of bots: scenario, who plays, seed, length."""

TOLD_ELSEWHERE = {
    "Notes and bookmarks": "what seats wrote, and when",
    "Questions for the room": "the scenario's words",
    "Where the numbers come from": "about this very test",
}
"""Sections without a measure."""
FREE = {
    ("Areas for improvement", ""),
    ("Improvement plan", ""),
    ("Improvement plan", "How strengths and areas are found"),
}
"""Observations are told again in the plan's table, where they are checked; the rules' own numbers are no measures."""


DERIVED = re.compile(
    r"(?:US|China) \d+\.\d+|[\d.]+ without it|[\d.]+ → [\d.]+|Brier score [^:]+"
    r"|\([^()]* steps[^()]*\)|\(\d+ acts;[^()]*\)"
)
"""Names of acts, and what a sentence reckons from numbers of the findings: sums, differences, two standard errors."""


@pytest.fixture(scope="module", params=[*FRESH, *SESSIONS])
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """A session that came to its hotwash."""
    folder = tmp_path_factory.mktemp("found")
    if request.param in SESSIONS:
        return bots_session(request.param, folder)
    scenario, us, china, seed, length = FRESH[request.param]
    path = folder / "a.jsonl"
    play = ["play", scenario, "--us", us, "--china", china, "--seed", seed, "--length", length, "--log", str(path)]
    assert main(play) == 0
    return replay(path)


def findings(played: Replay, capsys: Captured) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["verify", str(played.log.path), "--findings"]) in (0, 1)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["measures"]
    return found


def report(played: Replay) -> tuple[list[Printed], list[Said]]:
    return taken_apart(markdown(whole_report(played)))


def test_every_table_of_a_report_says_what_the_findings_say(played: Replay, capsys: Captured) -> None:
    """Cell by cell; what holds no number of a session is the lines' words and the plan, which is checked apart."""
    found = findings(played, capsys)
    tables, _ = report(played)
    seen = set()
    for each in tables:
        how = known(each)
        if how is None:
            wordy = each.part.startswith("Lines of") or each.section == "Improvement plan"
            assert wordy, f"nothing in the findings is known for the table {each.section}/{each.part}: {each.head}"
            continue
        seen.add(each.section)
        shown = [row[how.columns] for row in each.rows]
        assert shown == how.rows(found, played.table), f"{each.section}/{each.part}"
    assert len(seen) >= 11


def test_every_decimal_of_a_sentence_is_a_number_of_the_findings(played: Replay, capsys: Captured) -> None:
    """Wherever it stands; which sentence it is in, the golden reports hold to the byte."""
    given = numbers(findings(played, capsys))
    _, sentences = report(played)
    shown = [
        (number, sentence.text)
        for sentence in sentences
        if sentence.section not in TOLD_ELSEWHERE and (sentence.section, sentence.part) not in FREE
        for number in re.findall(r"(?<![\d.+])\d+\.\d+", DERIVED.sub("", sentence.text))
    ]
    assert [each for each in shown if each[0] not in given] == []


def test_every_act_that_is_named_with_its_entry_has_that_entry(played: Replay, capsys: Captured) -> None:
    """In whatever table or sentence it stands."""
    entries = {
        f"{act['key'][0]} {act['key'][1]}.{act['key'][2]}": act["entry"] for act in findings(played, capsys)["meanings"]
    }
    text = markdown(whole_report(played))
    told = re.findall(r"(US|China) (\d+\.\d+) \(entry (\d+)\)", text)
    assert told
    for side, place, entry in told:
        assert entries[f"{side.lower()} {place}"] == int(entry)
