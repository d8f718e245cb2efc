"""Parts of views: what a seat may know of acts, accounts, tracks, scores and lines, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from crisis_sim.engine.events import Phase
from crisis_sim.rules.names import AnswerKind, Backing, Pledged, PledgeEnd, Purpose, Side, Taker, Visibility, Words

PHASES_AFTER_PLAY: Final[frozenset[Phase]] = frozenset({"closing", "hotwash", "closed"})
"""Phases after the last turn: what has not arrived by then never does."""


class Fact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a view: ids, numbers, hours, and people's own words."""


class ActFacts(Fact, frozen=True):
    """An act as far as its reader may know it."""

    side: Side
    channel: str
    visibility: Visibility
    move: str = ""
    """Empty where its receiver could not make it out."""
    text: str = ""
    translation: str = ""
    """Of its words, as the facilitator has attached one."""
    terms: tuple[str, ...] = ()
    promise: str | None = None
    about: str | None = None
    """The channel it is about."""
    asset: str | None = None
    """The thing that it was made with."""
    taker: Taker | None = None
    """Who takes the call or goes to the meeting that it agrees to."""
    cites: str | None = None
    """The instrument that it cites."""
    seen: Words | None = None
    """What its receiver saw instead of move and words."""
    holding: bool = False
    """It says that an answer will come."""
    line: Words | None = None
    """The line of its sender's own that it names."""
    told: Words | None = None
    """What it tells of what its sender alone knew, in whatever way."""
    backed: Backing | None = None
    """What stands behind that."""


class CallFacts(Fact, frozen=True):
    """A call or meeting: what each side wanted of it, what the other guessed, and what came of it."""

    turn: int
    act: ActFacts
    """What asked for it."""
    purposes: Mapping[Side, Purpose | None]
    """What each side wanted; None where it was not asked."""
    guesses: Mapping[Side, Purpose | None]
    """What each side thought that the other wanted."""
    heard_of: bool
    """Home heard of it: it was announced, or an account was published."""
    requests: tuple[ActFacts, ...]
    """What came of it: requests that were accepted, and promises."""
    promises: tuple[str, ...]


class CloserAct(Fact, frozen=True):
    """An act of theirs that an answer can name."""

    number: int
    """Place in our inbox."""
    act: ActFacts
    turn: int
    hostility: int | None
    """How we took it; None unread."""


class CloserFacts(Fact, frozen=True):
    """We are asked which of their acts moved us closer, and to what."""

    by: Side | None
    """None for the facilitator."""
    acts: tuple[CloserAct, ...]
    """The newest first."""
    chosen: tuple[int, ...]
    """What we say so far, as places in our inbox; without any we decline."""
    concern: str
    said: bool
    is_first: bool


class CloserStory(Fact, frozen=True):
    """What a team said when it was asked that, and how far it was so."""

    side: Side
    by: Side | None
    turn: int
    answered: int
    """0 where play ended before."""
    acts: tuple[ActFacts, ...]
    concern: str
    candour: int | None
    """0–1 in hundredths; None where it declined, or nothing had moved it."""


class PledgeFacts(Fact, frozen=True):
    """A public word that binds a team at home, or did."""

    side: Side
    pledge: Pledged
    act: ActFacts
    """The act that last bound it."""
    turn: int
    """The turn in which it was first given."""
    due: int
    """The turn at whose end its time has run."""
    stake: int | None
    """Points of standing that hang on it, hundredths; None where it is the other team's."""
    how: PledgeEnd | None = None
    """What became of it; None while it binds."""
    settled: int = 0
    """Turn in which that was."""


class CommitmentFacts(Fact, frozen=True):
    """A promise on the record."""

    id: str
    by: tuple[Side, ...]
    """Who gave it, or, where it binds both, who offered it."""
    bound: tuple[Side, ...]
    broken_by: tuple[Side, ...]
    kept_by: tuple[Side, ...] = ()
    """For whom its time has run, with nothing broken."""
    void_for: tuple[Side, ...] = ()
    """Whom it binds no longer, by what the other side did."""


class PrincipleFacts(Fact, frozen=True):
    """A sentence on the principles of crisis management that is before both sides, or stands between them."""

    number: int
    """Its place, from 1."""
    says: str
    put_by: Side
    """Who put the first words of it."""
    by: Side
    """Whose words these are."""
    stands: bool
    """Both accept them."""


