"""A host that is stopped and hosted again: every screen comes back by itself, and no clock has run meanwhile."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.cli.test_stopping import OnTerminal
from tests.rooms.browser import CHROMIUM, Tab, browser
from tests.small import SMALL_SCENARIO

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import STOPPED, Remote

STOPPED_SECONDS = 4.0
"""Seconds for which the host is stopped, beside those that it takes to start."""
PEOPLE = "us=2,china=1,observers=1"
STOPS = [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]


class HostProcess:
    """An exercise that is hosted by a process of its own, at ports that stay."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "one.jsonl"
        self._errors = folder / "errors"
        self.join, self.page, self.codes = "", "", dict[str, str]()
        self.start(str(SMALL_SCENARIO), "--log", str(self.log), "--people", PEOPLE, "--bind", "127.0.0.1:0")
        self._read_until(lambda: len(self.codes) == 5)

    def start(self, *arguments: str) -> None:
        """Start it, and wait until it can be joined."""
        self.page = ""
        with self._errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "crisis_sim", "host", *arguments, "--facilitator", "joined"],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._read_until(lambda: bool(self.page))

    def _read_until(self, is_read: Callable[[], bool]) -> None:
        assert self.process.stdout is not None
        while not is_read():
            line = self.process.stdout.readline()
            assert line, self._errors.read_text("utf-8")
            self.join = found[1] if (found := re.search(r"crisis-sim join (\S+)", line)) else self.join
            self.page = found[0] if (found := re.search(r"http://\S+/", line)) else self.page
            self.codes |= dict(re.findall(r"(\S+-\d+) +(\w{4}-\w{4})$", line.strip()))

    def stop(self, number: signal.Signals) -> None:
        """Stop it in order."""
        self.process.send_signal(number)
        self.process.wait(timeout=20)
        assert "Go on with: crisis-sim host" in self._errors.read_text("utf-8")

    def kill(self) -> None:
        """Have done with it."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()  # type: ignore[union-attr]  # a pipe


@asynccontextmanager
async def in_first_turn(folder: Path) -> AsyncIterator[tuple[HostProcess, Remote]]:
    """A host whose first turn runs, and a facilitator who has joined it."""
    host = HostProcess(folder)
    try:
        async with Remote(room_address(host.join), SeatMirror(code=host.codes["facilitator-1"])) as facilitator:
            await facilitator.submit(a.Advance())
            yield host, facilitator
    finally:
        host.kill()


async def stop_and_host_again(
    host: HostProcess, facilitator: Remote, number: signal.Signals, while_stopped: Awaitable[None]
) -> None:
    """Stop the host for a while and host its log again; the clock of the turn and the one that is seen stand."""
    await asyncio.to_thread(host.stop, number)
    left = facilitator.seconds_left()
    assert left is not None and facilitator.mirror.state == "lost" and facilitator.cut_off() == STOPPED
    await while_stopped
    await asyncio.sleep(STOPPED_SECONDS)
    assert facilitator.seconds_left() == left
    await asyncio.to_thread(host.start, str(host.log))
    async with asyncio.timeout(10):
        await anext(view async for view in facilitator.views() if facilitator.cut_off() is None)
    now = facilitator.seconds_left()
    assert now is not None and 0 <= left - now <= 2, "no time is charged in which the host was stopped"
    await facilitator.submit(a.Pause())


@pytest.mark.parametrize("number", STOPS)
async def test_terminals_come_back_by_themselves(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On screens and by lines: each says that the host has stopped, and shows what is done when it runs again."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    async with in_first_turn(tmp_path) as (host, facilitator):
        screen, lines = OnTerminal("join", host.join), OnTerminal("join", host.join, "--plain")
        terminals = (screen, lines)

        async def both_read(*words: bytes) -> None:
            for run, wanted in zip(terminals, words, strict=True):
                await asyncio.to_thread(run.until, wanted)
                run.said = b""

        async def both_type(*keys: str) -> None:
            for run, typed in zip(terminals, keys, strict=True):
                os.write(run.terminal, typed.encode())

        await both_read(b"code from your card", b"code from your card")
        await both_type(f"{host.codes['us-1']}\r", f"{host.codes['china-1']}\r")
        await both_read(b"NOW", b"Read this card")
        await both_type("a", "agree\r")
        await both_read(b"Distress call", b"1 of 2")
        await both_type(" ", "\r\r")
        await both_read(b" left", b"opens the moves")
        stopped = b"The host has stopped"
        await stop_and_host_again(host, facilitator, number, both_read(stopped, stopped))
        await both_read(b"PAUSED", b"paused")
        view = facilitator.view()
        assert isinstance(view, FacilitatorView) and set(view.agreed) == {"us", "china"}
        for run in terminals:
            run.process.terminate()
            await asyncio.to_thread(run.ended)


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium")
async def test_browsers_come_back_by_themselves(tmp_path: Path) -> None:
    """A team's page and the wall: each says that the host has stopped, and its clock stands until it runs again."""

    async def says_so(*tabs: Tab) -> None:
        stood = []
        for tab in tabs:
            await tab.reads("The host has stopped", "#state")
            stood.append(await tab.text("#left"))
        await asyncio.sleep(STOPPED_SECONDS)
        assert [await tab.text("#left") for tab in tabs] == stood and all(re.match(r"1[45]:\d\d", at) for at in stood)

    async with in_first_turn(tmp_path) as (host, facilitator), browser() as opened:
        team, wall = await opened(host.page), await opened(f"{host.page}wall")
        for tab, label in ((team, "us-1"), (wall, "observer-1")):
            await tab.until("document.activeElement?.id === 'code'")
            await tab.type(host.codes[label])
            await tab.press("Enter")
            await tab.until("document.querySelector('#left')?.innerText")
        await stop_and_host_again(host, facilitator, signal.SIGTERM, says_so(team, wall))
        for tab in (team, wall):
            await tab.until("!document.querySelector('#state.cut')")
            await tab.until("/paused/i.test(document.querySelector('#now').innerText)")
