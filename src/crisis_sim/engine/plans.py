"""What judging carries out, read once from the authored models into plain records.

Authored models check what they are given and pay for it each time they are read; judging reads the same few fields for
every act. Nothing is decided here: a plan says what its rule, line or track says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from crisis_sim.content.authored_stakes import Line
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.secrets import hidden_injects
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.base_settings import LineSettings
from crisis_sim.rules.effects import ON_WEIGHT, Effects, Meter, Press, Standing
from crisis_sim.rules.keys import is_sealed
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import AUDIENCES, SIDES, Audience, Side, other
from crisis_sim.rules.pack import ReadingSettings, Rule

EffectStep: TypeAlias = tuple[str, Any]
"""An effect's name and what it says: a plain number, a record of this module, or an authored item."""
Shifts: TypeAlias = Mapping[Side | None, tuple[tuple[Side, int], ...]]
"""By who acted: the teams whose meter moves, and by how much."""
BESIDE_WEIGHT = frozenset({"felt", "weigh_felt", "weigh_relief", "weigh_standing"})
"""Effects on the weight of the act at hand that leave that weight itself as it is."""
AT_DELIVERY = frozenset({"delay", "unclear", "grow"})
"""Effects that are carried out where an act is delivered or a line pressed."""


class PressurePlan(Struct, frozen=True):
    """Pressure put on the lines of a concern, or taken off; hundredths."""

    line: str
    points: int
    owner: Literal["sender", "receiver", "both", "us", "china"]


class StandingPlan(Struct, frozen=True):
    """A change of standing at home."""

    shifts: Shifts
    limit: int | None
    """It lifts standing no further than this."""
    turns: int | None
    """It wears off over so many turns."""


class RulePlan(Struct, frozen=True):
    """A rule."""

    rule: str
    place: str
    only_once_for: Literal["side", "session"] | None
    credit: bool
    weighs: bool
    """It has effects on the weight of the act at hand."""
    weighs_beside: bool
    """It has some beside that weight itself: on how it is felt, on relief, or at home."""
    weigh: int | None
    repeat: int | None
    """Factor for each time the move was made before."""
    repeat_floor: int
    add: int
    felt: int
    weigh_felt: int
    weigh_relief: int
    weigh_standing: int
    grow: int | None
    """For rules on press: share of a pressing that each earlier turn with one adds."""
    turns: int
    """For rules on press: how far back pressings count."""
    delay: int
    """For rules on delivery: turns by which the act is later."""
    unclear: bool
    steps: tuple[EffectStep, ...]


class LinePlan(Struct, frozen=True):
    """An act of the other team that presses or crosses a line."""

    rule: str
    place: str
    part: int
    """Its place among those that press the line, or among those that cross it."""
    owner: Side
    line: str
    points: int
    crosses: bool


class TrackPlan(Struct, frozen=True):
    """A change to a track."""

    rule: str
    place: str
    track: str
    points: int
    is_single: bool
    minimum: int
    maximum: int


Plan: TypeAlias = RulePlan | LinePlan | TrackPlan


class PinkPlan(Struct, frozen=True):
    """When small acts have come to much on a pink line, hundredths of pressure."""

    limit: int
    near: int
    """Where it comes near the limit."""
    decay: int
    """How far pressure falls each turn."""
    below: int
    """Under which its owner can be drawn back from a conclusion."""


class MarkPlan(Struct, frozen=True):
    """A mark of a track, and what follows when it is reached."""

    track: str
    place: int
    """Among the track's marks, from 0."""
    rule: str
    at: str
    minimum: int
    maximum: int
    """It is reached by whatever lies between the two."""
    steps: tuple[EffectStep, ...]


class MovePlan(Struct, frozen=True):
    """What judging asks of a move of the catalogue."""

    place: str
    standing: int
    """What public words of this kind do to the sender's standing; hundredths."""
    severity: int
    """Its class, 0–3."""
    costliness: int
    ambiguity: int
    concerns: tuple[str, ...]
    """What it speaks to."""
    discloses_facts: bool
    """It names a line of its sender's own."""


