"""What a policy is: the frame over which every bot's choices are made.

Everything a policy knows comes from a team's view and from luck that is a pure function of its own seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from crisis_sim.engine.views import MoveOption, ReadingCard, RequestView, TeamView
from crisis_sim.rules.names import How

Account: TypeAlias = Literal["agreed", "talked", "disagreed"]
Luck: TypeAlias = Callable[[str, int], int]
"""0–99 for a purpose and a number; the same in the same turn of the same session."""

HOSTILE = frozenset({"protest", "coerce", "force"})
"""Families whose moves press."""
TAKEN_AS: Mapping[str, int] = {
    "contact": -1,
    "reassure": -1,
    "cooperate": -2,
    "restrain": -2,
    "inform": 0,
    "protest": 1,
    "coerce": 2,
    "force": 3,
}
"""How hostile a plain reader takes each family to be."""


@dataclass(frozen=True)
class Plan:
    """A move that a policy would like to make, and what it means by it."""

    move: str
    intent: int
    terms: tuple[str, ...] = ()
    promise: str | None = None
    way: tuple[str, str] | None = None
    """Channel and visibility; the first that can carry the move where nothing is said."""
    about: str | None = None
    """The channel that it is about, for moves about one; the channel that it goes over where nothing is said."""


class Policy:
    """The frame: accept what is friendly, read plainly, forecast evenly."""

    id = "plain"
    says = ""
    many = False
    """It makes as many moves in a turn as the scenario allows, and not two."""

    def moves(self, view: TeamView, luck: Luck) -> Sequence[Plan]:
        """Moves wanted this turn, the dearest first; what can't be made is passed over."""
        return ()

    def answer(self, request: RequestView, view: TeamView, luck: Luck) -> How | None:
        """How to answer something asked; None is silence."""
        return "accept"

    def read(self, card: ReadingCard, view: TeamView, luck: Luck) -> tuple[int, int]:
        """Hostility −3 … +3 and confidence 1–4."""
        return TAKEN_AS.get(family_of(view, card.move), 1), 3

    def account(self, number: int, view: TeamView, luck: Luck) -> tuple[Account, int] | None:
        """Our readout of the exchange at a place of the list, with its tone; None for none."""
        return "talked", 0

    def chance(self, number: int, view: TeamView, luck: Luck) -> int:
        """Percent for the forecast at a place of the list."""
        return 50


def family_of(view: TeamView, move: str) -> str:
    """The family of a move, empty for one that could not be told."""
    return next((option.family for option in view.moves if option.id == move), "")


def option_named(view: TeamView, move: str) -> MoveOption | None:
    """A move of the view's catalogue."""
    return next((option for option in view.moves if option.id == move), None)
