"""How it stands, as blocks: standing and trust, what is at stake, promises on the record, tension and how it went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Final

from crisis_sim.engine.views.dossier import TrackEntry
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import CommitmentFacts, ScoreFacts, TrackFacts
from crisis_sim.numbers import ONE, points_printed, points_text
from crisis_sim.pages.binding_words import citation_blocks, pledge_blocks
from crisis_sim.pages.blocks import Block, Column, Curve, Heading, MeterBar, Row, Span, Table, Tone, line, prose
from crisis_sim.pages.phrases import METER_MOST, clock_word, end_sentence, is_nearly_empty, meter_word, scale_word
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

HIGHEST: Final = 10_000
"""The top of the tension scale, in hundredths."""
FELT: Final[Mapping[Side, str]] = {"us": "felt by US", "china": "felt by China"}

NUMBERS: Final = re.compile("[0-9.]+")
"""Those that a unit may name: of 'of 44', the end of its scale."""
PERCENT: Final = ("percent", "%")
"""Units whose scale needs no end."""


def home_blocks(view: TeamView, say: Translator) -> Iterator[Block]:
    """All of it, as far as a team may know it."""
    yield from meter_blocks(view, say)
    yield from track_blocks(view.tracks, say)
    if view.score is not None:
        yield from score_blocks(view.score, say)
    yield from citation_blocks(view.citations, say)
    yield from pledge_blocks(view.pledges, view.side, say)
    if view.commitments:
        yield Heading(say("Promises on the record"), 3)
        yield from promise_blocks(view.commitments, say)


def meter_blocks(view: TeamView, say: Translator) -> Iterator[Block]:
    """Standing at home, and trust in the other side."""
    names = (say("standing at home"), say("trust in the other side"))
    for name, value, trend in zip(names, (view.standing, view.trust), view.moved, strict=True):
        word = meter_word(say, value)
        if trend:
            way = say("rising", "of a meter") if trend > 0 else say("falling", "of a meter")
            word = say("{told}, {word}", told=word, word=way)
        stands, maximum = in_wholes(value), points_printed(METER_MOST)
        text = say("{value} of {most}, {word}", value=stands, most=maximum, word=word)
        speech_text = ""
        if value % ONE:  # as a range it would be heard as a change
            lower, _dash, upper = stands.partition("–")
            between = say("between {lower} and {upper}", lower=lower, upper=upper)
            speech_text = say("{value} of {most}, {word}", value=between, most=maximum, word=word)
        yield MeterBar(name, line(text), value, METER_MOST, spoken=speech_text)
    if view.expectation is not None:
        expected = scale_word(_expected_words(say), view.expectation, ONE)
        yield MeterBar(say("home expects of calls"), line(expected), view.expectation, ONE)
    yield from footing(view, say)


def in_wholes(value: int) -> str:
    """A meter's value in whole points, or between which two it lies; its hundredths are the white cell's."""
    whole = value // ONE
    return str(whole) if value % ONE == 0 else f"{whole}–{whole + 1}"


def _expected_words(say: Translator) -> tuple[str, ...]:
    """What home expects of a call in words, from nothing up to a result."""
    return (
        say("nothing", "is expected"),
        say("little", "is expected"),
        say("something", "is expected"),
        say("much", "is expected"),
        say("a result", "is expected"),
    )


def footing(view: TeamView, say: Translator) -> Iterator[Block]:
    """What standing asks of us or allows us as it is."""
    home = say.dossier.at_home
    if home.under is not None and view.standing < home.under:
        yield prose(
            say("Under {n} a hard voice at home has to be answered each turn.", n=points_text(home.under)), "quiet"
        )
    if home.over is not None and view.standing > home.over:
        template = _("Over {n} one concession costs nothing at home, once a session.")
        if view.spared:
            template = _("Over {n} one concession costs nothing at home; we have made it.")
        yield prose(say(template, n=points_text(home.over)), "quiet")


def track_blocks(tracks: Iterable[TrackFacts], say: Translator) -> Iterator[MeterBar]:
    """What is at stake, with how it changed since the turn before."""
    for track in tracks:
        entry = say.dossier.tracks[track.id]
        text = speech_text = say.amount(track.id, track.value)
        if track.change:
            change = say.change(track.value - track.change, track.value)
            text = say("{told} ({change})", told=text, change=change)
            more = _("{told}, {n} more than before") if track.change > 0 else _("{told}, {n} less than before")
            number = change.lstrip("+−")
            speech_text = say(
                more if number != change else _("{told}, {word}"), told=speech_text, n=number, word=change
            )
        if word := track_word(entry, track.value, say):
            text, speech_text = (say("{told}, {word}", told=variant, word=word) for variant in (text, speech_text))
        maximum = points_printed(entry.most)
        unit = say.localize(entry.unit)
        is_said = maximum in NUMBERS.findall(unit) or unit in PERCENT or track.value == entry.most
        scale = "" if is_said else say("of at most {most}", most=maximum)
        value = line(Span(text, "bad" if is_nearly_lost(entry, track.value) else ""))
        yield MeterBar(
            say.track_name(entry), value, track.value, entry.most, entry.least, scale=scale, spoken=speech_text
        )


def track_word(entry: TrackEntry, value: int, say: Translator) -> str:
    """What is left of a clock; empty for a track that is none."""
    return clock_word(say, value - entry.least, entry.most - entry.least) if entry.runs_out else ""


def is_nearly_lost(entry: TrackEntry, value: int) -> bool:
    """Whether a clock is at the word that is coloured as what is bad."""
    return entry.runs_out and is_nearly_empty(value - entry.least, entry.most - entry.least)


def promise_blocks(promises: Iterable[CommitmentFacts], say: Translator) -> Iterator[Block]:
    """Promises on the record; those that were broken stand out."""
    for promise in promises:
        yield prose(promise_text(promise, say), "bad" if promise.broken_by else "")


def promises(on_record: Iterable[CommitmentFacts], say: Translator) -> Iterator[Block]:
    """Promises on the record, or that there is none."""
    on_record = tuple(on_record)
    if not on_record:
        yield prose(say("No promise is on the record."), "quiet")
    yield from promise_blocks(on_record, say)


def score_blocks(score: ScoreFacts, say: Translator) -> Iterator[Block]:
    """Tension in a number and a word, and the curves that may be seen, turn by turn."""
    rung = rung_of(score.tension, say)
    text = say(
        "{value} of {most}, {word}", value=points_printed(score.tension), most=points_printed(HIGHEST), word=rung
    )
    yield MeterBar(say("tension"), line(Span(text, "strong")), score.tension, HIGHEST)
    yield _curve(say("as weighed"), score.curve, score.tension)
    for side_score in score.sides:
        yield _curve(say(FELT[side_score.side]), side_score.curve, side_score.felt, side_score.side)
    if len(score.sides) < len(SIDES):  # a team's own stand among its meters
        return
    names = [say(SIDES[side_score.side]) for side_score in score.sides]
    rows = []
    for name, meter in ((say("trust"), attrgetter("trust")), (say("standing"), attrgetter("standing"))):
        values = [points_printed(meter(side_score)) for side_score in score.sides]
        values_text = say(", ").join(
            say("{side} {value}", side=side, value=value) for side, value in zip(names, values, strict=True)
        )
        rows.append(Row((Span(name), *map(Span, values)), say("{head}: {text}", head=name, text=values_text)))
    yield Table((Column("", is_wide=True), *(Column(name, is_number=True) for name in names)), tuple(rows))


def rung_of(tension: int, say: Translator) -> str:
    """The word for the stretch of tension that a value is in."""
    rungs = [rung for rung in say.dossier.rungs if rung.at <= tension] or say.dossier.rungs[:1]
    return say.localize(rungs[-1].name)


def _curve(name: str, ends: tuple[int, ...], stands: int, tone: Tone = "") -> Curve:
    """A number at the start and at the end of each turn, and as it stands where that is another."""
    values = ends if ends[-1:] == (stands,) else (*ends, stands)
    return Curve(name, values, tuple(map(points_printed, values)), HIGHEST, tone)


def promise_text(promise: CommitmentFacts, say: Translator) -> str:
    """A promise on the record in the words of whoever made it, and whom it binds."""
    makers, bound = _sides(promise.by, say), _sides(promise.bound, say)
    template = _("{by} promised: “{says}”{broken}")
    if makers != bound:
        template = _("{by} offered, and it binds {bound}: “{says}”{broken}")
    ends = (
        (_(" Broken by {side}."), promise.broken_by),
        (_(" Kept by {side}; its time has run."), promise.kept_by),
        (_(" It binds {side} no longer, as the other side has acted."), promise.void_for),
    )
    broken = "".join(say(ending, side=say(SIDES[side])) for ending, sides in ends for side in sides)
    return say(template, says=end_sentence(say.promise(promise.id), say), by=makers, bound=bound, broken=broken)


def _sides(sides: Iterable[str], say: Translator) -> str:
    return say(" and ").join(say(SIDES[side]) for side in sides)
