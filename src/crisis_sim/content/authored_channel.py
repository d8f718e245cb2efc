"""A channel as scenarios write it: a path of communication with its level, its shape at the start and its authority."""

from __future__ import annotations

from functools import cached_property

from pydantic import model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredHours, Id, OneOrMany, Percent, Text
from crisis_sim.rules.names import TRACK_OF, Diplomacy, Level, Side, Track, Visibility


class Channel(Authored):
    """A path of communication in this scenario."""

    name: Text
    """What it is called on screens."""
    says: Text
    """What it is and what shape it is in, in a sentence for the channel board."""
    kind: Id
    """A channel kind of the base pack."""
    level: Level
    """How high it reaches."""
    diplomacy: Diplomacy = "track-1"
    """Who speaks over it: governments, officials in a private capacity with scholars, or scholars alone."""
    visibility: OneOrMany[Visibility] = ("private",)
    """Whether what goes over it is private or public; a list if a sender may choose."""
    readiness: Percent
    """How practised it is at the start, 0–100: below 20 dormant, below 45 rusty."""
    latency: AuthoredHours
    """Hours for one message when readiness is full."""
    mandate: Percent = 100
    """Authority it carries; below 100 only for Track 1.5 and 2."""
    leak: Percent | None = None
    """Chance in a hundred that a private act leaks, unless as the rule pack has it."""
    suspended: bool = False
    """It is closed at the start."""
    suspended_by: Side | None = None
    """The team that closed it."""
    third_party: Text | None = None
    """Who else hears it, such as the host or the UN."""
    source: str | None = None
    """Where its history can be read."""

    @model_validator(mode="after")
    def _mandate_fits(self) -> Channel:
        if self.diplomacy == "track-1" and self.mandate != 100:
            raise ValueError(
                Sentence("a Track 1 channel carries full authority; give a mandate only to Track 1.5 and 2")
            )
        if self.suspended_by and not self.suspended:
            raise ValueError(Sentence("suspended_by needs suspended: true"))
        return self

    @cached_property
    def track(self) -> Track:
        """Its diplomacy, as acts, views and logs have it."""
        return TRACK_OF[self.diplomacy]
