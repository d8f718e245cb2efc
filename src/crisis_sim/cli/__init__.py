"""The command line: reads what was asked, picks the parts, prints the answer.

This module is the entry point. What a command needs is imported when it is asked for, so that none pays for another.
"""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments of the command line ask for; returns the exit code."""
    from crisis_sim.cli.run import run

    return run(sys.argv[1:] if arguments is None else arguments)
