"""The command line as Typer runs it: finds the verb that was asked for, and imports no other.

Typer parses, completes in shells, and collects what each verb takes. Pages of help are laid out here, since Chinese
has no spaces at which Typer could break lines, and their words are looked up in the reader's language.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from crisis_sim import __version__
from crisis_sim.cli.answer import files_of
from crisis_sim.cli.ending import FINE, USAGE, SessionOver, run_to_exit_code, tell, warn_of_lost_letters
from crisis_sim.cli.language import OPTION, apply_language_option, language, say
from crisis_sim.cli.verbs import BY_NAME, GROUPS, Verb, typed
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import nearest
from crisis_sim.rules.names import Language
from crisis_sim.text import cells, wrapped
from crisis_sim.wording import _

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated

PAGE_CELLS: Final = 78
"""Cells of a line of help."""
FIRST_COLUMN_CELLS: Final = 30
"""Cells of the first column, beyond which its help stands under it."""
COMPLETE: Final = "_CRISIS_SIM_COMPLETE"
"""The variable in which a shell asks for completions; its name is Typer's."""
CODES: Final = _(
    "Exit codes: 0 fine, 1 problems found, 2 a slip in the command or a file that cannot be read, 3 a fault of "
    "crisis-sim, 130 interrupted, 143 told to stop, 129 the terminal was closed."
)
HELP: Final = _("Show this message and exit.")
"""What Typer says of `--help`."""
_EXTRA: Final = re.compile(r"(.*?) *(?:\[(default: .*|required|[\d<=>]*x[\d<=>]+)\])?", re.DOTALL)
"""A help text, and what Typer has put behind it: a default, that it is required, or between what a number lies."""


def run(arguments: list[str]) -> int:
    """Do what `arguments` ask for and return the exit code."""
    return run_to_exit_code(lambda: _run_until_left(partial(_run_arguments, arguments)))


def _run_until_left(command: Callable[[], int]) -> int:
    """What `command` does, and whatever is chosen after each session that is closed at this terminal's screens."""
    while True:
        try:
            return command()
        except SessionOver as error:
            command = partial(_choose_next, error.table)


def _choose_next(table: Seated) -> int:
    from crisis_sim.cli.menu import choose_next

    with files_of("menu"):
        return choose_next(table)


def _run_arguments(arguments: list[str]) -> int:
    """What the verb's function answers to its arguments."""
    if COMPLETE in os.environ:
        app().main(prog_name="crisis-sim", complete_var=COMPLETE)
    arguments = apply_language_option(arguments)
    warn_of_lost_letters()
    command = app()
    try:
        program = "crisis-sim" if {"--install-completion", "--show-completion"} & {*arguments} else typed()
        with command.make_context(program, arguments) as context:
            return int(command.invoke(context) or FINE)
    except typer.Exit as exit_request:
        return exit_request.exit_code
    except TyperException as slip:
        message = " ".join(slip.format_message().split()).replace(": Value error, ", ": ")  # pydantic's, behind Typer
        context_ = getattr(slip, "ctx", None)
        path = typed() if context_ is None else context_.command_path
        tell(
            f"crisis-sim: {translate_mistake(message)}",
            say("`{command}` says what can be given", command=f"{path} --help"),
        )
        return USAGE


class _Command(TyperCommand):
    """A verb, with its page of help in the reader's language."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own name for its context
        return "\n".join(_page(self, ctx))

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # Typer's own name for its context
        with files_of(self.name or ""):
            return super().invoke(ctx)


class _Verbs(TyperGroup):
    """All verbs, each imported when it is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # Typer's own name
        return list(BY_NAME)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]  # as above
        if cmd_name in BY_NAME:
            return command_of(BY_NAME[cmd_name])
        if ctx.resilient_parsing:
            return None
        near = nearest(cmd_name, BY_NAME)
        raise UnreadableInput(
            "usage/verb",
            "there is no command '{name}'",
            hint="did you mean `{near}`?" if near else "`crisis-sim --help` lists the commands",
            name=cmd_name[:60],
            near=typed(near),
        )

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own name for its context
        return "\n".join(_page(self, ctx))


def app() -> TyperGroup:
    """The whole command line."""
    typer_app = typer.Typer(rich_markup_mode=None)
    typer_app.callback(cls=_Verbs, invoke_without_command=True, subcommand_metavar="COMMAND")(_without_verb)
    group = typer.main.get_command(typer_app)
    assert isinstance(group, TyperGroup)
    return group


