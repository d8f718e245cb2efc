"""Assets as scenarios write them: things of a team's with what is true of them, and what they are taken for.

What is true of a thing is said here and by nobody at the table: a sender chooses which thing it uses, and not what that
thing is. What a property means stands in the rule packs, among the terms that belong to things.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from crisis_sim.rules.authored import Authored, Id, Text, one_or_many
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
    used_in: Annotated[tuple[Id, ...], BeforeValidator(one_or_many)] = ()
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
