"""Writes docs/calibration.md: the ladder of policies in every scenario and length, and incidents judged under `core`.

    scripts/calibration 40        forty sessions for each policy, length and scenario; 200 where there is a night
    scripts/calibration --check   says whether the page is of the packs that there are

The page is a sanity check and no proof: weights rest on published scales and history, not on what bots make of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.incidents import INCIDENTS, Incident

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.state import opening_state
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import RequestFacts
from crisis_sim.engine.views.seats import lazy_view_for
from crisis_sim.playtest.bots import AutoFacilitator, Bot, play_out
from crisis_sim.playtest.game import pairings, table_for
from crisis_sim.playtest.policy import TAKEN_AS, LuckRoll, PlannedMove, Policy, PolicyView
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import Task, exercise, play
from crisis_sim.playtest.workers import cores, local_pool
from crisis_sim.rules.names import AnswerKind, Side

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "calibration.md"
LENGTHS: Final = (45, 90, 150)
TARGETS: Final[Mapping[str, tuple[int, int]]] = {
    "attentive": (10, 20),
    "human-like": (25, 50),
    "rota": (28, 40),
    "firm-in-private": (30, 50),
    "silent": (35, 50),
    "salami": (50, 70),
    "reckless-words": (65, 85),
    "violent": (90, 100),
}
"""The ladder: each policy on both sides, and where tension should end at 150 minutes."""


class Rung(NamedTuple):
    """What one policy on both sides comes to in one length."""

    policy: str
    length: int
    mean: float
    """Tension at the end, over all scenarios and sessions."""
    least: float
    most: float
    """The means of the scenarios in which it is lowest and highest."""


class Judged(NamedTuple):
    """What an incident comes to."""

    incident: Incident
    peak: float
    end: float


def ladder(runs: int) -> Iterator[Rung]:
    """Every policy in every length, over all scenarios."""
    materials = [load_material(each.path) for each in list_scenarios()]
    with local_pool(cores()) as pool:
        for length in LENGTHS:
            named = [measure.id for measure in measures(table_for(materials[0], length=length))]
            place = named.index("end-tension")
            means: dict[str, list[float]] = {policy: [] for policy in TARGETS}
            for material in materials:
                for policy, found in means.items():
                    plan = Task((exercise(material, length),), "calibration", pairings(policy), 20, 1, runs)
                    column = play(plan, pool).exercises[0].columns[place]
                    found.append(sum(column) / len(column) / 100)
            for policy, found in means.items():
                yield Rung(policy, length, sum(found) / len(found), min(found), max(found))


class Scripted(Policy):
    """Does what somebody did, turn by turn, and answers as that incident went."""

    id = "scripted"
    many = True

    def __init__(self, incident: Incident, side: Side) -> None:
        self._acts = [turn[side == "china"] for turn in incident.turns]
        self._accepts = incident.accepts

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """The acts of this turn, meant as a plain reader takes them."""
        acts = self._acts[look.view.turn - 1] if look.view.turn <= len(self._acts) else ()
        return [PlannedMove(act, TAKEN_AS[look.family_of(act)]) for act in acts]

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """As the incident went."""
        return "accept" if self._accepts else "decline"


def stage() -> Material:
    """A scenario under `core` in which nothing happens but what the two do."""
    bundle = deepcopy(load_material(list_scenarios()[0].path, ["core"]).bundle())
    tree: dict[str, Any] = bundle["scenario"]["tree"]
    first = {key: value for key, value in tree["msel"][0].items() if key not in ("then", "calls_for", "when", "window")}
    tree["msel"] = [first]
    tree["facts"] = {
        name: {key: start[key] for key in ("says", "per") if key in start} for name, start in tree["facts"].items()
    }
    for track in tree["tracks"].values():
        for key in ("changes", "marks", "stops_when", "runs_out", "per_hour"):
            track.pop(key, None)
    for team in tree["teams"].values():
        for line in team["lines"]:
            for key in ("pressed_by", "crossed_by", "crossing", "crossing_says"):
                line.pop(key, None)
    tree["hotwash"] = [{key: value for key, value in each.items() if key != "recalls"} for each in tree["hotwash"]]
    tree["forecasts"] = [{"id": "calls", "ask": "Will they call?", "happens": {"same_turn": {"move": "request-call"}}}]
    tree.pop("commitments", None)
    bundle["scenario"]["sha256"] = sha256([tree, bundle["scenario"]["texts"]])
    return material_from_bundle(bundle)


def judged(incident: Incident, material: Material) -> Judged:
    """An incident played on a stage."""
    table = table_for(material, length=90).seeded("incident", "incident")
    state = opening_state(table)
    peak = state.tension

    def submit(seat: a.SeatName, action: a.AnyAction) -> None:
        nonlocal state, peak
        _told, state = decide_with_state(state, seat, action, table)
        if state.turn <= len(incident.turns):
            peak = max(peak, state.tension)
            ends.append(state.tension)

    ends = list[int]()
    for seat in ("us", "china", "facilitator"):
        submit(seat, a.TakeSeat(occupant="bot", policy="scripted"))
    sides: tuple[Side, ...] = ("us", "china")
    teams = [Bot(side, Scripted(incident, side), "incident", dossier_for(table, side)) for side in sides]
    play_out(
        [*teams, AutoFacilitator(seed="incident")],
        lambda seat: lazy_view_for(state, table, seat),
        submit,
        waits_for=lambda: waiting_for(state),
    )
    return Judged(incident, peak / 100, ends[-1] / 100)


_HEAD: Final = """# Calibration

