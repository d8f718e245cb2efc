"""Forecasts as the hotwash opens them: what both said of a turn, what happened, and how the forecasts did."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.sight.shared_facts import ForecastScoreFacts
from crisis_sim.numbers import points_text
from crisis_sim.pages.beliefs_opened import belief_blocks
from crisis_sim.pages.blocks import Block, Column, Heading, Paragraph, Row, Span, Table, line, prose
from crisis_sim.pages.forecast_blocks import chance_says
from crisis_sim.pages.opening import Opening, belief_parts, forecast_turns, forecasts_for
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Side
from crisis_sim.wording.labels import SIDES

EVEN = 50
"""Percent at which a forecast is on neither side."""


def forecast_blocks(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    """What both said of a turn, and once it is open what happened; at the end how the forecasts did."""
    turns = forecast_turns(view)
    last = 2 * len(turns)
    if not turns and opening.place == 0:
        yield prose(say("Nobody made a forecast."), "quiet")
    for number, turn in enumerate(turns):
        if opening.everything or opening.place // 2 == number:
            yield from _turn(view, turn, opening.is_open(2 * number + 1), say)
    if turns and (opening.everything or opening.place == last):
        yield from _on_the_whole(view, say)
    for number, part in enumerate(belief_parts(view)):
        place = last + 1 + 2 * number
        if opening.everything or opening.place in (place, place + 1):
            yield from belief_blocks(view, part, opening.is_open(place + 1), say)


def _turn(view: HotwashFacts, turn: int, is_open: bool, say: Teller) -> Iterator[Block]:
    """The forecasts for one turn, by what was asked."""
    yield Heading(say("What would happen in turn {n}", n=turn))
    given = tuple(forecasts_for(view, turn))
    for ask in dict.fromkeys(score.id for _side, score in given):
        yield prose(say.forecast(ask))
        yield _given([(side, score) for side, score in given if score.id == ask], is_open, say)


def _given(given: list[tuple[Side, ForecastScoreFacts]], is_open: bool, say: Teller) -> Table:
    """What each team said, and once it is open what happened."""
    rows = tuple(_forecast(side, score, is_open, say) for side, score in given)
    return Table((Column(""), Column(""), Column("", is_wide=True)), rows)


def _forecast(side: Side, score: ForecastScoreFacts, is_open: bool, say: Teller) -> Row:
    said = chance_says(score.chance, say)
    came = Span(say("sealed"), "quiet")
    if is_open:
        came = Span(
            say("it happened") if score.happened else say("it did not happen"), "good" if _off(score) < EVEN else "bad"
        )
    says = say("{side}: {said}; {came}", side=say(SIDES[side]), said=said, came=came.text)
    return Row((Span(say(SIDES[side]), side), Span(said, "strong"), came), says)


def _off(score: ForecastScoreFacts) -> int:
    """By how many percent a forecast missed what happened."""
    return abs(score.chance - 100 * score.happened)


def _on_the_whole(view: HotwashFacts, say: Teller) -> Iterator[Block]:
    """How each team's forecasts did, and the one it was surest of and wrong about."""
    yield Heading(say("On the whole"))
    both: tuple[tuple[Side, tuple[ForecastScoreFacts, ...], int | None], ...] = (
        ("us", view.forecasts_us, view.brier_us),
        ("china", view.forecasts_china, view.brier_china),
    )
    for side, scores, brier in both:
        if brier is None:
            yield prose(say("{side} forecast nothing.", side=say(SIDES[side])), side)
            continue
        right = sum(_off(score) < EVEN for score in scores)
        told = say("{team} was on the right side of {n} of {m}.", team=say(SIDES[side]), n=right, m=len(scores))
        yield prose(told, side)
        text = say("Brier score {n}: 0 is perfect, 0.25 is a coin, 1 is always wrong.", n=points_text(brier))
        yield prose(text, "quiet", depth=1)
        worst = max(scores, key=_off)
        if _off(worst) > EVEN:
            yield Paragraph(
                line(
                    Span(say("Surest, and wrong, of turn {n}", n=worst.turn), "strong"),
                    say("{head}: {text}", head="", text=say.forecast(worst.id)),
                )
            )
            yield _given([(side, worst)], True, say)
