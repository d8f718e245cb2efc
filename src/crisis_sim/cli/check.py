"""`crisis-sim check`: mistakes in authored files, all at once, and again at every save.

They are written for people, for programs (docs/check.md says what is in the JSON), and for annotations on a pull
request. None of the three holds a byte that a terminal would obey: a problem is built clean, and JSON is plain ASCII.

A watch is a screen that is drawn over in place, or lines where there is no terminal. The screen is a terminal's second
one; when the watch ends, the first comes back with the last result on it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from typer import Argument, Option

from crisis_sim.cli.answer import answer
from crisis_sim.cli.explanation import asked_fields, asked_rows, told_of_files
from crisis_sim.cli.language import in_words, language, say
from crisis_sim.cli.shared_options import complete_scenarios_and_packs
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import SHOWN, Problem, Problems
from crisis_sim.text import clean, clipped, wrapped
from crisis_sim.wording import failure

if TYPE_CHECKING:
    from types import FrameType

    from crisis_sim.authoring.asked_back import AskedBack
    from crisis_sim.authoring.check import Checked, CheckedChange, Checker

    ToldOf: TypeAlias = tuple[str, AskedBack]
    """A scenario's id, and what it says of a name."""

Format: TypeAlias = Literal["text", "json", "github"]

FORMAT: Final = 1
"""Version of the JSON object."""

LONGEST_SOURCE: Final = 2000
"""The most characters of a line that JSON quotes; of a longer one it quotes nothing."""
ENTER: Final = "\x1b[?1049h\x1b[?25l"
LEAVE: Final = "\x1b[?25h\x1b[?1049l"
BEGIN: Final = "\x1b[?2026h\x1b[H"
"""Hold the picture, and go to its corner; a terminal that cannot hold it draws it in one go all the same."""
END: Final = "\x1b[J\x1b[?2026l"


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

    checker = Checker(paths or [], once=not watch)
    if watch:
        return _watched(checker, format, every=every)
    found = checker.check()
    spoken = "en" if format == "json" else language()
    told = list(told_of_files(found.files, explain, spoken)) if explain and not found.problems.errors else []
    sys.stdout.write(report(found, format, every=every, told=told))
    return 1 if found.problems.errors else 0


def _schema(what: Sequence[str], *, write: bool) -> str:
    """The schema that is asked for, or that it is written. Raises ProblemsFound and UnreadableInput."""
    from crisis_sim.authoring.schema import FILES, comes_with, schema_beside, schema_text, shipped_schema, write_schema
    from crisis_sim.content.finding import authored_files

    if len(what) > 1:
        raise UnreadableInput("usage/schema", "a schema is of one file", hint="name one after the other")
    name = what[0]
    general = next(((Path(file), shipped_schema(kind)) for kind, file in FILES.items() if name == kind), None)
    path, made = general or schema_beside(authored_files(name)[0])
    if not write:
        return schema_text(made).rstrip("\n")
    if comes_with(path):
        raise UnreadableInput(
            "schema/shipped",
            "{path} comes with crisis-sim and is left as it is",
            hint="name your own file: crisis-sim check rules/mine.yaml --schema write puts its schema beside it",
            path=path.name,
        )
    changed = write_schema(path, made)
    return say("{file}: written" if changed else "{file}: up to date already", file=path.as_posix())


def bring_schemas_up_to_date(checked: Checked) -> None:
    """Let editors know the ids of what was changed, where a schema lies beside it.

    A schema that needs no change is not written, or the watch would begin again.
    """
    from crisis_sim.authoring.schema import refresh_schema

    for file in checked.again:
        refresh_schema(Path(file))


def report(
    checked: Checked, format: Format, *, every: bool = False, lines: bool = False, told: Sequence[ToldOf] = ()
) -> str:
    """What was found, ending in a newline; `every` problem in text too, JSON on one line if `lines` are read.

    What was asked back stands below, with the scenario of which each was `told`; annotations leave it out.
    """
    match format:
        case "text":
            asked = "".join(f"\n{scenario}\n" + "\n".join(asked_rows(each, 2)) + "\n" for scenario, each in told)
            return as_text(checked.problems, every=every) + clean(asked, lines=True)
        case "json":
            return as_json(checked, indent=None if lines else 2, told=told)
        case "github":
            return as_commands(checked.problems)


def as_text(problems: Problems, *, every: bool = False) -> str:
    """The problems as people read them, at most twenty unless it is to be `every` one, and their count."""
    shown = problems.shown(len(problems) if every else SHOWN, in_words)
    more = say(" (--all lists them all)") if not every and len(problems) > SHOWN else ""
    return clean(f"{shown}{more}\n{in_words(problems.summary())}\n".lstrip("\n"), lines=True)


def as_json(checked: Checked, *, indent: int | None = 2, told: Sequence[ToldOf] = ()) -> str:
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
    if told:
        whole["explained"] = [{"scenario": scenario, **asked_fields(each)} for scenario, each in told]
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
    said, hint = problem.told(in_words)
    if hint:
        said += f"\n{say('hint: {way_out}', way_out=hint)}"
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


def _watched(checker: Checker, format: Format, *, every: bool) -> int:
    """Show what `checker` finds, now and at every save, until ctrl+c; returns the exit code."""
    from crisis_sim.authoring.check import watch

    page = _Page() if format == "text" and _is_screen() else _Lines(format, every=every)
    with page.shown(), _terminated() as code, suppress(KeyboardInterrupt):
        for seen in watch(checker, beat=page.beat):
            page.show(seen)
            if seen.checked is not None:
                bring_schemas_up_to_date(seen.checked)
    page.last()
    return code[0]


