"""Who may come to a hosted exercise, as whoever runs it is told, and what is asked of its host about that.

None of it is an act of play: a host does it or refuses, and no log holds it but a rollback, which is the host's to put
there. Whoever asks twice for the same thing asks once, so that what was sent again does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import SeatName

Presence: TypeAlias = Literal["here", "away"]
Reach: TypeAlias = Literal["machine", "network", "open", "anywhere"]
"""From where a host is reached: its machine alone; its network, encrypted or in the open; through a proxy, anywhere."""


class Occupant(Struct, frozen=True):
    """Somebody at a seat that several share: a label of the table, never a name."""

    label: str
    seat: SeatName
    presence: Presence
    pen: bool
    """Commits and seals for the team."""
    attempts: int = 0
    """How often somebody tried its code after it had been used; told to the facilitator alone."""
    agreed: bool = True
    """Has agreed to the card on what is recorded, or is not asked."""


class Invited(Struct, frozen=True):
    """Somebody who is expected or has come."""

    person: Occupant
    code: str
    """To be spoken to them; empty once they have come."""


class Places(Struct, frozen=True):
    """All of them, and how one joins."""

    invited: tuple[Invited, ...]
    is_locked: bool
    join: str
    """What is typed in another terminal."""
    page: str
    """The address that is typed in a browser."""
    goes_back: bool
    """Play can be taken back to an earlier turn from where the console is."""
    terminals: Reach = "network"
    browsers: Reach = "network"
    waiting: tuple[str, ...] = ()
    """Addresses from which too many wrong codes came in the last minute: nobody new is let in from there."""


class HostAct(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """Something that is asked of the host."""


class AddPlace(HostAct, frozen=True, tag="add-place"):
    """A further place at a seat."""

    seat: SeatName
    label: str
    """What it is to be called: the next that is free."""


class RenewCode(HostAct, frozen=True, tag="renew-code"):
    """A new code for a place; whoever held it is sent away."""

    label: str


class RemovePlace(HostAct, frozen=True, tag="remove-place"):
    """Take a place back, with its code; whoever held it is sent away."""

    label: str


class GivePen(HostAct, frozen=True, tag="give-pen"):
    """Let this one commit and seal for the team."""

    label: str


class LockDoor(HostAct, frozen=True, tag="lock-door"):
    """Let nobody new in, or let them in again."""

    locked: bool


class GoBack(HostAct, frozen=True, tag="go-back"):
    """Go on from the start of an earlier turn, in a branch."""

    session: str
    """The session that goes back: asked of its branch, it has been done."""
    turn: int


class LetTryAgain(HostAct, frozen=True, tag="let-try-again"):
    """Look at codes again that come from addresses with too many wrong ones."""


AnyHostAct: TypeAlias = AddPlace | RenewCode | RemovePlace | GivePen | LockDoor | LetTryAgain | GoBack


def next_label(seat: SeatName, labels: Iterable[str]) -> str:
    """What a further place at `seat` is called: one more than the last."""
    numbers = [int(label.rpartition("-")[2]) for label in labels if label.rpartition("-")[0] == seat]
    return f"{seat}-{1 + max(numbers, default=0)}"
