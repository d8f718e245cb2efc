"""What a feed tells, item by item, as facts: what happened as one seat learned of it."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Literal, TypeAlias

from crisis_sim.engine.views.shared_facts import AccountFacts, ActFacts, Fact, OwnFate, RequestStatus
from crisis_sim.rules.names import (
    Audience,
    ConclusionAnswer,
    Pledged,
    PledgeEnd,
    PromiseEnd,
    Side,
    TrackNumbers,
    Truth,
    VoiceAnswer,
    Words,
)


class FeedItem(Fact, frozen=True, tag_field="kind"):
    """One thing that happened."""

    turn: int
    hour: int


class SituationItem(FeedItem, frozen=True, tag="situation"):
    """An inject, or words of the white cell's own."""

    texts: tuple[tuple[Side | None, Words], ...]
    """The words, and whom they reached where the two teams were told different ones."""
    title: Words | None = None
    """None where the white cell improvised."""
    numbers: TrackNumbers | None = None
    """Where the tracks stood that the words name in braces; None for words in which a brace is a brace."""
    voice: Words | None = None
    """Who speaks, where somebody does."""


class OwnActItem(FeedItem, frozen=True, tag="own-act"):
    """An act of ours, with what became of it as far as we can know."""

    act: ActFacts
    intent: int | None
    """None where nobody meant anything by it."""
    expected: int | None
    """How we expected it to be taken; None where that was not asked."""
    audience: Audience | None
    """Whom we mainly meant it for; None for what is private."""
    fate: OwnFate
    due_hour: int
    """Game hour by which it should have arrived."""
    asked: RequestStatus | None = None
    """What became of what it asks; None where it asks nothing."""
    answer_due: int = 0
    """Game hour by which an answer is due."""
    truth: Truth | None = None
    """Whether it tells whole what we alone know; None where it tells nothing of that."""


class ActItem(FeedItem, frozen=True, tag="act"):
    """An act that arrived, and how its receiver read it where that is the reader's own."""

    act: ActFacts
    leaked: bool = False
    late: int = 0
    """Hours from sending to arrival, where it arrived in a later turn."""
    hostility: int | None = None
    confidence: int | None = None
    audience: Audience | None = None
    """Whom we took it to be mainly meant for, where that is the reader's own."""


class SilenceItem(FeedItem, frozen=True, tag="silence"):
    """A request that met with silence."""

    act: ActFacts
    asked_hour: int


class ExchangeItem(FeedItem, frozen=True, tag="exchange"):
    """A call or meeting that took place."""

    act: ActFacts
    """What asked for it."""
    said: tuple[tuple[Side, str, str], ...] = ()
    """What was said in it, by whom, where they wrote to each other."""
    ended: bool = False
    """One side has ended it, where they wrote to each other."""


class TalkItem(FeedItem, frozen=True, tag="talk"):
    """A call or meeting took place, as it is known outside: that it did, and no more."""


class ReadoutsItem(FeedItem, frozen=True, tag="readouts"):
    """Both published accounts of an exchange, compared."""

    result: Literal["match", "differ", "one-sided"]
    by: Side | None
    """The side that alone gave one."""
    accounts: tuple[AccountFacts, ...]


class PromiseItem(FeedItem, frozen=True, tag="promise"):
    """A promise that went on the record, was broken, or binds no longer."""

    commitment: str
    sides: tuple[Side, ...]
    """Who is bound by it, who broke it, or who was bound by it."""
    broken: bool = False
    ended: PromiseEnd | None = None


class PledgeItem(FeedItem, frozen=True, tag="pledge"):
    """A public word that binds a team at home, or what became of it."""

    side: Side
    pledge: Pledged
    act: ActFacts
    """The act that bound it."""
    how: PledgeEnd | None = None
    """What became of it; None where it was given."""
    why: Words | None = None
    """The reason, for its own team and who sees both."""
    stake: int = 0
    """Points of standing that hang on it, hundredths, where it was given."""
    due: int = 0


class CitationItem(FeedItem, frozen=True, tag="citation"):
    """An instrument that a team has cited, or has acted against after it had."""

    side: Side
    instrument: str
    broken: bool = False
    returned: bool = False
    """The other team had cited it before."""


class VoiceItem(FeedItem, frozen=True, tag="voice"):
    """A hard voice at home: that it asks, or what became of it."""

    side: Side
    answer: VoiceAnswer | None = None
    """None where it asks."""
    said: bool = False
    """Its team did so; else it spoke by itself. Nobody abroad can tell."""