class ReadingPlan(Struct, frozen=True):
    """How readings bend what is felt."""

    shares: tuple[int, int, int, int]
    """Share of the reading in the felt weight at confidence 1, 2, 3, 4."""
    per_point: int
    factors: Mapping[tuple[int | None, Audience | None], int]
    """Scale of the pressure of an act as it was read, −3 … +3, and meant for whom; whole for what was not read."""


def move_plans(material: Material) -> dict[str, MovePlan]:
    """What judging asks of each move of the catalogue."""
    places = material.places
    return {
        name: MovePlan(
            places.get(f"move/{name}", f"move/{name}"),
            move.standing,
            move.severity,
            move.costliness,
            move.ambiguity,
            move.concerns,
            move.tells,
        )
        for name, move in material.moves.items()
    }


def rule_plan(rule: Rule, place: str) -> RulePlan:
    """What judging carries out when `rule` fires."""
    effects = rule.then
    repeat = effects.weigh_by_repeat
    return RulePlan(
        rule=rule.id,
        place=place,
        only_once_for=rule.once,
        credit=rule.kind == "credit",
        weighs=not ON_WEIGHT.isdisjoint(effects.effect_names),
        weighs_beside=not BESIDE_WEIGHT.isdisjoint(effects.effect_names),
        weigh=effects.weigh,
        repeat=repeat.by if repeat is not None else None,
        repeat_floor=repeat.floor if repeat is not None else 0,
        add=effects.add or 0,
        felt=effects.felt or 0,
        weigh_felt=100 if effects.weigh_felt is None else effects.weigh_felt,
        weigh_relief=100 if effects.weigh_relief is None else effects.weigh_relief,
        weigh_standing=100 if effects.weigh_standing is None else effects.weigh_standing,
        grow=effects.grow,
        turns=rule.turns_pressed,
        delay=effects.delay or 0,
        unclear=effects.unclear is not None,
        steps=steps_of(effects),
    )


