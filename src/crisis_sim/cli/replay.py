"""`crisis-sim replay`: a session once more, moment by moment, as each side saw it.

On a screen, by questions and answers, or as one moment printed after the other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from typer import Option

from crisis_sim.cli.ending import stopping, tell
from crisis_sim.cli.language import language, say
from crisis_sim.cli.logs import find_log, refuse_sealed
from crisis_sim.cli.settings import settings
from crisis_sim.cli.shared_options import LogArgument, OpenOption
from crisis_sim.errors import UnreadableInput
from crisis_sim.plain.console import Console
from crisis_sim.plain.replay_lines import ask, print_all
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.session.verify import wrong_events_named

if TYPE_CHECKING:
    from crisis_sim.replaying.lens import Lens

    ReplayViewer: TypeAlias = Callable[[Replayed, Lens, int, bool], bool]


def replay(
    log: LogArgument,
    lens: Annotated[
        Literal["us", "china", "whole", "dual", "story"],
        Option(
            "--lens",
            help="Through whose eyes: one team's, both beside each other, the whole, or its narrator's.",
        ),
    ] = "whole",
    first: Annotated[int, Option("--from", metavar="SEQ", help="The entry to begin with; 0 is the opening.")] = 0,
    plain: Annotated[bool, Option("--plain", help="By plain lines of text instead of screens.")] = False,
    open_: OpenOption = False,
) -> int:
    """Go through the session in LOG again: step, play, search, and see each moment through a lens.

    A team's lens shows what that team saw and no more, up to the hotwash. What was sealed is in the whole alone.
    Nothing is ever written to LOG; bookmarks and notes go into a file beside it. In a terminal, --plain asks what to do
    at each moment; elsewhere it prints one moment after the other. The session must have come to its hotwash, or --open
    says that this is wanted all the same: a team's lens, too, shows what that team seals.
    """
    show_log(log, lens, first, plain=plain, open_=open_)
    return 0


def show_log(
    log: str, lens: Lens, first: int = 0, *, plain: bool = False, open_: bool = False, leads_on: bool = False
) -> bool:
    """Show a log; where it `leads_on`, whether somebody wants to play alone after it.

    Raises what reading a log does, and UnreadableInput where it has no entry `first`.
    """
    path = find_log(log)
    replayed = Replayed.opened(path, language())
    if not (open_ or replayed.is_over):
        refuse_sealed(replayed.name)
    for notice in replayed.notices:
        tell(say("note: {what}", what=notice))
    with wrong_events_named(path), stopping():
        return _door_for(plain=plain)(replayed, lens, _checked(replayed, first), leads_on)


def _door_for(*, plain: bool) -> ReplayViewer:
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


def _on_the_screen(replayed: Replayed, lens: Lens, first: int, leads_on: bool) -> bool:
    from crisis_sim.tui.replay_screen import Start, run_replay

    return run_replay(replayed, Start(lens, first, leads_on), theme=settings().theme)


def _by_questions(replayed: Replayed, lens: Lens, first: int, leads_on: bool) -> bool:
    return ask(replayed, Console.here(replayed.language), lens, first, leads_on=leads_on)


def _printed(replayed: Replayed, lens: Lens, first: int, leads_on: bool) -> bool:
    print_all(replayed, Console.here(replayed.language), lens, first)
    return False
