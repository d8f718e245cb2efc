"""Voices that ask a team, as a state keeps them: who asks what since when, and what has become of it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.rules.names import Side


class Voice(Struct, frozen=True, gc=False):
    """A voice that asked a team to be answered: a hard one at home, or whoever asks for a decision."""

    side: Side
    turn: int
    """The first in which it can be answered."""
    answer: str | None = None
    """None while the team may still answer it."""
    said: bool = False
    """The team answered it; else it spoke by itself."""
    inject: str = ""
    """The inject by which a decision is asked for; empty for the hard voice."""
    delays: int = 0
    """Turns that passed without an answer."""
    waited: bool = False
    """It was asked to wait, which it does once."""
    ended: int = 0
    """The turn in which that came to an end; 0 while it has not."""


def changed(voices: tuple[Voice, ...], inject: str, **changes: object) -> tuple[Voice, ...]:
    """These voices with a part of the decision changed that an inject asks for, while it is open."""
    return tuple([replace(of, **changes) if of.inject == inject and of.answer is None else of for of in voices])
