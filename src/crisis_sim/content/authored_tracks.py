"""Tracks of a scenario: what is at stake in the external crisis, what moves it, and what follows at its marks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredPoints, Id, Text, one_or_many
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import Side


class Change(Authored):
    """What moves a track besides time."""

    on: Literal["act", "turn"] = "act"
    """For each act that arrived and matches, or once at the end of a turn."""
    when: Condition
    by: AuthoredPoints
    """How far it moves the track."""
    says: Text
    """Why, in a sentence."""
    once: bool = False
    """Only the first time."""


class Mark(Authored):
    """A level of a track at which something follows, once."""

    at_least: AuthoredPoints | None = None
    """It comes when the track is at this or above."""
    at_most: AuthoredPoints | None = None
    """It comes when the track is at this or below."""
    says: Text
    """What has happened then, in a sentence."""
    then: Effects | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Mark:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(Sentence("give exactly one of at_least and at_most"))
        return self


class TrackOf(Authored):
    """Something at stake in the external crisis, shown to everybody unless it is one team's."""

    of: Side | None = None
    """The team whose own it is: until the hotwash only this team and the facilitator see it."""
    name: Text
    """What it is called on screens."""
    unit: Text
    """What it counts, such as hours or beds."""
    says: Text
    """What is at stake, in a sentence."""
    start: AuthoredPoints
    """Where it stands at the start."""
    least: AuthoredPoints = 0
    """It never falls below this."""
    most: AuthoredPoints
    """It never rises above this."""
    per_hour: AuthoredPoints = 0
    """How it moves with each game hour."""
    good: Literal["up", "down"]
    """Which way is good news."""
    runs_out: bool = False
    """It is a clock: at `least` time is up; conditions on time_left watch it."""
    counts: Literal["people"] | None = None
    """It counts people at risk: what becomes of them is held against both teams at home, as a base pack says."""
    helped_by: Annotated[tuple[Id, ...], BeforeValidator(one_or_many)] = ()
    """Moves, or families of moves, that help these people."""
    stops_when: Condition | None = None
    """It no longer moves by the hour once this holds."""
    changes: tuple[Change, ...] = ()
    marks: tuple[Mark, ...] = ()

    @model_validator(mode="after")
    def _people_are_everybodys(self) -> TrackOf:
        if self.counts is not None and self.of is not None:
            raise ValueError(Sentence("a track that counts people is not one team's: both answer for them at home"))
        if self.helped_by and self.counts is None:
            raise ValueError(Sentence("helped_by says what helps people: give counts: people too"))
        return self
