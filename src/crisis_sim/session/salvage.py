"""The sound head of a damaged log, copied into a new one. The damaged log stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from crisis_sim.errors import LogDamaged
from crisis_sim.session.disk import locked, make_folder, read_whole, real_path, write_new
from crisis_sim.session.log import read_sound_part


class Salvaged(NamedTuple):
    """What was saved and what was not."""

    path: Path
    entries: int
    """Entries that were saved."""
    lost: int
    """Lines behind them that were not, a torn one included."""
    damage: LogDamaged | None
    """What is wrong with the first of these; None where the log is sound or only its end is torn."""


def salvage(path: Path, to: Path) -> Salvaged:
    """Write the sound head of the log in `path` to the new file `to`, byte for byte.

    Raises UnreadableInput or LogDamaged where not even the header is sound, and StorageFailed or SessionLocked.
    """
    log, damage = read_sound_part(path)
    data = read_whole(log.path)
    to = real_path(to)
    make_folder(to.parent)
    lock = locked(to)
    try:
        write_new(to, data[: log.end] + (b"\n" if log.unended else b""))
    finally:
        lock.release()
    rest = data[log.end :].strip(b"\n")
    return Salvaged(to, len(log.entries), rest.count(b"\n") + bool(rest), damage)
