"""Authored models, read and written."""

from __future__ import annotations

from crisis_sim.content.load import load_material
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.rules.conditions import Condition


def test_a_condition_that_is_written_as_json_is_read_as_it_was() -> None:
    """Hundredths and hours are dumped as files write them: 7 and 14h, not 700 and 14."""
    names = sorted(path.parent.name for path in (shipped_folder() / "scenarios").glob("*/scenario.yaml"))
    materials = [load_material(name) for name in names]
    conditions = [each.when for material in materials for each in material.scenario.msel if each.when is not None]
    conditions += [rule.when for rule in materials[0].rules]
    assert len(conditions) > 60
    for condition in conditions:
        written = condition.model_dump(mode="json", by_alias=True, exclude_none=True)
        assert Condition.model_validate(written) == condition
