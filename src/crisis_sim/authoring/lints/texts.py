"""Texts that are missing, too long to read, or written for one side alone; and a side that has twice as much.

What a misreading says cannot be told by a program. What can be counted is whom it names: a reading of one side that
names the other is taken to be about it. That sees no irony and no blame without a name, so it speaks up only where one
side is named again and again and the other never.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.stats import BRIEFING, is_written, reading_minutes, reading_units
from crisis_sim.content.condition_checks import TEAMS
from crisis_sim.content.scenario import Inject
from crisis_sim.errors import Sentence, commas, listed, together
from crisis_sim.problems import Spot
from crisis_sim.rules.authored import Text
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.text import in_braces
from crisis_sim.wording import _

MOST_LINES: Final = 150
"""How many lines one sentence names."""

_READS_AS_HINT: Final = Sentence("write how each side may take it: {it}", it="{us: …, china: …}")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_EMPTY_WORDS: Final = frozenset(
    {"none", "n/a", "na", "nothing", "nil", "same", "the same", "as above", "todo", "tbd", "无", "同上"}
)


def texts_are_translated(run: LintRun) -> None:
    """In a scenario that is in Chinese too, every text that teams read is."""
    if "zh" not in run.scenario.languages:
        return
    for source, texts in run.texts:
        untold = [loc for loc, text in texts if not (is_written(text, "zh") or (loc == ("title",) and text.zh))]
        missing = sorted(
            ((source.spot(*loc), str(loc[0])) for loc in untold if not _for_facilitator(loc)),
            key=lambda entry: (entry[0].line or 0, entry[0].col or 0),
        )
        if missing:
            hint = Sentence("write it as {it}, or take zh out of languages", it="{en: …, zh: …}")
            run.warn(missing[0][0], _missing(missing), "language", hint)


def _missing(missing: Sequence[tuple[Spot, str]]) -> Sentence:
    """How many texts have no Chinese; where they stand, by the part of the file, if they are several."""
    if len(missing) == 1:
        return Sentence("a text that teams read has no Chinese")
    lines = list(dict.fromkeys((part, str(spot.line)) for spot, part in missing))
    parts: dict[str, list[str]] = {}
    for part, line in lines[:MOST_LINES]:
        parts.setdefault(part, []).append(line)
    more = len(lines) - MOST_LINES
    return Sentence(
        "{n} texts that teams read have no Chinese; by line: {lines}; and {more} more"
        if more > 0
        else "{n} texts that teams read have no Chinese; by line: {lines}",
        n=len(missing),
        lines=listed([Sentence("{part} {lines}", part=part, lines=commas(numbers)) for part, numbers in parts.items()]),
        more=more,
    )


def _for_facilitator(loc: Loc) -> bool:
    """Whether no team reads the text at `loc` while it plays, so that it may stay in one language."""
    return (
        loc[0] in ("guide", "guardrails", "assumes")
        or loc[-1] in ("note", "crossing_says", "source")
        or loc[2:3] == ("reads_as",)
    )


def briefs_can_be_read(run: LintRun) -> None:
    """Both briefs of a team can be read in the time that the shortest length leaves before the first turn."""
    scenario = run.scenario
    length = min(scenario.lengths)
    for side in SIDES:
        for language in scenario.languages:
            briefs = [
                run.material.text(files, language) for files in (scenario.brief, scenario.teams.team_of(side).brief)
            ]
            needed = sum(reading_minutes(brief, language) for brief in briefs)
            if needed > BRIEFING[length]:
                message = Sentence(
                    "the two briefs of {team} take {needed:.1f} minutes to read, and a session of {length} minutes"
                    " leaves {left} for welcome, rules and briefs"
                    if language == "en"
                    else "the two briefs of {team} in Chinese take {needed:.1f} minutes to read, and a session of"
                    " {length} minutes leaves {left} for welcome, rules and briefs",
                    team=TEAMS[side],
                    needed=needed,
                    length=length,
                    left=BRIEFING[length],
                )
                hint = Sentence("cut them, or leave out the length of {length} minutes", length=length)
                run.warn(run.source.key_spot("teams", side, "brief"), message, "brief-long", hint)
                break


def readings_are_two(run: LintRun) -> None:
    """Each inject says for each side how it may misread it, and not the same for both."""
    for place, inject in enumerate(run.scenario.msel):
        loc: Loc = ("msel", place, "reads_as")
        us, china = (_plain(text.en) for text in (inject.reads_as.us, inject.reads_as.china))
        empty = [
            side for side, text in (("us", us), ("china", china)) if not _LETTERS.search(text) or text in _EMPTY_WORDS
        ]
        if empty:
            message = Sentence(
                "nothing is said of how {teams} may misread '{inject}'",
                teams=together([TEAMS[side] for side in empty]),
                inject=inject.id,
            )
            run.warn(run.source.key_spot(*loc), message, "reads-one", _READS_AS_HINT)
        elif us == china:
            message = Sentence("both sides are said to misread '{inject}' in the same words", inject=inject.id)
            run.warn(run.source.key_spot(*loc), message, "reads-alike", _READS_AS_HINT)


_DATELINE: Final = re.compile(r"\s*T\+([0-9]{1,5})(?![0-9])")
"""The hour at which a text says by its first word that it is told, or that what it tells happened."""


def datelines_agree(run: LintRun) -> None:
    """A text that begins with an hour is not told before it, tells it alike in both languages, and comes once."""
    for place, inject in enumerate(run.scenario.msel):
        sided = (inject.text.us,) if inject.text.us == inject.text.china else (inject.text.us, inject.text.china)
        hour_sets = [
            {int(line[1]) for words in text.words.values() if (line := _DATELINE.match(words))} for text in sided
        ]
        hours, comes = set().union(*hour_sets), None if inject.by_hand else _first_hour(run, inject.id)
        words = {"inject": inject.id, "hour": max(hours, default=0), "at": comes}
        message = None
        if any(len(hour_set) > 1 for hour_set in hour_sets):
            message = Sentence("the two languages of '{inject}' tell it at different hours", **words)
        elif hours and inject.again is not None:
            message = Sentence("'{inject}' comes more than once, and says each time that it is T+{hour}", **words)
        elif hours and comes is not None and max(hours) > comes:
            message = Sentence("'{inject}' says that it is T+{hour}, and is told at {at}h", **words)
        if message is not None:
            hint = Sentence("let the text say the hour at which it is told, or none")
            run.warn(run.source.key_spot("msel", place, "text"), message, "clock-text", hint)


def _first_hour(run: LintRun, inject: str) -> int | None:
    """The hour of the first turn, over all lengths, in which an inject can be told; None where it never is."""
    hours = (world.hour(world.injects[inject]) for world in run.worlds.values() if inject in world.injects)
    return min(hours, default=None)


def braces_stand_where_they_are_filled(run: LintRun) -> None:
    """A track's id in braces stands for its number in the text of an inject, and nowhere else."""
    source, texts = run.texts[0]
    for loc, text in texts:
        if isinstance(text, Text) and loc[:1] + loc[2:3] != ("msel", "text"):
            track_names = [
                name
                for words in text.words.values()
                if "{" in words
                for name in in_braces(words)
                if name in run.scenario.tracks
            ]
            if track_names:
                message = Sentence("'{name}' in braces is told as it stands here, not as a number", name=track_names[0])
                hint = Sentence("a track's number is told in the text of an inject alone")
                run.warn(source.spot(*loc), message, "brace-idle", hint)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .–-")


