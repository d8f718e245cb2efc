"""`crisis-sim verify`: whether a log is what was written, and whether the rules still agree with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from typer import Argument, Option

from crisis_sim.cli.resume import LOG

if TYPE_CHECKING:
    from crisis_sim.session.verify import Findings


def verified(
    logs: Annotated[list[str], Argument(metavar="LOG...", help=LOG)],
    parent: Annotated[
        Path | None, Option(metavar="LOG", help="Check also that the log is a branch of this one.")
    ] = None,
    findings: Annotated[
        bool, Option("--findings", help="Also find again, from the log alone, every number of a debrief.")
    ] = False,
    form: Annotated[
        Literal["text", "json"], Option("--format", help="Text for people, or JSON, one line a log.")
    ] = "text",
) -> int:
    """Check that nothing in LOG was changed, and that its acts, judged again, have the same results.

    The first difference is named. The exit code is 1 if a log is not what was written. With --findings, the measures
    of the session follow: what was meant and taken, lines and guesses, forecasts, channels, conduct, tension. They open
    what was sealed, so they belong after the hotwash.
    """
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.logs import log_named
    from crisis_sim.session.verify import verify

    found = [verify(log_named(log), parent=parent) for log in logs]
    for each in found:
        answer(_as_json(each, findings) if form == "json" else _said(each))
        if findings and each.is_sound and form == "text":
            answer("", _measured(each.path))
    return 0 if all(each.is_sound for each in found) else 1


def _measured(log: Path) -> str:
    from crisis_sim.cli.measures import page
    from crisis_sim.measures.whole import measured
    from crisis_sim.session.replay import replay

    return "\n".join(page(measured(replay(log))))


def _as_json(found: Findings, measures: bool) -> str:
    """One object on one line for each log: what verifying found, and the measures of a sound one."""
    import json

    from crisis_sim.cli.measures import plain
    from crisis_sim.measures.whole import measured
    from crisis_sim.session.replay import replay

    told: dict[str, Any] = {"format": 1, "log": found.path.name, "session": found.session, "entries": found.entries}
    told |= {"sound": found.is_sound, "findings": [finding._asdict() for finding in found.findings]}
    if measures and found.is_sound:
        told["measures"] = plain(measured(replay(found.path)))
    return json.dumps(told, ensure_ascii=False)


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
