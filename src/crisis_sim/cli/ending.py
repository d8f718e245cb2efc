"""How a command ends: the one owner of standard error and of exit codes.

0 is fine, 1 problems were found, 2 is a slip in the command or input that cannot be read, 3 a fault of ours, 130 an
interruption. A mistake of a person's gets a sentence and a way out; a fault of ours gets a sentence, and its traceback
goes to a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from crisis_sim.errors import CrisisSimError
from crisis_sim.text import clean

FINE, PROBLEMS, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def tell(sentence: str, hint: str = "") -> None:
    """Say something on standard error that is not the answer."""
    sys.stderr.write(clean(sentence, lines=True) + "\n")
    if hint:
        sys.stderr.write(f"  hint: {clean(hint, lines=True)}\n")
    sys.stderr.flush()


def ended(command: Callable[[], int]) -> int:
    """Run `command` and turn whatever happens into an exit code."""
    _print_anything()
    try:
        code = command()
        sys.stdout.flush()
        return code
    except CrisisSimError as error:
        tell(f"crisis-sim: {error}", error.hint)
        if error.exit_code == FAULT:
            tell(f"  {_details(error)}")
        return error.exit_code
    except KeyboardInterrupt:
        tell("\ncrisis-sim: interrupted; what was acknowledged is in the log")
        return INTERRUPTED
    except BrokenPipeError:
        _hang_up()
        return PROBLEMS
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a fault is told in a sentence, never a traceback
        return _at_fault(fault)


def _print_anything() -> None:
    """A terminal that lacks a character shows a question mark for it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _hang_up() -> None:
    """Nobody reads our output any more: let Python's last flush go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _at_fault(fault: Exception) -> int:
    tell(
        f"crisis-sim: this is a fault of ours ({type(fault).__name__}), and {_details(fault)}",
        "please send that file, and what you did, to whoever gave you crisis-sim; every acknowledged act is in its log",
    )
    return FAULT


def _details(fault: Exception) -> str:
    """Where the traceback is, in half a sentence."""
    where = _kept(fault)
    return f"the details are in {where}" if where is not None else "the details could not be written down"


def _kept(fault: Exception) -> Path | None:
    """The file that the traceback was written to."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(fault))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="replace", prefix="crisis-sim-fault-", suffix=".txt", delete=False
        ) as file:
            file.write(f"{sys.version}\n{sys.argv[1:2]}\n{text}")
        return Path(file.name)
    except OSError:
        return None
