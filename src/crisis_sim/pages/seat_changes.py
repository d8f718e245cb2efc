"""Whose turn it is at one terminal, what a seat keeps there, and whose time runs. Every door plans by it.

With several persons at one terminal exactly one seat is up; chairs change as seldom as can be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, Self

from msgspec import Struct

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.pages.duty import order
from crisis_sim.pages.talk_blocks import TalkStage, talk_due
from crisis_sim.rules.names import Side
from crisis_sim.wording import _


def next_up(
    current: SeatName | None, people: Collection[SeatName], waiting: Collection[SeatName], turn: int
) -> SeatName:
    """The seat that is up: the one that is, while play waits for it or for nobody here; otherwise the next in order."""
    seats = order(people, turn)
    if current in seats and (current in waiting or not any(seat in waiting for seat in seats)):
        return current
    return next((seat for seat in seats if seat in waiting), seats[0])


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
    seats = order(people, turn)
    place = seats.index(current) if current in seats else 0
    other_seats = (*seats[place + 1 :], *seats[:place])
    busy = [seat for seat in other_seats if seat in waiting or seat not in ("us", "china")]
    return tuple(sorted(busy or other_seats, key=lambda seat: seat not in waiting))


def talk_at(
    current: SeatName | None, views: Mapping[Side, TeamView], stages: Mapping[Side, Mapping[int, TalkStage]]
) -> tuple[Side | Literal["both"] | None, int]:
    """Who turns to a talk before play goes on, and its number: a team for its own sheet, or both who sit here.

    What each makes of it afterwards it does when it is up; at the latest when the other is ready for the next talk.
    """
    talk_numbers = {
        side: talk.number for side, view in views.items() if (talk := talk_due(view, stages[side])) is not None
    }
    if not talk_numbers:
        return None, 0
    number = min(talk_numbers.values())
    stage_by_side = {side: stages[side].get(number, "sheet") for side in talk_numbers if talk_numbers[side] == number}
    for side in sorted(stage_by_side, key=lambda side: side != current):
        if stage_by_side[side] == "sheet" or (stage_by_side[side] == "talk" and len(views) == 1):
            return side, number
    if any(stages[side].get(later) == "talk" for side, later in talk_numbers.items() if later > number):
        return next(iter(stage_by_side)), number
    return ("both" if "talk" in stage_by_side.values() else None), number


class SeatedPlayer(Struct, frozen=True):
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


AGAIN: Final[Mapping[SeatName, str]] = {
    "us": _("Chairs are changed: last time you were the China team."),
    "china": _("Chairs are changed: last time you were the US team."),
}
"""Who comes, in a session that is played again from the other side."""


def changed_chairs(seat: SeatName, view: View, *, again: bool) -> str:
    """What whoever comes to a session that is played `again` from the other side is told at its first curtain."""
    return AGAIN.get(seat, "") if again and view.phase == "briefing" else ""


def spent_at(chairs: Mapping[SeatName, ChairState], people: Collection[SeatName]) -> dict[str, tuple[int, int]]:
    """A turn, and the real seconds of it, that each team has spent where several share a terminal."""
    teams = teams_among(people)
    return {side: chairs[side].spent for side in teams if len(teams) > 1 and chairs[side].spent[1]}


class ChairState(Struct):
    """What a seat keeps at its terminal between two curtains."""

    announcement_read: int = 0
    """The last telling that was read, as `telling_due` numbers them."""
    word: str = ""
    """What the facilitator types at the curtain; empty while none was set."""
    takes_chair: bool = False
    """The facilitator comes to a terminal that teams share whenever a turn begins or has been judged."""
    spent: tuple[int, int] = (0, 0)
    """A turn, and the real seconds of it that have been spent at this desk."""

    def carry_over(self) -> Self:
        """What stays of it where play goes back to an earlier turn."""
        return type(self)(word=self.word, takes_chair=self.takes_chair)

    def spend(self, turn: int, seconds: int = 1) -> None:
        """Count real seconds of a turn."""
        self.spent = turn, self.spent_in(turn) + seconds

    def spent_in(self, turn: int) -> int:
        """Real seconds of a turn that have been spent here."""
        return self.spent[1] if self.spent[0] == turn else 0

    def seconds_left(self, view: View, seconds: int | None, people: Collection[SeatName]) -> int | None:
        """Real seconds left: where two teams share a terminal each has half of the turn, while it sits here."""
        teams = len(teams_among(people))
        if seconds is None or not isinstance(view, TeamView) or teams < 2:
            return seconds
        return view.minutes * 60 // teams - self.spent_in(view.turn)
