"""A verb as Typer runs it: with `--lang`, which every verb takes, and with its page of help in the reader's language.

The words of a page are those of the verb: its docstring, and the help of its options. English pages are Typer's own.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Annotated, Final

import typer
from typer.core import TyperCommand

from crisis_sim.cli import shared_options
from crisis_sim.cli.language import OPTION, language, say
from crisis_sim.cli.verbs import Verb
from crisis_sim.rules.names import Language
from crisis_sim.text import cells, wrapped
from crisis_sim.wording import _

WIDTH: Final = 78
WIDEST: Final = 30
"""Cells of the first column, beyond which its help stands under it."""
HELP: Final = "Show this message and exit."
"""What Typer says of `--help`."""
_EXTRA: Final = re.compile(r"(.*?) *(?:\[(default: .*|required|[\d<=>]*x[\d<=>]+)\])?", re.DOTALL)
"""A help text, and what Typer has put behind it: a default, that it is required, or between what a number lies."""


class _Command(TyperCommand):
    """A verb that says in Chinese what can be given, to whoever reads Chinese."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own name for its context
        return super().get_help(ctx) if language() == "en" else "\n".join(_page(self, ctx))


def command_of(verb: Verb) -> TyperCommand:
    """The verb's function with its options, and `--lang` where it has none of its own."""
    module = import_module(verb.module)
    named = {"Argument": typer.Argument, "Option": typer.Option, "shared_options": shared_options}
    vars(module).update({**named, **vars(module)})  # in annotations, which nobody else evaluates
    command = _made(getattr(module, verb.function))
    if not any(OPTION in param.opts for param in command.params):
        option = _made(_speaking).params[0]
        option.expose_value = False
        command.params.append(option)
    return command


def _made(function: Callable[..., int]) -> TyperCommand:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(cls=_Command)(function)
    command = typer.main.get_command(app)
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
    yield from (" ".join(each.split()) for each in inspect.cleandoc(text).split("\n\n"))


def _page(command: TyperCommand, context: typer.Context) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", say("[OPTIONS]"))
    yield from wrapped(say("Usage: {usage}", usage=f"{context.command_path} {pieces}"), WIDTH)
    for paragraph in paragraphs(command.help or ""):
        yield ""
        yield from (f"  {line}" for line in wrapped(say(paragraph), WIDTH - 2))
    for kind, head in (("argument", _("Arguments:")), ("option", _("Options:"))):
        records = [
            each.get_help_record(context) for each in command.get_params(context) if each.param_type_name == kind
        ]
        if rows := [record for record in records if record is not None]:
            yield from ("", say(head), *_rows(rows))


def _rows(records: list[tuple[str, str]]) -> Iterator[str]:
    """What can be given, and beside it what that does."""
    first = min(max(cells(name) for name, _ in records), WIDEST) + 2
    for name, text in records:
        lines = wrapped(_said(text), WIDTH - 2 - first)
        if cells(name) > first - 2:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (first - cells(name))}{lines.pop(0)}".rstrip()
        yield from (" " * (first + 2) + line for line in lines)


def _said(text: str) -> str:
    """A help text in the reader's language, and what Typer puts behind it."""
    found = _EXTRA.fullmatch(text)
    assert found is not None
    about, extra = say(" ".join(found[1].split())), found[2]
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


def mistake_said(message: str) -> str:
    """A slip in the reader's language; Typer's own sentence for an English one."""
    if language() != "en":
        for pattern, sentence in USAGE_MISTAKES:
            if found := re.fullmatch(pattern, message):
                words = found.groupdict()
                lists = {
                    name: say(", ").join(words[name].replace("'", "").split(", ")) for name in _LISTS & words.keys()
                }
                return say(sentence, **{**words, **lists})
    return f"{message[:1].lower()}{message[1:]}"
