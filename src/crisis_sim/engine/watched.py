"""What a material watches acts, turns and other moments for: rules, lines and tracks, each with plan and condition.

It keeps nothing; the material and the table do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from crisis_sim.content.material import Material
from crisis_sim.engine import plans
from crisis_sim.engine.inject_times import InjectPlan, inject_plan, injects_played
from crisis_sim.rules.compile import Find, Holds, Watched, compile_condition, compile_each, compile_watch
from crisis_sim.rules.names import other
from crisis_sim.rules.pack import RuleMoment

TimelyInject: TypeAlias = tuple[InjectPlan, Holds | None, bool]
"""An inject, its condition if it has one, and whether its time has come."""


def compiled(material: Material) -> Mapping[str, Any]:  # Any: fields of a table
    """What is tried in every session of a material, and what is then carried out, by the names that a table has."""
    scenario, moves = material.scenario, material.moves
    return {
        "watch": compile_watch(all_watched(material), moves),
        "delivering": compile_watch(rules_on(material, "delivery"), moves),
        "moments": moments(material),
        "come_true": {
            forecast.id: compile_condition(forecast.happens, moves, f"forecast/{forecast.id}")
            for forecast in scenario.forecasts
        },
        "track_changes": compile_each(track_plans(material, "turn"), moves),
        "track_stops": {
            track: compile_condition(settings.stops_when, moves, f"track/{track}/stop")
            for track, settings in scenario.tracks.items()
            if settings.stops_when is not None
        },
    }


def all_watched(material: Material) -> list[Watched[plans.Plan]]:
    """Rules first, in the order of their packs, then lines, then tracks."""
    scenario, places = material.scenario, material.places
    watched: list[Watched[plans.Plan]] = [*rules_on(material, "act")]
    for side, _place, line in scenario.teams.lines:
        source = places.get(f"line/{side}/{line.id}", line.id)
        for place, watch, crosses in (
            *((place, watch, False) for place, watch in enumerate(line.pressed_by)),
            *((place, watch, True) for place, watch in enumerate(line.crossed_by)),
        ):
            plan = plans.LinePlan(f"line {line.id}", source, place, side, line.id, watch.by, crosses)
            purpose = f"line/{side}/{line.id}/{len(watched)}"
            watched.append(Watched(plan, watch.when, purpose, other(side)))
    return [*watched, *track_plans(material, "act")]


def track_plans(material: Material, on: Literal["act", "turn"]) -> Iterator[Watched[plans.TrackPlan]]:
    """Changes of tracks that are tried for each act, or at the end of a turn, with the purpose of their luck."""
    for track, settings in material.scenario.tracks.items():
        name = f"track/{track}"
        source = material.places.get(name, name)
        for place, change in enumerate(settings.changes):
            if change.on == on:
                plan = plans.TrackPlan(
                    f"track {track}/{place}", source, track, change.by, change.once, settings.least, settings.most
                )
                yield Watched(plan, change.when, f"{name}/{place}")


def rules_on(material: Material, moment: RuleMoment) -> list[Watched[plans.RulePlan]]:
    """The rules that are tried at a moment, in the order of their packs."""
    return [
        Watched(plans.rule_plan(rule, material.places.get(f"rule/{rule.id}", rule.id)), rule.when, f"rule/{rule.id}")
        for rule in material.rules
        if rule.on == moment
    ]


def moments(material: Material) -> dict[RuleMoment, Find[plans.RulePlan]]:
    """Rules that are tried at other moments than an act's delivery or judging."""
    return {
        moment: compile_each(rules_on(material, moment), material.moves)
        for moment in get_args(RuleMoment)
        if moment not in ("act", "delivery")
    }


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
    def list_injects(hour: int, due_injects: tuple[str, ...]) -> Sequence[TimelyInject]:
        timely = [(plan, test, plan.is_timely(hour)) for plan, test in injects]
        return [entry for entry in timely if entry[2] or entry[0].inject in called or entry[0].inject in due_injects]

    return list_injects
