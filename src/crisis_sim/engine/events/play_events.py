"""Events of play: injects, moves and their delivery, readings and forecasts."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.events.event import ActKey, Event
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import (
    AnswerKind,
    Audience,
    ConclusionAnswer,
    DecisionAnswer,
    PromiseEnd,
    Side,
    TrackNumbers,
)


class InjectDelivered(Event, frozen=True, tag="inject-delivered"):
    """An inject reached seats."""

    inject: str
    to: Literal["us", "china", "both"]
    by_hand: bool = False
    numbers: TrackNumbers | UnsetType = UNSET
    """Where each track stood that its text names, if it names any."""


class InjectHeld(Event, frozen=True, tag="inject-held"):
    """The facilitator holds an inject back."""

    inject: str


class InjectSkipped(Event, frozen=True, tag="inject-skipped"):
    """An inject is struck from this session."""

    inject: str


class InjectDue(Event, frozen=True, tag="inject-due"):
    """A consequence made an inject due; it is delivered when the next turn opens."""

    inject: str


class Improvised(Event, frozen=True, tag="improvised"):
    """The facilitator delivered words of their own."""

    to: Literal["us", "china", "both"]
    us: str
    china: str


class MoveSealed(Event, frozen=True, tag="move-sealed"):
    """A team put a move on its list."""

    side: Side
    draft: Draft


class MoveRevised(Event, frozen=True, tag="move-revised"):
    """A team replaced a move on its list."""

    side: Side
    number: int
    draft: Draft


class MoveWithdrawn(Event, frozen=True, tag="move-withdrawn"):
    """A team took a move off its list."""

    side: Side
    number: int


class DecisionAnswerSealed(Event, frozen=True, tag="conclusion-answer-sealed", rename={"asked": "line"}):
    """A team said what it does with what asks; until its moves are final it can say something else."""

    side: Side
    asked: str
    """As in the action, for which logs have it."""
    answer: DecisionAnswer


class ConclusionAnswered(Event, frozen=True, tag="conclusion-answered"):
    """What a team does with a conclusion is final: as it said, or it holds since it said nothing."""

    side: Side
    line: str
    answer: ConclusionAnswer
    said: bool
    """The team said so itself."""


class SilenceSealed(Event, frozen=True, tag="silence-sealed"):
    """The team that was asked by an act says that it gives no answer; it can still give one."""

    act: ActKey


class CloserAskSealed(Event, frozen=True, tag="closer-ask-sealed"):
    """A team asks with its moves which of its acts moved the other closer; without a channel it has taken that back."""

    side: Side
    channel: str


class CloserAsked(Event, frozen=True, tag="closer-asked"):
    """A team was asked which of the other's acts moved it closer, and to what; it answers with its next moves."""

    side: Side
    by: Side | UnsetType = UNSET
    """Who asks; unset for the facilitator, who asks both."""
    channel: str | UnsetType = UNSET


class CloserAnswerSealed(Event, frozen=True, tag="closer-answer-sealed"):
    """What a team says to that; until its moves are final it can say something else."""

    side: Side
    acts: tuple[ActKey, ...]
    concern: str


class CloserAnswered(Event, frozen=True, tag="closer-answered"):
    """The other side was told what a team says to that, true or not; without acts it declined."""

    side: Side
    acts: tuple[ActKey, ...]
    concern: str


class VoiceRaised(Event, frozen=True, tag="voice-raised"):
    """A voice asks a team to be answered in these moves: a hard one at home a team of low standing, or a decision."""

    side: Side
    inject: str | UnsetType = UNSET
    """The inject by which a decision is asked for."""


class VoiceAnswered(Event, frozen=True, tag="voice-answered"):
    """What became of a voice: met by an act, let speak, asked to wait, or it spoke since nobody answered it.

    Of a decision also which of its answers was given, or `pass`: nobody answered, and the voice has nothing to do. One
    that was asked to wait asks again.
    """

    side: Side
    answer: str
    said: bool
    """The team did so itself."""
    inject: str | UnsetType = UNSET


class AnswerDelayed(Event, frozen=True, tag="answer-delayed"):
    """A turn passed without an answer to a decision; what it says of that follows."""

    side: Side
    inject: str


class MovesCommitted(Event, frozen=True, tag="moves-committed"):
    """A team's moves are final."""

    side: Side


