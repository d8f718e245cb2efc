"""`crisis-sim resume`: go on with a session where its last acknowledged act left it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from typer import Argument, Option

LOG = "The log: its path, its file's name in the sessions folder, or the id of its session."

_WHO = "'person' or the name of a bot; as the log has it unless said."
Us: TypeAlias = Annotated[str | None, Option("--us", metavar="WHO", help=f"Who plays the US from here: {_WHO}")]
China: TypeAlias = Annotated[str | None, Option("--china", metavar="WHO", help=f"Who plays China from here: {_WHO}")]
Facilitator: TypeAlias = Annotated[
    Literal["person", "auto"] | None,
    Option("--facilitator", help="Who runs it from here; as the log has it unless said."),
]


def resume(
    log: Annotated[str, Argument(metavar="LOG", help=LOG)],
    us: Us = None,
    china: China = None,
    facilitator: Facilitator = None,
    plain: Annotated[bool, Option("--plain", help="Play by plain lines of text instead of screens.")] = False,
) -> int:
    """Go on with the session in LOG, with the same people and bots at its seats or with others."""
    from crisis_sim.cli.doors import play_at
    from crisis_sim.cli.logs import log_named
    from crisis_sim.cli.seating import reseated
    from crisis_sim.session.session import Session

    session = Session.resume(log_named(log))
    try:
        table = reseated(session, {"us": us, "china": china, "facilitator": facilitator})
    except BaseException:
        session.close()
        raise
    return play_at(table, plain=plain)
