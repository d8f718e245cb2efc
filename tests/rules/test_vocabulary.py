"""The vocabulary table is complete, says something about every key, and shows examples that load."""

from __future__ import annotations

import pytest
import yaml
from tests.engine.play import shipped

from crisis_sim.content.shipped import shipped_folder
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.vocabulary import PARTS, VocabularyEntry, field_docstrings, vocabulary


def test_a_condition_that_is_written_as_json_is_read_as_it_was() -> None:
    """Hundredths and hours are dumped as files write them: 7 and 14h, not 700 and 14."""
    names = sorted(path.parent.name for path in (shipped_folder() / "scenarios").glob("*/scenario.yaml"))
    materials = [shipped(name) for name in names]
    conditions = [each.when for material in materials for each in material.scenario.msel if each.when is not None]
    conditions += [rule.when for rule in materials[0].rules]
    assert len(conditions) > 60
    for condition in conditions:
        written = condition.model_dump(mode="json", by_alias=True, exclude_none=True)
        assert Condition.model_validate(written) == condition


ENTRIES = vocabulary()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.part}-{entry.key}")
def test_each_key_has_a_sentence_and_an_example_that_loads(entry: VocabularyEntry) -> None:
    """The example is read by the model, uses the key, and is one line."""
    assert entry.says.endswith(".")
    assert "\n" not in entry.example
    model = PARTS[entry.part]
    written = yaml.safe_load(entry.example)
    loaded = model.model_validate(written)
    (name,) = [name for name, field in model.model_fields.items() if (field.alias or name) == entry.key]
    assert name in loaded.model_fields_set


def test_every_key_has_its_record() -> None:
    """A key without one would be missing from the page."""
    assert len(ENTRIES) == sum(len(model.model_fields) for model in PARTS.values())


def test_fixed_words_are_listed() -> None:
    """Where a key takes one of a few words, the table names them all."""
    choices = {(entry.part, entry.key): entry.choices for entry in ENTRIES}
    assert choices["move", "visibility"] == ("public", "private")
    assert choices["condition", "readouts"] == ("match", "differ", "one-sided")
    assert choices["condition", "tension"] == ()


def test_docstrings_belong_to_the_attribute_above_them() -> None:
    """An attribute without one borrows none from its neighbour."""

    class Sample:
        one: int = 1
        two: int = 2
        """Two,
        in two lines."""
        three: int

    assert field_docstrings(Sample) == {"two": "Two, in two lines."}
