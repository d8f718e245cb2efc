"""Conditions: what rules, lines, injects, tracks and forecasts may ask about the game.

A condition is data. Each key names one fact and everything under one `when` must hold together; `all`, `any` and `not`
combine. There is no expression language, no pattern and no template, so a condition can be checked when it is loaded,
explained in words, and compiled (`crisis_sim.rules.compile`). Everything that is said of a key stands at its field.

Two readings of "who". In a rule, `sender` made the act at hand and `receiver` is the other team (at the end of a turn,
each team in turn is the sender). In a forecast, `self` forecasts and `other` is forecast. Injects, tracks and scenario
lines may also name `us` or `china`; rule packs may not, so that no rule favours a country.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Unpack

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules import moment
from crisis_sim.rules.authored import Authored, Id, Percent, Range, SomeOf
from crisis_sim.rules.effects import PLEDGES
from crisis_sim.rules.formula import Above, Claim, Const, Is, Read, all_of, any_of, negated
from crisis_sim.rules.keys import AT_AN_ACT, KeyFields
from crisis_sim.rules.lowering import bounded, condition_key, entry, meter, needs_act, one_of
from crisis_sim.rules.names import AccountsCompared, Outcome, Pledged
from crisis_sim.rules.properties import Made, MoveIs, first_on_channel, pressings, repeated, search_record

_EARLIER_PHRASES: Final = (
    "after {move} {by} {about} {at_least} earlier",
    "after {move} {by} {about} {at_least} {within} {ago} {turns}",
)
_EVER: Final = ("after {move} {by} {about} {at_least} at any time so far", _EARLIER_PHRASES[1])
_WITH: Final = "with {move} {by} {about} {at_least} {within} {ago} {turns}"
_WITH_NO: Final = "with no {move:bare} {by} {about} {within} {ago} {turns}"
"""Acts of the record: that there are some, too few, or none."""

_READING = Read("facts", "reading")
_INTENT = Read("act", "intent")


def _of_the_act(name: str, **fields: Unpack[KeyFields]) -> Literal[True] | None:
    """A key that asks for what is worked out of the act at hand."""
    fields["example"] = "true"
    return condition_key(lambda low, _: needs_act(Claim(Read("facts", name))), places=AT_AN_ACT, **fields)


def _counted(name: str, **fields: Unpack[KeyFields]) -> Range | None:
    """A key that asks for a plain number of the moment."""
    return condition_key(lambda low, bounds: bounded(Read("facts", name), bounds, 100), **fields)


class Condition(Authored):
    """What must be true. Every key given must hold."""

    all: tuple[Condition, ...] | None = condition_key(
        lambda low, parts: all_of(map(low.condition, parts)), example="[{move: leader-call}, {tension: {at_least: 60}}]"
    )
    """Each of these conditions holds."""
    any: tuple[Condition, ...] | None = condition_key(
        lambda low, parts: any_of(map(low.condition, parts)), example="[{move: apologise}, {move: own-up}]"
    )
    """At least one of these conditions holds."""
    not_: Condition | None = condition_key(
        lambda low, part: negated(low.condition(part)), example="{fact: host-consent}", alias="not"
    )
    """This condition does not hold."""
    always: Literal[True] | None = condition_key(lambda low, _: True, says="always", denied="never", example="true")
    """Holds always; for a rule that needs only its `on`."""

    # the act at hand (rules on act, delivery, silence and press; lines and tracks that watch acts)
    move: MoveIs | None = condition_key(
        lambda low, move: needs_act(low.move(move, "act")),
        places=AT_AN_ACT | {"readout"},
        says="{move:first}",
        denied="{move:other}",
        example="{family: [protest, coerce], visibility: public}",
    )
    """The act at hand."""
    delivery: SomeOf[Outcome] | None = condition_key(
        lambda low, outcomes: needs_act(one_of(Read("act", "outcome"), outcomes)),
        places=AT_AN_ACT - {"silence"},
        says="with delivery {delivery}",
        denied="with delivery not {delivery}",
        words={
            "in-time": "in time",
            "late": "late",
            "unanswered": "unanswered",
            "too-low": "answered too low",
            "leaked": "leaked",
        },
        example="[late, too-low]",
    )
    """How the act at hand arrived."""
    answers: MoveIs | None = moment.ANSWERS
    """The act at hand answers an act of this kind."""
    agreed: MoveIs | None = moment.AGREED
    """By the act at hand an act of this kind is agreed: it accepts it, or is one that stands with nobody asked."""
    intent: Range | None = condition_key(
        lambda low, bounds: needs_act(all_of([negated(Is(_INTENT, Const(None))), bounded(_INTENT, bounds, 100)])),
        places=AT_AN_ACT,
        says="with an intent of {range}",
        span=(-3, 3),
        example="{at_most: 0}",
    )
    """The sender's sealed intent for the act at hand, −3 … +3; an act that nobody meant has none."""
    read_as: moment.ReadIs | None = condition_key(
        lambda low, bounds: all_of([negated(Is(_READING, Const(None))), bounded(_READING, bounds, 100)]),
        places=AT_AN_ACT - {"delivery", "silence"},
        sealed=True,
        says="read as {range}",
        denied="unread or read as {range}",
        span=(-3, 3),
        example="{at_least: 2}",
    )
    above_provocation: Annotated[int, Field(ge=1, le=5)] | None = condition_key(
        lambda low, margin: needs_act(Above(margin)),
        places=AT_AN_ACT,
        says="at least {above_provocation} classes above the worst act of the other side in the last two turns",
        denied="not at least {above_provocation} classes above the worst act of the other side in the last two turns",
        once=(
            "at least one class above the worst act of the other side in the last two turns",
            "not at least one class above the worst act of the other side in the last two turns",
        ),
        example="2",
    )
    """The act's class lies at least so far above the other side's worst act of the last two turns, if there was one."""
    repeated: Annotated[int, Field(ge=1, le=50)] | None = condition_key(
        lambda low, times: repeated(times),
        places=AT_AN_ACT,
        says="made at least {repeated} times before by the same side",
        denied="made fewer than {repeated} times before by the same side",
        once=("made before by the same side", "not made before by the same side"),
        example="2",
    )
    """The sender has made the same move at least so many times before, in earlier turns."""
    first_on_channel: Literal[True] | None = condition_key(
        lambda low, _: first_on_channel(),
        places=AT_AN_ACT,
        says="the first such act on its channel",
        denied="not the first such act on its channel",
        example="true",
    )
    """No earlier act of this move, by either side, was about this channel, or went over it when it was about none."""
    first_of_turn: Literal[True] | None = _of_the_act(
        "first_of_turn",
        says="the first such act of its sender in the turn",
        denied="not the first such act of its sender in the turn",
    )
    """The sender has not made the same move before in its list of this turn."""
    mends: Literal[True] | None = _of_the_act(
        "mends",
        says="speaking to what its sender or an inject pressed in the last two turns",
        denied="speaking to nothing that its sender or an inject pressed in the last two turns",
        source="Osgood 1962; 2021 report, that restraint must be credible",
    )
    """The move speaks to a concern (`concerns`) that its sender or an inject pressed of late, however it was read."""
    called_for: Literal[True] | None = _of_the_act(
        "called_for",
        says="called for by an inject of the last two turns",
        denied="called for by no inject of the last two turns",
    )
    """An inject of this turn or the two before it calls for such an act (`calls_for`); always where none does."""
    counter_ask: Annotated[int, Field(ge=1, le=50)] | None = moment.COUNTER_ASK
    """The act at hand asks for something, and asks of its sender in at least so many turns in a row have met no answer,
    each of which could have been answered before the turn in which it was sent."""
    excused: Literal[True] | None = condition_key(
        lambda low, _: Claim(Read("facts", "excused")),
        places=AT_AN_ACT | {"due"},
        says="excused at home by an inject of the last two turns",
        denied="excused at home by no inject of the last two turns",
        example="true",
        source="Levendusky and Horowitz 2012",
    )
    """An inject of this turn or the two before it, which the sender heard of, gives it something to point to at home
    (`excuses`)."""
    pressed: Made | None = condition_key(
        lambda low, past_acts: pressings(past_acts),
        places=frozenset({"press"}),
        heeds=frozenset({"by", "turns", "at_least"}),
        says="on a line {at_least} pressed before {by} {turns}",
        once=("on a line pressed before {by} {turns}", "on a line not pressed before {by} {turns}"),
        example="{move: {family: [protest, coerce, force]}, by: sender, turns: 2}",
        source="2021 report on salami slicing",
    )
    """For rules on press: earlier pressings of the same line by the same side; only by, turns and at_least count."""

    # the record
    earlier: Made | None = condition_key(
        lambda low, past_acts: search_record(low, "earlier", past_acts),
        says=_EARLIER_PHRASES,
        denied=("with {move} {by} {about} {at_least} earlier", _WITH),
        once=(_EARLIER_PHRASES, ("with no {move:bare} {by} {about} earlier", _WITH_NO)),
        example="{move: private-inquiry, by: sender, within: 6h}",
    )
    """Made in an earlier turn, or earlier in the sender's own list this turn."""
    same_turn: Made | None = condition_key(
        lambda low, past_acts: search_record(low, "same_turn", past_acts),
        says=f"{_WITH} in the same turn",
        once=(f"{_WITH} in the same turn", f"{_WITH_NO} in the same turn"),
        example="{move: {family: force}, by: sender}",
    )
    """Made in this turn, the act at hand left out."""
    ever: Made | None = condition_key(
        lambda low, past_acts: search_record(low, "ever", past_acts),
        says=_EVER,
        denied=("with {move} {by} {about} {at_least} at any time so far", _WITH),
        once=(_EVER, ("with no {move:bare} {by} {about} at any time so far", _WITH_NO)),
        example="{move: {term: exclusive}, by: sender, ago: 24h}",
    )
    """Made at any time up to now."""

    # the moment
    fact: moment.FactIs | None = condition_key(
        lambda low, fact: moment.fact_holds(fact),
        says=("while {id} holds {of}", "while {id} has held {of} {lasting}"),
        denied=("while {id} does not hold {of}", "while {id} has not held {of} {lasting}"),
        example="{id: persons-held, of: sender, lasting: 48h}",
    )
    commitment: moment.CommitmentIs | None = condition_key(
        lambda low, promise: moment.promise_is(promise),
        says="while the promise {id} is {state} {by}",
        denied="while the promise {id} is not {state} {by}",
        example="{id: no-surprises, by: sender, state: kept}",
    )
    line: moment.LineIs | None = condition_key(
        lambda low, line: moment.line_is(line),
        says=(
            "with the line {id} {crossed} {concluded}",
            "with pressure on {id} {pressure}",
            "with the line {id} {crossed} {concluded} and pressure on {id} {pressure}",
        ),
        denied=(
            "without the line {id} {crossed} {concluded}",
            "without pressure on {id} {pressure}",
            "without the line {id} {crossed} {concluded} and pressure on {id} {pressure}",
        ),
        example="{id: hull, crossed: true}",
        source="2021 report on red and pink lines",
    )
    track: moment.TrackIs | None = condition_key(
        lambda low, track: entry("tracks", Const(track.id), track),
        says="with {id} {range}",
        names=("track",),
        example="{id: hours-of-air, at_most: 24}",
    )
    readiness: moment.ReadinessIs | None = condition_key(
        lambda low, channel: entry("readiness", Const(channel.id), channel, 100),
        says="with the readiness of {id} {range}",
        names=("channel",),
        span=(0, 100),
        example="{id: defense-telephone-link, at_least: 50}",
        source="2021 report on rusty crisis channels",
    )
    channel_readiness: Range | None = condition_key(
        lambda low, bounds: needs_act(bounded(Read("facts", "channel_readiness"), bounds, 100)),
        places=AT_AN_ACT,
        says="with the readiness of its channel {range}",
        span=(0, 100),
        example="{at_most: 30}",
        source="2021 report on rusty crisis channels",
    )
    """Readiness of the channel of the act at hand, 0–100."""
    tension: Range | None = condition_key(
        lambda low, bounds: bounded(Read("facts", "tension"), bounds),
        says="with tension {range}",
        span=(0, 100),
        example="{at_least: 60}",
    )
    """Tension at the moment, 0–100."""
    trust: moment.MeterIs | None = condition_key(
        lambda low, bounds: meter("trust", bounds.of, bounds),
        sealed=True,
        says="with the trust of {of} {range}",
        span=(0, 10),
        example="{of: sender, at_most: 3}",
    )
    standing: moment.MeterIs | None = condition_key(
        lambda low, bounds: meter("standing", bounds.of, bounds),
        says="with the standing of {of} {range}",
        span=(0, 10),
        example="{of: receiver, at_least: 4, at_most: 6}",
        source="Fearon 1994; Weiss 2014; 2021 report on domestic legitimacy",
    )
    pledge: moment.PledgeIs | None = condition_key(
        lambda low, pledge: moment.pledge_is(pledge),
        says="with {by} bound at home {pledge}",
        denied="with {by} not bound at home {pledge}",
        example="{by: sender, pledge: [demand, threat]}",
        source="Fearon 1994; Weiss 2014",
    )
    due: SomeOf[Pledged] | None = condition_key(
        lambda low, kinds: one_of(Read("facts", "due"), kinds),
        places=frozenset({"due"}),
        says="when the time of a {due} has run",
        denied="when the time of anything but a {due} has run",
        words=PLEDGES,
        example="[demand, threat]",
    )
    """For rules on due: the kind of the pledge whose time has run."""
    turn: Range | None = _counted("turn", says="with the turn {range}", example="{at_least: 3}")
    """Number of the turn, from 1."""
    hour: Range | None = _counted("hour", says="with the hour {range}", example="{at_most: 48}")
    """Game hours since the start."""
    time_left: Range | None = condition_key(
        lambda low, bounds: bounded(Read("facts", "time_left"), bounds, 100),
        says="with {range}% of the time left",
        span=(0, 100),
        example="{at_most: 25}",
    )
    """Percent left of the tightest clock: a track that runs out, or an inject's window."""
    inject: SomeOf[Id] | None = condition_key(
        lambda low, names: moment.delivered(names),
        says="after the inject {inject}",
        denied="before the inject {inject}",
        names=("inject",),
        example="[survey-ship, hull-found]",
    )
    """One of these injects has been delivered."""
    asset: moment.AssetIs | None = condition_key(
        lambda low, asset: moment.asset_is(asset),
        says="after {id} turned out to be {turned_out}",
        denied="before {id} turned out to be {turned_out}",
        example="{id: survey-ship, turned_out: more}",
        source="Jervis 1970 on signals and indices",
    )
    decided: moment.DecidedIs | None = moment.DECIDED
    disclosed: moment.DisclosedIs | None = moment.DISCLOSED
    opening_mismatch: Literal[True] | None = condition_key(
        lambda low, _: Claim(Read("facts", "opening_mismatch")),
        says="with openings that differ",
        denied="with openings that agree",
        example="true",
        source="2021 report on framework first and case first",
    )
    """The two teams open differently: one puts principles before cases, the other cases before principles."""
    blind_dilemma: Literal[True] | None = condition_key(
        lambda low, _: Claim(Read("facts", "blind_dilemma")),
        sealed=True,
        says="with each side meaning well and taking the other for hostile",
        denied="with no blind dilemma",
        example="true",
        source="2021 report on the blind security dilemma; Jervis 1978",
    )
    """Each team meant its own acts of this turn as benign (0 or less) and took the other's as hostile (+1 or more)."""
    readouts: AccountsCompared | None = condition_key(
        lambda low, comparison: Is(Read("facts", "readouts"), Const(comparison)),
        places=frozenset({"readout"}),
        says="with {readouts}",
        denied="without {readouts}",
        words={"match": "two readouts that match", "differ": "two readouts that differ", "one-sided": "one readout"},
        meanings={
            "match": "Both say the same",
            "differ": "They say different things",
            "one-sided": "Only one was given",
        },
        example="differ",
        source="2021 report on public messaging around exchanges",
    )
    """For rules on readout: how the two accounts of one exchange compare."""
    chance: Percent | None = condition_key(
        lambda low, percent: low.chance(percent), says="{chance} times in a hundred", example="30"
    )
    """Luck of the session: holds so many times in a hundred, and always the same in the same session."""

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.model_fields_set:
            raise ValueError(Sentence("an empty condition; write always: true if it should always hold"))
        return self
