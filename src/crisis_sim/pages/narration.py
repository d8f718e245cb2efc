"""A game told as it is watched, sealed things included: each act, what it moved, and the end in a dozen lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.sight.shared_facts import ScoreFacts
from crisis_sim.engine.sight.views import ActRecord
from crisis_sim.numbers import points_text
from crisis_sim.pages.acts_opened import gap_told, mean_told
from crisis_sim.pages.blocks import Block, Items, Paragraph, line, prose
from crisis_sim.pages.phrases import taken_as
from crisis_sim.pages.record_words import conclusion_told, crossing_told, lines_told
from crisis_sim.pages.stand_words import pledges_counted
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.pages.teller import Teller, head_for, words_for
from crisis_sim.wording import _


def summary_blocks(hotwash: HotwashFacts, say: Teller) -> Iterator[Block]:
    """Scores, lines, requests and what was at stake."""
    score, (us, china) = hotwash.score, hotwash.score.sides
    words = {"path": " → ".join(map(points_text, score.curve)), "rung": rung_of(score.tension, say)}
    if score.tension == score.curve[-1]:
        yield _line(say("Tension by turn: {path}; it ended {rung}", **words))
    else:
        after = say(
            "Tension by turn: {path}; after the last turn {end}; it ended {rung}",
            **words,
            end=points_text(score.tension),
        )
        yield _line(after)
    felt = {"us": points_text(us.felt), "china": points_text(china.felt)}
    yield _line(say("Tension as the US felt it {us}, as China felt it {china}", **felt))
    yield from map(_line, mean_told(hotwash, say))
    yield from _counted(say("Red lines crossed"), [crossing_told(each, say) for each in hotwash.crossings], say)
    yield from _counted(say("Conclusions drawn"), [conclusion_told(each, say) for each in hotwash.conclusions], say)
    yield from _counted(say("Near misses"), [crossing_told(each, say) for each in hotwash.near_misses], say)
    if hotwash.pledges:
        yield _line(say("{head}: {text}", head=say("Held to at home"), text=pledges_counted(hotwash.pledges, say)))
    answers = say(
        "{taken} taken, {refused} refused, {unanswered} unanswered in time",
        taken=hotwash.taken,
        refused=hotwash.refused,
        unanswered=hotwash.unanswered,
    )
    for sentence, count in (
        (_(", {n} met with a counter-proposal"), sum(each.countered for each in hotwash.contacts)),
        (_(", {n} still open"), sum(each.still_open for each in hotwash.contacts)),
    ):
        if count:
            answers += say(sentence, n=count)
    if hotwash.unheard:
        answers += say(", {n} met with silence as request or answer did not arrive in time", n=hotwash.unheard)
    if late := sum(each.answered_late for each in hotwash.contacts):
        answers += say(
            "; {n} counted twice, answered after its time",
            plural="; {n} counted twice, answered after their time",
            n=late,
        )
    yield _line(say("Requests: {n} made, {answers}", n=hotwash.asked, answers=answers))
    yield from map(_line, at_the_end(hotwash, say))


def _line(text: str) -> Paragraph:
    return prose(text)


def _counted(head: str, came: Sequence[str], say: Teller) -> Iterator[Block]:
    yield _line(say("{head}: {n}", head=head, n=len(came)) if came else say("{head}: none", head=head))
    if came:
        yield Items(tuple(line(each) for each in came), depth=1)


def at_the_end(hotwash: HotwashFacts, say: Teller) -> list[str]:
    """What everything at stake came to."""
    told = []
    for each in hotwash.courses:
        of = say.course(each)
        unit = say.of(of.unit)
        told.append(say("{track}: {value} {unit}", track=say.track_name(of), value=points_text(each.end), unit=unit))
    return told


OUTCOMES: Final[Mapping[str, str]] = {
    "late": _("It arrives late. "),
    "unanswered": _("Nobody takes it up. "),
    "too-low": _("Somebody without authority takes it. "),
    "leaked": _("It leaks to the press. "),
}
FURTHEST: Final = 3
"""Acts that are told of those whose readings their senders had least foreseen."""


def act_told(act: ActRecord, say: Teller) -> Iterator[str]:
    """What was done, then its words, how it fared, what it meant and how it was taken."""
    yield say("{sentence}.", sentence=head_for(act.act, None, say))
    words = words_for(act.act, say).split("\n")[0]
    told = say(OUTCOMES[act.outcome]) if act.outcome in OUTCOMES else ""
    told += say("Meant as {meant}", meant=taken_as(say, act.intent))
    if act.expected is not None:
        told += say(", expected to be taken as {expected}", expected=taken_as(say, act.expected))
    if act.reading is None:
        told += say(", not read this turn.")
    else:
        told += _taken(act.intent, act.expected, act.reading, say)
    yield "  " + (say("“{words}” {told}", words=words, told=told) if words else told)


def _taken(intent: int, expected: int | None, reading: int, say: Teller) -> str:
    """How an act was taken, and how far that is from what was expected of it, or meant where that was not asked."""
    words = {"taken": taken_as(say, reading), "n": abs(reading - (intent if expected is None else expected))}
    if expected is not None:
        if not words["n"]:
            return say(", taken as {taken}, as expected.", **words)
        return say(
            ", taken as {taken}, {n} step from that.", plural=", taken as {taken}, {n} steps from that.", **words
        )
    if not words["n"]:
        return say(", taken as {taken}: as meant.", **words)
    return say(", taken as {taken}: {n} step apart.", plural=", taken as {taken}: {n} steps apart.", **words)


def tension_told(before: int, score: ScoreFacts, say: Teller) -> str:
    """How tension went in a turn, and how each side feels it."""
    us, china = score.sides
    return say(
        "Tension {before} → {after} of 100, {rung}. The US feels {us}, China {china}.",
        before=points_text(before),
        after=points_text(score.tension),
        rung=rung_of(score.tension, say),
        us=points_text(us.felt),
        china=points_text(china.felt),
    )


def furthest_told(hotwash: HotwashFacts, say: Teller) -> Iterator[str]:
    """The acts whose readings their senders had least foreseen."""
    for pair in [pair for pair in hotwash.pairs if pair.gap or pair.unforeseen][:FURTHEST]:
        gap = gap_told(pair.turn, pair.intent, pair.expected, pair.reading or 0, say)
        yield say("{head}: {text}", head=head_for(pair.act, None, say), text=gap)


def ending_told(hotwash: HotwashFacts, say: Teller) -> Iterator[str]:
    """How acts were taken on average, what became of lines, and what was at stake."""
    yield from mean_told(hotwash, say)
    lines = list(lines_told(hotwash, say))
    if lines:
        yield say("Lines: {lines}", lines=say("; ").join(lines))
    else:
        yield say("Lines: none was crossed, and none came near its limit.")
    yield say("{parts}.", parts=say("; ").join(at_the_end(hotwash, say)))
