"""A scenario in numbers: what there is to read, what comes when, how long a session takes, what is in play.

Counts what is written and estimates what people will need. No session is played for it; what happens in one is
`crisis-sim playtest`'s.

Speeds are means of many readers, and one team's may well differ by a quarter. Nobody's understanding is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Files, Inject, Scenario
from crisis_sim.engine.inject_times import InjectTimes, schedule_of
from crisis_sim.engine.table import turn_minutes
from crisis_sim.engine.table_parts import hours_played
from crisis_sim.engine.workload import workload_of
from crisis_sim.rules.authored import Authored, Text
from crisis_sim.rules.names import SIDES, Language, Side
from crisis_sim.wording import _

A_MINUTE: Final[dict[Language, int]] = {"en": 238, "zh": 300}
"""English words, Chinese characters.

English non-fiction: Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109, over
190 studies; most adults lie between 175 and 300. Chinese: 300, the least that the curriculum of Chinese schools asks of
silent reading at the end of primary school, and 500 three years later (standard of 2011 and 2022, from memory; most do
not reach 500). Aloud 255 ± 29 were found (Trauzettel-Klosinski and Dietz 2012, IReST), and 259.5 ± 38.2 sentence by
sentence on a screen (Wang, Lin and Guo 2019, Brain and Behavior 9); in silence one is quicker.
"""

TOGETHER: Final[dict[Language, int]] = {"en": 180, "zh": 300}
"""English words and Chinese characters a minute, where a team reads together and some of it aloud: Brysbaert 2019 found
183 words a minute aloud, and Chinese news is read at about 300 characters."""

BRIEFING: Final = {45: 6, 90: 12, 150: 20}
"""For each length, the minutes for welcome, rules and briefs: the plan of `docs/facilitate.md`, under Timing."""

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_FROM_WORD: Final = re.compile(r"[^\W_]\S*")
_SIGNS: Final = bytes(code for code in range(128) if not chr(code).isalnum() and not chr(code).isspace())
_FORM: Final = bytes(ord("a") if chr(code).isalnum() else ord(" ") for code in range(256))
"""A table in which each letter and digit of ASCII is an `a`."""


def reading_units(text: str, language: Language) -> int:
    """What counts in a text: words in English, characters in Chinese; there a number or a Latin word counts as one.

    Marks of Markdown and punctuation are no words.
    """
    if language == "zh":
        other_parts = _HAN.split(text)
        return len(text) - sum(map(len, other_parts)) + len(_FROM_WORD.findall(" ".join(other_parts)))
    if not text.isascii():
        return len(_FROM_WORD.findall(text))
    return (b" " + text.encode().translate(_FORM, _SIGNS)).count(b" a")  # the same, in a quarter of the time


def reading_minutes(text: str, language: Language) -> float:
    """Minutes that it takes to read `text` once."""
    return reading_units(text, language) / A_MINUTE[language]


WordCounts: TypeAlias = dict[Language, int]


class Reading(NamedTuple):
    """What one audience has to read, in one kind of text."""

    text: str
    audience: str
    """`both teams`, `US`, `China`, `facilitator`."""
    words: WordCounts
    """English words, Chinese characters, for each declared language."""
    minutes: dict[Language, float]


class TurnLoad(NamedTuple):
    """What comes in one turn of one length."""

    number: int
    """As it is played, from 1."""
    hour: int
    timed: tuple[str, ...]
    """Injects that the clock brings, for the first time or again."""
    contingent: tuple[str, ...]
    """Injects that may come here at the earliest, if what they wait for happens."""
    minutes: float
    """What a team needs for what the clock brings: to read it together, and to agree on what it asks to decide."""
    maybe: float
    """The same for what may come here."""


class SessionLength(NamedTuple):
    """One length that the scenario can be played in."""

    length: int
    """Minutes that it is planned for."""
    turns: tuple[TurnLoad, ...]
    briefs: float
    """Minutes in which a team reads the public and the longer private brief together."""
    explained: float
    """Minutes more to read what explains them, where a session has its briefs explained."""
    minimum: float
    """Estimated minutes of a brisk session: one move a turn, only what the clock brings."""
    maximum: float
    """Estimated minutes of a full one: as many moves as are allowed and every inject that may come, as far as the clock
    of each turn has time for them."""


class ChannelMoves(NamedTuple):
    """A channel and the moves that it can carry."""

    id: str
    name: str
    readiness: int
    moves: int


class Coverage(NamedTuple):
    """How many of the texts that people read are written in a language."""

    language: Language
    written: int
    texts: int


class Stats(NamedTuple):
    """All numbers of one scenario."""

    title: str
    readings: tuple[Reading, ...]
    sessions: tuple[SessionLength, ...]
    by_hand: tuple[str, ...]
    """Injects that only the facilitator or an effect releases."""
    moves: int
    """Moves of the catalogue that a channel of this scenario can carry."""
    stuck: tuple[str, ...]
    """Moves that none can."""
    families: dict[str, int]
    """Moves in play by family."""
    channels: tuple[ChannelMoves, ...]
    lines: dict[Side, tuple[int, int]]
    """Pink and red lines of each team."""
    rules: int
    coverage: tuple[Coverage, ...]


# Minutes of the parts of a session, from the plan in docs/facilitate.md; whoever changes one changes the other.
WELCOME: Final = {45: 2, 90: 4, 150: 8}
GUESSES: Final = {45: 2, 90: 6, 150: 12}
BREAK: Final = {45: 0, 90: 0, 150: 8}
HOTWASH: Final = {45: 13, 90: 24, 150: 30}
"""The least of the plan: a session that was brisk leaves more for it."""
A_MOVE: Final = 1.75
"""To agree on a move, word it and say what it means, or on the answer that a voice asks for."""
READINGS: Final = {45: 1.5, 90: 2.0, 150: 2.5}
"""To read what arrived and say how it was taken."""
SITUATION: Final = 0.5
"""To say the hour and what is at stake; with what teams then read, the one or two minutes of the scenarios' guides."""
FORECASTS: Final = {45: 0, 90: 1, 150: 1}
"""At 45 minutes they are made in one sitting with the readings."""
RESULTS: Final = 1.0


