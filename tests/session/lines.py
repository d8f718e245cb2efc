"""A log that is small enough to try every bit of it; its material is no scenario, so nothing plays it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Raw

from crisis_sim.engine.actions import AnyAction, Pause, TakeNote, Unpause
from crisis_sim.engine.events import AnyEvent, NoteTaken, Paused, Unpaused
from crisis_sim.session.log import Log
from crisis_sim.session.record import Entry, Header
from crisis_sim.session.writer import LogWriter, claim_log, create_log


def open_log(path: Path) -> tuple[Log, LogWriter]:
    """The log in `path`, open for writing behind its last sound entry."""
    log, lock = claim_log(path)
    try:
        return log, LogWriter(log, lock)
    except BaseException:
        lock.release()
        raise


HEADER = Header(
    app="0.1.0",
    session="5e55104",
    seed="seed",
    length=45,
    show="own",
    options={},
    started=1_000,
    material=Raw(b'{"scenario":{}}'),
)

ACTS: tuple[tuple[AnyAction, AnyEvent], ...] = (
    (Pause(), Paused(visible="everyone")),
    (TakeNote(text="海 *J"), NoteTaken(seat="facilitator", text="海 *J", turn=0, visible="facilitator")),
    (Unpause(), Unpaused(visible="everyone")),
    (Pause(), Paused(visible="everyone")),
)


def write_entry(writer: LogWriter, number: int) -> Entry:
    """Append the act of that number, from 0, going round."""
    action, event = ACTS[number % len(ACTS)]
    return writer.append(time=2_000 + number, away=0, seat="facilitator", action=action, events=(event,))


def small_log(path: Path, entries: int = len(ACTS)) -> tuple[Path, list[Entry]]:
    """A closed log of so many entries."""
    log, writer = create_log(path, HEADER)
    written = [write_entry(writer, number) for number in range(entries)]
    writer.close()
    return log.path, written
