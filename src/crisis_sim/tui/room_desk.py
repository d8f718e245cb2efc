"""What the facilitator's screens are lent of a hosted exercise: who is invited, and what can be done about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from crisis_sim.engine.actions import SeatName
from crisis_sim.errors import StorageFailed
from crisis_sim.pages.company_words import STORAGE_WELL, told_of_company
from crisis_sim.pages.teller import Teller
from crisis_sim.session.places import AnyHostAct, Occupant, Places
from crisis_sim.wording import in_words


class RoomDesk(Protocol):
    """Who comes to which seat."""

    def places(self) -> Places:
        """Who may come, and how one joins."""
        ...

    def does(self, act: AnyHostAct) -> None:
        """Do something about them; what is asked for twice is done once. Raises ActionRefused or StorageFailed."""
        ...

    @property
    def storage_failure(self) -> StorageFailed | None:
        """Why acts, or who has come, cannot be kept at present; None while they can."""
        ...

    @property
    def rehearsal(self) -> int | None:
        """Seconds left of a rehearsal that runs; None where none does."""
        ...

    def end_rehearsal(self) -> None:
        """Have done with it; the exercise begins."""
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
        """One item each time somebody comes or goes, a code is tried again, or the disk fails or takes acts again."""
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


async def room_news(rooms: RoomDesk | None, say: Teller) -> AsyncIterator[str]:
    """Sentences on who of the teams comes and goes, and on what somebody may have overheard, as it happens."""
    if rooms is None:
        return
    met, noted = rooms.people(), rooms.storage_failure
    async for _ in rooms.changes():
        if (failure := rooms.storage_failure) is not noted:
            noted = failure
            yield say(STORAGE_WELL) if failure is None else in_words(failure.notice, say.language)
        before, met = met, rooms.people()
        for sentence in told_of_company(before, met, "", say):
            yield sentence
