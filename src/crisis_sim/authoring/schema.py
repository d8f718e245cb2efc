"""JSON Schemas of authored files, for editors: pydantic makes them of the models, and the ids that exist are added.

The shipped ones know the ids of the shipped rule packs. A scenario or a pack may have one of its own that knows its
ids as well; it lies beside the file, and `check --watch` brings it up to date.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from crisis_sim.authoring.word_meanings import word_meanings
from crisis_sim.content.authored_assets import Asset, Consent, PrivateFact
from crisis_sim.content.authored_bonds import Instrument
from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.authored_stakes import Line, TrackOf
from crisis_sim.content.known_names import FAMILIES
from crisis_sim.content.listings import FileKind, list_packs, list_scenarios, shipped_folder
from crisis_sim.content.load import is_scenario, load_material
from crisis_sim.content.material import Material
from crisis_sim.content.named_things import named_things
from crisis_sim.content.scenario import After, Inject, Question, Scenario
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.content.sources import Located
from crisis_sim.content.where import ACT
from crisis_sim.errors import CrisisSimError, Sentence, StorageFailed, why_not
from crisis_sim.problems import Problems, shown_path
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.base_settings import DecisionSettings, OutcomeSettings, VoiceSettings
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.move import Ask, Move, Stands
from crisis_sim.rules.offences import AtOneTable, HearingProfile
from crisis_sim.rules.pack import Base, CitingSettings, Commitment, Pack
from crisis_sim.rules.vocabulary import VOCABULARY

Schema: TypeAlias = dict[str, Any]
Ids: TypeAlias = Mapping[str, Mapping[str, str]]
"""By kind of thing, the ids of that kind and what each is called in English."""

FILES: Final[dict[FileKind, str]] = {"scenario": "scenario.schema.json", "pack": "pack.schema.json"}
"""What the general schema is called, and a scenario's own, which has a folder for itself."""

MODELINE: Final = "# yaml-language-server: $schema="
"""How the first line of an authored file begins; the rest of it names the schema."""

ROOTS: Final[Mapping[FileKind, type[Authored]]] = {"scenario": Scenario, "pack": Pack}

CHANNEL_WORDS: Final = {
    "used": "The channel that the act goes over",
    "about": "The channel that the act is about",
    "all": "Every channel",
}
"""Words that stand for channels in effects."""
ACT_CHANNELS: Final = frozenset({"used", "about"})
"""Those of them that mean something only where there is an act at hand."""

TAKES: Final[Mapping[tuple[type[Authored], str], tuple[str, ...]]] = {
    (Scenario, "rules"): ("pack",),
    (Asset, "used_in"): ("move",),
    (Consent, "fact"): ("fact",),
    (Consent, "ask"): ("move",),
    (Move, "needs_consent_or"): ("term",),
    (Stands, "under"): ("fact",),
    (Stands, "unless"): ("term",),
    (Line, "concern"): ("concern",),
    (Line, "leads_to"): ("red line",),
    (Inject, "calls_for"): ("move", "family", "private fact"),
    (TrackOf, "helped_by"): ("move", "family"),
    (OutcomeSettings, "blocked_by"): ("fact",),
    (VoiceSettings, "met_by"): ("move",),
    (After, "inject"): ("inject",),
    (Inject, "from"): ("voice",),
    (PrivateFact, "concerns"): ("concern",),
    (Channel, "kind"): ("channel kind",),
    (Question, "recalls"): ("inject", "line", "channel", "track", "move", "commitment"),
    (Move, "over"): ("channel kind",),
    (Move, "terms"): ("term",),
    (Move, "concerns"): ("concern",),
    (Ask, "accept"): ("move",),
    (Ask, "decline"): ("move",),
    (Commitment, "with_moves"): ("move",),
    (CitingSettings, "with_moves"): ("move",),
    (CitingSettings, "concern"): ("concern",),
    (Instrument, "concerns"): ("concern",),
    (Base, "holding"): ("move",),
    **{(DecisionSettings, answer): ("move",) for answer in DecisionSettings.model_fields},
    (AtOneTable, "acts"): ("offence",),
    (HearingProfile, "order"): ("offence",),
    (Pack, "without"): ("rule",),
    **{(model, name): kinds for model in VOCABULARY for name, key in keys_of(model).items() if (kinds := key.names)},
}
"""Keys whose values name something, and the kinds of thing they may name."""

CLOSED_KINDS: Final = frozenset(
    {"family", "concern", "term", "fact", "channel kind", "move", "commitment", "channel word"}
)
"""Kinds of thing of which a scenario can use only those that its packs or it itself have."""

UNKNOWN_ID: Final = (
    "Nothing here has this id. Ctrl+Space lists those there are;"
    " `crisis-sim check FILE --schema write` brings the list up to date."
)

