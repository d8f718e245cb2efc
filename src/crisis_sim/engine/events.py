"""Events: what happened. Past tense, frozen, never refused, never edited.

`visible` names who may ever see the event as such before the hotwash; the facilitator sees all of them. Screens do not
read events but views (`crisis_sim.engine.sight`), which are built from the state.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import Draft, Seat
from crisis_sim.rules.authored import Side
from crisis_sim.rules.conditions import How
from crisis_sim.rules.facts import Act

Visible: TypeAlias = Literal["everyone", "us", "china", "facilitator"]
Phase: TypeAlias = Literal[
    "briefing", "situation", "moves", "readings", "results", "forecasts", "closing", "hotwash", "closed"
]
Key: TypeAlias = tuple[Side, int, int]
"""What names an act: side, turn, place in that side's list."""
Meter: TypeAlias = Literal[
    "tension", "felt", "trust", "standing", "pressure", "readiness", "mandate", "track", "latency", "odds"
]


class Event(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True, gc=False):
    """What happened."""

    visible: Visible


class OwnLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A line that a team wrote at the table."""

    id: str
    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int
    leads_to: str | None = None


class Guess(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A guess of one of the other side's lines."""

    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int


# the table and its phases


class SeatTaken(Event, frozen=True, tag="seat-taken"):
    """Somebody sat down."""

    seat: Seat
    occupant: Literal["person", "bot"]
    policy: str | None = None


class PhaseOpened(Event, frozen=True, tag="phase-opened"):
    """Play went on to a phase."""

    phase: Phase


class TurnOpened(Event, frozen=True, tag="turn-opened"):
    """A turn began at a game hour; `ends` is the hour at which the next one begins."""

    turn: int
    hour: int
    ends: int


class Paused(Event, frozen=True, tag="paused"):
    """Game time stopped."""


class Unpaused(Event, frozen=True, tag="unpaused"):
    """Game time goes on."""


class Extended(Event, frozen=True, tag="extended"):
    """The phase was given more minutes."""

    minutes: int


class RolledBack(Event, frozen=True, tag="rolled-back"):
    """Play goes on from the start of `turn` in another session."""

    turn: int
    child: str


class NoteTaken(Event, frozen=True, tag="note-taken"):
    """A seat wrote something down."""

    seat: Seat
    text: str
    turn: int


class Bookmarked(Event, frozen=True, tag="bookmarked"):
    """The facilitator marked this place."""

    label: str
    turn: int


class Revealed(Event, frozen=True, tag="revealed"):
    """The facilitator showed both teams what an act meant and how it was read."""

    act: Key


# lines and guesses


class LinesAdopted(Event, frozen=True, tag="lines-adopted"):
    """A team chose which of the scenario's lines are its own."""

    side: Side
    lines: tuple[str, ...]


class LineWritten(Event, frozen=True, tag="line-written"):
    """A team wrote a line."""

    side: Side
    line: OwnLine


class LineDropped(Event, frozen=True, tag="line-dropped"):
    """A team took back a line that it had written."""

    side: Side
    line: str


class LineGuessed(Event, frozen=True, tag="line-guessed"):
    """A team guessed a line of the other's."""

    side: Side
    guess: Guess
    stage: Literal["before", "after"]


class GuessDropped(Event, frozen=True, tag="guess-dropped"):
    """A team took back a guess."""

    side: Side
    number: int
    stage: Literal["before", "after"]


class LinesSealed(Event, frozen=True, tag="lines-sealed"):
    """A team's lines and guesses are done."""

    side: Side


# situation


class InjectDelivered(Event, frozen=True, tag="inject-delivered"):
    """An inject reached seats."""

    inject: str
    to: Literal["us", "china", "both"]
    by_hand: bool = False


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


# moves and delivery


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

    act: Key
    to: Side
    hour: int


class RequestOpened(Event, frozen=True, tag="request-opened"):
    """Something was asked that needs an answer."""

    act: Key
    due_hour: int
    """Silence is logged in the first turn that begins after this hour."""


class RequestAnswered(Event, frozen=True, tag="request-answered"):
    """A request was answered; a holding note keeps it open."""

    request: Key
    answer: Key
    how: How


class RequestUnanswered(Event, frozen=True, tag="request-unanswered"):
    """A request met with silence."""

    act: Key
    lost: bool
    """It never arrived; only the facilitator knows."""


class ExchangeHeld(Event, frozen=True, tag="exchange-held"):
    """The two sides met or spoke in private; each may give its readout."""

    request: Key
    answer: Key


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


class CommitmentMade(Event, frozen=True, tag="commitment-made"):
    """A promise went on the record and binds a side."""

    commitment: str
    side: Side
    act: Key


