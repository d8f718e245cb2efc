"""Older formats of scenarios and rule packs: they load, in their own spelling, for ever."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.small import SMALL, check_paths

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.load import load_material
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.upgrades import STEPS, UpgradeRefused, latest, upgraded
from crisis_sim.errors import UnreadableInput
from crisis_sim.rules.pack import Pack

DATA = Path(__file__).parent / "data"
OLD = sorted(DATA.glob("format-*"))
KINDS: list[type[Any]] = [Scenario, Pack]


@pytest.mark.parametrize("folder", OLD, ids=lambda folder: folder.name)
def test_a_file_of_each_past_format_loads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario and a rule pack of every format that ever was are read; they are told to migrate, and no more."""
    monkeypatch.chdir(folder)
    problems = check_paths(["."])
    assert problems.errors == 0
    assert [problem.path for problem in problems if problem.code == "lint/format"] == [
        "rules/small.yaml",
        "scenarios/small-test/scenario.yaml",
    ]
    load_material("scenarios/small-test")


def test_there_is_a_frozen_file_of_each_past_format() -> None:
    """Whoever makes another format keeps a file of the one before."""
    assert {folder.name for folder in OLD} == {f"format-{past}" for past in range(1, max(map(latest, KINDS)))}


def test_the_model_asks_for_the_format_that_the_steps_lead_to() -> None:
    """The number in the model is one more than the steps."""
    for kind in KINDS:
        assert get_args(kind.model_fields["format"].annotation) == (latest(kind),)


def test_diplomacy_of_format_1_is_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Channels and conditions of an old file ask what the same words ask today."""
    monkeypatch.chdir(DATA / "format-1")
    material = load_material("scenarios/small-test")
    assert {name: channel.track for name, channel in material.scenario.channels.items()} == {
        "hotline": "1",
        "embassy": "1",
        "press": "1",
        "scholars": "2",
    }
    blame = material.scenario.forecasts[1].happens.same_turn
    assert blame is not None and blame.move.diplomacy == ("track-1",)
    silence = next(rule for rule in material.rules if rule.id == "silence").when
    assert silence.any is not None and silence.any[0].move is not None
    assert silence.any[0].move.diplomacy == ("track-1", "track-1.5", "track-2")


def test_a_log_keeps_the_old_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a header holds is what was written, to the byte, and it comes back as the same material."""
    monkeypatch.chdir(DATA / "format-1")
    material = load_material("scenarios/small-test")
    bundle = material.bundle()
    assert bundle["scenario"]["tree"]["format"] == 1
    assert bundle["scenario"]["tree"]["channels"]["scholars"]["track"] == "2"
    back = material_from_bundle(bundle)
    assert back.scenario == material.scenario and back.packs == material.packs
    assert back.bundle() == bundle


def test_a_log_of_a_later_scenario_is_refused(tmp_path: Path) -> None:
    """A header with a scenario of a format yet to come says which version is wanted."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    bundle = load_material(tmp_path / "scenarios" / "small-test").bundle()
    from crisis_sim.content.sources import sha256

    scenario = bundle["scenario"]
    scenario["tree"]["format"] = 9
    scenario["sha256"] = sha256([scenario["tree"], scenario["texts"]])
    with pytest.raises(UnreadableInput, match="is of format 9, and crisis-sim .* reads formats up to 3") as refused:
        material_from_bundle(bundle)
    assert refused.value.hint == "use the version of crisis-sim that wrote it"


def test_crisis_tracks_keep_their_name() -> None:
    """The condition on a track, and what merely is called move or track, is nobody's diplomacy."""
    tree: dict[str, Any] = {
        "format": 1,
        "channels": {"move": {"track": "1.5"}, "answers": {"track": 2}},
        "tracks": {"move": {"name": "x"}, "track": {"marks": []}},
        "moves": {"track": {"over": ["track"]}},
        "msel": [{"when": {"track": {"id": "air", "at_most": 3}, "ever": {"move": {"track": {"id": "air"}}}}}],
    }
    before = repr(tree)
    done = upgraded(tree, Scenario)
    assert done.tree == {
        "format": 3,
        "channels": {"move": {"diplomacy": "track-1.5"}, "answers": {"diplomacy": "track-2"}},
        "tracks": tree["tracks"],
        "moves": tree["moves"],
        "msel": tree["msel"],
    }
    assert repr(tree) == before
    assert done.former(("channels", "move", "diplomacy")) == ("channels", "move", "track")
    assert done.former(("msel", 0, "when", "track", "id")) == ("msel", 0, "when", "track", "id")


@pytest.mark.parametrize("tree", [None, 3, "x", [], {}, {"format": "1"}, {"format": True}, {"format": 0}])
def test_what_says_no_format_is_left_alone(tree: Any) -> None:
    """There is nothing to go by; that the format is missing is the model's to say."""
    assert upgraded(tree, Scenario).tree is tree


def test_steps_follow_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another format is one more step: a place in the newest tree is found in the oldest spelling."""
    from collections.abc import Iterator

    from crisis_sim.content import upgrades
    from crisis_sim.content.upgrades import Renamed, UpgradeChange

    def fourth(tree: Any) -> Iterator[UpgradeChange]:
        yield Renamed(("channels",), "paths")
        yield Renamed(("channels", "scholars", "diplomacy"), "talk")
        yield UpgradeRefused(("channels", "scholars", "diplomacy"), "said of it")

    monkeypatch.setattr(upgrades, "STEPS", {Scenario: (*STEPS[Scenario], fourth)})
    done = upgraded({"format": 1, "channels": {"scholars": {"track": "2", "level": "x"}}}, Scenario)
    assert done.tree == {"format": 4, "paths": {"scholars": {"talk": "track-2", "level": "x"}}}
    assert done.former(("paths", "scholars", "talk")) == ("channels", "scholars", "track")
    assert [refused.loc for refused in done.refused] == [("channels", "scholars", "track")]
    later = upgraded({"format": 2, "channels": {"scholars": {"diplomacy": "track-2"}}}, Scenario)
    assert later.tree == {"format": 4, "paths": {"scholars": {"talk": "track-2"}}}
