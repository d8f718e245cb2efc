"""The numbers of a base pack on channels: what each stretch of readiness does, how use and time move it, and leaks."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredPoints, Factor, Id, Percent, SourceText, Text
from crisis_sim.rules.names import Taker

MOST_LUCK = 10
"""Percent up to which luck may decide where teams say who takes a call."""


class ChannelWord(Authored):
    """A named stretch of readiness with its odds."""

    at: Percent
    """The readiness at which it begins."""
    name: Text
    """What it is called on screens."""
    latency: Factor
    """Multiplies the channel's latency."""
    unanswered: Percent
    """Chance that nobody takes it up; where teams say who takes a call, that it takes one turn more, at most 10."""
    too_low: Percent
    """Chance that it is taken by someone without authority; 0 where teams say who takes a call."""


class TakerSettings(Authored):
    """Who may take a call, and what that is worth."""

    binds: bool
    """A promise that both are to make is made when this one takes the call."""
    weight: Factor = 100
    """What is left of the weight of taking it."""


class EndorsingSettings(Authored):
    """How a government stands behind an item of the scenario's agenda, which gives unofficial channels authority."""

    term: Id
    """The term by which an act endorses an item."""
    untied: tuple[Id, ...] = ()
    """Terms with which it endorses nothing."""


class LeaveSettings(Authored):
    """Leave of its capital, which a team needs to take a call by somebody who binds it: over most lines a turn more."""

    lines: Annotated[int, Field(ge=1, le=6, strict=True)]
    """Lines that each team has leave for beforehand, at most."""


Expected: TypeAlias = Annotated[AuthoredPoints, Field(ge=0, le=100)]
"""What home expects, 0 nothing … 1 a result."""


class CallSettings(Authored):
    """What home makes of a call or meeting that it hears of, in sessions that ask for what calls are for."""

    expects: Expected
    """What home expects of one, 0 nothing … 1 a result, unless something has moved that; and again after each."""
    announced: Expected
    """So much more the home of a side expects whose act asks for one or takes one in public."""
    standing: AuthoredPoints
    """Standing moves by so much, times what came of it (1 if something was agreed by the end of the next turn, else 0)
    less what was expected."""
    source: SourceText
    """Why one should believe it."""


class ChannelSettings(Authored):
    """How channels behave; readiness 0–100."""

    kinds: dict[Id, Text]
    """Kinds of channel that scenarios may have, each with its name."""
    decay_per_day: Annotated[int, Field(ge=0, le=100, strict=True)]
    """Readiness lost for each day without use."""
    use: Annotated[int, Field(ge=0, le=100, strict=True)]
    """Readiness gained in a turn in which the channel carried something."""
    states: tuple[ChannelWord, ...] = Field(min_length=2)
    """From the lowest readiness up; the first is at 0."""
    leak: Percent
    """Chance that a private act leaks, for channels that do not say otherwise."""
    too_low_weight: Factor
    """What is left of the weight of an act that was taken too low."""
    leak_weight: Factor
    """Scale of a protest's weight when it leaks."""
    public_standing: Factor
    """Share of a move's standing that is felt when a private act leaks."""
    takers: dict[Taker, TakerSettings] = {}
    """Who may take a call or go to a meeting: whoever accepts one says who. Every message then arrives in the end, and
    luck decides only whether it takes one turn more. Left out, nobody says who, and luck decides."""

    lapse_keeps: Percent = 0
    """Of what practice had made or lost of a channel in an earlier session, the percent that is left where another
    session begins with it; 0 or left out, channels begin as the scenario has them."""
    endorsing: EndorsingSettings | None = None
    """How items of a scenario's agenda are endorsed; left out, an agenda is never asked for."""
    leave: LeaveSettings | None = None
    """What leave of the capital costs; left out, or where no team of the scenario has `pre_authorised`, nothing."""

    calls: CallSettings | None = None
    """What home expects of calls; left out, or where a scenario has no `call_purposes`, nobody asks what one is for."""

    @model_validator(mode="after")
    def _luck_is_small(self) -> ChannelSettings:
        if self.takers and any(word.unanswered > MOST_LUCK or word.too_low for word in self.states):
            raise ValueError(
                Sentence(
                    "with takers luck decides little: no state has unanswered above {most}, or too_low above 0",
                    most=MOST_LUCK,
                )
            )
        return self
