"""What the log costs: opening and verifying one of 10,000 entries, and acknowledging one more.

Every figure stands beside its peer, measured in turns in the same run: reading and typed parsing alone, and a bare
write and sync of the same bytes.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from unittest import mock

import msgspec
from benchmarks.table import Row, show
from tests.small import small_material

from crisis_sim.engine.actions import Advance, AnyAction, CommitMoves, SealForecast, SeatName
from crisis_sim.engine.apply import fold as folded
from crisis_sim.engine.state import State, opening_state
from crisis_sim.session.disk import sync
from crisis_sim.session.log import read_log
from crisis_sim.session.record import Entry, Header
from crisis_sim.session.replay import replayed
from crisis_sim.session.session import Session
from crisis_sim.session.verify import rejudged
from crisis_sim.session.writer import LogWriter, create_log

ENTRIES = 10_000
ROUNDS = 15
APPENDS = 1_500


def forecasting(session: Session) -> None:
    """Play on to a phase in which small acts can be repeated for ever."""
    steps: tuple[tuple[SeatName, AnyAction], ...] = (
        ("facilitator", Advance()),
        ("facilitator", Advance()),
        ("us", CommitMoves()),
        ("china", CommitMoves()),
        ("facilitator", Advance()),
    )
    for seat, action in steps:
        session.submit(seat, action)
    assert session.state.phase == "forecasts", session.state.phase


def forecast(session: Session, number: int) -> tuple[SeatName, AnyAction]:
    """A small act, another one each time."""
    side: SeatName = "us" if number % 2 else "china"
    return side, SealForecast(forecast=session.table.scenario.forecasts[0].id, chance=number % 101)


def long_log(folder: Path) -> Path:
    """A playable log of ENTRIES entries; not synced while it is written."""
    with (
        mock.patch.object(os, "fdatasync"),
        Session.start(folder / "long.jsonl", small_material(), seed="bench", length=45) as session,
    ):
        forecasting(session)
        for number in range(ENTRIES - 5):
            session.submit(*forecast(session, number))
    return session.path


def in_turns(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Best time of each, in ns, taking turns."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            gc.collect()
            start = perf_counter_ns()
            kept = work()
            best[place] = min(best[place], perf_counter_ns() - start)
            del kept
    return best


def opening(folder: Path) -> None:
    """Open a long log: parse alone, with all checks, folded, and judged again."""
    path = long_log(folder)
    decoder = msgspec.json.Decoder(Entry)
    log = read_log(path)
    table = replayed(log).table
    start = path.read_bytes().index(b"\n") + 1

    def parse_alone() -> list[Entry]:
        gc.disable()
        try:
            with path.open("rb") as file:
                return decoder.decode_lines(file.read()[start:])
        finally:
            gc.enable()

    def fold_alone() -> State:
        state = opening_state(table)
        for entry in log.entries:
            state = folded(state, entry.events)
        return state

    parse, checked, fold = in_turns(parse_alone, lambda: read_log(path), fold_alone)
    (judged,) = in_turns(lambda: rejudged(log, table), rounds=3)
    rows = [
        row("read and parse alone (msgspec, typed)", parse / ENTRIES, 1),
        row("open: hash, chain, canonical form, parse", checked / ENTRIES, checked / parse),
        row("fold the events into the state", fold / ENTRIES, fold / parse),
        row("judge every act again and compare", judged / ENTRIES, judged / parse),
    ]
    show(f"A log of {ENTRIES:,} entries of {(log.end - start) // ENTRIES} bytes, for each entry", rows, "× parse alone")


def appending(folder: Path) -> None:
    """Acknowledge entries one by one: bare, through the log, through a session."""
    _, writer = create_log(folder / "append.jsonl", msgspec.structs.replace(header_of(folder), session="append"))
    session = Session.start(folder / "session.jsonl", small_material(), seed="bench", length=45)
    forecasting(session)
    bare = os.open(folder / "bare.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    entry = read_log(folder / "long.jsonl").entries[-1]
    line = msgspec.json.encode(entry) + b"\n"

    def bare_write() -> None:
        os.write(bare, line)
        sync(bare)

    def submit() -> None:
        session.submit(*forecast(session, next(numbers)))

    numbers = count()
    works: tuple[Callable[[], None], ...] = (bare_write, lambda: append(writer, entry), submit)
    times: list[list[int]] = [[] for _ in works]
    for _ in range(APPENDS):
        for place, work in enumerate(works):
            start = perf_counter_ns()
            work()
            times[place].append(perf_counter_ns() - start)
    session.close()
    writer.close()
    os.close(bare)
    base, through_log, through_session = (median(taken) for taken in times)
    rows = [
        row("bare write and fdatasync of the same bytes", base, 1),
        row("append to the log", through_log, through_log / base),
        row("submit to a session: judge, append, fold", through_session, through_session / base),
    ]
    show(f"An entry of {len(line)} bytes acknowledged, median of {APPENDS:,} in turns", rows, "× bare")


def append(writer: LogWriter, like: Entry) -> None:
    """An entry with the content of another."""
    writer.append(time=like.time, away=0, seat=like.seat, action=like.action, events=like.events)


def header_of(folder: Path) -> Header:
    """The header of the long log, unsealed."""
    return msgspec.structs.replace(read_log(folder / "long.jsonl").header, hash="")


def row(name: str, nanoseconds: float, ratio: float) -> Row:
    """A line of the table."""
    return Row(name, f"{nanoseconds / 1000:.2f} µs", ratio)


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory(prefix="crisis-sim-") as name:
        opening(Path(name))
        appending(Path(name))


if __name__ == "__main__":
    main()
