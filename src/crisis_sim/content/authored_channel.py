"""A channel as scenarios write it: a path of communication with its level and its shape at the start."""

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
    """Who speaks over it: governments, officials in a private capacity with scholars, or scholars alone. The last two
    are unofficial: what is said there weighs nothing, costs nothing at home and binds nobody."""
    visibility: OneOrMany[Visibility] = ("private",)
    """Whether what goes over it is private or public; a list if a sender may choose."""
    readiness: Percent
    """How practised it is at the start, 0–100: below 20 dormant, below 45 rusty."""
    latency: AuthoredHours
    """Hours for one message when readiness is full."""
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
    def _closed_at_the_start(self) -> Channel:
        if self.suspended_by and not self.suspended:
            raise ValueError(Sentence("suspended_by needs suspended: true"))
        return self

    @cached_property
    def track(self) -> Track:
        """Its diplomacy, as acts, views and logs have it."""
        return TRACK_OF[self.diplomacy]
