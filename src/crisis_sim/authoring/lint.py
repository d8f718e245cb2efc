"""What is allowed and probably not meant: things of a scenario that can never happen, be sent, be read or be pressed.

Works on material that has passed every check; it warns, and keeps nothing from being played.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Files, Inject, Length
from crisis_sim.content.sources import Loc, Source
from crisis_sim.problems import Problems, Spot
from crisis_sim.rules.authored import Text
from crisis_sim.rules.conditions import MoveIs
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.lowering import STATIC_KEYS
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.pack import Move

Kind = TypeVar("Kind", bound=BaseModel)

FOR_FACILITATOR: Final = frozenset({"guide", "note", "reads_as", "crossing_says", "guardrails"})
"""Keys whose texts no team reads while it plays; they may stay in one language."""

_NAMED = 5


def lint(material: Material, problems: Problems) -> None:
    """Warn of everything in a scenario that is probably not meant."""
    for check in _CHECKS:
        check(material, problems)


def _injects_come(material: Material, problems: Problems) -> None:
    """Every inject is due at some turn of each length that has it."""
    scenario, source = material.scenario, material.sources[0]
    for place, inject in enumerate(scenario.msel):
        if inject.until is not None and inject.when is None:
            hint = "give it a condition, or leave `until` out"
            _warn(problems, source.spot("msel", place, "until"), "`until` does nothing without `when`", "until", hint)
        never = [length for length in scenario.lengths if _never(material, inject, length)]
        if never and not inject.by_hand and not _is_released(material, inject.id):
            lengths = " and ".join(str(length) for length in never)
            said = f"inject '{inject.id}' never comes in a session of {lengths} minutes: no turn begins when it is due"
            hint = "change its hour, or say in which lengths it is played: lengths: […]"
            _warn(problems, source.spot("msel", place, "at"), said, "inject-never", hint)


def _never(material: Material, inject: Inject, length: Length) -> bool:
    scenario = material.scenario
    played = scenario.lengths[length]
    hours = scenario.turns if isinstance(played, str) else [scenario.turns[turn - 1] for turn in played]
    last = scenario.ends if inject.until is None else inject.until
    return length in inject.lengths and not any(inject.at <= hour <= last for hour in hours)


def _is_released(material: Material, inject: str) -> bool:
    return any(effects.release == inject for effects in _effects(material))


def _msel_in_order(material: Material, problems: Problems) -> None:
    """Injects that come by the clock alone stand in the order of their hours; contingent ones may be grouped."""
    timed = [pair for pair in enumerate(material.scenario.msel) if pair[1].when is None and not pair[1].by_hand]
    for (_, before), (place, inject) in pairwise(timed):
        if inject.at < before.at:
            said = f"inject '{inject.id}' is due at {inject.at}h, before '{before.id}' above it at {before.at}h"
            spot = material.sources[0].spot("msel", place, "at")
            _warn(problems, spot, said, "msel-order", "list the injects in the order of their hours")


def _lines_matter(material: Material, problems: Problems) -> None:
    """Every red line can be crossed, and every pink line pressed."""
    pressed = {item.line for effects in _effects(material) for item in effects.press}
    for side in SIDES:
        lines = material.scenario.teams.of(side).lines
        led_to = {line.leads_to for line in lines}
        for place, line in enumerate(lines):
            spot = material.sources[0].spot("teams", side, "lines", place, "id")
            if line.kind == "red" and line.id not in led_to:
                said = f"no pink line leads to the red line '{line.id}'"
                _warn(problems, spot, said, "red-alone", f"give a pink line leads_to: {line.id}")
            if line.kind == "pink" and not line.pressed_by and not pressed & {line.id, line.concern}:
                said = f"nothing presses the pink line '{line.id}': no pressed_by, and no rule for its concern"
                _warn(problems, spot, said, "pink-idle", "give it pressed_by: …")


def _moves_can_be_sent(material: Material, problems: Problems) -> None:
    channels = material.scenario.channels
    ways = {(channel.kind, visibility) for channel in channels.values() for visibility in channel.visibility}
    stuck = [name for name, move in material.moves.items() if not any(way in ways for way in _ways(move))]
    if stuck:
        said = f"no channel of this scenario can carry {_list(stuck)}"
        _warn(
            problems,
            material.sources[0].key_spot("channels"),
            said,
            "move-stuck",
            "add a channel of their kind",
        )
    kinds = {kind for move in material.moves.values() for kind in move.over}
    for channel_id, channel in channels.items():
        if channel.kind not in kinds:
            said = f"no move goes over the channel '{channel_id}': none is sent over its kind, '{channel.kind}'"
            _warn(problems, material.sources[0].key_spot("channels", channel_id), said, "channel-idle")


def _ways(move: Move) -> Iterator[tuple[str, str]]:
    return ((kind, visibility) for kind in move.over for visibility in move.visibility)


def _answers_are_asked_for(material: Material, problems: Problems) -> None:
    asked = {name for move in material.moves.values() if move.asks for name in (move.asks.accept, move.asks.decline)}
    for name, move in material.moves.items():
        if move.only_as_answer and name not in asked and name != material.base.holding:
            spot = _spot(material, "moves", name, "only_as_answer")
            said = f"the move '{name}' only answers, and no move asks for it"
            _warn(problems, spot, said, "answer-idle", "name it in the `asks` of a move")


def _promises_can_be_accepted(material: Material, problems: Problems) -> None:
    for name, commitment in material.commitments.items():
        for place, move in enumerate(commitment.with_moves):
            if commitment.binds == "both" and material.moves[move].asks is None:
                spot = _spot(material, "commitments", name, "with_moves", place)
                said = f"'{move}' asks for no answer, so nobody can accept the promise '{name}' that binds both"
                _warn(problems, spot, said, "promise-idle", "use a move that asks, or binds: maker")


def _clocks_run(material: Material, problems: Problems) -> None:
    for name, track in material.scenario.tracks.items():
        if track.runs_out and track.per_hour >= 0:
            said = f"the track '{name}' runs out and does not fall by the hour"
            spot = material.sources[0].spot("tracks", name, "runs_out")
            _warn(problems, spot, said, "clock-still", "give it a negative per_hour")


def _texts_are_translated(material: Material, problems: Problems) -> None:
    if "zh" not in material.scenario.languages:
        return
    for model, source in _files(material):
        texts: Iterator[tuple[Loc, Text | Files]] = _each(model, (), Text, Files, skip=FOR_FACILITATOR)
        missing = sorted(
            (source.spot(*loc) for loc, text in texts if text.zh is None),
            key=lambda spot: (spot.line or 0, spot.col or 0),
        )
        if missing:
            many = f"{len(missing)} texts that teams read have" if len(missing) > 1 else "a text that teams read has"
            _warn(problems, missing[0], f"{many} no Chinese, beginning with this one", "language")


def _moves_asked_for_can_be_made(material: Material, problems: Problems) -> None:
    """Every move that a condition describes is one that somebody could make."""
    for model, source in _files(material):
        for loc, asked in _each(model, (), MoveIs):
            if not any(_fits(name, move, asked, material) for name, move in material.moves.items()):
                said = "no move of the catalogue is like this, so the condition never holds"
                _warn(problems, source.spot(*loc), said, "move-never", "look at the keys together: each must hold")


def _fits(name: str, move: Move, asked: MoveIs, material: Material) -> bool:
    """Whether a move, sent in some way it can be, is what a condition asks for. What is private may leak."""
    if any(key in asked.model_fields_set and not fits(name, move, asked) for key, fits in STATIC_KEYS.items()):
        return False
    if asked.visibility == "private" and "private" not in move.visibility:
        return False
    if asked.term is not None and set(move.terms).isdisjoint(asked.term):
        return False
    promises = (material.commitments[promise] for promise in asked.promise or ())
    return asked.promise is None or any(name in promise.with_moves for promise in promises)


def _files(material: Material) -> Iterator[tuple[BaseModel, Source]]:
    models: tuple[BaseModel, ...] = (material.scenario, *material.packs)
    return zip(models, material.sources, strict=True)


def _each(value: Any, loc: Loc, *kinds: type[Kind], skip: Collection[str] = ()) -> Iterator[tuple[Loc, Kind]]:
    """Every model of these kinds that lies below a model, and the way to it; nothing below keys in `skip`."""
    if isinstance(value, kinds):
        yield loc, value
    elif isinstance(value, BaseModel):
        for key, field in type(value).model_fields.items():
            if key in value.model_fields_set and key not in skip:
                yield from _each(getattr(value, key), (*loc, field.alias or key), *kinds, skip=skip)
    elif isinstance(value, dict | tuple):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _each(inner, (*loc, step), *kinds, skip=skip)


def _effects(material: Material) -> Iterator[Effects]:
    """Every effect that anything may have."""
    yield from (rule.then for rule in material.rules)
    scenario = material.scenario
    found = [line.crossing for side in SIDES for line in scenario.teams.of(side).lines]
    found += [inject.then for inject in scenario.msel]
    found += [mark.then for track in scenario.tracks.values() for mark in track.marks]
    yield from (effects for effects in found if effects is not None)


def _spot(material: Material, *loc: str | int) -> Spot:
    """The place of something with a name that a pack or the scenario has."""
    part, name = loc[0], loc[1]
    return next((source.spot(*loc) for source in material.sources if _has(source, part, name)), Spot(str(part)))


def _has(source: Source, part: str | int, name: str | int) -> bool:
    return isinstance(source.tree.get(part), dict) and name in source.tree[part]


def _list(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more moves"


def _warn(problems: Problems, spot: Spot, said: str, code: str, hint: str = "") -> None:
    problems.warning(spot, said, code=f"lint/{code}", hint=hint)


_CHECKS: Final[tuple[Callable[[Material, Problems], None], ...]] = (
    _injects_come,
    _msel_in_order,
    _lines_matter,
    _moves_can_be_sent,
    _answers_are_asked_for,
    _promises_can_be_accepted,
    _clocks_run,
    _moves_asked_for_can_be_made,
    _texts_are_translated,
)
