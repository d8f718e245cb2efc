"""Finding the verb that was asked for and running it; only that verb is imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from crisis_sim import __version__
from crisis_sim.cli.answer import files_of
from crisis_sim.cli.ending import FINE, USAGE, ended, tell, warn_of_lost_letters
from crisis_sim.cli.language import OPTION, asked, listen, say
from crisis_sim.cli.session_over import SessionOver
from crisis_sim.cli.verbs import BY_NAME, Verb, WordCount, overview, typed
from crisis_sim.errors import UnreadableInput

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated


def run(arguments: list[str]) -> int:
    """Do what `arguments` ask for and return the exit code."""
    return ended(lambda: _played(lambda: _asked(listen(arguments))))


def _played(command: Callable[[], int]) -> int:
    """What `command` does, and whatever is chosen after each session that is closed at this terminal's screens."""
    while True:
        try:
            return command()
        except SessionOver as over:
            command = partial(_after, over.table)


def _after(table: Seated) -> int:
    from crisis_sim.cli.menu import after

    with files_of("menu"):
        return after(table)


def _asked(arguments: list[str]) -> int:
    warn_of_lost_letters()
    if not arguments:
        return _without_verb()
    first, *rest = arguments
    if arguments == ["--version"]:
        sys.stdout.write(f"crisis-sim {__version__}\n")
        return FINE
    if first in ("--help", "-h", "help"):
        return _run_verb(_verb(rest[0]), ["--help"]) if rest else _overview()
    return _run_verb(_verb(first), rest)


def _without_verb() -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _overview()
    from crisis_sim.cli.menu import menu

    with files_of("menu"):
        return menu()


def _overview() -> int:
    sys.stdout.write(overview() + "\n")
    return FINE


def _verb(name: str) -> Verb:
    if name in BY_NAME:
        return BY_NAME[name]
    from crisis_sim.problems import nearest

    near = nearest(name, BY_NAME)
    raise UnreadableInput(
        "usage/verb",
        "there is no command '{name}'",
        hint="did you mean `{near}`?" if near else "`crisis-sim --help` lists the commands",
        name=name[:60],
        near=typed(near),
    )


def _run_verb(verb: Verb, arguments: list[str]) -> int:
    words, own = verb.plainly, arguments[2:] if asked() and arguments[:1] == [OPTION] else arguments
    if words is None or (plain := _plain(words, own)) is None:
        return _parsed(verb, arguments)
    said, options = plain
    function: Callable[..., int] = getattr(import_module(verb.module), verb.function)
    with files_of(verb.name):
        return function(said) if words.listed else function(*said, **options)


def _plain(words: WordCount, arguments: Sequence[str]) -> tuple[list[str], dict[str, str]] | None:
    """Words, and what options say; None where it takes a parser to tell."""
    said: list[str] = []
    options: dict[str, str] = {}
    left = iter(arguments)
    for word in left:
        if not word.startswith("-"):
            said.append(word)
        elif (name := word.removeprefix("--")) in words.options and not (value := next(left, "-")).startswith("-"):
            options[name] = value
        else:
            return None
    return (said, options) if words.least <= len(said) <= words.most else None


def _parsed(verb: Verb, arguments: list[str]) -> int:
    """What the verb's function answers to its arguments as its parser reads them; the parser is slow to load."""
    from typer import Exit
    from typer.exceptions import TyperException

    from crisis_sim.cli.verb_help import command_of, mistake_said

    try:
        command = command_of(verb)
        with files_of(verb.name), command.make_context(typed(verb.name), list(arguments)) as context:
            return int(command.invoke(context))
    except Exit as left:
        return left.exit_code
    except TyperException as slip:
        message = " ".join(slip.format_message().split()).replace(": Value error, ", ": ")  # pydantic's, behind Typer
        hint = say("`{command}` says what can be given", command=typed(verb.name, "--help"))
        tell(f"crisis-sim: {mistake_said(message)}", hint)
        return USAGE
