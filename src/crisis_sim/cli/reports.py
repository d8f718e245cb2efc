"""What a check found, written for people, for programs, and for annotations on a pull request.

The JSON object has a format number of its own; docs/check.md says what is in it. None of the three holds a byte that a
terminal would obey: a problem is built clean, and JSON is plain ASCII.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from crisis_sim.cli.language import say
from crisis_sim.problems import SHOWN, Problem, Problems
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.authoring.check import Checked

Format: TypeAlias = Literal["text", "json", "github"]

FORMAT: Final = 1
"""Version of the JSON object."""

LONGEST_SOURCE: Final = 2000
"""The most characters of a line that JSON quotes; of a longer one it quotes nothing."""


def report(checked: Checked, format: Format, *, every: bool = False, lines: bool = False) -> str:
    """What was found, ending in a newline; `every` problem in text too, JSON on one line if `lines` are read."""
    match format:
        case "text":
            return as_text(checked.problems, every=every)
        case "json":
            return as_json(checked, indent=None if lines else 2)
        case "github":
            return as_commands(checked.problems)


def as_text(problems: Problems, *, every: bool = False) -> str:
    """The problems as people read them, at most twenty unless it is to be `every` one, and their count."""
    shown = problems.shown(len(problems) if every else SHOWN)
    more = say(" (--all lists them all)") if not every and len(problems) > SHOWN else ""
    return clean(f"{shown}{more}\n{summary(problems)}\n".lstrip("\n"), lines=True)


def summary(problems: Problems) -> str:
    """How many there are of each kind, in the reader's language."""
    counts = []
    if problems.errors:
        counts.append(say("{n} error", plural="{n} errors", n=problems.errors))
    if problems.warnings:
        counts.append(say("{n} warning", plural="{n} warnings", n=problems.warnings))
    return say(", ").join(counts) or say("no problems")


def as_json(checked: Checked, *, indent: int | None = 2) -> str:
    """One object: what was checked, the counts, and every problem that is kept."""
    problems = checked.problems
    listed = [_fields(problem) for problem in problems]
    whole = {
        "format": FORMAT,
        "files": list(checked.files),
        "errors": problems.errors,
        "warnings": problems.warnings,
        "left_out": len(problems) - len(listed),
        "problems": listed,
    }
    return json.dumps(whole, indent=indent) + "\n"


def _fields(problem: Problem) -> dict[str, Any]:
    placed = problem.line is not None and problem.col is not None
    return {
        "path": problem.path,
        "line": problem.line,
        "col": problem.col,
        "width": problem.width if placed else None,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "source": problem.source if placed and len(problem.source) <= LONGEST_SOURCE else "",
    }


def as_commands(problems: Problems) -> str:
    """A workflow command a problem, as GitHub reads them off the output of a step, and the count."""
    return "".join(f"{_command(problem)}\n" for problem in problems) + f"{problems.summary()}\n"


def _command(problem: Problem) -> str:
    said = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    places = {"file": problem.path, "line": problem.line, "col": problem.col}
    if problem.col is not None:
        places["endColumn"] = problem.col + problem.width
    places["title"] = problem.code
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items() if value is not None)
    return f"::{problem.severity} {properties}::{_data(said)}"


def _data(text: str) -> str:
    """What follows the second `::`, on one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
