"""The vocabulary table is complete, says something about every key, and shows examples that load."""

from __future__ import annotations

import pytest
import yaml
from tests.docs_made.vocabulary_entries import VocabularyEntry, vocabulary_entries

from crisis_sim.rules.vocabulary import PARTS, field_docstrings

ENTRIES = vocabulary_entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.part}-{entry.key}")
def test_each_key_has_a_sentence_and_an_example_that_loads(entry: VocabularyEntry) -> None:
    """The example is read by the model, uses the key, and is one line."""
    assert entry.says.endswith(".")
    assert "\n" not in entry.example
    model = PARTS[entry.part]
    written = yaml.safe_load(entry.example)
    loaded = model.model_validate(written)
    (name,) = [name for name, notes in model.model_fields.items() if (notes.alias or name) == entry.key]
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
