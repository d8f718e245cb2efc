"""What is at stake in a scenario: lines that teams will not see crossed, tracks, and what follows at their marks."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredPoints, ByLength, Id, OneOrMany, Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import Side


class Watch(Authored):
    """An act or moment that presses or crosses a line."""

    when: Condition
    """In a line, `sender` is the other team and `receiver` the team that owns the line."""
    by: AuthoredPoints = 100
    """Pressure that it adds to a pink line; a red line it crosses at once."""
    says: Text
    """What its owner makes of it, in a sentence."""


class Line(Authored):
    """A red or pink line of one team."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"kind": {"const": "pink"}}},
            "then": {
                "required": ["leads_to"],
                "properties": {"crossed_by": False, "crossing": False, "crossing_says": False},
            },
            "else": {"properties": {"leads_to": False, "pressed_by": False, "limit": False, "decay": False}},
        }
    )

    id: Id
    kind: Literal["red", "pink"]
    """`pink`: small acts add up on it; `red`: crossing it has consequences."""
    concern: Id
    """What the line is about; rules press lines by concern."""
    says: Text
    """What the team will not put up with, in a sentence."""
    leads_to: Id | None = None
    """For a pink line: the red line of the same team that small acts on it lead towards."""
    limit: ByLength | None = None
    """Pressure at which its owner draws a conclusion, unless as the rule pack has it; a number, or one a length."""
    decay: AuthoredPoints | None = None
    """How far pressure falls each turn, unless as the rule pack has it."""
    pressed_by: tuple[Watch, ...] = ()
    """For a pink line: what presses it, besides the rules that press its concern."""
    crossed_by: tuple[Watch, ...] = ()
    """For a red line: what crosses it at once."""
    crossing: Effects | None = None
    """For a red line: what follows; `sender` is the team that crossed it."""
    crossing_says: Text | None = None
    """For a red line: what the facilitator and the debrief say happened."""

    @model_validator(mode="after")
    def _kind_fits(self) -> Line:
        if self.kind == "pink" and self.leads_to is None:
            raise ValueError(Sentence("a pink line names the red line it leads to: leads_to: …"))
        if self.kind == "pink" and (self.crossed_by or self.crossing or self.crossing_says):
            raise ValueError(
                Sentence("a pink line is pressed, not crossed; move crossed_by and crossing to the red line")
            )
        if self.kind == "red" and (self.leads_to or self.pressed_by or self.limit or self.decay):
            raise ValueError(
                Sentence(
                    "a red line is crossed, not pressed: write crossed_by for what crosses it, or move pressed_by and"
                    " limit to a pink line that leads to it"
                )
            )
        return self


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
    helped_by: OneOrMany[Id] = ()
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
