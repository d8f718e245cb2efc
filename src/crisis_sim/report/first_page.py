"""The first page: three sentences of finding, the one exchange that mattered, three priorities.

What it says is the same whoever sits where: no sentence charges one side alone, a difference that chance explains is
called that, and what never reached a side is no part of an exchange. A team's own page is made of what that team knew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from crisis_sim.engine.sight.hotwash_facts import CourseFacts, HotwashFacts, PairFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.measures.forecasts import MARGIN
from crisis_sim.measures.meanings import Direction, WeighedExchange
from crisis_sim.measures.session_measures import Measures
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.measures.tension import TensionPart
from crisis_sim.numbers import Points, points_printed
from crisis_sim.pages.acts_opened import apart_told
from crisis_sim.pages.blocks import Heading, Items, Quote, capital, line, prose
from crisis_sim.pages.phrases import confidence, meter_word, sealed_meaning, taken_as
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.pages.teller import head_for, words_for
from crisis_sim.report.acts_known import Known
from crisis_sim.report.improvement import ADVICE, Observation, findings
from crisis_sim.report.report_blocks import ReportBlock, Reporter
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import SIDES

TRACKS: Final = 4
"""Things at stake that the first sentence tells: all that a crisis is about here. The appendix has all."""
FEW: Final = 3
"""Acts that must have been read before anything is said of how they were taken."""
PRIORITIES: Final = 3


def first_page(record: ReportRecord) -> Iterator[ReportBlock]:
    """The first page of the joint version."""
    say, found = record.say, record.found
    course = found.course
    found_is = (
        _came_to(record.opened.courses, say),
        _between(course.turns[0].tension, course.turns[-1].tension, record),
        understood(found.directions, say),
    )
    yield from _found(found_is, say)
    if not course.ended:
        yield prose(say("The session was not played to its end; this is how far its log goes."))
    yield from exchange_blocks(found.exchange, record.opened, say)
    yield from priorities(findings(record), found.exchange, say)


def team_page(
    views: tuple[TeamView, TeamView],
    theirs: Sequence[Known],
    opened: tuple[HotwashFacts, Measures] | None,
    made: Sequence[Observation],
    say: Reporter,
) -> Iterator[ReportBlock]:
    """The first page of one team: `views` at the start and at the end, and what the hotwash `opened`, once it has."""
    start, end = views
    tracks = [
        (say.track(old.id), old.value, new.value, say.of(say.dossier.tracks[old.id].unit))
        for old, new in zip(start.tracks, end.tracks, strict=True)
    ]
    words = {"standing": points_printed(end.standing), "word": meter_word(say, end.standing)}
    words |= {"trust": points_printed(end.trust), "how": meter_word(say, end.trust)}
    home = say(
        "Our standing at home ended at {standing} ({word}), our trust in the other side at {trust} ({how}).", **words
    )
    if opened is None:
        read = sum(each.reading is not None for each in theirs)
        known = say("{m} of the other side's acts reached us, and we read {k}.", m=len(theirs), k=read)
        yield from _found((_went(tracks, say), home, known), say)
        yield from _struck(theirs, say)
        yield from priorities(made, None, say)
        return
    facts, measures = opened
    yield from _found((_went(tracks, say), home, understood(measures.directions, say)), say)
    yield from exchange_blocks(measures.exchange, facts, say)
    yield from priorities(made, measures.exchange, say)


def _found(sentences: Sequence[str], say: Reporter) -> Iterator[ReportBlock]:
    yield Heading(say("What was found"))
    yield Items(tuple(map(line, sentences)), numbered=True)


def _came_to(courses: Sequence[CourseFacts], say: Reporter) -> str:
    """What it came to for the third party: people, what was reached, clocks; no team's own."""
    shared = [each for each in courses if each.own is None]
    ranked = sorted(shared, key=lambda of: (of.outcome is None, of.way in ("ran-out", "ran-down")))
    told = ((say.course(each), each) for each in ranked)
    return _went([(say.track_name(track), of.start, of.end, say.of(track.unit)) for track, of in told], say)


