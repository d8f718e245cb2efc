"""What each side had imagined of the other: lines and guesses of them, forecasts, images, turns of mutual blindness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.measures import tables
from crisis_sim.measures.forecasts import ENOUGH, Foresight
from crisis_sim.measures.lines import Matter
from crisis_sim.measures.sums import told as shown
from crisis_sim.pages.hotwash_page import LineComparison
from crisis_sim.pages.seat_parts import ForecastScore
from crisis_sim.report.blocks import Block, Heading, Items, Picture, Prose, Table
from crisis_sim.report.pictures import Calibration, chances
from crisis_sim.report.record import Record
from crisis_sim.report.wording import Say, guess, joined
from crisis_sim.rules.names import other
from crisis_sim.wording import _


def lines(record: Record) -> Iterator[Block]:
    """The map of lines, and the lines that nobody had imagined."""
    say, found = record.say, record.found
    yield Heading(say("Lines and guesses of them"))
    rows = tuple(
        (record.side(each.owner), say(when), *tables.guessed(each))
        for when, maps in ((_("before"), found.lines_before), (_("after"), found.lines_after))
        for each in maps
    )
    yield Table((*map(say, tables.GUESSED),), rows, frozenset(range(2, 8)))
    yield Prose(
        say("A guess matches a line of its kind and concern; what the words say is for people to compare."), True
    )
    if found.second_before:
        yield from _expected(record)
    for name, told in ((_("Crossed"), record.opened.crossings), (_("Nearly crossed"), record.opened.near_misses)):
        if told:
            yield Heading(say(name), 3)
            yield Items(told)
    for comparison in record.opened.lines:
        yield from _compared(record, comparison)


def _expected(record: Record) -> Iterator[Block]:
    """What each side thought that the other guesses of its lines, and where it was wrong about how it is understood."""
    say, found = record.say, record.found
    yield Heading(say("What each thought the other guesses"), 3)
    told = [(each, _("before")) for each in found.second_before] + [(each, _("after")) for each in found.second_after]
    rows = tuple((record.side(each.side), say(when), *tables.expected(each)) for each, when in told)
    yield Table((*map(say, tables.EXPECTED),), rows, frozenset(range(2, 9)))
    yield Prose(say("The gap is what one of them guessed or expected without the other, of all that was."), True)
    for each, when in told:
        if each.gap is None:
            continue
        words = {"side": record.team(each.side), "guesser": record.team(other(each.side)), "when": say(when)}
        for sentence, matters in (
            (_("{side}, {when}: believed understood by {guesser}, and was not: {lines}."), each.believed),
            (_("{side}, {when}: was understood by {guesser}, and did not believe it: {lines}."), each.unawares),
        ):
            if matters:
                yield Prose(say(sentence, lines=say("; ").join(_named(record, matters)), **words))


def _compared(record: Record, of: LineComparison) -> Iterator[Block]:
    """One side's lines beside the guesses of them."""
    say, guesser = record.say, other(of.side)
    yield Heading(say("Lines of {side}", side=record.team(of.side)), 3)
    rows = tuple((say(line.kind), line.concern, line.says, line.word) for line in of.lines if line.adopted)
    yield Table((*map(say, ("kind", "about", "line", "at the end")),), rows, wide=frozenset({1, 2}))
    missed = _missed(record, of)
    yield Prose(say("Nobody had imagined:") if missed else say("Each of them was matched by a guess."))
    yield from [Items(missed)] if missed else ()
    for when, guesses in ((_("before"), of.guesses_before), (_("after"), of.guesses_after)):
        words = {"side": record.team(guesser), "when": say(when)}
        if not guesses:
            yield Prose(say("{side} guessed nothing {when}.", **words))
            continue
        yield Prose(say("{side} guessed {when}:", **words))
        yield Items(tuple(guess(say, each) for each in guesses))
    for when, expected in ((_("before"), of.expected_before), (_("after"), of.expected_after)):
        if expected:
            words = {"side": record.team(of.side), "guesser": record.team(guesser), "when": say(when)}
            yield Prose(say("{side} thought {when} that {guesser} guesses:", **words))
            yield Items(tuple(guess(say, each) for each in expected))


