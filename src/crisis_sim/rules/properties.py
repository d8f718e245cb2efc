"""What conditions may ask of acts: properties of moves, each with its record, and the search of the record for them."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredHours, Id, Range, SomeOf
from crisis_sim.rules.formula import (
    HAS_ACT,
    Const,
    Formula,
    In,
    Is,
    Presses,
    Read,
    ReadFrom,
    Search,
    When,
    all_of,
    any_of,
    negated,
)
from crisis_sim.rules.keys import act_property, move_property, part, required_part
from crisis_sim.rules.lowering import FACT_SIDES, Lowering, is_within, one_of
from crisis_sim.rules.names import TRACK_OF, AnswerKind, Diplomacy, Illocution, Level, SideWord, Taker, Visibility

SIDE_PHRASES: Final[dict[SideWord, str]] = {
    "sender": "the sender",
    "receiver": "the receiver",
    "self": "its own side",
    "other": "the other side",
    "either": "either side",
    "us": "the US",
    "china": "China",
}
"""What sides are called in a phrase."""


def _visibility(act: ReadFrom, wanted: Visibility) -> Formula:
    public = any_of([Is(Read(act, "visibility"), Const("public")), Is(Read(act, "outcome"), Const("leaked"))])
    return public if wanted == "public" else negated(public)


def _diplomacy(act: ReadFrom, wanted: SomeOf[Diplomacy]) -> Formula:
    return one_of(Read(act, "track"), [TRACK_OF[diplomacy] for diplomacy in wanted])


def _term(act: ReadFrom, wanted: SomeOf[Id]) -> Formula:
    return any_of(In(Const(term), Read(act, "terms")) for term in wanted)


class MoveIs(Authored):
    """Which moves are meant. A plain id or a list of ids may stand for `{id: …}`; every key given must hold."""

    id: SomeOf[Id] | None = move_property(
        lambda name, move, wanted: name in wanted, names=("move",), example="[warn, ultimatum]"
    )
    """Move ids of the catalogue."""
    family: SomeOf[Id] | None = move_property(
        lambda name, move, wanted: move.family in wanted,
        names=("family",),
        words={
            "contact": "contact",
            "reassure": "reassurance",
            "cooperate": "cooperation",
            "restrain": "restraint",
            "inform": "information",
            "protest": "protest",
            "coerce": "coercion",
            "force": "use of force",
        },
        counted={
            "contact": "a contact",
            "reassure": "a reassurance",
            "protest": "a protest",
            "force": "a use of force",
        },
        example="[protest, coerce]",
    )
    """Families of the catalogue: contact, reassure, cooperate, restrain, inform, protest, coerce, force."""
    illocution: Illocution | None = move_property(
        lambda name, move, wanted: move.illocution == wanted,
        says="with {illocution} words",
        denied="without {illocution} words",
        words={
            "assertive": "assertive",
            "directive": "directive",
            "commissive": "commissive",
            "expressive": "expressive",
            "declarative": "declarative",
        },
        example="commissive",
        source="Searle 1976",
    )
    """What the words do: state, ask, promise, show a feeling, or change a state of affairs."""
    weight: Range | None = move_property(
        lambda name, move, wanted: is_within(move.weight, wanted),
        says="of weight {range}",
        span=(-5, 10),
        example="{at_most: -0.25}",
    )
    """What the catalogue gives it; below 0 it calms."""
    costliness: Range | None = move_property(
        lambda name, move, wanted: is_within(move.costliness, wanted),
        says="of costliness {range}",
        span=(0, 1),
        example="{at_least: 0.5}",
        source="Jervis 1970; Fearon 1997",
    )
    """How dear the signal is to send, 0–1."""
    face_threat: Range | None = move_property(
        lambda name, move, wanted: is_within(move.face_threat, wanted, 100),
        says="of threat to face {range}",
        span=(0, 3),
        example="{at_least: 2}",
        source="Brown and Levinson 1987",
    )
    """0–3."""
    ambiguity: Range | None = move_property(
        lambda name, move, wanted: is_within(move.ambiguity, wanted),
        says="of ambiguity {range}",
        span=(0, 1),
        example="{at_least: 0.4}",
    )
    """0–1."""
    severity: Range | None = move_property(
        lambda name, move, wanted: is_within(move.severity, wanted, 100),
        says="of class {range}",
        span=(0, 5),
        example="{at_least: 3}",
    )
    """The move's class on the ladder of provocation, 0 (none) … 5 (force)."""
    by: Literal["us", "china"] | None = act_property(
        lambda act, wanted: Is(Read(act, "side"), Const(wanted)), says="by {by}", words=SIDE_PHRASES, example="us"
    )
    """Only acts of this team, where the act at hand may be either's; elsewhere `by` stands beside `move`."""
    visibility: Visibility | None = act_property(
        _visibility, says="{visibility}", words={"public": "in public", "private": "in private"}, example="public"
    )
    """How it was sent this time; a leak makes a private act public."""
    channel: SomeOf[Id] | None = act_property(
        lambda act, wanted: any_of([one_of(Read(act, "channel"), wanted), one_of(Read(act, "channel_kind"), wanted)]),
        says="over {channel}",
        names=("channel", "channel kind"),
        example="[embassy, defence-line]",
    )
    """Channel ids or channel kinds."""
    diplomacy: SomeOf[Diplomacy] | None = act_property(
        _diplomacy,
        says="on track {diplomacy}",
        words={"track-1": "1", "track-1.5": "1.5", "track-2": "2"},
        example="[track-1.5, track-2]",
        source="2021 report on formal and informal channels",
    )
    """Whose diplomacy its channel is: track-1 of governments, track-1.5 of officials in a private capacity, track-2 of
    scholars and former officials."""
    level: SomeOf[Level] | None = act_property(
        lambda act, wanted: one_of(Read(act, "level"), wanted),
        says="at {level} level",
        words={
            "leader": "leader",
            "ministerial": "ministerial",
            "command": "command",
            "diplomatic": "diplomatic",
            "working": "working",
            "technical": "technical",
            "unofficial": "unofficial",
            "public": "public",
        },
        example="[leader, ministerial]",
    )
    """Level of the people at either end of the channel."""
    term: SomeOf[Id] | None = act_property(
        _term,
        says="with the term {term}",
        denied="without the term {term}",
        names=("term",),
        example="[tied, exclusive]",
    )
    """Terms put on the act, such as tied, exclusive, without-consent; one of those listed is enough. A term that
    belongs to things counts where the thing that is used was seen to be so."""
    asset: SomeOf[Id] | None = act_property(
        lambda act, wanted: one_of(Read(act, "asset"), wanted),
        says="with {asset}",
        denied="without {asset}",
        names=("asset",),
        example="[survey-ship, patrol-aircraft]",
        source="Jervis 1978 on what a thing can do and what it is for",
    )
    """Things of its sender's that the act is made with; one of those listed is enough."""
    promise: SomeOf[Id] | None = act_property(
        lambda act, wanted: one_of(Read(act, "promise"), wanted),
        says="promising {promise}",
        names=("commitment",),
        example="no-surprises",
    )
    """Commitments that the act offers."""
    cites: SomeOf[Id] | None = act_property(
        lambda act, wanted: one_of(Read(act, "cites"), wanted),
        says="citing {cites}",
        denied="not citing {cites}",
        names=("instrument",),
        example="[safety-at-sea, memorandum]",
        source="2021 report on criteria of a responsible stakeholder that change",
    )
    """Instruments of the scenario that the act cites; one of those listed is enough."""
    answer: SomeOf[AnswerKind] | None = act_property(
        lambda act, wanted: one_of(Read(act, "answer"), wanted),
        says="as {answer}",
        words={
            "accept": "an acceptance",
            "decline": "a refusal",
            "counter": "a counter-offer",
            "holding": "a holding note",
        },
        example="[decline, counter]",
    )
    """The act is an answer of this kind to something asked."""
    taker: SomeOf[Taker] | None = act_property(
        lambda act, wanted: one_of(Read(act, "taker"), wanted),
        says="taken by {taker}",
        denied="not taken by {taker}",
        words={"desk": "a desk officer", "deputy": "a deputy", "minister": "a minister or above"},
        example="[desk, deputy]",
        source="2021 report on crisis channels that nobody with authority answers",
    )
    """Who takes the call, or goes to the meeting, that the act agrees to; one of those listed is enough."""

    @model_validator(mode="before")
    @classmethod
    def _from_ids(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str | list) else value

    @model_validator(mode="after")
    def _says_something(self) -> MoveIs:
        if not self.model_fields_set:
            raise ValueError(Sentence("name at least one thing about the move, for example family: protest"))
        return self


