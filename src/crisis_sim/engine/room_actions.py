"""Actions of rooms: agreeing to what is recorded, a person's own reading, translations, and the led hotwash."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from crisis_sim.engine.action import Action
from crisis_sim.rules.names import Side

HotwashPage: TypeAlias = Literal[
    "ending", "pairs", "acts", "lines", "forecasts", "channels", "curves", "questions", "changes"
]
"""What the pages of the hotwash are called in logs, in their order."""
HOTWASH_PAGES: Final[tuple[HotwashPage, ...]] = get_args(HotwashPage)


class AgreeToCard(Action, frozen=True, tag="agree-to-card"):
    """Say that who sits here has read the card on what is recorded and who may see it, and agrees."""

    by: str = ""
    """The person's label at the table, such as `us-2`, never a name; the host of rooms says it, whatever was sent."""


class EndCall(Action, frozen=True, tag="end-call"):
    """End a call or meeting that is held in writing, by its place in our list of exchanges, from 1; for both sides."""

    exchange: int


class PressReading(Action, frozen=True, tag="press-reading"):
    """How one person of the team takes what reached it, before the team has sealed that; nobody sees it in play."""

    item: int
    """Its place in our inbox."""
    hostility: int
    """−3 friendly … +3 hostile."""
    by: str = ""
    """The person's label at the table, such as `us-2`; the host of rooms says it, whatever was sent."""


class TranslateAct(Action, frozen=True, tag="translate-act"):
    """Attach a translation to the words of an act; it stands beneath them, and without words it is taken off."""

    side: Side
    turn: int
    order: int
    text: str


class TranslateLine(Action, frozen=True, tag="translate-line"):
    """The same for a line of a call or meeting, both by their places from 1."""

    exchange: int
    line: int
    text: str


class LeadHotwash(Action, frozen=True, tag="lead-hotwash"):
    """Say where the hotwash is, for every screen that follows."""

    page: HotwashPage
    act: str = ""
    """On the page of pairs `side/turn/place` of the act; empty for its cover."""
    opened: int = 0
    """How far that act is open, 1 said … 3 taken."""
    place: int = 0
    """Where on any other page, from 0."""
    everything: bool = False
    """All that was sealed stands open on every page."""
