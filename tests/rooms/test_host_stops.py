"""A host that is told to stop, however it is run, while people come, write and go."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import ssl
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
from tests.cli.test_stopping import OnTerminal
from tests.rooms.test_host_killed import Writer
from tests.small import SMALL_SCENARIO
from tests.thinning import one_in
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from crisis_sim.engine import actions as a
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.wire import VERSION, Hello, encoded
from crisis_sim.session.lock import Lock
from crisis_sim.session.log import read_log
from crisis_sim.session.verify import verify

STOPS = one_in(20, range(200))
RUNS = ((), ("--plain",), ("--facilitator", "auto"))
"""At screens, by lines, and without anybody who runs it."""
EXIT_CODES = {"SIGTERM": 143, "SIGINT": 130, "SIGHUP": 129}
WRITERS = ("us-1", "china-1")
SPREAD_SECONDS = 0.03
"""Between the signal and a line that is opened or closed."""
PATIENCE_SECONDS = 10.0
"""After which a host hangs."""


class StoppedHost:
    """A host on a terminal of its own, whose cards are read from their sheet."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.log = folder / "one.jsonl"
        sheet = folder / "cards.html"
        people = ("--people", "us=2,china=2,observers=4")
        arguments = ("--bind", "127.0.0.1:0", "--log", str(self.log), "--sheet", str(sheet), *people, *options)
        self.run = OnTerminal("host", str(SMALL_SCENARIO), *arguments)
        self.printed = asyncio.create_task(asyncio.to_thread(self.run.ended))
        self._sheet = sheet

    async def cards(self) -> tuple[str, str, dict[str, str]]:
        """How one joins at a terminal and in a browser, and the code of each place."""
        page, end = "", time.monotonic() + 3 * PATIENCE_SECONDS
        while "</html>" not in page:
            assert time.monotonic() < end and not self.printed.done(), self.run.said[-600:]
            await asyncio.sleep(0.02)
            page = self._sheet.read_text("utf-8") if self._sheet.exists() else ""
        terminal, browser = re.search(r"crisis-sim join (\S+?)<", page), re.search(r">(http://\S+?)/<", page)
        assert terminal is not None and browser is not None
        return terminal[1], browser[1], dict(re.findall(r"· (\S+-\d+)</p><p class=\"code\">(\S+?)<", page))

    async def stop(self, number: signal.Signals) -> float:
        """Seconds that it takes to end."""
        start = time.monotonic()
        self.run.process.send_signal(number)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await asyncio.shield(self.printed)
        except TimeoutError:
            self.run.process.kill()
            pytest.fail(f"it hangs: {self.run.said[-300:]!r}")
        return time.monotonic() - start


async def open_line(terminal: str, browser: str, code: str, *, is_browser: bool) -> ClientConnection:
    """A line that has said its code, of a browser or a terminal."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    line = await (
        connect(browser.replace("http", "ws") + "/line", origin=browser, proxy=None)  # type: ignore[arg-type]  # a str
        if is_browser
        else connect(f"wss://{terminal.partition('#')[0]}/", ssl=context, proxy=None)
    )
    await line.send(encoded(Hello(VERSION, code=code, wants="page" if is_browser else "facts")), text=True)
    return line


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("stop", STOPS)
async def test_a_host_that_is_told_to_stop_stops_and_loses_nothing(
    stop: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """It says how to go on and lets go of its log; who writes is told that it stops, and all acknowledged is there.

    Meanwhile two write as fast as they are answered, lines are closed and others opened. An interrupt counts also
    where a script has started the host with interrupts ignored.
    """
    luck, options = random.Random(stop), RUNS[stop % 3]
    number = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[stop // 3 % 3]
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if stop % 40 == 0 else signal.getsignal(signal.SIGINT)
    try:
        host = StoppedHost(tmp_path, *options)
    finally:
        signal.signal(signal.SIGINT, handler)
    terminal, browser, codes = await host.cards()
    async with AsyncExitStack() as joined:
        writers = [Writer(label, Remote(room_address(terminal), SeatMirror(code=codes[label]))) for label in WRITERS]
        for writer in writers:
            await joined.enter_async_context(writer.remote)
            await writer.remote.submit(a.AgreeToCard())

        async def come_or_go(code: str, way: str, *, is_browser: bool) -> None:
            line = None if way == "come" else await open_line(terminal, browser, code, is_browser=is_browser)
            ready.release()
            await signalled.wait()
            await asyncio.sleep(luck.uniform(0, SPREAD_SECONDS))
            with suppress(OSError, WebSocketException):
                line = line or await open_line(terminal, browser, code, is_browser=is_browser)
                if way == "close":
                    await line.close()
                elif way == "abort":
                    line.transport.abort()
                await line.wait_closed()

        ready, signalled = asyncio.Semaphore(0), asyncio.Event()
        ways = ("come", "close", "abort", "stay")
        others = [
            asyncio.create_task(come_or_go(code, luck.choice(ways), is_browser=bool(place % 2)))
            for place, (label, code) in enumerate(codes.items())
            if label not in (*WRITERS, "facilitator-1")
        ]
        for _ in others:
            await ready.acquire()
        writes = [asyncio.create_task(writer.write(asyncio.Event())) for writer in writers]
        await asyncio.sleep(luck.uniform(0.1, 0.3))
        signalled.set()
        await asyncio.sleep(luck.uniform(0, SPREAD_SECONDS))
        record_property("seconds", await host.stop(number))
        record_property("acknowledged", sum(len(writer.acknowledged) for writer in writers))
        assert all(writer.remote.mirror.is_stopped for writer in writers)
        for write in writes:
            write.cancel()
        await asyncio.gather(*others, *writes, return_exceptions=True)
    assert await host.printed == EXIT_CODES[number.name]
    says = " ".join(host.run.said.decode(errors="replace").split())
    assert "Go on with: crisis-sim host" in says and "Traceback" not in says and "crisis-sim-fault" not in says, says
    Lock(host.log).release()  # raises where it is still locked
    assert verify(host.log).is_sound
    notes = Counter(entry.action.text for entry in read_log(host.log).entries if isinstance(entry.action, a.TakeNote))
    for writer in writers:
        assert writer.acknowledged and {notes[text] for text in writer.acknowledged} == {1}
