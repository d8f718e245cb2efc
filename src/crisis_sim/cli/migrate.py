"""`crisis-sim migrate`: files of an older format, rewritten in the one in use."""

from __future__ import annotations

import sys
from typing import Annotated

from typer import Argument, Option

from crisis_sim.cli.language import in_words, say
from crisis_sim.cli.verbs import as_started


def migrate(
    paths: Annotated[
        list[str],
        Argument(metavar="PATHS...", help="Scenarios and rule packs: files, folders, or names of shipped ones."),
    ],
    write: Annotated[bool, Option("--write", help="Rewrite the files without asking.")] = False,
    check: Annotated[
        bool, Option("--check", help="Write nothing; the exit code is 1 if something would change.")
    ] = False,
    diff: Annotated[bool, Option("--diff", help="Write nothing and ask nothing; show what would change.")] = False,
) -> int:
    """Show how the files of an older format among PATHS read in the one in use, and rewrite them if you agree.

    Only the keys and words that changed are touched; comments, order, quotes and blank lines stay. Without a terminal
    nobody is asked, and nothing is written. What an author has to decide is listed with its line. A file with errors is
    left as it is, and so is one that is in the format in use. Older files load without this too.
    """
    from crisis_sim.authoring.migrate import migrations
    from crisis_sim.cli.answer import answer

    done = migrations(paths)
    write = write and not (check or diff)
    for each in () if write else done.found:
        words = {"file": each.shown, "was": each.was, "becomes": each.becomes}
        said = say("{file}: would be rewritten from format {was} to {becomes}", **words)
        answer("" if check else each.diff(in_words), said)
    answer(done.problems.shown(translate=in_words))
    if done.found and (write or (not (check or diff) and _agreed())):
        for each in done.found:
            each.write()
            words = {"file": each.shown, "was": each.was, "becomes": each.becomes}
            answer(say("{file}: rewritten from format {was} to {becomes}", **words))
    elif not done.found and not done.problems:
        answer(say("nothing to do: everything is in the format in use"))
    return 1 if done.problems.errors or (check and done.found) else 0


def _agreed() -> bool:
    """Whether somebody at the terminal agrees that the files are rewritten."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(as_started(say("nothing is written; crisis-sim migrate … --write writes it")))
        return False
    try:
        return input(say("Rewrite them so? y or n ")).strip().casefold() in ("y", "yes")
    except EOFError:
        return False
