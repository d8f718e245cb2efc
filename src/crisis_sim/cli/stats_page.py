"""A scenario in numbers, as `show --stats` prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from crisis_sim.authoring.stats import Reading, SessionLength, Stats, stats_of
from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.language import language as spoken
from crisis_sim.cli.language import say
from crisis_sim.content.load import load_material
from crisis_sim.playtest.efforts import TurnEffort, turn_efforts
from crisis_sim.rules.names import Language
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

_FAMILIES: Final = (
    *(_("contact"), _("reassure"), _("cooperate"), _("restrain")),
    *(_("inform"), _("protest"), _("coerce"), _("force")),
)
"""Families of moves, by their ids."""


def stats_rows(scenario: str, form: Literal["text", "json"]) -> Iterator[str]:
    """A scenario in numbers, as rows or as one JSON object. Raises UnreadableInput, ProblemsFound."""
    material = load_material(scenario)
    found, asked = stats_of(material, "en" if form == "json" else spoken()), turn_efforts(material)
    if form == "json":
        plain = {**found._asdict(), "efforts": asked}
        yield json.dumps({key: _plain(value) for key, value in plain.items()}, ensure_ascii=False, indent=2)
    else:
        yield from _rows(found, asked)


def _plain(value: object) -> object:
    """Named tuples as objects, minutes with one decimal."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(inner) for key, inner in value._asdict().items()}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return round(value, 1) if isinstance(value, float) else value


def _rows(stats: Stats, asked: Sequence[TurnEffort]) -> Iterator[str]:
    comma = say(", ")
    yield from (stats.title, "", say("To read:"))
    rows = [
        (say(reading.what), say(reading.who), *(_amount(reading, language) for language in reading.words))
        for reading in stats.readings
    ]
    yield table(rows, 2)
    for session in stats.sessions:
        yield from ("", *_session(session, [each for each in asked if each.length == session.length]))
    if stats.by_hand:
        yield from ("", prose(say("released by hand or by an effect: {injects}", injects=comma.join(stats.by_hand))))
    families = comma.join(say("{n} {what}", n=n, what=say(each)) for each, n in stats.families.items())
    yield from (
        "",
        say("In play: {moves} moves, {rules} rules", moves=stats.moves, rules=stats.rules),
        prose(families, 2),
    )
    if stats.stuck:
        yield prose(say("no channel can carry: {moves}", moves=comma.join(stats.stuck)), 2)
    yield from (
        "  " + say("{side}: {pink} pink and {red} red lines", side=say(SIDES[side]), pink=pink, red=red)
        for side, (pink, red) in stats.lines.items()
    )
    yield from ("", say("Channels:"))
    yield table(
        [
            (each.id, f"{each.readiness}%", say("{n} move", plural="{n} moves", n=each.moves), each.name)
            for each in stats.channels
        ],
        2,
    )
    yield from ("", say("Languages:"))
    for each in stats.coverage:
        words = {"language": each.language, "written": each.written, "all": each.texts}
        yield "  " + say("{language}: {written} of {all} texts written", **words)


def _amount(reading: Reading, language: Language) -> str:
    if not reading.words[language]:
        return say("not written")
    return say(
        "{words:,} words, {minutes:.1f} min" if language == "en" else "{words:,} characters, {minutes:.1f} min",
        words=reading.words[language],
        minutes=reading.minutes[language],
    )


def _session(session: SessionLength, asked: Sequence[TurnEffort]) -> Iterator[str]:
    comma = say(", ")
    yield say(
        "{length} minutes planned: {least:.0f} to {most:.0f} estimated, {briefs:.1f} of them for the briefs",
        length=session.length,
        least=session.least,
        most=session.most,
        briefs=session.briefs,
    )
    if session.explained:
        yield "  " + say("{minutes:.1f} more where the briefs are explained", minutes=session.explained)
    for each in asked:
        where = say("both teams at one screen") if each.one_table else say("each team at its own screen")
        yield "  " + say(
            "{where}, a team and turn: {keys:.0f} keys, {decisions:.0f} decisions, {minutes:.0f} minutes",
            where=where,
            keys=each.keys,
            decisions=each.decisions,
            minutes=each.minutes.get(spoken(), each.minutes["en"]),
        )
    rows = []
    for turn in session.turns:
        comes = comma.join(turn.timed) or say("nothing new")
        if turn.contingent:
            comes = say("{injects}; may come: {others}", injects=comes, others=comma.join(turn.contingent))
        rows.append((say("turn {n}", n=turn.number), say("T+{hour}h", hour=turn.hour), comes))
    yield table(rows, 2)
