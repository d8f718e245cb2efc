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
    every,
    negated,
    some,
)
from crisis_sim.rules.keys import known, must, of_act, part
from crisis_sim.rules.lowering import WHOSE, Lowering, lies, one_of
from crisis_sim.rules.names import TRACK_OF, Diplomacy, How, Illocution, Level, Taker, Visibility, Who

WHO: Final[dict[Who, str]] = {
    "sender": "the sender",
    "receiver": "the receiver",
    "self": "its own side",
    "other": "the other side",
    "either": "either side",
    "us": "the US",
    "china": "China",
}
"""What sides are called in a phrase."""


def _visibility(act: ReadFrom, asked: Visibility) -> Formula:
    public = some([Is(Read(act, "visibility"), Const("public")), Is(Read(act, "outcome"), Const("leaked"))])
    return public if asked == "public" else negated(public)


def _diplomacy(act: ReadFrom, asked: SomeOf[Diplomacy]) -> Formula:
    return one_of(Read(act, "track"), [TRACK_OF[diplomacy] for diplomacy in asked])


def _term(act: ReadFrom, asked: SomeOf[Id]) -> Formula:
    return some(In(Const(term), Read(act, "terms")) for term in asked)


class MoveIs(Authored):
    """Which moves are meant. A plain id or a list of ids may stand for `{id: …}`; every key given must hold."""

    id: SomeOf[Id] | None = known(lambda name, move, asked: name in asked, names=("move",), example="[warn, ultimatum]")
    """Move ids of the catalogue."""
    family: SomeOf[Id] | None = known(
        lambda name, move, asked: move.family in asked,
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
    illocution: Illocution | None = known(
        lambda name, move, asked: move.illocution == asked,
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
    weight: Range | None = known(
        lambda name, move, asked: lies(move.weight, asked),
        says="of weight {range}",
        span=(-5, 10),
        example="{at_most: -0.25}",
    )
    """What the catalogue gives it; below 0 it calms."""
    costliness: Range | None = known(
        lambda name, move, asked: lies(move.costliness, asked),
        says="of costliness {range}",
        span=(0, 1),
        example="{at_least: 0.5}",
        source="Jervis 1970; Fearon 1997",
    )
    """How dear the signal is to send, 0–1."""
    face_threat: Range | None = known(
        lambda name, move, asked: lies(move.face_threat, asked, 100),
        says="of threat to face {range}",
        span=(0, 3),
        example="{at_least: 2}",
        source="Brown and Levinson 1987",
    )
    """0–3."""
    ambiguity: Range | None = known(
        lambda name, move, asked: lies(move.ambiguity, asked),
        says="of ambiguity {range}",
        span=(0, 1),
        example="{at_least: 0.4}",
    )
    """0–1."""
    severity: Range | None = known(
        lambda name, move, asked: lies(move.severity, asked, 100),
        says="of class {range}",
        span=(0, 5),
        example="{at_least: 3}",
    )
    """The move's class on the ladder of provocation, 0 (none) … 5 (force)."""
    by: Literal["us", "china"] | None = of_act(
        lambda act, asked: Is(Read(act, "side"), Const(asked)), says="by {by}", words=WHO, example="us"
    )
    """Only acts of this team, where the act at hand may be either's; elsewhere `by` stands beside `move`."""
    visibility: Visibility | None = of_act(
        _visibility, says="{visibility}", words={"public": "in public", "private": "in private"}, example="public"
    )
    """How it was sent this time; a leak makes a private act public."""
    channel: SomeOf[Id] | None = of_act(
        lambda act, asked: some([one_of(Read(act, "channel"), asked), one_of(Read(act, "channel_kind"), asked)]),
        says="over {channel}",
        names=("channel", "channel kind"),
        example="[embassy, defence-line]",
    )
    """Channel ids or channel kinds."""
    diplomacy: SomeOf[Diplomacy] | None = of_act(
        _diplomacy,
        says="on track {diplomacy}",
        words={"track-1": "1", "track-1.5": "1.5", "track-2": "2"},
        example="[track-1.5, track-2]",
        source="2021 report on formal and informal channels",
    )
    """Whose diplomacy its channel is: track-1 of governments, track-1.5 of officials in a private capacity, track-2 of
    scholars and former officials."""
    level: SomeOf[Level] | None = of_act(
        lambda act, asked: one_of(Read(act, "level"), asked),
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
    term: SomeOf[Id] | None = of_act(
        _term,
        says="with the term {term}",
        denied="without the term {term}",
        names=("term",),
        example="[tied, exclusive]",
    )
    """Terms put on the act, such as tied, exclusive, without-consent; one of those listed is enough. A term that
    belongs to things counts where the thing that is used was seen to be so."""
    asset: SomeOf[Id] | None = of_act(
        lambda act, asked: one_of(Read(act, "asset"), asked),
        says="with {asset}",
        denied="without {asset}",
        names=("asset",),
        example="[survey-ship, patrol-aircraft]",
        source="Jervis 1978 on what a thing can do and what it is for",
    )
    """Things of its sender's that the act is made with; one of those listed is enough."""
    promise: SomeOf[Id] | None = of_act(
        lambda act, asked: one_of(Read(act, "promise"), asked),
        says="promising {promise}",
        names=("commitment",),
        example="no-surprises",
    )
    """Commitments that the act offers."""
    cites: SomeOf[Id] | None = of_act(
        lambda act, asked: one_of(Read(act, "cites"), asked),
        says="citing {cites}",
        denied="not citing {cites}",
        names=("instrument",),
        example="[safety-at-sea, memorandum]",
        source="2021 report on criteria of a responsible stakeholder that change",
    )
    """Instruments of the scenario that the act cites; one of those listed is enough."""
    answer: SomeOf[How] | None = of_act(
        lambda act, asked: one_of(Read(act, "answer"), asked),
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
    taker: SomeOf[Taker] | None = of_act(
        lambda act, asked: one_of(Read(act, "taker"), asked),
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

    move: Annotated[MoveIs, must(example="{move: {family: protest, visibility: public}}")]
    """Which acts count."""
    by: Who = part("either", says="by {by}", words=WHO, example="{move: stand-down, by: receiver}")
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


def made(low: Lowering, when: When, made: Made) -> Formula:
    """Acts of the record."""
    past = low.move(made.move, "past")
    if past is False:
        return False
    by = WHOSE[made.by]
    search = Search(
        when=when,
        past=past,
        by=by,
        within=made.within,
        turns=made.turns,
        ago=made.ago,
        at_least=made.at_least,
        channel=None if made.about is None else "over-or-about",
    )
    return every([HAS_ACT if made.about else True, search])


def pressings(made: Made) -> Presses:
    """The earlier pressings of the line at hand that `pressed` counts."""
    return Presses(WHOSE[made.by], made.turns, made.at_least)


def repeated(times: int) -> Formula:
    """The sender has made the move of the act at hand so often, in earlier turns."""
    return every([HAS_ACT, Search(when="earlier_turns", past=True, by="sender", at_least=times, same_move=True)])


def first_on_channel() -> Formula:
    """No such act has been about this channel, or gone over it, before."""
    search = Search(when="earlier", past=True, by=None, same_move=True, channel="about-or-else-over")
    return every([HAS_ACT, negated(search)])
