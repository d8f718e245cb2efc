"""The events of one turn, as far as they have been told: a sequence that is never changed and is cheap to add to.

A tuple with one more event is a copy of all before it, so a turn of many events would cost the square of their number,
in time and in memory. Here runs of events are shared by all that grew from them: a run is copied only into one at least
twice as long, and so no event is copied more often than the logarithm of how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from crisis_sim.engine.events import AnyEvent


class Told:
    """Events in the order in which they were told."""

    __slots__ = ("_runs",)

    def __init__(self, events: Iterable[AnyEvent] = ()) -> None:
        run = tuple(events)
        self._runs: tuple[tuple[AnyEvent, ...], ...] = (run,) if run else ()
        """Each longer than the next one, and none empty."""

    def more(self, events: Iterable[AnyEvent]) -> Told:
        """These and then `events`."""
        last = tuple(events)
        if not last:
            return self
        runs, place, length = self._runs, len(self._runs), len(last)
        while place and len(runs[place - 1]) <= length:
            place -= 1
            length += len(runs[place])
        if place < len(runs):
            last = (*chain.from_iterable(runs[place:]), *last)
        made = Told.__new__(Told)
        made._runs = (*runs[:place], last)
        return made

    def __iter__(self) -> Iterator[AnyEvent]:
        return chain.from_iterable(self._runs)

    def __reversed__(self) -> Iterator[AnyEvent]:
        return chain.from_iterable(map(reversed, reversed(self._runs)))

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    def __eq__(self, other: object) -> bool:
        """The same events in the same order, however they came together."""
        if not isinstance(other, Told):
            return NotImplemented
        return self._runs == other._runs or (len(self) == len(other) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Told({list(self)!r})"
