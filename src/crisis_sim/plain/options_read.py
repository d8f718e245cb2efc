"""Options and answers of a question as they are read out, and what is remembered of having read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crisis_sim.pages.form import FormAnswer, FormField, FormOption
from crisis_sim.plain.console import Console
from crisis_sim.plain.typed import PromptOption
from crisis_sim.text import cells
from crisis_sim.wording import Say, join_parts

LONG: Final = 5
"""Options above which a list that has been read out is counted the next time."""
IN_LINE: Final = 16
"""Cells of an option that is read within its question."""
_NUMBER: Final = re.compile(r"^[−+-]?\d+ ?|（[−+-]?\d+）$")
"""The number of a place on a scale: before its word in English, behind it in Chinese."""


def option_read(field: FormField, option: FormOption) -> str:
    """What has been read out once one option of a question has."""
    return f"{field.name}\n{option.label}"


def options_read(field: FormField) -> frozenset[str]:
    """What has been read out once all of them have."""
    return frozenset(option_read(field, each) for each in field.options)


def note_read(field: FormField, label: str, note: str) -> str:
    """What has been read out once one option has, with what is to be known of it."""
    return "\n".join((field.name, label, note))


def notes_read(field: FormField, answer: FormAnswer | None) -> set[str]:
    """The same of all options, or, of those read by name, of the one that was picked."""
    read = [each for each in field.options if not is_read_by_name(field.options) or each.name == answer]
    return {note_read(field, each.label, each.note) for each in read if each.note}


def is_short(option: PromptOption) -> bool:
    """It goes into a question."""
    return not option.note and cells(option.label) <= IN_LINE


def is_read_by_name(options: Sequence[PromptOption | FormOption]) -> bool:
    """So many with so much to say of each that it is said of those alone that are picked, or to who asks."""
    return len(options) > LONG and any(cells(each.note) > IN_LINE for each in options)


def is_searched(field: FormField) -> bool:
    """Its options stand in groups and are looked for by a word."""
    return field.kind == "one" and any(each.group for each in field.options)


def list_grouped(console: Console, field: FormField, word: str = "", *, picks: bool = False) -> str | None:
    """Read options out by group, with the numbers that pick them; only those of the group `word`, or that
    have all of it.

    The only one is not listed where that `picks` it; where there is none, what was listed before still is.
    """
    say, listed = console.words, list[str]()
    sought = word.lower()
    found = [each for each in field.options if sought == each.group.lower()] or [
        each
        for each in field.options
        if all(part in f"{each.name} {each.label} {each.note} {each.sought}".lower() for part in sought.split())
    ]
    if picks and len(found) == 1 and not found[0].closed:
        console.tell("{title}:", title=found[0].label)
        console.listed = ()
        return found[0].name
    for group in dict.fromkeys(each.group for each in found):
        if group:
            console.tell("{title}:", title=group)
        for each in (each for each in found if each.group == group):
            told = say("{label} ({note})", label=each.label, note=each.name) if console.reads == "more" else each.label
            if each.closed:
                console.tell("Not now: {label}: {why}", label=told, why=each.closed, indent=6)
            else:
                listed.append(each.name)
                console.say(told, indent=6, mark=f"  {len(listed)}.")
    if not found:
        console.tell("Nothing here has '{word}' in it.", word=word[:40])
        return None
    console.listed = tuple(listed)
    return None


def answer_words(field: FormField, say: Say) -> str:
    """What has been said to a question, as it is read out."""
    if field.said is None:
        return say("not said yet")
    if not field.said:
        return field.none
    if field.kind in ("text", "number"):
        return str(field.said)
    labels = {each.name: each.label for each in field.options}
    names = (field.said,) if isinstance(field.said, str) else field.said
    return join_parts((labels.get(name, name) for name in names), say)


def on_scale(of: PromptOption, say: Say) -> str:
    """A place of a scale with its number."""
    return of.label if of.id.lstrip("-") in of.label else say("{value} {word}", value=of.id, word=of.label)


def word_of(of: PromptOption) -> str:
    """A place of a scale without its number."""
    return _NUMBER.sub("", of.label)
