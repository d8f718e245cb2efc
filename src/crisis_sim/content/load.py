"""The content floor's front door: load a scenario, list what is shipped, find the files that somebody names.

A scenario is named by its id, by its folder, or by its file; a rule pack by its id or its file. What
is handed out has passed every check, or every problem of every file is said at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

from crisis_sim.content.files import read_source
from crisis_sim.content.material import Material, material_under
from crisis_sim.content.reader import SCENARIO, Reader, is_there, pack_file, whole_path
from crisis_sim.content.scenario import Length, Lengths
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.content.sources import from_file
from crisis_sim.content.yamlfile import parse_yaml
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems, nearest
from crisis_sim.rules.authored import Authored, Id, Text
from crisis_sim.rules.names import Language
from crisis_sim.text import clean, clipped

_DEEP = 4
_MOST_FILES = 1000


def load_material(scenario: str | Path, packs: Sequence[str] | None = None) -> Material:
    """A scenario with its rule packs, or with `packs` in place of those it lists.

    Raises ProblemsFound with all problems of all files, or UnreadableInput when there is no such scenario or pack.
    """
    problems = Problems()
    material = Reader(problems).material(scenario_file(scenario), packs)
    problems.raise_errors()
    if material is None:
        raise UnreadableInput("content/no-pack", "no rule pack was named", hint="name at least one, such as core")
    return material


def load_under(bundle: Any, packs: Sequence[str]) -> Material:
    """The scenario that a log's header holds, under the rule packs of these names: ids, or files.

    Raises ProblemsFound where they do not fit together, and UnreadableInput where there is no such pack.
    """
    problems = Problems()
    near = Path("scenarios") / "of-a-log" / SCENARIO
    found = Reader(problems).packs_named(packs, near)
    problems.raise_errors()
    no_base = UnreadableInput(
        "content/no-base", "none of these packs is a base", hint="name core first, then the others"
    )
    if found and all(pack.base is None for pack, _ in found):
        raise no_base  # before anything is linked: whatever the packs and the scenario name would be unknown
    material = material_under(bundle, found, problems)
    problems.raise_errors()
    if material is None:
        raise no_base
    return material


def scenario_file(scenario: str | Path) -> Path:
    """The file that `scenario` names: a file, a folder with a scenario in it, or an id.

    An id is that of a scenario in the folder `scenarios` where one stands, or else of a shipped one.

    Raises UnreadableInput when there is none.
    """
    path = Path(scenario)
    found = _scenario_at(path)
    if found is not None:
        return found
    hint = _meant(str(scenario), list_scenarios(Path("scenarios")))
    what = (
        f"the folder {_named(path)} has no {SCENARIO}" if _is_folder(path) else f"there is no scenario {_named(path)}"
    )
    raise UnreadableInput("content/no-scenario", what, hint=hint or "crisis-sim list shows the ones there are")


def _meant(name: str, listed: Sequence[Listing]) -> str:
    """A hint with the id that is near to a name, or whose title is."""
    ids = {title: item.id for item in listed for title in (item.id, item.title.en, item.title.zh or item.title.en)}
    close = nearest(name, ids)
    return f"did you mean '{ids[close]}'?" if close is not None else ""


class Listing(NamedTuple):
    """A scenario or rule pack, for menus."""

    id: str
    title: Text
    says: Text
    path: Path
    lengths: tuple[int, ...] = ()
    """Of a scenario: minutes in which it can be played; none if the file has mistakes."""
    languages: tuple[Language, ...] = ("en",)
    rules: tuple[str, ...] = ()
    """Of a scenario: the packs that it lists."""
    second_order: tuple[int, ...] = ()
    """Of a scenario: minutes in which it asks each team what it thinks the other guesses of its lines."""


def list_scenarios(own: Path | None = None) -> list[Listing]:
    """The shipped scenarios and those in the folder `own`, by the names of their folders; only their heads are read.

    One in `own` hides a shipped one of the same name, as it does where it is named by id.
    """
    shipped = shipped_folder() / "scenarios"
    folders = [shipped] if own is None or own.absolute() == shipped else [shipped, own]
    files = {file.parent.name: file for folder in folders for file in list(folder.glob(f"*/{SCENARIO}"))[:_MOST_FILES]}
    return [_listing(files[name], name, _ScenarioHead) for name in sorted(files)]


def list_packs() -> list[Listing]:
    """The shipped rule packs by id; only the head of each file is read."""
    files = sorted((shipped_folder() / "rules").glob("*.yaml"))
    return [_listing(file, file.stem, _Head) for file in files]


class _Head(Authored):
    """What a menu says of a file."""

    id: Id
    title: Text
    says: Text


class _ScenarioHead(_Head):
    """What a menu needs to set the table for a scenario."""

    lengths: dict[Length, tuple[int, ...] | Literal["all"]]
    languages: tuple[Language, ...] = ("en",)
    rules: tuple[Id, ...]
    second_order: Lengths = ()


def _listing(file: Path, name: str, kind: type[_Head]) -> Listing:
    """What the head of a file says; of a file with mistakes in it, that it has some."""
    problems = Problems()
    text = read_source(file, problems)
    head = None if text is None else parse_yaml(_head_of(text, tuple(kind.model_fields)), str(file), problems)
    written = None if head is None else from_file(head, name).written(kind, problems)
    if written is None:
        return Listing(name, Text(en=name), Text(en="This file has mistakes; crisis-sim check lists them."), file)
    model = written.model
    if isinstance(model, _ScenarioHead):
        lengths = tuple(sorted(model.lengths))
        asks = tuple(model.second_order)
        return Listing(model.id, model.title, model.says, file, lengths, model.languages, model.rules, asks)
    return Listing(model.id, model.title, model.says, file)


def _head_of(text: str, keys: Sequence[str]) -> str:
    """The lines of the top-level keys that menus show, without the rest of the file."""
    kept: list[str] = []
    found: set[str] = set()
    keeping = False
    for line in text.split("\n"):
        if line[:1].strip() and not line.startswith("#"):
            if len(found) == len(keys):
                break
            key = line.partition(":")[0]
            keeping = key in keys
            found |= {key} & set(keys)
        if keeping:
            kept.append(line)
    return "\n".join(kept)


def _scenario_at(path: Path) -> Path | None:
    """The scenario's file at a path, or by the id of one in the folder `scenarios` or among the shipped ones."""
    own, shipped = Path("scenarios"), shipped_folder() / "scenarios"
    shelves = [] if len(path.parts) != 1 else [shipped] if own.absolute() == shipped else [own, shipped]
    candidates = [path, path / SCENARIO, *(shelf / path / SCENARIO for shelf in shelves)]
    return next((candidate for candidate in candidates if is_there(candidate)), None)


