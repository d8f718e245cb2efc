"""Whose turn it is at one terminal, and which screen it is shown. Pure: from views to names.

With several persons at one terminal exactly one seat is up; everything of the others is off the screen.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.duty import order
from crisis_sim.pages.telling import telling_due

ScreenName: TypeAlias = Literal[
    "briefing", "telling", "team", "readings", "forecasts", "console", "hotwash", "watching"
]


def next_up(
    current: SeatName | None, people: Collection[SeatName], waiting: Collection[SeatName], turn: int
) -> SeatName:
    """The seat that is up: the one that is, while play waits for it or for nobody here; otherwise the next in order."""
    asked = order(people, turn)
    if current in asked and (current in waiting or not any(seat in waiting for seat in asked)):
        return current
    return next((seat for seat in asked if seat in waiting), asked[0])


PASSES: Final = frozenset({"briefing", "situation", "results"})
"""Phases in which nothing is asked of a facilitator who does not want to look."""


def passes_by_itself(view: View, people: Collection[SeatName]) -> bool:
    """Whether a phase goes on though it waits for the facilitator: teams share his terminal, and no chair changes."""
    is_due = view.waiting_for == ("facilitator",) and view.phase in PASSES and not view.paused
    return is_due and "facilitator" in people and bool(teams_among(people))


def teams_among(people: Collection[SeatName]) -> list[SeatName]:
    """The teams of those who play here."""
    return [seat for seat in people if seat in ("us", "china")]


def whom_to_hand_to(
    current: SeatName, people: Collection[SeatName], waiting: Collection[SeatName], turn: int
) -> tuple[SeatName, ...]:
    """Who else can take the terminal: those that play waits for first, each in turn after the seat that is up."""
    asked = order(people, turn)
    place = asked.index(current) if current in asked else 0
    others = (*asked[place + 1 :], *asked[:place])
    return tuple(sorted(others, key=lambda seat: seat not in waiting))


class Kept(Struct, frozen=True):
    """A seat that was handed the terminal and keeps it."""

    seat: SeatName
    phase: str
    turn: int
    was_waited_for: bool

    def holds(self, view: View) -> bool:
        """Until the phase ends, or play no longer waits for what it came to do."""
        if (view.phase, view.turn) != (self.phase, self.turn):
            return False
        return not self.was_waited_for or self.seat in view.waiting_for


def screen_for(view: View, told: int) -> ScreenName:
    """The screen on which a seat plays the phase at hand; `told` is the last telling that it has read."""
    if view.hotwash is not None and view.phase in ("hotwash", "closed"):
        return "hotwash"
    if isinstance(view, FacilitatorView):
        return "console"
    if not isinstance(view, TeamView):
        return "watching"
    if told < telling_due(view):
        return "telling"
    if view.phase in ("briefing", "closing"):
        return "briefing"
    if view.phase == "readings" and not view.committed:
        return "readings"
    if view.phase == "forecasts" and not view.committed:
        return "forecasts"
    return "team"


def is_live(view: View) -> bool:
    """Whether leaving would break off play, or the talk about it."""
    return view.phase != "closed"
