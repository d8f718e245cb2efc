"""Views: everything that a seat is shown, and nothing else, as facts.

A view is built by `crisis_sim.engine.views` from an allow-list: ids, numbers, hours, people's words in all languages.
What never changes is in the seat's dossier. Scores are hundredths; percents, hours and −3 … +3 are plain ints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from crisis_sim.engine.actions import Draft, SeatName
from crisis_sim.engine.events import AnyEvent, MeterName, ModelReported, Phase
from crisis_sim.engine.state import Lead as Lead
from crisis_sim.engine.views.feed_items import AnyFeedItem
from crisis_sim.engine.views.hotwash_facts import CourseFacts, FlagFacts, HotwashFacts, PrivateFactStory
from crisis_sim.engine.views.shared_facts import (
    AccountFacts,
    ActFacts,
    AskedFacts,
    AssetFacts,
    CitationFacts,
    CloserFacts,
    CommitmentFacts,
    Fact,
    ForecastScoreFacts,
    GuessFacts,
    LineFacts,
    NoteFacts,
    PledgeFacts,
    PrincipleFacts,
    ScoreFacts,
    TrackFacts,
)
from crisis_sim.rules.names import Audience, DecisionAnswer, Purpose, Side, TrackNumbers, Words


class CardFacts(Fact, frozen=True):
    """An act that reached us and can be read this turn."""

    number: int
    """Place in our inbox; `SealReading.item` takes it."""
    act: ActFacts
    public: bool
    """The public heard it."""
    hostility: int | None
    confidence: int | None
    touches: str | None
    audience: Audience | None
    """Whom we take it to be mainly meant for, once it is read; asked of what was said in public alone."""
    crosses: bool = False
    """We hold that line crossed by it."""
    answers: ActFacts | None = None
    """The request of ours that it answers."""
    pressed: tuple[str, ...] = ()
    """Who of us has said alone how they take it, by labels at the table; what they said is sealed."""


class ExchangeFacts(Fact, frozen=True):
    """A private exchange that was held; each side may give its readout."""

    number: int
    act: ActFacts
    """What asked for it."""
    ours: AccountFacts | None
    open: bool
    """A readout can still be sealed."""
    turn: int = 0
    answer: ActFacts | None = None
    """What agreed to it, with who takes it."""
    purpose: Purpose | None = None
    """What we want of it, and below what they want as we think; None where we were not asked."""
    guess: Purpose | None = None
    said: tuple[tuple[Side, str, str], ...] = ()
    """Who said what, and a translation of it or nothing, in the order in which it was said."""
    ended: Side | None = None
    """Who ended it, where it was held in writing."""


class ChannelFacts(Fact, frozen=True):
    """A channel as our side may know it."""

    id: str
    state: Literal["open", "suspended", "reopening"]
    readiness: int
    latency: int
    """Hours we should expect for one message as things stand."""
    late: bool
    """A message sent now would come after this turn's end."""
    doubtful: bool
    """A message sent now may not be taken up."""


class BlockedMove(Fact, frozen=True):
    """A move that can't be made now."""

    move: str
    why: Literal["answer", "calls", "suspended", "nowhere"]
    """It only answers; it would be a call too many; `channel` is suspended; nothing in this exercise carries it."""
    channel: str = ""


class AdviceFacts(Fact, frozen=True):
    """What our own advisers say of a move now."""

    move: str
    rule: Words | None = None
    term: str | None = None
    """What would count against us, and the term with which it would."""
    promised: str | None = None
    cited: str | None = None
    """The commitment that it would break, and the instrument of our citing that it would go against."""
    spared_by: tuple[str, ...] = ()
    """Terms with which it would not."""
    unasked: str | None = None
    """The term without which it is refused, as long as the host has not given its word."""
    stands: bool = False
    in_return: int = 0
    later: int = 0
    """Stands, nobody asked; turns in which asks met no answer, so that it asks in return; turns it is held back."""


class DraftFacts(Fact, frozen=True):
    """A move on this turn's list."""

    number: int
    draft: Draft
    line: Words | None = None
    """The line of ours that it names."""


class RequestFacts(Fact, frozen=True):
    """Something asked of us that waits for an answer."""

    number: int
    """Place in our inbox; `Draft.answers` takes it."""
    act: ActFacts
    accept: str
    """The move that accepts."""
    decline: str
    due_hour: int
    held: bool
    """We sent a holding note."""
    drafted: bool
    """An answer is on our list."""
    arrived: int = 0
    """The turn in which it came."""
    stays_silent: bool = False
    """We have said that we give no answer."""


