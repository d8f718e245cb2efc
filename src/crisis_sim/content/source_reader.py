"""Reads scenarios and rule packs, each file once, and finds the packs that a scenario names.

Packs are looked for in `rules/` in the scenario's folder, then in `rules/` beside `scenarios/`, then among the shipped
ones. Every mistake goes into one collection; what a file may say is not decided here.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

from crisis_sim.content import finding
from crisis_sim.content.example import Example
from crisis_sim.content.files import read_source, read_text_file
from crisis_sim.content.joining import join
from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.listings import SCENARIO, shipped_folder
from crisis_sim.content.material import Material
from crisis_sim.content.packs import link_packs
from crisis_sim.content.related_files import RelatedFiles
from crisis_sim.content.scenario import Scenario, long_texts
from crisis_sim.content.sources import Located, Source, from_file
from crisis_sim.content.yamlfile import read_yaml
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import Problem, Problems, Spot, did_you_mean
from crisis_sim.rules.pack import Pack
from crisis_sim.text import clean, clipped

_MOST_AROUND = 200

Result = TypeVar("Result")
FileStamp: TypeAlias = tuple[int, int, int]
"""Number, size and time of a file."""


def file_stamp(path: Path) -> FileStamp | None:
    """The stamp of a regular file; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


class SourceReader:
    """Reads each file once, however many others name it."""

    def __init__(
        self,
        problems: Problems,
        earlier: SourceReader | None = None,
        scenarios: Sequence[Path] = (),
    ) -> None:
        """Problems of all that is read go to `problems`; what the reader `earlier` has read is not read again.

        `scenarios` are those a pack might be for, before the ones that are found beside it.
        """
        self._problems = problems
        self._known: dict[object, tuple[object, tuple[Problem, ...]]] = {} if earlier is None else earlier._known
        self._scenarios = tuple(scenarios)
        self.joined: set[Path] = set()
        """Packs that a scenario has used, by whole path."""
        self.looked_at: set[Path] = set()
        """Files and folders on which the answer rests, those that are not there too."""
        self.stamps: dict[Path, FileStamp] = {}
        """The files among them, as they were."""

    def material(self, path: Path, packs: Sequence[str] | None = None) -> Material | None:
        """The scenario in the file `path` joined with its packs, or None with the reasons among the problems."""
        errors_before = self._problems.errors
        source = self.source(path)
        if source is None:
            return None
        situation = self._read_once((path, "scenario"), lambda own: source.partly(Scenario, own))
        if situation is not None and path.parent.parent.name == "scenarios":
            self._agree(situation.source, "scenario", situation.model.id, path.parent.name)
        names = (
            _named_packs(source if situation is None else situation.source)
            if packs is None
            else [(name, None) for name in packs]
        )
        spots = dict(reversed(names))
        results = [self._read_named(name, spots[name], path) for name in dict.fromkeys(name for name, _ in names)]
        read = [pack for pack in results if pack is not None]
        texts = {} if situation is None else self._texts(situation, path.parent)
        if situation is not None:
            self._example(situation, path.parent)
        whole = len(read) == len(results) > 0 and (
            packs is not None or situation is None or _lists_packs(situation.source)
        )
        around = self._around(path, [pack.source for pack in read])
        listed = source.key_spot("rules")
        material = join(situation, read, texts, self._problems, whole=whole, listed=listed, around=around)
        return None if self._problems.errors > errors_before else material

    def packs_named(self, names: Sequence[str], near: Path) -> list[Located[Pack]]:
        """The packs of these names as a scenario in the file `near` would find them, those that could be read.

        Raises UnreadableInput for a name that leads to none.
        """
        results = [self._read_named(name, None, near) for name in dict.fromkeys(names)]
        return [pack for pack in results if pack is not None]

    def pack_alone(self, path: Path) -> None:
        """Check the rule pack in the file `path` without a scenario, unless one that was read has used it."""
        pack = self.pack(path)
        if pack is None or finding.whole_path(path) in self.joined:
            return
        is_base = pack.model.base is not None or not pack.source.is_given("base")
        base = None if is_base else self._base_near(path)
        packs = [pack] if base is None else [base, pack]
        whole = is_base or base is not None
        around = self._around(path, [item.source for item in packs])
        names = KnownNames(packs, None, self._problems, whole=whole, around=around)
        link_packs(packs, names, self._problems, pack.source.key_spot("id"))

    def source(self, path: Path, reference: Spot | None = None) -> Source | None:
        """The file at `path`, or None with the reasons among the problems; `reference`: where another file names it."""
        key = finding.whole_path(path)
        self._look(key)
        return self._read_once(key, lambda own: _read(path, own, reference))

    def _read_once(self, key: object, make: Callable[[Problems], Result]) -> Result:
        """What `make` makes, the first time that somebody asks for `key`; its problems are said each time."""
        cached = self._known.get(key)
        if cached is None:
            own = Problems()
            cached = make(own), tuple(own)
            if cached[0] is not None:  # why a file cannot be read is said where it is named, each time
                self._known[key] = cached
        self._problems.extend(cached[1])
        return cast(Result, cached[0])

    def take(self, path: Path, source: Source) -> None:
        """Read `source` in place of what stands in the file at `path`."""
        self._known[finding.whole_path(path)] = source, ()

    def pack(self, path: Path, reference: Spot | None = None) -> Located[Pack] | None:
        """The rule pack in the file `path`, or None with the reasons among the problems."""
        source = self.source(path, reference)
        if source is None:
            return None
        pack = self._read_once((finding.whole_path(path), "pack"), lambda own: source.partly(Pack, own))
        if pack is not None:
            self._agree(pack.source, "pack", pack.model.id, path.stem)
        return pack

    def _read_named(self, name: str, reference: Spot | None, scenario: Path) -> Located[Pack] | None:
        """A pack that a scenario lists at `reference`, or that somebody asked for."""
        self._looked_in(finding.rule_folders(scenario))
        path = finding.pack_file(name, scenario)
        if path is not None:
            self.joined.add(finding.whole_path(path))
            return self.pack(path, reference)
        hint = did_you_mean(name, finding.packs_near(scenario))
        shown = clipped(clean(name, lines=False), 80)
        message = Sentence("there is no rule pack '{shown}'", shown=shown)
        if reference is None:
            raise UnreadableInput("content/no-pack", message, hint=hint)
        self._problems.error(reference, message, code="link/no-pack", hint=hint)
        return None

    def _agree(self, source: Source, kind: str, name: str, called: str) -> None:
        """Warn if something has another id than the file or folder by which it is found."""
        if name != called and source.is_given("id"):
            message = Sentence(
                "this scenario's id is '{name}', but it is found as '{called}'"
                if kind == "scenario"
                else "this pack's id is '{name}', but it is found as '{called}'",
                name=name,
                called=called,
            )
            hint = Sentence("let the id and the name of the file or folder agree")
            self._problems.warning(source.spot("id"), message, code="lint/file-name", hint=hint)

    def _base_near(self, path: Path) -> Located[Pack] | None:
        """The pack with base settings that would be used with the pack at `path`."""
        for candidate in self._packs_around(path):
            tree = self._tree(candidate)
            if isinstance(tree, dict) and "base" in tree:
                return self.pack(candidate)
        return None

    def _around(self, path: Path, used: Sequence[Source]) -> RelatedFiles:
        """What lies around the scenario or pack at `path`, without itself and what it has `used`."""
        used_names = {finding.file_name(path), *(source.name for source in used)}
        return RelatedFiles(
            lambda: [file for file in self._packs_around(path) if finding.file_name(file) not in used_names],
            lambda: [file for file in self._scenarios_around(path) if file.absolute() != path.absolute()],
            self._text,
            self._tree,
        )

    def _packs_around(self, path: Path) -> list[Path]:
        """Packs that could be used with the file at `path`, the nearest first."""
        folders = (
            [path.parent] if path.parent.name == "rules" else [path.parent / "rules", _content_root(path) / "rules"]
        )
        folders.append(shipped_folder() / "rules")
        self._looked_in(folders)
        return _each_once(file for folder in folders for file in sorted(folder.glob("*.yaml")))

    def _scenarios_around(self, path: Path) -> list[Path]:
        """Scenarios that a pack at `path` could be for: those checked with it, its own, those beside it, shipped."""
        folders = [_content_root(path) / "scenarios", path.absolute().parent.parent / "scenarios"]
        folders.append(shipped_folder() / "scenarios")
        self._looked_in(folders)
        own = path.absolute().parent.parent / SCENARIO
        files = [file for folder in folders for file in sorted(folder.glob(f"*/{SCENARIO}"))[:_MOST_AROUND]]
        return _each_once((*self._scenarios, *([own] if finding.is_there(own) else ()), *files))

    def _look(self, path: Path) -> None:
        """Keep in mind that the answer rests on what is at a whole path."""
        self.looked_at.add(path)
        if path not in self.stamps and (stamp := file_stamp(path)) is not None:
            self.stamps[path] = stamp

    def _looked_in(self, folders: Iterable[Path]) -> None:
        for folder in folders:
            self.looked_at.add(finding.whole_path(folder))

    def _text(self, path: Path) -> str:
        """What stands in a file around; empty where it cannot be read."""
        self._look(finding.whole_path(path))
        return read_source(path, Problems()) or ""

    def _tree(self, path: Path) -> Any:
        """The tree of a file around, its mistakes left to a check of its own."""
        source = SourceReader(Problems(), self).source(path)
        self._look(finding.whole_path(path))
        return None if source is None else source.tree

    def example_beside(self, path: Path, name: str | None = None) -> Located[Example] | None:
        """The exemplary session of the scenario in the file `path`, as acts, or one in a file of that name.

        None where there is none.
        """
        source = self.source(path)
        situation = None if source is None else source.partly(Scenario, self._problems)
        return None if situation is None else self._example(situation, path.parent, name)

    def _example(self, situation: Located[Scenario], folder: Path, name: str | None = None) -> Located[Example] | None:
        """The exemplary session beside a scenario; None where there is none, where it is a log, or cannot be read."""
        if name is None and situation.source.is_given("example"):
            name = situation.model.example
        if name is None:
            return None
        path, reference = folder / name, situation.source.spot("example")
        if name.endswith(".jsonl"):
            self._look(finding.whole_path(path))
            if not finding.is_there(path):
                self._problems.error(reference, Sentence("there is no file '{shown}'", shown=name), code="file/missing")
            return None
        source = self.source(path, reference)
        if source is None:
            return None
        return self._read_once((path, "example"), lambda own: source.checked_model(Example, own))

    def _texts(self, situation: Located[Scenario], folder: Path) -> dict[str, str]:
        """The long texts that a scenario names, those that can be read."""
        texts: dict[str, str] = {}
        for loc, name in long_texts(situation.model):
            if name not in texts and situation.source.is_given(*loc):
                path, reference = folder / name, situation.source.spot(*loc)
                self._look(finding.whole_path(path))
                text = read_text_file(
                    path, self._problems, within=folder, shown=finding.shown_file(path), reference=reference
                )
                if text is not None:
                    texts[name] = text
        return texts


