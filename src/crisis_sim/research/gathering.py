"""Thousands of logs as rows: cut into batches, read by whoever there is, and handed on in the order of the logs.

What comes out hangs on the logs and on what is wanted alone, not on how many read them. Only so many batches are under
way as keep everybody busy, so that memory does not grow with the number of logs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.research.cells import lines_of
from crisis_sim.research.rows import rows_of
from crisis_sim.research.sources import AGAIN, UNFIT, Opener, Passed, Wanted
from crisis_sim.session.replay import MISFITS

BATCH: Final = 16
"""Logs that are handed over at once."""


class Batch(NamedTuple):
    """Some logs for one reader."""

    paths: tuple[Path, ...]
    wanted: Wanted


class Part(NamedTuple):
    """One session, in the lines of each table."""

    path: Path
    session: str
    """Its own id, by which a second log of it is known."""
    lines: dict[str, str]
    rows: dict[str, int]


Hand: TypeAlias = Callable[[Batch], "Future[tuple[Part | Passed, ...]]"]
"""Gives a batch to somebody who will `read` it."""


def gathered(paths: Sequence[Path], wanted: Wanted, hand: Hand, ahead: int) -> Iterator[Part | Passed]:
    """What comes of each log, in their order; a session counts once. `ahead` batches are under way at a time."""
    seen: set[str] = set()
    for found in _in_order(_batches(paths, wanted), hand, ahead):
        if isinstance(found, Part) and found.session in seen:
            yield Passed(found.path, AGAIN)
            continue
        if isinstance(found, Part):
            seen.add(found.session)
        yield found


def _batches(paths: Sequence[Path], wanted: Wanted) -> Iterator[Batch]:
    for start in range(0, len(paths), BATCH):
        yield Batch(tuple(paths[start : start + BATCH]), wanted)


def _in_order(batches: Iterator[Batch], hand: Hand, ahead: int) -> Iterator[Part | Passed]:
    waiting = deque(hand(batch) for batch in islice(batches, ahead))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(hand(batch) for batch in islice(batches, 1))


def read(batch: Batch) -> tuple[Part | Passed, ...]:
    """What comes of each log of a batch. Never raises for what is in a log."""
    opener = _opener(batch.wanted)
    return tuple(_part(path, opener) for path in batch.paths)


def _part(path: Path, opener: Opener) -> Part | Passed:
    source = opener.opened(path)
    if isinstance(source, Passed):
        return source
    try:
        rows = rows_of(source)
        lines = {name: lines_of(found) for name, found in rows.items()}
    except MISFITS:
        return Passed(path, UNFIT, is_damaged=True)
    return Part(path, source.log.header.session, lines, {name: len(found) for name, found in rows.items()})


_openers: dict[Wanted, Opener] = {}


def _opener(wanted: Wanted) -> Opener:
    """The one that has read the batches before, with the rules that it has compiled."""
    if wanted not in _openers:
        _openers.clear()
        _openers[wanted] = Opener(wanted)
    return _openers[wanted]
