"""What is opened after play, as facts: meanings, lines and guesses, channels, contact, the third party, notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from crisis_sim.engine.actions import SeatName, Topic
from crisis_sim.engine.views.dossier import TrackEntry
from crisis_sim.engine.views.shared_facts import (
    AccountFacts,
    ActFacts,
    BeliefFacts,
    CallFacts,
    CitationFacts,
    CloserStory,
    Fact,
    Fared,
    ForecastScoreFacts,
    GuessFacts,
    HomeFacts,
    InstructionFacts,
    LineFacts,
    OutcomeFacts,
    PledgeFacts,
    PrincipleFacts,
    ScoreFacts,
)
from crisis_sim.rules.names import AnswerKind, Audience, Backing, ConclusionAnswer, Side, Truth, Visibility, Words


class ChannelUse(Fact, frozen=True):
    """What went over a channel, how it served, and how its shape changed."""

    id: str
    us: int
    """Acts that the US sent over it."""
    china: int
    late: int
    """Arrived in a later turn than they were sent in, or were on their way when the log ended."""
    lost: int
    """Not taken up."""
    too_low: int
    """Taken by somebody who binds nobody, by luck or because their side said so."""
    leaked: int
    start: int
    """Readiness at the start, 0–100."""
    end: int


class Contact(Fact, frozen=True):
    """How one side sought contact, and what became of what it asked."""

    side: Side
    first_contact: int | None
    """Game hour at which a private act of its first reached the other side; None if none did."""
    private_before_public: int
    """Private acts that it had sent before its first public one and that had reached the other side by that turn."""
    public: int
    """Public acts."""
    private: int
    asked: int
    """Requests that it made."""
    taken: int
    """Of those: accepted."""
    refused: int
    countered: int
    unanswered: int
    """Reached the other side, which sent no answer in time, whether or not one came later."""
    unheard: int
    """Met with a silence that nobody kept: the request or the answer to it had not arrived in time."""
    answered_late: int
    """Of those two: taken, refused or countered later, and so counted twice."""
    still_open: int
    """Neither answered nor past their time at the end."""
    stood: int = 0
    """Of what was taken: stood as accepted with nobody asked, under principles that both had accepted."""


class ReplyFacts(Fact, frozen=True):
    """What came of what an act asked: an answer, that none came in time, or an account of the exchange."""

    act: ActFacts | None = None
    how: AnswerKind | None = None
    account: AccountFacts | None = None


class PairFacts(Fact, frozen=True):
    """An act as it was meant, as its sender expected it to be taken, and as it was read; each was sealed."""

    side: Side
    turn: int
    order: int
    act: ActFacts
    """As it was sent."""
    intent: int | None
    """None where nobody meant anything by it: the harness of a model made it."""
    expected: int | None
    """None where that was not asked."""
    audience: Audience | None
    """Whom it was mainly meant for; None for what is private, or where that was not asked."""
    taken_for: Audience | None
    """Whom its reader took it to be mainly meant for."""
    reading: int | None
    confidence: int | None
    gap: int | None
    """Reading minus intent: positive, taken as more hostile than it was meant."""
    unforeseen: int | None
    """Reading minus expected: the part of the gap that its sender did not see coming."""
    foreseen: int | None
    """Expected minus intent: the part that it did; None where the act was not read, or nothing was asked."""
    arrived: int
    """Turn in which it arrived; 0 if it never did."""
    hours: int = 0
    """From sending to arrival, where it arrived in a later turn."""
    fared: tuple[Fared, ...] = ()
    seen: Words | None = None
    """What the receiver saw of it, where that was something else."""
    touched: Words | None = None
    """The receiver's line that it touched, as the receiver said."""
    translated: bool = False
    """Its words had a translation when they were read."""
    replies: tuple[ReplyFacts, ...] = ()

    @property
    def is_crossed(self) -> bool:
        """Words meant for home were taken to be meant for the other side."""
        return (self.audience, self.taken_for) == ("home", "them")


class SpreadFacts(Fact, frozen=True):
    """How the persons of the team that an act reached took it, each alone and before the team sealed its reading."""

    act: str
    """`side/turn/place` of the act."""
    said: tuple[tuple[int, str], ...]
    """What each said, the friendliest first, and the label of whoever did; no label outside the team."""


