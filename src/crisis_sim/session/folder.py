"""Where logs lie and what they are called.

A log's name is the scenario and the local time at which it began; no name is ever used twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from platformdirs import user_data_path

if TYPE_CHECKING:
    from crisis_sim.session.record import Header, Milliseconds

LONGEST_HEADER: Final = 64 * 1024 * 1024
"""Bytes of a first line that is still looked at."""


class Listed(NamedTuple):
    """A log in a folder, as a menu lists it."""

    path: Path
    header: Header
    changed: Milliseconds
    """When an act was last written to it."""


def default_folder() -> Path:
    """Where logs go when nothing else is said."""
    return user_data_path("crisis-sim", appauthor=False) / "sessions"


def new_session_id() -> str:
    """An id that no other session has."""
    return secrets.token_hex(6)


def names(stem: str) -> Iterator[str]:
    """`stem.jsonl`, `stem-2.jsonl`, `stem-3.jsonl` and so on."""
    yield f"{stem}.jsonl"
    for number in range(2, 10_000):
        yield f"{stem}-{number}.jsonl"


def stem_for(scenario: str, started: Milliseconds) -> str:
    """The name of a log without its ending, as `bottomed-submarine-2026-11-24-1432`; no time that no calendar has."""
    from crisis_sim.session.clock import dated

    return f"{scenario}-{dated(started, '%Y-%m-%d-%H%M')}".removesuffix("-–")


def files_in(folder: Path) -> list[tuple[Path, Milliseconds]]:
    """The files in `folder` that may be logs, each with when it was last written to, the last one first."""
    found: list[tuple[Path, Milliseconds]] = []
    try:
        for path in folder.glob("*.jsonl"):
            if path.is_file():
                found.append((path, path.stat().st_mtime_ns // 1_000_000))
    except OSError:
        return []
    return sorted(found, key=lambda file: (-file[1], file[0].name))


def logs_in(folder: Path) -> tuple[Listed, ...]:
    """The logs in `folder`, the one last played first; files that are no logs are passed over."""
    files, found = files_in(folder), list[Listed]()
    if not files:  # what reads logs is slow to load
        return ()
    from crisis_sim.session.record import LineWrong, read_header

    for path, changed in files:
        try:
            with path.open("rb") as file:
                found.append(Listed(path, read_header(file.readline(LONGEST_HEADER).removesuffix(b"\n")), changed))
        except (OSError, LineWrong):
            continue
    return tuple(found)


def log_of(session: str, folder: Path) -> Path | None:
    """The log of `session` in `folder`, if it is there."""
    return next((listed.path for listed in logs_in(folder) if listed.header.session == session), None)