class CommitmentBroken(Event, frozen=True, tag="commitment-broken"):
    """A bound side did what it had promised not to do."""

    commitment: str
    side: Side
    act: Key


# readings and forecasts


class ReadingSealed(Event, frozen=True, tag="reading-sealed"):
    """A team sealed how it took an act that reached it."""

    side: Side
    act: Key
    hostility: int
    confidence: int
    touches: str | None = None


class ReadingsCommitted(Event, frozen=True, tag="readings-committed"):
    """A team's readings are final."""

    side: Side


class ForecastSealed(Event, frozen=True, tag="forecast-sealed"):
    """A team gave a chance, in percent."""

    side: Side
    forecast: str
    chance: int


class ForecastsCommitted(Event, frozen=True, tag="forecasts-committed"):
    """A team's forecasts are final."""

    side: Side


class ForecastResolved(Event, frozen=True, tag="forecast-resolved"):
    """What a team forecast for a turn did or did not happen."""

    side: Side
    forecast: str
    turn: int
    chance: int
    happened: bool


# results


class Trace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Why a number changed."""

    rule: str
    """Rule id, or `catalogue`, `decay`, `channel-use`, `reading`, `clock`, `limit`, or what the scenario calls it."""
    at: str
    """file:line of the rule or number."""
    act: Key | None = None
    before: int
    after: int
    why: str = ""
    """One sentence."""


class RuleFired(Event, frozen=True, tag="rule-fired"):
    """A rule applied, with the act or team that it applied to."""

    rule: str
    at: str
    sender: Side | None = None
    act: Key | None = None


class ActWeighed(Event, frozen=True, tag="act-weighed"):
    """What an act, or a silence, weighs after the rules. It moves tension and the sender's felt tension by `weight`, and the
    receiver's felt tension by `felt`; all three from the values given."""

    act: Key
    sender: Side
    base: int
    weight: int
    felt: int
    tension: int
    """Tension before."""
    felt_before: int
    """The receiver's felt tension before."""
    at: str
    """file:line of the weight it began with."""
    silence: bool = False
    steps: tuple[Trace, ...] = ()
    """How the rules took it from base to weight."""


class NumberMoved(Event, frozen=True, tag="number-moved"):
    """A number changed; `of` is a side, a channel, a track, `side/line`, or empty for tension. Latency and odds are kept
    as `channel` and `side/channel` with the turn until which they hold in `until`."""

    meter: Meter
    of: str
    trace: Trace
    until: int | None = None


class LinePressed(Event, frozen=True, tag="line-pressed"):
    """Pressure rose on a line."""

    side: Side
    line: str
    by: Side
    trace: Trace


class TurnJudged(Event, frozen=True, tag="turn-judged"):
    """The results of a turn are complete: the curve gets its next point."""


class NearMiss(Event, frozen=True, tag="near-miss"):
    """A pink line came near its limit."""

    side: Side
    line: str
    pressure: int
    limit: int


class LineCrossed(Event, frozen=True, kw_only=True, tag="line-crossed"):
    """A red line was crossed."""

    side: Side
    """Whose line."""
    line: str
    by: Side
    through: str | None = None
    """The pink line whose limit was reached."""
    rule: str
    at: str
    act: Key | None = None


class ChannelSuspended(Event, frozen=True, tag="channel-suspended"):
    """A channel was suspended."""

    channel: str
    by: Side


class ChannelReopening(Event, frozen=True, tag="channel-reopening"):
    """A suspended channel comes back in a turn."""

    channel: str
    turn: int


class ChannelReopened(Event, frozen=True, tag="channel-reopened"):
    """A suspended channel is back."""

    channel: str


class FactSet(Event, frozen=True, tag="fact-set"):
    """A named fact changed."""

    fact: str
    of: Side | None
    to: bool
    rule: str
    at: str


class FlagRaised(Event, frozen=True, tag="flag-raised"):
    """Something for the facilitator and the debrief."""

    flag: str
    rule: str
    at: str


class TrackMarked(Event, frozen=True, tag="track-marked"):
    """A track reached one of its marks."""

    track: str
    mark: int
    """Place among the track's marks, from 0."""


class Overridden(Event, frozen=True, tag="overridden"):
    """The facilitator set a number by hand."""

    meter: Meter
    of: str
    before: int
    after: int
    reason: str


AnyEvent: TypeAlias = (
    SeatTaken
    | PhaseOpened
    | TurnOpened
    | Paused
    | Unpaused
    | Extended
    | RolledBack
    | NoteTaken
    | Bookmarked
    | Revealed
    | LinesAdopted
    | LineWritten
    | LineDropped
    | LineGuessed
    | GuessDropped
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
