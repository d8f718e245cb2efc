"""How soon a team's screen is there, and how soon a key shows: whole processes in a terminal of their own.

The first paint is timed from the start of the process to the last word of the first screen, in turns with a Textual app
of one label. Key to paint is timed from the key to the first byte that answers it, in every scene that a session of two
bots comes by, late in it: all their acts lie on the table. The call is one to which two other bots agreed; no decision
is asked for. Whoever waits, writes or watches has joined a host. Beside it stands what of that the processor took,
which is nearly the same on a machine that has other things to do. The scenes take a quarter of an hour; `python -m
benchmarks.screen replay palette` times those whose names have such a word.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from benchmarks.table import Row, best, show

ROOT = Path(__file__).parents[1]
ROUNDS = 12
KEYS, OPENINGS = 300, 60
IDLE = 0.003
"""Seconds of processor that a clock's tick takes at most."""
ESCAPE = b"\x1b"
MINIMAL = """
from textual.app import App
from textual.widgets import Label

class Minimal(App):
    def compose(self):
        yield Label("READY")

Minimal().run()
"""
WITH_VIEWS = "import crisis_sim.engine.views.seat_views" + MINIMAL
"""The same beside what seats and views are made of, which every process that plays has loaded by then."""
TEAM = """
from crisis_sim.tui.app import run_at
from crisis_sim.pages.seat_table import SeatTable
from tests.tui.fake import FakeSeat

run_at(SeatTable({"us": FakeSeat()}, ("us",)))
"""


@contextmanager
def terminal(
    command: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT, size: tuple[int, int] = (100, 30)
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The parent's end of a terminal in which `command` runs, and its process."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    whole = {**os.environ, "TERM": "xterm-256color", **environment}
    whole.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=whole, cwd=folder)
    os.close(child)
    try:
        yield parent, process
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()
        os.close(parent)


@contextmanager
def running(program: str) -> Iterator[int]:
    """The parent's end of a terminal in which a program in Python runs."""
    with terminal([sys.executable, "-c", program], {"PYTHONPATH": str(ROOT)}) as (parent, _):
        yield parent


def until(parent: int, word: bytes, seconds: float = 20.0) -> bytes:
    """Read until `word` has come; TimeoutError when it does not."""
    received = b""
    end = perf_counter() + seconds
    while word not in received:
        ready, _, _ = select.select([parent], [], [], max(end - perf_counter(), 0))
        if not ready:
            raise TimeoutError(received[-500:])
        received += os.read(parent, 65536)
    return received


def drained(parent: int, quiet: float = 0.12, most: float = 5.0) -> None:
    """Read until nothing has come for a while, or for `most` seconds; a turn's clock is drawn anew every second."""
    end = perf_counter() + most
    while perf_counter() < end and select.select([parent], [], [], quiet)[0]:
        os.read(parent, 65536)


def first_paint(program: str, word: bytes) -> float:
    """Seconds from the start of the process to the word."""
    start = perf_counter()
    with running(program) as parent:
        until(parent, word)
        return perf_counter() - start


def settled(parent: int, process: int, quiet: float) -> None:
    """Read until nothing has come for a while and the process has nothing to do, or else 5 seconds."""
    end = perf_counter() + 5
    before = 0.0
    while (now := processor(process)) - before > IDLE and perf_counter() < end:
        before = now
        drained(parent, quiet)


class Scene(NamedTuple):
    """Keys that are pressed in one scene, one after the other, round and round."""

    what: str
    keys: Sequence[bytes]
    """Those that are timed."""
    at: str = "moves"
    """The phase in which the session is taken up; or the verb that shows something else."""
    who: Sequence[str] = ("--us", "person", "--china", "reckless", "--facilitator", "auto")
    opening: Sequence[bytes] = ()
    """What is pressed first; at a team's list what leaves the telling."""
    between: bytes = b""
    """What undoes each, untimed."""
    word: bytes = b"everything"
    """What stands on its screen once it is there."""
    sides: str = "reckless"
    """The bots that played the session: these, or a pair that calls."""
    place: str = ""
    """Where somebody sits who has joined; else all sit at one terminal."""

    @property
    def times(self) -> int:
        """How many keys are timed; a key that opens something takes its time to be undone."""
        return OPENINGS if self.between else KEYS


