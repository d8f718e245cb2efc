"""Real time at the table: how long the turn at hand has lasted, pauses and absences left out; and what beats with it.

Reckoned from the times of log entries, and from when somebody last had the log open, so that a resumed session knows it
too. Game time is the engine's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread
from types import TracebackType
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.engine.events import Extended, Paused, TurnOpened, Unpaused
from crisis_sim.session.log import Log
from crisis_sim.session.record import Entry, Milliseconds

Clock: TypeAlias = Callable[[], Milliseconds]
"""What time it is."""


def wall_clock() -> Milliseconds:
    """What time it is on this machine."""
    return time.time_ns() // 1_000_000


def dated(time: Milliseconds, form: str) -> str:
    """A time by this machine's calendar, as `strftime` writes it; a dash where it is none of the years 1 to 9999."""
    try:
        return datetime.fromtimestamp(time / 1000, tz=UTC).astimezone().strftime(form)
    except (OverflowError, OSError, ValueError):
        return "–"


def time_away(log: Log, now: Milliseconds) -> Milliseconds:
    """How much of the time between the last entry of `log` and `now` passed while nobody had it open."""
    last = log.entries[-1].time
    noted = log.tip.open if log.tip is not None else None
    if noted is None or noted.at <= last:
        return max(0, now - last)
    return min(noted.away + max(0, now - noted.at), max(0, now - last))


class TurnClock(NamedTuple):
    """How the turn at hand stands in real time."""

    started: Milliseconds
    """The time up to which `spent` has been counted."""
    spent: Milliseconds = 0
    """Time that the turn has lasted, without pauses and absences."""
    extra: int = 0
    """Minutes by which the turn was extended."""
    runs: bool = True

    def advance(self, entry: Entry) -> TurnClock:
        """The clock once `entry` has happened."""
        spent, extra, runs = self.spent_at(entry.time - entry.away), self.extra, self.runs
        for event in entry.events:
            match event:
                case TurnOpened():
                    spent, extra = 0, 0
                case Extended(minutes=minutes):
                    extra += minutes
                case Paused():
                    runs = False
                case Unpaused():
                    runs = True
                case _:
                    pass
        return TurnClock(entry.time, spent, extra, runs)

    def spent_at(self, now: Milliseconds) -> Milliseconds:
        """How long the turn has lasted at `now`."""
        return self.spent + max(0, now - self.started) if self.runs else self.spent


EVERY: Final = 3.0
"""Seconds; after a crash the turn's clock gives back no more than these and what the machine was late."""


class Heartbeat:
    """Calls `beat` at once and every few seconds until it is left."""

    def __init__(self, beat: Callable[[], object], every: float = EVERY) -> None:
        """`beat` is called from another thread, and does not raise."""
        self._beat = beat
        self._every = every
        self._over = Event()
        self._thread = Thread(target=self._go, name="heartbeat", daemon=True)

    def _go(self) -> None:
        self._beat()
        while not self._over.wait(self._every):
            self._beat()

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No beat comes after this."""
        self._over.set()
        self._thread.join()
