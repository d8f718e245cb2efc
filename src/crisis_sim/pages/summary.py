"""How a session ended, in a dozen lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.numbers import points_text
from crisis_sim.pages.acts_opened import mean_told
from crisis_sim.pages.binding_words import pledges_counted
from crisis_sim.pages.blocks import Block, Items, Paragraph, line, prose
from crisis_sim.pages.record_words import conclusion_told, crossing_told
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.pages.teller import Teller
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
