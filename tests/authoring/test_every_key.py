"""What `new` shows beside what it plays: every key of a scenario and of a pack, each in an example that holds."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.authoring.test_schema import tree_of
from tests.engine.play import bots
from tests.small import check_paths

from crisis_sim.authoring.scaffold import EVERY_KEY, Answers, new_pack, new_scenario
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.content.scenario import Files, Scenario
from crisis_sim.rules.authored import Authored, SourceText, Text, field_types
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.pack import Base, Pack

ELSEWHERE = (Condition, Effects, Text, SourceText, Files, Base)
"""What conditions and effects hold is in the vocabulary, what a base can hold in `core`; texts have languages."""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new scenario."""
    return new_scenario("My crisis", Answers(), tmp_path_factory.mktemp("mine") / "scenarios")


@pytest.fixture(scope="module")
def full(mine: Path) -> Path:
    """The same with every key that stands beside it taken over."""
    folder = mine.parent / "with-every-key"
    shutil.copytree(mine, folder)
    acts = "says: One act.\nlength: 45\nseed: 1\nacts: [{us: {move: condole, channel: press, intent: -1}}]\n"
    (folder / "example.yaml").write_text(acts, encoding="utf-8")
    tree = joined(tree_of(mine / "scenario.yaml"), tree_of(mine / EVERY_KEY)) | {"id": folder.name}
    tree["msel"].sort(key=lambda inject: int(inject["at"].removesuffix("h")))
    (folder / "scenario.yaml").write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def joined(tree: Any, more: Any) -> Any:
    """One tree and what another has besides; lists go on."""
    if isinstance(tree, dict) and isinstance(more, dict):
        return {**tree, **{key: joined(tree[key], value) if key in tree else value for key, value in more.items()}}
    return tree + more if isinstance(tree, list) and isinstance(more, list) and isinstance(more[0], dict) else more


def models_in(hint: Any) -> Iterator[type[Authored]]:
    """The models that a field holds, in whatever."""
    if isinstance(hint, type) and issubclass(hint, Authored):
        yield hint
    for part in get_args(hint):
        yield from models_in(part)


def names_of(model: type[Authored]) -> dict[str, Any]:
    """The keys of a model as people write them."""
    return {notes.alias or name: field_types(model)[name] for name, notes in model.model_fields.items()}


def written(model: type[Authored], tree: Any, found: dict[type[Authored], set[str]]) -> None:
    """Which keys of which models a tree has."""
    keys = names_of(model)
    for key in tree.keys() & keys.keys():
        found[model].add(key)
        for inner in models_in(keys[key]):
            for place in nodes(tree[key]):
                if inner not in ELSEWHERE and place.keys() & names_of(inner).keys():
                    written(inner, place, found)


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """A mapping, those under its keys, or those of a list."""
    if isinstance(tree, dict):
        yield tree
        yield from (value for value in tree.values() if isinstance(value, dict))
    elif isinstance(tree, list):
        yield from (value for value in tree if isinstance(value, dict))


def unshown(model: type[Authored], tree: Any) -> dict[str, set[str]]:
    """The keys that are not there, by model."""
    found: dict[type[Authored], set[str]] = defaultdict(set)
    written(model, tree, found)
    within = {inner for each in found for hint in names_of(each).values() for inner in models_in(hint)}
    return {
        each.__name__: missing
        for each in (*found, *within)
        if each not in ELSEWHERE and (missing := names_of(each).keys() - found[each])
    }


def test_a_new_scenario_shows_every_key(full: Path) -> None:
    """Of the scenario and of all that stands within it: what it plays, and the page of keys beside it."""
    assert unshown(Scenario, tree_of(full / "scenario.yaml")) == {}


def test_every_key_that_is_shown_holds_where_it_is_taken_over(full: Path) -> None:
    """All of them at once: the check has nothing to say, and bots play it to the hotwash."""
    problems = check_paths([str(full)])
    assert problems.shown() == ""
    play = bots(load_material(full), "curious", "curious", seed="1", length=90)
    assert play.state.phase == "closed"


def out_of_comment(pack: Path, key: str, until: str = "\0") -> str:
    """What a new pack says, and behind it what its comment says from a key on."""
    plain, _marker, shown = pack.read_text(encoding="utf-8").partition(f"#\n# {key}:")
    lines = f"# {key}:{shown.partition(until)[0]}".splitlines()
    return plain + "".join(f"{line.removeprefix('# ')}\n" for line in lines)


def test_a_new_pack_shows_the_least_that_a_base_says(tmp_path: Path) -> None:
    """Put in the place of that of a copy of `core`, as its comment tells: nothing is wrong, and bots play it out."""
    file = new_pack("my pack", "", tmp_path / "rules")
    base = out_of_comment(file, "base").removeprefix(file.read_text("utf-8").partition("#\n# base:")[0])
    core = (shipped_folder() / "rules" / "core.yaml").read_text(encoding="utf-8")
    mine = re.sub(r"^base:\n(?:(?: .*|#.*|)\n)*", lambda _found: f"{base}\n", core, count=1, flags=re.MULTILINE)
    copy = file.with_name("my-core.yaml")
    copy.write_text(mine.replace("\nid: core", "\nid: my-core", 1), encoding="utf-8")
    assert check_paths([str(file.parent)]).shown() == ""
    assert tree_of(copy)["base"].keys() == {name for name, notes in Base.model_fields.items() if notes.is_required()}
    material = load_material("bottomed-submarine", [str(copy), str(file)])
    assert bots(material, "curious", "curious", seed="1", length=45).state.phase == "closed"


def test_a_new_pack_shows_every_key(tmp_path: Path) -> None:
    """In its comment, but for the settings of a base pack; out of it the check is content."""
    file = new_pack("my pack", "", tmp_path / "rules")
    file.write_text(out_of_comment(file, "without", until="#\n# What all packs share"), encoding="utf-8")
    problems = check_paths([str(file)])
    assert problems.shown() == ""
    shown_keys = unshown(Pack, tree_of(file))
    assert shown_keys.pop("Pack", set()) == {"base"}
    assert set(shown_keys) <= {"Move", "Commitment", "Ask", "Stands"}
