"""Reading something out one thing at a time: on by Enter, back, again, and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.typed import counted, verb
from crisis_sim.wording import _

PLACE: Final = _("{n} of {of}. Enter or {next} goes on, {back} goes back, {again} says it again.")
BRIEF: Final = _("{n} of {of}.")
"""The same once it has been said what can be typed."""
HELP: Final = _("Enter or {next} goes on, {stop} leaves the rest out; a number goes there.")


def step_through(console: Console, pages: Sequence[Sequence[str]]) -> bool:
    """Read pages out, each when it is asked for, until the last or until somebody leaves the rest. Raises Quit.

    Returns whether the last was read.
    """
    place = last = 0
    while place < len(pages):
        for line in pages[place]:
            console.say(line)
        last, place = place, _asked(console, place, len(pages))
    return last + 1 == len(pages)


def _asked(console: Console, place: int, of: int) -> int:
    """The place to go to."""
    names = {name: console.verb(name) for name in ("next", "back", "again", "stop")}
    while True:
        try:
            asked = console.once(PLACE, BRIEF)
            text = console.ask(asked, console.words(HELP, **names), n=place + 1, of=of, **names)
        except Back:
            if place:
                return place - 1
            console.tell("This is the first.")
            continue
        match verb(text):
            case "" | "next":
                return place + 1
            case "stop":
                return of
            case word if 1 <= (counted(word) or 0) <= of:
                return (counted(word) or 1) - 1
            case _:
                console.say(console.words("Type {next}, {back}, {again} or {stop}.", **names))
