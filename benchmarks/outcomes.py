"""Counts what docs/scenarios.md says under *What becomes of them*: six bots, each with its like, in every length.

    python -m benchmarks.outcomes asteroid polar-rescue    two hundred sessions each, for a table by hand
    python -m benchmarks.outcomes --runs 20                all ten, roughly

A row a scenario, as the page has it: means at 90 minutes, then the best that anybody came to in each length. Below it,
where tension ended at 90 minutes, and what none of the six reached in a length.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from statistics import mean
from typing import Final

from tests.scenarios.promises import promises, tracked

from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.numbers import ONE
from crisis_sim.playtest.game import pairings, table_for
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import Gathered, Task, exercise, play
from crisis_sim.playtest.workers import local_pool
from crisis_sim.rules.names import SIDES

SIX: Final = ("attentive", "human-like", "rota", "salami", "firm", "reckless")
SHOWN: Final = 90
"""Minutes of the sessions whose means the page has."""


def counted(material: Material, length: int, policy: str, runs: int) -> Gathered:
    """Sessions of a bot with its like."""
    plan = Task((exercise(material, length),), "1", pairings(f"us={policy},china={policy}"), 20, 1, runs)
    with local_pool(1) as pool:
        return play(plan, pool).exercises[0]


def rows(scenario: str, runs: int) -> Iterator[str]:
    """What the page says of a scenario."""
    material, outcome = load_material(scenario), promises(scenario).outcome
    best, bests = min if outcome.fewer else max, list[str]()
    means, ends, missed = list[str](), list[str](), list[str]()
    for length in sorted(material.scenario.lengths):
        place = [each.id for each in measures(table_for(material, length=length))].index
        of = {policy: counted(material, length, policy, runs) for policy in SIX}
        tracks = [each.columns[place(f"track/{outcome.track}")] for each in of.values()]
        bests.append(f"{best(map(best, tracks)) / ONE:,.0f}")
        missed += [f"  {length} minutes: none of the six reaches {name}" for name in unreached(material, length, of)]
        if length == SHOWN:
            means = [f"{mean(each) / ONE:,.0f}" for each in tracks]
            ends = [f"{name} {mean(each.columns[place('end-tension')]) / ONE:.1f}" for name, each in of.items()]
    yield f"| {scenario} | {outcome.track} | {' | '.join(means)} | {' / '.join(bests)} |"
    yield f"  tension at the end: {', '.join(ends)}"
    yield from missed


def unreached(material: Material, length: int, of: Mapping[str, Gathered]) -> Iterator[str]:
    """Injects of a length that never came, and lines that were never full or crossed."""
    reached = {key for each in of.values() for key in each.tally}
    for inject in material.scenario.msel:
        if length in inject.lengths and not {f"inject/{inject.id}/came", f"inject/{inject.id}/by-hand"} & reached:
            yield inject.id
    for side in SIDES:
        for line in material.scenario.teams.team_of(side).lines:
            if f"line/{side}/{line.id}/{'concluded' if line.kind == 'pink' else 'crossed'}" not in reached:
                yield f"{side}/{line.id}"


def main(arguments: Sequence[str] = ()) -> int:
    """Print the rows of the scenarios named, or of all."""
    given = list(arguments)
    runs = int(given.pop(given.index("--runs") + 1)) if "--runs" in given else 200
    named = [name for name in given if name != "--runs"]
    for scenario in named or tracked():
        for row in rows(scenario, runs):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
