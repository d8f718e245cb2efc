"""What is told of those who share a seat: who has come, who has gone, who holds the pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.pages.reader import Reader
from crisis_sim.rules.names import SIDES
from crisis_sim.session.places import Occupant
from crisis_sim.wording import Say, _

STORAGE_WELL: Final = _("The disk takes acts again, and play goes on.")


def company_sentences(previous: Sequence[Occupant], now: Sequence[Occupant], you: str, say: Say) -> Iterator[str]:
    """A sentence to `you` for each that has changed since `before`; of people who were there from the start, none."""
    was = {person.label: person for person in previous}
    for occupant in now:
        old = was.get(occupant.label)
        old_tries = 0 if old is None else old.attempts
        if occupant.attempts > old_tries:
            yield say(
                "The code of {who}, which had been used, was tried again; it lets nobody in. Who has read that card?",
                who=occupant.label,
            )
        if occupant.seat == "observer":  # any number of them
            continue
        is_shared = occupant.seat in SIDES and sum(person.seat == occupant.seat for person in now) > 1
        has_got_pen = is_shared and old is not None and occupant.pen and not old.pen
        has_come = bool(previous) and occupant.presence == "here" and (old is None or old.presence == "away")
        if has_got_pen and occupant.label == you:
            yield say("You hold the pen now: you commit and seal.")
        elif has_got_pen and has_come:
            yield say("{who} is here, and holds the pen: it commits and seals.", who=occupant.label)
        elif has_got_pen:
            yield say("{who} holds the pen now: it commits and seals.", who=occupant.label)
        elif has_come:
            yield say("{who} is here.", who=occupant.label)
        elif old is not None and old.presence == "here" and occupant.presence == "away":
            yield say("{who} has left, and can come back.", who=occupant.label)


def label_at(seat: Reader) -> str:
    """What whoever sits there is called at the table; nothing where nobody shares it."""
    return "" if seat.company is None else seat.company.you


def people_at(seat: Reader) -> tuple[Occupant, ...]:
    """Who shares a seat, as far as it is told; nobody where none can."""
    return () if seat.company is None else seat.company.people


def has_colleague(people: Sequence[Occupant], you: str) -> bool:
    """Whether another facilitator than `you` is here, who may go on at the same moment."""
    return any(person.seat == "facilitator" and person.presence == "here" and person.label != you for person in people)
