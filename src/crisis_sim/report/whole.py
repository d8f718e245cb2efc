"""The whole report: everything that was sealed, for the room after the hotwash."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.replaying.remarks import Found
from crisis_sim.report import dealings, foresight, improvement, minute, said, story
from crisis_sim.report.blocks import Block, Heading, Report, prose
from crisis_sim.report.record import NOTHING, Record, day, record_of
from crisis_sim.report.wording import joined
from crisis_sim.rules.names import Language
from crisis_sim.session.notices import misses_acts
from crisis_sim.session.replay import Replay
from crisis_sim.wording.names import SEATS


def whole_report(replay: Replay, language: Language = "en", beside: Found | None = NOTHING) -> Report:
    """The report of the session in `replay`, with the remarks that lie beside its log.

    `beside` is None where there is a file of them that could not be read. Raises LogDamaged where the log's events
    cannot follow each other.
    """
    record = record_of(replay, language, beside)
    scenario = replay.table.scenario
    return Report(
        title=record.say("Debrief: {title}", title=scenario.title.in_(language)),
        under=(_played(record), _seats(record)),
        handling=scenario.handling.in_(language),
        language=language,
        blocks=tuple(block for section in SECTIONS for block in section(record)),
    )


def _played(record: Record) -> str:
    """What was played, when, under which rules."""
    table = record.replay.table
    packs = joined(record.language, [pack.id for pack in table.material.packs])
    words = {"session": table.session, "day": day(record.replay), "length": table.length, "packs": packs}
    return record.say("Session {session}, begun on {day} (UTC); {length} minutes; rules: {packs}.", **words)


def _seats(record: Record) -> str:
    """Who sat where: seats and bots, never persons."""
    say = record.say
    told = [
        say("{seat}: {who}", seat=say(SEATS[seat]), who=say("bot" if how == "bot" else "people"))
        for seat, (how, _) in record.replay.state.seats.items()
    ]
    return joined(record.language, told) or say("The log does not say who sat where.")


def _method(record: Record) -> Iterator[Block]:
    """Where each number can be found again."""
    say = record.say
    yield Heading(say("Where the numbers come from"))
    yield prose(
        say(
            "Every number is found from the log alone: `crisis-sim verify LOG --findings` finds it again, and the page "
            "“What is measured” of the manual gives formula and source. With few acts or forecasts a number says "
            "little; – stands where there is too little. Acts are called by side, turn and place in the turn; entries "
            "are those of the log."
        )
    )
    if misses_acts(record.replay.log):
        yield prose(say("Acts that were acknowledged are missing from this log: `crisis-sim verify LOG` says which."))
    yield prose(
        say(
            "The last hash of the log is {hash}. If the same was noted when the session ended, nobody has rewritten "
            "the log since; `crisis-sim verify LOG --head {hash}` compares.",
            hash=record.replay.log.short_hash,
        )
    )


SECTIONS = (
    minute.minute,
    story.tension,
    story.timeline,
    story.pressures,
    story.acts,
    story.gaps,
    story.turning_points,
    foresight.lines,
    foresight.forecasts,
    foresight.images,
    dealings.channels,
    dealings.said_and_done,
    dealings.checklists,
    dealings.third_party,
    said.changes,
    improvement.improvement,
    said.written,
    said.questions,
    _method,
)
"""In the order of the report."""
