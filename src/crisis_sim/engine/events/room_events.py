"""Events of rooms: agreeing to what is recorded, a person's own reading, translations, and the led hotwash."""

from __future__ import annotations

from typing import TypeAlias

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.events.event import ActKey, Event
from crisis_sim.engine.room_actions import HotwashPage
from crisis_sim.rules.names import Side


class CardAgreed(Event, frozen=True, tag="card-agreed"):
    """Somebody at a seat agreed to the card on what is recorded and who may see it."""

    seat: SeatName
    by: str
    """The person's label at the table; empty where the whole team sits at one screen."""


class CallEnded(Event, frozen=True, tag="call-ended"):
    """A side ended a call or meeting that was held in writing; nothing more is said in it by either."""

    side: Side
    exchange: int


class ReadingPressed(Event, frozen=True, tag="reading-pressed"):
    """A person of a team said how it takes an act, before the team had sealed that."""

    side: Side
    act: ActKey
    hostility: int
    by: str
    """The person's label at the table."""


class ActTranslated(Event, frozen=True, tag="act-translated"):
    """The facilitator attached a translation to an act's words; without words one was taken off."""

    act: ActKey
    text: str


class LineTranslated(Event, frozen=True, tag="line-translated"):
    """The same for a line of a call or meeting, by the places of both from 1."""

    exchange: int
    line: int
    text: str


class HotwashLed(Event, frozen=True, tag="hotwash-led"):
    """The facilitator said where the hotwash is; the fields are those of LeadHotwash."""

    page: HotwashPage
    act: str
    opened: int
    place: int
    everything: bool


RoomEvent: TypeAlias = CardAgreed | CallEnded | ReadingPressed | ActTranslated | LineTranslated | HotwashLed
"""All of them."""
