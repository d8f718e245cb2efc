"""One side has twice as much as the other: words, lines, ways to be touched, injects; or is blamed alone.

What a misreading says cannot be told by a program. What can be counted is whom it names: a reading of one side that
names the other is taken to be about it. That sees no irony and no blame without a name, so it speaks up only where one
side is named again and again and the other never.
"""

from __future__ import annotations

import re
from typing import Final

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.lints.texts import NAMES
from crisis_sim.authoring.reading import reading_units
from crisis_sim.content.scenario import Inject
from crisis_sim.rules.names import SIDES, Side, other

TWICE: Final = 2
FEW: Final = 3
"""A difference of fewer things than this is no imbalance."""
OFTEN: Final = 5
"""How many readings must name one side, and none the other."""

_NAMED: Final = {
    "us": re.compile(r"\b(americans?|america|washington|united states|the us|us|u\.s\.)\b", re.IGNORECASE),
    "china": re.compile(r"\b(chinese|china|beijing)\b", re.IGNORECASE),
}
_US: Final = re.compile(r"\bus\b")
"""The pronoun, which is not the country."""


def sides_are_balanced(found: Found) -> None:
    """Neither side has twice the words, lines, ways to be touched or injects of its own."""
    scenario = found.scenario
    teams = {side: scenario.teams.of(side) for side in SIDES}
    brief = {side: reading_units(found.material.text(teams[side].brief, "en"), "en") for side in SIDES}
    told = {
        side: sum(reading_units(getattr(inject.text, side).en, "en") for inject in _to(found, side)) for side in SIDES
    }
    lines = {side: len(teams[side].lines) for side in SIDES}
    touched = {side: sum(len(line.pressed_by) + len(line.crossed_by) for line in teams[side].lines) for side in SIDES}
    alone = {side: sum(inject.to == side for inject in scenario.msel) for side in SIDES}
    for counts, what, key, few in (
        (brief, "words in its brief", "brief", 100),
        (told, "words in its injects", "name", 200),
        (lines, "lines", "lines", FEW),
        (touched, "ways in which its lines are pressed or crossed", "lines", FEW),
        (alone, "injects for itself", "name", FEW),
    ):
        more: Side = "us" if counts["us"] > counts["china"] else "china"
        less = other(more)
        if counts[more] >= TWICE * counts[less] and counts[more] - counts[less] >= few:
            said = f"{NAMES[more]} has {counts[more]} {what}, and {NAMES[less]} {counts[less]}"
            found.warn(
                found.source.key_spot("teams", more, key), said, "imbalance", "let both sides have about as much"
            )


def _to(found: Found, side: Side) -> list[Inject]:
    return [inject for inject in found.scenario.msel if inject.to in ("both", side)]


def blame_is_shared(found: Found) -> None:
    """Where readings name the other side, they do so on both sides."""
    named = dict.fromkeys(SIDES, 0)
    for inject in found.scenario.msel:
        for reader in SIDES:
            words = getattr(inject.reads_as, reader).en
            words = _US.sub("", words) if reader == "china" else words
            named[other(reader)] += bool(_NAMED[other(reader)].search(words))
    for side in SIDES:
        if named[side] >= OFTEN and not named[other(side)]:
            said = (
                f"in {named[side]} injects the misreading of {NAMES[other(side)]} names {NAMES[side]}, and in none the"
                " other way about"
            )
            hint = f"let some injects be read by {NAMES[side]} as the other's doing"
            found.warn(found.source.key_spot("msel"), said, "blame-one", hint)
