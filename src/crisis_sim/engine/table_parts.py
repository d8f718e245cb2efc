"""Parts of the table told from the scenario alone: hours, what follows what, who carries what, lines by concern."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Literal

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.engine.dealing_plans import decided_steps
from crisis_sim.engine.plans import EffectStep, steps_of
from crisis_sim.rules.base_settings import VoiceSettings
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import Side, VoiceAnswer
from crisis_sim.rules.workload_settings import WorkloadThing


def answers_to_voice(
    voice: VoiceSettings, moves: Mapping[str, Move], *, can_tell: bool
) -> dict[VoiceAnswer, tuple[str, ...]]:
    """What may be done with a hard voice, each with the moves that carry it out."""
    return {"meet": tuple(move for move in voice.met_by if can_tell or not moves[move].tells), "speak": (), "wait": ()}


def moves_left_out(moves: Mapping[str, Move], on: Container[WorkloadThing]) -> frozenset[str]:
    """Moves that belong to something which a session does not ask or have the time for."""
    belongs = {name: "telling" if move.tells else move.only_with for name, move in moves.items()}
    return frozenset([name for name, feature in belongs.items() if feature is not None and feature not in on])


def carriers_of(scenario: Scenario, move: Move) -> Iterator[str]:
    """Channels that can carry a move in some way that both allow."""
    for kind in dict.fromkeys(move.over):
        for channel, settings in scenario.channels.items():
            if settings.kind == kind and not set(settings.visibility).isdisjoint(move.visibility):
                yield channel


def what_follows(material: Material) -> dict[str, tuple[EffectStep, ...]]:
    """What follows injects, crossings, answers, none, and what voices do."""
    scenario = material.scenario
    steps = dict(decided_steps(scenario))
    steps |= {f"inject/{inject.id}": steps_of(inject.then) for inject in scenario.msel if inject.then is not None}
    for side, _place, line in scenario.teams.lines:
        if line.crossing is not None:
            steps[f"line/{side}/{line.id}"] = steps_of(line.crossing)
    return {**steps, "base/lines": steps_of(material.base.lines.crossing)}


def hours_played(scenario: Scenario, length: int) -> tuple[int, ...]:
    """When each turn played begins, and when the last one ends."""
    played = scenario.lengths[length]  # type: ignore[index]  # any int is tried; a missing one is the caller's mistake
    turns = scenario.turns if played == "all" else tuple(scenario.turns[number - 1] for number in played)
    return (*turns, scenario.ends)


def lines_by_concern(scenario: Scenario, kind: Literal["red", "pink"]) -> dict[tuple[Side, str], tuple[str, ...]]:
    """The scenario's lines by side and concern."""
    by_concern: dict[tuple[Side, str], tuple[str, ...]] = {}
    for side, _place, line in scenario.teams.lines:
        if line.kind == kind:
            by_concern[side, line.concern] = (*by_concern.get((side, line.concern), ()), line.id)
    return by_concern


def helping_moves(scenario: Scenario, moves: Mapping[str, Move]) -> dict[str, frozenset[str]]:
    """Moves that help the people whom a track counts, for each track that counts some."""
    return {
        track: frozenset([name for name, move in moves.items() if {name, move.family} & set(settings.helped_by)])
        for track, settings in scenario.tracks.items()
        if settings.counts is not None
    }
