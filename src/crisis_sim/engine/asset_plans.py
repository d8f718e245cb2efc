"""Assets as judging and sight read them: what is true of a thing at a moment, and what is seen of it.

Neither hangs on what anybody says of it. A scenario without assets has no plan, and nothing is asked of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from crisis_sim.content.authored_assets import Asset
from crisis_sim.content.material import Material
from crisis_sim.rules.compile import Holds, compile_condition
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.rules.pack import Move, Term


class Appearance(NamedTuple):
    """An asset at one moment."""

    is_so: tuple[str, ...]
    """Properties that are true of it."""
    seen: tuple[str, ...]
    """Properties that are seen of it."""


class AssetPlan(Struct, frozen=True):
    """A thing of a team's."""

    side: Side
    moves: frozenset[str]
    """Moves that it can be used in."""
    properties: tuple[tuple[str, Holds | None], ...]
    """What is true of it, each with when if it is not always so."""
    looks: Mapping[str, bool]
    """Properties that are seen otherwise, with whether they are seen."""
    looks_when: Holds | None
    """When that is so."""

    def at(self, facts: Facts) -> Appearance:
        """What it is, and what it is taken for, at a moment that belongs to its team."""
        is_so = tuple([name for name, test in self.properties if test is None or test(facts)])
        if self.looks_when is None or not self.looks_when(facts):
            return Appearance(is_so, is_so)
        more = [name for name, seen in self.looks.items() if seen and name not in is_so]
        return Appearance(is_so, (*[name for name in is_so if self.looks.get(name, True)], *more))


def asset_plans(material: Material) -> dict[str, AssetPlan]:
    """The assets of both teams, by their ids."""
    teams = material.scenario.teams
    return {name: _plan(material, side, name, asset) for side in SIDES for name, asset in teams.of(side).assets.items()}


def _plan(material: Material, side: Side, name: str, asset: Asset) -> AssetPlan:
    moves, seen_as = material.moves, asset.seen_as
    using = [each for each, move in moves.items() if move.uses == "asset"]
    return AssetPlan(
        side=side,
        moves=frozenset([each for each in using if not asset.used_in or each in asset.used_in]),
        properties=tuple(
            [
                (each, None if when is True else compile_condition(when, moves, f"asset/{name}/{each}"))
                for each, when in asset.is_.items()
            ]
        ),
        looks={} if seen_as is None else seen_as.is_,
        looks_when=None if seen_as is None else compile_condition(seen_as.when, moves, f"asset/{name}"),
    )


def uses_of(assets: Mapping[str, AssetPlan]) -> dict[tuple[Side, str], tuple[str, ...]]:
    """By team and move, the assets that it can be made with."""
    found: dict[tuple[Side, str], tuple[str, ...]] = {}
    for name, of in assets.items():
        for move in of.moves:
            found[of.side, move] = (*found.get((of.side, move), ()), name)
    return found


def sendable_terms(material: Material, on: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """By move, the terms that its sender may put on it, of those that are on.

    Where things have properties, nobody claims them.
    """
    terms, things = material.terms, any(material.scenario.teams.of(side).assets for side in SIDES)
    return {
        name: tuple([term for term in move.terms if term in on and not (things and _is_of_thing(move, terms[term]))])
        for name, move in material.moves.items()
    }


def _is_of_thing(move: Move, term: Term) -> bool:
    return move.uses == "asset" and term.of == "thing"
