"""`crisis-sim resume`: go on with a session where its last acknowledged act left it."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

LOG = "The log: its path, its file's name in the sessions folder, or the id of its session."


def resume(
    log: Annotated[str, Argument(metavar="LOG", help=LOG)],
    plain: Annotated[bool, Option("--plain", help="Play by plain lines of text instead of screens.")] = False,
) -> int:
    """Go on with the session in LOG, with the same people and bots at its seats."""
    from crisis_sim.cli.doors import play_at
    from crisis_sim.cli.logs import log_named
    from crisis_sim.cli.seating import seated
    from crisis_sim.session.session import Session

    return play_at(seated(Session.resume(log_named(log))), plain=plain)
