"""Texts that are missing, too long to read, or written for one side alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.reading import BRIEFING, reading_minutes
from crisis_sim.content.sources import Loc
from crisis_sim.problems import Spot
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.properties import MoveIs

MOST_LINES: Final = 150
"""How many lines one sentence names."""

NAMES: Final = {"us": "the US", "china": "China"}
_LETTERS: Final = re.compile(r"[^\W\d_]")
_NOTHING: Final = frozenset(
    {"none", "n/a", "na", "nothing", "nil", "same", "the same", "as above", "todo", "tbd", "无", "同上"}
)


def texts_are_translated(found: Found) -> None:
    """In a scenario that is in Chinese too, every text that teams read is."""
    if "zh" not in found.scenario.languages:
        return
    for source, pieces in found.pieces:
        untold = [loc for loc, text in pieces if not isinstance(text, MoveIs) and text.zh is None]
        missing = sorted(
            ((source.spot(*loc), str(loc[0])) for loc in untold if not _for_facilitator(loc)),
            key=lambda found: (found[0].line or 0, found[0].col or 0),
        )
        if missing:
            many = f"{len(missing)} texts that teams read have" if len(missing) > 1 else "a text that teams read has"
            said = f"{many} no Chinese{_where(missing) if len(missing) > 1 else ''}"
            hint = "write it as {en: …, zh: …}, or take zh out of languages"
            found.warn(missing[0][0], said, "language", hint)


def _where(missing: Sequence[tuple[Spot, str]]) -> str:
    """The lines of places, by the part of the file in which they stand."""
    lines = list(dict.fromkeys((part, str(spot.line)) for spot, part in missing))
    parts: dict[str, list[str]] = {}
    for part, line in lines[:MOST_LINES]:
        parts.setdefault(part, []).append(line)
    said = "; ".join(f"{part} {', '.join(numbers)}" for part, numbers in parts.items())
    return f"; by line: {said}{f'; and {len(lines) - MOST_LINES} more' if len(lines) > MOST_LINES else ''}"


def _for_facilitator(loc: Loc) -> bool:
    """Whether no team reads the text at `loc` while it plays, so that it may stay in one language."""
    return loc[0] in ("guide", "guardrails") or loc[-1] in ("note", "crossing_says") or loc[2:3] == ("reads_as",)


def briefs_can_be_read(found: Found) -> None:
    """Both briefs of a team can be read in the time that the shortest length leaves before the first turn."""
    scenario = found.scenario
    length = min(scenario.lengths)
    for side in SIDES:
        for language in scenario.languages:
            briefs = [found.material.text(each, language) for each in (scenario.brief, scenario.teams.of(side).brief)]
            needed = sum(reading_minutes(brief, language) for brief in briefs)
            if needed > BRIEFING[length]:
                in_words = "" if language == "en" else " in Chinese"
                said = (
                    f"the two briefs of {NAMES[side]}{in_words} take {needed:.1f} minutes to read, and a session of"
                    f" {length} minutes leaves {BRIEFING[length]} for welcome, rules and briefs"
                )
                hint = f"cut them, or leave out the length of {length} minutes"
                found.warn(found.source.key_spot("teams", side, "brief"), said, "brief-long", hint)
                break


def readings_are_two(found: Found) -> None:
    """Each inject says for each side how it may misread it, and not the same for both."""
    for place, inject in enumerate(found.scenario.msel):
        spot = found.source.key_spot("msel", place, "reads_as")
        us, china = (_plain(text.en) for text in (inject.reads_as.us, inject.reads_as.china))
        empty = [side for side, text in (("us", us), ("china", china)) if not _LETTERS.search(text) or text in _NOTHING]
        if empty:
            said = f"nothing is said of how {' and '.join(NAMES[side] for side in empty)} may misread '{inject.id}'"
            found.warn(spot, said, "reads-one", "write how each side may take it: {us: …, china: …}")
        elif us == china:
            said = f"both sides are said to misread '{inject.id}' in the same words"
            found.warn(spot, said, "reads-alike", "write how each side may take it: {us: …, china: …}")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .–-")
