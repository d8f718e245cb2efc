"""Forecasts as blocks: what is asked with the chance that we give it, and how earlier ones came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from crisis_sim.pages.blocks import Block, Heading, Meter, Paragraph, Span, line
from crisis_sim.pages.seat_parts import ForecastScore, ForecastView
from crisis_sim.wording import Say, _

CHANCES: Final = (
    *((0, _("surely not")), (10, _("very unlikely")), (30, _("unlikely")), (40, _("rather not")), (50, _("even"))),
    *((60, _("rather likely")), (80, _("likely")), (99, _("very likely")), (100, _("surely"))),
)
"""The highest chance of 100 for each word."""


def chance_words(chance: int, say: Say) -> str:
    """A chance in words: 70 is likely."""
    return say(next(word for most, word in CHANCES if chance <= most))


def chance_says(chance: int, say: Say) -> str:
    """A chance in a number and in words."""
    return say("{chance} of 100, {word}", chance=chance, word=chance_words(chance, say))


def forecast_blocks(forecasts: Iterable[ForecastView], say: Say) -> Iterator[Block]:
    """Each question with the chance that was given."""
    for asked in forecasts:
        if asked.chance is None:
            says = Span(say("not said yet"), "quiet")
        else:
            says = Span(chance_says(asked.chance, say), "good")
        yield Meter(asked.ask, line(says), asked.chance or 0, 100, key=asked.id)


def forecast_scores(scores: Sequence[ForecastScore], say: Say) -> Iterator[Block]:
    """How earlier forecasts came out, newest first."""
    if scores:
        yield Heading(say("Earlier forecasts"))
    for score in reversed(scores):
        is_right = (score.chance >= 50) == score.happened
        said = say("turn {n}: we said {chance}.", n=score.turn, chance=chance_says(score.chance, say))
        came = say("it happened") if score.happened else say("it did not happen")
        yield Paragraph(line(score.ask))
        yield Paragraph(line(Span(said, "quiet")), depth=1)
        yield Paragraph(line(Span(came, "good" if is_right else "bad")), depth=1)
