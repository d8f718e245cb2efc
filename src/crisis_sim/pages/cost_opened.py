"""What it came to: for the third party, whose crisis it was, and between the two, by curves or in a dozen lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.engine.views.hotwash_facts import CourseFacts, HotwashFacts
from crisis_sim.engine.views.shared_facts import OutcomeFacts
from crisis_sim.numbers import points_text, wholes
from crisis_sim.pages.acts_opened import mean_gap_sentences
from crisis_sim.pages.binding_words import pledges_counted
from crisis_sim.pages.blocks import (
    Block,
    Curve,
    Heading,
    Items,
    MeterBar,
    Paragraph,
    Span,
    Tone,
    capital,
    filled,
    line,
    listed,
    prose,
)
from crisis_sim.pages.dealings_opened import both_sides
from crisis_sim.pages.phrases import team
from crisis_sim.pages.record_words import describe_conclusion, describe_crossing
from crisis_sim.pages.standing_blocks import in_wholes, rung_of, track_word
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.wording import _
from crisis_sim.wording.labels import WAYS

HIGHEST: Final = 10_000
"""The top of the tension scale, in hundredths."""
TONES: Final[Mapping[str, Tone]] = {
    "better": "good",
    "worse": "bad",
    "same": "quiet",
    "ran-out": "bad",
    "ran-down": "good",
}
FELT: Final[Mapping[Side, tuple[str, str]]] = {"us": (_("felt by US"), "U"), "china": (_("felt by China"), "C")}


def cost_blocks(courses: Iterable[CourseFacts], say: Translator) -> Iterator[Block]:
    """What was at stake, at the start and at the end."""
    sentence = say("It was nobody's fault, and outside both countries. This is how it went for the people in it.")
    yield prose(sentence, "quiet")
    for course in courses:
        yield from _course(course, say)


def _course(course: CourseFacts, say: Translator) -> Iterator[Block]:
    """One thing at stake: what it came to, where it was and is, and what came to pass."""
    way = Span(say(WAYS[course.way]), TONES[course.way])
    track = say.course(course)
    yield Paragraph(filled(say("{head}: {text}"), head=Span(say.track_name(track), "strong"), text=way))
    end_word = track_word(track, course.end, say)
    for when, value, word in ((say("at the start"), course.start, ""), (say("at the end"), course.end, end_word)):
        text = say("{value} {unit}", value=points_text(wholes(value)), unit=say.localize(track.unit))
        text = say("{word}, {sure}", word=text, sure=word) if word else text
        yield MeterBar(capital(when), line(Span(text, "strong")), value, track.most, track.least)
    if course.outcome is not None:
        yield prose(describe_outcome(course, course.outcome, say), "bad" if _people_at(course, say)[2] else "")
    if course.marks:
        marks = (say("hour {hour}: {says}", hour=hour, says=say.localize(mark)) for hour, mark in course.marks)
        yield listed(marks)


def describe_outcome(course: CourseFacts, outcome: OutcomeFacts, say: Translator) -> str:
    """What became of the people at risk, counted whole, and what home holds against whom."""
    at_risk, saved, lost = _people_at(course, say)
    if say.course(course).good == "down":
        sentence = say("Of {n} at risk, {lost} were lost.", n=_whole(at_risk), lost=_whole(lost))
    elif saved and lost:
        words = {"n": _whole(at_risk), "saved": _whole(saved), "lost": _whole(lost)}
        sentence = say("Of {n} at risk, {saved} were saved and {lost} lost.", **words)
    else:
        sentence = say("All of those at risk were lost.") if lost else say("All of those at risk were saved.")
    if not (outcome.withheld and outcome.lost):
        return sentence
    withheld = say(
        "Help was refused, left unanswered or blocked by: {sides}.",
        sides=say(" and ").join(team(say, side) for side in outcome.withheld),
    )
    return say("{one} {other}", one=sentence, other=withheld)


def _people_at(course: CourseFacts, say: Translator) -> tuple[int, int, int]:
    """How many were at risk, saved and lost."""
    track = say.course(course)
    moved, at_risk = max(0, course.end - course.start), track.most - course.start
    return (at_risk, moved, at_risk - moved) if track.good == "up" else (at_risk, 0, moved)


def _whole(value: int) -> str:
    """What a room reads: hundredths are the white cell's."""
    return points_text(wholes(value))


