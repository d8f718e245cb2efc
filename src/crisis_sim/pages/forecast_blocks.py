"""Forecasts as blocks: what is asked with the chance that we give it, and how earlier ones came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from crisis_sim.engine.sight.shared_facts import ForecastScoreFacts
from crisis_sim.engine.sight.views import ForecastFacts
from crisis_sim.pages.blocks import Block, Heading, MeterBar, Paragraph, Span, line, prose
from crisis_sim.pages.phrases import chance_words
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import HERE_FOR_MORE

EVEN = 50
"""A chance that says neither."""


def chance_says(chance: int, say: Teller) -> str:
    """A chance in a number and in words."""
    return say("{chance} of 100, {word}", chance=chance, word=chance_words(chance, say))


def forecast_blocks(
    forecasts: Iterable[ForecastFacts], say: Teller, typed: Mapping[str, int] = MappingProxyType({})
) -> Iterator[Block]:
    """Each question with the chance that was given, or is `typed` and not sealed; the belief comes last."""
    for asked in forecasts:
        if asked.id == HERE_FOR_MORE:
            yield Heading(say("What we believe of the whole"), 3)
        if asked.chance is None:
            says = Span(say("not said yet"), "quiet")
            if asked.before is not None:
                says = Span(say("not said yet; last time {chance} of 100", chance=asked.before), "quiet")
        else:
            says = Span(chance_says(asked.chance, say), "good")
        chance = asked.chance or 0
        if asked.id in typed:
            chance = typed[asked.id]
            says = Span(say("{chance}, not sealed yet", chance=chance_says(chance, say)), "strong")
        yield MeterBar(say.forecast(asked.id), line(says), chance, 100, key=asked.id)


def asked_again(forecast: ForecastFacts, say: Teller) -> str:
    """What is asked, with what we said of it before."""
    said = forecast.before if forecast.chance is None else forecast.chance
    return say.forecast(forecast.id) + ("" if said is None else say(" (we said {chance} %)", chance=said))


def belief_note(forecasts: Iterable[ForecastFacts], say: Teller) -> Iterator[Block]:
    """What a belief is, the first time that it is asked."""
    if any(each.id == HERE_FOR_MORE and each.before is None for each in forecasts):
        told = say("A belief is about the whole, not about the next turn; it is sealed, and compared in the hotwash.")
        yield prose(told, "quiet")


def off(score: ForecastScoreFacts) -> int:
    """By how many percent a forecast missed what happened."""
    return abs(score.chance - 100 * score.happened)


def outcome(score: ForecastScoreFacts, say: Teller) -> Span:
    """What came of what was asked; who gave it as much as its opposite was neither right nor wrong."""
    came = say("it happened") if score.happened else say("it did not happen")
    return Span(came, "good" if off(score) < EVEN else "bad" if off(score) > EVEN else "strong")


def forecast_scores(scores: Sequence[ForecastScoreFacts], say: Teller) -> Iterator[Block]:
    """How earlier forecasts came out, newest first."""
    if scores:
        yield Heading(say("Earlier forecasts"))
    for score in reversed(scores):
        said = say("turn {n}: we said {chance}.", n=score.turn, chance=chance_says(score.chance, say))
        yield prose(say.forecast(score.id))
        yield prose(said, "quiet", depth=1)
        yield Paragraph(line(outcome(score, say)), depth=1)
