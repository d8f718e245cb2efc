"""Files as they were read, kept for as long as they lie unchanged on the disk.

A file cache outlives the checks that use it: what was read from a file comes back, with the same problems, until the
file is another. A file is the same if its number, size and times are; one that was written a moment before it was read
is read again, since clocks of disks are coarse.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias, TypeVar, cast

from crisis_sim.content.sources import Source
from crisis_sim.problems import Problem, Problems

Thing = TypeVar("Thing")

SETTLED: Final = 2 * 10**9
"""Nanoseconds after its last change at which a file's time tells it from another state of it, on any disk."""


class Stamp(NamedTuple):
    """What tells a file or folder from what it was before."""

    number: int
    size: int
    written: int
    changed: int
    folder: bool


Trail: TypeAlias = dict[Path, Stamp | None]
"""Files and folders that an answer rests on, as they were; None for what was not there."""


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file or folder; None where there is neither."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return None
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, stat.S_ISDIR(status.st_mode))


def is_settled(found: Stamp | None) -> bool:
    """Whether a file with this stamp could not have changed since without getting another."""
    return found is None or time.time_ns() - max(found.written, found.changed) > SETTLED


class _Kept(NamedTuple):
    stamp: Stamp | None
    settled: bool
    source: Source | None
    problems: tuple[Problem, ...]


class FileCache:
    """What was read so far."""

    def __init__(self) -> None:
        self._files: dict[Path, _Kept] = {}
        self._made: dict[tuple[int, str], tuple[Source, object, tuple[Problem, ...]]] = {}

    def file(self, path: Path, read: Callable[[Problems], Source | None], problems: Problems) -> Source | None:
        """The source in the file at `path`, by `read` if it is not here; its problems go to `problems`."""
        now = stamp(path)
        kept = self._files.get(path)
        if kept is None or not kept.settled or kept.stamp != now or now is None:
            own, settled = Problems(), is_settled(now)
            kept = _Kept(now, settled, read(own), tuple(own))
            self._forget(path)
            if kept.source is not None:  # why a file cannot be read is said where it is named, each time
                self._files[path] = kept
        problems.extend(kept.problems)
        return kept.source

    def made(self, source: Source, what: str, make: Callable[[Problems], Thing], problems: Problems) -> Thing:
        """What `make` makes of a source, once for as long as the source is in the cache."""
        key = (id(source), what)
        if key not in self._made:
            own = Problems()
            self._made[key] = (source, make(own), tuple(own))
        _, thing, found = self._made[key]
        problems.extend(found)
        return cast(Thing, thing)

    def _forget(self, path: Path) -> None:
        """Drop a source, and what was made of it."""
        kept = self._files.pop(path, None)
        if kept is not None:
            for key in [key for key, (source, _, _) in self._made.items() if source is kept.source]:
                del self._made[key]
