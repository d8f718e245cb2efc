"""What people wrote down: notes and bookmarks, what the room said in the hotwash, and remarks made in a replay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SEATS as IN_ORDER
from crisis_sim.engine.acts.notes import Note, notes
from crisis_sim.engine.state import State
from crisis_sim.pages.blocks import Heading, Quote, listed, prose
from crisis_sim.pages.closing_blocks import principles_opened
from crisis_sim.pages.model_words import trouble_lines
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.room_talk import recalled
from crisis_sim.replaying.lens import Lens
from crisis_sim.report.report_blocks import ReportBlock, Reporter
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import SEATS

LENS: Mapping[Lens, str] = {
    "whole": _("seen whole"),
    "dual": _("seen side by side"),
    "us": _("as the US saw it"),
    "china": _("as China saw it"),
    "story": _("as it is told"),
}


def about(record: ReportRecord, topic: str, of: str = "") -> tuple[Note, ...]:
    """What the room said about one thing."""
    return tuple(note for note in notes(record.replay.state) if note.about == topic and note.of == of)


def quoted(said: tuple[Note, ...]) -> Iterator[ReportBlock]:
    """Notes in their own words."""
    yield from (Quote(note.text) for note in said)


def acts_spoken_of(record: ReportRecord, told: frozenset[e.ActKey]) -> Iterator[ReportBlock]:
    """What the room said about acts, those left out that were `told` before."""
    said = [(key, about(record, "act", "/".join(map(str, key)))) for key in record.entries if key not in told]
    if any(each for _, each in said):
        yield Heading(record.say("What the room said of other acts"), 3)
    for key, each in said:
        if each:
            yield prose(record.told(key))
            yield from quoted(each)


def principles(record: ReportRecord) -> Iterator[ReportBlock]:
    """The principles that both accept, and those that one side alone has put."""
    yield from principles_opened(record.opened.principles, record.say)


def changes(record: ReportRecord) -> Iterator[ReportBlock]:
    """What each would change, as it was said in the hotwash."""
    said = [(seat, about(record, "change", seat)) for seat in IN_ORDER]
    if any(each for _, each in said):
        yield Heading(record.say("What each would change"))
    for seat, each in said:
        if each:
            yield prose(record.say("{seat}:", seat=record.say(SEATS[seat])))
            yield from quoted(each)


def written(record: ReportRecord) -> Iterator[ReportBlock]:
    """What the white cell noted and marked during play, what the room said of it all, and what lies beside the log.

    A team's notes are its own, and stand in its version alone.
    """
    say, state = record.say, record.replay.state
    yield Heading(say("Notes and bookmarks"))
    yield from (prose(told) for told in trouble_lines(state.models, say))
    marks = [event for event in state.written if isinstance(event, e.Bookmarked)]
    told = [
        (note.turn, say("{seat}, turn {turn}:", seat=say(SEATS[note.seat]), turn=note.turn), note.text)
        for note in notes(state)
        if note.about is None and note.seat not in SIDES
    ]
    told += [(mark.turn, say("Bookmark, turn {turn}:", turn=mark.turn), mark.label) for mark in marks]
    for _turn, head, text in sorted(told, key=lambda each: each[0]):
        yield prose(head)
        yield Quote(text)
    room = about(record, "session")
    if room:
        yield Heading(say("What the room said of the session"), 3)
        yield from quoted(room)
    if not told and not room:
        said = any(note.about is not None for note in notes(state))
        yield prose(say("What the room said stands beside what it is about.") if said else say("None were taken."))
    yield from _beside(record)


def _beside(record: ReportRecord) -> Iterator[ReportBlock]:
    """Remarks in the file beside the log, and what there is in it that is none."""
    say, beside = record.say, record.beside
    if beside is None:
        yield prose(say("A file of notes lies beside the log, and could not be read."), "quiet")
        return
    if beside.remarks:
        yield Heading(say("Written in a replay, beside the log"), 3)
    for remark in beside.remarks:
        words = {"n": remark.seq, "lens": say(LENS[remark.lens])}
        bookmark = remark.kind == "bookmark"
        yield prose(say("Bookmark after entry {n}, {lens}:" if bookmark else "After entry {n}, {lens}:", **words))
        yield Quote(remark.text or "–")
    if beside.foreign:
        told = say(
            "Left out of the file of notes beside the log, as no notes about it: {n} line.",
            plural="Left out of the file of notes beside the log, as no notes about it: {n} lines.",
            n=beside.foreign,
        )
        yield prose(told, "quiet")


def questions(record: ReportRecord) -> Iterator[ReportBlock]:
    """The scenario's questions, with what to think back to and what the room said to each."""
    if not record.opened.questions:
        return
    say = record.say
    yield Heading(say("Questions for the room"))
    waiting: list[str] = []
    for place, each in enumerate(record.opened.questions, 1):
        back = (say("Think back to: {what}.", what=join_parts(recalled(each, say), say)),) if each.recalls else ()
        waiting.append(one_after_another((say.of(each.ask), *back)))
        said = about(record, "question", str(place))
        if said:
            yield listed(tuple(waiting))
            waiting = []
            yield from quoted(said)
    if waiting:
        yield listed(tuple(waiting))


def own_changes(state: State, side: Side, say: Reporter) -> Iterator[ReportBlock]:
    """What a team said in the hotwash that it would change; what others said is theirs."""
    said = [note for note in notes(state) if note.about == "change" and note.of == side]
    if said:
        yield Heading(say("What we would change"))
        for note in said:
            yield Quote(note.text)
