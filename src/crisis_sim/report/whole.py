"""The whole report: everything that was sealed, for the room after the hotwash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Seat
from crisis_sim.report import dealings, foresight, improvement, story
from crisis_sim.report.blocks import Block, Heading, Items, Prose, Quote, Report
from crisis_sim.report.record import Record, day, record_of
from crisis_sim.report.wording import joined
from crisis_sim.rules.names import Language
from crisis_sim.session.replay import Replay

SECTIONS = (
    story.summary,
    story.timeline,
    story.tension,
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
    improvement.improvement,
)
"""In the order of the report."""

SEATS: Mapping[Seat, str] = {
    "us": "US team",
    "china": "China team",
    "facilitator": "Facilitator",
    "observer": "Observer",
}


def whole_report(replay: Replay, language: Language = "en") -> Report:
    """The report of the session in `replay`. Raises LogDamaged where its events cannot follow each other."""
    record = record_of(replay, language)
    blocks = [block for section in SECTIONS for block in section(record)]
    blocks += [*_notes(record), *_questions(record), *_method(record)]
    scenario = replay.table.scenario
    return Report(
        title=record.say("Debrief: {title}", title=scenario.title.in_(language)),
        under=(_played(record), _seats(record)),
        handling=scenario.handling.in_(language),
        language=language,
        blocks=tuple(blocks),
    )


def _played(record: Record) -> str:
    """What was played, when, under which rules."""
    table = record.replay.table
    packs = joined(record.language, [pack.id for pack in table.material.packs])
    words = {"session": table.session, "day": day(record.replay), "length": table.length, "packs": packs}
    return record.say("Session {session}, begun on {day} (UTC); {length} minutes; rules: {packs}.", **words)


def _seats(record: Record) -> str:
    """Who sat where: seats and bots, never persons."""
    told = [
        record.say("{seat}: {who}", seat=record.say(SEATS[seat]), who=record.say("bot" if how == "bot" else "people"))
        for seat, (how, _) in record.replay.state.seats.items()
    ]
    return joined(record.language, told) or record.say("The log does not say who sat where.")


def _notes(record: Record) -> Iterator[Block]:
    """What was noted and marked during play and in the hotwash, by seat."""
    say = record.say
    yield Heading(say("Notes and bookmarks"))
    count = 0
    for told in record.replay.state.story:
        for event in told:
            if isinstance(event, e.NoteTaken):
                count += 1
                yield Prose(say("{seat}, turn {turn}:", seat=say(SEATS[event.seat]), turn=event.turn))
                yield Quote(event.text)
            elif isinstance(event, e.Bookmarked):
                count += 1
                yield Prose(say("Bookmark, turn {turn}:", turn=event.turn))
                yield Quote(event.label)
    if not count:
        yield Prose(say("None were taken."))


def _questions(record: Record) -> Iterator[Block]:
    """The scenario's questions, for whoever goes on talking."""
    if not record.opened.questions:
        return
    say = record.say
    yield Heading(say("Questions for the room"))
    told = []
    for each in record.opened.questions:
        recalled = say(" Think back to: {what}.", what=joined(record.language, each.recalls)) if each.recalls else ""
        told.append(each.ask + recalled)
    yield Items(tuple(told))


def _method(record: Record) -> Iterator[Block]:
    """Where each number can be found again."""
    say = record.say
    yield Heading(say("Where the numbers come from"))
    yield Prose(
        say(
            "Every number is found from the log alone: `crisis-sim verify LOG --findings` finds it again, and the page "
            "“What is measured” of the manual gives formula and source. With few acts or forecasts a number says "
            "little; – stands where there is too little. Acts are called by side, turn and place in the turn; entries "
            "are those of the log."
        )
    )
