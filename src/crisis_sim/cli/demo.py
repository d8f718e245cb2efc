"""`crisis-sim demo`: a session of two characterful sides, told stop by stop by a narrator.

It is the session `example:demo`, played from its acts by the rules as they stand, and so never out of date; what is
shown is its replay in the lens of the story. `--try` plays a first time instead: one move, one reading, both gaps.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

from typer import Option

from crisis_sim.cli.ending import stopping
from crisis_sim.cli.exemplary import DEMO, PREFIX
from crisis_sim.cli.language import language


def demo(
    plain: Annotated[bool, Option("--plain", help="By plain lines of text instead of screens.")] = False,
    try_: Annotated[
        bool, Option("--try", help="Play instead of watching: one move, one reading, three minutes.")
    ] = False,
) -> int:
    """Watch a session of two teams who mean well and are not heard so, told as it goes.

    It takes about five minutes: a key goes on, or it goes on by itself. Nothing is sealed here: the demo shows what the
    two teams of a real session would only see in the debrief.

    With --try, somebody who has never played makes one move and reads one, and sees both gaps. Nothing of it is kept.
    """
    if try_:
        return try_out(plain=plain)
    from crisis_sim.cli.replay import replay

    return replay(f"{PREFIX}{DEMO}", lens="story", plain=plain)


def try_out(*, plain: bool) -> int:
    """Play a first time, on the screen where there is one; returns the exit code."""
    with stopping():
        if plain or os.environ.get("TERM") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
            from crisis_sim.plain.console import Console
            from crisis_sim.plain.first_time_prompts import play_first_time

            play_first_time(Console.here(language()))
        else:
            from crisis_sim.cli.settings import settings
            from crisis_sim.tui.first_time_screen import run_first_time

            run_first_time(language(), theme=settings().theme)
    return 0
