"""Thousands of logs: cut into batches, read by whoever there is, and handed on in the order of the logs.

What comes out hangs on the logs and on what is wanted alone, not on how many read them. Only so many batches are under
way as keep everybody busy, so that memory does not grow with the number of logs. A log that cannot be used is passed
over, and keeps no other from being read. For an export, a session becomes lines of every table, and is taken once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

from crisis_sim.research.columns import lines_of
from crisis_sim.research.rows import Source, rows_of
from crisis_sim.research.sources import AGAIN, UNFIT, Opener, Passed, Wanted
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


class Part(NamedTuple):
    """One session, in the lines of each table."""

    path: Path
    session: str
    """Its own id, by which a second log of it is known."""
    lines: dict[str, str]
    rows: dict[str, int]
    noticed: tuple[str, ...]
    """What happened at the end of its log, such as that it was torn off."""


def part_of(source: Source) -> Part:
    """The lines of a session. Raises what is in `MISFITS` for a log that no session would have written."""
    rows = rows_of(source)
    lines = {name: lines_of(found) for name, found in rows.items()}
    return Part(
        path=source.path,
        session=source.log.header.session,
        lines=lines,
        rows={name: len(found) for name, found in rows.items()},
        noticed=tuple(notice.sentence for notice in source.log.notices()),
    )


class Once:
    """Takes parts as they come, and hands on the first of each session."""

    def __init__(self, add: Callable[[Part], None]) -> None:
        """`add` is handed each of them."""
        self.passed: list[Passed] = []
        """Logs that were left out."""
        self.noticed: list[tuple[Path, str]] = []
        """What happened at the end of logs that are in."""
        self._add = add
        self._seen: set[str] = set()

    def take(self, found: Part | Passed) -> None:
        """Hand a part on, or keep why it is left out."""
        if isinstance(found, Passed):
            self.passed.append(found)
        elif found.session in self._seen:
            self.passed.append(Passed(found.path, AGAIN))
        else:
            self._seen.add(found.session)
            self.noticed += ((found.path, said) for said in found.noticed)
            self._add(found)
