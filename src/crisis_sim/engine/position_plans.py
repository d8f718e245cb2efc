"""Positions and instruments as a session plays them: what goes with which words, and how an act keeps or breaks it."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.rules.compile import Holds, compile_condition
from crisis_sim.rules.names import Side


class PositionPlan(Struct, frozen=True, eq=False):
    """A position that words can be marked with."""

    with_moves: tuple[str, ...]
    is_kept: Holds
    """The act at hand keeps it."""
    is_broken: Holds
    """The act at hand goes against it."""


class InstrumentPlan(Struct, frozen=True, eq=False):
    """An instrument that words can cite."""

    with_moves: tuple[str, ...]
    accepted: frozenset[str]
    """Who has accepted it; teams by their sides."""
    concerns: tuple[str, ...]
    is_broken: Holds
    """The act at hand goes against it."""

    def is_accepted(self, side: Side) -> bool:
        """This team has accepted it."""
        return side in self.accepted


def position_plans(material: Material) -> dict[str, PositionPlan]:
    """The positions of packs and scenario, compiled."""
    moves = material.moves
    return {
        name: PositionPlan(
            of.with_moves,
            compile_condition(of.kept_by, moves, f"position/{name}"),
            compile_condition(of.broken_by, moves, f"position/{name}"),
        )
        for name, of in material.positions.items()
    }


def instrument_plans(material: Material) -> dict[str, InstrumentPlan]:
    """The instruments of the scenario, compiled, where the packs say what citing one does."""
    settings = material.base.citing
    if settings is None:
        return {}
    return {
        name: InstrumentPlan(
            settings.with_moves,
            frozenset(of.accepted_by),
            of.concerns,
            compile_condition(of.broken_by, material.moves, f"instrument/{name}"),
        )
        for name, of in material.scenario.instruments.items()
    }