class DecisionFacts(Fact, frozen=True):
    """A conclusion of ours, a hard voice at home, or a decision that asks in these moves what we do."""

    asked: str
    """The pink line; empty for the hard voice; for a decision `inject/` and the id of its inject."""
    says: Words
    """The pink line that was full."""
    leads_to: Words
    """The red line that we believe they are coming for."""
    answer: DecisionAnswer | None
    """What we have said; None while we have said nothing: then we hold, and a voice speaks by itself."""
    ask: AskedFacts | None = None
    """What is asked, where it is a decision."""


class ForecastFacts(Fact, frozen=True):
    """A forecast asked of us for the next turn, or a belief asked beside it."""

    id: str
    chance: int | None
    before: int | None = None
    """Of a belief: what we said the last time before."""


class Common(Fact, frozen=True, tag_field="kind"):
    """What every seat sees."""

    seat: SeatName
    session: str
    phase: Phase
    turn: int
    """0 before the first."""
    turns: int
    hour: int
    next_hour: int
    paused: bool
    waiting_for: tuple[SeatName, ...]
    """Seats that play waits for."""
    bots: tuple[SeatName, ...]
    programs: tuple[SeatName, ...]
    """Bots that can be written to in a call."""
    minutes: int
    """Length of a turn in real minutes, extensions included."""
    tracks: tuple[TrackFacts, ...]
    feed: tuple[AnyFeedItem, ...]
    score: ScoreFacts | None
    hotwash: HotwashFacts | None
    lead: Lead | None
    """Where the hotwash is led; None where nobody leads it."""


class TeamView(Common, frozen=True, tag="team"):
    """What a team sees."""

    side: Side
    standing: int
    trust: int
    lines: tuple[LineFacts, ...]
    guesses: tuple[GuessFacts, ...]
    lines_sealed: bool
    channels: tuple[ChannelFacts, ...]
    blocked: tuple[BlockedMove, ...]
    advice: tuple[AdviceFacts, ...]
    drafts: tuple[DraftFacts, ...]
    committed: bool
    """What this phase asks of us is committed."""
    other_committed: bool
    requests: tuple[RequestFacts, ...]
    to_read: tuple[CardFacts, ...]
    exchanges: tuple[ExchangeFacts, ...]
    decisions: tuple[DecisionFacts, ...]
    commitments: tuple[CommitmentFacts, ...]
    forecasts: tuple[ForecastFacts, ...]
    forecast_scores: tuple[ForecastScoreFacts, ...]
    notes: tuple[NoteFacts, ...]
    asked_now: tuple[ForecastFacts, ...] = ()
    """Forecasts, and the belief beside them, that are asked of us in the phase at hand, for the next turn."""
    guesses_before: tuple[GuessFacts, ...] = ()
    """In the closing: what we guessed before play, to keep or change."""
    pledges: tuple[PledgeFacts, ...] = ()
    """Public words that bind either team at home."""
    citations: tuple[CitationFacts, ...] = ()
    principles: tuple[PrincipleFacts, ...] = ()
    """Sentences before both sides, once play is over."""
    closer: CloserFacts | None = None
    ways_to_ask: tuple[str, ...] = ()
    """Channels over which we can ask them what moved them closer, and below the one over which we do."""
    asks_closer: str = ""
    spared: bool = False
    """We have made the concession that costs nothing at home."""
    order: tuple[str, ...] = ()
    """Our own order of offences, the gravest first."""
    order_guess: tuple[str, ...] = ()
    order_guess_before: tuple[str, ...] = ()
    """In the closing: what we thought of it before play, to keep or change."""
    assets: tuple[AssetFacts, ...] = ()
    private_facts: tuple[PrivateFactStory, ...] = ()
    """What we alone know, and how we have told it."""
    expectation: int | None = None
    """What our home expects of calls, 0–1 in hundredths; None where nobody says what one is for."""
    seen: Mapping[str, int] = {}
    """Of their acts that have reached us, how many of each family; only where we are asked what we believe."""
    courses: tuple[CourseFacts, ...] = ()
    """In the closing: what became of what was at stake, as far as we could see it."""
    agreed: bool = False
    """Somebody of us has agreed to the card on what is recorded."""
    moved: tuple[int, int] = (0, 0)
    """How standing and trust have moved since the turn at hand opened; until it is judged, since the one before did."""


InjectStanding: TypeAlias = Literal[
    "past", "set-off", "due", "planned", "contingent", "by-hand", "held", "skipped", "not-in-length", "expired"
]


