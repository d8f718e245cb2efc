"""What a state keeps of positions and of instruments cited, and of standing at home that wears off."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.engine.events import ActKey
from crisis_sim.rules.names import Side, Visibility


class Stand(Struct, frozen=True, gc=False):
    """A position that a team has taken."""

    side: Side
    position: str
    act: ActKey
    """The act that last said it."""
    since: int
    """Turn in which it was first said."""
    turn: int
    """Turn in which it was last said."""
    times: int
    """Turns in which it was said."""
    firmness: int
    severity: int
    """Class of the hardest act that has said it, and how far that shames."""
    face: int
    public: bool
    """It has been said in public."""
    heard: Visibility
    """How it was last said."""
    broken: int = 0
    """Turn in which its team acted against it; 0 while it stands."""


class Passing(Struct, frozen=True, gc=False):
    """A change of a team's standing that wears off."""

    side: str
    by: int
    turn: int
    until: int

    def left_at(self, turn: int) -> int:
        """What of it is left once a turn has opened; hundredths."""
        return self.by * max(0, self.until - turn) // (self.until - self.turn)


class Citation(Struct, frozen=True, gc=False):
    """An instrument that a team has cited, by which it is bound."""

    side: Side
    instrument: str
    act: ActKey
    """The first act that cited it."""
    turn: int
    """Turn in which that arrived."""
    broken: int = 0
    """Turn in which its team acted against it; 0 while it has not."""
