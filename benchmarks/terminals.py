"""Terminals that have joined, beside a bare relay: submit to the other room, and keys while the host is stopped (A9).

The peer is the relay of `benchmarks.rooms` with as many lines. What is timed is from a submit of whoever runs the
exercise to the first that a terminal is written for it: a team's screen, and an observer by lines of text, each in a
process of its own; at the relay, to the message. A key is timed to what is drawn for it, a line to its answer, while
the host is stopped.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.rooms import HostProcess, p99, relay
from benchmarks.table import Row, show
from tests.cli.test_stopping import OnTerminal

from crisis_sim.engine import actions as a

ACTS = {"screen": 60, "lines": 16}
"""A screen says that play is paused, lines each phase; of those a session has fewer."""
STOPPED, PAUSE, APART = 30.0, 0.2, 0.2
"""Seconds for which a host is stopped, between two keys, and between two acts."""
SEATS = {"screen": ("us-1", "a", b"Read the briefs"), "lines": ("observer-1", "agree\r", b"You are watching")}
"""Who sits there, what agrees to the card, and what is told then."""
KEYS = {"screen": (("?", b""), ("\x1b", b"")), "lines": (("now\r", b"Before the first turn"),)}
"""What is typed while the host is stopped, and what is written for it."""


def drained(run: OnTerminal, quiet: float = 0.0) -> None:
    """Take what has been written, until nothing is for so many seconds."""
    while select.select([run.terminal], [], [], quiet)[0]:
        run._take()
    run.said = b""


def typed(run: OnTerminal, keys: str, words: bytes) -> float:
    """Milliseconds from keys to the words that are written for them, or to the first of all where none are named."""
    drained(run)
    started = perf_counter()
    os.write(run.terminal, keys.encode())
    run.until(words) if words else run._take()
    return (perf_counter() - started) * 1000


def seated(way: str, host: HostProcess) -> OnTerminal:
    """A terminal that has joined."""
    label, agrees, told = SEATS[way]
    run = OnTerminal("join", str(host.address), *(["--plain"] if way == "lines" else []))
    run.until(b"code from your card")
    typed(run, f"{host.codes[label]}\r", b"card")
    typed(run, agrees, told)
    return run


async def shown(way: str, run: OnTerminal, host: HostProcess) -> list[float]:
    """Milliseconds from each submit to the first that the terminal is written for it."""
    took = []
    async with AsyncExitStack() as joined:
        white = await joined.enter_async_context(host.remote("facilitator-1").joined())
        for act in range(ACTS[way]):
            drained(run, APART)
            written = asyncio.create_task(asyncio.to_thread(run._take))
            await asyncio.sleep(APART)
            paused = a.Unpause() if act % 2 else a.Pause()
            started = perf_counter()
            await asyncio.gather(white.submit(paused if way == "screen" else a.Advance()), written)
            took.append((perf_counter() - started) * 1000)
    return took


def answered(way: str, run: OnTerminal, host: HostProcess) -> list[float]:
    """Milliseconds from each key, or line, to what is written for it, while the host is stopped."""
    drained(run, 1.0)
    host.process.send_signal(signal.SIGSTOP)
    try:
        took = []
        for number in range(round(STOPPED / PAUSE)):
            took.append(typed(run, *KEYS[way][number % len(KEYS[way])]))
            drained(run, PAUSE)
        return took
    finally:
        host.process.send_signal(signal.SIGCONT)


async def measured() -> None:
    rows = []
    with TemporaryDirectory() as kept:
        os.environ["XDG_DATA_HOME"] = kept
        for way in SEATS:
            (folder := Path(kept) / way).mkdir()
            (beside := Path(kept) / f"beside {way}").mkdir()
            host = HostProcess(folder, "us=1,china=1,observers=1")
            try:
                run = seated(way, host)
                keys, acts = answered(way, run, host), await shown(way, run, host)
                run.process.kill()
            finally:
                host.end()
            peer = await relay(beside, connected=3)
            rows += [
                Row(f"{way}: submit, {name}", f"{of(acts):.1f} ms, {of(peer):.1f} ms", of(acts) - of(peer))
                for name, of in (("p50", median), ("p99", p99))
            ]
            rows += [
                Row(f"{way}: keys without a host, {name}", f"{of(keys):.1f} ms")
                for name, of in (("p50", median), ("p99", p99))
            ]
    show(
        f"terminals that have joined, and {STOPPED:.0f} s without a host",
        rows,
        "ms above bare",
    )


def main() -> None:
    """Print the table."""
    asyncio.run(measured())


if __name__ == "__main__":
    main()
