"""Instruction cards and beliefs as a session plays them: the deck, and what teams are asked after each turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.engine.workload import Workload
from crisis_sim.rules.compile import compile_each
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import ENDS_IN_FORCE, HERE_FOR_MORE


class InstructionPlan(Struct, frozen=True, eq=False):
    """The deck, and what teams are asked to forecast and to believe."""

    cards: tuple[str, ...]
    """Empty where none is dealt."""
    one_in: int
    """A team has a card in one deal of so many."""
    met: Callable[[Facts], list[str]]
    """The cards that are met by whoever is the sender of the facts."""
    asked: tuple[tuple[str, ...], ...]
    """Forecasts and beliefs asked after each turn but the last."""


def instruction_plan(material: Material, workload: Workload, turns: int, *, dealt: bool) -> InstructionPlan:
    """What is dealt and asked in a session of so many turns; nothing is dealt unless `dealt`."""
    scenario, deck = material.scenario, material.scenario.instructions
    cards = deck.cards if deck is not None and dealt and "instructions" in workload.on else {}
    conditions = [(card, of.met_when, f"instruction/{card}") for card, of in cards.items()]
    return InstructionPlan(
        cards=tuple(cards),
        one_in=1 if deck is None else deck.one_in,
        met=compile_each(conditions, material.moves),
        asked=tuple(_asked(scenario, workload, turns, bool(cards))),
    )


def _asked(scenario: Scenario, workload: Workload, turns: int, dealt: bool) -> Iterator[tuple[str, ...]]:
    """What is asked after each turn: every belief takes the place of a forecast, and what is left out has its turn."""
    forecasts = tuple([forecast.id for forecast in scenario.forecasts])
    always: tuple[str, ...] = (HERE_FOR_MORE,) if dealt else ()
    force: tuple[str, ...] = (ENDS_IN_FORCE,) if "belief_in_force" in workload.on else ()
    most = workload.forecasts or len(forecasts)
    for turn in range(1, turns):
        beliefs = always if workload.at_the_ends and turn not in (1, turns - 1) else always + force
        asked = _in_turn(beliefs, workload.beliefs, turn)
        kept = most if workload.at_the_ends else max(1, min(most, len(forecasts)) - len(asked))
        yield (*_in_turn(forecasts, kept, turn), *asked)


def _in_turn(names: tuple[str, ...], most: int, turn: int) -> tuple[str, ...]:
    """At most so many of the names, the next ones each turn; all of them where `most` is 0."""
    if not 0 < most < len(names):
        return names
    now = {names[((turn - 1) * most + step) % len(names)] for step in range(most)}
    return tuple([name for name in names if name in now])