class InjectFacts(Fact, frozen=True):
    """Where an item of the MSEL stands."""

    id: str
    at: int
    """Game hour at which it is planned."""
    state: InjectStanding
    numbers: TrackNumbers = ()
    """Where the tracks stood that its text names, as it last came, or stand now."""
    delays: int = 0
    """Of a decision: turns that have passed without an answer."""


class ActRecord(Fact, frozen=True):
    """An act as the white cell sees it."""

    turn: int
    order: int
    act: ActFacts
    intent: int | None
    """None where nobody meant anything by it."""
    expected: int | None
    audience: Audience | None
    taken_for: Audience | None
    """Whom its reader took it to be mainly meant for."""
    outcome: str
    reading: int | None
    confidence: int | None
    weight: int
    revealed: bool
    arrived: int = 0
    """Turn in which it did; 0 while it has not."""


class TraceFacts(Fact, frozen=True):
    """Why a number changed: the event that says so, with what is needed to tell it."""

    turn: int
    event: AnyEvent
    act: ActFacts | None = None
    """The act that was weighed."""
    line: Words | None = None
    """The line that was pressed or crossed, or that a conclusion was drawn on."""
    leads_to: Words | None = None
    """The red line that a conclusion is about."""


class TruthFacts(Fact, frozen=True):
    """A named fact that is true."""

    fact: str
    of: Side | None
    since: int
    """Game hour."""


class MeterFacts(Fact, frozen=True):
    """A number that can be overridden."""

    meter: MeterName
    of: str
    value: int
    line: Words | None = None
    """The line whose pressure it is."""
    least: int = 0
    most: int = 0
    """What it can be set to."""


class Board(Fact, frozen=True):
    """One team's board, for the facilitator."""

    side: Side
    committed: bool
    standing: int
    trust: int
    felt: int
    lines: tuple[LineFacts, ...]
    guesses: tuple[GuessFacts, ...]
    drafts: tuple[DraftFacts, ...]
    requests: tuple[RequestFacts, ...]
    decisions: tuple[DecisionFacts, ...] = ()
    order: tuple[str, ...] = ()
    """Its own order of offences."""
    order_guess: tuple[str, ...] = ()
    """The order that it thinks the other has."""
    expectation: int | None = None
    """What its home expects of calls; None where nobody says what one is for."""
    belief: int | None = None
    """How likely it last held it, in percent, that the other is here for more; None before it has said so."""


class ProposedCrossing(Fact, frozen=True):
    """A red line of which a rule or its own team holds that it was crossed; nothing follows of itself."""

    turn: int
    side: Side
    """Whose line."""
    id: str
    line: Words
    by: Side
    rule: str = ""
    """Empty where its team holds so."""
    at: str = ""
    """file:line of the rule."""
    act: ActFacts | None = None
    is_open: bool = True
    """Nobody has declared it, nor has it been crossed otherwise."""


class FacilitatorView(Common, frozen=True, tag="facilitator"):
    """What the white cell sees: the room as it is."""

    us: Board
    china: Board
    channels: tuple[ChannelFacts, ...]
    msel: tuple[InjectFacts, ...]
    acts: tuple[ActRecord, ...]
    traces: tuple[TraceFacts, ...]
    """Oldest first, of this turn and the one before."""
    facts: tuple[TruthFacts, ...]
    flags: tuple[FlagFacts, ...]
    commitments: tuple[CommitmentFacts, ...]
    notes: tuple[NoteFacts, ...]
    bookmarks: tuple[NoteFacts, ...]
    meters: tuple[MeterFacts, ...]
    """What can be overridden."""
    proposed: tuple[ProposedCrossing, ...] = ()
    pledges: tuple[PledgeFacts, ...] = ()
    principles: tuple[PrincipleFacts, ...] = ()
    citations: tuple[CitationFacts, ...] = ()
    assets: tuple[AssetFacts, ...] = ()
    private_facts: tuple[PrivateFactStory, ...] = ()
    """What each team alone knows, and how it has told it."""
    can_ask: bool = False
    """Both teams can be asked now what moved them closer."""
    agreed: tuple[SeatName, ...] = ()
    """Seats at which somebody has agreed to the card on what is recorded."""
    models: tuple[ModelReported, ...] = ()
    """Reports of models of which something could not be used."""


class ObserverView(Common, frozen=True, tag="observer"):
    """What an observer sees: what is public."""


View: TypeAlias = TeamView | FacilitatorView | ObserverView
