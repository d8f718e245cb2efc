"""Where files of scenarios and rule packs lie, by what people call them: an id, a folder, a file.

Nothing is read here but the names in folders.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from crisis_sim.content.listings import SCENARIO, Listing, list_packs, list_scenarios, shipped_folder
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import meant, nearest, shown_path
from crisis_sim.text import clean, clipped

ID: Final = re.compile(r"[a-z0-9-]{1,60}")
_ENDINGS = (".yaml", ".yml")
_DEEP = 4
_MOST_FILES = 1000


def scenario_file(scenario: str | Path) -> Path:
    """The file that `scenario` names: a file, a folder with a scenario in it, or an id.

    An id is that of a scenario in the folder `scenarios` where one stands, or else of a shipped one.

    Raises UnreadableInput when there is none.
    """
    path = Path(scenario)
    file = _scenario_at(path)
    if file is not None:
        return file
    hint = _meant(str(scenario), list_scenarios(Path("scenarios")))
    message = (
        Sentence("the folder {path} has no {file}", path=_quote_path(path), file=SCENARIO)
        if _is_folder(path)
        else Sentence("there is no scenario {path}", path=_quote_path(path))
    )
    raise UnreadableInput(
        "content/no-scenario", message, hint=hint or Sentence("crisis-sim list shows the ones there are")
    )


def _meant(name: str, listed: Sequence[Listing]) -> str:
    """A hint with the id that is near to a name, or whose title is."""
    ids = {title: item.id for item in listed for title in (item.id, item.title.en, item.title.zh or item.title.en)}
    close = nearest(name, ids)
    return meant(ids[close]) if close is not None else ""


def _scenario_at(path: Path) -> Path | None:
    """The scenario's file at a path, or by the id of one in the folder `scenarios` or among the shipped ones."""
    own, shipped = Path("scenarios"), shipped_folder() / "scenarios"
    shelves = [] if len(path.parts) != 1 else [shipped] if own.absolute() == shipped else [own, shipped]
    candidates = [path, path / SCENARIO, *(file_cache / path / SCENARIO for file_cache in shelves)]
    return next((candidate for candidate in candidates if is_there(candidate)), None)


def authored_files(path: str | Path) -> list[Path]:
    """The files that one argument of a check means."""
    if path == "":
        raise UnreadableInput(
            "content/no-file", "an empty name leads to no file", hint="name a file, a folder or an id"
        )
    target = Path(path)
    if _is_folder(target) and not is_there(target / SCENARIO):
        files = list(_files_below(target, _DEEP))[:_MOST_FILES]
        if files:
            return files
        message = Sentence("there is no scenario and no rule pack in the folder {path}", path=_quote_path(path))
        raise UnreadableInput(
            "content/nothing-here", message, hint=Sentence("a scenario is a folder with a {file}", file=SCENARIO)
        )
    found_file = _scenario_at(target) or pack_file(str(path), None)
    if found_file is not None:
        return [found_file]
    hint = _meant(str(path), [*list_scenarios(Path("scenarios")), *list_packs()]) or Sentence(
        "crisis-sim list shows what there is"
    )
    raise UnreadableInput(
        "content/no-file", Sentence("there is no file or folder {path}", path=_quote_path(path)), hint=hint
    )


def folders_of(path: str | Path) -> list[Path]:
    """The folders that decide which files one argument of a check means; whole, and some may not be there."""
    target = Path(path)
    if _is_folder(target):
        return [whole_path(folder) for folder in islice(_folders_below(target, _DEEP), _MOST_FILES)]
    return [whole_path(target).parent, *([whole_path(target)] if not is_there(target) else [])]


def _files_below(folder: Path, deep: int) -> Iterator[Path]:
    """Scenarios, and YAML files in folders called `rules`; hidden folders are left alone."""
    for subfolder in _folders_below(folder, deep):
        for entry in _entries(subfolder):
            if entry.name == SCENARIO or (subfolder.name == "rules" and entry.suffix in (".yaml", ".yml")):
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


def pack_file(name: str, scenario: Path | None) -> Path | None:
    """The file of a rule pack that is named by id, or by path where no scenario names it; None when there is none."""
    if name.endswith(_ENDINGS):
        return Path(name) if is_there(Path(name)) else None
    if not ID.fullmatch(name):
        return None
    candidates = (folder / f"{name}.yaml" for folder in rule_folders(scenario))
    return next((path for path in candidates if is_there(path)), None)


def packs_near(scenario: Path | None) -> list[str]:
    """Ids of the rule packs that a scenario could name."""
    return [path.stem for folder in rule_folders(scenario) for path in folder.glob("*.yaml")]


def rule_folders(scenario: Path | None) -> Iterator[Path]:
    """The folders in which a rule pack is looked for, the first first."""
    if scenario is not None:
        yield scenario.parent / "rules"
        yield scenario.absolute().parent.parent.parent / "rules"
    yield shipped_folder() / "rules"


def is_there(path: Path) -> bool:
    """Whether `path` leads to something that is no folder; a name that cannot be one leads nowhere."""
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):
        return False


def whole_path(path: Path) -> Path:
    """The path from the root, so that one file is one file however it is named; symbolic links are kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps '..'


def file_name(path: Path) -> str:
    """What a file is called in traces and logs, the same on every machine: `rules/core.yaml`."""
    parts = path.absolute().parts
    part_count = 3 if len(parts) > 3 and parts[-3] == "scenarios" else 2
    return "/".join(parts[-part_count:])


def shown_file(path: Path) -> str:
    """The path as an author would type it: from where he stands if the file lies below."""
    try:
        return shown_path(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return shown_path(path)


def _quote_path(path: str | Path) -> str:
    """A path in quotes, as it can be printed."""
    return Sentence("'{text}'", text=clipped(clean(str(path), lines=False), 80))


def _is_folder(path: Path) -> bool:
    """Whether a folder is there by itself, and not by a link."""
    try:
        return path.is_dir() and not path.is_symlink()
    except (OSError, ValueError):
        return False
