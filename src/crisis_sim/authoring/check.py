"""Checks authored files: every problem of every file at once, and what is allowed and probably not meant.

What a file may say is the content floor's; what is probably not meant is `crisis_sim.authoring.lints`'s. A `Checker`
can be asked again and again, and then reads only what has changed on the disk.

`watch` does so whenever a file that matters is saved, comes, goes or is renamed. Only folders are watched, each by
itself: so an editor that saves by renaming is noticed, and so is a folder that goes and comes back.

Many files are looked through by as many processes as there are cores. What another process finds sound need not be
looked at here; whatever it finds otherwise, or does not come to say, is looked at here all the same. So no mistake has
to travel, and what is said is what one process says.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.authoring.lints import lint
from crisis_sim.content.file_cache import FileCache, Trail, is_settled, stamp
from crisis_sim.content.finding import authored_files, folders_of, shown_file, whole_path
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.load import is_scenario
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.errors import UnreadableInput
from crisis_sim.garbage import unsearched
from crisis_sim.problems import Problem, Problems


class Checked(NamedTuple):
    """What a check found."""

    files: tuple[str, ...]
    """The scenarios and rule packs that were checked, as they are shown."""
    problems: Problems
    again: tuple[str, ...] = ()
    """Those that were not as they were when they were checked before."""


class _Part(NamedTuple):
    """What the check of one scenario or pack found, and what on the disk that rests on."""

    problems: tuple[Problem, ...]
    trail: Trail
    settled: bool
    joined: frozenset[Path]
    """The packs that a scenario has used, by whole path."""
    around: tuple[Path, ...]

    def files(self) -> Trail:
        """The files of the trail; a folder that something else came into is no news."""
        return {path: found for path, found in self.trail.items() if found is not None and not found.folder}

    def holds(self, around: tuple[Path, ...]) -> bool:
        """Whether a check would find the same again."""
        return self.settled and self.around == around and all(stamp(path) == was for path, was in self.trail.items())


class Checker:
    """Checks the same paths as often as it is asked; a file that lies unchanged on the disk is read once."""

    def __init__(
        self,
        paths: Sequence[str | Path],
        file_cache: FileCache | None = None,
        *,
        lints: bool = True,
        once: bool = False,
    ) -> None:
        """Of the scenarios and rule packs that `paths` name; of everything shipped where they name none.

        A path is a folder (of one scenario, or with scenarios and rules in it), a file, or the id of something shipped.
        Those that share a `file_cache` read no file twice.
        Without `lints`, only errors are looked for. One that is asked `once` lets other processes do some of it.
        """
        self._lints = lints
        self._once = once
        self._paths = paths or [shipped_folder() / part for part in ("scenarios", "rules")]
        self._file_cache = FileCache() if file_cache is None else file_cache
        self._parts: dict[Path, _Part] = {}
        self._again: list[Path] = []

    def check(self) -> Checked:
        """What is wrong now. Raises UnreadableInput for a path that leads to nothing."""
        with unsearched():
            return self._checked()

    def _checked(self) -> Checked:
        files = list(dict.fromkeys(file for path in self._paths for file in authored_files(path)))
        self._again = []
        reader = SourceReader(Problems(), self._file_cache)
        scenarios = [file for file in files if is_scenario(file, reader)]
        problems = Problems()
        parts = self._of_scenarios(scenarios)
        used = frozenset[Path]().union(*(part.joined for part in parts))
        packs = [file for file in files if file not in set(scenarios)]
        parts += [
            self._part(file, alone=True, around=tuple(scenarios)) for file in packs if whole_path(file) not in used
        ]
        for part in parts:
            problems.extend(part.problems)
        return Checked(tuple(map(shown_file, files)), problems, tuple(map(shown_file, self._again)))

    def folders(self) -> list[Path]:
        """The folders in which a change could change what is found; some may not be there."""
        found = {folder for path in self._paths for folder in folders_of(path)}
        found |= {whole_path(path) for part in self._parts.values() for path in _folders(part.trail)}
        return sorted(found)

    def _of_scenarios(self, files: Sequence[Path]) -> list[_Part]:
        others = helpers(files, self._sound) if self._once else []
        parts = {file: self._part(file, alone=False) for file in files[:: len(others) + 1]}
        for packs in (other.sound() for other in others):
            parts |= {file: _Part((), {}, settled=False, joined=used, around=()) for file, used in packs.items()}
        return [parts[file] if file in parts else self._part(file, alone=False) for file in files]

    def _sound(self, file: Path) -> frozenset[Path] | None:
        """The packs of a scenario in which nothing is found."""
        part = self._part(file, alone=False)
        return None if part.problems else part.joined

    def _part(self, file: Path, *, alone: bool, around: tuple[Path, ...] = ()) -> _Part:
        part = self._parts.get(file)
        if part is None or not part.holds(around):
            problems = Problems()
            reader = SourceReader(problems, self._file_cache, around)
            if alone:
                reader.pack_alone(file)
            elif (material := reader.material(file)) is not None and self._lints:
                lint(material, problems)
            settled = all(is_settled(found) for found in reader.trail.values())
            before, part = part, _Part(tuple(problems), reader.trail, settled, frozenset(reader.joined), around)
            self._parts[file] = part
            if before is None or (before.files(), before.problems) != (part.files(), part.problems):
                self._again.append(file)
        return part


def _folders(trail: Trail) -> Iterable[Path]:
    """Where the things of a trail lie, and its folders themselves."""
    for path, found in trail.items():
        yield path.parent
        if found is None or path.is_dir():
            yield path


SETTLES: Final = 20
"""Milliseconds without another change after which a save is taken to be complete."""

LONGEST: Final = 200
"""Milliseconds of changes without a pause after which a check is made all the same."""

BEAT: Final = 250
"""Milliseconds after which the watcher wakes when nothing happens, to see whether its folders still stand."""


class CheckedChange(NamedTuple):
    """What there is to say after a change."""

    checked: Checked | None
    trouble: UnreadableInput | None = None
    """Why nothing could be checked: what is watched is not there at present."""


def watch(
    checker: Checker, *, stop: Event | None = None, beat: Callable[[], None] = lambda: None
) -> Iterator[CheckedChange]:
    """What a check finds: at once, then after each change, until `stop` is set; `beat` is called in between.

    Raises KeyboardInterrupt when that is what ends it.
    """
    stop = Event() if stop is None else stop
    last = _look(checker)
    yield last
    polls = False
    while not stop.is_set():
        folders = _standing(checker.folders())
        try:
            for _ in _wakes(folders, stop, polls=polls):
                beat()
                seen = _look(checker)
                if _differs(seen, last):
                    last = seen
                    yield seen
                if _standing(checker.folders()) != folders:
                    break
        except FileNotFoundError:
            continue  # a folder went while it was about to be watched
        except OSError:
            if polls:
                raise
            polls = True  # the system watches no more folders for us


def _wakes(folders: Iterable[tuple[Path, int]], stop: Event, *, polls: bool) -> Iterator[object]:
    """Something may have changed: once at the start, since that took its time, then at every change and every beat."""
    from watchfiles import watch as changes

    yield None
    yield from changes(
        *(path for path, _ in folders),
        watch_filter=None,
        debounce=LONGEST,
        step=SETTLES,
        stop_event=stop,
        rust_timeout=BEAT,
        yield_on_timeout=True,
        recursive=False,
        force_polling=polls or None,
        ignore_permission_denied=True,
    )


def _look(checker: Checker) -> CheckedChange:
    try:
        return CheckedChange(checker.check())
    except UnreadableInput as trouble:
        return CheckedChange(None, trouble)


def _differs(seen: CheckedChange, last: CheckedChange) -> bool:
    if seen.checked is None or last.checked is None:
        return (seen.checked is None) != (last.checked is None) or str(seen.trouble) != str(last.trouble)
    return bool(seen.checked.again) or seen.checked.files != last.checked.files


def _standing(folders: Iterable[Path]) -> frozenset[tuple[Path, int]]:
    """The folders to watch, with their numbers: for one that is not there the nearest around it that is."""
    found = (_nearest(folder) for folder in folders)
    return frozenset(standing for standing in found if standing is not None)


def _nearest(folder: Path) -> tuple[Path, int] | None:
    for path in (folder, *folder.parents):
        try:
            if path.is_dir():
                return path, path.stat().st_ino
        except OSError:
            continue
    return None


FEWEST: Final = 2
"""Files for which a process is worth its start."""

SoundPacks: TypeAlias = Callable[[Path], Collection[Path] | None]
"""Looks through a file: the packs that it has used, or None where something is wrong."""


class HelpingProcess(NamedTuple):
    """A process that looks through some of the files."""

    number: int
    answer: int
    """The end of a pipe from which its answer is read."""

    def sound(self) -> Mapping[Path, frozenset[Path]]:
        """The files in which it has found nothing, each with the packs that it has used; waits for it."""
        with os.fdopen(self.answer, "rb") as pipe:
            said = pipe.read()
        os.waitpid(self.number, 0)
        try:
            found = json.loads(said)
        except ValueError:  # it came to its end before it could answer
            return {}
        return {Path(file): frozenset(map(Path, packs)) for file, packs in found.items()}


def helpers(files: Sequence[Path], look: SoundPacks) -> list[HelpingProcess]:
    """Processes that have begun with some of the `files`; none where the files are few, or this system lends none."""
    if not hasattr(os, "sched_getaffinity") or threading.active_count() > 1:
        return []
    shares = min(len(os.sched_getaffinity(0)), len(files) // FEWEST)
    return [_begun(files[share::shares], look) for share in range(1, shares)]


def _begun(files: Sequence[Path], look: SoundPacks) -> HelpingProcess:
    answer, told = os.pipe()
    number = os.fork()
    if number:
        os.close(told)
        return HelpingProcess(number, answer)
    try:
        found = {str(file): [*map(str, packs)] for file in files if (packs := look(file)) is not None}
        with os.fdopen(told, "wb") as pipe:
            pipe.write(json.dumps(found).encode())
    finally:
        os._exit(0)  # what this process had begun is the other one's to end