def pink_plan(settings: LineSettings, line: Line | None, length: int) -> PinkPlan:
    """The limit and decay of a scenario's line, or of one that a team wrote, in a session of so many minutes."""
    limits = (settings.own_limit if line is None else line.limit) or settings.limit
    limit = limits[length]  # type: ignore[index]  # any int is tried; a missing one is the caller's mistake
    decay = settings.decay if line is None or line.decay is None else line.decay
    lower_limit = 0 if settings.further_from is None else limit * settings.further_from.below // 100
    return PinkPlan(limit, limit * settings.near // 100, decay, lower_limit)


def mark_plans(material: Material) -> tuple[MarkPlan, ...]:
    """What follows at each mark of each track."""
    return tuple(
        MarkPlan(
            track,
            place,
            f"track {track}",
            material.places.get(f"track/{track}", f"track/{track}"),
            settings.least if mark.at_least is None else mark.at_least,
            settings.most if mark.at_most is None else mark.at_most,
            () if mark.then is None else steps_of(mark.then),
        )
        for track, settings in material.scenario.tracks.items()
        for place, mark in enumerate(settings.marks)
    )


def reached_by(
    tracks: Iterable[str], marks: Iterable[MarkPlan]
) -> Callable[[tuple[int, ...]], frozenset[tuple[str, int]]]:
    """What says which marks tracks reach that stand so; asked twice a turn, and mostly of what was asked before."""
    names, limits = tuple(tracks), tuple(marks)

    @lru_cache(256)
    def reached(values: tuple[int, ...]) -> frozenset[tuple[str, int]]:
        by_track = dict(zip(names, values, strict=True))
        return frozenset(
            [(mark.track, mark.place) for mark in limits if mark.minimum <= by_track[mark.track] <= mark.maximum]
        )

    return reached


def reading_plan(settings: ReadingSettings) -> ReadingPlan:
    """The settings with the shares worked out."""
    one, two, three, four = (scale(settings.blend, sure) for sure in settings.confidence)
    factors: dict[tuple[int | None, Audience | None], int] = {(None, audience): ONE for audience in (None, *AUDIENCES)}
    for hostility, pressure in enumerate(settings.pressure, -3):
        for audience in (None, *AUDIENCES):
            factors[hostility, audience] = scale(pressure, settings.for_home) if audience == "home" else pressure
    return ReadingPlan((one, two, three, four), settings.per_point, factors)


def steps_of(effects: Effects) -> tuple[EffectStep, ...]:
    """What `effects` says in the order of its fields, but for the weight of the act at hand."""
    return tuple(
        (name, item)
        for name in effects.effect_names
        if name not in ON_WEIGHT and name not in AT_DELIVERY
        for item in _items(getattr(effects, name))
    )


def _items(value: Any) -> tuple[Any, ...]:  # Any: each effect has its own type
    """An effect's items as judging reads them; none where it was written as nothing."""
    if isinstance(value, tuple):
        return tuple(
            PressurePlan(effect.line, effect.by, effect.whose) if isinstance(effect, Press) else effect
            for effect in value
        )
    if isinstance(value, Standing):
        return (StandingPlan(_shifts(value), value.most, value.turns),)
    if isinstance(value, Meter):
        return (_shifts(value),)
    return () if value is None else (value,)


def _shifts(meter: Meter) -> Shifts:
    """A meter's changes by who acted."""
    shifts: dict[Side | None, tuple[tuple[Side, int], ...]] = {}
    for sender in (*SIDES, None):
        amounts = {"us": meter.us, "china": meter.china}
        if sender is not None:
            amounts[sender] += meter.sender
            amounts[other(sender)] += meter.receiver
        shifts[sender] = tuple((side, amounts[side]) for side in SIDES if amounts[side])
    return shifts


def concerns_pressed(material: Material) -> dict[str, frozenset[str]]:
    """By rule on acts, the concerns that it presses, `asked` among them, unless it hangs on what is kept sealed."""
    rules = {rule.id: rule.then for rule in material.rules if rule.on == "act" and not is_sealed(rule.when)}
    return _pressed(material.scenario, rules)


def injects_by_concern(material: Material) -> dict[str, tuple[str, ...]]:
    """By concern, the injects that press it, but for those of which one team alone can know that they came."""
    scenario = material.scenario
    hidden = hidden_injects(scenario)
    effects = {inject.id: inject.then for inject in scenario.msel if inject.then and inject.id not in hidden}
    by_concern: dict[str, tuple[str, ...]] = {}
    for inject, concerns in _pressed(scenario, effects).items():
        by_concern.update((concern, (*by_concern.get(concern, ()), inject)) for concern in concerns)
    return by_concern


def _pressed(scenario: Scenario, effects: Mapping[str, Effects]) -> dict[str, frozenset[str]]:
    concern = {line.id: line.concern for _side, _place, line in scenario.teams.lines}
    pressed = {
        name: frozenset(concern.get(item.line, item.line) for item in effect.press) for name, effect in effects.items()
    }
    return {name: concerns for name, concerns in pressed.items() if concerns}


def callers_of(scenario: Scenario, moves: Mapping[str, Move]) -> Mapping[Side, Mapping[str, tuple[str, ...]]] | None:
    """By side and move, the injects told to that side that call for it; None where no inject calls for anything."""
    calling = [inject for inject in scenario.msel if inject.calls_for]
    callers = {
        side: {
            name: tuple(
                inject.id
                for inject in calling
                if inject.to in ("both", side) and not {name, move.family}.isdisjoint(inject.calls_for)
            )
            for name, move in moves.items()
        }
        for side in SIDES
    }
    return callers if calling else None
