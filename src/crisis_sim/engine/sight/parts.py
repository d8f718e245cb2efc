"""Parts that views of play and of the hotwash share: tracks, lines, guesses, forecasts that came due, scores."""

from __future__ import annotations

from typing import Literal

from crisis_sim.engine.sight.acts import Fact
from crisis_sim.rules.names import Side, Words


class TrackFacts(Fact, frozen=True):
    """Where a track stands."""

    id: str
    value: int
    change: int
    """Since the turn began before this one."""


class LineFacts(Fact, frozen=True):
    """A line, as its owner and after play everybody sees it."""

    id: str
    kind: Literal["red", "pink"]
    concern: str
    says: Words
    ours: bool
    """Written at the table."""
    adopted: bool
    weight: int
    pressure: int
    limit: int
    state: Literal["quiet", "pressed", "near", "full", "crossed", "aside"]
    leads_to: str | None = None
    leads_to_says: Words | None = None


class GuessFacts(Fact, frozen=True):
    """A guess of one of theirs, or one of ours that we expect of them."""

    number: int
    kind: Literal["red", "pink"]
    concern: str
    says: str
    weight: int


class ForecastScoreFacts(Fact, frozen=True):
    """A forecast that has come due."""

    id: str
    turn: int
    chance: int
    happened: bool


class SideScore(Fact, frozen=True):
    """One side's own numbers."""

    side: Side
    felt: int
    curve: tuple[int, ...]
    """What it felt at the end of each turn, from the start."""
    trust: int
    standing: int


class ScoreFacts(Fact, frozen=True):
    """The scores, for the facilitator, after play, and as far as others may know them in sessions that show all."""

    tension: int
    curve: tuple[int, ...]
    """Tension at the end of each turn, from the start."""
    sides: tuple[SideScore, ...]
    """The US before China: both where all is open, a team's own before that, and none for an observer."""
