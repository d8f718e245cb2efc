"""Thousands of logs: cut into batches, read by whoever there is, and handed on in the order of the logs.

What comes out hangs on the logs and on what is wanted alone, not on how many read them. Only so many batches are under
way as keep everybody busy, so that memory does not grow with the number of logs. A log that cannot be used is passed
over, and keeps no other from being read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

from crisis_sim.research.rows import Source
from crisis_sim.research.sources import UNFIT, Opener, Passed, Wanted
from crisis_sim.session.replay import MISFITS

T = TypeVar("T")

BATCH: Final = 16
"""Logs that are handed over at once."""


class Batch(NamedTuple, Generic[T]):
    """Some logs for one reader."""

    paths: tuple[Path, ...]
    wanted: Wanted
    make: Callable[[Source], T]
    """What is made of a session; another process can be given it."""


def gathered(
    paths: Sequence[Path],
    wanted: Wanted,
    make: Callable[[Source], T],
    hand: Callable[[Batch[T]], Future[tuple[T | Passed, ...]]],
    ahead: int,
) -> Iterator[T | Passed]:
    """What is made of each log, in their order.

    `hand` gives a batch to somebody who will `read` it; `ahead` batches are under way at a time.
    """
    starts = range(0, len(paths), BATCH)
    batches = (Batch(tuple(paths[start : start + BATCH]), wanted, make) for start in starts)
    waiting = deque(hand(batch) for batch in islice(batches, ahead))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(hand(batch) for batch in islice(batches, 1))


def read(batch: Batch[T]) -> tuple[T | Passed, ...]:
    """What is made of each log of a batch. Never raises for what is in a log."""
    opener = _opener(batch.wanted)
    return tuple(_made(path, opener, batch.make) for path in batch.paths)


def _made(path: Path, opener: Opener, make: Callable[[Source], T]) -> T | Passed:
    source = opener.opened(path)
    if isinstance(source, Passed):
        return source
    try:
        return make(source)
    except MISFITS:
        return Passed(path, UNFIT, is_damaged=True)


_openers: dict[Wanted, Opener] = {}


def _opener(wanted: Wanted) -> Opener:
    """The one that has read the batches before, with the rules that it has compiled."""
    if wanted not in _openers:
        _openers.clear()
        _openers[wanted] = Opener(wanted)
    return _openers[wanted]