def _missed(record: Record, of: LineComparison) -> tuple[str, ...]:
    """The lines that no guess matched, before or after, in their own words."""
    known = {line for line, _ in (*of.matched_before, *of.matched_after)}
    return tuple(
        record.say("{kind}, {about}: {says}", kind=record.say(line.kind), about=line.concern, says=line.says)
        for line in of.lines
        if line.adopted and line.id not in known
    )


def _named(record: Record, matters: Sequence[Matter]) -> list[str]:
    """What lines and guesses are matched by, in words."""
    concerns = record.replay.table.material.concerns
    return [
        record.say(
            "{kind}, {about}",
            kind=record.say(kind),
            about=concerns[about].in_(record.language) if about in concerns else about,
        )
        for kind, about in matters
    ]


def forecasts(record: Record) -> Iterator[Block]:
    """How well each side foresaw the other."""
    say = record.say
    yield Heading(say("Forecasts"))
    yield scores(say, [(record.side(each.side), each) for each in record.found.foresights])
    yield Prose(
        say("Brier: 0 is perfect, 0.25 is what always saying 50 gets. Skill above 0 is better than that."), True
    )
    yield from _calibration(record)
    for each, opened in zip(
        record.found.foresights, (record.opened.forecasts_us, record.opened.forecasts_china), strict=True
    ):
        if opened:
            yield Heading(say("{side} forecast", side=record.team(each.side)), 3)
            yield forecast_rows(say, opened)


def _calibration(record: Record) -> Iterator[Block]:
    """Chances given against what came, where there are enough of them to look at."""
    say = record.say
    sides = tuple(
        chances(
            say("{side}’s forecasts", side=record.team(each.side)),
            [(made.chance, made.happened) for made in each.forecasts],
        )
        for each in record.found.foresights
        if len(each.forecasts) >= ENOUGH
    )
    if sides:
        says = say(
            "Chances given, by steps of twenty percent, against how often it happened; n is the number of forecasts. "
            "On the dotted line it happened as often as was said."
        )
        yield Picture(
            Calibration(sides, say("chance given"), say("it happened", "a share")), say("How forecasts came true"), says
        )


def scores(say: Say, found: Sequence[tuple[str, Foresight]]) -> Table:
    """The scores of forecasts, by whose they are."""
    rows = tuple((name, *tables.foreseen(each)) for name, each in found)
    return Table((*map(say, tables.FORESEEN),), rows, frozenset(range(1, 8)))


def forecast_rows(say: Say, opened: Sequence[ForecastScore]) -> Table:
    """Forecasts that have come due: a row for each question, a column for each turn."""
    turns = sorted({each.turn for each in opened})
    cells = {(each.ask, each.turn): f"{each.chance} {say('yes') if each.happened else say('no')}" for each in opened}
    rows = tuple(
        (ask, *(cells.get((ask, turn), "–") for turn in turns)) for ask in dict.fromkeys(each.ask for each in opened)
    )
    head = (say("forecast: chance given, in percent, and whether it happened, by turn"), *map(str, turns))
    return Table(head, rows, frozenset(range(1, len(head))), frozenset({0}))


def images(record: Record) -> Iterator[Block]:
    """How each side saw itself and the other, and the turns in which neither saw what it did."""
    say, found = record.say, record.found
    yield Heading(say("Mirror images and blind turns"))
    rows = tuple(
        (record.side(each.side), *(shown(value, signed=True) for value in (each.own, each.others, each.image)))
        for each in found.mirrors
    )
    head = (*map(say, ("side", "meant its own acts as", "took the other’s as", "mirror image")),)
    yield Table(head, rows, frozenset({1, 2, 3}))
    turns = joined(record.language, tuple(map(str, found.blind_turns)))
    blind = say(
        "Blind turns by their number, in which each meant well and took the other as hostile: {turns}.", turns=turns
    )
    yield Prose(blind if found.blind_turns else say("There was no turn in which each meant well and saw hostility."))
