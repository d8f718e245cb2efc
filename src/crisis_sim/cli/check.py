"""`crisis-sim check`: mistakes in authored files, all at once, and again at every save.

They are written for people, for programs (docs/check.md says what is in the JSON), and for annotations on a pull
request. None of the three holds a byte that a terminal would obey: a problem is built clean, and JSON is plain ASCII.

A watch empties a terminal's screen before each result, and writes one below the other where there is no terminal.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from typer import Argument, Option

from crisis_sim.authoring.schema import (
    FILES,
    comes_with,
    refresh_schema,
    schema_beside,
    schema_text,
    shipped_schema,
    write_schema,
)
from crisis_sim.cli.answer import answer
from crisis_sim.cli.explanation import explain_in_files, explanation_fields, explanation_rows
from crisis_sim.cli.language import in_words, language, say
from crisis_sim.cli.shared_options import complete_scenarios_and_packs
from crisis_sim.content.finding import authored_files
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import SHOWN, Problem, Problems
from crisis_sim.text import clean
from crisis_sim.wording import failure

if TYPE_CHECKING:
    from types import FrameType

    from crisis_sim.authoring.check import Checked, CheckedChange, Checker
    from crisis_sim.authoring.name_uses import NameUses

    ToldOf: TypeAlias = tuple[str, NameUses]
    """A scenario's id, and what it says of a name."""

Format: TypeAlias = Literal["text", "json", "github"]

FORMAT: Final = 1
"""Version of the JSON object."""

LONGEST_SOURCE: Final = 2000
"""The most characters of a line that JSON quotes; of a longer one it quotes nothing."""
CLEAR: Final = "\x1b[2J\x1b[H"
"""Empty a terminal's screen, and go to its corner."""


def check(
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="PATHS",
            help="Scenarios and rule packs: files, folders, or names of shipped ones.",
            autocompletion=complete_scenarios_and_packs,
        ),
    ] = None,
    format: Annotated[
        Format,
        Option("--format", help="For people, for programs (docs/check.md), or as annotations of a GitHub workflow."),
    ] = "text",
    every: Annotated[bool, Option("--all", help="List every problem, not only the first twenty.")] = False,
    watch: Annotated[bool, Option("--watch", help="Check again at every save, until ctrl+c.")] = False,
    explain: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Without errors, also say what sets NAME in each scenario, who reads it and what ends it; or of all.",
        ),
    ] = None,
    schema: Annotated[
        Literal["print", "write"] | None,
        Option(
            help="In place of checking: print the JSON Schema with which editors complete the file at PATHS, or write"
            " it beside the file. The PATHS `scenario` and `pack` have the general ones.",
        ),
    ] = None,
) -> int:
    """Look for mistakes in PATHS, or in everything that comes with crisis-sim.

    Every mistake is listed with its file, line and column. The exit code is 1 if there is an error; a warning is
    allowed, and probably not meant.

    The schema of a scenario's PATH knows that scenario's own channels, lines, tracks and injects. An editor finds it by
    the first line of the file: # yaml-language-server: $schema=scenario.schema.json
    """
    from crisis_sim.authoring.check import Checker

    if schema is not None:
        answer(_schema(paths or ["scenario"], write=schema == "write"))
        return 0

    checker = Checker(paths or [])
    if watch:
        return _watched(checker, format, every=every)
    checked = checker.check()
    spoken = "en" if format == "json" else language()
    explanations = (
        list(explain_in_files(checked.files, explain, spoken)) if explain and not checked.problems.errors else []
    )
    sys.stdout.write(report(checked, format, every=every, explanations=explanations))
    return 1 if checked.problems.errors else 0


def _schema(names: Sequence[str], *, write: bool) -> str:
    """The schema that is asked for, or that it is written. Raises ProblemsFound and UnreadableInput."""
    if len(names) > 1:
        raise UnreadableInput("usage/schema", "a schema is of one file", hint="name one after the other")
    name = names[0]
    general = next(((Path(file), shipped_schema(kind)) for kind, file in FILES.items() if name == kind), None)
    path, schema = general or schema_beside(authored_files(name)[0])
    if not write:
        return schema_text(schema).rstrip("\n")
    if comes_with(path):
        raise UnreadableInput(
            "schema/shipped",
            "{path} comes with crisis-sim and is left as it is",
            hint="name your own file: crisis-sim check rules/mine.yaml --schema write puts its schema beside it",
            path=path.name,
        )
    changed = write_schema(path, schema)
    return say("{file}: written" if changed else "{file}: up to date already", file=path.as_posix())


