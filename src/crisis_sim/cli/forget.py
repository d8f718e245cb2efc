"""`crisis-sim forget`: remove a session and what was made from it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from typer import Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.ending import FINE, PROBLEMS, tell
from crisis_sim.cli.language import say
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.shared_options import LogArgument
from crisis_sim.errors import UnreadableInput
from crisis_sim.session.folder import branches_of, files_of_log
from crisis_sim.session.writer import claim_log


def forget(
    log: LogArgument,
    yes: Annotated[bool, Option("--yes", help="Ask nothing.")] = False,
) -> int:
    """Remove the session in LOG and what was made from it: rooms, remarks, record folder, debriefs.

    It names all of that first and asks. Branches of it stay, and it names them too; so do exports and copies elsewhere,
    which it does not know of, and what a backup or a printer keeps.
    """
    path = find_log(log)
    claimed, lock = claim_log(path)  # somebody may be at it
    try:
        doomed = list(files_of_log(path, [Path.cwd()]))
        branches = branches_of(path, claimed.header.session)
    finally:
        lock.release()
    tell(say("This removes for good:"))
    for doomed_path in doomed:
        tell(f"    {doomed_path}")
    for branch in branches:
        tell(say("It stays, and holds this session's beginning: {branch}", branch=branch))
    if not yes and not _is_wanted():
        tell(say("Nothing was removed."))
        return PROBLEMS
    answer(*_removed(doomed))
    return FINE


def _is_wanted() -> bool:
    """Ask; only a plain yes is one. Raises UnreadableInput where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UnreadableInput(
            "usage/forget", "nobody can be asked here whether to remove it", hint="say so: crisis-sim forget LOG --yes"
        )
    tell(say("Remove all of it? Type yes or no:"))
    try:
        return input().strip().casefold() in ("y", "yes", say("yes"))
    except EOFError:
        return False


def _removed(doomed: Sequence[Path]) -> list[str]:
    """Remove them, the log last, so that what is interrupted can be done again; what was removed."""
    removed: list[str] = []
    for path in sorted(doomed, key=lambda path: path.suffix == ".jsonl"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        removed.append(say("removed: {path}", path=path))
    return removed
