"""What `crisis-sim study` reads, counts and writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from crisis_sim.cli.answer import answer
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.rules.names import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from crisis_sim.research.sources import Wanted
    from crisis_sim.research.study.overview import By
    from crisis_sim.research.study.questionnaire import Questionnaire
    from crisis_sim.research.study.sessions import Read, Sessions, Stretch
    from crisis_sim.research.study.whole import Studied


class Asked(NamedTuple):
    """What is to be studied, as it was typed."""

    logs: tuple[str, ...]
    wanted: Wanted
    workers: int | None = None
    by: By | None = None
    answers: tuple[Path, ...] = ()
    codes: tuple[Path, ...] = ()


def write_sheets(asked: Asked, folder: Path, language: Language, *, force: bool) -> int:
    """Write what one needs to collect answers and codes, and print where."""
    from crisis_sim.cli.files import write_folder
    from crisis_sim.research.study.sheets import sheets

    if asked.answers or asked.codes:
        said = "--sheets writes empty sheets, and --answers and --codes read filled ones"
        raise UnreadableInput("usage/study", said, hint="do one after the other")
    found = _sessions(asked, language)
    files = sheets(found.played)
    write_folder(folder, files, force=force)
    answer(*(str(folder / name) for name in files))
    return 1 if found.is_damaged else 0


def written(asked: Asked, form: Literal["text", "json"], out: Path | None, *, force: bool) -> int:
    """Study what is asked for and print it; exit code 1 where a log could not be used."""
    from crisis_sim.cli.files import write_folder
    from crisis_sim.research.extra import require

    require("`crisis-sim study`", "scipy", "statsmodels", "krippendorff")
    from crisis_sim.cli.study_page import as_json, pages
    from crisis_sim.research.study.tables import files
    from crisis_sim.research.study.whole import tables_of

    if not (asked.logs or asked.answers or asked.codes):
        hint = "name logs or folders of logs, or give --answers or --codes; --sheets writes the sheets for both"
        raise UnreadableInput("usage/study", "nothing says what to study", hint=hint)
    found = _studied(asked)
    tables = tables_of(found)
    if out is not None:
        write_folder(out, files(tables), force=force)
    answer(as_json(found, tables) if form == "json" else "\n".join(pages(found)).lstrip("\n"))
    return 1 if found.sessions.is_damaged else 0


def _studied(asked: Asked) -> Studied:
    """Answers and codes first: their mistakes are told before many logs are read."""
    from crisis_sim.research.study.whole import Studied

    questionnaire = _questionnaire(asked.answers) if asked.answers else None
    codes = None
    if asked.codes:
        from crisis_sim.research.study.codes import read_codes

        codes = read_codes(asked.codes)
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
    from crisis_sim.research.study.questionnaire import questionnaire

    people = read_answers(paths)
    if not people:
        hint = "type the sheets in below the row EXAMPLE"
        raise UnreadableInput("answers/nothing", "there are no answers to study", hint=hint)
    return questionnaire(people)


def _sessions(asked: Asked, acts: Language | None) -> Sessions:
    """The sessions of the logs, read by as many processes as are worth it. Raises UnreadableInput if none is left."""
    from crisis_sim.cli.collecting import logs_of, tell_passed, workers_for
    from crisis_sim.cli.progress import progress
    from crisis_sim.playtest.crews import crew_here, shielded
    from crisis_sim.research.study.sessions import Sessions, gathered

    if not asked.logs:
        return Sessions((), ())
    paths = logs_of(asked.logs)
    workers = workers_for(asked.workers, len(paths))
    with progress("logs", len(paths)) as told, crew_here(workers) as crew:

        def submit(read: Callable[[Stretch], Read], stretch: Stretch) -> Future[Read]:
            with shielded():
                return crew.executor.submit(read, stretch)

        try:
            found = gathered(paths, asked.wanted, acts, submit, workers, told)
        except crew.deaths as error:
            what, hint = "a process died that read logs", "there may be too little memory: give fewer --workers"
            raise CrisisSimError("study/worker", what, hint=hint) from error
    tell_passed(found.passed)
    if not found.played:
        hint = "name logs, or a folder of logs"
        if found.passed:
            hint = "--bots takes sessions of bots too, and --open those that have not come to their hotwash"
        raise UnreadableInput("study/nothing", "there is no session to study", hint=hint)
    return found
