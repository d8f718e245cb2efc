"""What a state keeps of what passes between the teams: calls, questions, promises, citations and voices.

And of each turn its events, which all states share that grew from them, and to which adding is cheap.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain, compress
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from crisis_sim.engine.events import ActKey, AnyEvent
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


Runs: TypeAlias = tuple[tuple[AnyEvent, ...], ...]

SHORT: Final = 64
"""Events from which on a run is not added to; few turns have more."""


class TurnEvents:
    """The events of one turn, in the order in which they were told: never changed, and cheap to add to.

    A tuple with one more event is a copy of all before it, so a turn of many events would cost the square of their
    number, in time and in memory. Here runs of events are shared by all that grew from them. Only a short one is copied
    for each event; long ones are copied into others at least twice as long, and so no more often than the logarithm of
    how many events there are.
    """

    __slots__ = ("_runs",)

    def __init__(self, events: Iterable[AnyEvent] = ()) -> None:
        self._runs: Runs = (tuple(events),)
        """The last is added to while it is short."""

    def more(self, events: Iterable[AnyEvent]) -> TurnEvents:
        """These and then `events`."""
        runs, made, added = self._runs, TurnEvents.__new__(TurnEvents), tuple(events)
        last = runs[-1]
        made._runs = (*runs[:-1], last + added) if len(last) < SHORT else (*_merged(runs), added)
        return made

    def of(self, kinds: Container[type]) -> Iterator[AnyEvent]:
        """Those of some kinds; the others are passed over at no cost."""
        events = self._runs[0] if len(self._runs) == 1 else tuple(chain.from_iterable(self._runs))
        return compress(events, map(kinds.__contains__, map(type, events)))

    def __iter__(self) -> Iterator[AnyEvent]:
        return chain.from_iterable(self._runs)

    def __reversed__(self) -> Iterator[AnyEvent]:
        return chain.from_iterable(map(reversed, reversed(self._runs)))

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    def __eq__(self, other: object) -> bool:
        """The same events in the same order, however they came together."""
        if not isinstance(other, TurnEvents):
            return NotImplemented
        return self._runs == other._runs or (len(self) == len(other) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"TurnEvents({list(self)!r})"


def _merged(runs: Runs) -> Runs:
    """The same events in runs each longer than the next."""
    place, length = len(runs) - 1, len(runs[-1])
    while place and len(runs[place - 1]) <= length:
        place -= 1
        length += len(runs[place])
    return (*runs[:place], tuple(chain.from_iterable(runs[place:]))) if place < len(runs) - 1 else runs
