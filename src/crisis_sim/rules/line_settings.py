"""How pressure on lines behaves in a base pack, what follows when a line is full, and what its owner is asked then."""

from __future__ import annotations

from pydantic import Field

from crisis_sim.rules.authored import Authored, AuthoredPoints, ByLength, Factor, Id, Percent, Share
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import CONCLUSION_ANSWERS, ConclusionAnswer


class ConclusionSettings(Authored):
    """What a conclusion does to the team that draws it; tension it leaves alone."""

    felt: AuthoredPoints
    """Points of felt tension."""
    trust: AuthoredPoints
    """Points of its trust in the other team."""
    felt_again: AuthoredPoints = 0
    """Points of felt tension from the second conclusion on the same line on."""
    trust_again: AuthoredPoints = 0
    """Points of trust from the second conclusion on the same line on."""


class AlertSettings(Authored):
    """How acts are heard by a team that has drawn a conclusion, until it is drawn back or the red line is crossed."""

    ambiguity: Share
    """Acts that touch the line and are at least so ambiguous are felt more."""
    felt: Factor
    """So many times as much."""
    costliness: Share
    """Acts that cost less than this relieve the line less."""
    relief: Factor
    """So many times as much."""


class FurtherSettings(Authored):
    """When a team that has drawn a conclusion is drawn back from it, and what that gives back; once a line."""

    below: Percent
    """Share of the limit under which pressure has to fall."""
    felt: AuthoredPoints
    """Points of felt tension, never more than the conclusion had added and time has not yet taken."""
    trust: AuthoredPoints
    """Points of trust, never more than the conclusion had cost and time has not yet given back."""
    told: AuthoredPoints = 0
    """Points of trust more if the line had been told to the other side; within the same bound."""


class DecisionSettings(Authored):
    """What a conclusion asks of the team that drew it, and the moves that carry its answers out; to hold takes none."""

    tell: tuple[Id, ...] = ()
    """Moves by which it tells them what it believes."""
    ask: tuple[Id, ...] = Field(min_length=1)
    """Moves by which it asks them what they mean."""
    prepare: tuple[Id, ...] = Field(min_length=1)
    """Moves by which it prepares for what may come."""

    def moves(self, *, tells: bool = True) -> dict[ConclusionAnswer, tuple[str, ...]]:
        """By answer that can be given, the moves that carry it out; without *tell* where lines are not told."""
        named = {answer: getattr(self, answer, ()) for answer in CONCLUSION_ANSWERS if tells or answer != "tell"}
        return {answer: moves for answer, moves in named.items() if moves or answer == "hold"}


class ClaimSettings(Authored):
    """What it does to a team to hold a red line crossed that it wrote at the table; tension it leaves alone."""

    felt: AuthoredPoints
    """Points of felt tension."""
    trust: AuthoredPoints
    """Points of its trust in the other team."""


class TellingSettings(Authored):
    """What it does to tell the other side of a line on which a conclusion has been drawn."""

    relief: Factor
    """After a line was told in private, the other side's next relief of it counts so many times; once a line."""


class LineSettings(Authored):
    """How pressure on lines behaves, unless the line itself says otherwise. What is left out is not done."""

    limit: ByLength
    """Pressure at which the owner of a pink line draws a conclusion; a number, or one for each length of a session."""
    decay: AuthoredPoints
    """How far pressure falls each turn."""
    keeps: Percent = 0
    """Share of its highest pressure below which time alone does not take it; only acts do."""
    near: Percent
    """Share of the limit at which a near miss is noted."""
    own_limit: ByLength | None = None
    """The limit of a line that a team wrote itself, if it is another."""
    others: Factor = 100
    """Of the acts that press a line in one turn the heaviest counts whole, and each other so many times its worth."""
    touch: tuple[AuthoredPoints, AuthoredPoints, AuthoredPoints, AuthoredPoints]
    """Pressure from a reading that names the line, by hostility 0, 1, 2, 3 (less is none)."""
    conclusion: ConclusionSettings | None = None
    """What follows when a pink line is full."""
    alert: AlertSettings | None = None
    """How acts are heard from then on."""
    further_from: FurtherSettings | None = None
    """What it takes to be drawn back."""
    telling: TellingSettings | None = None
    """Whether, and to what end, lines are told to the other side."""
    decision: DecisionSettings | None = None
    """What its owner is asked in its next moves."""
    claim: ClaimSettings | None = None
    """What follows when a team holds a red line crossed that it wrote at the table; without it none can be claimed."""
    crossing: Effects
    """What follows a crossing of a red line that names no consequence of its own."""
