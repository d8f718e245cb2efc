"""Calibration: incidents come out in the order in which anybody would put them; the page is what the code writes."""

from __future__ import annotations

import re

import pytest
from benchmarks.calibration import LENGTHS, PAGE, TARGETS, Judged, Rung, judged, page, stage, stale
from benchmarks.incidents import INCIDENTS

STAGE = stage()


@pytest.fixture(scope="module")
def incidents() -> list[Judged]:
    """Every incident, judged."""
    return [judged(incident, STAGE) for incident in INCIDENTS]


def test_every_adversarial_incident_stands_above_every_benign_one(incidents: list[Judged]) -> None:
    """At its highest and at the end."""
    hard = [each for each in incidents if each.incident.stand == "adversarial"]
    kind = [each for each in incidents if each.incident.stand == "benign"]
    assert len(hard) >= 4 and len(kind) >= 4
    assert min(each.peak for each in hard) > max(each.peak for each in kind)
    assert min(each.end for each in hard) > max(each.end for each in kind)


def test_incidents_are_of_acts_of_the_catalogue_and_have_their_sources() -> None:
    """No act is invented, and each coding can be checked."""
    for incident in INCIDENTS:
        assert {act for turn in incident.turns for acts in turn for act in acts} <= set(STAGE.moves)
        assert len(incident.turns) <= len(STAGE.scenario.turns) and len(incident.source) > 20


def test_nothing_happens_on_the_stage_but_what_the_two_do(incidents: list[Judged]) -> None:
    """An incident in which both state facts and no more only calms down."""
    idle = INCIDENTS[0]._replace(turns=((("fact-statement",), ("fact-statement",)),) * 4)
    told = judged(idle, STAGE)
    assert told.peak == STAGE.base.tension.start / 100 and told.end < told.peak


def test_the_page_has_the_shape_that_the_code_gives_it(incidents: list[Judged]) -> None:
    """Every policy, length, incident and pack; numbers and hashes aside, word for word."""
    rungs = [Rung(policy, length, 0.0, 0.0, 0.0) for policy in TARGETS for length in LENGTHS]
    made, there = page(rungs, incidents, 200), PAGE.read_text(encoding="utf-8")
    rows = [f"| `{policy}` | " for policy in TARGETS] + [f"| {each.incident.name} | " for each in incidents]
    assert [row for row in rows if row not in there] == []
    assert "core" in re.findall(r"^- `([\w-]+)`: [0-9a-f]{64}$", there, re.MULTILINE)
    assert re.findall(r"^#.*$", made, re.MULTILINE) == re.findall(r"^#.*$", there, re.MULTILINE)
    assert "**A sanity check, not a proof.**" in there


@pytest.mark.slow
def test_the_page_is_of_the_packs_that_there_are() -> None:
    """`scripts/calibration` has been run since the numbers changed."""
    assert stale() == []


def test_a_target_that_is_missed_is_said_to_be(incidents: list[Judged]) -> None:
    """With by how much, and who stands out of order."""
    rungs = [Rung(policy, length, 15.0, 10.0, 20.0) for policy in TARGETS for length in LENGTHS]
    rungs = [rung._replace(mean=99.0) if rung.policy == "attentive" else rung for rung in rungs]
    text = page(rungs, incidents, 1)
    assert "| 10–20 | missed: 79.0 too high |" in text and "| 90–100 | missed: 75.0 too low |" in text
    assert "`attentive` above `rota`" in text
