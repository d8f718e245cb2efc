"""Whose turn it is at one terminal. Pure: from seats and a view to a seat."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import View


def order(people: Collection[SeatName], turn: int) -> tuple[SeatName, ...]:
    """The order in which people are asked: teams before the facilitator, and another team first each turn."""
    teams: tuple[SeatName, ...] = ("us", "china") if turn % 2 or not turn else ("china", "us")
    return tuple(seat for seat in (*teams, "facilitator", "observer") if seat in people)


def next_up(people: Sequence[SeatName], view: View) -> SeatName | None:
    """The seat that play waits for here; a facilitator where play is paused; None when it waits for nobody here."""
    asked = order(people, view.turn)
    if view.paused and "facilitator" in asked:
        return "facilitator"
    return next((seat for seat in asked if seat in view.waiting_for), None)
