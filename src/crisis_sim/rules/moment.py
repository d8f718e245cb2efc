"""What conditions may ask of the moment: facts, meters, numbers by their ids, commitments, lines."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredHours, Id, Range, one_or_many
from crisis_sim.rules.effects import ALL_PLEDGES, PLEDGES
from crisis_sim.rules.formula import Between, Const, Formula, In, Keyed, Meet, Read, Since, every, negated, some
from crisis_sim.rules.keys import must, part
from crisis_sim.rules.lowering import entry, sides
from crisis_sim.rules.names import SIDES, Pledged, Who
from crisis_sim.rules.properties import WHO


class FactIs(Authored):
    """A named fact of the scenario is true. A plain id may stand for `{id: …}`."""

    id: Annotated[Id, must(names=("fact",))]
    """The fact."""
    of: Who | None = part(None, says="for {of}", words=WHO)
    """Whose, for facts that belong to a team."""
    lasting: AuthoredHours | None = part(None, says="for at least {lasting}", span=(0, 10))
    """True for at least so many game hours."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class AssetIs(Authored):
    """What has become known of an asset since it was used."""

    id: Annotated[Id, must(names=("asset",))]
    """The asset."""
    turned_out: Annotated[
        Literal["more", "less"],
        must(
            words={"more": "more than was seen", "less": "less than was seen"},
            meanings={"more": "It was more than was seen, and that was found out", "less": "It was cleared up"},
        ),
    ]
    """Whether it was found out to be more than it was seen as, or cleared up to be less."""


class MeterIs(Range):
    """A team's trust or standing, 0–10."""

    of: Annotated[Who, must(words=WHO)]
    """Whose."""


class NumberIs(Range):
    """A number of something that goes by its id."""

    id: Annotated[Id, must()]
    """Which one."""


class TrackIs(NumberIs):
    """How far a track of the scenario has come, by its id, in the track's own unit."""


class ReadinessIs(NumberIs):
    """How practised a channel of the scenario is, by its id, 0–100."""


class CommitmentIs(Authored):
    """A commitment is in force, or has been broken."""

    id: Annotated[Id, must(names=("commitment",))]
    """The commitment."""
    by: Who = part("either", words=WHO)
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

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class PledgeIs(Authored):
    """A team is bound at home by a public word of its own."""

    by: Annotated[Who, must(words=WHO)]
    """Who is bound."""
    pledge: Annotated[tuple[Pledged, ...], BeforeValidator(one_or_many), Field(min_length=1)] = part(
        ALL_PLEDGES, says="to its {pledge}", words=PLEDGES
    )
    """By what kinds of word."""


class LineIs(Authored):
    """A line of the scenario has been crossed, or its pressure lies in a range."""

    id: Annotated[Id, must(names=("line",))]
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
        return some(In(key, Read("facts", "truths")) for key in keys)
    return some(Between(Since(key), fact.lasting, None) for key in keys)


def promise_is(promise: CommitmentIs) -> Formula:
    """A commitment is as is asked for one of the sides."""
    held = Read("facts", promise.state.replace("-", "_"))
    return some(In(Keyed(promise.id, side), held) for side in sides(promise.by))


def pledge_is(asked: PledgeIs) -> Formula:
    """One of the sides is bound by a word of one of these kinds."""
    return some(In(Keyed(kind, side), Read("facts", "pledged")) for kind in asked.pledge for side in sides(asked.by))


def line_is(line: LineIs) -> Formula:
    """A plain id stands for the line of that name of either side."""
    keys = [line.id] if "/" in line.id else [f"{side}/{line.id}" for side in SIDES]
    pressed = [True if line.pressure is None else entry("pressure", Const(key), line.pressure) for key in keys]
    parts: list[Formula] = []
    for asked, fact in ((line.crossed, "crossed"), (line.concluded, "concluded")):
        held = [In(Const(key), Read("facts", fact)) for key in keys]
        if asked:
            pressed = [every(pair) for pair in zip(held, pressed, strict=True)]
        elif asked is False:
            parts.append(negated(some(held)))
    return every([some(pressed), *parts])


def asset_is(asked: AssetIs) -> Formula:
    """A thing has turned out to be more, or less, than it was seen as."""
    return In(Const(f"{asked.id}/{asked.turned_out}"), Read("facts", "assets"))


def delivered(names: tuple[str, ...]) -> Formula:
    """One of these injects has come."""
    come = Read("facts", "injects")
    return In(Const(names[0]), come) if len(names) == 1 else Meet(Const(frozenset(names)), come)