class DecisionItem(FeedItem, frozen=True, tag="decision"):
    """What became of a decision, or what a voice does in public."""

    side: Side | None
    """The team that was asked; None for who only hears what the voice does."""
    how: str
    """`answered`, `delayed`, `speak`, `wait`, `pass`, `unanswered`, or `heard` for who only hears."""
    voice: Words
    words: Words
    """The answer, what comes of none, or what the voice does."""


class SparedItem(FeedItem, frozen=True, tag="spared"):
    """An act of a team that stands high at home and cost it nothing there."""

    side: Side
    act: ActFacts


class ChannelItem(FeedItem, frozen=True, tag="channel"):
    """A channel suspended, about to reopen, or open again."""

    channel: str
    change: Literal["suspended", "reopening", "reopened"]
    by: Side | None = None
    """The team that suspended it; None where none did."""


class MarkItem(FeedItem, frozen=True, tag="mark"):
    """A track that came to one of its marks."""

    track: str
    says: Words
    by: Literal["conduct", "time", "end"] = "conduct"
    """What brought it there: what was done, the hours before its turn, or those from the last turn to the end."""


class TrackItem(FeedItem, frozen=True, tag="track"):
    """A track that conduct has moved, with what its author says of it."""

    track: str
    before: int
    after: int
    says: Words


class LineItem(FeedItem, frozen=True, tag="line"):
    """A line of our own that was crossed or came near its limit."""

    line: Words
    crossed: bool
    says: Words | None = None
    """What the scenario says of its crossing."""


class ClaimItem(FeedItem, frozen=True, tag="claim"):
    """A red line of our own, written at the table, that we hold crossed."""

    line: Words
    act: ActFacts


class DeclaredItem(FeedItem, frozen=True, tag="declared"):
    """A red line of which the facilitator has put on record that it was crossed."""

    side: Side
    """Whose line."""
    line: Words
    act: ActFacts | None


class ConclusionItem(FeedItem, frozen=True, tag="conclusion"):
    """A pink line of our own that is full, and what we now believe."""

    line: Words
    leads_to: Words
    """The red line that we believe they are coming for."""
    again: bool = False
    """We have drawn this conclusion before."""
    act: ActFacts | None = None
    """Their act that filled the line; None where a hand or an inject did."""
    alert: bool = False
    """From here on acts are heard otherwise on this line."""


class AnswerItem(FeedItem, frozen=True, tag="answer"):
    """What we do with a conclusion of our own."""

    line: Words
    leads_to: Words
    answer: ConclusionAnswer
    said: bool
    """We said so; else we hold because we said nothing."""


class FurtherFromItem(FeedItem, frozen=True, tag="further-from"):
    """A conclusion of our own that we have been drawn back from."""

    line: Words
    leads_to: Words
    trust: int = 0
    """What it gave back of our trust, hundredths."""


class CallItem(FeedItem, frozen=True, tag="call"):
    """A call or meeting that home has heard of, and whether anything came of it."""

    act: ActFacts
    """What asked for it."""
    since: int
    """Turn in which it was held."""
    came: bool


class AssetItem(FeedItem, frozen=True, tag="asset"):
    """A thing that turned out to be more, or less, than it was seen as."""

    side: Side
    """Whose."""
    asset: str
    terms: tuple[str, ...]
    """What it turned out to be, or not to be."""
    is_more: bool


class CameOutItem(FeedItem, frozen=True, tag="came-out"):
    """A private fact that had been told in part or falsely, and has come out."""

    side: Side
    """Whose."""
    truth: Truth
    told: Words
    """What had been said."""
    whole: Words
    """What is so."""
    owned: bool
    """Its own team has told it."""


class MirrorItem(FeedItem, frozen=True, tag="mirror"):
    """The facilitator said to both teams that each meant well and took the other as hostile."""


class CloserItem(FeedItem, frozen=True, tag="closer"):
    """A team was asked which acts of the other side moved it closer, or what it says to that."""

    side: Side
    """Who is asked."""
    by: Side | None = None
    """Who asks; None for the facilitator."""
    channel: str = ""
    answered: bool = False
    acts: tuple[ActFacts, ...] = ()
    """Empty where it declined."""
    concern: str = ""


class RevealedItem(FeedItem, frozen=True, tag="revealed"):
    """An act whose meaning and reading the facilitator has shown to both teams."""

    act: ActFacts
    intent: int | None
    expected: int | None
    hostility: int | None
    audience: Audience | None = None
    taken_for: Audience | None = None


if TYPE_CHECKING:
    AnyFeedItem: TypeAlias = FeedItem
else:
    AnyFeedItem = reduce(or_, FeedItem.__subclasses__())  # each kind by its tag, as a client reads them
