"""Material: one view over a scenario and its packs, places for traces, and the bundle in a log's header."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.small import SMALL, SMALL_PACK, SMALL_SCENARIO, small_material

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material, merged_rules
from crisis_sim.content.sources import sha256
from crisis_sim.errors import UnreadableInput
from crisis_sim.rules.pack import Pack


def through_json(material: Material) -> Any:
    """A bundle as it comes back from a log."""
    return json.loads(json.dumps(material.bundle(), ensure_ascii=False))


def test_a_bundle_comes_back_as_the_same_material() -> None:
    """Nothing is lost or changed on the way through a log, numbers, places and texts included."""
    before = small_material()
    after = material_from_bundle(through_json(before))
    assert after.bundle() == before.bundle()
    assert (after.scenario, after.packs, after.rules) == (before.scenario, before.packs, before.rules)
    assert list(after.moves) == list(before.moves)
    assert (dict(after.places), dict(after.texts)) == (dict(before.places), dict(before.texts))


def test_a_bundle_needs_no_files(tmp_path: Path) -> None:
    """A log is played from its own copy after the scenario has been edited or deleted."""
    shutil.copytree(SMALL, tmp_path / "here")
    scenario = tmp_path / "here" / SMALL_SCENARIO.relative_to(SMALL)
    bundle = through_json(load_material(scenario))
    shutil.rmtree(tmp_path / "here")
    assert material_from_bundle(bundle).scenario.id == "small-test"


def test_a_bundle_of_before_a_thing_was_refused_is_played_from() -> None:
    """A rule that lets tension hang on a reading stands in no file any more, and a log that holds one opens."""
    bundle = small_material().bundle()
    tree = bundle["packs"][0]["tree"]
    tree["rules"][1]["when"]["read_as"] = {"at_least": 2}
    bundle["packs"][0]["sha256"] = sha256(tree)
    when = material_from_bundle(bundle).rules[1].when
    assert when.read_as is not None


def test_a_bundle_holds_no_path_of_this_machine() -> None:
    """Logs can be handed around: files are named as the pack and the scenario name them."""
    assert str(Path.cwd()) not in json.dumps(small_material().bundle())
    assert str(SMALL) not in json.dumps(small_material().bundle())


def test_a_bundle_is_the_same_on_every_run() -> None:
    """Loading the same files twice gives the same bytes."""
    assert json.dumps(load_material(SMALL_SCENARIO).bundle()) == json.dumps(load_material(SMALL_SCENARIO).bundle())


def edited(path: Path, folder: Path, old: str, new: str) -> dict[str, Any]:
    """The bundle of the small scenario with one edit of one file."""
    shutil.copytree(SMALL, folder)
    file = folder / path.relative_to(SMALL)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return load_material(folder / SMALL_SCENARIO.relative_to(SMALL)).bundle()


def test_hashes_tell_which_file_was_edited(tmp_path: Path) -> None:
    """A pack's hash is its own; a scenario's covers the long texts beside it."""
    before = small_material().bundle()
    rules = edited(SMALL_PACK, tmp_path / "rules", "weight: 8", "weight: 9")
    text = edited(SMALL_SCENARIO.parent / "brief-us.md", tmp_path / "text", "channel open", "channel shut")
    assert rules["packs"][0]["sha256"] != before["packs"][0]["sha256"]
    assert rules["scenario"]["sha256"] == before["scenario"]["sha256"]
    assert text["scenario"]["sha256"] != before["scenario"]["sha256"]
    assert text["packs"] == before["packs"]


def test_a_comment_changes_places_and_no_hash(tmp_path: Path) -> None:
    """Hashes are of what a file says, not of how it is written."""
    before, after = (
        small_material().bundle(),
        edited(SMALL_PACK, tmp_path / "x", "moves:\n", "# The catalogue.\nmoves:\n"),
    )
    assert after["packs"][0]["sha256"] == before["packs"][0]["sha256"]
    assert after["places"]["move/criticise"] != before["places"]["move/criticise"]


def without(part: str) -> Callable[[Any], Any]:
    """Takes a part of a bundle away."""
    return lambda bundle: {key: value for key, value in bundle.items() if key != part}


def put(*path: Any) -> Callable[[Any], Any]:
    """Puts the last of `path` where the rest leads."""

    def change(bundle: Any) -> Any:
        node = bundle
        for step in path[:-2]:
            node = node[step]
        node[path[-2]] = path[-1]
        return bundle

    return change


def rewritten(*path: Any) -> Callable[[Any], Any]:
    """Puts something into the scenario's part, with the hash that goes with it: somebody meant it."""

    def change(bundle: Any) -> Any:
        scenario = put("scenario", *path)(bundle)["scenario"]
        with contextlib.suppress(RecursionError):
            scenario["sha256"] = sha256([scenario["tree"], scenario["texts"]])
        return bundle

    return change


