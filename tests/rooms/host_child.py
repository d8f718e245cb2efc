"""Hosts an exercise over and over, and is killed at a call to the system each time. Run by test_host_killed.

`python -m tests.rooms.host_child FOLDER PORT FIRST KILLS` begins a session, prints who may come and how it is reached
as a line of JSON, and then forks a host for each number from FIRST on and each way to die at it: before a call, after
it, for a write in the middle of it. A host that has taken its first act dies at its call of that number; the next one
takes the log up. The last one lives until standard input is closed; then `end` has been printed.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from tests.rooms.house import House
from tests.session.crash_child import CALLS
from tests.small import small_material

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.session.record import Entry
from crisis_sim.session.session import Session

WRITERS: tuple[SeatName, ...] = ("us", "us", "china")
CALLS_OF_ACTS = 8
"""Calls to the system that are reached while three people act: more than one act has."""
HOWS = ("before", "after", "within")


def dies_at(number: int, how: str) -> None:
    """Die at the call of that number from here on."""
    left = count(number, -1)

    def wrapped(name: str) -> Callable[..., Any]:
        call: Callable[..., Any] = getattr(os, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            if next(left) != 1:
                return call(*arguments, **options)
            try:
                if how == "after":
                    call(*arguments, **options)
                elif how == "within" and name == "write":
                    call(arguments[0], arguments[1][: len(arguments[1]) // 2])
            finally:
                os.kill(os.getpid(), signal.SIGKILL)

        return counted

    for name in CALLS:
        setattr(os, name, wrapped(name))


async def host(folder: Path, port: int, number: int, how: str) -> None:
    """One life of the host, which dies at its call of that number once it has taken an act; with 0 it lives."""
    with Session.resume(folder / "one.jsonl") as session:
        acted, submit = asyncio.Event(), session.submit

        def noted(seat: SeatName, action: AnyAction, ref: str | None = None) -> Entry:
            entry = submit(seat, action, ref)
            acted.set()
            return entry

        session.submit = noted  # type: ignore[method-assign]  # to know when
        async with House(folder, session, life=f"{number}-{how}-{os.getpid()}").open(port):
            if number:
                await acted.wait()
                dies_at(number, how)
                await asyncio.Event().wait()
            sys.stdout.write("end\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.read)


def forked(folder: Path, port: int, number: int, how: str) -> bool:
    """Whether that life ended by a kill."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.chdir(folder)
            asyncio.run(host(folder, port, number, how))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def main(folder: Path, port: int, first: int, kills: int) -> int:
    """Begin, be killed so often, and live."""
    with Session.start(folder / "one.jsonl", small_material(), seed="1", length=45) as session:
        house = House(folder, session)
        codes = [house.hub.guests.invite(seat)[1] for seat in WRITERS]
        sys.stdout.write(json.dumps({"codes": codes, "fingerprint": house.folder.fingerprint}) + "\n")
        sys.stdout.flush()
    for life in range(first, first + kills):
        number, how = 1 + life % CALLS_OF_ACTS, HOWS[life // CALLS_OF_ACTS % len(HOWS)]
        if not forked(folder, port, number, how):
            return 1
    return int(forked(folder, port, 0, "never"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
