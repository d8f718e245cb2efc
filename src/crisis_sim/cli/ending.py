"""How a command ends: the one owner of standard error and of exit codes; and what the machine may refuse before that.

0 is fine, 1 problems were found, 2 is a slip in the command or input that cannot be read, 3 a fault of ours, 130 an
interruption; a signal to stop while people play gives 128 and its number: 143 for SIGTERM, 129 for SIGHUP, which comes
when a terminal closes. A mistake of a person's gets a sentence and a way out; a fault of ours gets a sentence, and its
traceback goes to a file. Streams, folder and clock are mended before a command runs where they can be, and what fails
afterwards is said to be the machine's.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn, TextIO, TypeVar

from crisis_sim.cli.language import language, say
from crisis_sim.cli.verbs import as_started
from crisis_sim.errors import ActionRefused, CrisisSimError, Sentence, StorageFailed, UnreadableInput
from crisis_sim.pages.refusals import refusal
from crisis_sim.text import clean
from crisis_sim.wording import _, failure, in_words

Result = TypeVar("Result")

_OF_A_PATH: Final = (
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.ESTALE),
    *(errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM),
)
"""Reasons that lie in a path that somebody named, or in the disk that it is on."""

_OF_A_STREAM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EPIPE)


def three_streams() -> None:
    """See to it that there are three standard streams. Raises UnreadableInput where there is none for the answer.

    Without input there is nothing to read; without a stream for messages they go nowhere. No file that is opened later
    gets the number of a stream that is closed: what is printed there would end up in it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    has_output = sys.stdout is not None
    sys.stdin, sys.stdout, sys.stderr = (
        stream if stream is not None else Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - for good
        for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w"))
    )
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a character that a terminal lacks, a byte that is none: `?`
    if not has_output:
        raise UnreadableInput(
            "output/closed",
            "standard output is closed, and the answer has nowhere to go",
            hint="send it to a file, or to /dev/null",
        )


def warn_of_lost_letters() -> None:
    """Say once, in English, that what is printed in Chinese will be question marks, where that is so."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        "\u4e2d".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        if language() == "zh":
            tell(f"note: output in {encoding} has no Chinese letters: set PYTHONUTF8=1, or read in English (--lang en)")


def discard_output(stream: TextIO) -> None:
    """Nobody takes what is written to `stream` any more: let Python's last flush go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


def refusal_of(fault: Exception) -> CrisisSimError | None:
    """What the machine refused, where `fault` comes of that; None where it is ours."""
    if isinstance(fault, MemoryError):
        return StorageFailed("machine/memory", "there is not enough memory for this", hint="close other programs")
    if isinstance(fault, OverflowError) and not _has_time():
        return UnreadableInput(
            "machine/clock", "this machine's clock shows a time that cannot be counted with", hint="set the clock"
        )
    if isinstance(fault, FileNotFoundError) and not _has_folder():
        return UnreadableInput(
            "machine/folder",
            "the folder that this was started in is not there any more",
            hint="change to another folder, and do it again there",
        )
    return _refused(fault) if isinstance(fault, OSError) else None


def _refused(fault: OSError) -> CrisisSimError | None:
    why = (fault.strerror or "").lower()
    if isinstance(fault.filename, (str, bytes)) and fault.errno in _OF_A_PATH:
        path = os.fsdecode(fault.filename)
        return UnreadableInput(
            "machine/path", "'{named}' cannot be used: {why}", hint="name another", named=path, why=why
        )
    if fault.errno in _OF_A_STREAM:
        return StorageFailed(
            "output/lost", "the answer could not be written: {why}", hint="look at where standard output goes", why=why
        )
    return None


def _has_time() -> bool:
    try:
        time.time()
    except OverflowError:
        return False
    return True


def _has_folder() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True


FINE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

SEND: Final = _(
    "please send that file, and what you did, to whoever gave you crisis-sim; every acknowledged act is in its log"
)


def tell(sentence: str, hint: str = "") -> None:
    """Say something on standard error that is not the answer."""
    sentence, hint = as_started(sentence), as_started(hint)
    text = clean(sentence, lines=True) + "\n"
    if hint:
        text += f"  {say('hint: {way_out}', way_out=clean(hint, lines=True))}\n"
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        discard_output(sys.stderr)


def note(sentence: str, **parts: object) -> None:
    """Say on standard error, in the reader's language, something that it is good to know."""
    tell(say("note: {what}", what=in_words(Sentence(sentence, **parts) if parts else sentence, language())))


def run_to_exit_code(command: Callable[[], int]) -> int:
    """Run `command` and turn whatever happens into an exit code."""
    code = _code_of(command)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = max(code, _failed(error))
        discard_output(sys.stdout)
    return code


def _code_of(command: Callable[[], int]) -> int:
    try:
        three_streams()
        return command()
    except KeyboardInterrupt:
        tell(f"\ncrisis-sim: {say('interrupted; what was acknowledged is in the log')}")
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a fault is told in a sentence, never a traceback
        return _failed(fault)


