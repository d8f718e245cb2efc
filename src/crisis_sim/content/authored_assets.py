"""What a team of a scenario alone has or knows: things, each with what is true of it, and private facts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from crisis_sim.rules.authored import Authored, Factor, Id, OneOrMany, SomeOf, SourceText, Text
from crisis_sim.rules.conditions import Condition


class SeenAs(Authored):
    """What an asset is taken for while a condition holds: less than it is, or more."""

    when: Condition
    is_: dict[Id, bool] = Field(alias="is", min_length=1)
    """Properties, each with whether it is seen; the others are seen as they are."""


class Asset(Authored):
    """A thing of a team's: a ship, an aircraft, a laboratory, with what is true of it whoever says what."""

    name: Text
    """What everybody calls it."""
    says: Text
    """What it is and what it can do, in a sentence for its own team."""
    is_: dict[Id, Literal[True] | Condition] = Field(default={}, alias="is")
    """What is true of it, by terms that belong to things: always, or while a condition holds."""
    used_in: OneOrMany[Id] = ()
    """Moves that it can be used in; those that use an asset, without it."""
    seen_as: SeenAs | None = None
    """What others take it for, if that is not always what it is."""
    source: str | None = None
    """What such a thing is in fact known to be and to do."""


class Consent(Authored):
    """What tells that the host has accepted help."""

    fact: Id
    """The fact that stands while it has."""
    ask: Id
    """The move by which its word is asked for."""


class PrivateFact(Authored):
    """Something that only this team knows, and that a move of its own can tell the other."""

    name: Text
    """What it is called on pages of its own team, and in the hotwash."""
    says: Text
    """All of it, in the words in which the team would tell it; what the other side then reads."""
    part: Text | None = None
    """Words that tell a part of it and nothing untrue; without them it cannot be told in part."""
    untrue: Text | None = None
    """Words that could be told in its place and are not so; without them it cannot be told falsely."""
    clears: Literal["us", "china", "both"]
    """Whom it clears of a suspicion. A fact that speaks against its own team costs it standing."""
    concerns: SomeOf[Id]
    """What it speaks to: pink lines of the other team that are about this are relieved when it is told."""
    worth: Factor = 100
    """How much more, or less, than another fact it eases; only its own team can know."""
    costs: Literal["capability", "standing"] | None = None
    """What telling it costs its team: it shows what the team can do, or it is awkward at home."""
    vouches: Text | None = None
    """Who of the host country can vouch for it; without it nobody can."""
    source: SourceText | None = None
    """What such a thing is in fact known to have been, and who told it or kept it."""
