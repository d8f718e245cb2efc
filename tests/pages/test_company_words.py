"""What is told of those who share a seat, and what nobody needs to hear."""

from __future__ import annotations

from msgspec.structs import replace

from crisis_sim.pages.company_words import company_sentences
from crisis_sim.session.places import Occupant
from crisis_sim.wording import speaker

FIRST, SECOND = Occupant("us-1", "us", "away", False), Occupant("us-2", "us", "here", False)
WHITE = Occupant("facilitator-1", "facilitator", "away", False)


def told(*before: Occupant, you: str = "") -> list[str]:
    """What is said when all of these are here, and the first of them has the pen."""
    first, *others = before
    now = (replace(first, presence="here", pen=True), *others)
    return list(company_sentences(before, now, you, speaker("en")))


def test_who_holds_the_pen_is_told_where_somebody_else_could_hold_it() -> None:
    """Not of whoever sits alone at a team, and never of a facilitator, who has none; of one who comes, one sentence."""
    assert told(FIRST, SECOND) == ["us-1 is here, and holds the pen: it commits and seals."]
    assert told(replace(FIRST, presence="here"), SECOND) == ["us-1 holds the pen now: it commits and seals."]
    assert told(FIRST, SECOND, you="us-1")[-1] == "You hold the pen now: you commit and seal."
    assert told(FIRST, WHITE) == ["us-1 is here."]
    assert told(WHITE, FIRST) == ["facilitator-1 is here."]