def _failed(fault: Exception) -> int:
    """Say what went wrong; nothing where nobody reads our output any more."""
    if isinstance(fault, BrokenPipeError):
        return PROBLEMS
    error = fault if isinstance(fault, CrisisSimError) else refusal_of(fault)
    if error is None:
        return at_fault(fault)
    why, instead = words_of(error)
    tell(f"crisis-sim: {_clipped(why)}", _clipped(instead))
    if error.exit_code == FAULT:
        tell(f"  {_details(error)}")
    return error.exit_code


def words_of(error: CrisisSimError) -> tuple[str, str]:
    """What went wrong, and what to do instead, in the reader's language."""
    if not isinstance(error, ActionRefused):
        return failure(error, language())
    return refusal(error, language())


def _clipped(sentence: str) -> str:
    """The sentence with the middle of a name left out that no disk would take."""
    return re.sub(r"\S{300,}", lambda name: f"{name[0][:120]}…{name[0][-60:]}", sentence)


def at_fault(fault: Exception) -> int:
    """Say that something went wrong that is ours, and where the details are."""
    sentence = say(
        "this is a fault of ours ({kind}), and {details}", kind=type(fault).__name__, details=_details(fault)
    )
    tell(f"crisis-sim: {sentence}", say(SEND))
    return FAULT


def _details(fault: Exception) -> str:
    """Where the traceback is, in half a sentence."""
    traceback_path = _write_traceback(fault)
    if traceback_path is None:
        return say("the details could not be written down")
    return say("the details are in {file}", file=traceback_path)


def _write_traceback(fault: Exception) -> Path | None:
    """The file that the traceback was written to."""
    text = "".join(traceback.format_exception(fault))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="replace", prefix="crisis-sim-fault-", suffix=".txt", delete=False
        ) as file:
            file.write(f"{sys.version}\n{sys.argv[1:2]}\n{text}")
        return Path(file.name)
    except OSError:
        return None


SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # SIGHUP is not everywhere


class SessionOver(Exception):
    """Raised where people have closed their session at this terminal's screens: what comes next is chosen in a menu."""

    def __init__(self, table: Any) -> None:  # Any: who sat where, which stands above this module
        super().__init__()
        self.table = table


class StopRequested(SystemExit):
    """A signal asks for the end."""


@contextmanager
def stopping() -> Iterator[None]:
    """End what is inside when a signal says so; one that comes while it ends is ignored.

    An interrupt counts as well where the program was started with interrupts ignored, as a script starts a job.
    """
    handlers = dict.fromkeys(SIGNALS, _stop) | {signal.SIGINT: signal.default_int_handler}
    previous_handlers = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    except StopRequested:
        _farewell()
        raise
    finally:
        for number, handler in previous_handlers.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    if not isinstance(sys.exception(), StopRequested):  # the interpreter drops what is raised in a finaliser: not deaf
        raise StopRequested(128 + number)


PAIR_SECONDS: Final = 1.0
"""A terminal that closes sends two signals within this time, which mean one stop."""


def run_loop(main: Coroutine[Any, Any, Result]) -> Result:
    """Run `main` as `asyncio.run` does; a signal to stop takes effect between two steps of the loop, never inside one.

    An exception raised out of a signal handler inside asyncio can leave a connection half closed, and the loop then
    waits for its end for ever. A signal cancels `main`, which ends in order; a further one leaves the loop, which
    cancels whatever is still ending. A loop that reads lines itself is for
    `run_reading_loop`. Raises ToldToStop or KeyboardInterrupt.
    """
    tasks: list[asyncio.Task[Any]] = []
    signals: list[tuple[int, float]] = []

    async def cancellable() -> Result:
        tasks.extend(asyncio.all_tasks())  # this one alone, so far
        return await main

    def leave(number: int) -> NoReturn:
        raise KeyboardInterrupt if number == signal.SIGINT else StopRequested(128 + number)

    def stop(number: int, _frame: FrameType | None) -> None:
        signals.append((number, time.monotonic()))
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # the loop has not begun, or has ended
            leave(number)
        if len(signals) == 1 and tasks:
            loop.call_soon_threadsafe(tasks[0].cancel)
        elif not tasks or number == signal.SIGINT or signals[-1][1] - signals[0][1] > PAIR_SECONDS:
            loop.call_soon_threadsafe(leave, number)

    previous_handlers = {number: signal.signal(number, stop) for number in (signal.SIGINT, *SIGNALS)}
    try:
        result = asyncio.run(cancellable())
    except asyncio.CancelledError:
        if not signals:
            raise
        leave(signals[0][0])
    finally:
        for number, handler in previous_handlers.items():
            signal.signal(number, handler)
    if signals:
        leave(signals[0][0])
    return result


def run_reading_loop(main: Coroutine[Any, Any, Result]) -> Result:
    """Run `main`, which blocks its loop while it reads lines; it holds no connection, and an interrupt is raised in it.

    The handler of `asyncio.run` would wait for a second interrupt while a line is read.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    previous_handler = signal.signal(signal.SIGINT, interrupt)
    try:
        return asyncio.run(main)
    finally:
        signal.signal(signal.SIGINT, previous_handler)


def _farewell() -> None:
    """Say what is safe, unless the terminal has gone."""
    try:
        sys.stdout.flush()
    except OSError:
        discard_output(sys.stdout)
    tell(say("crisis-sim: told to stop"))
