"""The page after play: meanings, lines and guesses, channels, contact, the third party, notes of the room."""

from __future__ import annotations

from typing import Literal

from crisis_sim.engine.sight.hotwash_facts import ChannelUse, Contact, RoomNote
from crisis_sim.pages.seat_parts import ForecastScore, GuessView, LineView, ScoreView, Shown, TrackView
from crisis_sim.rules.names import Side


class Quoted(Shown, frozen=True):
    """Something that was said or seen: who and over what in a line, then the words as they were said."""

    head: str
    text: str
    more: str = ""
    """How it was put, what it promised, what was seen instead: what is not in anybody's words."""


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
    said: Quoted | None = None
    """The same with the sender's own words apart from how they were put."""
    fared: str = ""
    """How the channel served it, in sentences; empty if it came in time and as it was sent."""
    seen: Quoted | None = None
    """What the receiver saw of it, where that was something else."""
    touched: str = ""
    """The receiver's line that it touched, as the receiver said."""
    replies: tuple[Quoted, ...] = ()
    """What was answered, and both sides' accounts of the exchange that followed."""


class LineComparison(Shown, frozen=True):
    """One team's lines beside the other's guesses of them."""

    side: Side
    lines: tuple[LineView, ...]
    guesses_before: tuple[GuessView, ...]
    guesses_after: tuple[GuessView, ...]
    expected_before: tuple[GuessView, ...] = ()
    """What the team itself thought that the other guesses."""
    expected_after: tuple[GuessView, ...] = ()
    matched_before: tuple[tuple[str, int], ...] = ()
    """Ids of lines that were guessed, each with the number of the guess."""
    matched_after: tuple[tuple[str, int], ...] = ()
    thought: tuple[str, ...] | None = None
    """Ids of lines that the team thought guessed when both were last asked; None where one of them said nothing."""


class QuestionView(Shown, frozen=True):
    """A question of the scenario's for the hotwash."""

    ask: str
    about: str
    """What of the record it is about."""
    recalls: tuple[str, ...]
    """Names of what it brings back to mind, as far as that happened."""


class ChannelStory(ChannelUse, frozen=True):
    """The same with the channel's name, and a word for each of its shapes."""

    name: str
    start_word: str
    end_word: str


class Course(Shown, frozen=True):
    """Something at stake in the external crisis, from start to end."""

    name: str
    unit: str
    start: int
    end: int
    least: int
    most: int
    way: Literal["better", "worse", "same", "ran-out", "ran-down"]
    """A clock ran out, or ran down and did not run out."""
    word: str
    """What is left of a clock."""
    marks: tuple[str, ...]
    """What came to pass, each with its turn."""


class HotwashPage(Shown, frozen=True):
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
    """Reached the other side, which sent no answer in time."""
    unheard: int
    """Met with silence because the request or the answer to it had not arrived in time."""
    silences: tuple[str, ...]
    """Each request that met with silence, and what became of it, in a sentence."""
    crossings: tuple[str, ...]
    near_misses: tuple[str, ...]
    flags: tuple[str, ...]
    readouts: tuple[str, ...]
    score: ScoreView
    tracks: tuple[TrackView, ...]
    questions: tuple[QuestionView, ...]
    blind_turns: tuple[int, ...]
    """Turns in which each side meant its own acts as benign and took the other's as hostile."""
    channels: tuple[ChannelStory, ...] = ()
    contacts: tuple[Contact, ...] = ()
    """The US, then China."""
    courses: tuple[Course, ...] = ()
    """What it came to for the third party."""
    notes: tuple[RoomNote, ...] = ()
    """What the room has said so far."""
