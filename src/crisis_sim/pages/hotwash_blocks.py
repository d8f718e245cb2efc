"""The pages of the hotwash as blocks: what stands at the place where a room is, or a page of it whole."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.shared_facts import ForecastScoreFacts
from crisis_sim.numbers import points_text
from crisis_sim.pages import opening as pages
from crisis_sim.pages.acts_opened import act_blocks, acts_blocks, cover_blocks, crossed_blocks, mean_blocks
from crisis_sim.pages.beliefs_opened import belief_blocks, beliefs_drawn
from crisis_sim.pages.blocks import Block, Column, Heading, Paragraph, Row, Span, Table, line, prose
from crisis_sim.pages.cost_opened import cost_blocks, curve_blocks
from crisis_sim.pages.dealings_opened import dealing_blocks
from crisis_sim.pages.forecast_blocks import EVEN, chance_says, off, outcome
from crisis_sim.pages.lines_compared import line_blocks
from crisis_sim.pages.opening import Opening, belief_parts, forecast_turns, forecasts_for, last_of
from crisis_sim.pages.reading_blocks import spread_blocks
from crisis_sim.pages.room_talk import change_blocks, note_blocks, notes_on, prompt, question_blocks, topic_of
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.wording.labels import SIDES


def blocks_at(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """What is at the place where the room is, as far as it is open, and what the room says of it."""
    yield from _page(view, opening, say)
    if opening.page != pages.CHANGES:
        about, subject = topic_of(view, opening)
        yield from note_blocks(notes_on(view, about, subject), say)


def whole_page(view: HotwashFacts, page: int, say: Translator) -> Iterator[Block]:
    """All of a page, opened, for who reads it from its first line to its last."""
    match page:
        case pages.PAIRS:
            yield from cover_blocks(view, say)
            yield from mean_blocks(view, say)
            for place in range(len(view.pairs)):
                yield from blocks_at(view, Opening(page=page, pair=place, all_open=True), say)
        case pages.QUESTIONS:
            for place in range(last_of(page, view)):
                yield from blocks_at(view, Opening(page=page, places={page: place}, all_open=True), say)
        case pages.CHANNELS:
            for place in range(last_of(page, view)):
                opening = Opening(page=page, places={page: place})
                yield from _prompt_blocks(view, opening, say)
                yield from _page(view, opening, say)
            yield from note_blocks(notes_on(view, "session", ""), say)
        case pages.CHANGES:
            yield from blocks_at(view, Opening(page=page), say)
        case _:
            place = {pages.ALL: pages.AUDIENCES_PLACE, pages.LINES: 1}.get(page, last_of(page, view) - 1)
            opening = Opening(page=page, places={page: place}, all_open=True)
            yield from _prompt_blocks(view, opening, say)
            yield from blocks_at(view, opening, say)


def _prompt_blocks(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """What the room is asked of what follows."""
    if text := prompt(view, opening, say):
        yield prose(text, "strong")


def _page(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    match opening.page:
        case pages.PAIRS:
            return _pair(view, opening, say)
        case pages.ALL:
            return (crossed_blocks if opening.place == pages.AUDIENCES_PLACE else acts_blocks)(view, opening, say)
        case pages.LINES:
            return line_blocks(view, opening, say)
        case pages.FORECASTS:
            return forecast_blocks(view, opening, say)
        case pages.CHANNELS:
            return dealing_blocks(view, opening, say)
        case pages.COST:
            return cost_blocks(view.courses, say)
        case pages.CURVES:
            return _curves(view, opening, say)
        case pages.QUESTIONS:
            place = min(opening.place, max(len(view.questions) - 1, 0))
            return question_blocks(view, place, opening, say)
        case _:
            return change_blocks(view, say)


def _curves(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """The curves; of beliefs what was so stands there once the page of forecasts has come to its end."""
    yield from curve_blocks(view, say)
    last = pages.last_of(pages.FORECASTS, view) - 1
    yield from beliefs_drawn(view, opening.all_open or opening.furthest.get(pages.FORECASTS, 0) >= last, say)


def _pair(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """The cover, or the act at hand."""
    if opening.pair < 0:
        yield from cover_blocks(view, say)
    elif view.pairs:
        place = min(opening.pair, len(view.pairs) - 1)
        pair = view.pairs[place]
        far = opening.disclosed_steps(pair)
        yield from act_blocks(pair, place + 1, len(view.pairs), far, say)
        if far >= pages.READING_OPEN:
            yield from spread_blocks(view, pair, say)


def forecast_blocks(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """What both said of a turn, and once it is open what happened; at the end how the forecasts did."""
    turns = forecast_turns(view)
    last = 2 * len(turns)
    if not turns and opening.place == 0:
        yield prose(say("Nobody made a forecast."), "quiet")
    for number, turn in enumerate(turns):
        if opening.all_open or opening.place // 2 == number:
            yield from _turn(view, turn, opening.is_open(2 * number + 1), say)
    if turns and (opening.all_open or opening.place == last):
        yield from _on_the_whole(view, say)
    for number, part in enumerate(belief_parts(view)):
        place = last + 1 + 2 * number
        if opening.all_open or opening.place in (place, place + 1):
            yield from belief_blocks(view, part, opening.is_open(place + 1), say)


def _turn(view: HotwashFacts, turn: int, is_open: bool, say: Translator) -> Iterator[Block]:
    """The forecasts for one turn, by what was asked."""
    yield Heading(say("What would happen in turn {n}", n=turn))
    side_scores = tuple(forecasts_for(view, turn))
    for ask in dict.fromkeys(score.id for _side, score in side_scores):
        yield prose(say.forecast(ask))
        yield _forecast_table([(side, score) for side, score in side_scores if score.id == ask], is_open, say)


def _forecast_table(side_scores: list[tuple[Side, ForecastScoreFacts]], is_open: bool, say: Translator) -> Table:
    """What each team said, and once it is open what happened."""
    rows = tuple(_forecast(side, score, is_open, say) for side, score in side_scores)
    return Table((Column(""), Column(""), Column("", is_wide=True)), rows)


def _forecast(side: Side, score: ForecastScoreFacts, is_open: bool, say: Translator) -> Row:
    chance = chance_says(score.chance, say)
    came = outcome(score, say) if is_open else Span(say("sealed"), "quiet")
    sentence = say("{side}: {said}; {came}", side=say(SIDES[side]), said=chance, came=came.text)
    return Row((Span(say(SIDES[side]), side), Span(chance, "strong"), came), sentence)


def _on_the_whole(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """How each team's forecasts did, and the one it was surest of and wrong about."""
    yield Heading(say("On the whole"))
    team_results: tuple[tuple[Side, tuple[ForecastScoreFacts, ...], int | None], ...] = (
        ("us", view.forecasts_us, view.brier_us),
        ("china", view.forecasts_china, view.brier_china),
    )
    for side, scores, brier in team_results:
        if brier is None:
            yield prose(say("{side} forecast nothing.", side=say(SIDES[side])), side)
            continue
        right = sum(off(score) < EVEN for score in scores)
        sentence = say("{team} was on the right side of {n} of {m}.", team=say(SIDES[side]), n=right, m=len(scores))
        yield prose(sentence, side)
        text = say("Brier score {n}: 0 is perfect, 0.25 is a coin, 1 is always wrong.", n=points_text(brier))
        yield prose(text, "quiet", depth=1)
        worst = max(scores, key=off)
        if off(worst) > EVEN:
            yield Paragraph(
                line(
                    Span(say("Surest, and wrong, of turn {n}", n=worst.turn), "strong"),
                    say("{head}: {text}", head="", text=say.forecast(worst.id)),
                )
            )
            yield _forecast_table([(side, worst)], True, say)
