"""Checks authored files: every problem of every file at once, and what is allowed and probably not meant.

What a file may say is the content floor's; what is probably not meant is `crisis_sim.authoring.lints`'s. A `Checker`
can be asked again and again, and then reads only what has changed on the disk.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from crisis_sim.authoring.lints import lint
from crisis_sim.content.load import authored_files, folders_of, is_scenario
from crisis_sim.content.reader import Reader, shown_file, whole_path
from crisis_sim.content.shelf import Shelf, Trail, is_settled, stamp
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.problems import Problem, Problems


class Checked(NamedTuple):
    """What a check found."""

    files: tuple[str, ...]
    """The scenarios and rule packs that were checked, as they are shown."""
    problems: Problems
    again: tuple[str, ...] = ()
    """Those that were not as they were when they were checked before."""


def check_paths(paths: Sequence[str | Path]) -> Problems:
    """All problems, warnings too, of the scenarios and rule packs that `paths` name; of everything shipped when empty.

    A path is a folder (of one scenario, or with scenarios and rules in it), a file, or the id of something shipped.
    Raises UnreadableInput for a path that leads to none of these.
    """
    return Checker(paths).check().problems


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

    def __init__(self, paths: Sequence[str | Path], shelf: Shelf | None = None, *, lints: bool = True) -> None:
        """`paths` are as `check_paths` takes them; checkers may share a `shelf`, and then read no file twice.

        Without `lints`, only errors are looked for.
        """
        self._lints = lints
        self._paths = paths or [shipped_folder() / part for part in ("scenarios", "rules")]
        self._shelf = Shelf() if shelf is None else shelf
        self._parts: dict[Path, _Part] = {}
        self._again: list[Path] = []

    def check(self) -> Checked:
        """What is wrong now. Raises UnreadableInput for a path that leads to nothing."""
        with _uncollected():
            return self._checked()

    def _checked(self) -> Checked:
        files = list(dict.fromkeys(file for path in self._paths for file in authored_files(path)))
        self._again = []
        reader = Reader(Problems(), self._shelf)
        scenarios = [file for file in files if is_scenario(file, reader)]
        problems = Problems()
        parts = [self._part(file, alone=False) for file in scenarios]
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

    def _part(self, file: Path, *, alone: bool, around: tuple[Path, ...] = ()) -> _Part:
        part = self._parts.get(file)
        if part is None or not part.holds(around):
            problems = Problems()
            reader = Reader(problems, self._shelf, around)
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


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage: a check makes very many objects that are kept and none that are garbage in a circle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _folders(trail: Trail) -> Iterable[Path]:
    """Where the things of a trail lie, and its folders themselves."""
    for path, found in trail.items():
        yield path.parent
        if found is None or path.is_dir():
            yield path
