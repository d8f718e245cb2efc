"""Whose turn it is at one terminal, and which screen it is shown. Pure: from views to names.

With several persons at one terminal exactly one seat is up; everything of the others is off the screen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.duty import order
from crisis_sim.pages.talk_blocks import TalkStage, talk_due
from crisis_sim.pages.telling import telling_due
from crisis_sim.rules.names import Side

ScreenName: TypeAlias = Literal[
    "briefing", "telling", "talk", "team", "readings", "forecasts", "console", "hotwash", "watching"
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


def teams_among(people: Collection[SeatName]) -> list[Side]:
    """The teams of those who play here."""
    return [seat for seat in people if seat == "us" or seat == "china"]


def whom_to_hand_to(
    current: SeatName, people: Collection[SeatName], waiting: Collection[SeatName], turn: int
) -> tuple[SeatName, ...]:
    """Who else can take the terminal: those that play waits for, each in turn after the seat that is up, then the rest.

    A team that has nothing to do at present is offered only where there is nobody else.
    """
    asked = order(people, turn)
    place = asked.index(current) if current in asked else 0
    others = (*asked[place + 1 :], *asked[:place])
    busy = [seat for seat in others if seat in waiting or seat not in ("us", "china")]
    return tuple(sorted(busy or others, key=lambda seat: seat not in waiting))


def talk_at(
    current: SeatName | None, views: Mapping[Side, TeamView], stages: Mapping[Side, Mapping[int, TalkStage]]
) -> tuple[Side | Literal["both"] | None, int]:
    """Who turns to a talk before play goes on, and its number: a team for its own sheet, or both who sit here.

    What each makes of it afterwards it does when it is up.
    """
    due = {side: talk.number for side, view in views.items() if (talk := talk_due(view, stages[side])) is not None}
    if not due:
        return None, 0
    number = min(due.values())
    at = {side: stages[side].get(number, "sheet") for side in due if due[side] == number}
    for side in sorted(at, key=lambda side: side != current):
        if at[side] == "sheet" or (at[side] == "talk" and len(views) == 1):
            return side, number
    return ("both" if "talk" in at.values() else None), number


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