class ActSent(Event, frozen=True, tag="act-sent"):
    """An act left its sender. Only the facilitator knows now how it fares."""

    act: Act
    text: str
    due_turn: int
    """Turn in which it arrives; 0 if it never does."""
    due_hour: int
    """Game hour by which its sender may expect it to have arrived."""
    weight: int
    """Weight of the catalogue after what the channel did to it, hundredths."""
    unclear: str | None = None
    """The rule by which the receiver sees something else than move and words."""


class ActArrived(Event, frozen=True, tag="act-arrived"):
    """An act reached the other team, and the public if it is public."""

    act: ActKey
    to: Side
    hour: int


class RequestOpened(Event, frozen=True, tag="request-opened"):
    """Something was asked that needs an answer."""

    act: ActKey
    due_hour: int
    """Silence is logged in the first turn that begins after this hour."""


class RequestAnswered(Event, frozen=True, tag="request-answered"):
    """A request was answered; a holding note keeps it open."""

    request: ActKey
    answer: ActKey
    how: AnswerKind


class RequestUnanswered(Event, frozen=True, tag="request-unanswered"):
    """A request met with silence."""

    act: ActKey
    lost: bool
    """It never arrived; only the facilitator knows."""


class CaseStood(Event, frozen=True, tag="case-stood"):
    """What was asked stood as accepted with nobody asked, since both sides had accepted what it falls under."""

    act: ActKey


class ExchangeHeld(Event, frozen=True, tag="exchange-held"):
    """The two sides met or spoke in private; each may give its readout."""

    request: ActKey
    answer: ActKey


class SaidInCall(Event, frozen=True, tag="said-in-call"):
    """A side said something in a call or meeting; the other heard it, and nobody else."""

    side: Side
    exchange: int
    text: str


class ReadoutSealed(Event, frozen=True, tag="readout-sealed"):
    """A team sealed its account of an exchange."""

    side: Side
    exchange: int
    outcome: Literal["agreed", "talked", "disagreed"]
    tone: int
    text: str


class ReadoutsCompared(Event, frozen=True, tag="readouts-compared"):
    """The accounts of an exchange were published and compared."""

    exchange: int
    result: Literal["match", "differ", "one-sided"]
    by: Side | None = None
    """The side that alone gave one."""


class CallJudged(Event, frozen=True, tag="call-judged"):
    """The time has run in which something could come of an exchange of which home has heard."""

    exchange: int
    came: bool
    """A request was accepted or a promise made."""


class CommitmentMade(Event, frozen=True, tag="commitment-made"):
    """A promise went on the record and binds a side."""

    commitment: str
    side: Side
    act: ActKey


class CommitmentBroken(Event, frozen=True, tag="commitment-broken"):
    """A bound side did what it had promised not to do."""

    commitment: str
    side: Side
    act: ActKey


class CommitmentEnded(Event, frozen=True, tag="commitment-ended"):
    """A promise binds a side no longer, and was not broken: its time has run, or the other side made it void."""

    commitment: str
    side: Side
    """Whom it had bound."""
    how: PromiseEnd
    act: ActKey | UnsetType = UNSET
    """The other side's act that made it void."""


class ReadingSealed(Event, frozen=True, tag="reading-sealed"):
    """A team sealed how it took an act that reached it."""

    side: Side
    act: ActKey
    hostility: int
    confidence: int
    touches: str | None = None
    crosses: bool | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    """Whom it took public words to be mainly meant for."""
    translated: bool | UnsetType = UNSET
    """It rested on a translation; unset where none was attached."""


class ReadingsCommitted(Event, frozen=True, tag="readings-committed"):
    """A team's readings are final."""

    side: Side


class ForecastSealed(Event, frozen=True, tag="forecast-sealed"):
    """A team gave a chance, in percent."""

    side: Side
    forecast: str
    chance: int


class ForecastsCommitted(Event, frozen=True, tag="forecasts-committed"):
    """A team's forecasts are final; those sealed with the readings are so by `readings-committed`, without this."""

    side: Side


class ForecastResolved(Event, frozen=True, tag="forecast-resolved"):
    """What a team forecast for a turn did or did not happen."""

    side: Side
    forecast: str
    turn: int
    chance: int
    happened: bool
