"""What a material watches acts, turns and other moments for: rules, lines and tracks, each with plan and condition.

It keeps nothing; the material and the table do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

from crisis_sim.content.material import Material
from crisis_sim.engine import plans
from crisis_sim.engine.inject_times import InjectPlan, inject_plan, injects_played
from crisis_sim.rules.compile import Holds, Watched, compile_condition, compile_each, compile_watch
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import Side, other
from crisis_sim.rules.offences import Offence
from crisis_sim.rules.pack import Rule, RuleMoment

TimelyInject: TypeAlias = tuple[InjectPlan, Holds | None, bool]
"""An inject, its condition if it has one, and whether its time has come."""


class Watching(NamedTuple):
    """What is tried for every act that arrives: a rule, a line, or a track."""

    plan: plans.Plan
    when: Condition
    purpose: str
    """What its luck is for."""
    only_side: Side | None = None
    """Whose acts alone it concerns."""


def compiled(material: Material, offences: Iterable[Offence]) -> Mapping[str, Any]:  # Any: fields of a table
    """What is tried in every session of a material, and what is then carried out, by the names that a table has."""
    scenario, moves, watching = material.scenario, material.moves, all_watched(material, offences)
    delivery = [rule for rule in material.rules if rule.on == "delivery"]
    return {
        "watch": compile_watch([Watched(item.when, item.purpose, item.only_side) for item in watching], moves),
        "plans": tuple(item.plan for item in watching),
        "delivering": compile_watch([Watched(rule.when, f"rule/{rule.id}") for rule in delivery], moves),
        "delivery_plans": tuple(planned(material, rule) for rule in delivery),
        "moments": moments(material),
        "once": frozenset([rule.id for rule in material.rules if rule.once] + _changes_once(material)),
        "come_true": {of.id: compile_condition(of.happens, moves, f"forecast/{of.id}") for of in scenario.forecasts},
        "track_changes": compile_each(list(track_plans(material, "turn")), moves),
        "track_stops": {
            track: compile_condition(of.stops_when, moves, f"track/{track}/stop")
            for track, of in scenario.tracks.items()
            if of.stops_when is not None
        },
    }


def all_watched(material: Material, offences: Iterable[Offence]) -> list[Watching]:
    """Rules first, in the order of their packs, then lines, then tracks, then offences."""
    scenario, places = material.scenario, material.places
    found = [
        Watching(planned(material, rule), rule.when, f"rule/{rule.id}") for rule in material.rules if rule.on == "act"
    ]
    for side, _place, line in scenario.teams.lines:
        at = places.get(f"line/{side}/{line.id}", line.id)
        for place, watch, crosses in (
            *((place, each, False) for place, each in enumerate(line.pressed_by)),
            *((place, each, True) for place, each in enumerate(line.crossed_by)),
        ):
            plan = plans.LinePlan(f"line {line.id}", at, place, side, line.id, watch.by, crosses)
            purpose = f"line/{side}/{line.id}/{len(found)}"
            found.append(Watching(plan, watch.when, purpose, other(side)))
    heard = [Watching(plans.OffencePlan(each.id), each.when, f"offence/{each.id}") for each in offences]
    return [*found, *(Watching(*each) for each in track_plans(material, "act")), *heard]


def track_plans(material: Material, on: Literal["act", "turn"]) -> Iterator[tuple[plans.TrackPlan, Condition, str]]:
    """Changes of tracks that are tried for each act, or at the end of a turn, with the purpose of their luck."""
    for track, of in material.scenario.tracks.items():
        name = f"track/{track}"
        at = material.places.get(name, name)
        for place, change in enumerate(of.changes):
            if change.on == on:
                plan = plans.TrackPlan(f"track {track}/{place}", at, track, change.by, change.once, of.least, of.most)
                yield plan, change.when, f"{name}/{place}"


def _changes_once(material: Material) -> list[str]:
    changes = (*track_plans(material, "act"), *track_plans(material, "turn"))
    return [plan.rule for plan, _, _ in changes if plan.once]


def planned(material: Material, rule: Rule) -> plans.RulePlan:
    """A rule's plan, with the place where the rule stands."""
    return plans.rule_plan(rule, material.places.get(f"rule/{rule.id}", rule.id))


def moments(material: Material) -> dict[RuleMoment, Callable[[Facts], list[plans.RulePlan]]]:
    """Rules that are tried at other moments than an act's delivery or judging."""
    found: dict[RuleMoment, list[tuple[plans.RulePlan, Condition, str]]] = {}
    for rule in material.rules:
        if rule.on not in {"act", "delivery"}:
            found.setdefault(rule.on, []).append((planned(material, rule), rule.when, f"rule/{rule.id}"))
    return {moment: compile_each(rules, material.moves) for moment, rules in found.items()}


def injects_at(
    material: Material,
    length: int,
    hours: Sequence[int],
    follows: Mapping[str, tuple[plans.EffectStep, ...]],
    *,
    decisions: bool,
) -> Callable[[int, tuple[str, ...]], Sequence[TimelyInject]]:
    """Injects that can come at an hour by themselves, since they are due, or since one that comes before calls them.

    One that asks for a decision stays away where none is asked for (`decisions`).
    """
    called = {item for steps in follows.values() for name, item in steps if name == "release"}
    injects = [
        (
            inject_plan(inject, hours),
            None if inject.when is None else compile_condition(inject.when, material.moves, f"inject/{inject.id}"),
        )
        for inject in injects_played(material.scenario, length, decisions=decisions)
    ]

    @cache
    def at(hour: int, due: tuple[str, ...]) -> Sequence[TimelyInject]:
        timely = [(plan, test, plan.is_timely(hour)) for plan, test in injects]
        return [each for each in timely if each[2] or each[0].inject in called or each[0].inject in due]

    return at
