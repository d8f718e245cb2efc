"""A log that no longer lies where it is written: found before an act counts, and what was played is copied.

A program that syncs folders puts another file in a log's place, and whoever has the old one open would write on into
nowhere.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from crisis_sim.errors import StorageFailed
from crisis_sim.session.disk import storage_failed, write_new
from crisis_sim.session.folder import names
from crisis_sim.wording import _

_GONE: Final = _("{name} takes no more acts: it was moved or deleted; every act so far is in {copy}")
_REPLACED: Final = _("{name} takes no more acts: another file was put in its place; every act so far is in {copy}")


def displaced(path: Path, descriptor: int, size: int) -> StorageFailed | None:
    """Why the log that is open as `descriptor`, with `size` bytes of ours, takes no more acts; None while it may.

    Raises StorageFailed where what was played could not be copied; then it may be asked again.
    """
    ours = os.fstat(descriptor)
    try:
        there = os.stat(path, follow_symlinks=False)  # noqa: PTH116 – pathlib's follows links on Python 3.11's Windows
    except OSError:
        there = None
    if there is None or not os.path.samestat(ours, there):
        return StorageFailed(
            "storage/displaced",
            _GONE if there is None else _REPLACED,
            hint=_("go on with `crisis-sim resume {copy}`; keep logs where no program syncs or moves them"),
            name=path.name,
            copy=_copied(path, descriptor, size),
        )
    if ours.st_size == size:
        return None
    return StorageFailed(
        "storage/foreign",
        _("{name} takes no more acts: something else has written to it"),
        hint=_("close what writes there; `crisis-sim verify {name}` says what the log holds"),
        name=path.name,
    )


def _copied(path: Path, descriptor: int, size: int) -> Path:
    """The first `size` bytes of what is open, in a new file beside `path`."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            file.seek(0)
            data = file.read(size)
    except OSError as error:
        raise storage_failed("storage/copy", f"{path.name} is gone, and cannot be copied", error) from error
    for name in names(f"{path.stem}-kept"):
        place = path.with_name(name)
        if not os.path.lexists(place):
            write_new(place, data)
            return place
    raise StorageFailed(
        "storage/names", "every name like {stem}-kept.jsonl is taken", hint="move some away", stem=path.stem
    )