class AskedFacts(Fact, frozen=True):
    """What a voice asks a team to decide."""

    inject: str
    title: Words
    voice: Words
    """Who asks."""
    at_home: bool
    """It is a voice of the team's own home."""
    answers: Mapping[str, Words]
    """What may be said."""
    may: tuple[str, ...]
    """What else can be done with a voice of one's own home."""
    otherwise: Words
    """What comes of a turn without an answer."""
    acts: Words | None
    """What the voice then does in public."""
    delays: int = 0
    """Turns that have passed without one."""
    is_first: bool = False
    """The team has been asked for no other before, nor for this one in an earlier turn."""


class NumberChange(NamedTuple):
    """A number that moved, from what to what."""

    meter: str
    of: str
    before: int
    after: int
    line: Words | None = None
    """The line whose pressure it is."""


class CitationFacts(Fact, frozen=True):
    """An instrument that a team has cited, by which it is bound."""

    side: Side
    id: str
    turn: int
    """Turn in which it first did."""
    broken: int = 0
    """Turn in which it acted against it; 0 while it has not."""
    returned: int = 0
    """Turn in which the other team cited it in its turn; 0 for never."""


class HomeFacts(Fact, frozen=True):
    """A hard voice at home, with what became of it, or an act that cost nothing there."""

    side: Side
    turn: int
    answer: str | None = None
    """None where it asks still, and where it is an act."""
    said: bool = False
    """The team answered it; else it spoke by itself."""
    spared: ActFacts | None = None
    ask: AskedFacts | None = None
    """What was asked, where it was a decision."""
    ended: int = 0
    """Turn in which that came to an end; 0 where it never did."""
    waited: bool = False
    """The voice was asked to wait."""
    followed: tuple[NumberChange, ...] = ()
    """What moved because of it."""


class AssetFacts(Fact, frozen=True):
    """A thing of a team's as it stands."""

    id: str
    is_so: tuple[str, ...] | None
    """What is true of it now; None for a seat that may not know."""
    seen: tuple[str, ...]
    """What is seen of it now."""


class AccountFacts(Fact, frozen=True):
    """One side's account of an exchange."""

    side: Side
    outcome: Literal["agreed", "talked", "disagreed"]
    tone: int
    text: str = ""


OwnFate: TypeAlias = Literal["said", "held-back", "too-low", "leaked", "delivered", "waiting", "unconfirmed", "lost"]
"""What became of an act of ours, as far as we can know; `held-back` was said in public and is held back by a rule."""
Fared: TypeAlias = Literal["late", "later", "too-low", "leaked", "lost", "waiting"]
"""How a channel served an act; nothing of it where that came in time and as it was sent."""
RequestStatus: TypeAlias = AnswerKind | Literal["silent", "open", "stands"]
"""What became of what an act asks: how it was answered, that no answer came, that one may still come, or that it stands
with nobody asked."""


class TrackFacts(Fact, frozen=True):
    """Where a track stands."""

    id: str
    value: int
    change: int
    """Since the turn began before this one; 0 once play is over."""


class NoteFacts(Fact, frozen=True):
    """What a seat wrote down."""

    turn: int
    text: str
    talk: int = 0
    """The talk of which it notes what was said, by its number; 0 for none."""


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
    state: Literal["quiet", "pressed", "near", "full", "concluded", "claimed", "crossed", "aside"]
    leads_to: str | None = None
    leads_to_says: Words | None = None
    claimable: bool = False
    """A reading can say that an act crossed it."""
    concluded: int = 0
    """Turn of the last conclusion that its owner drew on it; 0 if it drew none."""
    told: int = 0
    """Turn in which the other side was told of it since; 0 if it was not."""


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


class InstructionFacts(Fact, frozen=True):
    """What a team was told to come home with besides the rescue."""

    side: Side
    card: str
    """Empty for the rescue and nothing else."""
    says: Words
    met: bool | None
    """It has it; None without a card, or where nobody has looked."""


class BeliefFacts(Fact, frozen=True):
    """How likely a team held it, turn by turn, that the other is here for more than the rescue, and what was so.

    It is laid against the card that the other was dealt.
    """

    side: Side
    """Who believed it."""
    said: tuple[tuple[int, int], ...]
    """The turn after which, and the chance in percent, in order."""
    came: bool


class OutcomeFacts(Fact, frozen=True):
    """What became of the people whom a track counts."""

    lost: int
    """Tenths of those at risk."""
    withheld: tuple[Side, ...]
    """Teams that refused help, left an offer of it unanswered, or blocked it."""
