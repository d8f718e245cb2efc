"""Parts of a page: what is shown of tracks, feeds, requests, channels, lines, moves and scores, ready to print."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.sight.parts import SideScore
from crisis_sim.rules.names import Side

FeedSort: TypeAlias = Literal[
    "situation", "theirs", "ours", "silence", "answer", "channel", "commitment", "readout", "line", "track", "note"
]
"""What sort of thing happened."""


class Shown(Struct, frozen=True, kw_only=True, gc=False):
    """A part of a page."""


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
    sort: FeedSort
    head: str
    """Who, what, over which channel, in a line."""
    text: str
    """The words, if there are any."""
    tail: str
    """What became of it, or how we read it."""
    move: str = ""
    """Id of the move, where one was made and can be told."""


class RequestView(Shown, frozen=True):
    """Something asked of us that waits for an answer."""

    number: int
    """Place in our inbox; `Draft.answers` takes it."""
    head: str
    text: str
    channel: str
    """The channel over which it came."""
    visibility: str
    """private or public, as it was asked."""
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
    move: str
    """Id of the move; empty where it can't be told."""
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
    about: str = ""
    """Id of the concern."""


class GuessView(Shown, frozen=True):
    """A guess of one of theirs, or one of ours that we expect of them."""

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
    by: tuple[Side, ...]
    """Who gave it, or, where it binds both, who offered it."""
    bound: tuple[Side, ...]
    broken_by: tuple[Side, ...]


class ScoreView(Shown, frozen=True):
    """The scores, for the facilitator, after play, and as far as others may know them in sessions that show all."""

    tension: int
    rung: str
    curve: tuple[int, ...]
    """Tension at the end of each turn, from the start."""
    sides: tuple[SideScore, ...]
    """The US before China: both where all is open, a team's own before that, and none for an observer."""
