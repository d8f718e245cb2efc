"""A question of a form as text: its options with their numbers, and what has been answered, for people and models."""

from __future__ import annotations

from crisis_sim.pages.form import FormField, FormOption
from crisis_sim.wording import Say, join_parts


def option_words(option: FormOption, say: Say) -> str:
    """An option with what is to be known of it."""
    return say("{label} ({note})", label=option.label, note=option.note) if option.note else option.label


def answer_words(field: FormField, say: Say) -> str:
    """The answer to a question in words."""
    if field.answer is None:
        return say("not said yet")
    if not field.answer:
        return field.skip_label
    if field.kind in ("text", "number"):
        return str(field.answer)
    labels = {option.name: option.label for option in field.options}
    names = (field.answer,) if isinstance(field.answer, str) else field.answer
    return join_parts((labels.get(name, name) for name in names), say)
