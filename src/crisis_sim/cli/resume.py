"""`crisis-sim resume`: go on with a session where its last acknowledged act left it."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

from msgspec.structs import replace
from typer import Argument, Option

from crisis_sim.cli.ending import PROBLEMS, USAGE, tell
from crisis_sim.cli.language import language, requested_language, say
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.playing import play_at
from crisis_sim.cli.seating import reseat, resume_session
from crisis_sim.cli.session_words import session_lines
from crisis_sim.cli.settings import settings
from crisis_sim.cli.shared_options import LOG, ChinaOption, FacilitatorOption, UsOption, complete_logs
from crisis_sim.cli.verbs import typed
from crisis_sim.errors import AcknowledgedLost
from crisis_sim.session.folder import is_hosted
from crisis_sim.session.session import Session
from crisis_sim.wording import failure

SHOWN: Final = 5
"""Sessions that are named to whoever names none."""


def resume(
    log: Annotated[
        str | None, Argument(metavar="LOG", help=LOG, show_default=False, autocompletion=complete_logs)
    ] = None,
    us: UsOption = None,
    china: ChinaOption = None,
    facilitator: FacilitatorOption = None,
    plain: Annotated[bool, Option("--plain", help="Play by plain lines of text instead of screens.")] = False,
    accept_loss: Annotated[
        bool,
        Option("--accept-loss", help="Go on, and put it on record, where acknowledged acts are missing at the end."),
    ] = False,
) -> int:
    """Go on with the session in LOG, with the same people and bots at its seats, or with whom the options name.

    Where acts are missing that were acknowledged, it asks first; where nobody can be asked, --accept-loss says yes.
    """
    if log is None:
        return _list_resumable()
    session = _resumed(find_log(log), accept_loss=accept_loss)
    if session is not None and not _is_wanted_here(session):
        session.close()
        session = None
    if session is None:
        tell(say("Not resumed; the log is as it was."))
        return PROBLEMS
    try:
        table = reseat(session, {"us": us, "china": china, "facilitator": facilitator})
        table = replace(table, language=requested_language() or table.language)
    except BaseException:
        session.close()
        raise
    return play_at(table, plain=plain)


def _list_resumable() -> int:
    """Without a log: which there are to go on with, the one last played first."""
    lines = list(islice((line for line in session_lines(settings().logs) if not line.is_closed), SHOWN))
    if not lines:
        tell(say("There is no session to go on with. Start one first."))
        return USAGE
    tell(say("Which session? These were played last:"))
    for line in lines:
        command = typed("host", line.path) if is_hosted(line.path) else typed("resume", line.path.stem)
        tell(f"  {command}\n    {line.sentence}")
    tell(say("The menu, which opens without a command, has them too."))
    return USAGE


def _resumed(log: Path, *, accept_loss: bool) -> Session | None:
    """The session in `log`; None where acknowledged acts are missing and whoever sits here will not go on without."""
    try:
        return resume_session(log, accept_loss=accept_loss)
    except AcknowledgedLost as lost:
        if not sys.stdin.isatty():
            raise
        return resume_session(log, accept_loss=True) if _accepted(lost) else None


def _is_wanted_here(session: Session) -> bool:
    """Of a session that others had joined, say how they come back; who sits here may go on without them."""
    if not is_hosted(session.path) or session.state.phase == "closed":
        return True
    tell(say("Others had joined this session. They come back with: {command}", command=typed("host", session.path)))
    return not sys.stdin.isatty() or _says_yes(say("Go on at this terminal alone? Type yes or no:"))


def _accepted(lost: AcknowledgedLost) -> bool:
    """Ask whether to go on without what is lost; only a plain yes is one."""
    sentence, hint = failure(lost, language())
    tell(say("warning: {what}", what=sentence), hint)
    return _says_yes(say("Go on without those acts? The log will say for ever that they are missing. Type yes or no:"))


def _says_yes(question: str) -> bool:
    tell(question)
    try:
        return input().strip().casefold() in ("y", "yes", say("yes"))
    except EOFError:
        return False