class Made(Authored):
    """An act made before (`earlier`), in this turn (`same_turn`), or before the end of this turn (`ever`)."""

    move: Annotated[MoveIs, required_part(example="{move: {family: protest, visibility: public}}")]
    """Which acts count."""
    by: SideWord = part("either", says="by {by}", words=SIDE_PHRASES, example="{move: stand-down, by: receiver}")
    """Only acts of this side."""
    within: AuthoredHours | None = part(
        None, says="in the last {within}", span=(0, 30), example="{move: private-inquiry, within: 6h}"
    )
    """Only acts of the last so many game hours."""
    turns: Annotated[int, Field(ge=1, le=50)] | None = part(
        None,
        says="in the last {turns} turns",
        once=("in the last turn", "in the last turn"),
        example="{move: notify-activity, turns: 2}",
    )
    """Only acts since so many turns ago; the turn at hand is not counted among them."""
    at_least: Annotated[int, Field(ge=1, le=50)] = part(
        1,
        says="at least {at_least} times",
        denied="fewer than {at_least} times",
        example="{move: {family: coerce}, at_least: 3}",
    )
    """How many such acts."""
    ago: AuthoredHours | None = part(
        None, says="at least {ago} ago", span=(0, 20), example="{move: {term: exclusive}, ago: 24h}"
    )
    """Only acts at least so many game hours old."""
    about: Literal["same-channel"] | None = part(
        None, says="over or about the same channel", example="{move: suspend-channel, about: same-channel}"
    )
    """Only acts over, or about, the channel that the act at hand is about, or else the one it goes over."""


def search_record(low: Lowering, when: When, past_acts: Made) -> Formula:
    """Acts of the record."""
    past = low.move(past_acts.move, "past")
    if past is False:
        return False
    side = FACT_SIDES[past_acts.by]
    search = Search(
        when=when,
        past=past,
        by=side,
        within=past_acts.within,
        turns=past_acts.turns,
        ago=past_acts.ago,
        at_least=past_acts.at_least,
        channel=None if past_acts.about is None else "over-or-about",
    )
    return all_of([HAS_ACT if past_acts.about else True, search])


def pressings(past_acts: Made) -> Presses:
    """The earlier pressings of the line at hand that `pressed` counts."""
    return Presses(FACT_SIDES[past_acts.by], past_acts.turns, past_acts.at_least)


def repeated(times: int) -> Formula:
    """The sender has made the move of the act at hand so often, in earlier turns."""
    return all_of([HAS_ACT, Search(when="earlier_turns", past=True, by="sender", at_least=times, same_move=True)])


def first_on_channel() -> Formula:
    """No such act has been about this channel, or gone over it, before."""
    search = Search(when="earlier", past=True, by=None, same_move=True, channel="about-or-else-over")
    return all_of([HAS_ACT, negated(search)])
