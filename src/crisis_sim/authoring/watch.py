"""Checks again whenever a file that matters is saved, comes, goes or is renamed, until somebody stops it.

Only folders are watched, each by itself: so an editor that saves by renaming is noticed, and so is a folder that goes
and comes back. What is printed is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple

from crisis_sim.authoring.check import Checked, Checker
from crisis_sim.errors import UnreadableInput

SETTLES: Final = 20
"""Milliseconds without another change after which a save is taken to be complete."""

LONGEST: Final = 200
"""Milliseconds of changes without a pause after which a check is made all the same."""

BEAT: Final = 250
"""Milliseconds after which the watcher wakes when nothing happens, to see whether its folders still stand."""


class Seen(NamedTuple):
    """What there is to say after a change."""

    checked: Checked | None
    trouble: UnreadableInput | None = None
    """Why nothing could be checked: what is watched is not there at present."""


def watch(checker: Checker, *, stop: Event | None = None, beat: Callable[[], None] = lambda: None) -> Iterator[Seen]:
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


def _look(checker: Checker) -> Seen:
    try:
        return Seen(checker.check())
    except UnreadableInput as trouble:
        return Seen(None, trouble)


def _differs(seen: Seen, last: Seen) -> bool:
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
