"""The schemas that editors use: fresh, complete, no stricter than the loader, and true to the ids there are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tests.engine.play import shipped
from tests.small import SMALL_PACK, SMALL_SCENARIO, check_paths
from tests.thinning import one_in

from crisis_sim.authoring import schema_places
from crisis_sim.authoring.check import Checker
from crisis_sim.authoring.schema import (
    FILES,
    MODELINE,
    refresh_schema,
    scenario_schema,
    schema_beside,
    schema_text,
    shipped_schema,
    write_schema,
)
from crisis_sim.authoring.schema_forms import AS_WRITTEN, MANY, Schema, forms
from crisis_sim.authoring.schema_words import TAKES, key_docstrings
from crisis_sim.cli import main
from crisis_sim.cli.check import bring_schemas_up_to_date
from crisis_sim.content.file_head import FileKind
from crisis_sim.content.listings import list_packs, list_scenarios, shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.yamlfile import read_yaml
from crisis_sim.errors import StorageFailed
from crisis_sim.problems import Problems
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.pack import Pack

ROOT = Path(__file__).parents[2]
PLACES: dict[FileKind, Path] = {"scenario": ROOT / "scenarios", "pack": ROOT / "rules"}
SCENARIOS = [each.path for each in list_scenarios()]
PACKS = [each.path for each in list_packs()]

IDS_OF_THEIR_OWN = {
    ("Scenario", "id"),
    ("Pack", "id"),
    ("Line", "id"),
    ("Inject", "id"),
    ("Inject", "thread"),
    ("Forecast", "id"),
    ("Rule", "id"),
    ("Offence", "id"),
    ("Effects", "flag"),
    ("ReadinessIs", "id"),
    ("Otherwise", "answer"),  # one of its own decision's
    ("TrackIs", "id"),  # what it names depends on the key that it stands under
}
"""Keys at which an id is made, not named."""


def tree_of(file: Path) -> Any:
    """A file's values as an editor's checker has them."""
    read = read_yaml(file, Problems())
    assert read is not None
    return as_json(read.value)


def as_json(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): as_json(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [as_json(value) for value in tree]
    return float(tree) if isinstance(tree, Decimal) else tree


def complaints(schema: Schema, tree: Any) -> list[str]:
    return [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in Draft7Validator(schema).iter_errors(tree)
    ]


def nodes(schema: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Every schema inside a schema, with the way to it."""
    if isinstance(schema, dict):
        yield way, schema
        for key, inner in schema.items():
            yield from nodes(inner, (*way, key))
    elif isinstance(schema, list):
        for place, inner in enumerate(schema):
            yield from nodes(inner, (*way, str(place)))


def models() -> set[type[Authored]]:
    return {*schema_places.models_in(Scenario), *schema_places.models_in(Pack)}


@pytest.mark.parametrize("kind", FILES)
def test_a_shipped_schema_is_fresh(kind: FileKind) -> None:
    """What is committed is what the models and the shipped packs say; `scripts/docs` writes it again."""
    assert (PLACES[kind] / FILES[kind]).read_text(encoding="utf-8") == schema_text(shipped_schema(kind))


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_sound_small_and_without_our_own_marks(kind: FileKind) -> None:
    """It is a draft-07 schema under 400 kB, every reference leads somewhere, and no mark of the making is left."""
    made = shipped_schema(kind)
    Draft7Validator.check_schema(made)
    text = schema_text(made)
    assert len(text.encode()) < 400_000
    assert text.endswith("}\n")
    assert MANY not in text
    assert AS_WRITTEN not in text
    references = {node["$ref"].rpartition("/")[2] for _, node in nodes(made) if "$ref" in node}
    assert references == set(made["definitions"])


def test_a_schema_is_the_same_under_every_hash_seed() -> None:
    """No order in it comes from a set."""
    program = "from crisis_sim.authoring.schema import *; print(schema_text(shipped_schema('scenario')))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