TWICE: Final = 2
FEW: Final = 3
"""A difference of fewer things than this is no imbalance."""
OFTEN: Final = 5
"""How many readings must name one side, and none the other."""

_SIDE_NAMES: Final = {
    "us": re.compile(r"\b(americans?|america|washington|united states|the us|us|u\.s\.)\b", re.IGNORECASE),
    "china": re.compile(r"\b(chinese|china|beijing)\b", re.IGNORECASE),
}
_US: Final = re.compile(r"\bus\b")
"""The pronoun, which is not the country."""


def sides_are_balanced(run: LintRun) -> None:
    """Neither side has twice the words, lines, ways to be touched or injects of its own."""
    scenario = run.scenario
    teams = {side: scenario.teams.team_of(side) for side in SIDES}
    brief = {side: reading_units(run.material.text(teams[side].brief, "en"), "en") for side in SIDES}
    inject_words = {
        side: sum(reading_units(getattr(inject.text, side).en, "en") for inject in _injects_for(run, side))
        for side in SIDES
    }
    lines = {side: len(teams[side].lines) for side in SIDES}
    touched = {side: sum(len(line.pressed_by) + len(line.crossed_by) for line in teams[side].lines) for side in SIDES}
    alone = {side: sum(inject.to == side for inject in scenario.msel) for side in SIDES}
    for counts, template, key, few in (
        (brief, _("{team} has {many} words in its brief, and {other} {few}"), "brief", 100),
        (inject_words, _("{team} has {many} words in its injects, and {other} {few}"), "name", 200),
        (lines, _("{team} has {many} lines, and {other} {few}"), "lines", FEW),
        (
            touched,
            _("{team} has {many} ways in which its lines are pressed or crossed, and {other} {few}"),
            "lines",
            FEW,
        ),
        (alone, _("{team} has {many} injects for itself, and {other} {few}"), "name", FEW),
    ):
        more: Side = "us" if counts["us"] > counts["china"] else "china"
        less = other(more)
        if counts[more] >= TWICE * counts[less] and counts[more] - counts[less] >= few:
            message = Sentence(template, team=TEAMS[more], many=counts[more], other=TEAMS[less], few=counts[less])
            run.warn(run.source.key_spot("teams", more, key), message, "imbalance", "let both sides have about as much")


def _injects_for(run: LintRun, side: Side) -> list[Inject]:
    return [inject for inject in run.scenario.msel if inject.to in ("both", side)]


def blame_is_shared(run: LintRun) -> None:
    """Where readings name the other side, they do so on both sides."""
    mention_counts = dict.fromkeys(SIDES, 0)
    for inject in run.scenario.msel:
        for reader in SIDES:
            words = getattr(inject.reads_as, reader).en
            words = _US.sub("", words) if reader == "china" else words
            mention_counts[other(reader)] += bool(_SIDE_NAMES[other(reader)].search(words))
    for side in SIDES:
        if mention_counts[side] >= OFTEN and not mention_counts[other(side)]:
            message = Sentence(
                "in {n} injects the misreading of {reader} names {team}, and in none the other way about",
                n=mention_counts[side],
                reader=TEAMS[other(side)],
                team=TEAMS[side],
            )
            hint = Sentence("let some injects be read by {team} as the other's doing", team=TEAMS[side])
            run.warn(run.source.key_spot("msel"), message, "blame-one", hint)
