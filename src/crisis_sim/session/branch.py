"""A branch: a session of its own that shares its first entries with its parent.

The parent's log is read and never touched. The copies are sealed into the branch's own chain in one write, so a branch
is there whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from crisis_sim import __version__
from crisis_sim.engine.events import TurnOpened
from crisis_sim.errors import UnreadableInput
from crisis_sim.session.clock import Clock, wall_clock
from crisis_sim.session.folder import new_session_id
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.record import Header, Parent
from crisis_sim.session.writer import create_log, create_named


def branch(
    path: Path,
    *,
    seq: int | None = None,
    turn: int | None = None,
    to: Path | None = None,
    session: str | None = None,
    clock: Clock = wall_clock,
) -> Path:
    """Make a branch of the log in `path` and return its log, ready to be resumed.

    It shares the entries up to `seq`, or up to the one that opened `turn`; by default all. It lies at `to`, or beside
    the parent under a free name. Raises UnreadableInput, LogDamaged, StorageFailed or SessionLocked.
    """
    log = read_log(path)
    last = _last_shared(log, seq, turn)
    header = Header(
        app=__version__,
        session=session or new_session_id(),
        seed=log.header.seed,
        length=log.header.length,
        show=log.header.show,
        options=log.header.options,
        started=clock(),
        inherits=log.header.inherits,
        material=log.header.material,
        parent=Parent(
            session=log.header.session, seq=last, hash=log.entries[last - 1].hash if last else log.header.hash
        ),
    )
    entries = log.entries[:last]
    if to is not None:
        new_log, writer = create_log(to, header, entries)
    else:
        label = f"turn-{turn}" if turn is not None else f"from-{last}"
        new_log, writer = create_named(log.path.parent, f"{log.path.stem}-{label}", header, entries)
    writer.close()
    return new_log.path


def _last_shared(log: Log, seq: int | None, turn: int | None) -> int:
    if turn is not None:
        for entry in log.entries:
            if any(isinstance(event, TurnOpened) and event.turn == turn for event in entry.events):
                return entry.seq
        raise UnreadableInput(
            "branch/no-turn",
            "turn {turn} does not begin in {name}",
            hint="branch from a turn that was played",
            turn=turn,
            name=log.path.name,
        )
    if seq is None:
        return len(log.entries)
    if not 0 <= seq <= len(log.entries):
        raise UnreadableInput(
            "branch/no-entry",
            "{name} has no entry {seq}",
            hint="branch from an entry between 0 and {entries}",
            name=log.path.name,
            seq=seq,
            entries=len(log.entries),
        )
    return seq


def begins_again(log: Log) -> int:
    """The turn from whose start a branch goes on; 0 where it is none, or left its parent at another place."""
    parent = log.header.parent
    shared = log.entries[: 0 if parent is None else parent.seq][-1:]
    return next((event.turn for entry in shared for event in entry.events if isinstance(event, TurnOpened)), 0)
