"""The numbers of a base pack on channels: what each stretch of readiness does, how use and time move it, and leaks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crisis_sim.rules.authored import Authored, Factor, Id, Percent, Text


class ChannelWord(Authored):
    """A named stretch of readiness with its odds."""

    at: Percent
    """The readiness at which it begins."""
    name: Text
    """What it is called on screens."""
    latency: Factor
    """Multiplies the channel's latency."""
    unanswered: Percent
    """Chance that nobody takes it up."""
    too_low: Percent
    """Chance that it is taken by someone without authority."""


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
