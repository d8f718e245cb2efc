"""What each side had imagined of the other: lines and guesses of them, forecasts, images, turns of mutual blindness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from crisis_sim.engine.views.hotwash_facts import LineComparisonFacts
from crisis_sim.engine.views.shared_facts import BeliefFacts, ForecastScoreFacts, LineFacts
from crisis_sim.measures import tables
from crisis_sim.measures.forecasts import ENOUGH, Foresight
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.pages.beliefs_opened import belief_blocks
from crisis_sim.pages.blocks import Heading, Table, listed, prose, table_of
from crisis_sim.pages.line_blocks import word_of
from crisis_sim.pages.mirror_words import describe_mirror
from crisis_sim.pages.opening import belief_parts
from crisis_sim.pages.translator import Translator
from crisis_sim.report.headlines import of_belief, of_forecasts
from crisis_sim.report.pictures import Calibration, ChartCurve, Curves, Turn, chances
from crisis_sim.report.report_blocks import Picture, ReportBlock, guess
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.rules.names import HERE_FOR_MORE, other
from crisis_sim.wording import _

CURVED: Final = 3
"""Turns after which the belief was said before its course is drawn."""


def lines(record: ReportRecord) -> Iterator[ReportBlock]:
    """The map of lines, and the lines that nobody had imagined."""
    say, measures = record.say, record.measures
    yield Heading(say("Lines and guesses of them"))
    rows = tuple(
        (record.side(line_map.owner), say(when), *tables.GUESSED.cells(line_map))
        for line_map, when in tables.staged(measures.lines_before, measures.lines_after)
    )
    yield table_of(tables.GUESSED.head(say), rows, tables.GUESSED.numbers)
    yield prose(
        say("A guess matches a line of its kind and concern; what the words say is for people to compare."), "quiet"
    )
    if measures.orders_before:
        yield from _orders(record)
    yield from record.dealt("crossings", "claims", "conclusions", "tellings", "near-misses")
    yield from record.dealt("decisions", "citations", "home")
    for comparison in record.opened.lines:
        yield from _compared(record, comparison)


def _orders(record: ReportRecord) -> Iterator[ReportBlock]:
    """What each side takes gravely, and how far the other knew it."""
    say, measures = record.say, record.measures
    yield Heading(say("What each takes gravely"), 3)
    if not any(ranking.order or ranking.guess for ranking in (*measures.orders_before, *measures.orders_after)):
        yield prose(say("Neither side ordered acts by how gravely it takes them."), "quiet")
        return
    staged_orders = tables.staged(measures.orders_before, measures.orders_after)
    rows = tuple(
        (record.side(ranking.side), say(when), *tables.ORDERED.cells(ranking))
        for ranking, when in staged_orders
        if ranking.order and ranking.guess
    )
    if rows:
        yield table_of(tables.ORDERED.head(say), rows, tables.ORDERED.numbers)
        yield prose(say("Kendall's tau: 1 is the same order, 0 no likeness, −1 the reverse."), "quiet")
    for order_before, order_after in zip(measures.orders_before, measures.orders_after, strict=True):
        side = record.team(order_before.side)
        if not order_before.order:
            yield prose(say("{side} ordered nothing.", side=side))
            continue
        yield prose(say("{side}, the gravest first:", side=side))
        yield order_rows(say, order_before.order, (order_before.guess, order_after.guess))


def order_rows(say: Translator, order: Sequence[str], guesses: tuple[Sequence[str], Sequence[str]]) -> Table:
    """An order, and for each act the place that it had in the guesses before play and after it."""
    heads = (say("guessed before"), say("guessed after"))
    guess_columns = [(head, guess) for head, guess in zip(heads, guesses, strict=True) if guess]
    rows = tuple(
        (str(place), say.offence(act), *(str(guess.index(act) + 1) for _head, guess in guess_columns))
        for place, act in enumerate(order, 1)
    )
    head = ("", say("act"), *(head for head, _guess in guess_columns))
    return table_of(head, rows, frozenset({0, *range(2, len(head))}), frozenset({1}))


def line_rows(lines: Iterable[LineFacts], say: Translator) -> Table:
    """The lines that a side kept, with what they came to."""
    adopted_lines = [line for line in lines if line.adopted]
    rows = (
        (say(line.kind), say.concern(line.concern), say.localize(line.says), word_of(line, say))
        for line in adopted_lines
    )
    return table_of((*map(say, ("kind", "about", "line", "at the end")),), tuple(rows), wide=frozenset({2}))


def _compared(record: ReportRecord, comparison: LineComparisonFacts) -> Iterator[ReportBlock]:
    """One side's lines beside the guesses of them."""
    say, guesser = record.say, other(comparison.side)
    yield Heading(say("Lines of {side}", side=record.team(comparison.side)), 3)
    yield line_rows(comparison.lines, say)
    missed = _missed(record, comparison)
    caption = say("Matched by no guess of the same kind and concern, whatever its words:")
    yield prose(caption if missed else say("Each of them was matched by a guess."))
    yield from [listed(missed)] if missed else ()
    for when, guesses in ((_("before"), comparison.guesses_before), (_("after"), comparison.guesses_after)):
        words = {"side": record.team(guesser), "when": say(when)}
        if not guesses:
            yield prose(say("{side} guessed nothing {when}.", **words))
            continue
        yield prose(say("{side} guessed {when}:", **words))
        yield listed(tuple(guess(say, line_guess) for line_guess in guesses))


