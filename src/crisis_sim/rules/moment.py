"""What conditions may ask beside acts: of the moment, of asking and answering, of decisions, and of private facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredHours, ById, Id, OneOrMany, Range, SomeOf
from crisis_sim.rules.effects import ALL_PLEDGES, PLEDGES
from crisis_sim.rules.facts import Act
from crisis_sim.rules.formula import (
    Between,
    Claim,
    Const,
    Formula,
    In,
    Is,
    Keyed,
    Meet,
    Read,
    Since,
    all_of,
    any_of,
    negated,
)
from crisis_sim.rules.keys import AT_AN_ACT, part, required_part
from crisis_sim.rules.lowering import Lowering, condition_key, entry, needs_act, sides
from crisis_sim.rules.names import SIDES, TRUTHS, Backing, Pledged, Side, SideWord
from crisis_sim.rules.properties import SIDE_PHRASES, MoveIs


class FactIs(ById):
    """A named fact of the scenario is true. A plain id may stand for `{id: …}`."""

    id: Annotated[Id, required_part(names=("fact",))]
    """The fact."""
    of: SideWord | None = part(None, says="for {of}", words=SIDE_PHRASES)
    """Whose, for facts that belong to a team."""
    lasting: AuthoredHours | None = part(None, says="for at least {lasting}", span=(0, 10))
    """True for at least so many game hours."""


class AssetIs(Authored):
    """What has become known of an asset since it was used."""

    id: Annotated[Id, required_part(names=("asset",))]
    """The asset."""
    turned_out: Annotated[
        Literal["more", "less"],
        required_part(
            words={"more": "more than was seen", "less": "less than was seen"},
            meanings={"more": "It was more than was seen, and that was found out", "less": "It was cleared up"},
        ),
    ]
    """Whether it was found out to be more than it was seen as, or cleared up to be less."""


class MeterIs(Range):
    """A team's trust or standing, 0–10."""

    of: Annotated[SideWord, required_part(words=SIDE_PHRASES)]
    """Whose."""


class NumberIs(Range):
    """A number of something that goes by its id."""

    id: Annotated[Id, required_part()]
    """Which one."""


class TrackIs(NumberIs):
    """How far a track of the scenario has come, by its id, in the track's own unit."""


class ReadinessIs(NumberIs):
    """How practised a channel of the scenario is, by its id, 0–100."""


class CommitmentIs(ById):
    """A commitment is in force, or has been broken."""

    id: Annotated[Id, required_part(names=("commitment",))]
    """The commitment."""
    by: SideWord = part("either", words=SIDE_PHRASES)
    """Who made it."""
    state: Literal["in-force", "broken", "kept", "breached"] = part(
        "in-force",
        words={"in-force": "in force for", "broken": "broken by", "kept": "kept by", "breached": "broken here by"},
        meanings={
            "in-force": "It binds",
            "broken": "It was broken",
            "kept": "It was kept to the end",
            "breached": "The act at hand breaks it",
        },
    )
    """Whether it binds, was broken, or was kept to the end; in rules on breach, whether it is what the act breaks."""


class PledgeIs(Authored):
    """A team is bound at home by a public word of its own."""

    by: Annotated[SideWord, required_part(words=SIDE_PHRASES)]
    """Who is bound."""
    pledge: SomeOf[Pledged] = part(ALL_PLEDGES, says="to its {pledge}", words=PLEDGES)
    """By what kinds of word."""


class LineIs(Authored):
    """A line of the scenario has been crossed, or its pressure lies in a range."""

    id: Annotated[Id, required_part(names=("line",))]
    """The line."""
    crossed: bool | None = part(None, words={True: "crossed", False: "not crossed"})
    """For a red line: it has been crossed."""
    pressure: Range | None = part(None, sealed=True, span=(0, 6))
    """For a pink line: what has built up on it."""
    concluded: bool | None = part(None, sealed=True, words={True: "concluded on", False: "not concluded on"})
    """For a pink line: its owner has drawn a conclusion, and has not been drawn back from it since."""

    @model_validator(mode="after")
    def _says_something(self) -> LineIs:
        if self.crossed is None and self.pressure is None and self.concluded is None:
            raise ValueError(Sentence("give crossed: true, concluded: true or a pressure range"))
        return self


