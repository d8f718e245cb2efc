"""Real time at the table: how long the turn at hand has lasted, pauses and absences left out.

Reckoned from the times of log entries, and from when somebody last had the log open, so that a resumed session knows it
too. Game time is the engine's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

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

    at: Milliseconds
    """The time up to which `spent` has been counted."""
    spent: Milliseconds = 0
    """Time that the turn has lasted, without pauses and absences."""
    extra: int = 0
    """Minutes by which the turn was extended."""
    runs: bool = True

    def after(self, entry: Entry) -> TurnClock:
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
        return self.spent + max(0, now - self.at) if self.runs else self.spent
