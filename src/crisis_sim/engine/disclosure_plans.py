"""Private facts as a session plays them: what each team alone knows, and in what ways it can tell it.

A scenario without any, a length in which none is disclosed, and packs without numbers for it have no plans, and nothing
is asked of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.content.private_facts import PrivateFact
from crisis_sim.rules.names import BACKINGS, SIDES, Backing, Side, Truth, Words
from crisis_sim.rules.pack import Move


class FactPlan(Struct, frozen=True):
    """What a team alone knows."""

    side: Side
    name: Words
    concerns: tuple[str, ...]
    """What it speaks to."""
    worth: int
    """How much it eases, beside others; hundredths."""
    costs: str | None
    words: Mapping[Truth, Words]
    """In what words it can be told, for each way in which it can."""
    backings: tuple[Backing, ...]
    """What can stand behind it."""
    called_by: frozenset[str]
    """Injects, told to its team, that call for it."""


def fact_plans(material: Material) -> dict[str, FactPlan]:
    """The private facts of both teams by their ids."""
    teams, msel = material.scenario.teams, material.scenario.msel
    return {
        name: _plan(
            side,
            fact,
            frozenset([each.id for each in msel if name in each.calls_for and each.to in ("both", side)]),
        )
        for side in SIDES
        for name, fact in teams.of(side).private_facts.items()
    }


def _plan(side: Side, fact: PrivateFact, called_by: frozenset[str]) -> FactPlan:
    told: dict[Truth, Words] = {"whole": fact.says.words}
    if fact.part is not None:
        told["part"] = fact.part.words
    if fact.untrue is not None:
        told["untrue"] = fact.untrue.words
    backings = BACKINGS if fact.vouches is not None else tuple([each for each in BACKINGS if each != "host"])
    return FactPlan(side, fact.name.words, fact.concerns, fact.worth, fact.costs, told, backings, called_by)


def tellable(facts: Mapping[str, FactPlan], side: Side, move: Move) -> tuple[str, ...]:
    """Of these facts those that a move of a team can tell."""
    return tuple([name for name, of in facts.items() if move.discloses and of.side == side])
