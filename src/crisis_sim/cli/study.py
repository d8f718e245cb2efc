"""`crisis-sim study`: many sessions together, questionnaires before and after, agreement of coders."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from typer import Argument, Option

from crisis_sim.cli.answer import answer, write_folder
from crisis_sim.cli.language import say
from crisis_sim.cli.logs import key_beside, key_of, logs_of, nothing, read_logs, tell_passed
from crisis_sim.cli.shared_options import KeyOption, Named, OpenOption, Workers
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.rules.names import Language
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.research.columns import Sheet
    from crisis_sim.research.log_sources import Passed, WantedSessions
    from crisis_sim.research.study.change import Questionnaire
    from crisis_sim.research.study.overview import By
    from crisis_sim.research.study.studied_sessions import Played, Sessions
    from crisis_sim.research.study.study_tables import Studied, StudyRow


class StudyOptions(NamedTuple):
    """What is to be studied, as it was typed."""

    logs: tuple[str, ...]
    wanted: WantedSessions
    workers: int | None = None
    by: By | None = None
    answers: tuple[Path, ...] = ()
    codes: tuple[Path, ...] = ()


def study(
    logs: Annotated[list[str] | None, Argument(metavar="LOGS", help="Logs, or folders of logs.")] = None,
    by: Annotated[
        Literal["scenario", "packs", "length", "arm"] | None,
        Option("--by", help="Sessions by their scenario, their rule packs, their length or their arm, each by itself."),
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
    key: KeyOption = None,
    open_: OpenOption = False,
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
    from crisis_sim.research.log_sources import WantedSessions

    if logs and not named:
        key = key or key_beside(sheets, codes or ())
    wanted = WantedSessions(key_of(key, named=named, out=out), bots, open_)
    asked = StudyOptions(tuple(logs or ()), wanted, workers, by, tuple(answers or ()), tuple(codes or ()))
    if sheets is not None:
        return _write_sheets(asked, sheets, lang, force=force)
    return _written(asked, form, out, force=force)


def _write_sheets(asked: StudyOptions, folder: Path, language: Language, *, force: bool) -> int:
    """Write what one needs to collect answers and codes, and print where."""
    from crisis_sim.research.study.sheets import sheets

    if asked.answers or asked.codes:
        said = Sentence("--sheets writes empty sheets, and --answers and --codes read filled ones")
        raise UnreadableInput("usage/study", said, hint="do one after the other")
    found = _sessions(asked, language)
    files = sheets(found.played, language)
    write_folder(folder, files, force=force)
    answer(*(str(folder / name) for name in files))
    return 1 if found.is_damaged else 0


def _written(asked: StudyOptions, form: Literal["text", "json"], out: Path | None, *, force: bool) -> int:
    """Study what is asked for and print it; exit code 1 where a log could not be used."""
    from crisis_sim.research.research_extra import require

    require("`crisis-sim study`", "scipy", "statsmodels")
    from crisis_sim.cli.study import as_json
    from crisis_sim.cli.study_page import pages
    from crisis_sim.research.study.study_tables import files, tables_of

    if not (asked.logs or asked.answers or asked.codes):
        hint = Sentence(
            "name logs or folders of logs, or give --answers or --codes; --sheets writes the sheets for both"
        )
        raise UnreadableInput("usage/study", "nothing says what to study", hint=hint)
    found = _studied(asked)
    tables = tables_of(found)
    if out is not None:
        write_folder(out, files(tables, say), force=force)
    answer(as_json(found, tables) if form == "json" else "\n".join(pages(found)).lstrip("\n"))
    return 1 if found.sessions.is_damaged else 0


def _studied(asked: StudyOptions) -> Studied:
    """Answers and codes first: their mistakes are told before many logs are read."""
    from crisis_sim.research.study.study_tables import Studied

    questionnaire = _questionnaire(asked.answers) if asked.answers else None
    codes = None
    if asked.codes:
        from crisis_sim.research.study.codes import read_codes

        codes = read_codes(asked.codes)
        if not codes.coded:
            hint = Sentence("a code is a cell to the right of the column `words`")
            raise UnreadableInput("codes/empty", "no act is coded in these sheets", hint=hint)
    sessions = _sessions(asked, "en" if codes is not None else None)
    groups = agreed = None
    if asked.logs:
        from crisis_sim.research.study.overview import groups as grouped

        groups = grouped(sessions.played, asked.by)
    if codes is not None:
        from crisis_sim.research.study.agreement import agreement

        agreed = agreement(codes, sessions.played)
    return Studied(sessions, groups, questionnaire, agreed)


def _questionnaire(paths: tuple[Path, ...]) -> Questionnaire:
    from crisis_sim.research.study.answers import read_answers
    from crisis_sim.research.study.change import questionnaire

    people = read_answers(paths)
    if not people:
        hint = Sentence("type the sheets in below the row EXAMPLE")
        raise UnreadableInput("answers/nothing", "there are no answers to study", hint=hint)
    return questionnaire(people)


def _sessions(asked: StudyOptions, acts: Language | None) -> Sessions:
    """The sessions of the logs, read by as many processes as are worth it. Raises UnreadableInput if none is left."""
    from crisis_sim.research.study.studied_sessions import Sessions, each_once, played

    if not asked.logs:
        return Sessions((), ())
    read: list[Played | Passed] = []
    read_logs(logs_of(asked.logs), asked.wanted, partial(played, acts=acts), read.append, asked.workers)
    found = each_once(read)
    tell_passed(found.passed)
    if not found.played:
        raise nothing(found.passed)
    return found


def as_json(found: Studied, tables: Mapping[Sheet, Sequence[StudyRow]]) -> str:
    """Everything for programs: the rows of each table, under the names of their columns, with six decimals."""
    played = found.sessions.played
    told: dict[str, Any] = {  # Any: JSON
        "format": 1,
        "sessions": [_session(each) for each in sorted(played, key=lambda each: each.name)],
        "left_out": [
            {"log": clean(each.path.name, lines=False), "why": each.why, "damaged": each.is_damaged}
            for each in found.sessions.passed
        ],
    }
    if found.questionnaire is not None:
        asked = found.questionnaire
        told["people"] = {
            "all": asked.people,
            "pairs": asked.pairs,
            "only_before": asked.only_before,
            "only_after": asked.only_after,
        }
    if found.agreement is not None:
        codes = found.agreement.codes
        told["coders"] = {"names": codes.coders, "acts": codes.units, "unknown_acts": found.agreement.unknown}
    for sheet, rows in tables.items():
        told[sheet.name] = [dict(zip(sheet.names, map(_rounded, row), strict=True)) for row in rows]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _session(played: Played) -> dict[str, Any]:  # Any: JSON
    about = {"arm": played.arm, "scenario": played.scenario, "packs": played.packs, "length": played.length}
    return {"session": played.name, **about, "bot": played.has_bot}


def _rounded(value: Any) -> Any:  # Any: a cell of a table
    return round(value, 6) if isinstance(value, float) else value
