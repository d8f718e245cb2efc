"""A game told as it is watched, sealed things included: each act, what it moved, and what came of it in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.sight.shared_facts import ScoreFacts
from crisis_sim.engine.sight.views import ActRecord
from crisis_sim.numbers import points_text
from crisis_sim.pages.acts_opened import gap_told, mean_told
from crisis_sim.pages.phrases import taken_as
from crisis_sim.pages.record_words import lines_told
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.pages.summary import at_the_end
from crisis_sim.pages.teller import Teller, head_for, words_for
from crisis_sim.wording import _

OUTCOMES: Final[Mapping[str, str]] = {
    "late": _("It arrives late. "),
    "unanswered": _("Nobody takes it up. "),
    "too-low": _("Somebody without authority takes it. "),
    "leaked": _("It leaks to the press. "),
}
FURTHEST: Final = 3
"""Acts that are told of those that were taken furthest from how they were meant."""


def act_told(act: ActRecord, say: Teller) -> Iterator[str]:
    """What was done, then its words, how it fared, what it meant and how it was taken."""
    yield say("{sentence}.", sentence=head_for(act.act, None, say))
    words = words_for(act.act, say).split("\n")[0]
    told = say(OUTCOMES[act.outcome]) if act.outcome in OUTCOMES else ""
    told += say("Meant as {meant}", meant=taken_as(say, act.intent))
    if act.reading is None:
        told += say(", not read this turn.")
    elif gap := abs(act.reading - act.intent):
        told += say(
            ", taken as {taken}: {n} step apart.",
            plural=", taken as {taken}: {n} steps apart.",
            taken=taken_as(say, act.reading),
            n=gap,
        )
    else:
        told += say(", taken as {taken}: as meant.", taken=taken_as(say, act.reading))
    yield "  " + (say("“{words}” {told}", words=words, told=told) if words else told)


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
    """The acts that were taken furthest from how they were meant."""
    for pair in [pair for pair in hotwash.pairs if pair.gap][:FURTHEST]:
        gap = gap_told(pair.turn, pair.intent, pair.reading or 0, pair.gap, say)
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
