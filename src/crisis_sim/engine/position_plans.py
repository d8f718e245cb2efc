"""Positions as a session plays them: the moves that can be marked with each, and how an act keeps or breaks it."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.rules.compile import Holds, compile_condition


class PositionPlan(Struct, frozen=True, eq=False):
    """A position that words can be marked with."""

    with_moves: tuple[str, ...]
    is_kept: Holds
    """The act at hand keeps it."""
    is_broken: Holds
    """The act at hand goes against it."""


def position_plans(material: Material, length: int) -> dict[str, PositionPlan]:
    """The positions of packs and scenario, compiled, where sessions of this length have them."""
    settings, moves = material.base.positions, material.moves
    if settings is None or length not in settings.at:
        return {}
    return {
        name: PositionPlan(
            of.with_moves,
            compile_condition(of.kept_by, moves, f"position/{name}"),
            compile_condition(of.broken_by, moves, f"position/{name}"),
        )
        for name, of in material.positions.items()
    }