def _read(path: Path, problems: Problems, reference: Spot | None = None) -> Source | None:
    file = read_yaml(path, problems, shown=finding.shown_file(path), reference=reference)
    return None if file is None else from_file(file, finding.file_name(path))


def _content_root(path: Path) -> Path:
    """The folder in which `scenarios/` and `rules/` lie, for a scenario's file."""
    return path.absolute().parent.parent.parent


def _each_once(files: Iterable[Path]) -> list[Path]:
    """Each file once, however it is written."""
    return list({finding.whole_path(file): file for file in reversed(list(files))}.values())[::-1]


def _named_packs(source: Source) -> list[tuple[str, Spot | None]]:
    """The packs that a scenario lists, with their places; names that are no ids are the model's to refuse."""
    listed = source.tree.get("rules") if isinstance(source.tree, dict) else None
    names = listed[:20] if isinstance(listed, list) else [listed]
    return [
        (name, source.spot("rules", place))
        for place, name in enumerate(names)
        if isinstance(name, str) and finding.ID.fullmatch(name)
    ]


def _lists_packs(source: Source) -> bool:
    """Whether every pack of a scenario is among those that `_named_packs` finds; one alone may lack its brackets."""
    listed = source.tree.get("rules") if isinstance(source.tree, dict) else None
    return source.complete("rules") or (isinstance(listed, str) and bool(_named_packs(source)))
