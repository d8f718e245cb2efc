"""Events of the table: who sits down, phases, notes, and the lines that teams write and guess.

In rooms also agreeing to what is recorded, a person's own reading, translations, and the led hotwash.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from crisis_sim.engine.actions import Guess, SeatName, Topic
from crisis_sim.engine.events.event import ActKey, Event, Phase
from crisis_sim.engine.table_actions import HotwashPage, ModelReport
from crisis_sim.rules.names import Side


class OwnLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line that a team wrote at the table."""

    id: str
    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int
    leads_to: str | None = None


class SeatTaken(Event, frozen=True, tag="seat-taken"):
    """Somebody sat down."""

    seat: SeatName
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
    """The turn was given more minutes."""

    minutes: int


class RolledBack(Event, frozen=True, tag="rolled-back"):
    """Play goes on from the start of `turn` in another session."""

    turn: int
    child: str


class LogShortened(Event, frozen=True, tag="log-shortened"):
    """Play goes on in a log that ends before where it once ended; the fields are those of ShortenLog."""

    had: int
    has: int
    had_bytes: int | None
    has_bytes: int
    torn: int
    hash: str | None


class NoteTaken(Event, frozen=True, tag="note-taken", omit_defaults=True):
    """A seat wrote something down."""

    seat: SeatName
    text: str
    turn: int
    about: Topic | None = None
    of: str = ""
    """What it is about, as in TakeNote."""
    replaces: int | None = None
    """Number of the seat's note, from 1, in whose place it stands; without text that one is struck out."""


class Bookmarked(Event, frozen=True, tag="bookmarked"):
    """The facilitator marked this place."""

    label: str
    turn: int


class Revealed(Event, frozen=True, tag="revealed"):
    """The facilitator showed both teams what an act meant and how it was read."""

    act: ActKey


class MirrorHeld(Event, frozen=True, tag="mirror-held"):
    """The facilitator said to both teams that each meant well in this turn and took the other as hostile."""


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


class OffencesOrdered(Event, frozen=True, tag="offences-ordered"):
    """A team ordered the acts of the card by how gravely it takes them itself, the gravest first."""

    side: Side
    order: tuple[str, ...]


class OrderGuessed(Event, frozen=True, tag="order-guessed"):
    """A team guessed in which order the other has them."""

    side: Side
    order: tuple[str, ...]
    stage: Literal["before", "after"]


class PrinciplePut(Event, frozen=True, tag="principle-put"):
    """A team put a sentence to both sides, behind those that are there or in the place of one, and so accepts it."""

    side: Side
    number: int
    says: str


class PrincipleAccepted(Event, frozen=True, tag="principle-accepted"):
    """A team accepted a sentence as the other side had put it; it stands."""

    side: Side
    number: int


class LinesSealed(Event, frozen=True, tag="lines-sealed"):
    """A team's lines and guesses are done."""

    side: Side


class InstructionJudged(Event, frozen=True, tag="instruction-judged"):
    """At the close, whether a team has what its instruction card told it to come home with."""

    side: Side
    card: str
    met: bool


class CardAgreed(Event, frozen=True, tag="card-agreed"):
    """Somebody at a seat agreed to the card on what is recorded and who may see it."""

    seat: SeatName
    by: str
    """The person's label at the table; empty where the whole team sits at one screen."""


class ModelReported(Event, frozen=True, tag="model-reported"):
    """The harness of a model said which it is, and how asking it went."""

    side: Side
    turn: int
    report: ModelReport


class CallEnded(Event, frozen=True, tag="call-ended"):
    """A side ended a call or meeting that was held in writing; nothing more is said in it by either."""

    side: Side
    exchange: int


class ReadingPressed(Event, frozen=True, tag="reading-pressed"):
    """A person of a team said how it takes an act, before the team had sealed that."""

    side: Side
    act: ActKey
    hostility: int
    by: str
    """The person's label at the table."""


class ActTranslated(Event, frozen=True, tag="act-translated"):
    """The facilitator attached a translation to an act's words; without words one was taken off."""

    act: ActKey
    text: str


class LineTranslated(Event, frozen=True, tag="line-translated"):
    """The same for a line of a call or meeting, by the places of both from 1."""

    exchange: int
    line: int
    text: str


class HotwashLed(Event, frozen=True, tag="hotwash-led"):
    """The facilitator said where the hotwash is; the fields are those of LeadHotwash."""

    page: HotwashPage
    act: str
    opened: int
    place: int
    everything: bool
