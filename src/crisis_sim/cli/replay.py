"""`crisis-sim replay`: a session once more, moment by moment, as each side saw it."""

from __future__ import annotations

from typing import Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.logs import LOG
from crisis_sim.cli.sealed import Open


def replay(
    log: Annotated[str, Argument(metavar="LOG", help=LOG)],
    lens: Annotated[
        Literal["us", "china", "whole", "dual"],
        Option("--lens", help="Through whose eyes: one team's, both beside each other, or the whole."),
    ] = "whole",
    first: Annotated[int, Option("--from", metavar="SEQ", help="The entry to begin with; 0 is the opening.")] = 0,
    plain: Annotated[bool, Option("--plain", help="By plain lines of text instead of screens.")] = False,
    open_: Open = False,
) -> int:
    """Go through the session in LOG again: step, play, search, and see each moment through a lens.

    A team's lens shows what that team saw and no more, up to the hotwash. What was sealed is in the whole alone.
    Nothing is ever written to LOG; bookmarks and notes go into a file beside it. In a terminal, --plain asks what to do
    at each moment; elsewhere it prints one moment after the other. The session must have come to its hotwash, or --open
    says that this is wanted all the same: a team's lens, too, shows what that team seals.
    """
    from crisis_sim.cli.ending import tell
    from crisis_sim.cli.language import language, say
    from crisis_sim.cli.logs import log_named
    from crisis_sim.cli.replays import door_for
    from crisis_sim.cli.sealed import refuse_sealed
    from crisis_sim.cli.stopping import stopping
    from crisis_sim.replaying.replayed import Replayed
    from crisis_sim.session.misfit import told_from

    path = log_named(log)
    replayed = Replayed.opened(path, language())
    if not (open_ or replayed.is_over):
        refuse_sealed(replayed.name)
    for notice in replayed.notices:
        tell(say("note: {what}", what=notice))
    with told_from(path), stopping():
        return door_for(plain=plain)(replayed, lens, first)