class _Lines:
    """Each result as text below the one before, for pipes, files and programs."""

    def __init__(self, format: Format, *, every: bool) -> None:
        self._format: Format = format
        self._every = every

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Nothing to set up."""
        yield

    def beat(self) -> None:
        """Nothing to keep up to date."""

    def show(self, seen: CheckedChange) -> None:
        """Write one result."""
        if seen.checked is not None:
            found = report(seen.checked, self._format, every=self._every, lines=True)
            sys.stdout.write(found if self._format == "json" else f"{_head(seen)}\n{found}\n")
        elif self._format != "json":
            sys.stdout.write(f"{_head(seen)}\n{_trouble(seen)}\n\n")
        sys.stdout.flush()

    def last(self) -> None:
        """It stands there already."""


class _Page(_Lines):
    """Each result in the place of the one before."""

    def __init__(self) -> None:
        super().__init__("text", every=False)
        self._seen: CheckedChange | None = None
        self._head = ""
        self._size = os.terminal_size((0, 0))

    @contextmanager
    def shown(self) -> Iterator[None]:
        """The terminal's second screen, without a cursor and without what is typed."""
        with _silent_keys():
            sys.stdout.write(ENTER)
            try:
                yield
            finally:
                sys.stdout.write(LEAVE)
                sys.stdout.flush()

    def beat(self) -> None:
        """Draw again if the window has another size."""
        if self._seen is not None and get_terminal_size() != self._size:
            self._draw(self._seen)

    def show(self, seen: CheckedChange) -> None:
        """Draw a result over the whole screen."""
        self._seen, self._head = seen, _head(seen)
        self._draw(seen)

    def last(self) -> None:
        """Leave the last result where people look after the watch has ended."""
        if self._seen is not None and self._seen.checked is not None:
            sys.stdout.write(f"{self._head}\n{as_text(self._seen.checked.problems)}")

    def _draw(self, seen: CheckedChange) -> None:
        self._size = get_terminal_size()
        columns, rows = self._size
        lines = picture(seen, self._head, columns, rows)
        drawn = "\x1b[K\r\n".join(lines) + "\x1b[K"
        sys.stdout.write(f"{BEGIN}{drawn}{END}")
        sys.stdout.flush()


def picture(seen: CheckedChange, head: str, columns: int, rows: int) -> list[str]:
    """The lines of a screen of that size: the head, as many problems as fit with errors first, and how it ends."""
    body: list[str] = []
    foot = say("ctrl+c ends the watch")
    if seen.checked is None:
        body = wrapped(_trouble(seen), columns)
    elif seen.checked.problems:
        body, left = _fitting(seen.checked.problems, columns, rows - 4)
        if left:
            foot = say("and {n} more; a taller window shows more, crisis-sim check --all lists them all", n=left)
    lines = [head, "", *(body or [say("no problems")])]
    return [clipped(line, columns) for line in [*lines[: max(rows - 2, 1)], "", foot][: max(rows, 1)]]


def _fitting(problems: Problems, columns: int, rows: int) -> tuple[list[str], int]:
    """The lines of the problems that fit, in the order of the files, and how many are left out."""
    ranked = sorted(enumerate(problems), key=lambda numbered: numbered[1].severity)
    blocks: dict[int, list[str]] = {}
    used = 0
    for place, problem in ranked:
        block = _block(problem, columns)
        if blocks and used + len(block) > rows:
            break
        blocks[place] = block
        used += len(block)
    return [line for place in sorted(blocks) for line in blocks[place]], len(problems) - len(blocks)


def _block(problem: Problem, columns: int) -> list[str]:
    said, *rest = problem.shown(columns, in_words).split("\n")
    lines = wrapped(clean(said, lines=False), columns)
    for line in rest:
        lines += [line] if line.startswith("    |") else wrapped(line, columns)
    return lines


def _head(seen: CheckedChange) -> str:
    """What is watched, when it was checked last, and what was found."""
    from datetime import datetime

    when = datetime.now().astimezone().strftime("%H:%M:%S")
    if seen.checked is None:
        return say("watching: nothing there – looked at {when}", when=when)
    files, found = seen.checked.files, in_words(seen.checked.problems.summary())
    if len(files) == 1:
        name = clean(files[0], lines=False)
        return say("watching {name} – checked at {when} – {found}", name=name, when=when, found=found)
    return say("watching {n} files – checked at {when} – {found}", n=len(files), when=when, found=found)


def _trouble(seen: CheckedChange) -> str:
    trouble = seen.trouble
    if trouble is None:
        return ""
    why, _way_out = failure(trouble, language())
    return clean(say("{why}; waiting for it to come back", why=why), lines=False)


def _is_screen() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


@contextmanager
def _silent_keys() -> Iterator[None]:
    """What is typed does not show; ctrl+c works, and ctrl+z, which would leave half a screen behind, does not."""
    try:
        import termios
    except ImportError:  # not on Windows
        yield
        return
    try:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):  # no terminal to type at
        yield
        return
    silent = [*before[:6], list(before[6])]
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    silent[6][termios.VSUSP] = b"\0"
    termios.tcsetattr(descriptor, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


@contextmanager
def _terminated() -> Iterator[list[int]]:
    """The exit code: 0 after ctrl+c, which is how a watch ends; a program that is told to stop restores the screen."""
    code = [0]

    def stop(number: int, _frame: FrameType | None) -> None:
        code[0] = 128 + number
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, stop) for number in (signal.SIGTERM, getattr(signal, "SIGHUP", 0)) if number
    }
    try:
        yield code
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