def _without_verb(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    lang: Annotated[Language | None, typer.Option(OPTION, help="Language of what is said; of every command.")] = None,
) -> int:
    """A tabletop exercise: two teams talk their way through a crisis that is nobody's fault. Without a command, the
    menu opens.
    """
    if version:
        sys.stdout.write(f"crisis-sim {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is not None:
        return FINE
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sys.stdout.write(f"{context.get_help()}\n")
        return FINE
    from crisis_sim.cli.menu import menu

    with files_of("menu"):
        return menu()


def command_of(verb: Verb) -> TyperCommand:
    """The verb's function with its options, and `--lang`."""
    command, option = (
        _build_command(getattr(import_module(verb.module), verb.function)),
        _build_command(_speaking).params[0],
    )
    command.name, option.expose_value = verb.name, False
    command.params.append(option)
    return command


def _build_command(function: Callable[..., int]) -> TyperCommand:
    one = typer.Typer(add_completion=False, rich_markup_mode=None)
    one.command(cls=_Command)(function)
    command = typer.main.get_command(one)
    assert isinstance(command, TyperCommand)
    return command


def _speaking(
    lang: Annotated[
        Language | None,
        typer.Option(OPTION, help="Language of what is said; that of the settings or the system otherwise."),
    ] = None,
) -> int:
    """Never run: `language.listen` has taken the language up before a verb is looked for."""
    return 0


def paragraphs(text: str) -> Iterator[str]:
    """A docstring as its paragraphs, each on one line."""
    yield from (" ".join(paragraph.split()) for paragraph in inspect.cleandoc(text).split("\n\n"))


def _page(command: TyperCommand | TyperGroup, context: typer.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", say("[OPTIONS]"))
    yield from wrapped(say("Usage: {usage}", usage=f"{context.command_path} {pieces}"), PAGE_CELLS)
    for paragraph in paragraphs(command.help or ""):
        yield ""
        yield from (f"  {line}" for line in wrapped(say(paragraph), PAGE_CELLS - 2))
    is_whole = isinstance(command, TyperGroup)
    for head, verbs in GROUPS.items() if is_whole else ():
        yield from ("", say(head), *_rows([(verb.name, verb.summary) for verb in verbs], len("playtest") + 2))
    heads: dict[str, list[tuple[str, str]]] = {_("Arguments:"): [], _("Options:"): []}
    for param in command.get_params(context):
        usual = "Arguments:" if param.param_type_name == "argument" else "Options:"
        if (record := param.get_help_record(context)) is not None:
            heads.setdefault(getattr(param, "rich_help_panel", None) or usual, []).append(record)
    for head, rows in heads.items():
        if rows:
            first = min(max(cells(name) for name, _ in rows), FIRST_COLUMN_CELLS) + 2
            yield from ("", say(head), *_rows(rows, first))
    if is_whole:
        yield from ("", *wrapped(say(CODES), PAGE_CELLS))


def _rows(records: list[tuple[str, str]], first: int) -> Iterator[str]:
    """What can be given, and beside it, behind `first` cells, what that does."""
    for name, text in records:
        lines = wrapped(_translate_help(text), PAGE_CELLS - 2 - first)
        if cells(name) > first - 2:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (first - cells(name))}{lines.pop(0)}".rstrip()
        yield from (" " * (first + 2) + line for line in lines)


def _translate_help(text: str) -> str:
    """A help text in the reader's language, and what Typer puts behind it."""
    match = _EXTRA.fullmatch(text)
    assert match is not None
    about, extra = say(" ".join(match[1].split())), match[2]
    if extra is None:
        return about
    if extra == "required":
        extra = say("required", "argument")
    elif extra.startswith("default: "):
        extra = say("default: {value}", value=extra.removeprefix("default: "))
    return say("{help} [{extra}]", help=about, extra=extra)


USAGE_MISTAKES: Final = (
    (r"Missing argument '(?P<name>.+)'\.?", _("missing argument '{name}'")),
    (r"Missing option '(?P<name>[^']+)'\.?", _("missing option '{name}'")),
    (r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)", _("no such option: {name}; there is {near}")),
    (r"No such option: (?P<name>\S+)", _("no such option: {name}")),
    (r"Option '(?P<name>.+)' requires an argument\.", _("option '{name}' requires an argument")),
    (r"Got unexpected extra arguments? \((?P<extra>.+)\)", _("got unexpected arguments: {extra}")),
    (
        r"Invalid value for '(?P<name>.+)': '(?P<value>.*)' is not one of (?P<known>.+)\.",
        _("invalid value for '{name}': '{value}' is not one of {known}"),
    ),
    (r"Invalid value for '(?P<name>.+?)': (?P<why>.+)", _("invalid value for '{name}': {why}")),
)
"""What Typer says of a slip in a command."""
_LISTS: Final = {"known", "near"}
"""What of a slip is a list of words that can be typed."""


def translate_mistake(message: str) -> str:
    """A slip in the reader's language; Typer's own sentence for an English one."""
    if language() != "en":
        for pattern, sentence in USAGE_MISTAKES:
            if match := re.fullmatch(pattern, message):
                words = match.groupdict()
                lists = {
                    name: say(", ").join(words[name].replace("'", "").split(", ")) for name in _LISTS & words.keys()
                }
                return say(sentence, **{**words, **lists})
    return f"{message[:1].lower()}{message[1:]}"
