"""The events of one turn as a state keeps them: shared by all states that grew from them, and cheap to add to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain, compress
from typing import Final, TypeAlias

from crisis_sim.engine.events import AnyEvent

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