@pytest.mark.parametrize("file", one_in(3, SCENARIOS), ids=lambda file: file.parent.name)
def test_a_sound_scenario_passes(file: Path) -> None:
    """The scenario's own schema finds no fault with what the loader takes."""
    assert complaints(scenario_schema(load_material(file)), tree_of(file)) == []


@pytest.mark.parametrize("file", one_in(3, SCENARIOS), ids=lambda file: file.parent.name)
def test_the_general_schema_passes_it_too(file: Path) -> None:
    """It knows fewer names, and refuses none."""
    assert complaints(shipped_schema("scenario"), tree_of(file)) == []


@pytest.mark.parametrize("file", PACKS, ids=lambda file: file.stem)
def test_a_sound_pack_passes(file: Path) -> None:
    """The schema of packs finds fault with none."""
    assert complaints(shipped_schema("pack"), tree_of(file)) == []


def test_files_that_use_every_form_pass() -> None:
    """Short forms, lone items for lists and every moment of a rule are taken, as the loader takes them."""
    path, schema = schema_beside(SMALL_SCENARIO)
    assert path == SMALL_SCENARIO.parent / "scenario.schema.json"
    assert complaints(schema, tree_of(SMALL_SCENARIO)) == []
    path, schema = schema_beside(SMALL_PACK)
    assert path == SMALL_PACK.parent / "small.schema.json"
    assert complaints(schema, tree_of(SMALL_PACK)) == []