def bring_schemas_up_to_date(checked: Checked) -> None:
    """Let editors know the ids of what was changed, where a schema lies beside it.

    A schema that needs no change is not written, or the watch would begin again.
    """
    for file in checked.files:
        refresh_schema(Path(file))


def report(
    checked: Checked, format: Format, *, every: bool = False, lines: bool = False, explanations: Sequence[ToldOf] = ()
) -> str:
    """What was found, ending in a newline; `every` problem in text too, JSON on one line if `lines` are read.

    The `explanations` of names that were asked about stand below, each with its scenario; annotations leave them out.
    """
    match format:
        case "text":
            explained = "".join(
                f"\n{scenario}\n" + "\n".join(explanation_rows(explanation, 2)) + "\n"
                for scenario, explanation in explanations
            )
            return as_text(checked.problems, every=every) + clean(explained, lines=True)
        case "json":
            return as_json(checked, indent=None if lines else 2, explanations=explanations)
        case "github":
            return as_commands(checked.problems)


def as_text(problems: Problems, *, every: bool = False) -> str:
    """The problems as people read them, at most twenty unless it is to be `every` one, and their count."""
    shown = problems.shown(len(problems) if every else SHOWN, in_words)
    more = say(" (--all lists them all)") if not every and len(problems) > SHOWN else ""
    return clean(f"{shown}{more}\n{in_words(problems.summary())}\n".lstrip("\n"), lines=True)


def as_json(checked: Checked, *, indent: int | None = 2, explanations: Sequence[ToldOf] = ()) -> str:
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
    if explanations:
        whole["explained"] = [
            {"scenario": scenario, **explanation_fields(explanation)} for scenario, explanation in explanations
        ]
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
    return "".join(f"{_command(problem)}\n" for problem in problems) + f"{in_words(problems.summary())}\n"


def _command(problem: Problem) -> str:
    message, hint = problem.told(in_words)
    if hint:
        message += f"\n{say('hint: {way_out}', way_out=hint)}"
    places = {"file": problem.path, "line": problem.line, "col": problem.col}
    if problem.col is not None:
        places["endColumn"] = problem.col + problem.width
    places["title"] = problem.code
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items() if value is not None)
    return f"::{problem.severity} {properties}::{_data(message)}"


def _data(text: str) -> str:
    """What follows the second `::`, on one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _watched(checker: Checker, format: Format, *, every: bool) -> int:
    """Show what `checker` finds, now and at every save, until ctrl+c; returns the exit code."""
    from crisis_sim.authoring.check import watch

    is_screen = format == "text" and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
    with _terminated() as code, suppress(KeyboardInterrupt):
        for change in watch(checker):
            shown = _watch_text(change, format, every=every)
            foot = say("ctrl+c ends the watch") + "\n" if is_screen else ""
            sys.stdout.write(f"{CLEAR if is_screen else ''}{shown}{foot}")
            sys.stdout.flush()
            if change.checked is not None:
                bring_schemas_up_to_date(change.checked)
    return code[0]


def _watch_text(change: CheckedChange, format: Format, *, every: bool) -> str:
    """One result of a watch."""
    if change.checked is None:
        return "" if format == "json" else f"{_head(change)}\n{_trouble(change)}\n\n"
    text = report(change.checked, format, every=every, lines=True)
    return text if format == "json" else f"{_head(change)}\n{text}\n"


def _head(change: CheckedChange) -> str:
    """What is watched, when it was checked last, and what was found."""
    when = datetime.now().astimezone().strftime("%H:%M:%S")
    if change.checked is None:
        return say("watching: nothing there – looked at {when}", when=when)
    files, summary = change.checked.files, in_words(change.checked.problems.summary())
    if len(files) == 1:
        name = clean(files[0], lines=False)
        return say("watching {name} – checked at {when} – {found}", name=name, when=when, found=summary)
    return say("watching {n} files – checked at {when} – {found}", n=len(files), when=when, found=summary)


def _trouble(change: CheckedChange) -> str:
    trouble = change.trouble
    if trouble is None:
        return ""
    why, _way_out = failure(trouble, language())
    return clean(say("{why}; waiting for it to come back", why=why), lines=False)


@contextmanager
def _terminated() -> Iterator[list[int]]:
    """The exit code: 0 after ctrl+c, which is how a watch ends; a program that is told to stop restores the screen."""
    code = [0]

    def stop(number: int, _frame: FrameType | None) -> None:
        code[0] = 128 + number
        raise KeyboardInterrupt

    previous_handlers = {
        number: signal.signal(number, stop) for number in (signal.SIGTERM, getattr(signal, "SIGHUP", 0)) if number
    }
    try:
        yield code
    finally:
        for number, handler in previous_handlers.items():
            signal.signal(number, handler)
