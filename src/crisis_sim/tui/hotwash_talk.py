"""What the room says: the scenario's questions one at a time with what the record has to say, and what to change."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.actions import Seat, Topic
from crisis_sim.engine.sight.hotwash_facts import RoomNote
from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import HotwashPage, QuestionView
from crisis_sim.tui import opening as pages
from crisis_sim.tui.hotwash_pairs import distance, note_blocks
from crisis_sim.tui.opening import Opening, name_of
from crisis_sim.tui.rows import BLANK, Block, Row, Tone, block, para, row
from crisis_sim.tui.wording import SEATS as NAMES
from crisis_sim.tui.wording import SIDES, Say

ORDER: tuple[Seat, ...] = ("us", "china", "facilitator", "observer")
"""In which the room is listed: the teams first."""
MOST = 3
"""Sentences of the record under a question; the page has the rest."""


def topic_of(view: HotwashPage, opening: Opening) -> tuple[Topic, str]:
    """What a note taken at this place is about."""
    if opening.page == pages.PAIRS and 0 <= opening.pair < len(view.pairs):
        return "act", name_of(view.pairs[opening.pair])
    if opening.page == pages.QUESTIONS and view.questions:
        return "question", str(opening.place + 1)
    if opening.page == pages.CHANGES:
        return "change", ""
    return "session", ""


def notes_on(view: HotwashPage, about: Topic, of: str) -> list[RoomNote]:
    """What the room has said about one thing."""
    return [note for note in view.notes if note.about == about and (note.of == of or (about == "change" and not of))]


def question_blocks(view: HotwashPage, opening: Opening, width: int, say: Say) -> list[Block]:
    """One question, large, what of the record it is about, and what the room says."""
    if not view.questions:
        return [block(*para(say("The scenario asks no questions."), width, "dim"))]
    place = min(opening.places.get(pages.QUESTIONS, 0), len(view.questions) - 1)
    asked = view.questions[place]
    counted = say("question {n} of {m}").format(n=place + 1, m=len(view.questions))
    rows = [row((counted, "dim")), BLANK, *para(asked.ask, width - 4, "strong", indent=4), BLANK]
    if asked.recalls:
        rows.extend(para(say("Think back to"), width - 4, "dim", indent=4))
        for name in asked.recalls:
            rows.extend(para(name, width - 4, indent=6, first=row(("    • ", "key"))))
        rows.append(BLANK)
    rows.extend(_record(view, asked, opening, width, say))
    return [block(*rows), *note_blocks(notes_on(view, "question", str(place + 1)), width, say)]


def _record(view: HotwashPage, asked: QuestionView, opening: Opening, width: int, say: Say) -> list[Row]:
    """The first sentences of what the record has on a question, and where the rest is."""
    page = say(pages.PAGES[pages.ABOUT.get(asked.about, pages.PAIRS)])
    rows = para(say("On the record: {page} (a opens it)").format(page=page), width - 4, "dim", indent=4)
    for sentence in list(_sentences(view, asked.about, opening, say))[:MOST]:
        rows += para(sentence, width - 4, "dim", indent=6, first=row(("    • ", "key")))
    return rows


def _sentences(view: HotwashPage, about: str, opening: Opening, say: Say) -> Iterator[str]:
    """What the record says; of acts only what has been opened."""
    match about:
        case "gaps":
            for pair in view.pairs:
                if pair.gap and opening.how_far(pair) == pages.TAKEN:
                    yield say("{head}: {text}").format(head=pair.head, text=distance(pair.gap, say))
        case "silence":
            yield from view.silences
        case "readouts":
            yield from view.readouts
        case "lines":
            yield from (*view.crossings, *view.near_misses)
        case "tracks":
            for course in view.courses:
                went = f"{shown(course.start)} → {shown(course.end)} {course.unit}"
                yield say("{head}: {text}").format(head=course.name, text=went)
        case "channels":
            for channel in view.channels:
                if channel.us or channel.china:
                    sent = say("{name}: US {n}, China {m}")
                    yield sent.format(name=channel.name, n=channel.us, m=channel.china)
        case "standing":
            sent = say("{team}: standing at home {n}")
            for of in view.score.sides:
                yield sent.format(team=say(SIDES[of.side]), n=shown(of.standing))
        case _:
            return


def change_blocks(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """What each person in the room would change, by seat and not by name."""
    sentence = say("What would I do otherwise next time, or want agreed beforehand? One thing each, without names.")
    drawn = [block(*para(sentence, width - 4, "strong", indent=4))]
    for seat in ORDER:
        found = notes_on(view, "change", seat)
        if not found and seat == "observer":
            continue
        tone: Tone = "us" if seat == "us" else "china" if seat == "china" else "head"
        rows: list[Row] = [BLANK, row((say(NAMES[seat]).upper(), tone))]
        if not found:
            rows.append(row(("    " + say("nothing yet"), "dim")))
        for note in found:
            rows += para(note.text, width - 4, indent=4, first=row(("  – ", "key")))
        drawn.append(block(*rows))
    return drawn