def around_moves(length: int) -> float:
    """Minutes of a turn besides reading its texts and agreeing on moves."""
    return SITUATION + READINGS[length] + FORECASTS[length] + RESULTS


def stats_of(material: Material, language: Language = "en") -> Stats:
    """The numbers of a scenario under its packs, with its titles, and the minutes of its sessions, in `language`."""
    scenario = material.scenario
    ways = {(channel.kind, way) for channel in scenario.channels.values() for way in channel.visibility}
    sent = {
        name: move
        for name, move in material.moves.items()
        if any((kind, way) in ways for kind in move.over for way in move.visibility)
    }
    families: dict[str, int] = {}
    for move in sent.values():
        families[move.family] = families.get(move.family, 0) + 1
    lines = {
        side: (
            sum(line.kind == "pink" for line in scenario.teams.team_of(side).lines),
            sum(line.kind == "red" for line in scenario.teams.team_of(side).lines),
        )
        for side in SIDES
    }
    return Stats(
        title=scenario.title.in_(language),
        readings=tuple(_readings(material)),
        sessions=tuple(_session(material, length, language) for length in sorted(scenario.lengths)),
        by_hand=tuple(inject.id for inject in scenario.msel if inject.by_hand),
        moves=len(sent),
        stuck=tuple(name for name in material.moves if name not in sent),
        families=families,
        channels=tuple(
            ChannelMoves(
                name,
                channel.name.in_(language),
                channel.readiness,
                _carried(sent.values(), channel.kind, channel.visibility),
            )
            for name, channel in scenario.channels.items()
        ),
        lines=lines,
        rules=len(material.rules),
        coverage=tuple(_covered(scenario, language) for language in scenario.languages),
    )


def _carried(moves: Any, kind: str, ways: Sequence[str]) -> int:  # Any: a view of moves
    return sum(kind in move.over and not set(ways).isdisjoint(move.visibility) for move in moves)


# reading


def _readings(material: Material) -> Iterator[Reading]:
    scenario = material.scenario
    languages = scenario.languages
    yield _of_files(material, _("public brief"), _("both teams"), scenario.brief)
    for side in SIDES:
        yield _of_files(material, _("private brief"), _name(side), scenario.teams.team_of(side).brief)
    if scenario.explained is not None:
        yield _of_files(material, _("what explains the public brief"), _("both teams"), scenario.explained)
    for side in SIDES:
        if (sounds := scenario.teams.team_of(side).sounds) is not None:
            yield _of_files(material, _("how the other side may sound"), _name(side), sounds)
    for side in SIDES:
        team = scenario.teams.team_of(side)
        yield _of_texts(
            _("part, aims and lines"),
            _name(side),
            [team.part, *team.aims, *(line.says for line in team.lines)],
            languages,
        )
    for side in SIDES:
        texts = [_team_text(inject, side) for inject in scenario.msel if inject.to in (side, "both")]
        yield _of_texts(_("all injects"), _name(side), texts, languages)
    yield _of_texts(
        _("channels and what is at stake"),
        _("both teams"),
        [
            *(channel.says for channel in scenario.channels.values()),
            *(track.says for track in scenario.tracks.values()),
        ],
        languages,
    )
    yield _of_files(material, _("guide"), _("facilitator"), scenario.guide)
    notes = [text for inject in scenario.msel for text in (inject.note, inject.reads_as.us, inject.reads_as.china)]
    yield _of_texts(_("notes to injects"), _("facilitator"), notes, languages)
    yield _of_texts(
        _("questions of the hotwash"), _("both teams"), [question.ask for question in scenario.hotwash], languages
    )