NO_ACT: Final = "WithoutAct"
"""Behind the name of a definition: as it is in an inject, where no act is at hand to ask about."""

_SHORT_FORM: Final[Schema] = {"type": ["string", "array"]}
"""What may stand for a model whose reader takes a text or a list."""


class _FileSchema(GenerateJsonSchema):
    """pydantic's generator for what stands in files: nothing is null there, and short forms may stand for models."""

    def nullable_schema(self, schema: Any) -> Schema:
        """A key that may be left out is left out, and never empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> Schema:
        """Defaults are kept in other units than files use."""
        return self.generate_inner(schema["schema"])

    def literal_schema(self, schema: Any) -> Schema:
        """A choice, with what its words mean."""
        json_schema = super().literal_schema(schema)
        meanings = word_meanings(json_schema.get("enum", ()))
        return json_schema if meanings is None else {**json_schema, "enumDescriptions": meanings}

    def model_schema(self, schema: Any) -> Schema:
        """A model's keys and no others, beside its short form if it has one."""
        json_schema = super().model_schema(schema)
        if "anyOf" in json_schema:
            json_schema["anyOf"][1]["additionalProperties"] = json_schema.pop("additionalProperties")
        return json_schema

    def function_before_schema(self, schema: Any) -> Schema:
        """A lone value may stand for a list, and for a model the text or list that its reader takes."""
        inner = self.generate_inner(schema["schema"])
        if inner.get("type") == "array" and "items" in inner:
            return {"anyOf": [inner["items"], inner]}
        if "properties" in inner:
            return {"anyOf": [_SHORT_FORM, inner]}
        return inner


def file_schema(kind: FileKind, ids: Ids, closed: frozenset[str] = frozenset({"family"})) -> Schema:
    """The schema of scenarios or of packs that may use these ids, and of kinds that are not `closed` any other."""
    root = ROOTS[kind]
    schema = root.model_json_schema(schema_generator=_FileSchema, ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs", {})
    if sided := definitions.get("SidedText"):
        sided["anyOf"][0] = {"$ref": "#/definitions/Text"}
    if inject := definitions.get("Inject"):
        definitions["Inject"] = _without_act(inject, definitions)
    for (model, key), kinds in TAKES.items():
        titles = {name: title for id_kind in kinds for name, title in ids.get(id_kind, {}).items()}
        titles_without_act = {name: title for name, title in titles.items() if name not in ACT_CHANNELS}
        for definition, offered in (
            (schema if model is root else definitions.get(model.__name__, {}), titles),
            (definitions.get(model.__name__ + NO_ACT, {}), titles_without_act),
        ):
            for form in (definition, *definition.get("anyOf", ())):
                if key in form.get("properties", {}):
                    form["properties"][key] = _offering(form["properties"][key], offered, set(kinds) <= closed)
    for definition in definitions.values():
        for form in (definition, *definition.get("anyOf", ())):
            _show_examples(form.get("properties", {}))
        if definition.get("anyOf", ({},))[0] == _SHORT_FORM and "id" in definition["anyOf"][1]["properties"]:
            definition["anyOf"][0] = definition["anyOf"][1]["properties"]["id"]
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema, "definitions": definitions}


