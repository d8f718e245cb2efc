"""The first page: three sentences of finding, the one exchange that mattered, three priorities.

What it says is the same whoever sits where: no sentence charges one side alone, a difference that chance explains is
called that, and what never reached a side is no part of an exchange. A team's own page is made of what that team knew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from crisis_sim.engine.views.hotwash_facts import CourseFacts, HotwashFacts, PairFacts
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.measures.forecasts import MARGIN
from crisis_sim.measures.meanings import Direction, WeighedExchange
from crisis_sim.measures.session_measures import Measures
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.measures.tension import TensionPart
from crisis_sim.numbers import Points, points_printed
from crisis_sim.pages.acts_opened import describe_difference
from crisis_sim.pages.blocks import Heading, Items, Quote, capital, line, prose
from crisis_sim.pages.phrases import confidence, meter_word, sealed_meaning, taken_as
from crisis_sim.pages.standing_blocks import rung_of
from crisis_sim.pages.translator import head_for, words_for
from crisis_sim.report.acts_known import KnownAct
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
    say, measures = record.say, record.measures
    course = measures.course
    found_is = (
        _came_to(record.opened.courses, say),
        _between(course.turns[0].tension, course.turns[-1].tension, record),
        understood(measures.directions, say),
    )
    yield from _list_findings(found_is, say)
    if not course.ended:
        yield prose(say("The session was not played to its end; this is how far its log goes."))
    yield from exchange_blocks(measures.exchange, record.opened, say)
    yield from priorities(findings(record), measures.exchange, say)


def team_page(
    views: tuple[TeamView, TeamView],
    theirs: Sequence[KnownAct],
    opened: tuple[HotwashFacts, Measures] | None,
    observations: Sequence[Observation],
    say: Reporter,
) -> Iterator[ReportBlock]:
    """The first page of one team: `views` at the start and at the end, and what the hotwash `opened`, once it has."""
    start, end = views
    tracks = [
        (say.track(old.id), old.value, new.value, say.localize(say.dossier.tracks[old.id].unit))
        for old, new in zip(start.tracks, end.tracks, strict=True)
    ]
    words = {"standing": points_printed(end.standing), "word": meter_word(say, end.standing)}
    words |= {"trust": points_printed(end.trust), "how": meter_word(say, end.trust)}
    home = say(
        "Our standing at home ended at {standing} ({word}), our trust in the other side at {trust} ({how}).", **words
    )
    if opened is None:
        read = sum(act.reading is not None for act in theirs)
        acts_sentence = say("{m} of the other side's acts reached us, and we read {k}.", m=len(theirs), k=read)
        yield from _list_findings((_went(tracks, say), home, acts_sentence), say)
        yield from _struck(theirs, say)
        yield from priorities(observations, None, say)
        return
    facts, measures = opened
    yield from _list_findings((_went(tracks, say), home, understood(measures.directions, say)), say)
    yield from exchange_blocks(measures.exchange, facts, say)
    yield from priorities(observations, measures.exchange, say)


def _list_findings(sentences: Sequence[str], say: Reporter) -> Iterator[ReportBlock]:
    yield Heading(say("What was found"))
    yield Items(tuple(map(line, sentences)), numbered=True)


def _came_to(courses: Sequence[CourseFacts], say: Reporter) -> str:
    """What it came to for the third party: people, what was reached, clocks; no team's own."""
    shared = [course for course in courses if course.own is None]
    ranked = sorted(shared, key=lambda course: (course.outcome is None, course.way in ("ran-out", "ran-down")))
    pairs = ((say.course(course), course) for course in ranked)
    return _went(
        [(say.track_name(track), course.start, course.end, say.localize(track.unit)) for track, course in pairs], say
    )


def _went(tracks: Sequence[tuple[str, Points, Points, str]], say: Reporter) -> str:
    """Where things at stake stood at the start and at the end."""
    phrases = []
    for name, start, end, unit in tracks[:TRACKS]:
        words = {"what": name, "start": points_printed(start), "end": points_printed(end), "unit": unit}
        still = say("{what}, {end} {unit} as at the start", **words)
        phrases.append(
            still if start == end else say("{what}, {start} at the start and {end} {unit} at the end", **words)
        )
    return say("For the third party: {told}.", told=join_parts(phrases, say) or say("nothing"))


def _between(start: Points, end: Points, record: ReportRecord) -> str:
    """How tension went between the two, and what became of lines, whosever they were."""
    say, opened = record.say, record.opened
    crossed, conclusion_count = len(record.replay.state.crossings), len(opened.conclusions)
    counts = {
        "n": crossed,
        "m": conclusion_count,
        "k": sum(conclusion.drawn_back > 0 for conclusion in opened.conclusions),
    }
    if conclusion_count:
        lines = say("red lines crossed: {n}; conclusions drawn: {m}, of which drawn back: {k}", **counts)
    elif crossed:
        lines = say("red lines crossed: {n}; no conclusion was drawn", **counts)
    else:
        lines = say("no red line was crossed and no conclusion drawn")
    words = {"start": points_printed(start), "end": points_printed(end), "rung": rung_of(end, say)}
    words |= {"parts": moved_by(record.measures.tension_by, say), "lines": lines}
    if end == start:
        return say(
            "Between the two, tension ended where it began, at {end} of 100 ({rung}): {parts}; {lines}.", **words
        )
    if end > start:
        return say("Between the two, tension rose from {start} to {end} of 100 ({rung}): {parts}; {lines}.", **words)
    return say("Between the two, tension fell from {start} to {end} of 100 ({rung}): {parts}; {lines}.", **words)


