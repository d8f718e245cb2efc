"""Checks authored files: every problem of every file at once, and what is allowed and probably not meant.

What a file may say is the content floor's; what is probably not meant is `crisis_sim.authoring.lints`'s.

`watch` checks again whenever a file that matters is saved, comes, goes or is renamed. Only folders are watched, each by
itself: so an editor that saves by renaming is noticed, and so is a folder that goes and comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple

from crisis_sim.authoring.lints import lint
from crisis_sim.content.finding import authored_files, folders_of, shown_file, whole_path
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.load import is_scenario
from crisis_sim.content.source_reader import FileStamp, SourceReader
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems


class Checked(NamedTuple):
    """What a check found."""

    files: tuple[str, ...]
    """The scenarios and rule packs that were checked, as they are shown."""
    problems: Problems
    stamps: Mapping[Path, FileStamp]
    """The files on which that rests, as they were."""


class Checker:
    """Checks the same paths as often as it is asked."""

    def __init__(self, paths: Sequence[str | Path], *, lints: bool = True) -> None:
        """Of the scenarios and rule packs that `paths` name; of everything shipped where they name none.

        A path is a folder (of one scenario, or with scenarios and rules in it), a file, or the id of something shipped.
        Without `lints`, only errors are looked for.
        """
        self._lints = lints
        self._paths = paths or [shipped_folder() / part for part in ("scenarios", "rules")]
        self._looked_at: set[Path] = set()

    def check(self) -> Checked:
        """What is wrong now. Raises UnreadableInput for a path that leads to nothing."""
        files = list(dict.fromkeys(file for path in self._paths for file in authored_files(path)))
        problems, first, used = Problems(), SourceReader(Problems()), set[Path]()
        scenarios = [file for file in files if is_scenario(file, first)]
        packs = [file for file in files if file not in set(scenarios)]
        self._looked_at, stamps = set(), dict[Path, FileStamp]()
        for file in (*scenarios, *packs):
            if whole_path(file) in used:
                continue
            own = Problems()
            reader = SourceReader(own, first, scenarios if file in packs else ())
            if file in packs:
                reader.pack_alone(file)
            elif (material := reader.material(file)) is not None and self._lints:
                lint(material, own)
            problems.extend(own)
            used |= reader.joined
            self._looked_at |= reader.looked_at
            stamps |= reader.stamps
        return Checked(tuple(map(shown_file, files)), problems, stamps)

    def folders(self) -> list[Path]:
        """The folders in which a change could change what is found; some may not be there."""
        relevant_folders = {folder for path in self._paths for folder in folders_of(path)}
        for path in self._looked_at:
            relevant_folders |= {path.parent} if path.is_file() else {path.parent, path}
        return sorted(map(whole_path, relevant_folders))


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
    last = _check_once(checker)
    yield last
    polls = False
    while not stop.is_set():
        folders = _existing_folders(checker.folders())
        try:
            for _ in _wait_for_changes(folders, stop, polls=polls):
                beat()
                current = _check_once(checker)
                if _differs(current, last):
                    last = current
                    yield current
                if _existing_folders(checker.folders()) != folders:
                    break
        except FileNotFoundError:
            continue  # a folder went while it was about to be watched
        except OSError:
            if polls:
                raise
            polls = True  # the system watches no more folders for us


def _wait_for_changes(folders: Iterable[tuple[Path, int]], stop: Event, *, polls: bool) -> Iterator[object]:
    """Something may have changed: once at the start, since that took its time, then at every change and every beat."""
    from watchfiles import watch as changes  # it brings anyio along, which a check alone has no use for

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


def _check_once(checker: Checker) -> CheckedChange:
    try:
        return CheckedChange(checker.check())
    except UnreadableInput as trouble:
        return CheckedChange(None, trouble)


def _differs(current: CheckedChange, last: CheckedChange) -> bool:
    if current.checked is None or last.checked is None:
        return (current.checked is None) != (last.checked is None) or str(current.trouble) != str(last.trouble)
    one, other = current.checked, last.checked
    return (one.files, list(one.problems), one.stamps) != (other.files, list(other.problems), other.stamps)


def _existing_folders(folders: Iterable[Path]) -> frozenset[tuple[Path, int]]:
    """The folders to watch, with their numbers: for one that is not there the nearest around it that is."""
    nearest_folders = (_nearest(folder) for folder in folders)
    return frozenset(standing for standing in nearest_folders if standing is not None)


def _nearest(folder: Path) -> tuple[Path, int] | None:
    for path in (folder, *folder.parents):
        try:
            if path.is_dir():
                return path, path.stat().st_ino
        except OSError:
            continue
    return None
