"""Strengths, areas for improvement, and the plan to improve: derived from the measures by rules that the report states.

A rule looks at one number of one side, and says a strength, an area, or nothing. It rests on what that side could know
and do: what never reached a side is not held against it, and a difference that noise explains is nothing. None of them
weighs one against another: that is for people. Who is to do it by when is left to them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile
from typing import Final, NamedTuple

from crisis_sim.engine.views.channel_use import THEIRS, silences
from crisis_sim.measures.forecasts import MARGIN, Foresight
from crisis_sim.measures.sums import error_of_mean, fraction_printed
from crisis_sim.pages.blocks import Heading, listed, prose, table_of
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.report.report_blocks import ReportBlock
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.wording import Say, _


class Observation(NamedTuple):
    """A strength or an area for improvement."""

    is_strength: bool
    observation: str
    evidence: str
    area: str = ""
    """By which `ADVICE` names what it recommends; empty for a strength."""


STATED: Final = (
    _("Reading: mean distance from what was meant at most 1 is a strength, clearly above 1 an area (at least 3 read)."),
    _(
        "First contact: a private act that arrived before the first public one is a strength, "
        "a protest or pressure in public before anything was sent in private an area."
    ),
    _("Answers: a request that reached a side, and to which it sent no answer in time, is an area of that side."),
    _("Promises: made and all kept is a strength, a broken one an area."),
    _("Signals: a turn in which a side soothed and pressed at once is an area."),
    _("Red lines: crossing one of the other side’s is an area; none crossed at all is a strength of both."),
    _("Conclusions: one that its side was not drawn back from is an area of both; all drawn back, a strength of both."),
    _("Lines guessed: half or more of the other’s lines, by kind and concern, is a strength, under a quarter an area."),
    _("Forecasts: skill clearly above 0 is a strength, clearly below 0 an area (at least 10 forecasts)."),
    _("Felt tension: a quarter or more of the felt rise from misreading is an area."),
    _("Channels: two or more acts late or not taken up on one channel are an area of both."),
    _("Force: forces moved without notice given are an area; a demand in public or a deadline is one."),
    _("Clearly is by more than two standard errors; a difference within them may be chance."),
)
"""The rules, as the report prints them."""

HARD: Final = ("protest", "coerce", "force")
"""Families of moves of which the other side should not hear in public first."""
OPENED_HARD: Final = _("{side} protested or pressed in public before it had said anything in private.")

ADVICE: Final = {
    "crossed": _("Ask about a line before an act that may touch it."),
    "concluded": _(
        "Ask in private which acts moved the other closer to a line, and what would take it further from it."
    ),
    "force": _("Announce movements of forces beforehand over a channel that answers."),
    "demand": _("Put demands and times in private first, with a way out."),
    "promise": _("Check every move against the promises on record before it is sealed."),
    "mixed": _("Before sealing, read the turn’s moves together as the other side will see them."),
    "answer": _("Name who watches each channel, and send a holding note where there is no answer yet."),
    "channel": _("Drill the channel with the other side, and settle who answers it at which hour."),
    "read": _("Before answering, say back what was understood, and ask whether it was meant so."),
    "felt": _("Keep what was seen apart from what it is taken to mean, and say how sure one is."),
    "private": _("Agree on which channel is tried before anybody speaks in public, and who opens it."),
    "guess": _("Write down what the other side would not accept, and revisit it in every turn."),
    "forecast": _("Give chances nearer to 50 until they have been checked against what came."),
}
"""What each area recommends, the gravest first."""


def findings(record: ReportRecord) -> tuple[Observation, ...]:
    """All strengths and areas, in the order of the rules; the US before China."""
    return (*(observation for side in SIDES for observation in _apply_rules(record, side)), *_of_both(record))


def _apply_rules(record: ReportRecord, side: Side) -> Iterator[Observation]:
    for rule in (_reading, _contact, _answers, _promises, _signals, _lines, _imagined, _forecasts, _felt, _force):
        yield from rule(record, side)


def _reading(record: ReportRecord, side: Side) -> Iterator[Observation]:
    say, direction = (
        record.say,
        next(candidate for candidate in record.measures.directions if candidate.sender == other(side)),
    )
    if direction.error is None or direction.read < 3:
        return
    theirs = [
        meaning for meaning in record.measures.meanings if meaning.key[0] == other(side) and meaning.gap is not None
    ]
    is_split = direction.surprise is not None and direction.asked == direction.read
    error = direction.surprise if is_split and direction.surprise is not None else direction.error
    words = {"side": record.team(side), "n": direction.read, "error": fraction_printed(error)}
    if error <= 1:
        evidence = say("{n} act read", plural="{n} acts read", n=direction.read)
        sentence = _("{side} read the other within one step: {error} on average.")
        if is_split:
            sentence = _("{side} took the other’s acts within one step of what was expected: {error} on average.")
        yield Observation(True, say(sentence, **words), evidence)
        return
    gaps = [abs(meaning.surprise if is_split else meaning.gap or 0) for meaning in theirs]
    if error - 1 <= MARGIN * (error_of_mean(gaps) or 0):
        return
    wide = [meaning.key for meaning, gap in zip(theirs, gaps, strict=True) if gap > 1]
    sentence = _("{side} read the other’s acts {error} steps from what was meant, on average.")
    if is_split:
        sentence = _("{side} read the other’s acts {error} steps from what their sender expected, on average.")
    sentence = say(sentence, **words)
    yield Observation(False, sentence, record.name_acts(wide), "read")


def _contact(record: ReportRecord, side: Side) -> Iterator[Observation]:
    say = record.say
    contact = next(candidate for candidate in record.measures.contacts if candidate.side == side)
    own = [meaning for meaning in record.measures.meanings if meaning.key[0] == side]
    if contact.private_before_public:
        early = takewhile(lambda meaning: meaning.visibility == "private", own)
        first = [min((meaning for meaning in early if meaning.arrived), key=lambda meaning: meaning.arrived).key]
        yield Observation(True, say("{side} spoke in private first.", side=record.team(side)), record.name_acts(first))
        return
    moves = record.replay.table.moves
    opening = takewhile(lambda meaning: meaning.visibility == "public", own)
    if hard := [meaning.key for meaning in opening if moves[meaning.move].family in HARD]:
        yield Observation(False, say(OPENED_HARD, side=record.team(side)), record.name_acts(hard), "private")


def _answers(record: ReportRecord, side: Side) -> Iterator[Observation]:
    silent = silences(record.replay.state).items()
    request_keys = [key for key, silence in silent if key[0] == other(side) and silence in THEIRS]
    if request_keys:
        sentence = record.say(
            "{side} left requests unanswered in time: {n}.", side=record.team(side), n=len(request_keys)
        )
        yield Observation(False, sentence, record.name_acts(request_keys), "answer")


def _promises(record: ReportRecord, side: Side) -> Iterator[Observation]:
    own = [promise for promise in record.replay.state.promises if promise.side == side]
    broken = [promise.act for promise in own if promise.broken]
    words = {"side": record.team(side), "n": len(own), "broken": len(broken)}
    if broken:
        sentence = record.say("{side} broke {broken} of {n} promises.", **words)
        yield Observation(False, sentence, record.name_acts(broken), "promise")
    elif own:
        sentence = record.say("{side} kept its promises: {n}.", **words)
        yield Observation(True, sentence, record.name_acts(promise.act for promise in own))


def _signals(record: ReportRecord, side: Side) -> Iterator[Observation]:
    mixed = next(conduct for conduct in record.measures.conducts if conduct.side == side).mixed_turns
    if mixed:
        yield mixed_signals(record.say, record.team(side), record.say(", ").join(tuple(map(str, mixed))))


def mixed_signals(say: Say, side: str, turns: str) -> Observation:
    """Soothing and pressing in the same turn."""
    sentence = say("{side} soothed and pressed in the same turn.", side=side)
    return Observation(False, sentence, say("turn {turns}", turns=turns), "mixed")


def _lines(record: ReportRecord, side: Side) -> Iterator[Observation]:
    crossed = [
        crossing for crossing in record.replay.state.crossings if crossing.by == side and crossing.side == other(side)
    ]
    if crossed:
        sentence = record.say("{side} crossed red lines of the other: {n}.", side=record.team(side), n=len(crossed))
        turns = record.say(", ").join(tuple(dict.fromkeys(str(crossing.turn) for crossing in crossed)))
        yield Observation(False, sentence, record.say("turn {turns}", turns=turns), "crossed")


def _imagined(record: ReportRecord, side: Side) -> Iterator[Observation]:
    maps = [
        line_map
        for line_map in (*record.measures.lines_before, *record.measures.lines_after)
        if line_map.guesser == side
    ]
    rates = [line_map.hit_rate for line_map in maps if line_map.hit_rate is not None]
    if not rates:
        return
    best, words = max(rates), {"side": record.team(side), "rate": fraction_printed(max(rates) * 100, 0)}
    evidence = record.say("line map, hit rate {rate} %", **words)
    sentence = record.say("{side} guessed {rate} % of the other’s lines by kind and concern.", **words)
    if best >= Fraction(1, 2):
        yield Observation(True, sentence, evidence)
    elif best < Fraction(1, 4):
        yield Observation(False, sentence, evidence, "guess")


def _forecasts(record: ReportRecord, side: Side) -> Iterator[Observation]:
    foresight = next(candidate for candidate in record.measures.foresights if candidate.side == side)
    yield from foreseen(record.say, record.team(side), foresight)


def foreseen(say: Say, side: str, foresight: Foresight) -> Iterator[Observation]:
    """Forecasts with or without skill, where that is more than noise."""
    better = foresight.beats_even_odds
    if better is None:
        return
    words = {
        "n": len(foresight.forecasts),
        "skill": fraction_printed(foresight.skill, 2, signed=True),
        "error": fraction_printed(foresight.skill_error),
    }
    evidence = say(
        "{n} forecast, skill {skill}, standard error {error}",
        plural="{n} forecasts, skill {skill}, standard error {error}",
        **words,
    )
    if better:
        yield Observation(True, say("{side} forecast better than always saying 50.", side=side), evidence)
    else:
        sentence = say("{side} forecast worse than always saying 50.", side=side)
        yield Observation(False, sentence, evidence, "forecast")


def _felt(record: ReportRecord, side: Side) -> Iterator[Observation]:
    share = next(felt_tension for felt_tension in record.measures.felt if felt_tension.side == side).share
    if share is not None and share >= Fraction(1, 4):
        words = {"side": record.team(side), "share": fraction_printed(share * 100, 0)}
        sentence = record.say("Of the tension that {side} felt rise, {share} % came from its readings.", **words)
        yield Observation(False, sentence, record.say("tension and felt tension"), "felt")


def _force(record: ReportRecord, side: Side) -> Iterator[Observation]:
    items = {
        principle.key: principle
        for principle in next(conduct for conduct in record.measures.conducts if conduct.side == side).george
    }
    for key, observation, area in (
        ("no-alarm", _("{side} moved forces without notice."), "force"),
        ("limited", _("{side} set a deadline or made a demand in public."), "demand"),
    ):
        if not items[key].met:
            sentence = record.say(observation, side=record.team(side))
            yield Observation(False, sentence, record.name_acts(items[key].evidence), area)


def _of_both(record: ReportRecord) -> Iterator[Observation]:
    say = record.say
    if not record.replay.state.crossings:
        yield Observation(True, say("No red line was crossed."), say("all turns"))
    yield from _conclusions(record)
    names = {name: channel.name.in_(record.language) for name, channel in record.replay.table.scenario.channels.items()}
    for use in record.measures.channels:
        if use.late + use.lost >= 2:
            words = {"channel": names[use.id], "late": use.late, "lost": use.lost}
            sentence = say("{channel}: {late} acts late, {lost} not taken up.", **words)
            yield Observation(False, sentence, say("channel use"), "channel")


def _conclusions(record: ReportRecord) -> Iterator[Observation]:
    """Whether conclusions that were drawn were also drawn back; it takes two, so it is said of both."""
    say, conclusions = record.say, record.opened.conclusions
    open_conclusions = [conclusion for conclusion in conclusions if not conclusion.drawn_back]
    turns = record.say(", ").join(
        tuple(dict.fromkeys(str(conclusion.turn) for conclusion in open_conclusions or conclusions))
    )
    evidence = say("turn {turns}", turns=turns)
    if open_conclusions:
        sentence = say("Conclusions that nobody was drawn back from: {n}.", n=len(open_conclusions))
        yield Observation(False, sentence, evidence, "concluded")
    elif conclusions:
        yield Observation(True, say("Every conclusion was drawn back from: {n}.", n=len(conclusions)), evidence)


def improvement(record: ReportRecord) -> Iterator[ReportBlock]:
    """Strengths, areas, and the plan."""
    say = record.say
    yield from plan(say, findings(record))
    yield Heading(say("How strengths and areas are found"), 3)
    yield prose(one_after_another(map(say, STATED)), "quiet")


def plan(say: Say, observations: tuple[Observation, ...]) -> Iterator[ReportBlock]:
    """Findings as an exercise's report has them."""
    strengths = tuple(
        say("{observation} Evidence: {evidence}", observation=observation.observation, evidence=observation.evidence)
        for observation in observations
        if observation.is_strength
    )
    areas = tuple(observation for observation in observations if not observation.is_strength)
    yield Heading(say("Strengths"))
    yield listed(strengths) if strengths else prose(say("The rules below found none."))
    yield Heading(say("Areas for improvement"))
    yield (
        listed(tuple(observation.observation for observation in areas))
        if areas
        else prose(say("The rules below found none."))
    )
    yield Heading(say("Improvement plan"))
    yield prose(say("The last two columns are for the room to fill in."), "quiet")
    head = ("no.", _("observation"), _("evidence"), _("recommendation"), _("owner"), _("date"))
    rows = tuple(
        (str(number), observation.observation, observation.evidence, say(ADVICE[observation.area]), "", "")
        for number, observation in enumerate(areas, 1)
    )
    yield table_of(
        (*map(say, head),),
        rows or (("1", "", "", "", "", ""),),
        frozenset({0}),
        frozenset({1, 2, 3}),
        frozenset({4, 5}),
    )
