"""`crisis-sim branch`: a new session that begins like an old one."""

from __future__ import annotations

import re
from typing import Annotated

from typer import Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.seating import Occupants, check_seats, reseat, resume_session
from crisis_sim.cli.shared_options import ChinaOption, FacilitatorOption, LogArgument, UsOption
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.session.branch import branch as branch_log


def branch(
    log: LogArgument,
    at: Annotated[
        str,
        Option(
            metavar="turn-N|SEQ",
            help="Where they part: turn-3 is the start of turn 3, 57 is after entry 57 of the log.",
        ),
    ],
    us: UsOption = None,
    china: ChinaOption = None,
    facilitator: FacilitatorOption = None,
) -> int:
    """Make a branch: a session of its own that shares its first entries with LOG. LOG stays as it is.

    Prints the path of the branch's log; `crisis-sim resume` goes on from there, with the same people and bots at its
    seats unless others are named here or there.
    """
    turn, seq = parting(at)
    occupants: Occupants = {"us": us, "china": china, "facilitator": facilitator}
    check_seats(occupants)
    branch_path = branch_log(find_log(log), turn=turn, seq=seq)
    if any(occupants.values()):
        session = resume_session(branch_path)
        try:
            reseat(session, occupants)
        finally:
            session.close()
    answer(str(branch_path))
    return 0


def parting(place: str) -> tuple[int | None, int | None]:
    """The turn or the entry that `place` names. Raises UnreadableInput."""
    match = re.fullmatch(r"(turn[- ]?|t)?([0-9]{1,9})", place.strip().lower())
    if match is None:
        sentence = Sentence("'{at}' names no turn and no entry", at=place[:40])
        raise UnreadableInput("usage/at", sentence, hint="write turn-3 for the start of turn 3, or 57 for entry 57")
    number = int(match[2])
    return (number, None) if match[1] else (None, number)
