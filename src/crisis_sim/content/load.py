"""Finds scenarios and rule packs, reads them, and hands on checked material or every problem of every file at once.

A scenario is named by the id of a shipped one, by its folder, or by its file; a rule pack by its id or its file. Packs
are looked for beside the scenario before among the shipped ones. What a file may say is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.content.files import read_text_file
from crisis_sim.content.material import Material, join
from crisis_sim.content.scenario import Scenario, long_texts
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.content.sources import Source, Written, from_file
from crisis_sim.content.yamlfile import read_yaml
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems, Spot, did_you_mean, shown_path
from crisis_sim.rules.pack import Pack

SCENARIO: Final = "scenario.yaml"
"""The file in a scenario's folder."""


def load_material(scenario: str | Path, packs: Sequence[str] | None = None) -> Material:
    """A scenario with its rule packs, or with `packs` in place of those it lists.

    Raises ProblemsFound with all problems of all files, or UnreadableInput when there is no such scenario or pack.
    """
    problems = Problems()
    material = Reader(problems).material(scenario_file(scenario), packs)
    problems.raise_errors()
    assert material is not None
    return material


def scenario_file(scenario: str | Path) -> Path:
    """The file that `scenario` names: a file, a folder with a scenario in it, or the id of a shipped scenario.

    Raises UnreadableInput when there is none.
    """
    path = Path(scenario)
    if path.is_file():
        return path
    if (path / SCENARIO).is_file():
        return path / SCENARIO
    shipped = shipped_folder() / "scenarios"
    if len(path.parts) == 1 and (shipped / path / SCENARIO).is_file():
        return shipped / path / SCENARIO
    what = f"the folder '{scenario}' has no {SCENARIO}" if path.is_dir() else f"there is no scenario '{scenario}'"
    hint = did_you_mean(str(scenario), (folder.name for folder in _folders(shipped)))
    raise UnreadableInput("content/no-scenario", what, hint=hint or "crisis-sim list shows the ones there are")


class Reader:
    """Reads each file once, however many others name it."""

    def __init__(self, problems: Problems) -> None:
        """Problems of all that is read go to `problems`."""
        self._problems = problems
        self._read: dict[Path, Source | None] = {}
        self._packs: dict[Path, Written[Pack] | None] = {}

    def material(self, path: Path, packs: Sequence[str] | None = None) -> Material | None:
        """The scenario in the file `path` joined with its packs, or None with the reasons among the problems."""
        source = self.source(path)
        if source is None:
            return None
        story = source.written(Scenario, self._problems)
        names = _named_packs(source) if packs is None else [(name, None) for name in packs]
        found = [self._pack(name, spot, path) for name, spot in names]
        read = [pack for pack in found if pack is not None]
        texts = {} if story is None else self._texts(story, path.parent)
        whole = len(read) == len(found)
        return join(story, read, texts, self._problems, whole=whole, listed=source.key_spot("rules"))

    def source(self, path: Path, named: Spot | None = None) -> Source | None:
        """The file at `path`, or None with the reasons among the problems."""
        if path not in self._read:
            file = read_yaml(path, self._problems, shown=_shown(path), named=named)
            self._read[path] = None if file is None else from_file(file, file_name(path))
        return self._read[path]

    def pack(self, path: Path, named: Spot | None = None) -> Written[Pack] | None:
        """The rule pack in the file `path`, or None with the reasons among the problems."""
        if path not in self._packs:
            source = self.source(path, named)
            self._packs[path] = None if source is None else source.written(Pack, self._problems)
        return self._packs[path]

    def _pack(self, name: str, named: Spot | None, scenario: Path) -> Written[Pack] | None:
        path = pack_file(name, scenario)
        if path is not None:
            return self.pack(path, named)
        hint = did_you_mean(name, _packs_near(scenario))
        if named is None:
            raise UnreadableInput("content/no-pack", f"there is no rule pack '{name}'", hint=hint)
        self._problems.error(named, f"there is no rule pack '{name}'", code="link/no-pack", hint=hint)
        return None

    def _texts(self, story: Written[Scenario], folder: Path) -> dict[str, str]:
        """The long texts that a scenario names, those that can be read."""
        texts: dict[str, str] = {}
        for loc, name in long_texts(story.model):
            if name not in texts:
                path, named = folder / name, story.source.spot(*loc)
                text = read_text_file(path, self._problems, within=folder, shown=_shown(path), named=named)
                if text is not None:
                    texts[name] = text
        return texts


def pack_file(name: str, scenario: Path) -> Path | None:
    """The file of a rule pack that is named by id or path, or None when there is none."""
    if name.endswith((".yaml", ".yml")):
        return Path(name) if Path(name).is_file() else None
    candidates = (folder / f"{name}.yaml" for folder in _rule_folders(scenario))
    return next((path for path in candidates if path.is_file()), None)


def file_name(path: Path) -> str:
    """What a file is called in traces and logs, the same on every machine: `rules/core.yaml`."""
    parts = path.absolute().parts
    kept = 3 if len(parts) > 3 and parts[-3] == "scenarios" else 2
    return "/".join(parts[-kept:])


class Listing(NamedTuple):
    """A shipped scenario or rule pack, for menus."""

    id: str
    title: str
    says: str
    path: Path


def _named_packs(source: Source) -> list[tuple[str, Spot | None]]:
    listed = source.tree.get("rules") if isinstance(source.tree, dict) else None
    names = listed if isinstance(listed, list) else []
    return [(name, source.spot("rules", place)) for place, name in enumerate(names) if isinstance(name, str)]


def _rule_folders(scenario: Path) -> Iterator[Path]:
    yield scenario.parent / "rules"
    yield scenario.absolute().parent.parent.parent / "rules"
    yield shipped_folder() / "rules"


def _packs_near(scenario: Path) -> list[str]:
    return [path.stem for folder in _rule_folders(scenario) for path in folder.glob("*.yaml")]


def _folders(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob(f"*/{SCENARIO}"))


def _shown(path: Path) -> str:
    """The path as an author would type it: from where he stands if the file lies below."""
    try:
        return shown_path(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return shown_path(path)