def _went(tracks: Sequence[tuple[str, Points, Points, str]], say: Reporter) -> str:
    """Where things at stake stood at the start and at the end."""
    told = []
    for what, start, end, unit in tracks[:TRACKS]:
        words = {"what": what, "start": points_printed(start), "end": points_printed(end), "unit": unit}
        still = say("{what}, {end} {unit} as at the start", **words)
        told.append(still if start == end else say("{what}, {start} at the start and {end} {unit} at the end", **words))
    return say("For the third party: {told}.", told=join_parts(told, say) or say("nothing"))


def _between(start: Points, end: Points, record: ReportRecord) -> str:
    """How tension went between the two, and what became of lines, whosever they were."""
    say, opened = record.say, record.opened
    crossed, drawn = len(record.replay.state.crossings), len(opened.conclusions)
    counts = {"n": crossed, "m": drawn, "k": sum(each.drawn_back > 0 for each in opened.conclusions)}
    if drawn:
        lines = say("red lines crossed: {n}; conclusions drawn: {m}, of which drawn back: {k}", **counts)
    elif crossed:
        lines = say("red lines crossed: {n}; no conclusion was drawn", **counts)
    else:
        lines = say("no red line was crossed and no conclusion drawn")
    words = {"start": points_printed(start), "end": points_printed(end), "rung": rung_of(end, say)}
    words |= {"parts": moved_by(record.found.tension_by, say), "lines": lines}
    if end == start:
        return say(
            "Between the two, tension ended where it began, at {end} of 100 ({rung}): {parts}; {lines}.", **words
        )
    if end > start:
        return say("Between the two, tension rose from {start} to {end} of 100 ({rung}): {parts}; {lines}.", **words)
    return say("Between the two, tension fell from {start} to {end} of 100 ({rung}): {parts}; {lines}.", **words)


def moved_by(parts: Mapping[TensionPart, Points], say: Reporter) -> str:
    """What tension came of: acts of each side, and what neither chose."""
    words = {part: points_printed(by, signed=True) for part, by in parts.items()}
    told = say("by the US {us}, by China {china}, by events and time {other}", **words)
    if parts["facilitator"]:
        told = say("{told}, by the facilitator’s hand {facilitator}", told=told, **words)
    return say("{told}, by the bounds of its scale {bounds}", told=told, **words) if parts["bounds"] else told


def understood(directions: Sequence[Direction], say: Reporter) -> str:
    """How the acts of each side were taken: nobody's fault, and no more than the acts that were read can tell."""
    us, china = directions
    return say("What the US did was taken {one}; what China did, {two}.", one=_taken(us, say), two=_taken(china, say))


def _taken(of: Direction, say: Reporter) -> str:
    """How the acts of a side were taken, with the interval in which the mean lies."""
    if of.bias is None or of.bias_error is None or of.read < FEW:
        return say("in ways that are not known, for too few acts were read ({n})", n=of.read)
    spread = MARGIN * of.bias_error
    words: dict[str, object] = {"bias": fraction_printed(abs(of.bias), 1), "n": of.read}
    words |= {"low": fraction_printed(of.bias - spread, 1, signed=True)}
    words |= {"high": fraction_printed(of.bias + spread, 1, signed=True)}
    if not of.error:
        return say("just as it was meant ({n} acts)", **words)
    if abs(of.bias) <= spread:
        off = _(
            "{error} steps off what was meant on average, and {n} acts cannot tell whether it leans friendly or hostile"
            " ({low} to {high} steps, which holds zero)"
        )
        return say(off, error=fraction_printed(of.error, 1), **words)
    says = _("as {bias} steps more hostile than it was meant ({n} acts; {low} to {high})")
    if of.bias < 0:
        says = _("as {bias} steps friendlier than it was meant ({n} acts; {low} to {high})")
    return say("{taken}{expected}", taken=say(says, **words), expected=_expected(of, of.bias, say))


def _expected(of: Direction, bias: Fraction, say: Reporter) -> str:
    """How much of it the sender had expected: who knows that an act will sting has not been misread."""
    if of.foreseen is None or of.asked < of.read:
        return ""
    share = of.foreseen if bias > 0 else -of.foreseen
    if share <= 0:
        return ""
    if share >= abs(bias):
        return say(", which its sender had expected")
    return say(", of which its sender had expected {steps}", steps=fraction_printed(share, 1))


