"""`crisis-sim verify`: whether a log is what was written, and whether the rules still agree with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from crisis_sim.cli.resume import LOG

if TYPE_CHECKING:
    from crisis_sim.session.verify import Findings


def verified(
    logs: Annotated[list[str], Argument(metavar="LOG...", help=LOG)],
    parent: Annotated[
        Path | None, Option(metavar="LOG", help="Check also that the log is a branch of this one.")
    ] = None,
) -> int:
    """Check that nothing in LOG was changed, and that its acts, judged again, have the same results.

    The first difference is named. The exit code is 1 if a log is not what was written.
    """
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.logs import log_named
    from crisis_sim.session.verify import verify

    found = [verify(log_named(log), parent=parent) for log in logs]
    answer(*map(_said, found))
    return 0 if all(findings.is_sound for findings in found) else 1


def _said(findings: Findings) -> str:
    name, entries = findings.path.name, findings.entries
    if not findings.findings:
        return f"{name}: sound; {entries} entries, and judging them again gives the same results"
    head = f"{name}: sound, with something to know" if findings.is_sound else f"{name}: NOT SOUND"
    lines = [f"{head} ({entries} sound entries)"]
    for finding in findings.findings:
        lines.append(f"  {'error' if finding.grave else 'note'}: {finding.sentence}")
        lines += [f"    hint: {finding.hint}"] if finding.hint else []
    return "\n".join(lines)
