"""Acts, their accounts and what became of them, as facts that a seat may know."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.rules.names import How, Side, Visibility, Words


class Fact(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A part of a view: ids, numbers, hours, and people's own words."""


class ActFacts(Fact, frozen=True):
    """An act as far as its reader may know it."""

    side: Side
    channel: str
    visibility: Visibility
    move: str = ""
    """Empty where its receiver could not make it out."""
    text: str = ""
    terms: tuple[str, ...] = ()
    promise: str | None = None
    about: str | None = None
    """The channel it is about."""
    seen: Words | None = None
    """What its receiver saw instead of move and words."""


class AccountFacts(Fact, frozen=True):
    """One side's account of an exchange."""

    side: Side
    outcome: Literal["agreed", "talked", "disagreed"]
    tone: int
    text: str = ""


OwnFate: TypeAlias = Literal["said", "too-low", "leaked", "delivered", "waiting", "unconfirmed"]
"""What became of an act of ours, as far as we can know."""
Asked: TypeAlias = How | Literal["silent", "open"]
"""What became of what an act asks: how it was answered, that no answer came, or that one may still come."""
