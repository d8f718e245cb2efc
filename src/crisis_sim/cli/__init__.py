"""The command line: reads what was asked, picks the parts, prints the answer.

This module is the entry point and answers `--version` by itself, before anything else is imported. Everything else is
imported when a command needs it, so that no command pays for another.
"""

from __future__ import annotations

import sys

from crisis_sim import __version__


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments of the command line ask for; returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        sys.stdout.write(f"crisis-sim {__version__}\n")
        return 0
    from crisis_sim.cli.run import run

    return run(given)
