"""Rows of exports about the persons at the seats: who agreed to the card, and how each took an act alone.

A log knows persons by their labels at the table, such as `us-2`. An export knows them by pseudonyms, which hold for one
session and are made with the same secret key as the names of sessions.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TypeAlias

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.events import CardAgreed
from crisis_sim.engine.state import State
from crisis_sim.research.columns import ExportValue
from crisis_sim.rules.names import SIDES
from crisis_sim.session.admission import consent_of
from crisis_sim.session.log import Log

PersonName: TypeAlias = Callable[[str], str]
"""What a person goes by in an export, by the label at the table."""


def pseudonym(kind: str, name: str, key: bytes) -> str:
    """What a session ("s") or a person ("p") goes by where `name` is not to be known."""
    return kind + hmac.digest(key, name.encode(), sha256).hex()[:10]


def people_rows(name: str, log: Log, state: State, person_name: PersonName) -> Iterator[tuple[ExportValue, ...]]:
    """Who agreed to the card or said alone how they take an act, in the order of their names."""
    card = consent_of(log.header)
    hashed = "shipped" if card == "" else sha256((card or "").encode()).hexdigest()[:12]
    agreed: dict[str, SeatName] = {
        event.by or event.seat: event.seat
        for entry in log.entries
        for event in entry.events
        if isinstance(event, CardAgreed)
    }
    seats = agreed | {reading.by: side for side in SIDES for reading in state.team(side).pressed}
    for person, label in sorted((person_name(label), label) for label in seats):
        has_agreed = None if card is None else label in agreed
        yield name, person, seats[label], has_agreed, hashed if has_agreed else ""


def alone_rows(name: str, state: State, person_name: PersonName) -> Iterator[tuple[ExportValue, ...]]:
    """How each person of a team took an act before the team sealed its reading; of one act, by their names."""
    for side in SIDES:
        alone = [(reading.act, person_name(reading.by), reading.hostility) for reading in state.team(side).pressed]
        for (sender, turn, order), person, hostility in sorted(alone):
            yield name, turn, sender, order, side, person, hostility
