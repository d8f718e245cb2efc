"""Actions before the first turn and after the last: lines, guesses, orders, shares, principles, and the seal."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.action import Action


class Guess(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A guess of one of the other side's lines."""

    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int
    """0–10: how much it matters to them."""


class AdoptLines(Action, frozen=True, tag="adopt-lines"):
    """Take the scenario's lines as our own; those not named are set aside. Until then all are ours."""

    lines: tuple[str, ...]


class WriteLine(Action, frozen=True, tag="write-line"):
    """Write a line of our own."""

    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int
    """0–10: how much it matters."""
    leads_to: str | None = None
    """For a pink line: the red line of ours that it leads to."""


class DropLine(Action, frozen=True, tag="drop-line"):
    """Take back a line that we wrote."""

    line: str


class GuessLine(Action, Guess, frozen=True, tag="guess-line"):
    """Guess one of the other side's lines."""


class DropGuess(Action, frozen=True, tag="drop-guess"):
    """Take back a guess by its place in our list, from 1."""

    number: int


class ExpectGuess(Action, Guess, frozen=True, tag="expect-guess"):
    """Say what we think the other side guesses of our lines, where the session asks for it.

    The weight is how much they think that it matters to us.
    """


class DropExpected(Action, frozen=True, tag="drop-expected"):
    """Take back a guess that we expected of them, by its place in our list, from 1."""

    number: int


class OrderOffences(Action, frozen=True, tag="order-offences"):
    """Order the acts of the card by how gravely we take them ourselves, the gravest first, where the session asks."""

    order: tuple[str, ...]


class PreAuthorise(Action, frozen=True, tag="pre-authorise"):
    """Name the channels over which whoever takes a call need not ask our capital, where the session asks."""

    channels: tuple[str, ...]


class GuessOrder(Action, frozen=True, tag="guess-order"):
    """Guess in which order the other side has them."""

    order: tuple[str, ...]


class ClaimShare(Action, frozen=True, tag="claim-share"):
    """Say how much of what was done our side did, once play is over, where the session asks."""

    share: int
    """Percent."""


class PutPrinciple(Action, frozen=True, tag="put-principle"):
    """Put a sentence on the principles of crisis management to both sides, once play is over, where the session asks.

    With a number it takes the place of one that is there and that not both accept, ours or theirs.
    """

    says: str
    number: int | None = None
    """Its place in the list of both, from 1."""


class AcceptPrinciple(Action, frozen=True, tag="accept-principle"):
    """Accept a sentence as it stands, by its place in the list of both, from 1."""

    number: int


class SealLines(Action, frozen=True, tag="seal-lines"):
    """Our lines and guesses are done."""


LineAction: TypeAlias = (
    AdoptLines
    | WriteLine
    | DropLine
    | GuessLine
    | DropGuess
    | ExpectGuess
    | DropExpected
    | OrderOffences
    | PreAuthorise
    | GuessOrder
    | SealLines
)
"""What a team writes down of lines and of orders."""
