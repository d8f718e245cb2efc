"""Instruction cards: what a team may be told to come home with besides the rescue, as a scenario says it.

One deck serves both teams: each card is the same temptation as it looks from either capital, lawful and never violent.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from crisis_sim.rules.authored import Authored, Id, Lengths, Text
from crisis_sim.rules.conditions import Condition


class SidedText(Authored):
    """Words for both teams, or different words for each; a plain text is for both."""

    us: Text
    china: Text

    @model_validator(mode="before")
    @classmethod
    def _same_for_both(cls, value: object) -> object:
        if isinstance(value, str) or (isinstance(value, dict) and "en" in value):
            return {"us": value, "china": value}
        return value


class InstructionCard(Authored):
    """One card of the deck."""

    says: SidedText
    """What it tells each team, as that team's capital would put it; what counts as having it is said in it."""
    met_when: Condition
    """Tried once, at the close; `self` holds the card. Usually ever with by: self."""


class Instructions(Authored):
    """The deck, and how it is dealt."""

    lengths: Lengths = (90, 150)
    """Sessions, by their minutes, in which cards are dealt."""
    one_in: Annotated[int, Field(ge=2, le=20, strict=True)] = 4
    """One team in so many is dealt a card, by luck and whatever the other is dealt; the others come for the rescue and
    nothing else, and are told so."""
    cards: dict[Id, InstructionCard] = Field(min_length=1, max_length=8)
    """One to eight cards, each under an id of its own."""
