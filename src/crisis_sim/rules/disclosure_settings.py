"""The numbers of a base pack on private facts that teams disclose: what it eases, what it costs, how it comes out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crisis_sim.rules.authored import Authored, AuthoredPoints, Factor, Percent, SourceText


class Backed(Authored):
    """A share for each way in which a fact can be told."""

    source: Factor
    """With its source."""
    host: Factor
    """Vouched for by the host, who has seen the source."""
    word: Factor
    """On its team's word alone."""


class CapabilityCost(Authored):
    """What it costs to show what one can see and hear."""

    felt: AuthoredPoints
    """What it adds to the tension that its own team feels, since from here on it sees less."""
    shares: Backed
    """How much of it, by how the fact is told."""


class StandingCost(Authored):
    """What it costs at home to have told."""

    public: AuthoredPoints
    """What it does to the team's own standing where it is told in public."""
    private: AuthoredPoints
    """The same where it is told in private."""


class DisclosureSettings(Authored):
    """What follows when a team tells a fact that it alone knew."""

    weight: AuthoredPoints
    """What a fact that is told whole, with its source and when it meets something adds to the weight of its act."""
    relief: AuthoredPoints
    """What it takes off each pink line of the other team that is about what it speaks to."""
    backed: Backed
    """How much of both, by how it is told."""
    part: Factor
    """How much of both, and of what it costs, where it is told in part."""
    unmet: Factor
    """How much of both where it is told unasked, and nothing has lately touched what it speaks to."""
    capability: CapabilityCost
    """What facts cost that show what a team can do."""
    standing: StandingCost
    """What facts cost that are awkward at home."""
    found: Percent
    """Chance that it comes out that a fact was told in part, or falsely."""
    within: Annotated[int, Field(ge=1, le=24, strict=True)]
    """It comes out in one of so many turns after the act, or at the close."""
    part_trust: AuthoredPoints
    """What it does to the trust of the other team when the rest of a fact comes out."""
    untrue_trust: AuthoredPoints
    """The same when it comes out that a fact was told falsely."""
    owned: Factor
    """How much of that is left where its team tells the whole itself before it comes out."""
    source: SourceText
    """Why one should believe it."""