class ReadIs(Range):
    """The receiver's sealed reading of the act at hand, −3 … +3; false while it has not been read."""


def fact_holds(fact: FactIs) -> Formula:
    """A fact is true, and has been for as long as is asked."""
    keys = [Keyed(fact.id, side) for side in ([Const(None)] if fact.of is None else sides(fact.of))]
    if fact.lasting is None:
        return any_of(In(key, Read("facts", "truths")) for key in keys)
    return any_of(Between(Since(key), fact.lasting, None) for key in keys)


def promise_is(promise: CommitmentIs) -> Formula:
    """A commitment is as is asked for one of the sides."""
    promises = Read("facts", promise.state.replace("-", "_"))
    return any_of(In(Keyed(promise.id, side), promises) for side in sides(promise.by))


def pledge_is(pledge: PledgeIs) -> Formula:
    """One of the sides is bound by a word of one of these kinds."""
    return any_of(
        In(Keyed(kind, side), Read("facts", "pledged")) for kind in pledge.pledge for side in sides(pledge.by)
    )


def line_is(line: LineIs) -> Formula:
    """A plain id stands for the line of that name of either side."""
    keys = [line.id] if "/" in line.id else [f"{side}/{line.id}" for side in SIDES]
    pressed = [True if line.pressure is None else entry("pressure", Const(key), line.pressure) for key in keys]
    parts: list[Formula] = []
    for expected, fact in ((line.crossed, "crossed"), (line.concluded, "concluded")):
        formulas = [In(Const(key), Read("facts", fact)) for key in keys]
        if expected:
            pressed = [all_of(pair) for pair in zip(formulas, pressed, strict=True)]
        elif expected is False:
            parts.append(negated(any_of(formulas)))
    return all_of([any_of(pressed), *parts])


def asset_is(asset: AssetIs) -> Formula:
    """A thing has turned out to be more, or less, than it was seen as."""
    return In(Const(f"{asset.id}/{asset.turned_out}"), Read("facts", "assets"))


def delivered(names: tuple[str, ...]) -> Formula:
    """One of these injects has come."""
    injects = Read("facts", "injects")
    return In(Const(names[0]), injects) if len(names) == 1 else Meet(Const(frozenset(names)), injects)


def _answers(low: Lowering, move: MoveIs) -> Formula:
    return all_of([negated(Is(Read("facts", "answered"), Const(None))), low.move(move, "answered")])


ANSWERS: MoveIs | None = condition_key(
    _answers,
    places=AT_AN_ACT - {"silence"},
    says="in answer to {answers}",
    denied="not in answer to {answers}",
    example="request-call",
)


def _agreed(low: Lowering, move: MoveIs) -> Formula:
    accepted = all_of([Is(Read("act", "answer"), Const("accept")), _answers(low, move)])
    return needs_act(any_of([accepted, all_of([Claim(Read("facts", "stands")), low.move(move, "act")])]))


AGREED: MoveIs | None = condition_key(
    _agreed,
    places=AT_AN_ACT - {"silence"},
    says="by which {agreed} is agreed",
    denied="by which {agreed} is not agreed",
    example="[joint-statement, joint-cell]",
    source="2021 report on cooperation on specific issues",
)
COUNTER_ASK: Annotated[int, Field(ge=1, le=50)] | None = condition_key(
    lambda low, turns: needs_act(Between(Read("facts", "unreturned"), turns, None)),
    places=AT_AN_ACT,
    says="as an ask after asks of {counter_ask} turns in a row that met no answer",
    denied="not as an ask after asks of {counter_ask} turns in a row that met no answer",
    once=(
        "as an ask after asks of a turn that met no answer",
        "not as an ask after asks of a turn that met no answer",
    ),
    example="3",
    source="2021 report on communication that only asks for help",
)
"""Keys of a condition."""


class DecidedIs(ById):
    """How a decision fell. A plain id may stand for `{id: …}`: its team has given one of its answers."""

    id: Annotated[Id, required_part(names=("decision",))]
    """The inject that asked for it."""
    answer: OneOrMany[Id] = part((), says="by answering {answer}", names=("decision answer",))
    """It was one of these answers; `speak` and `pass` are what else can become of one."""
    delayed: bool | None = part(None, words={True: "after a delay", False: "without delay"})
    """Whether a turn passed without an answer; alone, whatever became of it then."""