def _without_act(schema: Any, definitions: Schema) -> Any:
    """A copy of a schema as it is where no act is at hand; the definitions that it refers to are copied for it."""
    if isinstance(schema, list):
        return [_without_act(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: _without_act(part, definitions) for key, part in schema.items() if key != "$ref"}
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        copy["$ref"] = schema["$ref"] + NO_ACT
        if name + NO_ACT not in definitions:
            definitions[name + NO_ACT] = {}  # it may refer to itself
            definitions[name + NO_ACT] = _without_act(definitions[name], definitions)
            if name == Condition.__name__:
                for key in ACT:
                    del definitions[name + NO_ACT]["properties"][key]
    return copy


def _show_examples(properties: Schema) -> None:
    """Put each key's example behind its description, as a file has it; as plain examples they would stand quoted."""
    for key, value in properties.items():
        for example in value.pop("examples", ()):
            value["markdownDescription"] = f"{value.get('description', '')}\n\n```yaml\n{key}: {example}\n```"


def _offering(schema: Any, titles: Mapping[str, str], only: bool) -> Any:
    """The schema with ids offered wherever it takes a text, and `only` these taken, or others as well."""
    if isinstance(schema, list):
        return [_offering(part, titles, only) for part in schema]
    if not isinstance(schema, dict) or not titles:
        return schema
    if schema.get("type") == "string" and "enum" not in schema:
        labels = {key: schema[key] for key in ("title", "description") if key in schema}
        offered = {"enum": list(titles), "enumDescriptions": list(titles.values())}
        if only:
            return {**labels, **offered, "errorMessage": UNKNOWN_ID}
        return {**labels, "anyOf": [offered, {key: schema[key] for key in schema if key not in labels}]}
    inside = ("anyOf", "items", "prefixItems", "additionalProperties")
    return {key: _offering(part, titles, only) if key in inside else part for key, part in schema.items()}


def known_ids(packs: Sequence[Pack], listed: Mapping[str, str], scenario: Scenario | None = None) -> Ids:
    """The ids of `packs` and of a scenario by kind; `listed` are the packs that a scenario can list."""
    ids: dict[str, dict[str, str]] = {
        "family": dict(zip(FAMILIES, word_meanings(FAMILIES) or (), strict=True)),
        "channel word": dict(CHANNEL_WORDS),
        "pack": dict(listed),
    }
    files: list[Pack | Scenario] = [*packs] if scenario is None else [*packs, scenario]
    for item in (item for file in files for item in named_things(file) if item.kind != "instruction"):
        kinds, title = [item.kind], item.title.en
        if scenario is not None and item.kind == "line":
            team = scenario.teams.team_of("us" if item.place[1] == "us" else "china").name.en
            kinds, title = [f"{item.entry.kind} line", "line"], f"{title} ({team}, {item.entry.kind})"
        for kind in kinds:
            ids.setdefault(kind, {})[item.name] = title
    return ids


def shipped_schema(kind: FileKind) -> Schema:
    """The schema that knows the shipped rule packs and no scenario."""
    return _pack_ids_schema(kind, shipped_folder() / "rules")


def comes_with(path: Path) -> bool:
    """Whether a path is that of a general schema which comes with crisis-sim."""
    folder = shipped_folder()
    return path.resolve() in {(folder / f"{part}s" / name).resolve() for part, name in _SHIPPED}


_SHIPPED: Final = (("scenario", FILES["scenario"]), ("rule", FILES["pack"]))


def scenario_schema(material: Material) -> Schema:
    """The schema of one scenario: it knows the ids of its packs and its own."""
    titles = {pack.id: pack.title.en for pack in material.packs} | {pack.id: pack.title.en for pack in list_packs()}
    return file_schema("scenario", known_ids(material.packs, titles, material.scenario), CLOSED_KINDS)


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
    return _pack_schema(file), _pack_ids_schema("pack", file.parent)


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
    temp_path = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return False
        temp_path.write_text(text, encoding="utf-8", newline="\n")
        temp_path.replace(path)
    except OSError as error:
        temp_path.unlink(missing_ok=True)
        why = why_not(error, Sentence("the disk refused"))
        message = Sentence(
            "the schema could not be written to {shown_path}: {why}", shown_path=shown_path(path), why=why
        )
        raise StorageFailed("schema/not-written", message, hint="look at the folder's permissions") from error
    return True


def schema_text(schema: Schema) -> str:
    """A schema as its file has it: the same on every machine, one thing a line."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _pack_ids_schema(kind: FileKind, folder: Path) -> Schema:
    """A schema that knows the shipped packs, and those in `folder` that can be read."""
    packs = [pack.model for pack in packs_in(folder)]
    return file_schema(kind, known_ids(packs, {pack.id: pack.title.en for pack in packs}))


def packs_in(folder: Path) -> Sequence[Located[Pack]]:
    """The packs that ship, and those in a folder in place of any of the same name, as far as they can be read."""
    files = {pack.id: pack.path for pack in list_packs()}
    files |= {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    return list(_read(files.values(), SourceReader(Problems())))


def pack_with_base(file: Path) -> Material:
    """The pack in a file, with the base that ships where it is none itself. Raises ProblemsFound."""
    problems = Problems()
    reader = SourceReader(problems)
    reader.pack_alone(file)
    problems.raise_errors()
    shipped = () if (own := reader.pack(file)) and own.model.base else [pack.path for pack in list_packs()]
    bases = [pack for pack in _read(shipped, reader) if pack.model.base is not None and pack.model.id != file.stem]
    return packs_alone([*bases[:1], *_read([file], reader)])


def packs_alone(packs: Sequence[Located[Pack]]) -> Material:
    """Packs, one of them a base, as a material; a shipped scenario stands in, which who asks of packs leaves out."""
    first = load_material(list_scenarios()[0].path)
    models, sources = [pack.model for pack in packs], [pack.source for pack in packs]
    return Material.from_parts(first.scenario, models, first.texts, (first.sources[0], *sources))


def _read(files: Iterable[Path], reader: SourceReader) -> Iterator[Located[Pack]]:
    packs = (reader.pack(file) for file in files)
    yield from (pack for pack in packs if pack is not None and pack.source.sound)