def authored_files(path: str | Path) -> list[Path]:
    """The files that one argument of a check means."""
    if path == "":
        raise UnreadableInput(
            "content/no-file", "an empty name leads to no file", hint="name a file, a folder or an id"
        )
    at = Path(path)
    if _is_folder(at) and not is_there(at / SCENARIO):
        found = list(_files_below(at, _DEEP))[:_MOST_FILES]
        if found:
            return found
        said = f"there is no scenario and no rule pack in the folder {_named(path)}"
        raise UnreadableInput("content/nothing-here", said, hint=f"a scenario is a folder with a {SCENARIO}")
    found_file = _scenario_at(at) or pack_file(str(path), None)
    if found_file is not None:
        return [found_file]
    hint = (
        _meant(str(path), [*list_scenarios(Path("scenarios")), *list_packs()]) or "crisis-sim list shows what there is"
    )
    raise UnreadableInput("content/no-file", f"there is no file or folder {_named(path)}", hint=hint)


def folders_of(path: str | Path) -> list[Path]:
    """The folders that decide which files one argument of a check means; whole, and some may not be there."""
    at = Path(path)
    if _is_folder(at):
        return [whole_path(folder) for folder in islice(_folders_below(at, _DEEP), _MOST_FILES)]
    return [whole_path(at).parent, *([whole_path(at)] if not is_there(at) else [])]


def _files_below(folder: Path, deep: int) -> Iterator[Path]:
    """Scenarios, and YAML files in folders called `rules`; hidden folders are left alone."""
    for below in _folders_below(folder, deep):
        for entry in _entries(below):
            if entry.name == SCENARIO or (below.name == "rules" and entry.suffix in (".yaml", ".yml")):
                yield entry


def _folders_below(folder: Path, deep: int) -> Iterator[Path]:
    yield folder
    for entry in _entries(folder) if deep else ():
        if not entry.name.startswith(".") and _is_folder(entry):
            yield from _folders_below(entry, deep - 1)


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where it may not be looked into, or is gone."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def is_scenario(file: Path, reader: Reader) -> bool:
    """By its name, or by what is in it."""
    if file.name == SCENARIO:
        return True
    if file.parent.name == "rules":
        return False
    source = reader.source(file)
    return source is not None and isinstance(source.tree, dict) and not {"teams", "msel"}.isdisjoint(source.tree)


def _named(path: str | Path) -> str:
    """A path in quotes, as it can be printed."""
    return f"'{clipped(clean(str(path), lines=False), 80)}'"


def _is_folder(path: Path) -> bool:
    """Whether a folder is there by itself, and not by a link."""
    try:
        return path.is_dir() and not path.is_symlink()
    except (OSError, ValueError):
        return False
