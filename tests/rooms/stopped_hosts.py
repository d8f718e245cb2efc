"""Hosts an exercise over and over, and stops it while its clients close their lines. Run by test_host_stops.

`python -m tests.rooms.stopped_hosts FOLDER STOPS` forks a host for each stop, joins it in three browsers and three
terminals, closes some of these lines within 30 ms of the signal, and prints a line of JSON on how the host ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import ssl
import sys
import time
from pathlib import Path

from tests.small import SMALL_SCENARIO
from websockets.asyncio.client import ClientConnection, connect

from crisis_sim.cli import main
from crisis_sim.rooms.wire import VERSION, Hello, encoded
from crisis_sim.session.lock import Lock
from crisis_sim.session.verify import verify

HOST = (
    "host",
    str(SMALL_SCENARIO),
    "--facilitator",
    "auto",
    "--bind",
    "127.0.0.1:0",
    "--people",
    "us=2,china=2,observers=2",
)
SPREAD = 0.03
"""Seconds between the signal and a line that is closed."""
PATIENCE = 10.0
"""Seconds after which a host hangs."""


def hosted(log: Path) -> tuple[int, int, Path]:
    """A forked host: its process, what it prints, and the file of what it says on standard error."""
    reads, writes = os.pipe()
    errors = log.with_suffix(".err")
    pid = os.fork()
    if pid:
        os.close(writes)
        return pid, reads, errors
    sys.stdout, sys.stderr = (
        os.fdopen(file, "w", encoding="utf-8") for file in (writes, os.open(errors, os.O_WRONLY | os.O_CREAT))
    )
    code = 1
    try:
        code = main([*HOST, "--log", str(log)])
    except SystemExit as told:
        code = int(told.code or 0)
    finally:
        os._exit(code)


async def joined(said: str) -> list[ClientConnection]:
    """A line for each code, by turns a browser's and a terminal's, that has had its first message."""
    terminal = re.search(r"crisis-sim join ([^#]+)#", said)
    page = re.search(r"(http://\S+)/", said)
    assert terminal is not None and page is not None, said
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    lines = []
    for number, code in enumerate(re.findall(r"\S+-\d+ +(\w{4}-\w{4})", said)):
        if number % 2:
            line = await connect(page[1].replace("http", "ws") + "/line", origin=page[1], proxy=None)  # type: ignore[arg-type]  # a str
        else:
            line = await connect(f"wss://{terminal[1]}/", ssl=context, proxy=None)
        await line.send(encoded(Hello(VERSION, code=code, wants="page" if number % 2 else "facts")), text=True)
        await line.recv()
        lines.append(line)
    return lines


async def stopped(pid: int, said: str, luck: random.Random) -> tuple[float | None, int]:
    """Seconds that it took to stop, None where it hangs; and its exit code."""
    lines = await joined(said)

    async def close(line: ClientConnection, how: str) -> None:
        await asyncio.sleep(luck.uniform(0, SPREAD))
        if how == "close":
            await line.close()
        elif how == "abort":
            line.transport.abort()

    closing = [asyncio.create_task(close(line, luck.choice(("close", "abort", "stay")))) for line in lines]
    await asyncio.sleep(luck.uniform(0, SPREAD))
    os.kill(pid, signal.SIGTERM)
    start, took, status = time.monotonic(), None, 0
    while took is None and time.monotonic() - start < PATIENCE:
        ended, status = os.waitpid(pid, os.WNOHANG)  # noqa: ASYNC222 - it does not wait
        took = time.monotonic() - start if ended else None
        await asyncio.sleep(0.002)
    if took is None:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)  # noqa: ASYNC222 - it is gone
    for line in lines:
        line.transport.abort()
    await asyncio.gather(*closing, return_exceptions=True)
    return took, os.waitstatus_to_exitcode(status)


def stop(log: Path, luck: random.Random) -> dict[str, object]:
    """How one host ended."""
    pid, reads, errors = hosted(log)
    said = ""
    with os.fdopen(reads, encoding="utf-8") as prints:
        while len(re.findall(r"\w{4}-\w{4}$", said, re.MULTILINE)) < 6:
            line = prints.readline()
            assert line, errors.read_text("utf-8")
            said += line
        took, code = asyncio.run(stopped(pid, said, luck))
    Lock(log).release()  # raises where it is still locked
    return {"took": took, "code": code, "sound": verify(log).is_sound, "says": errors.read_text("utf-8")}


if __name__ == "__main__":
    for number in range(int(sys.argv[2])):
        sys.stdout.write(json.dumps(stop(Path(sys.argv[1]) / f"{number}.jsonl", random.Random(number))) + "\n")
        sys.stdout.flush()
