"""`crisis-sim migrate`: files of an older format, rewritten in the one in use."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from crisis_sim.cli.language import in_words, say


def migrate(
    paths: Annotated[
        list[str],
        Argument(metavar="PATHS...", help="Scenarios and rule packs: files, folders, or names of shipped ones."),
    ],
    check: Annotated[
        bool, Option("--check", help="Write nothing; the exit code is 1 if something would change.")
    ] = False,
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change.")] = False,
) -> int:
    """Rewrite the files of an older format among PATHS in the one in use.

    Only the keys and words that changed are touched; comments, order, quotes and blank lines stay. A file with errors
    is left as it is, and so is one that is in the format in use. Older files load without this too.
    """
    from crisis_sim.authoring.migrate import migrations
    from crisis_sim.cli.answer import answer

    done = migrations(paths)
    for each in done.found:
        if not (check or diff):
            each.write()
        said = say(
            "{file}: would be rewritten from format {was} to {becomes}"
            if check or diff
            else "{file}: rewritten from format {was} to {becomes}",
            file=each.shown,
            was=each.was,
            becomes=each.becomes,
        )
        answer(each.diff(in_words) if diff else "", said)
    answer(
        done.problems.shown(translate=in_words),
        "" if done.found or done.problems else say("nothing to do: everything is in the format in use"),
    )
    return 1 if done.problems.errors or (check and done.found) else 0
