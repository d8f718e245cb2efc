"""`crisis-sim verify`: whether a log is what was written, and whether the rules still agree with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from typer import Argument, Option

from crisis_sim.cli.resume import LOG
from crisis_sim.cli.sealed import SEALED, WAY_OUT, Open

if TYPE_CHECKING:
    from crisis_sim.measures.register import Register
    from crisis_sim.measures.whole import Measures
    from crisis_sim.session.verify import Findings

    Found = tuple[Measures, Register]


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
    open_: Open = False,
) -> int:
    """Check that nothing in LOG was changed, and that its acts, judged again, have the same results.

    The first difference is named. The exit code is 1 if a log is not what was written, or not all of it: a loss that
    was accepted when play went on is told for ever. With --findings, the measures
    of the session follow: what was meant and taken, lines and guesses, forecasts, channels, conduct, tension. They open
    what was sealed, so they are given of a session that has come to its hotwash, or if --open says so; otherwise the
    exit code is 1.
    """
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.logs import log_named
    from crisis_sim.cli.measures import page
    from crisis_sim.session.verify import verify

    is_whole = True
    for each in [verify(log_named(log), parent=parent) for log in logs]:
        measures = _measures(each, on_purpose=open_) if findings and each.is_sound else None
        is_whole &= each.is_whole and (measures is not None or not findings)
        if form == "json":
            answer(_as_json(each, measures))
        else:
            answer(_said(each), "\n".join(page(*measures)) if measures else "")
    return 0 if is_whole else 1


def _measures(found: Findings, *, on_purpose: bool) -> Found | None:
    """The measures of a sound log and its register; None, and a word about it, while they are sealed."""
    from crisis_sim.cli.ending import tell
    from crisis_sim.measures.register import register
    from crisis_sim.measures.whole import measured
    from crisis_sim.session.replay import replay

    played = replay(found.path)
    if on_purpose or played.is_open:
        return measured(played), register(played)
    tell(f"error: {found.path.name} {SEALED}", WAY_OUT)
    return None


def _as_json(found: Findings, measures: Found | None) -> str:
    """One object on one line for each log: what verifying found, and its measures if they are wanted and open."""
    import json

    from crisis_sim.cli.values import plain

    told: dict[str, Any] = {"format": 1, "log": found.path.name, "session": found.session, "entries": found.entries}
    told |= {"sound": found.is_sound, "findings": [finding._asdict() for finding in found.findings]}
    if measures is not None:
        told["measures"] = plain(*measures)
    return json.dumps(told, ensure_ascii=False)


def _said(findings: Findings) -> str:
    name, entries = findings.path.name, findings.entries
    if not findings.findings:
        return f"{name}: sound; {entries} entries, and judging them again gives the same results"
    lines = [f"{name}: {_verdict(findings)} ({entries} sound entries)"]
    for finding in findings.findings:
        lines.append(f"  {'error' if finding.grave else 'note'}: {finding.sentence}")
        lines += [f"    hint: {finding.hint}"] if finding.hint else []
    return "\n".join(lines)


def _verdict(findings: Findings) -> str:
    if not findings.is_sound:
        return "NOT SOUND"
    return "sound, with something to know" if findings.is_whole else "sound, and SHORTENED"