class LineComparisonFacts(Fact, frozen=True):
    """One team's lines beside the other's guesses of them."""

    side: Side
    lines: tuple[LineFacts, ...]
    guesses_before: tuple[GuessFacts, ...]
    guesses_after: tuple[GuessFacts, ...]
    matched_before: tuple[tuple[str, int], ...] = ()
    """Ids of lines that were guessed, each with the number of the guess."""
    matched_after: tuple[tuple[str, int], ...] = ()


class OrderFacts(Fact, frozen=True):
    """How one team orders offences, beside how the other thought that it does."""

    side: Side
    order: tuple[str, ...]
    """Its own, the gravest first; empty where it gave none."""
    guessed_before: tuple[str, ...]
    """The other team's guess, before play and after it; empty where it made none."""
    guessed_after: tuple[str, ...]
    tau_before: int | None
    """Kendall's tau of guess and truth in hundredths, −100 the reverse … 100 the same; None where one is missing."""
    tau_after: int | None


class QuestionFacts(Fact, frozen=True):
    """A question of the scenario's for the hotwash."""

    ask: Words
    about: str
    """What of the record it is about."""
    recalls: tuple[Words, ...]
    """What it brings back to mind, as far as that happened."""


class CourseFacts(Fact, frozen=True):
    """A track from start to end."""

    id: str
    start: int
    end: int
    way: Literal["better", "worse", "same", "ran-out", "ran-down"]
    """A clock ran out, or ran down and did not run out."""
    marks: tuple[tuple[int, Words], ...]
    """What came to pass, each with its hour."""
    outcome: OutcomeFacts | None = None
    """What became of the people whom it counts, where it counts any."""
    own: TrackEntry | None = None
    """What it is, of a track that was one team's: until now the other knew nothing of it."""


class SilenceFacts(Fact, frozen=True):
    """A request that met with silence, and what became of it: the truth that neither room knew."""

    act: ActFacts
    turn: int
    fate: Literal["lost", "late", "later", "had", "held", "replied"]
    arrived: int
    """Turn in which it arrived; 0 if it never did."""


class CrossingFacts(Fact, frozen=True):
    """A red line that was crossed, or a pink one that came near its limit."""

    side: Side
    turn: int
    line: Words
    act: ActFacts | None = None
    """The act that crossed it; None where none did."""
    is_declared: bool = False
    """The facilitator declared it."""


class ConclusionFacts(Fact, frozen=True):
    """A conclusion that a team drew when a pink line of its own was full."""

    side: Side
    turn: int
    line: Words
    leads_to: Words
    """The red line that it believed the other side to be coming for."""
    drawn_back: int = 0
    """Turn in which it was drawn back from it; 0 if it never was."""
    act: ActFacts | None = None
    """The act that filled the line; None where a hand or an inject did."""
    answer: ConclusionAnswer | None = None
    """What its team did with it; None if nobody asked it."""
    said: bool = True
    """Its team said so; else it held because it said nothing."""


class LineDisclosureFacts(Fact, frozen=True):
    """A line that a team told the other side of."""

    side: Side
    turn: int
    line: Words
    visibility: Visibility
    arrived: bool
    is_bluff: bool
    """It had not concluded so."""


class AssetStory(Fact, frozen=True):
    """An act that was made with a thing: what that was, what it was seen as, and when the difference came out."""

    side: Side
    turn: int
    order: int
    asset: str
    move: str
    unseen: tuple[str, ...] = ()
    """What was true of it and not seen."""
    out: int = 0
    """Turn in which that was found out; 0 if it never was."""
    at_close: bool = False
    """It was found out only at the close."""
    mistaken: tuple[str, ...] = ()
    """What was seen of it and not true."""
    cleared: int = 0
    """Turn in which that was cleared up; 0 if it never was."""


class DisclosureStory(Fact, frozen=True):
    """An act by which a private fact was told."""

    turn: int
    order: int
    move: str
    public: bool
    backed: Backing
    truth: Truth
    arrived: int
    """Turn in which it did; 0 if it never has."""
    out: int = 0
    """Turn in which it came out that it was not told whole; 0 if it never did."""
    owned: bool = False
    """Its own team told the whole."""
    at_close: bool = False
    """It came out only at the close."""


class PrivateFactStory(Fact, frozen=True):
    """What a team alone knew, and how it told or kept it; its own view leaves name and words to the dossier."""

    side: Side
    id: str
    name: Words = {}
    words: Mapping[Truth, Words] = {}
    told: tuple[DisclosureStory, ...] = ()
    is_timely: bool = False
    """Told now it would meet something: an inject calls for it, or what it speaks to has been touched of late."""


