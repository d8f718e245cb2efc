"""The command line: reads what was asked, picks the parts, prints the answer."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments of the command line ask for; returns the exit code."""
    from crisis_sim.cli.commands import run  # whoever imports a part of this package alone needs no parser

    return run(sys.argv[1:] if arguments is None else arguments)
