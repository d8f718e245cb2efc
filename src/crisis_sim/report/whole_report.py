"""The whole report: everything that was sealed, for the room after the hotwash."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.pages.blocks import Heading, prose
from crisis_sim.pages.model_words import model_sentences
from crisis_sim.replaying.remarks import FoundRemarks
from crisis_sim.report import dealings, foresight, improvement, minute, notes_and_remarks, timeline
from crisis_sim.report.first_page import first_page
from crisis_sim.report.report_blocks import Report, ReportBlock
from crisis_sim.report.report_record import NO_REMARKS, ReportRecord, day, record_of
from crisis_sim.rules.names import Language
from crisis_sim.session.log import acts_by_harness
from crisis_sim.session.notices import misses_acts
from crisis_sim.session.replay import Replay
from crisis_sim.wording.labels import SEATS


def whole_report(replay: Replay, language: Language = "en", remarks: FoundRemarks | None = NO_REMARKS) -> Report:
    """The report of the session in `replay`, with the remarks that lie beside its log.

    `beside` is None where there is a file of them that could not be read. Raises LogDamaged where the log's events
    cannot follow each other.
    """
    record = record_of(replay, language, remarks)
    scenario = replay.table.scenario
    return Report(
        title=record.say("Debrief: {title}", title=scenario.title.in_(language)),
        subtitles=(_played(record), _seats(record), *_models(record)),
        handling=scenario.handling.in_(language),
        language=language,
        front=tuple(first_page(record)),
        blocks=tuple(block for section in SECTIONS for block in section(record)),
    )


def _played(record: ReportRecord) -> str:
    """What was played, when, under which rules."""
    table = record.replay.table
    packs = record.say(", ").join([pack.id for pack in table.material.packs])
    words = {"session": table.session, "day": day(record.replay), "length": table.length, "packs": packs}
    return record.say("Session {session}, begun on {day} (UTC); {length} minutes; rules: {packs}.", **words)


def _seats(record: ReportRecord) -> str:
    """Who sat where: seats and bots, never persons."""
    say = record.say
    labels = [
        say("{seat}: {who}", seat=say(SEATS[seat]), who=say("bot" if occupant == "bot" else "people"))
        for seat, (occupant, _) in record.replay.state.seats.items()
    ]
    return record.say(", ").join(labels) or say("The log does not say who sat where.")


def _models(record: ReportRecord) -> Iterator[str]:
    """Which models played, and how much of it they did themselves."""
    replay = record.replay
    return model_sentences(replay.state.models, acts_by_harness(replay.log.entries), record.say)


def _method(record: ReportRecord) -> Iterator[ReportBlock]:
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
    timeline.tension,
    timeline.timeline,
    timeline.pressures,
    timeline.acts,
    timeline.gaps,
    timeline.turning_points,
    foresight.lines,
    foresight.forecasts,
    foresight.beliefs,
    foresight.images,
    dealings.channels,
    dealings.dealing_blocks,
    dealings.checklists,
    dealings.third_party,
    notes_and_remarks.principles,
    notes_and_remarks.changes,
    improvement.improvement,
    notes_and_remarks.build_notes,
    notes_and_remarks.questions,
    _method,
)
"""In the order of the report."""
