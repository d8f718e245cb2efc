"""The pages of the hotwash as blocks: what stands at the place where a room is, or a page of it whole."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.pages import opening as pages
from crisis_sim.pages.acts_opened import act_blocks, acts_blocks, cover_blocks, crossed_blocks, mean_blocks
from crisis_sim.pages.beliefs_opened import beliefs_drawn
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.cost_opened import cost_blocks, curve_blocks
from crisis_sim.pages.dealings_opened import dealing_blocks
from crisis_sim.pages.forecasts_opened import forecast_blocks
from crisis_sim.pages.lines_compared import line_blocks
from crisis_sim.pages.opening import Opening, last_of
from crisis_sim.pages.readings_alone import spread_blocks
from crisis_sim.pages.room_talk import change_blocks, note_blocks, notes_on, prompt, question_blocks, topic_of
from crisis_sim.pages.teller import Teller


def blocks_at(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    """What is at the place where the room is, as far as it is open, and what the room says of it."""
    yield from _page(view, opening, say)
    if opening.page != pages.CHANGES:
        about, of = topic_of(view, opening)
        yield from note_blocks(notes_on(view, about, of), say)


def whole_page(view: HotwashFacts, page: int, say: Teller) -> Iterator[Block]:
    """All of a page, opened, for who reads it from its first line to its last."""
    match page:
        case pages.PAIRS:
            yield from cover_blocks(view, say)
            yield from mean_blocks(view, say)
            for place in range(len(view.pairs)):
                yield from blocks_at(view, Opening(page=page, pair=place, everything=True), say)
        case pages.QUESTIONS:
            for place in range(last_of(page, view)):
                yield from blocks_at(view, Opening(page=page, places={page: place}, everything=True), say)
        case pages.CHANNELS:
            for place in range(last_of(page, view)):
                at = Opening(page=page, places={page: place})
                yield from _asked(view, at, say)
                yield from _page(view, at, say)
            yield from note_blocks(notes_on(view, "session", ""), say)
        case pages.CHANGES:
            yield from blocks_at(view, Opening(page=page), say)
        case _:
            place = {pages.ALL: pages.HEARD, pages.LINES: 1}.get(page, last_of(page, view) - 1)
            at = Opening(page=page, places={page: place}, everything=True)
            yield from _asked(view, at, say)
            yield from blocks_at(view, at, say)


def _asked(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    """What the room is asked of what follows."""
    if text := prompt(view, opening, say):
        yield prose(text, "strong")


def _page(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    match opening.page:
        case pages.PAIRS:
            return _pair(view, opening, say)
        case pages.ALL:
            return (crossed_blocks if opening.place == pages.HEARD else acts_blocks)(view, opening, say)
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


def _curves(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    """The curves; of beliefs what was so stands there once the page of forecasts has come to its end."""
    yield from curve_blocks(view, say)
    last = pages.last_of(pages.FORECASTS, view) - 1
    yield from beliefs_drawn(view, opening.everything or opening.furthest.get(pages.FORECASTS, 0) >= last, say)


def _pair(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    """The cover, or the act at hand."""
    if opening.pair < 0:
        yield from cover_blocks(view, say)
    elif view.pairs:
        place = min(opening.pair, len(view.pairs) - 1)
        pair = view.pairs[place]
        far = opening.how_far(pair)
        yield from act_blocks(pair, place + 1, len(view.pairs), far, say)
        if far >= pages.TAKEN:
            yield from spread_blocks(view, pair, say)
