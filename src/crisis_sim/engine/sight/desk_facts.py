"""What lies on a team's desk: cards to be read, and exchanges that were held."""

from __future__ import annotations

from crisis_sim.engine.sight.shared_facts import AccountFacts, ActFacts, Fact
from crisis_sim.rules.names import Audience, Purpose, Side


class CardFacts(Fact, frozen=True):
    """An act that reached us and can be read this turn."""

    number: int
    """Place in our inbox; `SealReading.item` takes it."""
    act: ActFacts
    public: bool
    """The public heard it."""
    hostility: int | None
    confidence: int | None
    touches: str | None
    audience: Audience | None
    """Whom we take it to be mainly meant for, once it is read; asked of what was said in public alone."""
    crosses: bool = False
    """We hold that line crossed by it."""
    answers: ActFacts | None = None
    """The request of ours that it answers."""
    pressed: tuple[str, ...] = ()
    """Who of us has said alone how they take it, by labels at the table; what they said is sealed."""


class ExchangeFacts(Fact, frozen=True):
    """A private exchange that was held; each side may give its readout."""

    number: int
    act: ActFacts
    """What asked for it."""
    ours: AccountFacts | None
    open: bool
    """A readout can still be sealed."""
    turn: int = 0
    answer: ActFacts | None = None
    """What agreed to it, with who takes it."""
    purpose: Purpose | None = None
    """What we want of it, and below what they want as we think; None where we were not asked."""
    guess: Purpose | None = None
    said: tuple[tuple[Side, str, str], ...] = ()
    """Who said what, and a translation of it or nothing, in the order in which it was said."""
    ended: Side | None = None
    """Who ended it, where it was held in writing."""