def exchange_blocks(exchange: WeighedExchange | None, opened: HotwashFacts, say: Reporter) -> Iterator[ReportBlock]:
    """The exchange that mattered most, in the players' own words, and why it is this one."""
    yield Heading(say("The exchange that mattered most"))
    if exchange is None:
        yield prose(say("No act was read otherwise than expected, answered, or moved a line: none stands out."))
        return
    pairs = {(pair.side, pair.turn, pair.order): pair for pair in opened.pairs}
    if exchange.asked is not None:
        yield from _words(pairs[exchange.asked], say)
    act = pairs[exchange.key]
    yield from _words(act, say)
    reading = act.reading or 0
    sure = confidence(say, act.confidence) if act.confidence else "–"
    words = {"meaning": sealed_meaning(act.intent, act.expected, say), "taken": taken_as(say, reading), "sure": sure}
    told = say("{meaning}; taken as {taken}, {sure}.", **words)
    yield prose(capital(told), "strong")
    yield from (prose(apart) for apart in apart_told(act.intent, act.expected, act.reading, say)[:1])
    if exchange.answer is not None:
        yield from _words(pairs[exchange.answer], say)
    yield prose(say("Why this one: {why}; no act that was read has more.", why=_why(exchange, say)), "quiet")


def _why(exchange: WeighedExchange, say: Reporter) -> str:
    """What it weighs, part by part; what it has nothing of is left out."""
    is_answered = exchange.asked is not None or exchange.answer is not None
    parts = (
        (exchange.surprise, say("{n} for steps that its sender did not expect", n=exchange.surprise)),
        (exchange.lines, say("twice {n} for lines that it moved", n=exchange.lines)),
        (exchange.aloud, say("{n} for how hostile it was taken in public", n=exchange.aloud)),
        (is_answered, say("1 for an answer")),
    )
    held = [told for of, told in parts if of]
    told = say(", ").join(held)
    return say("{parts}: {weight}", parts=told, weight=exchange.weight) if len(held) > 1 else told


def _words(pair: PairFacts, say: Reporter) -> Iterator[ReportBlock]:
    """An act of the exchange, as it was sent."""
    name = f"{say(SIDES[pair.side])} {pair.turn}.{pair.order}"
    yield prose(say("{what}: {says}", what=name, says=head_for(pair.act, pair.side, say)))
    if text := words_for(pair.act, say):
        yield Quote(text)


def _struck(theirs: Sequence[Known], say: Reporter) -> Iterator[ReportBlock]:
    """Before the hotwash a team knows how it took an act and not how that was meant: the one that struck it most."""
    yield Heading(say("What struck us most"))
    read = [each for each in theirs if each.reading]
    if not read:
        yield prose(say("Nothing that reached us and was read stood out."))
        return
    act = max(read, key=lambda each: abs(each.reading or 0))
    yield prose(say("{what}: {says}", what=act.name, says=act.head))
    if act.text:
        yield Quote(act.text)
    yield prose(
        say("We took it as {taken}; what was meant is sealed until the hotwash.", taken=taken_as(say, act.reading or 0))
    )


def priorities(made: Sequence[Observation], exchange: WeighedExchange | None, say: Reporter) -> Iterator[ReportBlock]:
    """What to do first, whosever area it is: the gravest, each said once; then what there is to talk over."""
    areas: dict[str, list[int]] = {}
    for number, each in enumerate((each for each in made if not each.is_strength), 1):
        areas.setdefault(each.area, []).append(number)
    told = [
        say("{advice} (Plan: {numbers})", advice=say(advice), numbers=say(", ").join(map(str, areas[area])))
        for area, advice in ADVICE.items()
        if area in areas
    ]
    if exchange is not None and exchange.surprise:
        told.append(say("Talk over the exchange above: what would have had to be said for it to be taken as meant?"))
    told.append(say("Lay your lines beside the guesses of them, and say which the other side ought to know."))
    told.append(say("Say what went well, so that it is done again: the strengths are in the appendix."))
    yield Heading(say("Three priorities"))
    yield Items(tuple(map(line, told[:PRIORITIES])), numbered=True)
