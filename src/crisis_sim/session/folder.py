"""Where logs lie, what they are called, and what lies beside one and was made from it.

A log's name is the scenario and the local time at which it began; no name is ever used twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import Final, NamedTuple

from platformdirs import user_data_path

from crisis_sim.rules.names import SIDES
from crisis_sim.session.clock import dated
from crisis_sim.session.draft_file import half_written_file
from crisis_sim.session.record import Header, LineWrong, Milliseconds, read_header

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
    return f"{scenario}-{dated(started, '%Y-%m-%d-%H%M')}".removesuffix("-–")


COMPANIONS: Final = (".agents.jsonl", ".notes.jsonl")
"""How names end of what lies beside a log and is none: questions to models and their answers, and notes on replays."""


def files_in(folder: Path) -> list[tuple[Path, Milliseconds]]:
    """The files in `folder` that may be logs, each with when it was last written to, the last one first."""
    files: list[tuple[Path, Milliseconds]] = []
    try:
        for path in folder.glob("*.jsonl"):
            if path.is_file() and not path.name.endswith(COMPANIONS):
                files.append((path, path.stat().st_mtime_ns // 1_000_000))
    except OSError:
        return []
    return sorted(files, key=lambda file: (-file[1], file[0].name))


def logs_in(folder: Path) -> tuple[Listed, ...]:
    """The logs in `folder`, the one last played first; files that are no logs are passed over."""
    files, logs = files_in(folder), list[Listed]()
    for path, changed in files:
        try:
            with path.open("rb") as file:
                logs.append(Listed(path, read_header(file.readline(LONGEST_HEADER).removesuffix(b"\n")), changed))
        except (OSError, LineWrong):
            continue
    return tuple(logs)


def log_of(session: str, folder: Path) -> Path | None:
    """The log of `session` in `folder`, if it is there."""
    return next((listed.path for listed in logs_in(folder) if listed.header.session == session), None)


def rooms_folder(log: Path) -> Path:
    """Where a host keeps who may come to the session of that log."""
    return log.with_name(f"{log.stem}.rooms")


def is_hosted(log: Path) -> bool:
    """Whether others joined the session of that log from elsewhere, and come back by its host alone."""
    return rooms_folder(log).is_dir()


def record_folder(log: Path) -> Path:
    """Where what belongs together is laid at the end of a hosted session."""
    return log.with_name(f"{log.stem}-record")


def asked_of_model(log: Path, seat: str) -> Path:
    """What a model at a seat was asked and has said; beside the log, or where it joined from under the session's id."""
    return log.with_name(f"{log.name.removesuffix('.jsonl')}-{seat}.agents.jsonl")


def files_of_log(log: Path, elsewhere: Sequence[Path] = ()) -> Iterator[Path]:
    """The log, and all that was made from it there or in the folders `elsewhere`; what is in a folder is not named."""
    names = (
        log.name,
        f"{log.name}.tip",
        f"{log.name}.lock",
        f"{log.stem}.notes.jsonl",
        f"{log.stem}.rooms",
        half_written_file(log).name,
    )
    pages = [f"debrief-{log.stem}{team}{ending}" for team in ("", "-us", "-china") for ending in (".html", ".md")]
    pages += [asked_of_model(log, side).name for side in SIDES]
    paths = [log.with_name(name) for name in names]
    paths += sorted(log.parent.glob(f"{escape(log.name)}.tip.*"))
    paths += [record_folder(log), *(folder / page for folder in (log.parent, *elsewhere) for page in pages)]
    yield from dict.fromkeys(path for path in paths if path.exists() or path.is_symlink())


def branches_of(log: Path, session: str) -> list[Path]:
    """Logs beside it that begin with what it holds: forgetting it leaves them."""
    parents = ((listed.path, listed.header.parent) for listed in logs_in(log.parent))
    return [path for path, parent in parents if parent and parent.session == session]