def nested(deep: int) -> Any:
    """A list in a list in a list."""
    value: Any = []
    for _ in range(deep):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("scenario"), "its header does not hold a whole scenario"),
        (without("places"), "its header does not hold a whole scenario"),
        (lambda bundle: None, "its header does not hold a whole scenario"),
        (lambda bundle: [bundle], "its header does not hold a whole scenario"),
        (put("packs", 3), "its header does not hold a whole scenario"),
        (put("scenario", "tree", 3), "its copy of scenarios/small-test/scenario.yaml was changed after it was written"),
        (put("scenario", "texts", "guide.md", "x"), "its copy of scenarios/small-test/scenario.yaml was changed"),
        (put("packs", 0, "tree", "moves", "criticise", "weight", 9), "its copy of rules/small.yaml was changed"),
        (put("format", 2), "its scenario is of format 2, and this version reads 1"),
        (put("places", "rule/silence", "\x1b[31m"), "its copy of the scenario holds characters that no text may have"),
        (put("places", "rule/silence", 7), "its header does not hold a whole scenario"),
        (rewritten("tree", "ends", "12h"), "cannot be used: the last turn begins at 36h and must end after that"),
        (rewritten("tree", "format", 3), "this file is of format 3, and this program reads format 1"),
        (rewritten("tree", "host", "\x1b]52;c;x\x07"), "holds characters that no text may have"),
        (rewritten("tree", "host", nested(3000)), "its header does not hold a whole scenario"),
        (rewritten("texts", "guide.md", 7), "its header does not hold a whole scenario"),
    ],
)
def test_a_damaged_bundle_is_refused_in_a_sentence(change: Callable[[Any], Any], said: str) -> None:
    """Whatever is in a header, it is used whole or refused with the reason."""
    with pytest.raises(UnreadableInput, match="the log cannot be played from") as refused:
        material_from_bundle(change(through_json(small_material())))
    assert said in str(refused.value)
    assert refused.value.hint


def test_places_name_a_line_that_has_the_thing() -> None:
    """A trace's file:line leads to the rule, move, line, inject or track that it names; to the base where that has no
    such settings.
    """
    texts = {"rules/small.yaml": SMALL_PACK, "scenarios/small-test/scenario.yaml": SMALL_SCENARIO}
    lines = {name: path.read_text("utf-8").split("\n") for name, path in texts.items()}
    for thing, place in small_material().places.items():
        file, _, line = place.rpartition(":")
        written = lines[file][int(line) - 1]
        around, _, name = thing.rpartition("/")
        assert name in written or thing == "scenario" or (around, written) == ("base", "base:"), (thing, written)


def test_places_name_everything_that_a_trace_may_name() -> None:
    """Rules, moves, lines, injects, forecasts, channels, tracks and each part of the base settings."""
    places, scenario = small_material().places, small_material().scenario
    assert {f"rule/{rule.id}" for rule in small_material().rules} <= set(places)
    assert {f"move/{move}" for move in small_material().moves} <= set(places)
    assert {f"inject/{inject.id}" for inject in scenario.msel} <= set(places)
    assert {f"track/{track}" for track in scenario.tracks} <= set(places)
    assert {f"channel/{channel}" for channel in scenario.channels} <= set(places)
    assert {"line/us/hull-survey", "line/china/public-blame", "base/tension", "base/lines", "scenario"} <= set(places)


def rules_pack(name: str, *rules: str, leaves_out: tuple[str, ...] = ()) -> Pack:
    """A pack with rules of these ids, each saying which pack it is from."""
    made = [
        {"id": rule, "kind": "pink", "says": name, "when": {"always": True}, "then": {"add": 1}, "source": "Test."}
        for rule in rules
    ]
    return Pack.model_validate(
        {"format": 1, "id": name, "title": name, "says": name, "rules": made, "without": leaves_out, "source": "Test."},
    )


def test_a_later_pack_replaces_and_leaves_out_rules_of_earlier_ones() -> None:
    """A replaced rule stands where the first one stood; one left out is gone; order is that of the packs."""
    first = rules_pack("first", "a", "b", "c")
    second = rules_pack("second", "b", "d", leaves_out=("c",))
    merged = [(rule.id, rule.says.en) for rule in merged_rules((first, second))]
    assert merged == [("a", "first"), ("b", "second"), ("d", "second")]


def test_a_rule_left_out_and_given_again_is_the_packs_own() -> None:
    """`without` speaks of the packs before; what the pack itself has stays."""
    merged = merged_rules((rules_pack("first", "a"), rules_pack("second", "a", leaves_out=("a",))))
    assert [rule.says.en for rule in merged] == ["second"]