class FlagFacts(Fact, frozen=True):
    """What a rule has flagged."""

    turn: int
    flag: str
    says: Words | None
    """The rule's sentence; None where the rule is not known."""


class ExchangeResult(Fact, frozen=True):
    """How the two accounts of an exchange compare."""

    result: Literal["match", "differ", "one-sided"]
    by: Side
    """The side that alone gave one, where one did."""
    accounts: tuple[AccountFacts, ...]


class TalkFacts(Fact, frozen=True):
    """A call or meeting as each side noted it: sealed from the other until then."""

    turn: int
    act: ActFacts
    """What asked for it."""
    notes: Mapping[Side, tuple[str, ...]]
    """In the order in which they were taken."""
    said: tuple[tuple[Side, str, str], ...]
    """What was written in it: who, what, and a translation or nothing."""


class RoomNote(Fact, frozen=True):
    """What somebody in the room said, as it was noted."""

    seat: SeatName
    """Whoever typed it, and alone may change it."""
    number: int
    about: Topic
    of: str
    """`side/turn/place` of an act, a question's place from 1, the seat whose change it is."""
    text: str


class HotwashFacts(Fact, frozen=True):
    """What is opened after play."""

    pairs: tuple[PairFacts, ...]
    """What its sender had least foreseen first, then the largest gap."""
    mean_gap_us: int | None
    """How much more hostile than meant China took US acts, on average, in hundredths."""
    mean_gap_china: int | None
    unforeseen_us: int | None
    """How much more hostile than the US expected China took US acts, likewise; None where that was not asked."""
    unforeseen_china: int | None
    lines: tuple[LineComparisonFacts, ...]
    forecasts_us: tuple[ForecastScoreFacts, ...]
    forecasts_china: tuple[ForecastScoreFacts, ...]
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
    silences: tuple[SilenceFacts, ...]
    crossings: tuple[CrossingFacts, ...]
    claims: tuple[CrossingFacts, ...]
    """Lines that their teams held crossed, whether or not anybody declared it."""
    conclusions: tuple[ConclusionFacts, ...]
    tellings: tuple[LineDisclosureFacts, ...]
    near_misses: tuple[CrossingFacts, ...]
    pledges: tuple[PledgeFacts, ...]
    """Public words that bound teams at home."""
    flags: tuple[FlagFacts, ...]
    readouts: tuple[ExchangeResult, ...]
    score: ScoreFacts
    questions: tuple[QuestionFacts, ...]
    blind_turns: tuple[int, ...]
    """Turns in which each side meant its own acts as benign and took the other's as hostile."""
    channels: tuple[ChannelUse, ...]
    suspended: tuple[str, ...]
    """Channels that were suspended at the end."""
    contacts: tuple[Contact, ...]
    """The US, then China."""
    courses: tuple[CourseFacts, ...]
    """What it came to for the third party."""
    notes: tuple[RoomNote, ...]
    talks: tuple[TalkFacts, ...]
    """Those of which anything was noted or written, in the order of play."""
    """What the room has said so far."""
    orders: tuple[OrderFacts, ...] = ()
    principles: tuple[PrincipleFacts, ...] | None = None
    """Sentences on crisis management put once play was over; None where nobody was asked for them."""
    instructions: tuple[InstructionFacts, ...] = ()
    beliefs: tuple[BeliefFacts, ...] = ()
    """What teams said of each other's card; none where they were not asked or said nothing."""
    citations: tuple[CitationFacts, ...] = ()
    home: tuple[HomeFacts, ...] = ()
    """Hard voices at home, and acts that cost nothing there."""
    mirrored: tuple[int, ...] = ()
    """Turns in which the facilitator said so to both."""
    closer: tuple[CloserStory, ...] = ()
    calls: tuple[CallFacts, ...] = ()
    """Calls of which each side sealed what it wanted; none where nobody was asked."""
    assets: tuple[AssetStory, ...] = ()
    """Acts that were made with a thing, in the order in which they were sent."""
    private_facts: tuple[PrivateFactStory, ...] = ()
    spreads: tuple[SpreadFacts, ...] = ()
    """What persons of our own team said alone; of both for the facilitator."""
