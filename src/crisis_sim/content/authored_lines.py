"""Red and pink lines as a scenario has them: what a team will not put up with, and what presses or crosses it."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, AuthoredPoints, ByLength, Id, Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects


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
                Sentence("a red line is crossed, not pressed; move pressed_by and limit to a pink line leading to it")
            )
        return self
