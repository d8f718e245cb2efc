"""JSON Schemas of authored files, for editors: made from the models, with their docstrings as hover texts.

The shipped ones know the ids of the shipped rule packs. A scenario or a pack may have one of its own that knows its
ids as well; it lies beside the file, and whoever checks the file brings it up to date. Packs that are looked at where
no scenario is meant are their own, those beside them, and those that ship.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from crisis_sim.authoring.asked_back import Asker, as_markdown
from crisis_sim.authoring.schema_forms import Schema
from crisis_sim.authoring.schema_places import fitted
from crisis_sim.authoring.schema_words import Titles, offered
from crisis_sim.content.cached_material import ready_material
from crisis_sim.content.file_head import FileKind
from crisis_sim.content.listings import list_packs, list_scenarios, shipped_folder
from crisis_sim.content.load import is_scenario, load_material
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.content.sources import Written
from crisis_sim.errors import CrisisSimError, Sentence, StorageFailed, why_not
from crisis_sim.problems import Problems, shown_path
from crisis_sim.rules.pack import Pack
from crisis_sim.wording import plain

FILES: Final[dict[FileKind, str]] = {"scenario": "scenario.schema.json", "pack": "pack.schema.json"}
"""What the general schema is called, and a scenario's own, which has a folder for itself."""

MODELINE: Final = "# yaml-language-server: $schema="
"""How the first line of an authored file begins; the rest of it names the schema."""

_TITLES: Final[dict[FileKind, str]] = {"scenario": "A scenario of crisis-sim", "pack": "A rule pack of crisis-sim"}


def shipped_schema(kind: FileKind) -> Schema:
    """The schema that knows the shipped rule packs and no scenario."""
    return _of_packs(kind, shipped_folder() / "rules", is_asked=False)


def comes_with(path: Path) -> bool:
    """Whether a path is that of a general schema which comes with crisis-sim."""
    folder = shipped_folder()
    return path.resolve() in {(folder / f"{part}s" / name).resolve() for part, name in _SHIPPED}


_SHIPPED: Final = (("scenario", FILES["scenario"]), ("rule", FILES["pack"]))


def scenario_schema(material: Material) -> Schema:
    """The schema of one scenario: it knows the ids of its packs, of which there can be no others, and its own."""
    titles = {pack.id: pack.title.en for pack in material.packs} | {each.id: each.title.en for each in list_packs()}
    return _made("scenario", fitted(Scenario, offered(material.packs, titles, material.scenario, _asked(material))))


def _asked(material: Material, *, scenario: bool = True) -> Mapping[str, Titles]:
    """What is said over each name: what sets it, who reads it, what ends it."""
    asker = Asker(material, scenario=scenario)
    return {
        kind: {name: as_markdown(asker.answer(kind, name), plain) for name in names}
        for kind, names in asker.names.items()
    }


def schema_beside(file: Path) -> tuple[Path, Schema]:
    """The schema for the scenario or rule pack in `file`, and where it belongs.

    Raises ProblemsFound with the problems of the file, or UnreadableInput.
    """
    problems = Problems()
    reader = SourceReader(problems)
    if is_scenario(file, reader):
        return file.parent / FILES["scenario"], scenario_schema(load_material(file))
    reader.pack_alone(file)
    problems.raise_errors()
    return _pack_schema(file), _of_packs("pack", file.parent)


def _pack_schema(file: Path) -> Path:
    """Where the schema of the pack in a file belongs: beside it, under its name, since packs share a folder."""
    return file.with_name(f"{file.stem}.schema.json")


def refresh_schema(file: Path, material: Material | None = None) -> bool:
    """Bring the schema beside a scenario or rule pack up to date, if there is one; whether it was written.

    `material` is the scenario's, where it has been loaded already. While the file has mistakes, the schema of its last
    sound state stays. Nothing is raised.
    """
    try:
        if not any(path.is_file() for path in (file.parent / FILES["scenario"], _pack_schema(file))):
            return False
        path, schema = (
            schema_beside(file) if material is None else (file.parent / FILES["scenario"], scenario_schema(material))
        )
        return path.is_file() and write_schema(path, schema)
    except (CrisisSimError, OSError):
        return False


def write_schema(path: Path, schema: Schema) -> bool:
    """Put a schema into a file, whole or not at all; whether that changed anything. Raises StorageFailed."""
    text = schema_text(schema)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return False
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = why_not(error, Sentence("the disk refused"))
        said = Sentence("the schema could not be written to {shown_path}: {why}", shown_path=shown_path(path), why=why)
        raise StorageFailed("schema/not-written", said, hint="look at the folder's permissions") from error
    return True


def schema_text(schema: Schema) -> str:
    """A schema as its file has it: the same on every machine, one thing a line."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _of_packs(kind: FileKind, folder: Path, *, is_asked: bool = True) -> Schema:
    """A schema that knows the shipped packs, and those in `folder` that can be read, and may say what is asked back."""
    packs = packs_in(folder)
    models = [pack.model for pack in packs]
    titles = {pack.id: pack.title.en for pack in models}
    asked = _asked(packs_alone(packs), scenario=False) if is_asked else {}
    return _made(kind, fitted(Scenario if kind == "scenario" else Pack, offered(models, titles, asked=asked)))


def _made(kind: FileKind, schema: Schema) -> Schema:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": _TITLES[kind], **schema}


def packs_in(folder: Path) -> Sequence[Written[Pack]]:
    """The packs that ship, and those in a folder in place of any of the same name, as far as they can be read."""
    files = {each.id: each.path for each in list_packs()}
    files |= {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    return list(_read(files.values(), SourceReader(Problems())))


def pack_with_base(file: Path) -> Material:
    """The pack in a file, with the base that ships where it is none itself. Raises ProblemsFound."""
    problems = Problems()
    reader = SourceReader(problems)
    reader.pack_alone(file)
    problems.raise_errors()
    shipped = () if (own := reader.pack(file)) and own.model.base else [each.path for each in list_packs()]
    bases = [pack for pack in _read(shipped, reader) if pack.model.base is not None and pack.model.id != file.stem]
    return packs_alone([*bases[:1], *_read([file], reader)])


def packs_alone(packs: Sequence[Written[Pack]]) -> Material:
    """Packs, one of them a base, as a material; a shipped scenario stands in, which who asks of packs leaves out."""
    first = ready_material(list_scenarios()[0].path)
    models, sources = [pack.model for pack in packs], [pack.source for pack in packs]
    return Material.of(first.scenario, models, first.texts, (first.sources[0], *sources))


def _read(files: Iterable[Path], reader: SourceReader) -> Iterator[Written[Pack]]:
    found = (reader.pack(file) for file in files)
    yield from (pack for pack in found if pack is not None and pack.source.sound)
