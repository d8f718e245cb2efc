"""Views: everything that a seat is shown, and nothing else.

A view is built by `crisis_sim.engine.sight` from an allow-list, in the seat's language, ready to print: names, not ids,
beside every id. Doors draw views and know no rule. Numbers that a person sees are hundredths (`crisis_sim.numbers.shown`
writes them) beside a word; percents and hours are plain ints.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import Draft, Seat
from crisis_sim.engine.events import Phase
from crisis_sim.rules.authored import Language, Side


class Shown(Struct, frozen=True, kw_only=True, gc=False):
    """A part of a view."""


class TrackView(Shown, frozen=True):
    """Something at stake in the external crisis."""

    id: str
    name: str
    unit: str
    value: int
    least: int
    most: int
    good: Literal["up", "down"]
    runs_out: bool
    change: int
    """Since the turn began before this one."""
    word: str
    """A plain word for where it stands: 'full', 'half gone', 'nearly gone', 'gone' for clocks; otherwise empty."""


class FeedItem(Shown, frozen=True):
    """One thing that happened, as this seat learned of it."""

    turn: int
    hour: int
    is_new: bool
    """Since this seat last committed something."""
    sort: Literal[
        "situation", "theirs", "ours", "silence", "answer", "channel", "commitment", "readout", "line", "track", "note"
    ]
    head: str
    """Who, what, over which channel, in a line."""
    text: str
    """The words, if there are any."""
    tail: str
    """What became of it, or how we read it."""


class RequestView(Shown, frozen=True):
    """Something asked of us that waits for an answer."""

    number: int
    """Place in our inbox; `Draft.answers` takes it."""
    head: str
    text: str
    due_hour: int
    accept: str
    """Move id that accepts."""
    accept_label: str
    decline: str
    decline_label: str
    hold: str
    """Move id of a holding note; sent with how="holding", it keeps the request open and does not count as a move."""
    hold_label: str
    held: bool
    """We sent a holding note."""
    drafted: bool
    """An answer is on our list."""


class ReadingCard(Shown, frozen=True):
    """An act that reached us and can be read this turn."""

    number: int
    """Place in our inbox; `SealReading.item` takes it."""
    head: str
    text: str
    channel: str
    visibility: str
    hostility: int | None
    confidence: int | None
    touches: str | None


class ChannelView(Shown, frozen=True):
    """A channel as our side may know it."""

    id: str
    name: str
    says: str
    kind: str
    level: str
    track: str
    visibilities: tuple[str, ...]
    state: Literal["open", "suspended", "reopening"]
    word: str
    """rusty, working, routine …; 'public' for the press."""
    readiness: int
    latency: int
    """Hours we should expect for one message as things stand."""
    odds: str
    """In words, what may happen to a message: 'will arrive in time', 'may come late', 'may not be taken up'."""
    mandate: int


class LineView(Shown, frozen=True):
    """A line of our own."""

    id: str
    kind: Literal["red", "pink"]
    concern: str
    says: str
    ours: bool
    """Written at the table."""
    adopted: bool
    weight: int
    pressure: int
    limit: int
    word: str
    """quiet, pressed, near its limit, crossed."""
    leads_to: str | None
    leads_to_says: str | None


class GuessView(Shown, frozen=True):
    """A guess of one of theirs."""

    number: int
    kind: Literal["red", "pink"]
    concern: str
    says: str
    weight: int


class TermView(Shown, frozen=True):
    """Something that can be put on an act."""

    id: str
    says: str
    note: str


class MoveOption(Shown, frozen=True):
    """A move of the catalogue, as our side may make it now."""

    id: str
    label: str
    does: str
    family: str
    visibilities: tuple[str, ...]
    channels: tuple[str, ...]
    """Ids of channels that can carry it now, the default first."""
    terms: tuple[TermView, ...]
    promises: tuple[tuple[str, str], ...]
    """Ids and words of commitments that it can carry."""
    about_channel: bool
    asks: bool
    only_as_answer: bool
    blocked: str
    """Why it can't be made now; empty if it can."""
    warnings: tuple[str, ...]
    """What our own advisers say about it, with only what our side may know."""


class DraftView(Shown, frozen=True):
    """A move on this turn's list."""

    number: int
    draft: Draft
    head: str
    """Move, channel, visibility, and what is meant, in a line."""


class ForecastView(Shown, frozen=True):
    """A forecast asked of us for the next turn, or how the last one did."""

    id: str
    ask: str
    chance: int | None


class ForecastScore(Shown, frozen=True):
    """A forecast that has come due."""

    ask: str
    turn: int
    chance: int
    happened: bool


class ExchangeView(Shown, frozen=True):
    """A private exchange of which each side may give its readout."""

    number: int
    head: str
    ours: str
    """Our sealed readout in words; empty if we have given none."""
    open: bool
    """A readout can still be sealed."""


class CommitmentView(Shown, frozen=True):
    """A promise on the record."""

    id: str
    says: str
    bound: tuple[Side, ...]
    broken_by: tuple[Side, ...]


class ScoreView(Shown, frozen=True):
    """The scores, for the facilitator and for sessions that show all."""

    tension: int
    rung: str
    felt_us: int
    felt_china: int
    curve: tuple[tuple[int, int, int], ...]
    """Tension, felt by US and by China at the end of each turn, from the start."""
    trust_us: int
    trust_china: int
    standing_us: int
    standing_china: int


