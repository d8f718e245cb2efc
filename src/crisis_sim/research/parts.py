"""One session as lines of every table: what a reader makes of a log for an export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from crisis_sim.research.cells import lines_of
from crisis_sim.research.rows import Source, rows_of
from crisis_sim.research.sources import AGAIN, Passed


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
