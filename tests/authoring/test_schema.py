"""The schemas that editors use: fresh, complete, no stricter than the loader, and true to the ids there are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tests.engine.play import shipped
from tests.small import SMALL_PACK, SMALL_SCENARIO
from tests.thinning import one_in

from crisis_sim.authoring.check import Checker
from crisis_sim.authoring.schema import (
    FILES,
    MODELINE,
    Schema,
    refresh_schema,
    scenario_schema,
    schema_beside,
    schema_text,
    shipped_schema,
    write_schema,
)
from crisis_sim.cli import main
from crisis_sim.cli.check import bring_schemas_up_to_date
from crisis_sim.content.listings import FileKind, list_packs, list_scenarios, shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.content.yamlfile import read_yaml
from crisis_sim.errors import StorageFailed
from crisis_sim.problems import Problems

ROOT = Path(__file__).parents[2]
PLACES: dict[FileKind, Path] = {"scenario": ROOT / "scenarios", "pack": ROOT / "rules"}
SCENARIOS = [each.path for each in list_scenarios()]
PACKS = [each.path for each in list_packs()]


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


@pytest.mark.parametrize("kind", FILES)
def test_a_shipped_schema_is_fresh(kind: FileKind) -> None:
    """What is committed is what the models and the shipped packs say; `scripts/docs` writes it again."""
    assert (PLACES[kind] / FILES[kind]).read_text(encoding="utf-8") == schema_text(shipped_schema(kind))


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


MISTAKES = {
    "a key that is none": ("teem: {}", "Additional properties are not allowed ('teem' was unexpected)"),
    "a choice that is none": ("show: everything", "'everything' is not one of ['own', 'all']"),
    "hours without a unit": ("ends: 72", "0 was expected"),
}


@pytest.mark.parametrize(("line", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_seen(line: str, said: str, tmp_path: Path) -> None:
    """What the loader refuses at once an editor sees as well."""
    file = tmp_path / "scenario.yaml"
    file.write_text(line + "\n", encoding="utf-8")
    assert any(said in complaint for complaint in complaints(shipped_schema("scenario"), tree_of(file)))


def offered(schema: Schema, model: str, key: str) -> list[str]:
    """The ids that an editor offers under a key of a model."""
    text = json.dumps(schema["definitions"][model])
    form = next(part for part in walk(json.loads(text)) if key in part.get("properties", {}))
    return next(part["enum"] for part in walk(form["properties"][key]) if "enum" in part)


def walk(schema: Any) -> Iterator[Schema]:
    """Every schema inside a schema, itself first."""
    if isinstance(schema, dict):
        yield schema
    if isinstance(schema, dict | list):
        for inner in schema.values() if isinstance(schema, dict) else schema:
            yield from walk(inner)


def test_a_scenario_of_its_own_schema_knows_its_ids() -> None:
    """Injects, red lines, moves and concerns are offered; an id that is about to be written is no mistake."""
    schema = scenario_schema(shipped("new-virus"))
    assert "survey-ship" not in offered(schema, "After", "inject") and offered(schema, "After", "inject")
    reds = ["evidence-shut", "citizens-held", "outbreak-as-attack", "consent-bypassed"]
    assert offered(schema, "Line", "leads_to") == reds
    assert "request-call" in offered(schema, "MoveIs", "id")
    assert "face" in offered(schema, "Line", "concern")
    of_line = {"$ref": "#/definitions/After", "definitions": schema["definitions"]}
    assert complaints(of_line, {"inject": "not-there-yet", "by": "2h"}) == []


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
        assert id_ in offered(json.loads(path.read_text(encoding="utf-8")), "After", "inject")


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
    assert {"salami", load_material(own).packs[0].rules[0].id} <= set(
        next(part["enum"] for part in walk(schema["properties"]["without"]) if "enum" in part)
    )
    write_schema(path, {})
    assert refresh_schema(pack) is True
    assert path.read_text(encoding="utf-8") == schema_text(schema)


def test_a_schema_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is none gives a sentence, and leaves nothing half-written."""
    with pytest.raises(StorageFailed) as refused:
        write_schema(tmp_path / "nowhere" / "scenario.schema.json", {})
    assert refused.value.code == "schema/not-written"
    assert str(refused.value).endswith("no such file or directory")
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the one of scenarios, and for `pack` the one of packs, both as their files have them."""
    assert main(["check", "--schema", "print"]) == 0
    assert capsys.readouterr().out == schema_text(shipped_schema("scenario"))
    assert main(["check", "pack", "--schema", "print"]) == 0
    assert json.loads(capsys.readouterr().out) == shipped_schema("pack")


def test_the_command_writes_a_schema_beside_the_scenario(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It takes a folder or a file, and says where it wrote, or that there was nothing to do."""
    assert main(["check", str(own.parent), "--schema", "write"]) == 0
    path = own.parent / "scenario.schema.json"
    assert capsys.readouterr().out == f"{path.as_posix()}: written\n"
    assert path.read_text(encoding="utf-8") == schema_text(scenario_schema(load_material(own)))
    assert main(["check", str(own), "--schema", "write"]) == 0
    assert capsys.readouterr().out == f"{path.as_posix()}: up to date already\n"


def test_a_pack_never_writes_over_the_schema_that_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack among those that ship has its schema under its own name, made by `new` and by `check`."""
    for part in ("rules", "scenarios"):
        shutil.copytree(shipped_folder() / part, tmp_path / part)
    for module in ("crisis_sim.content.listings", "crisis_sim.authoring.schema"):
        monkeypatch.setattr(f"{module}.shipped_folder", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    shipped = {file: file.read_bytes() for file in tmp_path.rglob("*.schema.json")}
    assert main(["new", "pack", "mine", "--yes"]) == 0
    assert main(["check", "rules/mine.yaml", "--schema", "write"]) == 0
    bring_schemas_up_to_date(Checker(["rules/mine.yaml"]).check())
    monkeypatch.chdir(tmp_path / "rules")
    assert main(["check", "pack", "--schema", "write"]) == 2
    monkeypatch.chdir(tmp_path / "scenarios")
    assert main(["check", "--schema", "write"]) == 2
    assert {file: file.read_bytes() for file in shipped} == shipped
    own = tmp_path / "rules" / "mine.schema.json"
    first = (tmp_path / "rules" / "mine.yaml").read_text("utf-8").split("\n")[0]
    assert first == f"{MODELINE}mine.schema.json" and own.is_file()


def test_the_command_says_what_it_cannot_find(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the name gets a hint."""
    assert main(["check", "new-viru", "--schema", "print"]) == 2
    assert capsys.readouterr().err == (
        "crisis-sim: there is no file or folder 'new-viru'\n  hint: did you mean 'new-virus'?\n"
    )


def test_the_command_lists_the_mistakes_of_a_file(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A schema of its own is made of a sound scenario only."""
    own.write_text("format: nonsense\n", encoding="utf-8")
    assert main(["check", str(own), "--schema", "print"]) == 1
    assert "scenario.yaml:1:9: error:" in capsys.readouterr().err
