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


def about(record: ReportRecord, topic: str, subject: str = "") -> tuple[Note, ...]:
    """What the room said about one thing."""
    return tuple(note for note in notes(record.replay.state) if note.about == topic and note.of == subject)


def quoted(room_notes: tuple[Note, ...]) -> Iterator[ReportBlock]:
    """Notes in their own words."""
    yield from (Quote(note.text) for note in room_notes)


def acts_spoken_of(record: ReportRecord, reported_keys: frozenset[e.ActKey]) -> Iterator[ReportBlock]:
    """What the room said about acts, those left out that were `told` before."""
    notes_by_act = [
        (key, about(record, "act", "/".join(map(str, key)))) for key in record.entries if key not in reported_keys
    ]
    if any(act_notes for _, act_notes in notes_by_act):
        yield Heading(record.say("What the room said of other acts"), 3)
    for key, act_notes in notes_by_act:
        if act_notes:
            yield prose(record.describe_act(key))
            yield from quoted(act_notes)


def principles(record: ReportRecord) -> Iterator[ReportBlock]:
    """The principles that both accept, and those that one side alone has put."""
    yield from principles_opened(record.opened.principles, record.say)


def changes(record: ReportRecord) -> Iterator[ReportBlock]:
    """What each would change, as it was said in the hotwash."""
    notes_by_seat = [(seat, about(record, "change", seat)) for seat in IN_ORDER]
    if any(seat_notes for _, seat_notes in notes_by_seat):
        yield Heading(record.say("What each would change"))
    for seat, seat_notes in notes_by_seat:
        if seat_notes:
            yield prose(record.say("{seat}:", seat=record.say(SEATS[seat])))
            yield from quoted(seat_notes)


def build_notes(record: ReportRecord) -> Iterator[ReportBlock]:
    """What the white cell noted and marked during play, what the room said of it all, and what lies beside the log.

    A team's notes are its own, and stand in its version alone.
    """
    say, state = record.say, record.replay.state
    yield Heading(say("Notes and bookmarks"))
    yield from (prose(sentence) for sentence in trouble_lines(state.models, say))
    marks = [event for event in state.notes if isinstance(event, e.Bookmarked)]
    entries = [
        (note.turn, say("{seat}, turn {turn}:", seat=say(SEATS[note.seat]), turn=note.turn), note.text)
        for note in notes(state)
        if note.about is None and note.seat not in SIDES
    ]
    entries += [(mark.turn, say("Bookmark, turn {turn}:", turn=mark.turn), mark.label) for mark in marks]
    for _turn, head, text in sorted(entries, key=lambda entry: entry[0]):
        yield prose(head)
        yield Quote(text)
    room = about(record, "session")
    if room:
        yield Heading(say("What the room said of the session"), 3)
        yield from quoted(room)
    if not entries and not room:
        has_room_notes = any(note.about is not None for note in notes(state))
        yield prose(
            say("What the room said stands beside what it is about.") if has_room_notes else say("None were taken.")
        )
    yield from _build_remarks(record)


def _build_remarks(record: ReportRecord) -> Iterator[ReportBlock]:
    """Remarks in the file beside the log, and what there is in it that is none."""
    say, remark_file = record.say, record.remarks
    if remark_file is None:
        yield prose(say("A file of notes lies beside the log, and could not be read."), "quiet")
        return
    if remark_file.remarks:
        yield Heading(say("Written in a replay, beside the log"), 3)
    for remark in remark_file.remarks:
        words = {"n": remark.seq, "lens": say(LENS[remark.lens])}
        bookmark = remark.kind == "bookmark"
        yield prose(say("Bookmark after entry {n}, {lens}:" if bookmark else "After entry {n}, {lens}:", **words))
        yield Quote(remark.text or "–")
    if remark_file.foreign:
        sentence = say(
            "Left out of the file of notes beside the log, as no notes about it: {n} line.",
            plural="Left out of the file of notes beside the log, as no notes about it: {n} lines.",
            n=remark_file.foreign,
        )
        yield prose(sentence, "quiet")


def questions(record: ReportRecord) -> Iterator[ReportBlock]:
    """The scenario's questions, with what to think back to and what the room said to each."""
    if not record.opened.questions:
        return
    say = record.say
    yield Heading(say("Questions for the room"))
    waiting: list[str] = []
    for place, question in enumerate(record.opened.questions, 1):
        back = (
            (say("Think back to: {what}.", what=join_parts(recalled(question, say), say)),) if question.recalls else ()
        )
        waiting.append(one_after_another((say.localize(question.ask), *back)))
        room_notes = about(record, "question", str(place))
        if room_notes:
            yield listed(tuple(waiting))
            waiting = []
            yield from quoted(room_notes)
    if waiting:
        yield listed(tuple(waiting))


def own_changes(state: State, side: Side, say: Reporter) -> Iterator[ReportBlock]:
    """What a team said in the hotwash that it would change; what others said is theirs."""
    side_notes = [note for note in notes(state) if note.about == "change" and note.of == side]
    if side_notes:
        yield Heading(say("What we would change"))
        for note in side_notes:
            yield Quote(note.text)
