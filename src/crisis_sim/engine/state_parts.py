"""What a state keeps of what passes between the teams: calls, questions, promises, citations and voices."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from crisis_sim.engine.events import ActKey
from crisis_sim.engine.table_actions import HotwashPage
from crisis_sim.rules.names import Pledged, PledgeEnd, PromiseEnd, Side


class Readout(Struct, frozen=True):
    """One side's account of an exchange."""

    outcome: Literal["agreed", "talked", "disagreed"]
    tone: int
    text: str


class SaidLine(NamedTuple):
    """Something that a side said in a call or meeting."""

    side: Side
    text: str
    translation: str = ""
    """What the facilitator has attached; empty for nothing."""


class Exchange(Struct, frozen=True):
    """A private exchange that was held."""

    request: ActKey
    answer: ActKey
    turn: int
    us: Readout | None = None
    china: Readout | None = None
    result: Literal["match", "differ", "one-sided"] | None = None
    closed: bool = False
    said: tuple[SaidLine, ...] = ()
    """In the order in which it was said."""
    ended: Side | None = None
    """Who ended it, where it was held in writing; None while nobody has."""

    @property
    def acts(self) -> tuple[ActKey, ActKey]:
        """What asked for it, and what agreed to it."""
        return self.request, self.answer


class Pressed(Struct, frozen=True):
    """How one person of a team takes an act."""

    act: ActKey
    by: str
    """The person's label at the table."""
    hostility: int


class Lead(Struct, frozen=True, omit_defaults=True):
    """Where the facilitator leads the hotwash, and what of it has been opened there; every seat sees it as it is."""

    page: HotwashPage
    act: str = ""
    """On the page of pairs the act, as actions name it; empty for the cover."""
    places: dict[HotwashPage, int] = {}
    """By page: where on it the room last was."""
    furthest: dict[HotwashPage, int] = {}
    """By page: the place up to which it has been opened."""
    acts: dict[str, int] = {}
    """By act: how far it has been opened."""
    everything: bool = False


class CloserQuestion(Struct, frozen=True):
    """A team was asked, and what it says."""

    side: Side
    turn: int
    by: Side | None
    """None for the facilitator."""
    acts: tuple[ActKey, ...] = ()
    """Empty where it declines."""
    concern: str = ""
    said: bool = False
    """It has said so, or that it declines."""
    answered: int = 0
    """The turn in which the other side was told; 0 while it has not been."""


class Promise(Struct, frozen=True):
    """A commitment that binds a side."""

    commitment: str
    side: Side
    act: ActKey
    turn: int
    broken: bool = False
    ended: PromiseEnd | None = None
    """How it came to bind no longer, with nothing broken."""

    @property
    def binds(self) -> bool:
        """It can still be kept or broken."""
        return not self.broken and self.ended is None


class Principle(Struct, frozen=True):
    """A sentence on the principles of crisis management, as it was put last."""

    says: str
    put_by: Side
    """Who put the first words of it."""
    by: Side
    """Whose words these are."""
    stands: bool = False
    """The other side accepts them."""


class Pledge(Struct, frozen=True):
    """A public word that binds a team at home."""

    side: Side
    pledge: Pledged
    act: ActKey
    """The act that last bound it."""
    stake: int
    due: int
    turn: int
    how: PledgeEnd | None = None
    """What became of it; None while it binds."""
    settled: int = 0
    """Turn in which that was."""

    def binds(self, side: Side, pledge: Pledged) -> bool:
        """It is of this side and kind, and still binds."""
        return self.how is None and self.side == side and self.pledge == pledge


class Passing(Struct, frozen=True):
    """A change of a team's standing that wears off."""

    side: str
    by: int
    turn: int
    until: int

    def left_at(self, turn: int) -> int:
        """What of it is left once a turn has opened; hundredths."""
        return self.by * max(0, self.until - turn) // (self.until - self.turn)


class Citation(Struct, frozen=True):
    """An instrument that a team has cited, by which it is bound."""

    side: Side
    instrument: str
    act: ActKey
    """The first act that cited it."""
    turn: int
    """Turn in which that arrived."""
    broken: int = 0
    """Turn in which its team acted against it; 0 while it has not."""


class Voice(Struct, frozen=True):
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