def decision_formula(decision: DecidedIs) -> Formula:
    """A decision was made, so or so, and a turn passed before, or not."""
    answers, parts = Read("facts", "decided"), list[Formula]()
    if decision.answer or decision.delayed is None:
        parts.append(any_of(In(Const(f"{decision.id}/{name}"), answers) for name in decision.answer or ("",)))
    if decision.delayed is not None:
        late: Formula = In(Const(f"{decision.id}/delayed"), answers)
        parts.append(late if decision.delayed else negated(late))
    return all_of(parts)


DECIDED: DecidedIs | None = condition_key(
    lambda low, decision: decision_formula(decision),
    sealed=True,
    says="after {id} was decided {answer} {delayed}",
    denied="before {id} was decided {answer} {delayed}",
    example="{id: hearing, answer: [keep-it], delayed: false}",
)
"""The key of a condition."""


class DisclosedIs(Authored):
    """A private fact has been told to the other team, or has come out. A plain id stands for `{id: …}`."""

    id: Annotated[Id | None, required_part(names=("private fact",))] = None
    """The fact; any, where it is left out."""
    by: SideWord = part("either", says="by {by}", words=SIDE_PHRASES)
    """Whose fact it is."""
    in_public: bool | None = part(None, words={True: "in public", False: "in private"})
    """Whether it was told in public."""
    backed: Backing | None = part(
        None,
        words={"source": "with its source", "host": "vouched for by a third party", "word": "on its word alone"},
        meanings={
            "source": "Its source was shown",
            "host": "A third party, such as the host, vouched for it",
            "word": "Nothing stood behind it but its team's word",
        },
    )
    """How it was told."""
    turned_out: Literal["part", "untrue"] | None = part(
        None,
        words={"part": "and found out to be a part", "untrue": "and found out to be untrue"},
        meanings={"part": "The rest has come out", "untrue": "It has come out that it was not so"},
    )
    """What has come out of it; what its team has put right itself is not meant."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        if isinstance(value, dict) and not {"truth", *TRUTHS, "false"}.isdisjoint(value):
            raise ValueError(
                Sentence("whether a fact was told whole stays sealed; ask with turned_out what has come out of it")
            )
        return {"id": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_something(self) -> DisclosedIs:
        if not self.model_fields_set:
            raise ValueError(Sentence("say which fact, by whom, or how it was told"))
        return self


def _key(fact: str | None, public: bool | None, backed: str | None, out: str | None) -> str:
    """What names, among all that has been told, whatever fits; None stands for any."""
    return "/".join("*" if part is None else str(part) for part in (fact, public, backed, out))


def disclosure_keys(acts: Iterable[Act], out: Mapping[tuple[Side, int, int], str]) -> frozenset[tuple[str, Side]]:
    """Of acts that tell a fact, all that a condition may ask for; `out` is what has come out, by the act that told."""
    keys = set()
    for act in acts:
        if act.discloses:
            public, turned_out = act.is_public, out.get(act.key)
            for fact in {act.discloses, None}:
                for publicity in {public, None}:
                    for backed in {act.backed or None, None}:
                        for came in {turned_out, None}:
                            keys.add((_key(fact, publicity, backed, came), act.side))
    return frozenset(keys)


def _disclosed(disclosure: DisclosedIs) -> Formula:
    """A fact has been told as is asked for, by one of the sides."""
    key = _key(disclosure.id, disclosure.in_public, disclosure.backed, disclosure.turned_out)
    return any_of(In(Keyed(key, side), Read("facts", "disclosed")) for side in sides(disclosure.by))


DISCLOSED: Final[DisclosedIs | None] = condition_key(
    lambda low, disclosure: _disclosed(disclosure),
    says=(
        "after a private fact was disclosed {by} {in_public} {backed} {turned_out}",
        "after {id} was disclosed {by} {in_public} {backed} {turned_out}",
    ),
    denied=(
        "before a private fact was disclosed {by} {in_public} {backed} {turned_out}",
        "before {id} was disclosed {by} {in_public} {backed} {turned_out}",
    ),
    example="{id: sonar-record, in_public: true, backed: host}",
    source="Kydd 2005 on reassurance that costs something",
)
"""The record of the key."""
