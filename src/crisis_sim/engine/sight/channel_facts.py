"""What went over each channel, and how each side sought contact, as it is opened after play."""

from __future__ import annotations

from crisis_sim.engine.sight.shared_facts import Fact
from crisis_sim.rules.names import Side


class ChannelUse(Fact, frozen=True):
    """What went over a channel, how it served, and how its shape changed."""

    id: str
    us: int
    """Acts that the US sent over it."""
    china: int
    late: int
    """Arrived in a later turn than they were sent in, or were on their way when the log ended."""
    lost: int
    """Not taken up."""
    too_low: int
    """Taken by somebody who binds nobody, by luck or because their side said so."""
    leaked: int
    start: int
    """Readiness at the start, 0–100."""
    end: int


class Contact(Fact, frozen=True):
    """How one side sought contact, and what became of what it asked."""

    side: Side
    first_contact: int | None
    """Game hour at which a private act of its first reached the other side; None if none did."""
    private_before_public: int
    """Private acts that it had sent before its first public one and that had reached the other side by that turn."""
    public: int
    """Public acts."""
    private: int
    asked: int
    """Requests that it made."""
    taken: int
    """Of those: accepted."""
    refused: int
    countered: int
    unanswered: int
    """Reached the other side, which sent no answer in time, whether or not one came later."""
    unheard: int
    """Met with a silence that nobody kept: the request or the answer to it had not arrived in time."""
    answered_late: int
    """Of those two: taken, refused or countered later, and so counted twice."""
    still_open: int
    """Neither answered nor past their time at the end."""
    stood: int = 0
    """Of what was taken: stood as accepted with nobody asked, under principles that both had accepted."""
