"""Instruction cards and beliefs as a session plays them: the deck, and what teams are asked after each turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.rules.authored import LENGTHS
from crisis_sim.rules.compile import compile_each
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import ENDS_IN_FORCE, HERE_FOR_MORE

SHORTEST: Final[int] = LENGTHS[0]
"""Minutes of the session in which a belief is asked at the start and at the end only."""


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


def instruction_plan(material: Material, length: int, turns: int, *, dealt: bool) -> InstructionPlan:
    """What is dealt and asked in a session of so many minutes and turns; nothing is dealt unless `dealt`."""
    scenario, deck = material.scenario, material.scenario.instructions
    cards = deck.cards if deck is not None and dealt and length in deck.lengths else {}
    conditions = [(card, of.met_when, f"instruction/{card}") for card, of in cards.items()]
    return InstructionPlan(
        cards=tuple(cards),
        one_in=1 if deck is None else deck.one_in,
        met=compile_each(conditions, material.moves),
        asked=tuple(_asked(scenario, length, turns, bool(cards))),
    )


def _asked(scenario: Scenario, length: int, turns: int, dealt: bool) -> Iterator[tuple[str, ...]]:
    """What is asked after each turn: every belief takes the place of a forecast, and the forecasts take turns."""
    forecasts = tuple(forecast.id for forecast in scenario.forecasts)
    force, is_short = length in scenario.belief_in_force, length == SHORTEST
    for turn in range(1, turns):
        asks_force = force and (not is_short or turn in (1, turns - 1))
        beliefs = (*([HERE_FOR_MORE] if dealt else []), *([ENDS_IN_FORCE] if asks_force else []))
        kept = len(forecasts) if is_short else max(1, len(forecasts) - len(beliefs))
        now = {forecasts[((turn - 1) * kept + step) % len(forecasts)] for step in range(kept)}
        yield (*[name for name in forecasts if name in now], *beliefs) if beliefs else forecasts
