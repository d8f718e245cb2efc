"""Which door a log is replayed through: a screen, questions and answers, or one moment printed after the other."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

from crisis_sim.errors import UnreadableInput
from crisis_sim.replaying.lens import Lens
from crisis_sim.replaying.replayed import Replayed

Door = Callable[[Replayed, Lens, int], int]


def door_for(*, plain: bool) -> Door:
    """Screens where there is a terminal that has them."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):  # nobody can answer: it is printed from end to end
        return _printed
    return _by_questions if plain or os.environ.get("TERM") == "dumb" else _on_the_screen


def _checked(replayed: Replayed, seq: int) -> int:
    if not 0 <= seq <= replayed.last:
        raise UnreadableInput(
            "usage/entry",
            "{name} has no entry {seq}; its last is {last}",
            hint="give --from a number of an entry, 0 for the opening",
            name=replayed.name,
            seq=seq,
            last=replayed.last,
        )
    return seq


def _on_the_screen(replayed: Replayed, lens: Lens, first: int) -> int:
    from crisis_sim.cli.settings import settings
    from crisis_sim.tui.replay_app import run_replay
    from crisis_sim.tui.replay_frame import Start

    gc.freeze()  # the log stays as it is: without this, every so often a step would wait for a walk over all of it
    run_replay(replayed, Start(lens, _checked(replayed, first)), theme=settings().theme)
    return 0


def _by_questions(replayed: Replayed, lens: Lens, first: int) -> int:
    from crisis_sim.plain.console import Console
    from crisis_sim.plain.replay import ask

    ask(replayed, Console.here(replayed.language), lens, _checked(replayed, first))
    return 0


def _printed(replayed: Replayed, lens: Lens, first: int) -> int:
    from crisis_sim.plain.console import Console
    from crisis_sim.plain.replay import tell_all

    tell_all(replayed, Console.here(replayed.language), lens, _checked(replayed, first))
    return 0
