"""One experiment from what was asked to what was found: materials loaded, workers hired, runs played, logs kept.

Everything asked for is checked before the first run, so that nothing fails after hours of play that could have failed
at once. A run that is kept is played once more at a real table: a session of its own, written entry by entry as those
of people are, only that nobody waits for the disk before its end. The bots are marked as such, the same seed gives the
same entries, and each log is verified before it is handed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import json

from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import chosen_length
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.seats import lazy_view_for
from crisis_sim.errors import CrisisSimError, Sentence, StorageFailed, UnreadableInput, why_not
from crisis_sim.playtest.bots import SEATED, play_out
from crisis_sim.playtest.exports import runs_csv
from crisis_sim.playtest.findings import Comparison, Findings, NotableRun, Subject, compared, findings
from crisis_sim.playtest.game import Bots, Pairings, hearing, pairings, players, seating, table_for
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import (
    MOST_RUNS,
    Gathered,
    ReportProgress,
    RunsOutcome,
    Task,
    bots_of,
    exercise,
    play,
    seed_of,
)
from crisis_sim.playtest.workers import check_workers, cores, local_pool
from crisis_sim.session.folder import names
from crisis_sim.session.replay import reuse_table
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify
from crisis_sim.text import clean, clipped


def prepare(folder: Path) -> None:
    """Make sure that logs can be written to `folder`, making it where it is not there. Raises UnreadableInput."""
    name = clipped(clean(str(folder), lines=False), 200)
    probe = folder / ".crisis-sim-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except (OSError, ValueError) as error:
        sentence = Sentence("nothing can be written to the folder {name}: {why}", name=name, why=why_not(error))
        raise UnreadableInput("usage/keep", sentence, hint="name a folder of your own after --keep") from error


def keep(folder: Path, stem: str, table: GameTable, bots: Bots, *, seed: str) -> Path:
    """The log of a run on `table`, dealt this seed, written to `folder` under `stem` or the next name that is free.

    Raises StorageFailed, and CrisisSimError where the log is not what was played.
    """
    place = free(folder, stem, "jsonl")
    material, length, table_of = table.material, table.length, reuse_table(table)
    called = _id(material, bots, seed, length)
    with Session.start(
        place,
        material,
        seed=seed,
        length=length,
        show=table.show,
        session=called,
        bots=SEATED,
        waits=False,
        table_of=table_of,
    ) as session:
        for seat, policy in seating(bots).items():
            session.submit(seat, a.TakeSeat(occupant="bot", policy=policy))
        play_out(
            players(bots, seed, session.table),
            lambda seat: lazy_view_for(session.state, session.table, seat),
            session.submit,
            waits_for=lambda: waiting_for(session.state),
        )
    verification = verify(place, table_of=table_of)
    if not verification.is_sound:
        wrong: Sequence[str] = [finding.sentence for finding in verification.findings]
        raise CrisisSimError(
            "playtest/log",
            "the log {name} is not sound: {wrong}",
            hint="keep it and tell us",
            name=place.name,
            wrong=wrong[0],
        )
    return place


def _id(material: Material, bots: Bots, seed: str, length: int) -> str:
    """An id of its own for what is played, the same each time it is."""
    bundle = json.decode(material.packed)
    sources = [part["sha256"] for part in (bundle["scenario"], *bundle["packs"])]
    orders = [" ".join(order) for order in (bots.hears_us, bots.hears_china) if order]
    words = "\x1f".join((*sources, bots.us, bots.china, str(bots.release), seed, str(length), *orders))
    return blake2b(words.encode(), digest_size=6).hexdigest()


def free(folder: Path, stem: str, ending: str) -> Path:
    """A file of the folder that is not there yet: `stem.ending`, `stem-2.ending` and so on. Raises StorageFailed."""
    for name in names(stem):
        place = (folder / name).with_suffix(f".{ending}")
        if not place.exists():
            return place
    raise StorageFailed(
        "storage/names",
        "every name like {stem} is taken in {folder}",
        hint="name another folder",
        stem=stem,
        folder=folder,
    )


def write(place: Path, text: str) -> None:
    """A text as a file of its own. Raises StorageFailed."""
    try:
        place.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        sentence = Sentence("{name} could not be written: {why}", name=place.name, why=why_not(error))
        raise StorageFailed("storage/write", sentence, hint="make room, or name another folder") from error


LONGEST_SEED: Final = 100
"""Characters of a seed."""
FEW: Final = 8
"""Runs for one more worker to be worth starting, where nobody says how many."""


class PlaytestStopped(CrisisSimError):
    """Ctrl+c came before the last run; what was finished has been reported."""

    exit_code = 130


class ExperimentOptions(NamedTuple):
    """What is asked for, as it was typed."""

    scenario: str
    runs: int = 100
    seed: str = "1"
    policies: str = "mix"
    length: int | None = None
    """The longest that the scenario has, where nothing is said."""
    rules: str = ""
    release: int = 20
    first: int = 1
    workers: int | None = None
    against: str | None = None
    against_rules: str = ""
    hears: str = ""
    keep: Path | None = None
    every: bool = False
    """Every log is kept, and not those alone that are worth reading."""


class Ready(NamedTuple):
    """An experiment that has passed every check."""

    subjects: tuple[Subject, ...]
    """One, or two that are compared."""
    plan: Task
    workers: int
    """Processes that play."""
    keep: Path | None
    every: bool = False


def ready(wanted: ExperimentOptions) -> Ready:
    """Check and load everything. Raises UnreadableInput or ProblemsFound."""
    _check_numbers(wanted)
    chosen: Pairings = pairings(wanted.policies)
    subjects = _subjects(wanted)
    seed = clean(wanted.seed, lines=False).strip()
    if not 1 <= len(seed) <= LONGEST_SEED:
        raise UnreadableInput(
            "usage/seed", "a seed has 1 to {most} characters", hint="give a word or a number", most=LONGEST_SEED
        )
    exercises = tuple(exercise(subject.material, subject.table.length) for subject in subjects)
    if wanted.keep is not None:
        prepare(wanted.keep)
    orders_by_side = hearing(wanted.hears, subjects[0].table.card)
    hears = orders_by_side.get("us", ()), orders_by_side.get("china", ())
    plan = Task(exercises, seed, chosen, wanted.release, wanted.first, wanted.runs, hears)
    workers = wanted.workers or max(1, min(cores(), wanted.runs // FEW))
    return Ready(subjects, plan, workers, wanted.keep, wanted.every)


def run_experiment(experiment: Ready, report_progress: ReportProgress) -> Findings | Comparison:
    """Play an experiment and say what came of it. Raises RunFailed, StorageFailed or CrisisSimError."""
    outcome = _played(experiment, report_progress)
    results = [
        findings(subject, outcome, gathered)
        for subject, gathered in zip(experiment.subjects, outcome.exercises, strict=True)
    ]
    if experiment.keep is not None and not outcome.was_stopped:
        results = _keep_logs(experiment.keep, results, outcome, every=experiment.every)
    return results[0] if len(results) == 1 else compared(*results)


def _played(experiment: Ready, report_progress: ReportProgress) -> RunsOutcome:
    """All runs, or those finished when ctrl+c came; none where it came before the pool was ready."""
    try:
        with local_pool(experiment.workers) as pool:
            return play(experiment.plan, pool, report_progress)
    except KeyboardInterrupt:
        return RunsOutcome(experiment.plan, 0, tuple(Gathered() for _ in experiment.plan.exercises))


def stopped(result: Findings | Comparison) -> PlaytestStopped | None:
    """What to say where ctrl+c came before the end."""
    outcome = (result if isinstance(result, Findings) else result.first).outcome
    if not outcome.was_stopped:
        return None
    if not outcome.runs:
        return PlaytestStopped(
            "playtest/stopped", Sentence("stopped before any of {runs:,} sessions was finished", runs=outcome.plan.runs)
        )
    sentence = Sentence(
        "stopped after {done:,} of {runs:,} sessions; only these are in the report",
        done=outcome.runs,
        runs=outcome.plan.runs,
    )
    return PlaytestStopped("playtest/stopped", sentence, hint="no logs are kept of a playtest that was stopped")


def _check_numbers(wanted: ExperimentOptions) -> None:
    last = wanted.first + wanted.runs - 1
    if wanted.runs < 1:
        raise UnreadableInput(
            "usage/runs", "{runs:,} sessions say nothing", hint="give --runs 100, for a start", runs=wanted.runs
        )
    if wanted.first < 1 or last > MOST_RUNS:
        sentence = Sentence(
            "runs are numbered from 1 to {most:,}, and these would be {first:,} to {last:,}",
            most=MOST_RUNS,
            first=wanted.first,
            last=last,
        )
        raise UnreadableInput("usage/runs", sentence, hint="10,000 give intervals narrower than anybody needs")
    if not 0 <= wanted.release <= 100:
        raise UnreadableInput(
            "usage/release", "{release} is no percentage", hint="give 0 to 100", release=wanted.release
        )
    if wanted.workers is not None:
        check_workers(wanted.workers)


def _subjects(wanted: ExperimentOptions) -> tuple[Subject, ...]:
    first = _subject(wanted.scenario, wanted.rules, wanted.length)
    subjects = [first]
    if wanted.against is not None or wanted.against_rules:
        rules = wanted.against_rules or wanted.rules
        subjects.append(_subject(wanted.against or wanted.scenario, rules, first.table.length))
    return tuple(subjects)


def _subject(scenario: str, rules: str, length: int | None) -> Subject:
    packs = tuple(pack.strip() for pack in rules.split(",") if pack.strip())
    material = load_material(scenario, packs or None)
    table = table_for(material, length=chosen_length(material.scenario, length, -1))
    return Subject(material, table, measures(table))


def _keep_logs(folder: Path, results: Sequence[Findings], outcome: RunsOutcome, *, every: bool) -> list[Findings]:
    """The findings with the logs of the first one's picked runs, under each subject; a run is kept once, whyever."""
    new_results = list[Findings]()
    whys: dict[int, list[NotableRun]] = {}
    for picked in results[0].picked:
        whys.setdefault(picked.run, []).append(picked)
    rest = [run for run in range(outcome.plan.first, outcome.plan.first + outcome.runs) if every and run not in whys]
    for place, one in enumerate(results):
        mark = f"-{'ab'[place]}" if len(results) > 1 else ""
        write(free(folder, f"runs{mark}", "csv"), runs_csv(one, outcome.exercises[place]))
        logs = {run: str(_log(folder, one.subject, mark, run, outcome, why)) for run, why in whys.items()}
        for run in rest:
            _log(folder, one.subject, mark, run, outcome)
        picks = tuple(picked._replace(log=logs[picked.run]) for picked in results[0].picked)
        new_results.append(one._replace(picked=picks) if not place else one)
    return new_results


def _log(
    folder: Path, subject: Subject, mark: str, run: int, outcome: RunsOutcome, why: Sequence[NotableRun] = ()
) -> Path:
    """The log of a run, named after all reasons for which it was picked, if any."""
    plan = outcome.plan
    reasons = [f"{pick.why}-{pick.place}" for pick in why]
    stem = "-".join((f"{subject.material.scenario.id}{mark}", *reasons, f"run-{run}"))
    return keep(folder, stem, subject.table, bots_of(plan, run), seed=seed_of(plan.seed, run))
