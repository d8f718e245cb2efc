"""`crisis-sim import`: an MSEL out of a spreadsheet, brought into a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.language import in_words, say

if TYPE_CHECKING:
    from crisis_sim.authoring.msel_import import Import


def import_(
    table: Annotated[Path, Argument(metavar="FILE", help="An MSEL as CSV or XLSX, with a row of headings.")],
    into: Annotated[str, Option("--into", metavar="SCENARIO", help="The scenario: its id, its folder, or its file.")],
    lang: Annotated[
        Literal["en", "zh"] | None,
        Option("--lang", help="Language of what is said, and of the table's texts; that of its headings otherwise."),
    ] = None,
    encoding: Annotated[
        str | None, Option("--encoding", help="Of a CSV file that is not in UTF-8: gb18030, windows-1252 …")
    ] = None,
    check: Annotated[
        bool, Option("--check", help="Write nothing; the exit code is 1 if something would change.")
    ] = False,
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change.")] = False,
) -> int:
    """Bring the injects in FILE into SCENARIO: change those that are there, by id, and add those that are not.

    Empty cells and missing rows change nothing; conditions, effects and comments stay. Mistakes are listed by row and
    column, and with one of them nothing is written. docs/msel.md describes the columns.
    """
    from crisis_sim.authoring.msel_import import read_msel
    from crisis_sim.cli.answer import answer

    done = read_msel(table, into, lang, encoding)
    dry = check or diff or done.problems.errors > 0
    if not dry and done.new != done.old:
        done.write()
    answer(done.diff(in_words) if diff else "", done.problems.shown(100, in_words), *_said(done, dry))
    return 1 if done.problems.errors or (check and done.new != done.old) else 0


def _said(done: Import, dry: bool) -> list[str]:
    """What happened, or would."""
    if done.problems.errors:
        return [
            say("{problems}; {file} is left as it was", problems=in_words(done.problems.summary()), file=done.shown)
        ]
    comma = say(", ")
    rows = ["  " + say("{id}: {what}", id=name, what=comma.join(keys)) for name, keys in done.changed]
    rows += ["  " + say("{id}: new", id=name) for name in done.added]
    stay = (
        say("not in the table, and left as they are: {injects}", injects=comma.join(done.absent)) if done.absent else ""
    )
    if not rows:
        return [say("nothing to do: {file} says all this already", file=done.shown), stay]
    return [say("{file} would change:" if dry else "{file} changed:", file=done.shown), *rows, stay]
