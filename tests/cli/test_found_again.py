"""Every number of a debrief is found again by `verify --findings`: each table cell by cell, each sentence whole."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.cli.found_again import GEORGE, SWAINE, Printed, Said, known, sentences, taken_apart
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
EXPLAINS = (
    "Brier: 0 is perfect, 0.25 is what always saying 50 gets. Skill above 0 is better than that.",
    "A step is one of those from very friendly (−3) over neutral (0) to very hostile (+3).",
    GEORGE,
    SWAINE,
    (
        "As a rule the two come to more than 100: whoever did a thing remembers it best, and what the other did less "
        "well. Nobody need be vain for that (Ross and Sicoly 1979)."
    ),
)
"""Sentences with numbers that explain others."""
LISTED = ("Crossed", "Nearly crossed", "Silences", "Readouts")
"""Lists of what happened, each item with its turn."""


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


def test_every_sentence_with_a_number_is_made_of_the_findings(played: Replay, capsys: Captured) -> None:
    """One with a number that the findings do not give as a whole sentence fails, wherever it stands."""
    found = findings(played, capsys)
    given = sentences(found, played.table)
    tables, said = report(played)
    happened = _turns(found)
    advised = {int(row[0]): row[3] for each in tables if each.section == "Improvement plan" for row in each.rows}
    for each in said:
        if (
            not re.search(r"\d", each.text)
            or each.section in ("", *TOLD_ELSEWHERE)
            or (each.section, each.part) in FREE
        ):
            continue
        if each.text in EXPLAINS or each.text.startswith("Strengths: ") or _is_words_of_the_scenario(played, each):
            continue
        if each.part in LISTED and each.text != each.part:
            assert set(map(int, re.findall(r"\bturn (\d+)", each.text))) <= happened, each
            continue
        if each.section == "Three priorities" and (planned := re.fullmatch(r"(.+) \(Plan: (.+)\)", each.text)):
            assert all(advised[int(number)] == planned[1] for number in planned[2].split(", "))
            continue
        assert each.text in given, each
    plan = next(table for table in tables if table.section == "Improvement plan")
    for row in plan.rows:
        assert not re.search(r"\d", row[1]) or row[1] in given, row
    counts = next(each.text for each in said if each.text.startswith("Strengths: "))
    strengths = sum(each.section == "Strengths" and "Evidence: " in each.text for each in said)
    assert counts.startswith(
        f"Strengths: {strengths}; areas for improvement: {sum(bool(row[1]) for row in plan.rows)}."
    )


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


def _turns(found: dict[str, Any]) -> set[int]:
    """Turns in which something of the register happened."""
    register = found["register"]
    happened = {of["turn"] for key in ("crossings", "conclusions", "near_misses", "promises") for of in register[key]}
    happened |= {of["act"][1] for of in register["requests"]} | {
        of["answer"][1] for of in register["requests"] if of["answer"]
    }
    happened |= {act["arrived"] for act in found["meanings"]} | {turn for turn, _ in register["exchanges"]}
    return happened


WORDS = ("Lines of", "What each", "Conclusions drawn", "Near misses", "Crossed")
"""Parts of the lines' page that hold lines in their own words."""


def _is_words_of_the_scenario(played: Replay, said: Said) -> bool:
    """The third party as the scenario tells it, and lines in their own words."""
    host = played.table.scenario.host.in_("en")
    return said.text in " ".join(host.split()) or said.part.startswith(WORDS)