For people who ask whether the numbers can be believed. Written by `scripts/calibration`; do not edit it by hand.

**A sanity check, not a proof.** Weights rest on published scales, on history and, as soon as there are any, on sessions
of people; each has its source in its pack. What follows says whether conduct that anybody would order alike comes out
in that order, and where it does not come out where it was meant to. Bots are habits and not people; `human-like` is a
documented guess.
"""
_LADDER: Final = """## The ladder

Tension at the end, the same bot on both sides, {runs} sessions for each of {scenarios} scenarios, each under the packs
that it lists. Behind the mean stand the scenarios with the lowest and the highest mean. The target is for 150 minutes;
at 45 and 90 the same order is asked.
"""
_INCIDENTS: Final = """## Incidents

What the two did in twelve incidents, coded from public sources as acts of the catalogue (`benchmarks/incidents.py`) and
judged under `core` on a stage on which nothing else happens. Tension begins at {start}. Each adversarial one has to
come out above each benign one, at its highest and at the end; a test holds that.
"""


def page(rungs: Sequence[Rung], incidents: Sequence[Judged], runs: int) -> str:
    """The whole page."""
    material = load_material(list_scenarios()[0].path)
    heads = (_HEAD, _LADDER.format(runs=runs, scenarios=len(list_scenarios())))
    rows = "| bot | 45 minutes | 90 minutes | 150 minutes | target | at 150 |\n| --- | --- | --- | --- | --- | --- |"
    start = material.base.tension.start / 100
    told = sorted(incidents, key=lambda each: (-each.peak, each.incident.name))
    parts = [
        *heads,
        rows,
        *(_rung_row(policy, rungs) for policy in TARGETS),
        "",
        *_missed(rungs),
        _INCIDENTS.format(start=f"{start:g}"),
        "| incident | stand | highest | at the end | source |\n| --- | --- | --- | --- | --- |",
        *(f"| {it.name} | {it.stand} | {peak:.1f} | {end:.1f} | {it.source} |" for it, peak, end in told),
        "\n## What it was made with\n",
        *(f"- `{pack}`: {digest}" for pack, digest in hashes().items()),
        "",
    ]
    return "\n".join(parts)


def _rung_row(policy: str, rungs: Sequence[Rung]) -> str:
    of = {rung.length: rung for rung in rungs if rung.policy == policy}
    cells = [f"{each.mean:.1f} ({each.least:.1f}–{each.most:.1f})" for each in (of[length] for length in LENGTHS)]
    low, high = TARGETS[policy]
    return f"| `{policy}` | {' | '.join(cells)} | {low}–{high} | {_verdict(of[150].mean, low, high)} |"


def _verdict(mean: float, low: int, high: int) -> str:
    if mean < low:
        return f"missed: {low - mean:.1f} too low"
    return f"missed: {mean - high:.1f} too high" if mean > high else "met"


def _missed(rungs: Sequence[Rung]) -> Iterator[str]:
    """What is out of order, in words."""
    found = []
    for length in LENGTHS:
        means = {rung.policy: rung.mean for rung in rungs if rung.length == length}
        order = list(TARGETS)
        swapped = [
            f"`{low}` above `{high}`"
            for place, low in enumerate(order)
            for high in order[place + 1 :]
            if means[low] > means[high] + 0.05 and TARGETS[low][1] <= TARGETS[high][0]
        ]
        found.append(f"- {length} minutes: {'; '.join(swapped) or 'nobody stands above one who should stand higher'}")
    yield "Out of order, where targets do not overlap:\n"
    yield from found
    yield ""


def hashes() -> dict[str, str]:
    """The packs of the shipped scenarios by their hashes."""
    found: dict[str, str] = {}
    for each in list_scenarios():
        bundle = load_material(each.path).bundle()
        found |= {pack["tree"]["id"]: str(pack["sha256"]) for pack in bundle["packs"]}
    return dict(sorted(found.items()))


def stale() -> list[str]:
    """Packs that are not those of the page."""
    text = PAGE.read_text(encoding="utf-8")
    return [pack for pack, digest in hashes().items() if f"- `{pack}`: {digest}\n" not in text]


def main(arguments: Sequence[str]) -> int:
    """Write the page, or say whether it is of the packs there are."""
    if "--check" in arguments:
        sys.stdout.writelines(f"docs/calibration.md was made with another '{pack}'\n" for pack in stale())
        return 1 if stale() else 0
    runs = int(arguments[0]) if arguments else 200
    stage_of = stage()
    incidents = [judged(incident, stage_of) for incident in INCIDENTS]
    PAGE.write_text(page(list(ladder(runs)), incidents, runs), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