class MeaningPair(Shown, frozen=True):
    """An act with its sealed intent and its sealed reading."""

    side: Side
    turn: int
    order: int
    head: str
    text: str
    intent: int
    reading: int | None
    confidence: int | None
    gap: int | None
    """Reading minus intent: positive, taken as more hostile than it was meant."""
    arrived: bool


class LineComparison(Shown, frozen=True):
    """One team's lines beside the other's guesses of them."""

    side: Side
    lines: tuple[LineView, ...]
    guesses_before: tuple[GuessView, ...]
    guesses_after: tuple[GuessView, ...]


class HotwashView(Shown, frozen=True):
    """What is opened after play."""

    pairs: tuple[MeaningPair, ...]
    """Largest gap first."""
    mean_gap_us: int | None
    """How much more hostile than meant China took US acts, on average, in hundredths."""
    mean_gap_china: int | None
    lines: tuple[LineComparison, ...]
    forecasts_us: tuple[ForecastScore, ...]
    forecasts_china: tuple[ForecastScore, ...]
    brier_us: int | None
    """Brier score in hundredths, 0 perfect … 1 always wrong."""
    brier_china: int | None
    asked: int
    taken: int
    refused: int
    unanswered: int
    silences: tuple[str, ...]
    """Each request that met with silence, and what became of it, in a sentence."""
    crossings: tuple[str, ...]
    near_misses: tuple[str, ...]
    flags: tuple[str, ...]
    readouts: tuple[str, ...]
    score: ScoreView
    tracks: tuple[TrackView, ...]
    questions: tuple[tuple[str, str], ...]
    """Question and what of the record it is about."""
    blind_turns: tuple[int, ...]
    """Turns in which each side meant its own acts as benign and took the other's as hostile."""


class Common(Shown, frozen=True):
    """What every seat sees."""

    seat: Seat
    language: Language
    session: str
    title: str
    handling: str
    phase: Phase
    turn: int
    """0 before the first."""
    turns: int
    hour: int
    next_hour: int
    paused: bool
    waiting_for: tuple[Seat, ...]
    """Seats that play waits for."""
    bots: tuple[Seat, ...]
    minutes: int
    """Length of a turn in real minutes, extensions included."""
    now: str
    """What this seat does now, in a sentence."""
    public_brief: str
    tracks: tuple[TrackView, ...]
    feed: tuple[FeedItem, ...]
    score: ScoreView | None
    hotwash: HotwashView | None


class TeamView(Common, frozen=True, tag="team"):
    """What a team sees."""

    side: Side
    name: str
    part: str
    brief: str
    aims: tuple[str, ...]
    standing: int
    standing_word: str
    trust: int
    trust_word: str
    concerns: tuple[tuple[str, str], ...]
    """Ids and words of what a line can be about."""
    lines: tuple[LineView, ...]
    guesses: tuple[GuessView, ...]
    lines_sealed: bool
    channels: tuple[ChannelView, ...]
    moves: tuple[MoveOption, ...]
    moves_least: int
    moves_most: int
    drafts: tuple[DraftView, ...]
    committed: bool
    """What this phase asks of us is committed."""
    other_committed: bool
    requests: tuple[RequestView, ...]
    to_read: tuple[ReadingCard, ...]
    exchanges: tuple[ExchangeView, ...]
    commitments: tuple[CommitmentView, ...]
    forecasts: tuple[ForecastView, ...]
    forecast_scores: tuple[ForecastScore, ...]
    notes: tuple[str, ...]


class InjectView(Shown, frozen=True):
    """An item of the MSEL."""

    id: str
    title: str
    at: int
    to: str
    text_us: str
    text_china: str
    reads_us: str
    reads_china: str
    note: str
    state: Literal["past", "due", "planned", "contingent", "by-hand", "held", "skipped", "not-in-length", "expired"]
    condition: str
    """In words; empty if there is none."""


class ActView(Shown, frozen=True):
    """An act as the white cell sees it."""

    side: Side
    turn: int
    order: int
    head: str
    text: str
    intent: int
    outcome: str
    reading: int | None
    confidence: int | None
    weight: int
    revealed: bool


class TraceView(Shown, frozen=True):
    """Why a number changed, in a sentence."""

    turn: int
    sentence: str
    rule: str
    at: str


class Board(Shown, frozen=True):
    """One team's board, for the facilitator."""

    side: Side
    name: str
    committed: bool
    standing: int
    trust: int
    felt: int
    lines: tuple[LineView, ...]
    guesses: tuple[GuessView, ...]
    drafts: tuple[DraftView, ...]
    requests: tuple[RequestView, ...]


class FacilitatorView(Common, frozen=True, tag="facilitator"):
    """What the white cell sees: the room as it is."""

    guide: str
    brief_us: str
    brief_china: str
    us: Board
    china: Board
    channels: tuple[ChannelView, ...]
    msel: tuple[InjectView, ...]
    acts: tuple[ActView, ...]
    traces: tuple[TraceView, ...]
    """Oldest first, of this turn and the one before."""
    facts: tuple[str, ...]
    flags: tuple[str, ...]
    commitments: tuple[CommitmentView, ...]
    notes: tuple[str, ...]
    bookmarks: tuple[str, ...]
    meters: tuple[tuple[str, str, str, int], ...]
    """What can be overridden: meter, of, words, value."""


class ObserverView(Common, frozen=True, tag="observer"):
    """What an observer sees: what is public."""


View: TypeAlias = TeamView | FacilitatorView | ObserverView
