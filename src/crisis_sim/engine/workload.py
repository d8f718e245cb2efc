"""What one session asks of people: what its scenario has, as far as its packs leave time for it."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.rules.names import CardSize
from crisis_sim.rules.workload_settings import WORKLOAD_PARTS, WorkloadThing


class Workload(Struct, frozen=True):
    """What is on in a session."""

    on: frozenset[WorkloadThing]
    terms: frozenset[str]
    """Terms that can be put on acts."""
    promises: frozenset[str]
    """Commitments that can be promised."""
    card: CardSize
    """The offence card that is asked for."""
    moves: int
    """A team makes at most so many of its own in a turn; what it answers comes on top."""
    calls: int
    """Calls and meetings at most; 0 where there is no limit."""
    forecasts: int
    """Asked after a turn at most, likewise."""
    with_readings: bool = False
    """What is asked after a turn is asked with its readings, before the results."""

    @property
    def acts(self) -> int:
        """A team makes at most so many in a turn where it answers what it was asked in the turn before."""
        return 2 * self.moves


def workload_of(
    material: Material,
    length: int,
    *,
    one_table: bool = False,
    card: CardSize | None = None,
) -> Workload:
    """What sessions of so many minutes ask, where each team has a screen of its own or both share one.

    What somebody chose goes before it; None is not chosen.
    """
    scenario, base = material.scenario, material.base
    settings, deck = base.workload, scenario.instructions
    has = {
        "offence_card": length in scenario.offence_card,
        "instructions": deck is not None and length in deck.lengths,
        "decisions": base.standing.voice is not None,
        "disclosure": base.disclosure is not None,
        "telling": base.lines.telling is not None,
        "citing": base.citing is not None,
        "call_purposes": length in scenario.call_purposes,
        "further_moves": any(move.only_with == "further_moves" for move in material.moves.values()),
        "principles": length in scenario.closing.principles,
    }
    on = {
        feature for feature in WORKLOAD_PARTS if has[feature] and settings.is_on(feature, length, one_table=one_table)
    }
    if card is not None:
        on = on - {"offence_card"} if card == "none" else on | {"offence_card"}
    usual: CardSize = "short" if one_table else "full"
    return Workload(
        on=frozenset(on),
        terms=frozenset([term for term in material.terms if settings.has("terms", term, length, one_table=one_table)]),
        promises=frozenset(
            [
                commitment
                for commitment in material.commitments
                if settings.has("promises", commitment, length, one_table=one_table)
            ]
        ),
        card=card or (usual if "offence_card" in on else "none"),
        moves=_moves(scenario, length, settings.limit("moves", length, one_table=one_table)),
        calls=settings.limit("calls", length, one_table=one_table),
        forecasts=settings.limit("forecasts", length, one_table=one_table),
        with_readings=settings.is_said("forecasts_with_readings", length, one_table=one_table),
    )


def _moves(scenario: Scenario, length: int, maximum: int) -> int:
    """What a team may make in a turn where the packs leave time for so many, 0 for any."""
    own = scenario.moves_a_turn
    allowed = min(maximum or own.most, own.most)
    return next((limit for minutes, limit in own.most_at.items() if minutes == length), allowed)
