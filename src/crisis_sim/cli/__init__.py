"""The command line: reads what was asked, picks the parts, prints the answer.

This module is the entry point. What a command needs is imported when it is asked for, so that none pays for another.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

_MADE: Final = 200_000
"""Objects made beyond those gone before garbage is looked for: loading makes very many that stay."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments of the command line ask for; returns the exit code."""
    from crisis_sim.cli.run import run

    if arguments is not None:
        return run(arguments)
    gc.set_threshold(_MADE, 20, 20)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look for them in every package there is
    code = run(sys.argv[1:])
    gc.freeze()  # or leaving would search all of it once more
    return code
