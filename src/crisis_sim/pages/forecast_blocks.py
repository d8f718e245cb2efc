"""Forecasts as blocks: what is asked with the chance that we give it, and how earlier ones came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crisis_sim.engine.sight.shared_facts import ForecastScoreFacts
from crisis_sim.engine.sight.views import ForecastFacts
from crisis_sim.pages.blocks import Block, Heading, MeterBar, Span, line, prose
from crisis_sim.pages.phrases import chance_words
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import BELIEFS


def chance_says(chance: int, say: Teller) -> str:
    """A chance in a number and in words."""
    return say("{chance} of 100, {word}", chance=chance, word=chance_words(chance, say))


def forecast_blocks(forecasts: Iterable[ForecastFacts], say: Teller) -> Iterator[Block]:
    """Each question with the chance that was given; beliefs of the whole stand under a head of their own."""
    told = False
    for asked in forecasts:
        if asked.id in BELIEFS and not told:
            told = True
            yield Heading(say("What we believe of the whole"), 3)
        if asked.chance is None:
            says = Span(say("not said yet"), "quiet")
            if asked.before is not None:
                says = Span(say("not said yet; last time {chance} of 100", chance=asked.before), "quiet")
        else:
            says = Span(chance_says(asked.chance, say), "good")
        yield MeterBar(say.forecast(asked.id), line(says), asked.chance or 0, 100, key=asked.id)


def asked_again(forecast: ForecastFacts, say: Teller) -> str:
    """What is asked, with what we said of it before."""
    said = forecast.before if forecast.chance is None else forecast.chance
    return say.forecast(forecast.id) + ("" if said is None else say(" (we said {chance})", chance=said))


def belief_note(forecasts: Iterable[ForecastFacts], say: Teller) -> Iterator[Block]:
    """What a belief is, the first time that one is asked."""
    first = [each for each in forecasts if each.id in BELIEFS and each.before is None]
    if first:
        told = say("A belief is about the whole, not about the next turn; it is sealed, and compared in the hotwash.")
        yield prose(told, "quiet")


def forecast_scores(scores: Sequence[ForecastScoreFacts], say: Teller) -> Iterator[Block]:
    """How earlier forecasts came out, newest first."""
    if scores:
        yield Heading(say("Earlier forecasts"))
    for score in reversed(scores):
        is_right = (score.chance >= 50) == score.happened
        said = say("turn {n}: we said {chance}.", n=score.turn, chance=chance_says(score.chance, say))
        came = say("it happened") if score.happened else say("it did not happen")
        yield prose(say.forecast(score.id))
        yield prose(said, "quiet", depth=1)
        yield prose(came, "good" if is_right else "bad", depth=1)