def _missed(record: ReportRecord, comparison: LineComparisonFacts) -> tuple[str, ...]:
    """The lines that no guess matched, before or after, in their own words."""
    matched_ids = {line for line, _ in (*comparison.matched_before, *comparison.matched_after)}
    return tuple(
        record.say(
            "{kind}, {about}: {says}",
            kind=record.say(line.kind),
            about=record.say.concern(line.concern),
            says=record.say.localize(line.says),
        )
        for line in comparison.lines
        if line.adopted and line.id not in matched_ids
    )


def forecasts(record: ReportRecord) -> Iterator[ReportBlock]:
    """How well each side foresaw the other."""
    say = record.say
    yield Heading(say("Forecasts"))
    yield scores(say, [(record.side(foresight.side), foresight) for foresight in record.measures.foresights])
    yield prose(
        say("Brier: 0 is perfect, 0.25 is what always saying 50 gets. Skill above 0 is better than that."), "quiet"
    )
    yield from _calibration(record)
    for foresight, opened in zip(
        record.measures.foresights, (record.opened.forecasts_us, record.opened.forecasts_china), strict=True
    ):
        if opened:
            yield Heading(say("What {side} forecast", side=record.team(foresight.side)), 3)
            yield forecast_rows(say, opened)


def beliefs(record: ReportRecord) -> Iterator[ReportBlock]:
    """What each was told to come home with, and what the other believed of it; nothing where no cards were dealt."""
    say, opened = record.say, record.opened
    parts = belief_parts(opened)
    if parts:
        yield Heading(say("Instruction cards and beliefs"))
        yield from _believed(record)
    for block in chain.from_iterable(belief_blocks(opened, part, True, say) for part in parts):
        yield block._replace(level=3) if isinstance(block, Heading) else block


def _believed(record: ReportRecord) -> Iterator[Picture]:
    """How likely each side held it after each turn, as curves; where it was said only now and then, none."""
    say, hours = record.say, {turn.number: turn.hour for turn in record.measures.course.turns}
    belief_facts = record.opened.beliefs
    turns = sorted({turn for belief in belief_facts for turn, _chance in belief.said})
    if len(turns) < CURVED or any(belief.said[0][0] > turns[0] for belief in belief_facts):
        return
    curves = tuple(
        ChartCurve(record.side(belief.side), tuple(_last_forecast(belief, turn) * 100 for turn in turns))
        for belief in belief_facts
    )
    places = tuple(Turn(str(turn), say("T+{hour}h", hour=hours.get(turn, 0))) for turn in turns)
    marks = ((0, say("rather not", "a belief")), (5_000, say("rather so", "a belief")))
    caption = say(
        "How likely each side held it after each turn, in percent: {belief}", belief=say.forecast(HERE_FOR_MORE)
    )
    yield Picture(Curves(curves, places, marks, say("turn")), of_belief(belief_facts, say), caption)


