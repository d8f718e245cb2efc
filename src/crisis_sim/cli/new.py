"""`crisis-sim new`: a small scenario or rule pack to begin from, or injects of a spreadsheet for a scenario."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from crisis_sim.authoring.scaffold import Answers, check_answer, free_place, new_pack, new_scenario
from crisis_sim.cli.answer import answer
from crisis_sim.cli.language import in_words, language, requested_language, say
from crisis_sim.cli.shared_options import complete_scenarios
from crisis_sim.cli.verbs import typed
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.wording import _, failure

if TYPE_CHECKING:
    from crisis_sim.authoring.msel_import import Import


def new(
    kind: Annotated[
        Literal["scenario", "pack", "injects"], Argument(metavar="scenario|pack|injects", help="What to write.")
    ],
    name: Annotated[
        str | None,
        Argument(
            metavar="NAME|FILE",
            help="Its name; the id is made from it: 'My crisis' is my-crisis. Of injects, an MSEL as CSV or XLSX, with"
            " a row of headings.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str | None, Option(metavar="TEXT", help="The title; the name, unless another is given.")] = None,
    host: Annotated[str | None, Option(metavar="TEXT", help="The invented state in which it happens.")] = None,
    event: Annotated[str | None, Option(metavar="TEXT", help="What has happened, in a sentence.")] = None,
    hours: Annotated[str | None, Option(metavar="TIME", help="Game time that it covers, such as 48h or 5d.")] = None,
    languages: Annotated[
        str | None, Option(metavar="en|zh|both", help="In which languages it is written; English unless said.")
    ] = None,
    folder: Annotated[
        Path | None, Option("--in", metavar="FOLDER", help="Where it goes; ./scenarios or ./rules unless given.")
    ] = None,
    yes: Annotated[bool, Option("--yes", help="Ask nothing; what is not given is as proposed.")] = False,
    into: Annotated[
        str | None,
        Option(
            metavar="SCENARIO",
            help="Of injects: the scenario that they are brought into; its id, its folder, or its file.",
            autocompletion=complete_scenarios,
        ),
    ] = None,
    encoding: Annotated[
        str | None, Option(help="Of injects: of a CSV file that is not in UTF-8: gb18030, windows-1252 …")
    ] = None,
    diff: Annotated[
        bool,
        Option("--diff", help="Of injects: write nothing, and show what would change; the exit code is 1 if anything."),
    ] = False,
) -> int:
    """Write a small scenario or rule pack that works as it stands, with comments that say what to change.

    At a terminal, what is not given is asked for. Nothing that is there already is overwritten.

    Injects are brought into a scenario: those that are there are changed, by id, and those that are not are added.
    Empty cells and missing rows change nothing; conditions, effects and comments stay. Mistakes are listed by row and
    column, and with one of them nothing is written. docs/msel.md describes the columns.
    """
    if kind == "injects":
        if name is None or into is None:
            hint = Sentence("for example: crisis-sim new injects plan.csv --into my-crisis")
            raise UnreadableInput("usage/injects", "injects come from a table and go into a scenario", hint=hint)
        return _import_injects(Path(name), into, encoding, diff=diff)
    parent_folder = folder or Path("rules" if kind == "pack" else "scenarios")
    answers = Answers(title or "", host or "", event or "", hours or "", languages or "")
    for key, text in answers._asdict().items():
        check_answer(key, text)
    if name is None:

        def usable(proposed: str) -> None:
            check_answer("title", proposed)
            free_place(proposed, kind, parent_folder)

        name = _name(answers.title, usable, ask=not yes)
        answers = answers._replace(title=answers.title or name)
    free_place(name, kind, parent_folder)
    if not yes:
        keys = ("title",) if kind == "pack" else Answers._fields
        answers = _ask_missing(name, answers, [key for key in keys if not getattr(answers, key)])
    if kind == "pack":
        answer("\n".join(_next_for_pack(new_pack(name, answers.title, parent_folder))))
    else:
        answer("\n".join(_next_for_scenario(new_scenario(name, answers, parent_folder))))
    return 0


_QUESTIONS = {
    "title": _("What is it called?"),
    "host": _("In which state does it happen? An invented one; nobody's own."),
    "event": _("What has happened? One sentence, as the first news has it."),
    "hours": _("How much time does it cover?"),
    "languages": _("In which languages? en, zh, or both."),
}


def _name(title: str, check: Callable[[str], None], *, ask: bool) -> str:
    """The name that nobody gave: the title, or what somebody at the terminal says that it is called.

    Raises UnreadableInput where nobody is there to say it.
    """
    if not title and ask and _at_terminal():
        title = _read_reply(f"{say(_QUESTIONS['title'])}\n  ", check) or ""
    if not title:
        hint = Sentence("for example: crisis-sim new scenario 'My crisis'")
        raise UnreadableInput("usage/name", "missing argument 'NAME'", hint=hint)
    return title


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask_missing(name: str, answers: Answers, keys: list[str]) -> Answers:
    """The answers of whoever sits at the terminal, if anybody does; an empty one is the default."""
    if not keys or not _at_terminal():
        return answers
    defaults = Answers()._replace(title=name)
    print(say("Enter takes what stands in brackets."))
    for key in keys:
        reply = _read_reply(f"{say(_QUESTIONS[key])}\n  [{getattr(defaults, key)}] ", partial(check_answer, key))
        if reply is None:
            break
        if reply:
            answers = answers._replace(**{key: reply})
    return answers


def _read_reply(question: str, check: Callable[[str], None]) -> str | None:
    """What is answered, asked for again until `check` does not refuse it; None if there is no more to read."""
    while True:
        try:
            reply = input(question).strip()
            check(reply)
        except EOFError:
            return None
        except UnreadableInput as wrong:
            why, hint = failure(wrong, language())
            print("  " + say("That cannot be used: {why}.", why=why) + (f"\n  {hint}" if hint else ""))
        else:
            return reply


def _next_for_scenario(folder: Path) -> list[str]:
    shell_path = _typed(folder)
    return [
        say(
            "{folder} is a scenario that plays as it stands. Open its scenario.yaml, and then:",
            folder=folder.as_posix(),
        ),
        "",
        f"  {typed('check')} {shell_path}",
        f"  {typed('play')} {shell_path} --length 45",
        f"  {typed('play')} {shell_path} --length 45 --us rota --china salami",
        "",
        say("The first looks for mistakes, the second plays it at this terminal, the third lets two bots play it."),
    ]


def _next_for_pack(file: Path) -> list[str]:
    shell_path = _typed(file)
    return [
        say("{file} is a rule pack of three rules. Open it, and then:", file=file.as_posix()),
        "",
        f"  {typed('check')} {shell_path} --watch",
        f"  {typed('show', 'core')}",
        "",
        say(
            "The first looks for mistakes at every save and lets your editor know its ids, the second shows the rules"
            " of core.\nA scenario uses it when it says so: rules: [core, {pack}]",
            pack=file.stem,
        ),
    ]


def _typed(path: Path) -> str:
    """A path as it can be typed in a shell."""
    return quote(path.as_posix())


def _import_injects(table: Path, into: str, encoding: str | None, *, diff: bool) -> int:
    """Bring the injects of a table into a scenario, or show what that would change."""
    from crisis_sim.authoring.msel_import import read_msel

    imported = read_msel(table, into, requested_language(), encoding)
    is_dry = diff or imported.problems.errors > 0
    if not is_dry and imported.new != imported.old:
        imported.write()
    answer(
        imported.diff(in_words) if diff else "",
        imported.problems.shown(100, in_words),
        *_import_report(imported, is_dry),
    )
    return 1 if imported.problems.errors or (diff and imported.new != imported.old) else 0


def _import_report(imported: Import, dry: bool) -> list[str]:
    """What happened, or would."""
    if imported.problems.errors:
        return [
            say(
                "{problems}; {file} is left as it was",
                problems=in_words(imported.problems.summary()),
                file=imported.shown,
            )
        ]
    comma = say(", ")
    rows = ["  " + say("{id}: {what}", id=name, what=comma.join(keys)) for name, keys in imported.changed]
    rows += ["  " + say("{id}: new", id=name) for name in imported.added]
    stay = (
        say("not in the table, and left as they are: {injects}", injects=comma.join(imported.absent))
        if imported.absent
        else ""
    )
    if not rows:
        return [say("nothing to do: {file} says all this already", file=imported.shown), stay]
    return [say("{file} would change:" if dry else "{file} changed:", file=imported.shown), *rows, stay]
