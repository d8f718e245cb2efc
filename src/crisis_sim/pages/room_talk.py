"""What the room says: notes on what is open, the scenario's questions one at a time, and what to change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.engine.actions import SeatName, Topic
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts, QuestionFacts, RoomNote
from crisis_sim.numbers import points_text
from crisis_sim.pages.acts_opened import apart_told
from crisis_sim.pages.blocks import Block, Heading, Items, Span, Tone, line, listed, prose
from crisis_sim.pages.closing_blocks import closing_opened
from crisis_sim.pages.opening import CHANGES, PAIRS, QUESTIONS, TAKEN, Opening, name_of
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.record_words import dealt, lines_told
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.wording.labels import SEATS, SIDES

ORDER: tuple[SeatName, ...] = ("us", "china", "facilitator", "observer")
"""In which the room is listed: the teams first."""
MOST = 3
"""Sentences of the record under a question; the page has the rest."""


def topic_of(view: HotwashFacts, opening: Opening) -> tuple[Topic, str]:
    """What a note taken at this place is about."""
    if opening.page == PAIRS and 0 <= opening.pair < len(view.pairs):
        return "act", name_of(view.pairs[opening.pair])
    if opening.page == QUESTIONS and view.questions:
        return "question", str(opening.place + 1)
    if opening.page == CHANGES:
        return "change", ""
    return "session", ""


def notes_on(view: HotwashFacts, about: Topic, of: str) -> list[RoomNote]:
    """What the room has said about one thing."""
    return [note for note in view.notes if note.about == about and (note.of == of or (about == "change" and not of))]


def note_blocks(notes: Sequence[RoomNote], say: Teller) -> Iterator[Block]:
    """What the room has said about what stands above."""
    if notes:
        yield Heading(say("The room says"))
        yield listed(note.text for note in notes)


def question_blocks(view: HotwashFacts, place: int, opening: Opening, say: Teller) -> Iterator[Block]:
    """One question, and what of the record it is about."""
    if not view.questions:
        yield prose(say("The scenario asks no questions."), "quiet")
        return
    asked = view.questions[place]
    counted = say("Question {n} of {m}", n=place + 1, m=len(view.questions))
    yield prose(counted, "quiet")
    yield prose(say.of(asked.ask), "strong")
    if recalls := recalled(asked, say):
        yield prose(say("Think back to"), "quiet")
        yield listed(recalls)
    yield prose(say("On the record: {page}", page=say(asked.about)), "quiet")
    record = list(_record(view, asked.about, opening, say))[:MOST]
    if record:
        yield Items(tuple(line(Span(sentence, "quiet")) for sentence in record))


def recalled(question: QuestionFacts, say: Teller) -> list[str]:
    """Names of what a question brings back to mind."""
    return [name.rstrip(".。") for words in question.recalls if (name := say.of(words))]


def _record(view: HotwashFacts, about: str, opening: Opening, say: Teller) -> Iterator[str]:
    """What the record says; of acts only what has been opened."""
    match about:
        case "gaps":
            for pair in view.pairs:
                if (pair.gap or pair.unforeseen) and opening.how_far(pair) == TAKEN:
                    apart = one_after_another(apart_told(pair.intent, pair.expected, pair.reading, say))
                    yield say("{head}: {text}", head=head_for(pair.act, None, say), text=apart)
        case "silence" | "readouts":
            for _head, told in dealt(view, ("silences" if about == "silence" else "readouts",), say):
                yield from told
        case "lines":
            yield from lines_told(view, say)
        case "tracks":
            for course in view.courses:
                track = say.course(course)
                went = f"{points_text(course.start)} → {points_text(course.end)} {say.of(track.unit)}"
                yield say("{head}: {text}", head=say.track_name(track), text=went)
        case "channels":
            for channel in view.channels:
                if channel.us or channel.china:
                    yield say("{name}: US {n}, China {m}", name=say.channel(channel.id), n=channel.us, m=channel.china)
        case "standing":
            for of in view.score.sides:
                yield say("{team}: standing at home {n}", team=say(SIDES[of.side]), n=points_text(of.standing))
        case _:
            return


def change_blocks(view: HotwashFacts, say: Teller) -> Iterator[Block]:
    """What each person in the room would change, by seat and not by name."""
    yield from closing_opened(view.closing, say)
    sentence = say("What would I do otherwise next time, or want agreed beforehand? One thing each, without names.")
    yield prose(sentence, "strong")
    for seat in ORDER:
        found = notes_on(view, "change", seat)
        if not found and seat == "observer":
            continue
        tone: Tone = "us" if seat == "us" else "china" if seat == "china" else ""
        yield Heading(say(SEATS[seat]), tone=tone)
        if found:
            yield listed(note.text for note in found)
        else:
            yield prose(say("nothing yet"), "quiet", depth=1)