@pytest.mark.parametrize("file", [*SCENARIOS, *PACKS], ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_shipped_file_names_its_schema(file: Path) -> None:
    """Its first line tells editors where the schema lies, and there it is."""
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith(MODELINE)
    assert (file.parent / first.removeprefix(MODELINE)).is_file()


@pytest.mark.parametrize("kind", FILES)
def test_every_key_has_words_and_every_choice_a_meaning(kind: FileKind) -> None:
    """An editor has something to show over each key, and beside each word of a closed choice."""
    made = shipped_schema(kind)
    silent = [
        (*way, key)
        for way, node in nodes(made)
        if isinstance(node.get("properties"), dict) and way[-1:] != ("if",)
        for key, value in node["properties"].items()
        if isinstance(value, dict) and not value.get("description")
    ]
    assert silent == []
    bare = [
        (way, node["enum"])
        for way, node in nodes(made)
        if len(node.get("enum", ())) > 1 and isinstance(node["enum"][0], str)
        if len(node.get("enumDescriptions", ())) != len(node["enum"])
    ]
    assert bare == []


def test_hover_texts_are_the_docstrings() -> None:
    """What stands under a field in the code is what an editor shows, the vocabulary's example with it."""
    channel = shipped_schema("scenario")["definitions"]["Channel"]["properties"]
    assert channel["latency"]["description"] == "Hours for one message when readiness is full."
    earlier = shipped_schema("pack")["definitions"]["Condition.rule"]["properties"]["earlier"]
    assert earlier["markdownDescription"] == (
        "Made in an earlier turn, or earlier in the sender's own list this turn.\n\n"
        "```yaml\nearlier: {move: private-inquiry, by: sender, within: 6h}\n```"
    )


def test_every_key_that_takes_an_id_says_whose() -> None:
    """A key whose value is an id names something of a known kind, or gives an id of its own."""
    made = {model.__name__: model for model in models()}
    named = {(model.__name__, key) for model, key in TAKES}
    known = {"pattern": schema_places.ID}
    bare = set()
    for root in (Scenario, Pack):
        whole, parts = forms(root)
        for name, form in {**parts, root.__name__: whole}.items():
            for key, value in form["properties"].items():
                if known.items() <= value.items() or known.items() <= value.get("items", {}).items():
                    bare.add((name, key))
    assert bare - named == IDS_OF_THEIR_OWN
    assert {name for name, _ in named} <= set(made)


def test_places_of_one_name_allow_the_same() -> None:
    """A definition is made once for a kind of place, so all places of that kind agree on what it says."""
    for root in (Scenario, Pack):
        conditions: dict[str, Any] = {}
        effects: dict[str, Any] = {}
        for (model, _), place in schema_places.PLACES.items():
            if model in set(schema_places.models_in(root)):
                if place.where.does:
                    assert effects.setdefault(place.label, place.where.does) == place.where.does
                assert conditions.setdefault(place.label, place.where.who) == place.where.who
    assert schema_places.PLACES
    assert {model for model, _ in schema_places.PLACES} <= models()
    assert all(key in key_docstrings(model) or key in {"when", "then"} for model, key in schema_places.PLACES)


MISTAKES = {
    "a key that is none": ("teem: {}", "Additional properties are not allowed ('teem' was unexpected)"),
    "a choice that is none": ("show: everything", "'everything' is not one of ['own', 'all']"),
    "hours without a unit": ("ends: 72", "0 was expected"),
    "a pink line without a red one": ("teams: {us: {lines: [{kind: pink}]}}", "'leads_to' is a required property"),
    "a country in a forecast": (
        "forecasts: [{id: a, ask: a, happens: {same_turn: {move: accuse, by: china}}}]",
        "'china' is not one of ['self', 'other', 'either']",
    ),
}


@pytest.mark.parametrize(("line", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_seen(line: str, said: str, tmp_path: Path) -> None:
    """What the loader refuses at once an editor sees as well."""
    file = tmp_path / "scenario.yaml"
    file.write_text(line + "\n", encoding="utf-8")
    assert any(said in complaint for complaint in complaints(shipped_schema("scenario"), tree_of(file)))


def test_only_what_means_something_is_offered() -> None:
    """An inject has no act at hand, a forecast names no country, and a rule neither."""
    of = shipped_schema("scenario")["definitions"]
    assert "move" not in of["Condition.moment"]["properties"]
    assert "move" in of["Condition.act"]["properties"]
    assert of["Made.moment"]["properties"]["by"]["enum"] == ["either", "us", "china"]
    assert of["Made.forecast"]["properties"]["by"]["enum"] == ["self", "other", "either"]
    assert set(of["Meter.moment"]["properties"]) == {"us", "china"}
    rule = shipped_schema("pack")["definitions"]
    assert rule["Made.rule"]["properties"]["by"]["enum"] == ["sender", "receiver", "either"]


@pytest.mark.parametrize(
    "said", ["true", "false", "Yes", "no", "ON", "off", "y", "0", "1", "2", "maybe", "ja", "''", "[]"]
)
def test_an_editor_takes_for_true_or_false_what_the_loader_takes(said: str, own: Path) -> None:
    """`by_hand: Yes` is underlined by neither or by both."""
    text = own.read_text(encoding="utf-8")
    assert text.count("    by_hand: true\n") == 1
    own.write_text(text.replace("    by_hand: true\n", f"    by_hand: {said}\n"), encoding="utf-8")
    assert bool(complaints(shipped_schema("scenario"), tree_of(own))) == bool(check_paths([own]).errors)


def offered_at(schema: Schema, name: str) -> dict[str, str]:
    definition = schema["definitions"][name]
    known = definition.get("anyOf", [definition])[0]
    return dict(zip(known["enum"], known["enumDescriptions"], strict=True))


def test_a_scenario_of_its_own_schema_knows_its_ids() -> None:
    """Channels, lines, tracks and injects are offered with their titles, red lines where only a red one may stand."""
    material = shipped("new-virus")
    schema = scenario_schema(material)
    channels = offered_at(schema, "channel")
    assert channels["cdc-link"] == "CDC to China CDC"
    assert list(channels) == list(material.scenario.channels)
    assert list(offered_at(schema, "track")) == list(material.scenario.tracks)
    assert list(offered_at(schema, "inject")) == [inject.id for inject in material.scenario.msel]
    reds = offered_at(schema, "red-line")
    assert list(reds) == ["evidence-shut", "citizens-held", "outbreak-as-attack", "consent-bypassed"]
    assert reds["citizens-held"].endswith("(United States, red)")
    assert offered_at(schema, "move")["request-call"] == "Ask for a call"


def test_what_a_scenario_gives_itself_stays_open() -> None:
    """An id that is about to be written is no mistake yet; one that only packs give is, once the packs are known."""
    own = scenario_schema(shipped("new-virus"))
    general = shipped_schema("scenario")
    for name in ("channel", "inject", "track", "red-line"):
        assert complaints({"$ref": f"#/definitions/{name}", "definitions": own["definitions"]}, "not-there-yet") == []
    for name in ("move", "concern", "fact", "term", "channel-kind"):
        at_name = {"$ref": f"#/definitions/{name}"}
        assert complaints({**at_name, "definitions": own["definitions"]}, "not-there-yet") != []
        assert complaints({**at_name, "definitions": general["definitions"]}, "not-there-yet") == []
    assert complaints({"$ref": "#/definitions/family", "definitions": general["definitions"]}, "protests") != []


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A scenario of one's own with its pack, and no schema yet."""
    folder = tmp_path / "scenarios" / "small-test"
    folder.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / SMALL_PACK.name).write_bytes(SMALL_PACK.read_bytes())
    for file in SMALL_SCENARIO.parent.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder / "scenario.yaml"


def test_a_schema_is_refreshed_only_where_there_is_one(own: Path) -> None:
    """Nobody gets a file that he did not ask for; and what is up to date is not written again."""
    assert refresh_schema(own) is False
    (own.parent / "pack.schema.json").write_text("{}", encoding="utf-8")
    assert refresh_schema(own) is False
    assert not (own.parent / "scenario.schema.json").exists()
    (own.parent / "pack.schema.json").unlink()
    path, schema = schema_beside(own)
    assert write_schema(path, schema) is True
    assert write_schema(path, schema) is False
    assert refresh_schema(own) is False
    text = own.read_text(encoding="utf-8")
    old = load_material(own).scenario.msel[0].id
    own.write_text(text.replace(f"id: {old}", "id: renamed-inject"), encoding="utf-8")
    assert refresh_schema(own, load_material(own)) is True
    assert "renamed-inject" in path.read_text(encoding="utf-8")
    assert sorted(file.name for file in own.parent.iterdir() if "schema" in file.name) == ["scenario.schema.json"]


def test_what_was_checked_again_is_refreshed(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check --watch` brings the schema up to date after a save, from wherever it was started."""
    monkeypatch.chdir(own.parents[1])
    path, schema = schema_beside(own)
    write_schema(path, schema)
    checker = Checker(["small-test"])
    old = load_material(own).scenario.msel[0].id
    for id_ in (old, "renamed-inject"):
        own.write_text(own.read_text(encoding="utf-8").replace(f"id: {old}", f"id: {id_}"), encoding="utf-8")
        bring_schemas_up_to_date(checker.check())
        assert next(iter(offered_at(json.loads(path.read_text(encoding="utf-8")), "inject"))) == id_


def test_a_schema_stays_while_its_file_has_mistakes(own: Path) -> None:
    """The last sound state goes on completing ids while the author mends the file."""
    path, schema = schema_beside(own)
    write_schema(path, schema)
    own.write_text(own.read_text(encoding="utf-8") + "nonsense: true\n", encoding="utf-8")
    assert refresh_schema(own) is False
    assert path.read_text(encoding="utf-8") == schema_text(schema)
    own.unlink()
    assert refresh_schema(own) is False


def test_a_pack_of_ones_own_is_known_to_the_schema_beside_it(own: Path) -> None:
    """The packs in a folder know each other's rules, and the shipped ones'."""
    pack = own.parents[2] / "rules" / SMALL_PACK.name
    path, schema = schema_beside(pack)
    assert path == pack.parent / "small.schema.json"
    assert {"salami", load_material(own).packs[0].rules[0].id} <= set(offered_at(schema, "rule"))
    write_schema(path, {})
    assert refresh_schema(pack) is True
    assert path.read_text(encoding="utf-8") == schema_text(schema)


def test_over_what_a_team_alone_knows_and_over_voices_and_things_stands_what_is_asked_back() -> None:
    """Where a scenario gives each of them an id."""
    made = scenario_schema(shipped("bottomed-submarine"))
    ours, voices = made["definitions"]["Team"]["properties"], made["properties"]["voices"]["properties"]
    assert "US alone knows it" in ours["private_facts"]["properties"]["passing-log"]["markdownDescription"]
    assert "a thing of US" in ours["assets"]["properties"]["escort"]["markdownDescription"]
    assert "it speaks for" in voices["senator"]["markdownDescription"]


def test_over_each_name_in_a_pack_stands_what_is_asked_back(own: Path) -> None:
    """Where it is given and where it is named, as in a scenario; the schema that ships says it of none."""
    pack = own.parents[2] / "rules" / SMALL_PACK.name
    _, schema = schema_beside(pack)
    told = json.dumps(schema, ensure_ascii=False)
    assert "the pink rule “Help tied to another issue” (tied-help)" in told
    assert "What sets it" not in json.dumps(shipped_schema("pack"))


def test_a_schema_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is none gives a sentence, and leaves nothing half-written."""
    with pytest.raises(StorageFailed) as refused:
        write_schema(tmp_path / "nowhere" / "scenario.schema.json", {})
    assert refused.value.code == "schema/not-written"
    assert str(refused.value).endswith("no such file or directory")
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """`schema` prints the one of scenarios, `schema pack` the one of packs, both as their files have them."""
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema_text(shipped_schema("scenario"))
    assert main(["schema", "pack"]) == 0
    assert json.loads(capsys.readouterr().out) == shipped_schema("pack")


def test_the_command_writes_a_schema_beside_the_scenario(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`schema PATH --write` takes a folder or a file, says where it wrote, and says when there was nothing to do."""
    assert main(["schema", str(own.parent), "--write"]) == 0
    path = own.parent / "scenario.schema.json"
    assert capsys.readouterr().out == f"{path.as_posix()}: written\n"
    assert path.read_text(encoding="utf-8") == schema_text(scenario_schema(load_material(own)))
    assert main(["schema", str(own), "--write"]) == 0
    assert capsys.readouterr().out == f"{path.as_posix()}: up to date already\n"


def test_a_pack_never_writes_over_the_schema_that_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack among those that ship has its schema under its own name, made by `new`, `schema` and `check --watch`."""
    for part in ("rules", "scenarios"):
        shutil.copytree(shipped_folder() / part, tmp_path / part)
    for module in ("crisis_sim.content.listings", "crisis_sim.authoring.schema"):
        monkeypatch.setattr(f"{module}.shipped_folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    shipped = {file: file.read_bytes() for file in tmp_path.rglob("*.schema.json")}
    assert main(["new", "pack", "mine", "--yes"]) == 0
    assert main(["schema", "rules/mine.yaml", "--write"]) == 0
    bring_schemas_up_to_date(Checker(["rules/mine.yaml"]).check())
    monkeypatch.chdir(tmp_path / "rules")
    assert main(["schema", "pack", "--write"]) == 2
    monkeypatch.chdir(tmp_path / "scenarios")
    assert main(["schema", "--write"]) == 2
    assert {file: file.read_bytes() for file in shipped} == shipped
    own = tmp_path / "rules" / "mine.schema.json"
    first = (tmp_path / "rules" / "mine.yaml").read_text("utf-8").split("\n")[0]
    assert first == f"{MODELINE}mine.schema.json" and own.is_file()


def test_the_command_says_what_it_cannot_find(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the name gets a hint."""
    assert main(["schema", "new-viru"]) == 2
    assert capsys.readouterr().err == (
        "crisis-sim: there is no file or folder 'new-viru'\n  hint: did you mean 'new-virus'?\n"
    )


def test_the_command_lists_the_mistakes_of_a_file(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A schema of its own is made of a sound scenario only."""
    own.write_text("format: nonsense\n", encoding="utf-8")
    assert main(["schema", str(own)]) == 1
    assert "scenario.yaml:1:9: error:" in capsys.readouterr().err
