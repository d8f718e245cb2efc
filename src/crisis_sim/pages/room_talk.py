"""What a room is asked at each place of the hotwash, and what it says: notes, answers, what to change.

What it says is asked for by forms; a note of somebody's is changed or struck out at the seat that took it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.engine.actions import SeatName, TakeNote, Topic
from crisis_sim.engine.views.hotwash_facts import HotwashFacts, QuestionFacts, RoomNote
from crisis_sim.engine.views.seat_views import View
from crisis_sim.numbers import points_text
from crisis_sim.pages import opening as pages
from crisis_sim.pages.acts_opened import describe_difference
from crisis_sim.pages.blocks import Block, Heading, Items, Span, Tone, line, listed, prose
from crisis_sim.pages.closing_blocks import principles_opened
from crisis_sim.pages.form import Form, FormOption, FormSheet, Questions
from crisis_sim.pages.opening import CHANGES, PAIRS, QUESTIONS, READING_OPEN, Opening, name_of
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.record_words import line_sentences, record_sections
from crisis_sim.pages.translator import Translator, head_for
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS, SIDES

ORDER: tuple[SeatName, ...] = ("us", "china", "facilitator", "observer")
"""In which the room is listed: the teams first."""
MAX_SENTENCES = 3
"""Sentences of the record under a question; the next about the same has the next ones, and the page all."""


def topic_of(view: HotwashFacts, opening: Opening) -> tuple[Topic, str]:
    """What a note taken at this place is about."""
    if opening.page == PAIRS and 0 <= opening.pair < len(view.pairs):
        return "act", name_of(view.pairs[opening.pair])
    if opening.page == QUESTIONS and view.questions:
        return "question", str(opening.place + 1)
    if opening.page == CHANGES:
        return "change", ""
    return "session", ""


def notes_on(view: HotwashFacts, about: Topic, subject: str) -> list[RoomNote]:
    """What the room has said about one thing."""
    return [
        note
        for note in view.notes
        if note.about == about and (note.of == subject or (about == "change" and not subject))
    ]


def note_blocks(notes: Sequence[RoomNote], say: Translator) -> Iterator[Block]:
    """What the room has said about what stands above."""
    if notes:
        yield Heading(say("The room says"))
        yield listed(note.text for note in notes)


def question_blocks(view: HotwashFacts, place: int, opening: Opening, say: Translator) -> Iterator[Block]:
    """One question, and what of the record it is about: each sentence of that once."""
    if not view.questions:
        yield prose(say("The scenario asks no questions."), "quiet")
        return
    question = view.questions[place]
    counted = say("Question {n} of {m}", n=place + 1, m=len(view.questions))
    yield prose(counted, "quiet")
    yield prose(say.localize(question.ask), "strong")
    if recalls := recalled(question, say):
        yield prose(say("Think back to"), "quiet")
        yield listed(recalls)
    earlier_numbers = [n for n, entry in enumerate(view.questions[:place], 1) if entry.about == question.about]
    record = list(_record(view, question.about, opening, say))
    shown, record = len(record), record[len(earlier_numbers) * MAX_SENTENCES :][:MAX_SENTENCES]
    if shown and not record:  # every sentence of it stands under an earlier question
        yield prose(
            say("On the record: {page}, as at question {n}", page=say(question.about), n=earlier_numbers[-1]), "quiet"
        )
        return
    yield prose(say("On the record: {page}", page=say(question.about)), "quiet")
    if record:
        yield Items(tuple(line(Span(sentence, "quiet")) for sentence in record))


def recalled(question: QuestionFacts, say: Translator) -> list[str]:
    """Names of what a question brings back to mind."""
    return [*dict.fromkeys(name.rstrip(".。") for words in question.recalls if (name := say.localize(words)))]


def _record(view: HotwashFacts, about: str, opening: Opening, say: Translator) -> Iterator[str]:
    """What the record says; of acts only what has been opened."""
    match about:
        case "gaps":
            for pair in view.pairs:
                if (pair.gap or pair.unforeseen) and opening.disclosed_steps(pair) == READING_OPEN:
                    apart = one_after_another(describe_difference(pair.intent, pair.expected, pair.reading, say))
                    yield say("{head}: {text}", head=head_for(pair.act, None, say), text=apart)
        case "silence" | "readouts":
            for _head, sentences in record_sections(view, ("silences" if about == "silence" else "readouts",), say):
                yield from sentences
        case "lines":
            yield from line_sentences(view, say)
        case "tracks":
            for course in view.courses:
                track = say.course(course)
                end = say("{value} {unit}", value=points_text(course.end), unit=say.localize(track.unit))
                went = f"{points_text(course.start)} → {end}"
                yield say("{head}: {text}", head=say.track_name(track), text=went)
        case "channels":
            for channel in view.channels:
                if channel.us or channel.china:
                    yield say("{name}: US {n}, China {m}", name=say.channel(channel.id), n=channel.us, m=channel.china)
        case "standing":
            for side_score in view.score.sides:
                yield say(
                    "{team}: standing at home {n}", team=say(SIDES[side_score.side]), n=points_text(side_score.standing)
                )
        case _:
            return


def change_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """What each person in the room would change, by seat and not by name."""
    yield from principles_opened(view.principles, say)
    sentence = say("What would I do otherwise next time, or want agreed beforehand? One thing each, without names.")
    yield prose(sentence, "strong")
    for seat in ORDER:
        notes = notes_on(view, "change", seat)
        if not notes and seat == "observer":
            continue
        tone: Tone = "us" if seat == "us" else "china" if seat == "china" else ""
        yield Heading(say(SEATS[seat]), tone=tone)
        if notes:
            yield listed(note.text for note in notes)
        else:
            yield prose(say("nothing yet"), "quiet", depth=1)


def prompt(view: HotwashFacts, opening: Opening, say: Translator) -> str:
    """What is asked where the room is; empty where nothing is."""
    if opening.alone is not None and (asks := _asked_alone(view, opening, opening.alone)) is not None:
        return say(asks)
    match opening.page:
        case pages.PAIRS:
            return _pair(view, opening, say)
        case pages.ALL if opening.place == pages.AUDIENCES_PLACE:
            return say("Whom did you speak to, and who was listening?")
        case pages.LINES:
            return _lines(view, opening, say)
        case pages.FORECASTS:
            beyond = opening.place - 2 * len(pages.forecast_turns(view))
            if beyond > 0:
                return say("What made you believe it?") if beyond % 2 else say("Which act should have told you?")
            if not pages.forecast_turns(view):
                return say("What would you have forecast?")
            if opening.place == 2 * len(pages.forecast_turns(view)):
                return say("What had you been so sure of, and why?")
            return say("What happened is open.") if _is_shown(opening) else say("Who would still say the same?")
        case pages.CHANNELS:
            return _dealt(pages.dealings(view)[opening.place], say)
        case pages.COST:
            return say("Both teams look at this screen. This is what became of them; let it stand for a moment.")
        case pages.CURVES:
            return say("Where do the curves part? What was said just then?")
        case pages.QUESTIONS:
            return say("Talk.")
        case pages.CHANGES:
            return say("Each of us names one thing to change.")
        case _:
            return ""


def _asked_alone(view: HotwashFacts, opening: Opening, side: Side) -> str | None:
    """What one person is asked, of whom nobody else hears the answer; None where that is what a room is asked."""
    match opening.page:
        case pages.COST:
            return _("This is what became of them; let it stand for a moment.")
        case pages.PAIRS if 0 <= opening.pair < len(view.pairs):
            pair = view.pairs[opening.pair]
            ours = pair.side == side
            if opening.disclosed_steps(pair) == pages.WORDS_OPEN:
                return _("How did they take this, do you think?") if ours else _("What did they want with this?")
            if not (pair.gap or pair.unforeseen):
                return None
            return _("What made their reading reasonable?") if ours else _("What made your reading reasonable?")
        case pages.LINES if opening.place < pages.CROSSED_PLACE and not _is_shown(opening):
            ours = view.lines[opening.place // 2].side == side
            return _("How near is their guess to yours?") if ours else _("How near were you?")
        case pages.QUESTIONS:
            return _("Answer it for yourself.")
        case pages.CHANGES:
            return _("Name one thing that you would do otherwise.")
        case _:
            return None


def _pair(view: HotwashFacts, opening: Opening, say: Translator) -> str:
    """At the cover, or an act as far as it is open: the one who is asked first had a reason."""
    if opening.pair < 0:
        return say("What each meant comes next, one act at a time.")
    if not view.pairs:
        return say("No act was made.")
    pair = view.pairs[min(opening.pair, len(view.pairs) - 1)]
    hearer = say(SEATS[other(pair.side)])
    match opening.disclosed_steps(pair):
        case pages.WORDS_OPEN:
            return say("{hearer}: how did you take this? Say it before it is opened.", hearer=hearer)
        case pages.INTENT_OPEN:
            return say("{speaker}: what did you want with it?", speaker=say(SEATS[pair.side]))
        case _ if pair.gap or pair.unforeseen:
            return say("{hearer} first: what made that reading reasonable?", hearer=hearer)
        case _:
            return say("That was the last one.") if opening.pair + 1 == len(view.pairs) else ""


def _dealt(place: pages.Dealing, say: Translator) -> str:
    match place:
        case "contacts":
            return say("Who asked, and what came of it?")
        case "calls":
            return say("What did you want of the call? Whom was it for?")
        case "talks":
            return say("What do both of you have, and what only one?")
        case "channels":
            return say("Which channel was not used, and why?")
        case "told":
            return say("What was the silent side doing?")


def _lines(view: HotwashFacts, opening: Opening, say: Translator) -> str:
    if opening.place == pages.CROSSED_PLACE:
        return say("Which small things added up?")
    if opening.place >= pages.ORDER_GUESSES_PLACE:
        if pages.has_guessed_orders(view) and not opening.is_open(pages.ORDERS_PLACE):
            return say("What is worst to you? Say it before it is opened.")
        return say("What is worst to you? Did they know?")
    if _is_shown(opening):
        return say("Which of these was not imagined?")
    line_facts = view.lines[opening.place // 2]
    if not (line_facts.guesses_before or line_facts.guesses_after):
        return say("{team}: what would you have guessed?", team=say(SEATS[other(line_facts.side)]))
    return say("{team}: how near are they?", team=say(SEATS[line_facts.side]))


def _is_shown(opening: Opening) -> bool:
    """Of a page on which guesses and what there was take turns: whether the second is open."""
    return opening.is_open(opening.place // 2 * 2 + 1)


ROOM_NOTE: Final = "said"
"""Before what a note is about: `said:act/us/1/2`, `said:question/3`, `said:session`."""
CHANGE: Final = "change"
"""Before whose thing to change it is."""
EDIT: Final = "edit"
"""Before the number of a note of this seat."""
ABOUT: Final[dict[Topic, str]] = {
    "session": _("What does the room say?"),
    "act": _("What does the room say about this act?"),
    "question": _("What does the room say to this question?"),
    "change": _("What is the one thing?"),
}


def note_form_name(about: Topic, subject: str) -> str:
    """The form in which it is noted."""
    return (
        f"{CHANGE}:{subject}"
        if about == "change"
        else f"{ROOM_NOTE}:{about}/{subject}"
        if subject
        else f"{ROOM_NOTE}:{about}"
    )


def room_names(view: View) -> Iterator[str]:
    """The forms about what to change, and about each note of this seat."""
    if view.hotwash is not None and view.seat != "observer":
        seats = ("us", "china", "facilitator") if view.seat == "facilitator" else (view.seat,)
        yield from (f"{CHANGE}:{seat}" for seat in seats)
        yield from (f"{EDIT}:{note.number}" for note in view.hotwash.notes if note.seat == view.seat)


def room_form(name: str, view: View, answers: FormSheet, say: Translator) -> Form | None:
    """The form of that name; None where it is not to be had."""
    kind, _colon, target = name.partition(":")
    if view.hotwash is None:
        return None
    match kind:
        case "said":
            about, _slash, subject = target.partition("/")
            topic = next((key for key in ABOUT if key == about), None)
            return (
                None
                if topic is None
                else _note_form(name, TakeNote(text="", about=topic, of=subject), say("The room says"), answers, say)
            )
        case "change" if target in SEATS and view.seat in (target, "facilitator"):
            title = say("{team}: the one thing to change", team=say(SEATS[target]))
            return _note_form(name, TakeNote(text="", about="change", of=target), title, answers, say)
        case "change" if not target and view.seat == "facilitator":
            return _change_form(name, answers, say)
        case "edit":
            note = next((n for n in view.hotwash.notes if (n.seat, str(n.number)) == (view.seat, target)), None)
            if note is None:
                return None
            questions = Questions(answers, {"text": note.text})
            text = questions.text("text", say("How should it read?"), skip_label=say("strike it out"))
            action = TakeNote(text=text or "", replaces=note.number)
            if text == "":  # the log keeps it, the page does not
                return questions.form(name, say("Strike the note out?"), say("strike out"), action, final=True)
            return questions.form(name, say("Change the note"), say("Note it"), action)
        case _:
            return None


def _note_form(name: str, note: TakeNote, title: str, answers: FormSheet, say: Translator) -> Form:
    questions = Questions(answers)
    text = questions.text("text", say(ABOUT[note.about or "session"]))
    action = TakeNote(text=text or "", about=note.about, of=note.of)
    return questions.form(name, title, say("Note it"), action)


def _change_form(name: str, answers: FormSheet, say: Translator) -> Form:
    """Whose thing to change it is, and what; for whoever writes for the room."""
    questions = Questions(answers)
    owner = questions.one(
        "whose", say("Whose thing to change?"), [FormOption(seat, say(SEATS[seat])) for seat in ORDER]
    )
    text = questions.text("text", say(ABOUT["change"]))
    action = TakeNote(text=text or "", about="change", of=owner or "")
    return questions.form(name, say("The room says"), say("Note it"), action)
