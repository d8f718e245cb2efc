"""Told to stop on a real terminal: it is left as it was found, a sentence says how to go on, and the code says why."""

from __future__ import annotations

import asyncio
import fcntl
import io
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import pytest
from tests.small import SMALL_SCENARIO
from tests.thinning import one_in
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from crisis_sim.cli import ending
from crisis_sim.cli.ending import StopRequested, run_loop, stopping
from crisis_sim.plain.console import Console
from crisis_sim.session.verify import verify

PATIENCE = 30.0
"""Seconds after which something hangs."""
LEFT = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1015l", b"\x1b[?1006l", b"\x1b[?25h")
"""The other screen is left, the mouse is the terminal's own, the cursor shows."""
CODES = [(signal.SIGTERM, 143), (signal.SIGHUP, 129)]


class OnTerminal:
    """A command on a terminal that controls it."""

    def __init__(self, *arguments: str, program: tuple[str, str] = ("-m", "crisis_sim")) -> None:
        self.terminal, end = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=end,
            stdout=end,
            stderr=end,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1", "COLUMNS": "100", "LINES": "30"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no other thread runs here
        )
        os.close(end)
        self.said = b""

    def until(self, words: bytes) -> None:
        """Take what is written until the words come."""
        end = time.monotonic() + PATIENCE
        while words not in self.said:
            assert time.monotonic() < end, self.said[-300:]
            self._take()

    def ended(self) -> int:
        """Take the rest; the exit code."""
        while self._take():
            pass
        os.close(self.terminal)
        return self.process.wait(timeout=PATIENCE)

    def _take(self) -> bytes:
        if not select.select([self.terminal], [], [], PATIENCE)[0]:
            return b""
        try:
            piece = os.read(self.terminal, 65536)
        except OSError:
            return b""
        self.said += piece
        return piece


class Silent(io.TextIOWrapper):
    """A terminal's end that notes when it is read."""

    def __init__(self, end: int, told: list[str]) -> None:
        super().__init__(os.fdopen(end, "rb"))
        self._told = told

    def readline(self, size: int = -1) -> str:  # type: ignore[override]  # any buffer reads so
        """The next line."""
        self._told.append("read")
        return super().readline(size)


def game(log: Path, *more: str) -> OnTerminal:
    """A game against a bot that says nothing."""
    return OnTerminal("play", str(SMALL_SCENARIO), "--china", "silent", "--seed", "1", "--log", str(log), *more)


@pytest.mark.parametrize(("number", "code"), CODES)
def test_screens_leave_the_terminal_as_it_was(number: signal.Signals, code: int, tmp_path: Path) -> None:
    """The other screen and the mouse are given back before the sentence, and the log is sound."""
    log = tmp_path / "game.jsonl"
    run = game(log)
    run.until(b"NOW")
    run.process.send_signal(number)
    assert run.ended() == code
    _, _, after = run.said.rpartition(LEFT[0])
    assert all(mode in run.said for mode in LEFT)
    words = " ".join(after.decode().split())
    assert f"The session is in {log}. Go on with: crisis-sim resume {log}" in words
    assert words.endswith("crisis-sim: told to stop")
    assert verify(log).is_sound


@pytest.mark.parametrize("screen", one_in(2, [b"\x1b[?1049h", b"NOW"]))
def test_a_terminal_that_goes_leaves_nothing_running(screen: bytes, tmp_path: Path) -> None:
    """However late the signal to go on comes that follows it: the program ends, and does not read nothing for ever."""
    run = game(tmp_path / "game.jsonl")
    run.until(screen)
    os.close(run.terminal)
    end = time.monotonic() + PATIENCE
    while run.process.poll() is None:
        assert time.monotonic() < end, "it is still there"
        run.process.send_signal(signal.SIGCONT)
        time.sleep(0.002)
    assert run.process.returncode in (129, -signal.SIGHUP)


@pytest.mark.parametrize(("number", "code"), CODES)
def test_plain_lines_end_with_a_sentence(number: signal.Signals, code: int, tmp_path: Path) -> None:
    """What is safe, and how to go on; not a traceback."""
    log = tmp_path / "game.jsonl"
    run = game(log, "--plain")
    run.until(b"\r\n> ")
    run.process.send_signal(number)
    assert run.ended() == code
    after = " ".join(run.said.decode().rpartition("> ")[2].split())
    assert after.startswith("You have left the session. Everything that was acknowledged is safe in the log:")
    assert after.endswith(f"Go on with: crisis-sim resume {log} --plain crisis-sim: told to stop")
    assert verify(log).is_sound


def test_nothing_is_read_before_somebody_has_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal that comes just before a read that blocks would wait for the next line."""
    told: list[str] = []

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.append("stop")
        os.write(terminal, b"typed\n")

    terminal, end = pty.openpty()
    with Silent(end, told) as silent:
        monkeypatch.setattr(sys, "stdin", silent)
        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        try:
            assert Console.here().ask("Your name?") == "typed"
        finally:
            signal.signal(signal.SIGALRM, before)
    os.close(terminal)
    assert told == ["stop", "read"]


def test_one_that_comes_to_nothing_leaves_the_next_to_be_heeded() -> None:
    """What is raised while a weak reference goes is dropped: who asks again must be heard."""

    def play() -> None:
        with stopping():
            with suppress(StopRequested):
                signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(StopRequested):
        play()


def test_one_that_comes_while_it_ends_is_ignored(capsys: pytest.CaptureFixture[str]) -> None:
    """A terminal that closes sends both; the end is in order, and the first has its code."""
    ended: list[str] = []

    def play() -> None:
        with stopping():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGHUP)
                ended.append("in order")

    with pytest.raises(StopRequested) as stopped:
        play()
    assert (stopped.value.code, ended) == (143, ["in order"])
    assert capsys.readouterr().err == "crisis-sim: told to stop\n"


class StopsAtLoss(ServerConnection):
    """A line whose loss is the moment at which a signal comes."""

    def connection_lost(self, exc: Exception | None) -> None:
        signal.raise_signal(signal.SIGTERM)
        super().connection_lost(exc)


@contextmanager
def bounded() -> Iterator[None]:
    """Raise AssertionError inside where it takes too long."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(int(PATIENCE))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_a_signal_in_the_midst_of_a_closing_line_ends_the_loop(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever closes at that moment: all is ended in order, and what is safe is said."""
    ended: list[str] = []

    async def hears(line: ServerConnection) -> None:
        await line.wait_closed()

    async def hosts() -> None:
        try:
            async with serve(hears, "127.0.0.1", 0, create_connection=StopsAtLoss) as server:
                port = next(iter(server.sockets)).getsockname()[1]
                async with connect(f"ws://127.0.0.1:{port}", proxy=None) as line:
                    line.transport.abort()
                    await asyncio.Event().wait()
        finally:
            ended.append("in order")

    with bounded(), pytest.raises(StopRequested) as stopped, stopping():
        run_loop(hosts())
    assert (stopped.value.code, ended) == (143, ["in order"])
    assert capsys.readouterr().err == "crisis-sim: told to stop\n"


@pytest.mark.parametrize(("number", "raised"), [(signal.SIGTERM, StopRequested), (signal.SIGINT, KeyboardInterrupt)])
def test_a_second_signal_leaves_what_does_not_end(
    number: signal.Signals, raised: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks again is heeded; nothing has to be killed."""
    monkeypatch.setattr(ending, "PAIR_SECONDS", 0.0)

    async def never_ends() -> None:
        asyncio.get_running_loop().call_later(0.01, signal.raise_signal, number)
        for _ in range(3):
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(PATIENCE)
            asyncio.get_running_loop().call_later(0.01, signal.raise_signal, number)
        ended.append("by itself")

    ended: list[str] = []
    with bounded(), pytest.raises(raised):
        run_loop(never_ends())
    assert not ended


@pytest.mark.parametrize("more", [(), ("--plain",)])
def test_a_terminal_that_is_closed_ends_the_session_in_order(more: tuple[str, ...], tmp_path: Path) -> None:
    """Nobody is left to be told; nothing is called a fault, and the log can be gone on with."""
    log = tmp_path / "game.jsonl"
    run = game(log, *more)
    run.until(b"\r\n> " if more else b"NOW")
    os.close(run.terminal)
    assert run.process.wait(timeout=PATIENCE) == 129
    assert verify(log).is_sound


def test_a_replay_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    """And so do all screens."""
    log = tmp_path / "game.jsonl"
    run = game(log, "--plain")
    run.until(b"\r\n> ")
    os.write(run.terminal, b"quit\n")
    assert run.ended() == 0
    replay = OnTerminal("replay", str(log), "--open")
    replay.until(b"NOW")
    replay.process.terminate()
    assert replay.ended() == 143
    assert all(mode in replay.said for mode in LEFT)
    assert replay.said.rstrip().endswith(b"crisis-sim: told to stop")