def _last_forecast(belief: BeliefFacts, turn: int) -> int:
    """What a side had last said by then, in percent."""
    return next(chance for when, chance in reversed(belief.said) if when <= turn)


def _calibration(record: ReportRecord) -> Iterator[ReportBlock]:
    """Chances given against what came, where there are enough of them to look at."""
    say = record.say
    sides = tuple(
        chances(
            say("{side}’s forecasts", side=record.team(foresight.side)),
            [(forecast.chance, forecast.happened) for forecast in foresight.forecasts],
        )
        for foresight in record.measures.foresights
        if len(foresight.forecasts) >= ENOUGH
    )
    if sides:
        caption = say(
            "Chances given, by steps of twenty percent, against how often it happened; n is the number of forecasts. "
            "On the dotted line it happened as often as was said."
        )
        yield Picture(
            Calibration(sides, say("chance given"), say("it happened", "a share")),
            of_forecasts(record.measures.foresights, say),
            caption,
        )


def scores(say: Translator, foresights: Sequence[tuple[str, Foresight]]) -> Table:
    """The scores of forecasts, by whose they are."""
    rows = tuple((name, *tables.FORESEEN.cells(foresight)) for name, foresight in foresights)
    return table_of(tables.FORESEEN.head(say), rows, tables.FORESEEN.numbers)


def forecast_rows(say: Translator, opened: Sequence[ForecastScoreFacts]) -> Table:
    """Forecasts that have come due: a row for each question, a column for each turn."""
    cells = {
        (forecast.id, forecast.turn): f"{forecast.chance} {say('yes') if forecast.happened else say('no')}"
        for forecast in opened
    }
    return chances_by_turn(say, say("forecast: chance given, in percent, and whether it happened, by turn"), cells)


def chances_by_turn(say: Translator, head: str, cells: Mapping[tuple[str, int], str]) -> Table:
    """What was said of forecasts or beliefs, by id and turn: a row for each question, a column for each turn."""
    turns = sorted({turn for _ask, turn in cells})
    rows = tuple(
        (say.forecast(ask), *(cells.get((ask, turn), "–") for turn in turns))
        for ask in dict.fromkeys(ask for ask, _turn in cells)
    )
    heads = (head, *map(str, turns))
    return table_of(heads, rows, frozenset(range(1, len(heads))), frozenset({0}))


def images(record: ReportRecord) -> Iterator[ReportBlock]:
    """How each side saw itself and the other, and the turns in which neither saw what it did."""
    say, measures = record.say, record.measures
    yield Heading(say("Mirror images and blind turns"))
    rows = tuple(
        (
            record.side(mirror.side),
            *(fraction_printed(value, signed=True) for value in (mirror.own, mirror.others, mirror.image)),
        )
        for mirror in measures.mirrors
    )
    head = (*map(say, ("side", "meant its own acts as", "took the other’s as", "mirror image")),)
    yield table_of(head, rows, frozenset({1, 2, 3}))
    turns = record.say(", ").join(tuple(map(str, measures.blind_turns)))
    blind = say(
        "Blind turns by their number, in which each meant well and took the other as hostile: {turns}.", turns=turns
    )
    yield prose(blind if measures.blind_turns else say("There was no turn in which each meant well and saw hostility."))
    if record.opened.mirrored:
        yield prose(describe_mirror(record.opened.mirrored, say))