def _team_text(inject: Inject, side: Side) -> Text:
    return inject.text.us if side == "us" else inject.text.china


def _name(side: Side) -> str:
    return "US" if side == "us" else "China"


def _of_texts(topic: str, readers: str, texts: Sequence[Text], languages: Sequence[Language]) -> Reading:
    return _reading(
        topic,
        readers,
        {
            language: "\n".join(text.in_(language) for text in texts if is_written(text, language))
            for language in languages
        },
    )


def _of_files(material: Material, topic: str, readers: str, files: Files) -> Reading:
    languages = material.scenario.languages
    return _reading(
        topic,
        readers,
        {language: material.text(files, language) if is_written(files, language) else "" for language in languages},
    )


def _reading(topic: str, readers: str, texts: dict[Language, str]) -> Reading:
    words = {language: reading_units(text, language) for language, text in texts.items()}
    return Reading(
        topic, readers, words, {language: reading_minutes(text, language) for language, text in texts.items()}
    )


def is_written(text: Text | Files, language: Language) -> bool:
    """Whether a text is written in a language; Chinese that repeats English words is not."""
    if language == "en" or text.zh is None:
        return language == "en"
    return isinstance(text, Files) or text.zh.strip() != text.en.strip() or not _LOWER.search(text.en)


_LOWER: Final = re.compile("[a-z]{3}")
"""What a name or a number that is alike in both languages mostly does not have."""


# time


def _session(material: Material, length: int, language: Language) -> SessionLength:
    scenario = material.scenario
    language = language if language in scenario.languages else "en"
    hours, workload = hours_played(scenario, length)[:-1], workload_of(material, length)
    schedule = schedule_of(material, length)
    coming = [(inject, schedule[inject.id]) for inject in scenario.msel if inject.id in schedule and not inject.by_hand]
    turns = tuple(_turn(turn, hour, coming, language) for turn, hour in enumerate(hours, 1))
    briefs = _files_minutes(material, scenario.brief, language)
    briefs += max(_files_minutes(material, scenario.teams.team_of(side).brief, language) for side in SIDES)
    explained = max(_files_minutes(material, scenario.teams.team_of(side).sounds, language) for side in SIDES)
    explained += _files_minutes(material, scenario.explained, language)
    fixed = max(BRIEFING[length], WELCOME[length] + briefs) + GUESSES[length] + BREAK[length] + HOTWASH[length]
    around, clock = around_moves(length), turn_minutes(length, len(hours))
    brisk, full = A_MOVE * max(scenario.moves_a_turn.least, 1), A_MOVE * workload.moves
    min_minutes = [around + turn.minutes + brisk for turn in turns]
    max_minutes = [around + turn.minutes + turn.maybe + full for turn in turns]
    within = [max(few, min(many, clock)) for few, many in zip(min_minutes, max_minutes, strict=True)]
    return SessionLength(length, turns, briefs, explained, fixed + sum(min_minutes), fixed + sum(within))


def _turn(turn: int, hour: int, coming: Sequence[tuple[Inject, InjectTimes]], language: Language) -> TurnLoad:
    """What comes in a turn, and what may come."""
    timed = [inject for inject, times in coming if turn in times.turns and times.is_certain]
    maybe = [inject for inject, times in coming if turn in times.turns and not times.is_certain]
    return TurnLoad(
        turn,
        hour,
        tuple(inject.id for inject in timed),
        tuple(inject.id for inject in maybe),
        max(_inject_minutes(timed, side, language) for side in SIDES),
        max(_inject_minutes(maybe, side, language) for side in SIDES),
    )


def _inject_minutes(injects: Sequence[Inject], side: Side, language: Language) -> float:
    team_injects = [inject for inject in injects if inject.to in (side, "both")]
    read = (
        sum(reading_units(_team_text(inject, side).in_(language), language) for inject in team_injects)
        / TOGETHER[language]
    )
    return read + A_MOVE * sum(bool(inject.decide) for inject in team_injects)


def _files_minutes(material: Material, files: Files | None, language: Language) -> float:
    return reading_units(material.text(files, language), language) / TOGETHER[language] if files is not None else 0.0


# languages


def _covered(scenario: Scenario, language: Language) -> Coverage:
    texts = list(_texts(scenario))
    written_flags = (is_written(text, language) or (text is scenario.title and text.zh) for text in texts)
    return Coverage(language, sum(map(bool, written_flags)), len(texts))


def _texts(value: Any) -> Iterator[Text | Files]:  # Any: whatever lies in an authored model
    """Every text below a model."""
    if isinstance(value, Text | Files):
        yield value
    elif isinstance(value, Authored):
        for key in type(value).model_fields:
            yield from _texts(getattr(value, key))
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
