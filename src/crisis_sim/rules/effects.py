"""Effects: what a rule, a crossed line, an inject or a track may do to the numbers.

Effects are data as well, and each one that is carried out leaves a trace. `sender` and `receiver` mean what they mean
in the condition above them. For a moment that belongs to no act (an inject, a track), only `us` and `china` make sense.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from crisis_sim.rules.authored import Authored, Factor, Id, Points, Text, one_or_many

Whose: TypeAlias = Literal["sender", "receiver", "both", "us", "china"]
ChannelRef: TypeAlias = Annotated[str, Field(max_length=60)]
"""A channel id, or `used` (the act's own), `about` (the one the act is about), `all`."""


class Press(Authored):
    """Add pressure to every line of a concern, or to one line by id."""

    line: Id
    """A concern (face, status, safety, sovereignty, people, capability, openness …) or a line id of the scenario."""
    by: Points
    """How much, as a positive number."""
    whose: Whose = "receiver"
    """On whose lines."""


class Cross(Authored):
    """Cross the red lines of a concern, or one red line by id."""

    line: Id
    """A concern, or a red line of the scenario by id."""
    whose: Whose = "receiver"
    """Whose lines."""


class Meter(Authored):
    """Points for one team's meter, or both."""

    sender: Points = 0
    """Points for the sender."""
    receiver: Points = 0
    """Points for the receiver."""
    us: Points = 0
    """Points for the United States."""
    china: Points = 0
    """Points for China."""


class Readiness(Authored):
    """Change the readiness of channels, 0–100."""

    channel: ChannelRef = "used"
    by: Annotated[int, Field(ge=-100, le=100, strict=True)]
    """Points of readiness, −100 … +100."""


class Latency(Authored):
    """Multiply the latency of channels for some turns."""

    channel: ChannelRef = "used"
    times: Factor
    """What the hours are multiplied by."""
    turns: Annotated[int, Field(ge=1, le=50)]
    """For so many turns."""


class Odds(Authored):
    """Change how likely one team's end of a channel is to answer, in percent points, for some turns."""

    channel: ChannelRef = "used"
    of: Whose = "receiver"
    """Whose end of the channel."""
    by: Annotated[int, Field(ge=-100, le=100, strict=True)]
    """Percent points, −100 … +100."""
    turns: Annotated[int, Field(ge=1, le=50)]
    """For so many turns."""


class Reopen(Authored):
    """Reopen a suspended channel after some turns."""

    channel: ChannelRef = "about"
    after: Annotated[int, Field(ge=0, le=50)] = 1
    """After so many turns."""


class Mandate(Authored):
    """Change how much authority an unofficial channel carries, 0–100."""

    channel: ChannelRef = "about"
    by: Annotated[int, Field(ge=-100, le=100, strict=True)]
    """Points of mandate, −100 … +100."""


class SetFact(Authored):
    """Make a named fact true or false."""

    fact: Id
    """The fact."""
    of: Whose | None = None
    """Whose, for a fact that belongs to a team."""
    to: bool
    """True or false."""


class Repeat(Authored):
    """Scale the weight once for each time the same announced act was made before, not below a floor."""

    by: Factor
    """Factor for each time before."""
    floor: Factor
    """The weight keeps at least this share."""


def _many(value: Any) -> Any:
    return one_or_many(value)


class Effects(Authored):
    """What follows. At least one key; a rule's kind limits their signs (see `crisis_sim.rules.pack`)."""

    weigh: Factor | None = None
    """Scale the act's weight; a pink rule never lowers it and a credit rule never raises it."""
    weigh_by_repeat: Repeat | None = None
    add: Points | None = None
    """Add to the act's weight."""
    tension: Points | None = None
    """Move tension and both felt tensions."""
    floor: Points | None = None
    """Tension does not lie below this at the end of a turn in which the rule fires."""
    felt: Points | None = None
    """Add to the act's weight as the receiver feels it, where the receiver has not read it."""
    press: Annotated[tuple[Press, ...], BeforeValidator(_many)] = ()
    relieve: Annotated[tuple[Press, ...], BeforeValidator(_many)] = ()
    """Take pressure off lines; `by` is written as a positive number."""
    cross: Annotated[tuple[Cross, ...], BeforeValidator(_many)] = ()
    grow: Factor | None = None
    """For rules on press: scale this pressing by 1 + grow × (earlier pressings counted by `pressed`)."""
    trust: Meter | None = None
    """`sender` is the trust that the sender gives."""
    standing: Meter | None = None
    readiness: Annotated[tuple[Readiness, ...], BeforeValidator(_many)] = ()
    latency: Annotated[tuple[Latency, ...], BeforeValidator(_many)] = ()
    odds: Annotated[tuple[Odds, ...], BeforeValidator(_many)] = ()
    suspend: ChannelRef | None = None
    """Close a channel until it is reopened."""
    reopen: Reopen | None = None
    mandate: Mandate | None = None
    set: Annotated[tuple[SetFact, ...], BeforeValidator(_many)] = ()
    flag: Id | None = None
    """A mark for the facilitator and the debrief; moves no number."""
    release: Id | None = None
    """An inject of the scenario that becomes due."""
    delay: Annotated[int, Field(ge=1, le=10)] | None = None
    """For rules on delivery: the act arrives so many turns later."""
    unclear: Text | None = None
    """For rules on delivery: the receiver sees this instead of the move's name and words."""

    @cached_property
    def given(self) -> tuple[str, ...]:
        """Names of the effects that are written, in the order of this class."""
        return tuple(name for name in type(self).model_fields if name in self.model_fields_set)

    @model_validator(mode="after")
    def _does_something(self) -> Effects:
        if not self.model_fields_set:
            raise ValueError("an empty `then`; say what follows, for example add: 1")
        return self
