"""The small scenario as material: complete, valid, and small enough to do its sums by head."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material

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
