"""Forecasts as blocks: what is asked with the chance that we give it, and how earlier ones came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from crisis_sim.engine.views.seat_views import ForecastFacts
from crisis_sim.engine.views.shared_facts import ForecastScoreFacts
from crisis_sim.pages.blocks import Block, Heading, MeterBar, Paragraph, Span, line, prose
from crisis_sim.pages.phrases import chance_words
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import HERE_FOR_MORE

EVEN = 50
"""A chance that says neither."""


def chance_says(chance: int, say: Translator) -> str:
    """A chance in a number and in words."""
    return say("{chance} of 100, {word}", chance=chance, word=chance_words(chance, say))


def forecast_blocks(
    forecasts: Iterable[ForecastFacts], say: Translator, typed: Mapping[str, int] = MappingProxyType({})
) -> Iterator[Block]:
    """Each question with the chance that was given, or is `typed` and not sealed; the belief comes last."""
    for forecast in forecasts:
        if forecast.id == HERE_FOR_MORE:
            yield Heading(say("What we believe of the whole"), 3)
        if forecast.chance is None:
            status = Span(say("not said yet"), "quiet")
            if forecast.before is not None:
                status = Span(say("not said yet; last time {chance} of 100", chance=forecast.before), "quiet")
        else:
            status = Span(chance_says(forecast.chance, say), "good")
        chance = forecast.chance or 0
        if forecast.id in typed:
            chance = typed[forecast.id]
            status = Span(say("{chance}, not sealed yet", chance=chance_says(chance, say)), "strong")
        yield MeterBar(say.forecast(forecast.id), line(status), chance, 100, key=forecast.id)


def asked_again(forecast: ForecastFacts, say: Translator) -> str:
    """What is asked, with what we said of it before."""
    chance = forecast.before if forecast.chance is None else forecast.chance
    return say.forecast(forecast.id) + ("" if chance is None else say(" (we said {chance} %)", chance=chance))


def belief_note(forecasts: Iterable[ForecastFacts], say: Translator) -> Iterator[Block]:
    """What a belief is, the first time that it is asked."""
    if any(forecast.id == HERE_FOR_MORE and forecast.before is None for forecast in forecasts):
        note = say("A belief is about the whole, not about the next turn; it is sealed, and compared in the hotwash.")
        yield prose(note, "quiet")


def off(score: ForecastScoreFacts) -> int:
    """By how many percent a forecast missed what happened."""
    return abs(score.chance - 100 * score.happened)


def outcome(score: ForecastScoreFacts, say: Translator) -> Span:
    """What came of what was asked; who gave it as much as its opposite was neither right nor wrong."""
    came = say("it happened") if score.happened else say("it did not happen")
    return Span(came, "good" if off(score) < EVEN else "bad" if off(score) > EVEN else "strong")


def forecast_scores(scores: Sequence[ForecastScoreFacts], say: Translator) -> Iterator[Block]:
    """How earlier forecasts came out, newest first."""
    if scores:
        yield Heading(say("Earlier forecasts"))
    for score in reversed(scores):
        sentence = say("turn {n}: we said {chance}.", n=score.turn, chance=chance_says(score.chance, say))
        yield prose(say.forecast(score.id))
        yield prose(sentence, "quiet", depth=1)
        yield Paragraph(line(outcome(score, say)), depth=1)
