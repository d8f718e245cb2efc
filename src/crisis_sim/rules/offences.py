"""A card of offences: acts that each team orders by how gravely it takes them itself, and the orders that bots hear by.

A pack says which acts and what each place in an order weighs. Nothing here, and no rule, knows a team's order: it is a
ruler of its own for what it feels and for its own lines, and moves nothing else.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, Factor, Id, SourceText, Text
from crisis_sim.rules.conditions import Condition

OffenceMoment: TypeAlias = Literal["act", "silence", "readout"]
"""When an offence is looked for: in an act that arrives, in a request left unanswered, in an account of an exchange."""


class Offence(Authored):
    """An act that a team can take gravely, or lightly."""

    id: Id
    """Stable for ever: logs hold orders of these."""
    says: Text
    """The act in a few words, as its receiver would name it."""
    on: OffenceMoment = "act"
    """When it is looked for."""
    when: Condition
    """The condition on which an act of the other side is this offence."""
    source: SourceText
    """Why somebody would put it first, and somebody else last."""


class AtOneTable(Authored):
    """The shorter card, for teams that share a terminal."""

    acts: tuple[Id, ...] = Field(min_length=2, max_length=8)
    """Which acts of the card are on it."""
    factors: tuple[Factor, ...]
    """What each place in an order of these weighs, the gravest first."""


class OffenceCard(Authored):
    """The acts that teams order, and what each place weighs."""

    acts: tuple[Offence, ...] = Field(min_length=2, max_length=8)
    """Two to eight acts, in an order that says nothing."""
    factors: tuple[Factor, ...]
    """By place, the gravest first: so many times as much is felt, and presses the lines of the team that hears."""
    at_one_table: AtOneTable | None = None
    """A shorter card for teams that share a terminal."""
    source: SourceText
    """Why the places weigh what they do."""

    @model_validator(mode="after")
    def _each_place_weighs(self) -> OffenceCard:
        short = self.at_one_table
        for acts, factors in ((self.acts, self.factors), *(((short.acts, short.factors),) if short else ())):
            if len(acts) != len(factors):
                message = Sentence(
                    "there are {n} acts and {m} factors; each place in an order has one", n=len(acts), m=len(factors)
                )
                raise ValueError(message)
            if list(factors) != sorted(factors, reverse=True):
                raise ValueError(Sentence("a graver place never weighs less than a lighter one"))
        return self


class HearingProfile(Authored):
    """An order of offences by name, for bots and for judging a session again; never a country's."""

    says: Text
    """Who hears so, in a sentence."""
    order: tuple[Id, ...] = Field(min_length=2, max_length=8)
    """All acts of the card, the gravest first."""
    source: SourceText
    """Where somebody has heard so."""
