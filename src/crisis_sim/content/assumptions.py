"""What a scenario takes to be so in the world, as of a day. Whether it still is, is for people to judge."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from crisis_sim.rules.authored import Authored, Text


def _day_as_written(value: object) -> object:
    """A year alone is a number to YAML, and a text to people."""
    return str(value) if type(value) is int else value


class Assumptions(Authored):
    """What a scenario takes to be so in the world, for whoever hands it out to judge whether it still is."""

    as_of: Annotated[str, BeforeValidator(_day_as_written), StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
    """The year, month or day of which it was true: `2026-11`."""
    says: tuple[Text, ...] = Field(min_length=1, max_length=12)
    """One sentence for each thing."""
