"""What `crisis-sim check --watch` shows: one screen that is drawn over in place, or lines where there is no terminal.

The screen is a terminal's second one; when the watch ends, the first comes back with the last result on it. All that
comes from files is clean before it gets here, and is cut and wrapped to the screen.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import FrameType
from typing import Final

from crisis_sim.authoring.check import Checked, Checker, Seen, watch
from crisis_sim.cli.reports import Format, as_text, report
from crisis_sim.problems import Problem, Problems
from crisis_sim.text import clean, clipped, wrapped

ENTER: Final = "\x1b[?1049h\x1b[?25l"
LEAVE: Final = "\x1b[?25h\x1b[?1049l"
BEGIN: Final = "\x1b[?2026h\x1b[H"
"""Hold the picture, and go to its corner; a terminal that cannot hold it draws it in one go all the same."""
END: Final = "\x1b[J\x1b[?2026l"

After = Callable[[Checked], None]
"""What is to be done once a result is on the screen. It writes no file that needs no change, or it is called again."""


def watched(checker: Checker, format: Format, *, every: bool = False, after: After | None = None) -> int:
    """Show what `checker` finds, now and at every save, until ctrl+c; returns the exit code."""
    page = _Page() if format == "text" and _is_screen() else _Lines(format, every=every)
    with page.shown(), _terminated() as code, suppress(KeyboardInterrupt):
        for seen in watch(checker, beat=page.beat):
            page.show(seen)
            gc.freeze()  # what was read stays; searching it for garbage would hold up the next result
            if after is not None and seen.checked is not None:
                after(seen.checked)
    page.last()
    return code[0]


class _Lines:
    """Each result as text below the one before, for pipes, files and programs."""

    def __init__(self, format: Format, *, every: bool) -> None:
        self._format: Format = format
        self._every = every

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Nothing to set up."""
        yield

    def beat(self) -> None:
        """Nothing to keep up to date."""

    def show(self, seen: Seen) -> None:
        """Write one result."""
        if seen.checked is not None:
            found = report(seen.checked, self._format, every=self._every, lines=True)
            sys.stdout.write(found if self._format == "json" else f"{_head(seen)}\n{found}\n")
        elif self._format != "json":
            sys.stdout.write(f"{_head(seen)}\n{_trouble(seen)}\n\n")
        sys.stdout.flush()

    def last(self) -> None:
        """It stands there already."""


class _Page(_Lines):
    """Each result in the place of the one before."""

    def __init__(self) -> None:
        super().__init__("text", every=False)
        self._seen = Seen(None)
        self._head = ""
        self._size = os.terminal_size((0, 0))

    @contextmanager
    def shown(self) -> Iterator[None]:
        """The terminal's second screen, without a cursor and without what is typed."""
        with _silent_keys():
            sys.stdout.write(ENTER)
            try:
                yield
            finally:
                sys.stdout.write(LEAVE)
                sys.stdout.flush()

    def beat(self) -> None:
        """Draw again if the window has another size."""
        if self._head and shutil.get_terminal_size() != self._size:
            self._draw()

    def show(self, seen: Seen) -> None:
        """Draw a result."""
        self._seen, self._head = seen, _head(seen)
        self._draw()

    def last(self) -> None:
        """Leave the last result where people look after the watch has ended."""
        if self._seen.checked is not None:
            sys.stdout.write(f"{self._head}\n{as_text(self._seen.checked.problems)}")

    def _draw(self) -> None:
        self._size = shutil.get_terminal_size()
        columns, rows = self._size
        lines = picture(self._seen, self._head, columns, rows)
        drawn = "\x1b[K\r\n".join(lines) + "\x1b[K"
        sys.stdout.write(f"{BEGIN}{drawn}{END}")
        sys.stdout.flush()


def picture(seen: Seen, head: str, columns: int, rows: int) -> list[str]:
    """The lines of a screen of that size: the head, as many problems as fit with errors first, and how it ends."""
    body: list[str] = []
    foot = "ctrl+c ends the watch"
    if seen.checked is None:
        body = wrapped(_trouble(seen), columns)
    elif seen.checked.problems:
        body, left = _fitting(seen.checked.problems, columns, rows - 4)
        if left:
            foot = f"and {left} more; a taller window shows more, crisis-sim check --all lists them all"
    lines = [head, "", *(body or ["no problems"])]
    return [clipped(line, columns) for line in [*lines[: max(rows - 2, 1)], "", foot][: max(rows, 1)]]


def _fitting(problems: Problems, columns: int, rows: int) -> tuple[list[str], int]:
    """The lines of the problems that fit, in the order of the files, and how many are left out."""
    ranked = sorted(enumerate(problems), key=lambda numbered: numbered[1].severity)
    blocks: dict[int, list[str]] = {}
    used = 0
    for place, problem in ranked:
        block = _block(problem, columns)
        if blocks and used + len(block) > rows:
            break
        blocks[place] = block
        used += len(block)
    return [line for place in sorted(blocks) for line in blocks[place]], len(problems) - len(blocks)


def _block(problem: Problem, columns: int) -> list[str]:
    said, *rest = problem.shown(columns).split("\n")
    lines = wrapped(clean(said, lines=False), columns)
    for line in rest:
        lines += [line] if line.startswith("    |") else wrapped(line, columns)
    return lines


def _head(seen: Seen) -> str:
    """What is watched, when it was checked last, and what was found."""
    when = datetime.now().astimezone().strftime("%H:%M:%S")
    if seen.checked is None:
        return f"watching: nothing there – looked at {when}"
    files = len(seen.checked.files)
    named = clean(seen.checked.files[0], lines=False) if files == 1 else f"{files} files"
    return f"watching {named} – checked at {when} – {seen.checked.problems.summary()}"


def _trouble(seen: Seen) -> str:
    trouble = seen.trouble
    if trouble is None:
        return ""
    return clean(f"{trouble}; waiting for it to come back", lines=False)


def _is_screen() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


@contextmanager
def _silent_keys() -> Iterator[None]:
    """What is typed does not show; ctrl+c works, and ctrl+z, which would leave half a screen behind, does not."""
    try:
        import termios
    except ImportError:  # not on Windows
        yield
        return
    try:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):  # no terminal to type at
        yield
        return
    silent = [*before[:6], list(before[6])]
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    silent[6][termios.VSUSP] = b"\0"
    termios.tcsetattr(descriptor, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


@contextmanager
def _terminated() -> Iterator[list[int]]:
    """The exit code: 0 after ctrl+c, which is how a watch ends; a program that is told to stop restores the screen."""
    code = [0]

    def stop(number: int, _frame: FrameType | None) -> None:
        code[0] = 128 + number
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, stop) for number in (signal.SIGTERM, getattr(signal, "SIGHUP", 0)) if number
    }
    try:
        yield code
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
