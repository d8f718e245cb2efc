"""Settings of the meters from 0 to 10: where they begin, where they come to rest, and where standing ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from crisis_sim.rules.authored import Authored, AuthoredPoints, Id, one_or_many


class MeterSettings(Authored):
    """A meter from 0 to 10."""

    start: AuthoredPoints
    """Where a session begins, unless the scenario says otherwise."""
    rest: AuthoredPoints
    """The level to which it moves back."""
    decay: AuthoredPoints
    """How far it moves back to rest each turn."""


class OutcomeSettings(Authored):
    """What home makes, at the close, of the people whom a track counts; points of standing."""

    lost: AuthoredPoints
    """For both teams, for each tenth of those at risk who were lost; a negative number."""
    withheld: AuthoredPoints
    """More, for the team that refused help to them, left an offer of it unanswered, or blocked it."""
    saved: AuthoredPoints
    """For each tenth saved, for a team that helped where it could be seen."""
    after_loss: AuthoredPoints
    """Standing ends no higher once anybody was lost."""
    after_half: AuthoredPoints
    """Standing ends no higher once more than half were lost."""
    blocked_by: Annotated[tuple[Id, ...], BeforeValidator(one_or_many)] = ()
    """Facts of a team that say that it blocks help."""


class StandingSettings(MeterSettings):
    """A team's footing with its home audience."""

    words: AuthoredPoints | None = None
    """What the catalogue says that a public act wins at home lifts standing to this, and no further."""
    outcome: OutcomeSettings | None = None
    """What home makes of people who were lost or saved, where a track of the scenario counts them."""
