"""Orders of offences beside the guesses of them: how far one team knows what the other takes gravely."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal

from crisis_sim.engine.sight.hotwash_facts import OrderFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side, other


def kendall_tau(order: Sequence[str], guess: Sequence[str]) -> Fraction | None:
    """Kendall's tau of two orders of the same acts, −1 the reverse … 1 the same; None where one of them is missing.

    Of all pairs of acts, those in the same order less those in the other, by their number (Kendall 1938). No two acts
    share a place, so that tau-a and tau-b are one.
    """
    if not order or sorted(order) != sorted(guess):
        return None
    places = [guess.index(act) for act in order]
    pairs = list(combinations(places, 2))
    return Fraction(sum(1 if one < two else -1 for one, two in pairs), len(pairs))


def guess_of(state: State, side: Side, stage: Literal["before", "after"]) -> tuple[str, ...]:
    """What the other team thought that the order of `side` is."""
    team = state.team(other(side))
    return team.order_guess_before if stage == "before" else team.order_guess_after


def order_facts(state: State, table: GameTable) -> tuple[OrderFacts, ...]:
    """Both teams; none where nobody was asked."""
    return () if table.card is None else tuple([_of(state, side) for side in SIDES])


def _of(state: State, side: Side) -> OrderFacts:
    order, before, after = state.team(side).order, guess_of(state, side, "before"), guess_of(state, side, "after")
    return OrderFacts(
        side=side,
        order=order,
        guessed_before=before,
        guessed_after=after,
        tau_before=_hundredths(kendall_tau(order, before)),
        tau_after=_hundredths(kendall_tau(order, after)),
    )


def _hundredths(tau: Fraction | None) -> int | None:
    return None if tau is None else round(tau * 100)
