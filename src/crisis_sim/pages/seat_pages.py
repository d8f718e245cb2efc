"""What a seat is shown, in its language, ready to print: names beside every id.

`crisis_sim.pages.page_for` makes it from the seat's view and dossier. Doors draw it and know no rule. Numbers that a
person sees are hundredths (`crisis_sim.numbers.shown` writes them) beside a word; percents and hours are plain ints.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from crisis_sim.engine.actions import Seat
from crisis_sim.engine.events.event import Phase
from crisis_sim.pages.hotwash_page import HotwashPage
from crisis_sim.pages.seat_parts import (
    ChannelView,
    CommitmentView,
    DraftView,
    ExchangeView,
    FeedItem,
    ForecastScore,
    ForecastView,
    GuessView,
    LineView,
    MoveOption,
    ReadingCard,
    RequestView,
    ScoreView,
    Shown,
    TrackView,
)
from crisis_sim.rules.names import Language, Side


class CommonPage(Shown, frozen=True):
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
    hotwash: HotwashPage | None


class TeamPage(CommonPage, frozen=True, tag="team"):
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
    guesses_before: tuple[GuessView, ...] = ()
    """In the closing: what we guessed before play, to keep or change."""
    second_order: bool = False
    """We are also asked what we think they guess of our lines."""
    expected: tuple[GuessView, ...] = ()
    """What we think they guess of our lines."""


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


class BoardView(Shown, frozen=True):
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
    expected: tuple[GuessView, ...] = ()
    """What the team thinks that the other guesses of its lines."""


class FacilitatorPage(CommonPage, frozen=True, tag="facilitator"):
    """What the white cell sees: the room as it is."""

    guide: str
    brief_us: str
    brief_china: str
    us: BoardView
    china: BoardView
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


class ObserverPage(CommonPage, frozen=True, tag="observer"):
    """What an observer sees: what is public."""


Page: TypeAlias = TeamPage | FacilitatorPage | ObserverPage
"""What any seat is shown."""
