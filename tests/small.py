"""The small scenario as material: complete, valid, and small enough to do its sums by head."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from crisis_sim.authoring.check import Checker
from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.problems import Problems

SMALL = Path(__file__).parent / "content" / "data" / "small"
SMALL_SCENARIO = SMALL / "scenarios" / "small-test" / "scenario.yaml"
SMALL_PACK = SMALL / "rules" / "small.yaml"


def edited(path: Path, old: str, new: str, count: int = -1) -> None:
    """Write `new` for each `old` in a file, or for the first `count` of them."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


@cache
def small_material() -> Material:
    """Four turns, two lines and two teams, four channels, ten moves; one rule or two for each moment."""
    return load_material(SMALL_SCENARIO)


def one_sitting(lengths: tuple[int, ...] = (45, 90, 150)) -> Material:
    """The same, its forecasts asked with the readings in sessions of so many minutes."""
    bundle = small_material().bundle()
    pack = bundle["packs"][0]
    pack["tree"]["base"].setdefault("workload", {})["forecasts_with_readings"] = list(lengths)
    pack["sha256"] = sha256(pack["tree"])
    return material_from_bundle(bundle)


def check_paths(paths: Sequence[str | Path]) -> Problems:
    """All problems, warnings too, of what `paths` name."""
    return Checker(paths).check().problems
