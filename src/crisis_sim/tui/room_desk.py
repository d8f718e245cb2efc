"""What the facilitator's screens are lent of a hosted exercise: who is invited, and what can be done about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from crisis_sim.engine.actions import SeatName
from crisis_sim.errors import Sentence
from crisis_sim.pages.company_words import told_of_company
from crisis_sim.pages.teller import Teller
from crisis_sim.session.places import Invited
from crisis_sim.session.seat import Occupant


class RoomDesk(Protocol):
    """Who comes to which seat."""

    @property
    def join(self) -> str:
        """What is typed in another terminal."""
        ...

    @property
    def page(self) -> str:
        """The address that is typed in a browser."""
        ...

    @property
    def page_note(self) -> Sentence | None:
        """Who could read along with browsers; None where nobody could."""
        ...

    @property
    def is_locked(self) -> bool:
        """Nobody new is let in."""
        ...

    @property
    def rehearsal(self) -> int | None:
        """Seconds left of a rehearsal that runs; None where none does."""
        ...

    def end_rehearsal(self) -> None:
        """Have done with it; the exercise begins."""
        ...

    def invited(self) -> tuple[Invited, ...]:
        """Everybody who is expected or has come."""
        ...

    @property
    def picture(self) -> list[str]:
        """The address for browsers as a telephone reads it, in rows of half blocks, dark on light."""
        ...

    def print_cards(self) -> str:
        """Write the sheet of cards; where it lies."""
        ...

    def people(self) -> tuple[Occupant, ...]:
        """Everybody who was invited, and how each is there."""
        ...

    def changes(self) -> AsyncIterator[None]:
        """One item each time somebody comes or goes, or a code is tried again."""
        ...

    @property
    def policies(self) -> tuple[tuple[str, str], ...]:
        """Bots that a team can be handed to: the id of each, and what it does."""
        ...

    @property
    def played(self) -> Mapping[SeatName, str]:
        """Teams that a bot plays, each with the bot's name."""
        ...

    def hand_to_bot(self, seat: SeatName, policy: str) -> None:
        """Let a bot play for a team. Raises ActionRefused or StorageFailed."""
        ...

    def hand_back(self, seat: SeatName) -> None:
        """Let its people play for a team again. Raises ActionRefused or StorageFailed."""
        ...

    def another(self, seat: SeatName) -> None:
        """A further place at `seat`."""
        ...

    def again(self, label: str) -> None:
        """A new code for a place; whoever held it is sent away."""
        ...

    def remove(self, label: str) -> None:
        """Take a place back."""
        ...

    def give_pen(self, label: str) -> None:
        """Let this one commit and seal for the team."""
        ...

    def lock(self) -> None:
        """Let nobody new in, or let them in again."""
        ...


async def room_news(rooms: RoomDesk | None, say: Teller) -> AsyncIterator[str]:
    """Sentences on who of the teams comes and goes, and on what somebody may have overheard, as it happens."""
    if rooms is None:
        return
    met = rooms.people()
    async for _ in rooms.changes():
        before, met = met, rooms.people()
        for sentence in told_of_company(before, met, "", say):
            yield sentence
