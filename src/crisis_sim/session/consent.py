"""The card that people agree to before their first act: which session asks for it, and who cannot act yet.

Which one it is stands in the log's header, its words with it where they are a facilitator's own. It is asked of people
alone. What is on record is never judged by it: another session may replay these acts and asks nobody.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.actions import AgreeToCard, AnyAction, SeatName, TakeSeat
from crisis_sim.engine.state import State
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES
from crisis_sim.session.record import Header

OPTION: Final = "consent"
"""What it is called among the options of a header."""


def consent_of(header: Header) -> str | None:
    """The words of a session's card; empty for those that ship, None where nobody is asked."""
    words = header.options.get(OPTION)
    return words if isinstance(words, str) else None


def check_agreed(words: str | None, state: State, seat: SeatName, action: AnyAction) -> None:
    """Refuse what a team asks for, people of which have not agreed. Raises ActionRefused."""
    if words is None or seat not in SIDES or seat in state.agreed or isinstance(action, AgreeToCard | TakeSeat):
        return
    occupant, _policy = state.seats.get(seat, ("person", None))
    if occupant == "person":
        raise ActionRefused("consent/first")
