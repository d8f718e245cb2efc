"""What every shipped scenario promises of many sessions of bots: reachable, alive to what is done, and fair.

The runs are the same on every machine, so a promise is kept or broken for good. `crisis-sim playtest SCENARIO` shows
the tables behind each of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from tests.scenarios.promises import SCENARIOS, tracked
from tests.thinning import one_in

from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.numbers import ONE
from crisis_sim.playtest.findings import Findings, Sides, Subject, findings
from crisis_sim.playtest.game import pairings, table_for
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import Task, exercise, play
from crisis_sim.playtest.workers import local_pool
from crisis_sim.rules.names import SIDES

CAREFUL = "rota"
RECKLESS = ("firm", "salami", "reckless")
EACH = 5
"""Sessions of each bot with itself."""
MIXED = 30
"""Sessions of bots drawn by luck, the first of them for what no bot reaches with its like across the table."""
SLICED = (("us=salami,china=rota", 2), ("us=rota,china=salami", 2))
"""Small steps against care, where no luck is drawn, and how many sessions of each."""
APART = 20 * ONE
"""Tension that must lie between careful and reckless play, beyond both intervals."""
FAIR = ("end-felt", "crossings", "trust", "standing")
"""What neither side may fare worse in. Near misses are left out: a line with high steps is crossed without one."""


every = pytest.mark.parametrize("scenario", one_in(5, tracked()), scope="module")


@cache
def material_of(scenario: str) -> Material:
    """A scenario under its own packs."""
    return load_material(SCENARIOS / scenario)


@cache
def subject(scenario: str, length: int) -> Subject:
    """It, in one length."""
    material = material_of(scenario)
    table = table_for(material, length=length)
    return Subject(material, table, measures(table))


@cache
def found(scenario: str, length: int, policies: str, runs: int, release: int = 50) -> Findings:
    """What so many runs say, played in this process."""
    of = subject(scenario, length)
    plan = Task((exercise(of.material, length),), "1", pairings(policies), release, 1, runs)
    with local_pool(1) as pool:
        outcome = play(plan, pool)
    return findings(of, outcome, outcome.exercises[0])


def longest(scenario: str) -> int:
    """The length in which all turns are played."""
    return max(material_of(scenario).scenario.lengths)


def alone(scenario: str) -> Findings:
    """Every bot with itself, in the longest sessions."""
    return found(scenario, longest(scenario), "same", EACH * len(POLICIES))


def told(scenario: str) -> Iterator[Findings]:
    """Runs in any length, by mixed bots and where one side slices and the other is careful."""
    yield alone(scenario)
    for length in sorted(material_of(scenario).scenario.lengths, reverse=True):
        yield from (found(scenario, length, policies, runs) for policies, runs in (("mix", MIXED), *SLICED))


def unreached(scenario: str, wanted: Mapping[str, set[str]]) -> list[str]:
    """What no run reaches, of things with the keys of which one would do; none is played once all are reached."""
    left = dict(wanted)
    for each in told(scenario):
        keys = {covered.target.key for covered in each.coverage if covered.runs}
        left = {name: ways for name, ways in left.items() if not ways & keys}
        if not left:
            break
    return list(left)


@every
def test_every_inject_is_delivered_in_some_run(scenario: str) -> None:
    """By the clock, by what the teams did, or by the facilitator's hand, which moves by luck here."""
    injects = [inject.id for inject in material_of(scenario).scenario.msel]
    assert unreached(scenario, {name: {f"inject/{name}/came", f"inject/{name}/by-hand"} for name in injects}) == []


@every
def test_every_line_is_reached_in_some_run(scenario: str) -> None:
    """A pink line is full, with a conclusion drawn on it, and a red one is crossed."""
    teams = material_of(scenario).scenario.teams
    wanted = [
        f"line/{side}/{line.id}/{'concluded' if line.kind == 'pink' else 'crossed'}"
        for side in SIDES
        for line in teams.team_of(side).lines
    ]
    assert unreached(scenario, {key: {key} for key in wanted}) == []


@every
@pytest.mark.parametrize("reckless", RECKLESS)
def test_careful_play_and_reckless_play_end_differently(scenario: str, reckless: str) -> None:
    """Tension ends at least 20 points apart beyond luck, and something at stake comes out otherwise."""
    careful, hard = (found(scenario, longest(scenario), f"both={name}", EACH, 0) for name in (CAREFUL, reckless))
    low = {number.measure.id: number.summary for number in careful.numbers}
    high = {number.measure.id: number.summary for number in hard.numbers}
    calm, tense = low["end-tension"].interval, high["end-tension"].interval
    assert calm is not None and tense is not None
    assert tense.low - calm.high >= APART
    tracks = [name for name in low if name.startswith("track/")]
    assert any(low[name].most < high[name].least or high[name].most < low[name].least for name in tracks)


@every
def test_careful_play_crosses_no_line(scenario: str) -> None:
    """Whoever asks first, tells first and puts the host in front keeps clear of every red line."""
    told = found(scenario, longest(scenario), f"both={CAREFUL}", EACH, 0)
    assert next(number.summary.most for number in told.numbers if number.measure.id == "crossings") == 0


@every
def test_neither_side_is_favoured(scenario: str) -> None:
    """With the same bot on both sides, no difference is both beyond luck and more than a fifth of the spread."""
    uneven: list[Sides] = [each for each in alone(scenario).sides if each.id in FAIR and each.is_uneven]
    assert {each.id for each in alone(scenario).sides} >= set(FAIR)
    assert uneven == []
