"""`crisis-sim study`: many sessions together, questionnaires before and after, agreement of coders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.logs import Workers
from crisis_sim.cli.naming import Key, Named
from crisis_sim.cli.sealed import Open
from crisis_sim.rules.names import Language


def study(
    logs: Annotated[list[str] | None, Argument(metavar="LOGS", help="Logs, or folders of logs.")] = None,
    by: Annotated[
        Literal["scenario", "packs", "length"] | None,
        Option("--by", help="Sessions by their scenario, their rule packs or their length, each by itself."),
    ] = None,
    answers: Annotated[
        list[Path] | None, Option("--answers", metavar="FILE", help="Questionnaires, typed in; may be given again.")
    ] = None,
    codes: Annotated[
        list[Path] | None, Option("--codes", metavar="FILE", help="A coder's sheet, filled in; may be given again.")
    ] = None,
    sheets: Annotated[
        Path | None,
        Option("--sheets", metavar="FOLDER", help="Write there the questionnaire, and tables for answers and codes."),
    ] = None,
    out: Annotated[
        Path | None, Option("--out", "-o", metavar="FOLDER", help="Write every number there too, as tidy CSV tables.")
    ] = None,
    form: Annotated[Literal["text", "json"], Option("--format", help="Pages to read, or JSON for programs.")] = "text",
    bots: Annotated[bool, Option("--bots", help="Sessions in which a bot plays a team too.")] = False,
    named: Named = False,
    key: Key = None,
    open_: Open = False,
    lang: Annotated[
        Language, Option("--lang", help="Language of what is said, and of the acts in the coders' table.")
    ] = "en",
    workers: Workers = None,
    force: Annotated[bool, Option("--force", help="Write over files that are there.")] = False,
) -> int:
    """Study many sessions: their measures with 95 % intervals, and the difference between the two sides.

    With --answers: what changed in a questionnaire before and after. With --codes: how far coders agree, and whether
    they read acts as they were meant or as they were taken. --sheets writes what is needed to collect both, and does
    nothing else. Which sessions are in follows the rules of `crisis-sim export`; of a session and its branches one
    counts. Needs the extra research. docs/study.md goes through it from the first sheet to the last number.
    """
    from crisis_sim.cli.naming import key_beside, key_of
    from crisis_sim.cli.studying import Asked, write_sheets, written
    from crisis_sim.research.sources import Wanted

    if logs and not named:
        key = key or key_beside(sheets, codes or ())
    wanted = Wanted(key_of(key, named=named, out=out), bots, open_)
    asked = Asked(tuple(logs or ()), wanted, workers, by, tuple(answers or ()), tuple(codes or ()))
    if sheets is not None:
        return write_sheets(asked, sheets, lang, force=force)
    return written(asked, form, out, force=force)
