"""`crisis-sim demo`: a session of two characterful sides, told stop by stop by a narrator.

It is the session `example:demo`, played from its acts by the rules as they stand, and so never out of date; what is
shown is its replay in the lens of the story. `--try` plays a first time instead: one move, one reading, both gaps. Both
end in a key, or by lines in a question, that begins a session alone.
"""

from __future__ import annotations

from typing import Annotated

from typer import Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.ending import stopping
from crisis_sim.cli.exemplary import DEMO, PREFIX
from crisis_sim.cli.language import language, say
from crisis_sim.cli.play import alone_command, play_alone
from crisis_sim.cli.playing import has_screen
from crisis_sim.cli.replay import show_log
from crisis_sim.cli.settings import settings
from crisis_sim.plain.console import Console
from crisis_sim.plain.first_time_lines import play_first_time


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
    if (try_first_move if try_ else watch_demo)(plain=plain):
        return play_alone(plain=plain)
    answer(say("To play alone, 45 minutes, against a team that listens: {command}", command=alone_command()))
    return 0


def watch_demo(*, plain: bool) -> bool:
    """Watch the demo; whether somebody wants to play alone after it."""
    return show_log(f"{PREFIX}{DEMO}", "story", plain=plain, leads_on=True)


def try_first_move(*, plain: bool) -> bool:
    """Play a first time, on the screen where there is one; whether somebody wants to play alone after it."""
    with stopping():
        if plain or not has_screen():
            return play_first_time(Console.here(language()))
        from crisis_sim.tui.first_time_screen import run_first_time

        return run_first_time(language(), theme=settings().theme)
