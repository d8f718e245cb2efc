"""The numbers of a base pack on assets: how likely it is that more comes out than was shown, and what follows then."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crisis_sim.rules.authored import Authored, AuthoredPoints, Factor, Percent


class AssetSettings(Authored):
    """What follows when an asset turns out to be more than it was seen as."""

    found: Percent
    """Chance that it is found out at all."""
    within: Annotated[int, Field(ge=1, le=24, strict=True)]
    """It comes out in one of so many turns after the act, or at the close."""
    pressure: Factor
    """So many times the pressure that the act would have put on lines if it had been shown."""
    trust: AuthoredPoints
    """What it does to the trust of the other team."""
    source: str = Field(min_length=3)
    """Why one should believe it."""
