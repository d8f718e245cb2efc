"""What voices ask of teams, read once from the authored models: who asks whom, what may be answered, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from crisis_sim.content.scenario import Scenario
from crisis_sim.engine.plans import EffectStep, steps_of
from crisis_sim.rules.names import Side

DECISION: Final = "inject/"
"""What names a decision begins so; the id of its inject follows."""


class DecisionPlan(Struct, frozen=True, gc=False):
    """A decision that a voice asks a team for."""

    side: Side
    voice: str
    answers: Mapping[str, tuple[str, ...]]
    """What may be answered, its own voice let speak or asked to wait included; no move carries any of it out."""
    otherwise: str
    """The answer that a turn without one carries out; empty where something else follows."""
    acts: bool
    """The voice does something in public."""
    at_home: bool
    """The voice is one of the team's own home."""


def decision_plans(scenario: Scenario) -> dict[str, DecisionPlan]:
    """The decisions of a scenario, by inject."""
    found = {}
    for inject in scenario.msel:
        if inject.decide and inject.to != "both" and inject.from_ is not None and inject.otherwise is not None:
            voice = scenario.voices[inject.from_]
            acts, at_home = voice.acts is not None, voice.home == inject.to
            more = (("speak", "wait") if acts else ("wait",)) if at_home else ()
            answers: dict[str, tuple[str, ...]] = dict.fromkeys((*inject.decide, *more), ())
            otherwise = inject.otherwise.answer or ""
            found[inject.id] = DecisionPlan(inject.to, inject.from_, answers, otherwise, acts, at_home)
    return found


def decided_steps(scenario: Scenario) -> Iterator[tuple[str, tuple[EffectStep, ...]]]:
    """What follows answers (`decision/ID/ANSWER`), none (`decision/ID/`), and what voices do (`voice/ID`)."""
    for inject in scenario.msel:
        for name, answer in inject.decide.items():
            if answer.then is not None:
                yield f"decision/{inject.id}/{name}", steps_of(answer.then)
        if inject.otherwise is not None and inject.otherwise.then is not None:
            yield f"decision/{inject.id}/", steps_of(inject.otherwise.then)
    for name, voice in scenario.voices.items():
        if voice.acts is not None and voice.acts.then is not None:
            yield f"voice/{name}", steps_of(voice.acts.then)
