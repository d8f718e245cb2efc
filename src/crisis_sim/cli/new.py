"""`crisis-sim new`: a small scenario or rule pack to begin from."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.language import language, say
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.wording import _, failure

if TYPE_CHECKING:
    from crisis_sim.authoring.scaffold import Answers


def new(
    kind: Annotated[Literal["scenario", "pack"], Argument(metavar="scenario|pack", help="What to write.")],
    name: Annotated[
        str | None,
        Argument(
            metavar="NAME", help="Its name; the id is made from it: 'My crisis' is my-crisis.", show_default=False
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
) -> int:
    """Write a small SCENARIO or rule PACK that works as it stands, with comments that say what to change.

    At a terminal, what is not given is asked for. Nothing that is there already is overwritten.
    """
    from crisis_sim.authoring.scaffold import Answers, check_answer, free_place, new_pack, new_scenario
    from crisis_sim.cli.answer import answer

    where = folder or Path("rules" if kind == "pack" else "scenarios")
    given = Answers(title or "", host or "", event or "", hours or "", languages or "")
    for key, said in given._asdict().items():
        check_answer(key, said)
    if name is None:

        def usable(said: str) -> None:
            check_answer("title", said)
            free_place(said, kind, where)

        name = _name(given.title, usable, ask=not yes)
        given = given._replace(title=given.title or name)
    free_place(name, kind, where)
    if not yes:
        asked = ("title",) if kind == "pack" else Answers._fields
        given = _asked(name, given, [key for key in asked if not getattr(given, key)])
    if kind == "pack":
        answer("\n".join(_next_for_pack(new_pack(name, given.title, where))))
    else:
        answer("\n".join(_next_for_scenario(new_scenario(name, given, where))))
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
        title = _said(f"{say(_QUESTIONS['title'])}\n  ", check) or ""
    if not title:
        hint = Sentence("for example: crisis-sim new scenario 'My crisis'")
        raise UnreadableInput("usage/name", "missing argument 'NAME'", hint=hint)
    return title


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(name: str, given: Answers, keys: list[str]) -> Answers:
    """The answers of whoever sits at the terminal, if anybody does; an empty one is the default."""
    from crisis_sim.authoring.scaffold import Answers, check_answer

    if not keys or not _at_terminal():
        return given
    defaults = Answers()._replace(title=name)
    print(say("Enter takes what stands in brackets."))
    for key in keys:
        said = _said(f"{say(_QUESTIONS[key])}\n  [{getattr(defaults, key)}] ", partial(check_answer, key))
        if said is None:
            break
        if said:
            given = given._replace(**{key: said})
    return given


def _said(question: str, check: Callable[[str], None]) -> str | None:
    """What is answered, asked for again until `check` does not refuse it; None if there is no more to read."""
    while True:
        try:
            said = input(question).strip()
            check(said)
        except EOFError:
            return None
        except UnreadableInput as wrong:
            why, hint = failure(wrong, language())
            print("  " + say("That cannot be used: {why}.", why=why) + (f"\n  {hint}" if hint else ""))
        else:
            return said


def _next_for_scenario(folder: Path) -> list[str]:
    where = _typed(folder)
    return [
        say(
            "{folder} is a scenario that plays as it stands. Open its scenario.yaml, and then:",
            folder=folder.as_posix(),
        ),
        "",
        f"  crisis-sim check {where}",
        f"  crisis-sim play {where} --length 45",
        f"  crisis-sim play {where} --length 45 --us rota --china salami",
        "",
        say("The first looks for mistakes, the second plays it at this terminal, the third lets two bots play it."),
    ]


def _next_for_pack(file: Path) -> list[str]:
    where = _typed(file)
    return [
        say("{file} is a rule pack of three rules. Open it, and then:", file=file.as_posix()),
        "",
        f"  crisis-sim check {where} --watch",
        "  crisis-sim show core",
        "",
        say(
            "The first looks for mistakes at every save and lets your editor know its ids, the second shows the rules"
            " of core.\nA scenario uses it when it says so: rules: [core, {pack}]",
            pack=file.stem,
        ),
    ]


def _typed(path: Path) -> str:
    """A path as it can be typed in a shell."""
    from shlex import quote

    return quote(path.as_posix())
