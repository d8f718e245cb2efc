"""Logs as verbs take them: found by name, one or many, opened whole, and the names they go by in tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NoReturn

from crisis_sim.cli.ending import note, tell
from crisis_sim.cli.exemplary import PREFIX, examples, exemplary_log
from crisis_sim.cli.language import language, say
from crisis_sim.cli.settings import settings
from crisis_sim.errors import CrisisSimError, Sentence, UnreadableInput
from crisis_sim.playtest.workers import check_workers, cores, local_pool, shielded
from crisis_sim.problems import nearest
from crisis_sim.research.log_sources import (
    Batch,
    Passed,
    SessionLines,
    UniqueSessions,
    WantedSessions,
    gathered,
    key_in,
    new_key,
    read,
    strewn,
)
from crisis_sim.research.package import ExportTables
from crisis_sim.session.folder import COMPANIONS, log_of, logs_in
from crisis_sim.session.notices import notices_of
from crisis_sim.session.replay import Replay, replay
from crisis_sim.text import clean
from crisis_sim.wording import _, in_words

PASSED: Final = 10
"""Logs passed over that are named one by one; the rest are counted."""
FEW: Final = 150
"""Logs for one more process to be worth starting, where nobody says how many."""
CHECKOUT: Final = Path(__file__).resolve().parents[3]
"""The folder of the checkout, where the program runs from one."""


def find_log(name: str) -> Path:
    """The log that `name` means; a path goes before a name in the sessions folder. Raises UnreadableInput."""
    path = Path(name)
    if not path.name:
        hint = Sentence("give the path of a session's log; `crisis-sim list sessions` shows the ones there are")
        raise UnreadableInput("log/unknown", "'{name}' names no log", hint=hint, name=name)
    if _exists(path):
        return path
    if name.startswith(PREFIX):
        return exemplary_log(name.removeprefix(PREFIX))
    if len(path.parts) != 1:
        return path
    folder = settings().logs
    for candidate in (folder / name, folder / f"{name}.jsonl"):
        if _exists(candidate):
            return candidate
    by_session = log_of(name, folder)
    if by_session is not None:
        return by_session
    near = nearest(name, [listed.path.name for listed in logs_in(folder)])
    near = f"{PREFIX}{name}" if f"{PREFIX}{name}" in dict(examples()) else near
    hint = (
        Sentence("did you mean {near}?", near=clean(near, lines=False))
        if near
        else Sentence("`crisis-sim list sessions` shows the ones there are")
    )
    shown = clean(name, lines=False)
    raise UnreadableInput(
        "log/unknown", "there is no log '{shown}' here or in {folder}", hint=hint, shown=shown, folder=folder
    )


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def logs_of(names: Sequence[str]) -> list[Path]:
    """The logs that arguments name: themselves, or those in a folder, each once. Raises UnreadableInput."""
    paths: list[Path] = []
    for name in names:
        paths += _logs_below(name) if name and Path(name).is_dir() else [find_log(name)]
    return list(dict.fromkeys(paths))


def _logs_below(folder: str) -> list[Path]:
    """The logs in a folder and in those within it; a folder that may not be looked into, or goes, is passed over."""
    paths = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return sorted(path for path in paths if path.suffix == ".jsonl" and not path.name.endswith(COMPANIONS))


def _read_logs(
    paths: Sequence[Path],
    wanted: WantedSessions,
    take: Callable[[SessionLines | Passed], None],
    workers: int | None,
) -> None:
    """Give `take` the lines of each log, in their order. Raises CrisisSimError where a worker dies."""
    with progress(say("logs"), len(paths)) as advance, local_pool(workers_for(workers, len(paths))) as pool:

        def hand(batch: Batch) -> Future[tuple[SessionLines | Passed, ...]]:
            with shielded():
                return pool.executor.submit(read, batch)

        try:
            for result in gathered(paths, wanted, hand, pool.ahead):
                take(result)
                advance(1)
        except BrokenExecutor as error:
            hint = Sentence("there may be too little memory: give fewer --workers")
            raise CrisisSimError("logs/worker", "a process died that read logs", hint=hint) from error


def collect(paths: Sequence[Path], wanted: WantedSessions, tables: ExportTables, workers: int | None) -> list[Passed]:
    """Write the sessions of `paths` into `tables`, and return what was passed over.

    Raises CrisisSimError where a worker dies, and UnreadableInput where no session is left.
    """
    collector = UniqueSessions(tables.add)
    _read_logs(strewn(paths, wanted.key), wanted, collector.take, workers)
    places = {path: place for place, path in enumerate(paths)}
    collector.passed.sort(key=lambda log: places[log.path])
    collector.noticed.sort(key=lambda notice: places[notice[0]])
    _print_passed(collector.passed)
    _print_notices(collector.noticed)
    if not tables.rows["sessions"]:
        raise _no_session_error(collector.passed)
    return collector.passed


def workers_for(requested: int | None, logs: int) -> int:
    """How many processes read so many logs, if `requested` does not say. Raises UnreadableInput."""
    if requested is None:
        return max(1, min(cores(), logs // FEW))
    check_workers(requested)
    return requested


def _print_passed(passed: Sequence[Passed]) -> None:
    """Say on standard error which logs are left out, and why."""
    for log in passed[:PASSED]:
        why = in_words(log.why, language())
        tell(say("note: {log} is left out: {why}", log=clean(log.path.name, lines=False), why=why))
    if len(passed) > PASSED:
        tell(say("note: {n} more is left out", plural="note: {n} more are left out", n=len(passed) - PASSED))


def _print_notices(noticed: Sequence[tuple[Path, str]]) -> None:
    """Say on standard error what happened at the end of logs that are in."""
    for _path, sentence in noticed[:PASSED]:
        note(sentence)
    if len(noticed) > PASSED:
        tell(say("note: {n} more such note", plural="note: {n} more such notes", n=len(noticed) - PASSED))


def _no_session_error(passed: Sequence[Passed]) -> UnreadableInput:
    """What to say where no session is left."""
    hint = Sentence("name logs, or a folder of logs")
    if passed:
        hint = Sentence("--bots takes sessions of bots too, and --open those that have not come to their hotwash")
    return UnreadableInput("logs/nothing", "there is no session in these logs that is wanted", hint=hint)


SEALED: Final = _("{name} has not come to its hotwash, and what is sealed in it stays so")
WAY_OUT: Final = _("play it to its hotwash, or open it on purpose with --open")


def opened(path: Path, *, on_purpose: bool) -> Replay:
    """The session in `path` with all that was sealed; what is to be known of its end is told.

    Raises LogDamaged, and UnreadableInput while it is in play.
    """
    played = replay(path)
    if not (on_purpose or played.is_open):
        refuse_sealed(path.name)
    for notice in notices_of(played.log):
        note(notice.sentence)
    return played


def refuse_sealed(name: str) -> NoReturn:
    """Raise UnreadableInput for a log that is in play."""
    raise UnreadableInput("log/sealed", SEALED, hint=WAY_OUT, name=clean(name, lines=False))


def key_of(key: Path | None, *, keeps_ids: bool, out: Path) -> bytes | None:
    """The key of made-up names: kept in a file, or for this once; None for own ids.

    Raises UnreadableInput where both are asked for, and for a key in the folder `out`, which is to be handed on.
    """
    if key is None:
        return None if keeps_ids else new_key()
    if keeps_ids:
        sentence = Sentence("--named leaves sessions their own ids, and --key is for made-up names")
        raise UnreadableInput("usage/key", sentence, hint="give one of the two")
    if key.resolve().is_relative_to(out.resolve()):
        sentence = Sentence("the key would lie in {out}, with what it is to hide", out=clean(str(out), lines=False))
        raise UnreadableInput("usage/key", sentence, hint="keep it in another folder, and hand it to nobody")
    is_there = key.exists()
    secret = key_in(key)
    if not is_there:
        tell(say("wrote {path}, the secret that made-up names are made with: keep it, and give it to nobody", path=key))
    return secret


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that is told how many more of `label` are done, and that goes away at the end."""
    if not sys.stderr.isatty():
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    parts = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(stderr=True), transient=True) as shown:
        bar = shown.add_task(label, total=total)
        yield lambda more: shown.update(bar, advance=more)


def require_duckdb(command: str) -> None:
    """Raise UnreadableInput with a way to install DuckDB if it is missing; `command` begins the sentence."""
    if find_spec("duckdb") is None:
        sentence = Sentence("{command} needs DuckDB, which is not installed here", command=command)
        is_checkout = (CHECKOUT / "scripts" / "venv").is_file()
        by_script = Sentence("scripts/venv research installs it")
        by_pip = Sentence('pip install "crisis-sim[research]" installs it')
        raise UnreadableInput("extra/research", sentence, hint=by_script if is_checkout else by_pip)