def curve_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """How tension went, as it was weighed and as each side felt it; then trust and standing."""
    score = view.score
    yield Heading(say("Tension turn by turn; 0 is the start"))
    caption = say("Where the curves part lie misreading, conclusions, and being on alert after them.")
    yield prose(caption, "quiet")
    yield Curve(capital(say("as weighed")), score.curve, tuple(map(_whole, score.curve)), HIGHEST, "strong", "●")
    for side in score.sides:
        name, letter = FELT[side.side]
        yield Curve(capital(say(name)), side.curve, tuple(map(_whole, side.curve)), HIGHEST, side.side, letter)
    tension = _whole(score.tension)
    yield prose(say("Tension {tension} of 100, {rung}.", tension=tension, rung=rung_of(score.tension, say)))
    if (last_tension := _whole(score.curve[-1])) != tension:
        sentence = _("The curves end with the last turn, at {before}; what fell due after it made that {after}.")
        yield prose(say(sentence, before=last_tension, after=tension), "quiet")
    us, china = score.sides
    meters = ((say("trust"), us.trust, china.trust), (say("standing"), us.standing, china.standing))
    yield both_sides(((name, in_wholes(ours), in_wholes(theirs)) for name, ours, theirs in meters), say)


def summary_blocks(hotwash: HotwashFacts, say: Translator) -> Iterator[Block]:
    """Scores, lines, requests and what was at stake."""
    score, (us, china) = hotwash.score, hotwash.score.sides
    words = {"path": " → ".join(map(points_text, score.curve)), "rung": rung_of(score.tension, say)}
    if score.tension == score.curve[-1]:
        yield prose(say("Tension by turn: {path}; it ended {rung}", **words))
    else:
        path_note = say(
            "Tension by turn: {path}; after the last turn {end}; it ended {rung}",
            **words,
            end=points_text(score.tension),
        )
        yield prose(path_note)
    felt = {"us": points_text(us.felt), "china": points_text(china.felt)}
    yield prose(say("Tension as the US felt it {us}, as China felt it {china}", **felt))
    yield from map(prose, mean_gap_sentences(hotwash, say))
    yield from _counted(
        say("Red lines crossed"), [describe_crossing(crossing, say) for crossing in hotwash.crossings], say
    )
    yield from _counted(
        say("Conclusions drawn"), [describe_conclusion(conclusion, say) for conclusion in hotwash.conclusions], say
    )
    yield from _counted(
        say("Near misses"), [describe_crossing(near_miss, say) for near_miss in hotwash.near_misses], say
    )
    if hotwash.pledges:
        yield prose(say("{head}: {text}", head=say("Held to at home"), text=pledges_counted(hotwash.pledges, say)))
    answers = say(
        "{taken} taken, {refused} refused, {unanswered} unanswered in time",
        taken=hotwash.taken,
        refused=hotwash.refused,
        unanswered=hotwash.unanswered,
    )
    for sentence, count in (
        (_(", {n} met with a counter-proposal"), sum(contact.countered for contact in hotwash.contacts)),
        (_(", {n} still open"), sum(contact.still_open for contact in hotwash.contacts)),
    ):
        if count:
            answers += say(sentence, n=count)
    if hotwash.unheard:
        answers += say(", {n} met with silence as request or answer did not arrive in time", n=hotwash.unheard)
    if late := sum(contact.answered_late for contact in hotwash.contacts):
        answers += say(
            "; {n} counted twice, answered after its time",
            plural="; {n} counted twice, answered after their time",
            n=late,
        )
    yield prose(say("Requests: {n} made, {answers}", n=hotwash.asked, answers=answers))
    yield from map(prose, at_the_end(hotwash, say))


def _counted(head: str, came: Sequence[str], say: Translator) -> Iterator[Block]:
    yield prose(say("{head}: {n}", head=head, n=len(came)) if came else say("{head}: none", head=head))
    if came:
        yield Items(tuple(line(sentence) for sentence in came), depth=1)


def at_the_end(hotwash: HotwashFacts, say: Translator) -> list[str]:
    """What everything at stake came to."""
    sentences = []
    for course in hotwash.courses:
        track = say.course(course)
        unit = say.localize(track.unit)
        sentences.append(
            say("{track}: {value} {unit}", track=say.track_name(track), value=points_text(course.end), unit=unit)
        )
    return sentences