CONSOLE = ("--us", "reckless", "--china", "reckless", "--facilitator", "person")
TABLE = (ESCAPE,)
"""Leaves the telling."""
MOVES = (*TABLE, b"n")
"""Opens the list of moves."""
HOW = (*MOVES, b"demand", b"\r")
"""Goes on to a move's choices."""
UP, DOWN, RIGHT, LEFT, BACK = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x7f"
WORDS = (*HOW, b"\t")
"""Goes on to its words."""
LAST = (*WORDS, b"\n", b"7", b"7", b"1", b"\r")
"""Puts it on the list."""
SEARCH = (b"s", b"o", BACK, BACK)
"""Two letters, and none again."""
PEOPLE = ("--us", "person", "--china", "person")
CALLS = ("--us", "person", "--china", "attentive", "--facilitator", "auto")
SCENES = (
    Scene("the menu", (DOWN, UP), "menu", word=b"quit"),
    Scene("the scenarios to choose from", (DOWN, UP), "menu", opening=(b"\r",), word=b"quit"),
    Scene("the first time: a reading", (DOWN, UP), "menu", opening=(DOWN, b"\r", b"\r"), word=b"quit"),
    Scene("a look into a scenario", (DOWN, UP, b"\t"), "preview", word=b"esc"),
    Scene("the curtain", (b" ", b" ", b"x"), who=PEOPLE, word=b"look away"),
    Scene("the briefing: lines", (DOWN, UP), "briefing", opening=(b"\t",)),
    Scene("the telling", (b" ", LEFT)),
    Scene("the list of a turn: move, panels", (b"j", b"k", b"\t", b"1", b"2", b"3"), opening=TABLE),
    Scene("the list of a turn: what opens", (b"n", b"b", b"?", b"w"), opening=TABLE, between=ESCAPE),
    Scene("the list of moves: move", (DOWN, UP), opening=MOVES),
    Scene("the list of moves: search", SEARCH, opening=MOVES),
    Scene("a move's choices", (DOWN, UP, b"\t"), opening=HOW),
    Scene("a move's words", SEARCH, opening=WORDS),
    Scene("a move's meaning", (b"2", b"3", b"1", b"\x1b[Z", b"\x1b[Z", b"\x1b[Z"), opening=(*WORDS, b"\n")),
    Scene("the last look", (b"c",), opening=LAST, between=ESCAPE),
    Scene("the call", (DOWN, UP), "readings", CALLS, sides="attentive"),
    Scene("the call as it is held", (DOWN, UP), "readings", CALLS, opening=(b" ",), sides="attentive"),
    Scene("the call as it is written", SEARCH, "readings", opening=(b" ", b" "), sides="attentive", place="us-1"),
    Scene("the card before the first act", (b"?",), "new", place="us-1", between=ESCAPE, word=b"agree"),
    Scene("a task while they wait", (b"j", b"k", b"1", b"2", b"3"), opening=(*LAST, b"c", b"y"), place="us-1"),
    Scene("an observer", (b"1", b"2", b"\t"), place="observer-1"),
    Scene("what is grave to them", (b"J", b"K", b"j", b"k"), "briefing", opening=(b"o", b"\r")),
    Scene("briefs and terms", (DOWN, UP), opening=(*TABLE, b"b")),
    Scene("the palette: search", (b"s", b"e", BACK, BACK), opening=(*TABLE, b"\x10")),
    Scene("a reading", (b"2", b"j", b"6", b"k"), "readings", opening=TABLE),
    Scene("forecasts", (b"3", b"j", b"7", b"k"), "forecasts", opening=TABLE),
    Scene("what became of them", (b" ", LEFT), "closing"),
    Scene("the closing", (b"\t", DOWN, UP), "closing", opening=TABLE),
    Scene("the hotwash: pages", (b"2", b"3", b"4", b"5", b"7", b"1"), "hotwash", CONSOLE),
    Scene("the console: move, panels", (b"j", b"k", b"\t", b"1", b"2", b"3"), who=CONSOLE),
    Scene("the console: what opens", (b"g", b"i", b"?", b"w", b"v"), who=CONSOLE, between=ESCAPE),
    Scene("the console: a dialog", (DOWN, UP), who=CONSOLE, opening=(b"i",)),
    Scene("who has come", (DOWN, UP), "host", word=b"what to do"),
    Scene("the replay: moments", (RIGHT, RIGHT, LEFT, RIGHT), "replay"),
    Scene("the replay: search", SEARCH, "replay", opening=(b"/",)),
    Scene("the replay: why, jumps, notes", (b"\t", RIGHT, LEFT), "replay", opening=(b"\t", b"\t")),
    Scene("the replay: lenses", (b"u", b"c", b"w", b"d"), "replay", opening=(RIGHT,) * 9),
    Scene("the replay: curves", (b"\t", RIGHT, LEFT), "replay", opening=(b"\t",)),
)


@cache
def played(folder: Path, sides: str) -> Path:
    """A session of two bots."""
    log = folder / f"{sides}.jsonl"
    bots = ("--us", sides, "--china", sides, "--seed", "bench", "--length", "150", "--log", str(log))
    command = [sys.executable, "-m", "crisis_sim", "play", "bottomed-submarine", *bots]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, check=True, capture_output=True)
    return log


VERBS = {
    "menu": (),
    "preview": ("preview", "bottomed-submarine"),
    "host": ("host", "bottomed-submarine", "--bind", "127.0.0.1:0", "--people", "us=3,china=3,observers=4"),
    "replay": ("replay",),
}
"""What shows a scene that is no phase."""


