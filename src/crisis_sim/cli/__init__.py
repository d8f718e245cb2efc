"""The command line: reads what was asked, picks the parts, prints the answer.

This module is the entry point. What a command needs is imported when it is asked for, so that none pays for another.
"""

from __future__ import annotations

import gc
import sys

from crisis_sim import __version__

_MADE = 200_000
"""Objects made beyond those gone before garbage is looked for: loading makes very many that stay."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments of the command line ask for; returns the exit code."""
    if (sys.argv[1:] if arguments is None else arguments) == ["--version"] and _is_told():
        return 0
    from crisis_sim.cli.run import run

    if arguments is not None:
        return run(arguments)
    gc.set_threshold(_MADE, 20, 20)
    code = run(sys.argv[1:])
    gc.freeze()  # or leaving would search all of it once more
    return code


def _is_told() -> bool:
    """The version is printed, with nothing imported for it; where it can't be, it takes more to say why."""
    try:
        sys.stdout.write(f"crisis-sim {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        return False
    return True