def moved_by(parts: Mapping[TensionPart, Points], say: Reporter) -> str:
    """What tension came of: acts of each side, and what neither chose."""
    words = {part: points_printed(points, signed=True) for part, points in parts.items()}
    phrase = say("by the US {us}, by China {china}, by events and time {other}", **words)
    if parts["facilitator"]:
        phrase = say("{told}, by the facilitator’s hand {facilitator}", told=phrase, **words)
    return say("{told}, by the bounds of its scale {bounds}", told=phrase, **words) if parts["bounds"] else phrase


def understood(directions: Sequence[Direction], say: Reporter) -> str:
    """How the acts of each side were taken: nobody's fault, and no more than the acts that were read can tell."""
    us, china = directions
    return say(
        "What the US did was taken {one}; what China did, {two}.",
        one=_describe_readings(us, say),
        two=_describe_readings(china, say),
    )


def _describe_readings(direction: Direction, say: Reporter) -> str:
    """How the acts of a side were taken, with the interval in which the mean lies."""
    if direction.bias is None or direction.bias_error is None or direction.read < FEW:
        return say("in ways that are not known, for too few acts were read ({n})", n=direction.read)
    spread = MARGIN * direction.bias_error
    words: dict[str, object] = {"bias": fraction_printed(abs(direction.bias), 1), "n": direction.read}
    words |= {"low": fraction_printed(direction.bias - spread, 1, signed=True)}
    words |= {"high": fraction_printed(direction.bias + spread, 1, signed=True)}
    if not direction.error:
        return say("just as it was meant ({n} acts)", **words)
    if abs(direction.bias) <= spread:
        off = _(
            "{error} steps off what was meant on average, and {n} acts cannot tell whether it leans friendly or hostile"
            " ({low} to {high} steps, which holds zero)"
        )
        return say(off, error=fraction_printed(direction.error, 1), **words)
    phrase = _("as {bias} steps more hostile than it was meant ({n} acts; {low} to {high})")
    if direction.bias < 0:
        phrase = _("as {bias} steps friendlier than it was meant ({n} acts; {low} to {high})")
    return say("{taken}{expected}", taken=say(phrase, **words), expected=_expected(direction, direction.bias, say))


def _expected(direction: Direction, bias: Fraction, say: Reporter) -> str:
    """How much of it the sender had expected: who knows that an act will sting has not been misread."""
    if direction.foreseen is None or direction.asked < direction.read:
        return ""
    share = direction.foreseen if bias > 0 else -direction.foreseen
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
    sentence = say("{meaning}; taken as {taken}, {sure}.", **words)
    yield prose(capital(sentence), "strong")
    yield from (prose(apart) for apart in describe_difference(act.intent, act.expected, act.reading, say)[:1])
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
    reasons = [reason for weight, reason in parts if weight]
    text = say(", ").join(reasons)
    return say("{parts}: {weight}", parts=text, weight=exchange.weight) if len(reasons) > 1 else text


def _words(pair: PairFacts, say: Reporter) -> Iterator[ReportBlock]:
    """An act of the exchange, as it was sent."""
    name = f"{say(SIDES[pair.side])} {pair.turn}.{pair.order}"
    yield prose(say("{what}: {says}", what=name, says=head_for(pair.act, pair.side, say)))
    if text := words_for(pair.act, say):
        yield Quote(text)


def _struck(theirs: Sequence[KnownAct], say: Reporter) -> Iterator[ReportBlock]:
    """Before the hotwash a team knows how it took an act and not how that was meant: the one that struck it most."""
    yield Heading(say("What struck us most"))
    read = [candidate for candidate in theirs if candidate.reading]
    if not read:
        yield prose(say("Nothing that reached us and was read stood out."))
        return
    act = max(read, key=lambda candidate: abs(candidate.reading or 0))
    yield prose(say("{what}: {says}", what=act.name, says=act.head))
    if act.text:
        yield Quote(act.text)
    yield prose(
        say("We took it as {taken}; what was meant is sealed until the hotwash.", taken=taken_as(say, act.reading or 0))
    )


def priorities(
    observations: Sequence[Observation], exchange: WeighedExchange | None, say: Reporter
) -> Iterator[ReportBlock]:
    """What to do first, whosever area it is: the gravest, each said once; then what there is to talk over."""
    areas: dict[str, list[int]] = {}
    for number, observation in enumerate(
        (observation for observation in observations if not observation.is_strength), 1
    ):
        areas.setdefault(observation.area, []).append(number)
    sentences = [
        say("{advice} (Plan: {numbers})", advice=say(advice), numbers=say(", ").join(map(str, areas[area])))
        for area, advice in ADVICE.items()
        if area in areas
    ]
    if exchange is not None and exchange.surprise:
        sentences.append(
            say("Talk over the exchange above: what would have had to be said for it to be taken as meant?")
        )
    sentences.append(say("Lay your lines beside the guesses of them, and say which the other side ought to know."))
    sentences.append(say("Say what went well, so that it is done again: the strengths are in the appendix."))
    yield Heading(say("Three priorities"))
    yield Items(tuple(map(line, sentences[:PRIORITIES])), numbered=True)