def command_of(scene: Scene, log: Path) -> list[str]:
    """What shows a scene: the session taken up where its phase began last, or a verb."""
    if scene.at in VERBS:
        return [*VERBS[scene.at], *([str(log)] if scene.at == "replay" else [])]
    return ["resume", str(taken_up(scene, log)), *scene.who]


def taken_up(scene: Scene, log: Path) -> Path:
    """The session from where a scene's phase began last."""
    from crisis_sim.session.branch import branch
    from crisis_sim.session.log import read_log

    entries = read_log(log).entries
    begun = [entry.seq for entry in entries if any(getattr(each, "phase", "") == scene.at for each in entry.events)]
    seated = [entry.seq for entry in entries if type(entry.action).__name__ == "TakeSeat"]
    return branch(log, turn=None, seq=(begun or seated)[-1])


@contextmanager
def joinable(scene: Scene, log: Path) -> Iterator[tuple[list[str], bytes]]:
    """What joins a new session, or one that a host goes on with, people at all seats; and the code that is typed."""
    from benchmarks.rooms import HostProcess

    from crisis_sim.cli.seating import reseat, resume_session

    path = None if scene.at == "new" else taken_up(scene, log)
    if path is not None:
        reseat(resume_session(path), dict.fromkeys(("us", "china", "facilitator"), "person")).session.close()
    host = HostProcess(log.parent, "us=1,china=1,observers=1", path)
    try:
        yield ["join", str(host.address)], f"{host.codes[scene.place]}\r".encode()
    finally:
        host.end()


def key_to_paint(scene: Scene, log: Path) -> tuple[list[float], list[float]]:
    """Seconds from each key to the first byte that answers it, and those of them that the processor took."""
    times, busy = [], []
    own = {name: str(log.parent) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with ExitStack() as open_now:
        at, code = open_now.enter_context(joinable(scene, log)) if scene.place else (command_of(scene, log), b"")
        command = [sys.executable, "-m", "crisis_sim", *at]
        environment = {"PYTHONPATH": str(ROOT / "src"), **own}
        parent, process = open_now.enter_context(terminal(command, environment, size=(140, 40)))
        if code:
            until(parent, b"code from your card")
            os.write(parent, code)
        until(parent, scene.word)
        drained(parent, 0.6)
        for key in scene.opening:
            os.write(parent, key)
            drained(parent, 0.4)
        for number in range(scene.times):
            before, start = processor(process.pid), perf_counter()
            os.write(parent, scene.keys[number % len(scene.keys)])
            if select.select([parent], [], [], 2.0)[0]:
                times.append(perf_counter() - start)
                busy.append(processor(process.pid) - before)
            settled(parent, process.pid, 0.05)
            if scene.between:
                os.write(parent, scene.between)
                settled(parent, process.pid, 0.3)
    return times, busy


def processor(process: int) -> float:
    """Seconds that all threads of a process have run."""
    return sum(int(path.read_bytes().split()[0]) for path in Path(f"/proc/{process}/task").glob("*/schedstat")) / 1e9


def first_paints() -> None:
    """Print how long a team's screen takes beside the least that there is."""
    found = best(
        {
            "a Textual app of one label": lambda: first_paint(MINIMAL, b"READY"),
            "the same, with seats and views loaded": lambda: first_paint(WITH_VIEWS, b"READY"),
            "a team's screen": lambda: first_paint(TEAM, b"everything"),
        },
        ROUNDS,
    )
    base = found["a Textual app of one label"]
    rows = [Row(name, f"{seconds * 1000:.0f} ms", seconds / base) for name, seconds in found.items()]
    show(f"First paint, whole process, best of {ROUNDS} in turns", rows, "× minimal")


def keys_to_paint(words: Sequence[str]) -> None:
    """Print each scene whose name has one of the words, or every one."""
    began, rows = perf_counter(), []
    with tempfile.TemporaryDirectory(prefix="crisis-sim-") as name:
        for scene in SCENES:
            if words and not any(word in scene.what for word in words):
                continue
            times, busy = key_to_paint(scene, played(Path(name), scene.sides))
            figure = f"{_figures(times)}; of processor {_figures(busy)}"
            rows.append(Row(f"{scene.what}, {len(times)} keys", figure))
    minutes = f"{(perf_counter() - began) / 60:.0f} minutes for all of it"
    show("Key to first byte, 140×40, in the last of eight turns", rows, "", minutes)


def _figures(seconds: Sequence[float]) -> str:
    p99 = quantiles(seconds, n=100)[98] if len(seconds) > 1 else float("nan")
    return f"p50 {median(seconds) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms"


def main(words: Sequence[str] = ()) -> None:
    """Print both tables, or the scenes whose names have one of the words."""
    if not words:
        first_paints()
    keys_to_paint(words)


if __name__ == "__main__":
    main(sys.argv[1:])
