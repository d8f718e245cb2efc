"""Events: what happened. Past tense, frozen, never refused, never edited; all of them are imported from here."""

from __future__ import annotations

from typing import TypeAlias

from crisis_sim.engine.events.event import Event, Key, Meter, Phase, Trace, Visible
from crisis_sim.engine.events.play_events import (
    ActArrived,
    ActSent,
    CommitmentBroken,
    CommitmentMade,
    ExchangeHeld,
    ForecastResolved,
    ForecastsCommitted,
    ForecastSealed,
    Improvised,
    InjectDelivered,
    InjectDue,
    InjectHeld,
    InjectSkipped,
    MoveRevised,
    MovesCommitted,
    MoveSealed,
    MoveWithdrawn,
    ReadingsCommitted,
    ReadingSealed,
    ReadoutsCompared,
    ReadoutSealed,
    RequestAnswered,
    RequestOpened,
    RequestUnanswered,
)
from crisis_sim.engine.events.result_events import (
    ActWeighed,
    ChannelReopened,
    ChannelReopening,
    ChannelSuspended,
    FactSet,
    FlagRaised,
    LineCrossed,
    LinePressed,
    NearMiss,
    NumberMoved,
    Overridden,
    RuleFired,
    TrackMarked,
    TurnJudged,
)
from crisis_sim.engine.events.table_events import (
    Bookmarked,
    ExpectedDropped,
    Extended,
    Guess,
    GuessDropped,
    GuessExpected,
    LineDropped,
    LineGuessed,
    LinesAdopted,
    LinesSealed,
    LineWritten,
    LogShortened,
    NoteTaken,
    OwnLine,
    Paused,
    PhaseOpened,
    Revealed,
    RolledBack,
    SeatTaken,
    TurnOpened,
    Unpaused,
)

__all__ = [
    "ActArrived",
    "ActSent",
    "ActWeighed",
    "AnyEvent",
    "Bookmarked",
    "ChannelReopened",
    "ChannelReopening",
    "ChannelSuspended",
    "CommitmentBroken",
    "CommitmentMade",
    "Event",
    "ExchangeHeld",
    "ExpectedDropped",
    "Extended",
    "FactSet",
    "FlagRaised",
    "ForecastResolved",
    "ForecastSealed",
    "ForecastsCommitted",
    "Guess",
    "GuessDropped",
    "GuessExpected",
    "Improvised",
    "InjectDelivered",
    "InjectDue",
    "InjectHeld",
    "InjectSkipped",
    "Key",
    "LineCrossed",
    "LineDropped",
    "LineGuessed",
    "LinePressed",
    "LineWritten",
    "LinesAdopted",
    "LinesSealed",
    "LogShortened",
    "Meter",
    "MoveRevised",
    "MoveSealed",
    "MoveWithdrawn",
    "MovesCommitted",
    "NearMiss",
    "NoteTaken",
    "NumberMoved",
    "Overridden",
    "OwnLine",
    "Paused",
    "Phase",
    "PhaseOpened",
    "ReadingSealed",
    "ReadingsCommitted",
    "ReadoutSealed",
    "ReadoutsCompared",
    "RequestAnswered",
    "RequestOpened",
    "RequestUnanswered",
    "Revealed",
    "RolledBack",
    "RuleFired",
    "SeatTaken",
    "Trace",
    "TrackMarked",
    "TurnJudged",
    "TurnOpened",
    "Unpaused",
    "Visible",
]

AnyEvent: TypeAlias = (
    SeatTaken
    | PhaseOpened
    | TurnOpened
    | Paused
    | Unpaused
    | Extended
    | RolledBack
    | LogShortened
    | NoteTaken
    | Bookmarked
    | Revealed
    | LinesAdopted
    | LineWritten
    | LineDropped
    | LineGuessed
    | GuessDropped
    | GuessExpected
    | ExpectedDropped
    | LinesSealed
    | InjectDelivered
    | InjectHeld
    | InjectSkipped
    | InjectDue
    | Improvised
    | MoveSealed
    | MoveRevised
    | MoveWithdrawn
    | MovesCommitted
    | ActSent
    | ActArrived
    | RequestOpened
    | RequestAnswered
    | RequestUnanswered
    | ExchangeHeld
    | ReadoutSealed
    | ReadoutsCompared
    | CommitmentMade
    | CommitmentBroken
    | ReadingSealed
    | ReadingsCommitted
    | ForecastSealed
    | ForecastsCommitted
    | ForecastResolved
    | RuleFired
    | ActWeighed
    | NumberMoved
    | LinePressed
    | TurnJudged
    | NearMiss
    | LineCrossed
    | ChannelSuspended
    | ChannelReopening
    | ChannelReopened
    | FactSet
    | FlagRaised
    | TrackMarked
    | Overridden
)
"""Every event, as a tagged union."""
