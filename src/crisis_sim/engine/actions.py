"""Actions: what a seat may ask for. Imperative, sealed in the log with what followed, and refusable.

An action names things as its seat sees them: a team's own acts by their place in its draft list, what reached it by its
place in its inbox. Nothing here carries a number that counts the other side's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from crisis_sim.engine.table_actions import *  # noqa: F403 – actions are all read here
from crisis_sim.engine.table_actions import Action
from crisis_sim.rules.names import (
    AnswerKind,
    Audience,
    Backing,
    DecisionAnswer,
    Purpose,
    Side,
    Taker,
    Truth,
    Visibility,
)

SeatName: TypeAlias = Literal["facilitator", "us", "china", "observer"]
SEATS: tuple[SeatName, ...] = ("facilitator", "us", "china", "observer")
AGENT: Final = "agent"
"""The bot of a team that a program plays, a language model too; it can be written to."""

Topic: TypeAlias = Literal["session", "act", "question", "change", "talk"]
"""What a note of the room is about: the session, an act, a question, or the one thing that somebody would change."""

LONGEST_TEXT = 4_000
"""Characters in one text of a player."""


class Draft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A move as it is composed: what, how, what is meant by it, and what it is expected to be taken for."""

    move: str
    channel: str
    visibility: Visibility = "private"
    text: str = ""
    intent: int | None = 0
    """How hostile we mean it to be, −3 friendly … +3 hostile; None where the harness of a model made it: nobody meant
    anything by it."""
    expected: int | UnsetType = UNSET
    """How hostile we expect them to take it to be, on the same scale; unset where the harness of a model made it."""
    audience: Audience | UnsetType = UNSET
    """Whom it is mainly meant for, where it is public; unset for what is private."""
    terms: tuple[str, ...] = ()
    promise: str | None = None
    about: str | None = None
    """The channel it is about, for moves that need one."""
    asset: str | UnsetType = UNSET
    """The thing of ours that it is made with, for moves that use one."""
    answers: int | None = None
    """Number of the request in our inbox that it answers."""
    how: AnswerKind | None = None
    """How it answers: accept, decline, counter, holding."""
    taker: Taker | UnsetType = UNSET
    """Who takes the call or goes to the meeting that it agrees to, where teams say so."""
    purpose: Purpose | UnsetType = UNSET
    """What we want of the call that it asks for or takes, where that is asked."""
    their_purpose: Purpose | UnsetType = UNSET
    """What we think that the other side wants of it."""
    line: str | UnsetType = UNSET
    """The line of our own that it names, for moves that tell of one."""
    discloses: str | UnsetType = UNSET
    """The private fact of ours that it tells."""
    backed: Backing | UnsetType = UNSET
    """What stands behind what it tells of that."""
    truth: Truth | UnsetType = UNSET
    """Whether it tells that whole; sealed like the intent."""
    cites: str | UnsetType = UNSET
    """The instrument that it cites."""


def as_meant(action: Action, draft: Draft) -> Draft:
    """The draft of an action, with nothing meant by it where the harness of a model made it."""
    return draft if action.made_by is UNSET else replace(draft, intent=None, expected=UNSET, audience=UNSET)


def own_moves(drafts: Iterable[Draft]) -> int:
    """Moves of a list that count towards a turn's most: what answers a request comes on top."""
    return sum([draft.answers is None for draft in drafts])


def count_moves(drafts: Iterable[Draft]) -> int:
    """Moves of a list that count towards a turn's least: a holding note is none."""
    return sum([draft.how != "holding" for draft in drafts])


class TakeSeat(Action, frozen=True, tag="take-seat"):
    """Say who sits here: a person, or a bot with its policy."""

    occupant: Literal["person", "bot"]
    policy: str | None = None


class SealMove(Action, frozen=True, tag="seal-move"):
    """Put a move on this turn's list."""

    draft: Draft


class ReviseMove(Action, frozen=True, tag="revise-move"):
    """Replace a move on this turn's list, by its place from 1."""

    number: int
    draft: Draft


class WithdrawMove(Action, frozen=True, tag="withdraw-move"):
    """Take a move off this turn's list, by its place from 1."""

    number: int


class StaySilent(Action, frozen=True, tag="stay-silent"):
    """Give a request no answer, by its place in our inbox; until we commit it can still be answered."""

    request: int


class AnswerDecision(Action, frozen=True, tag="answer-conclusion", rename={"asked": "line"}):
    """What we do with a conclusion, a hard voice or a decision; until we commit it can be said again.

    Logs have it under the name of the first of them, and what asks as its line.
    """

    asked: str
    """The pink line that it was drawn on; empty for the hard voice; `inject/` and an inject's id for a decision."""
    answer: DecisionAnswer


class AskCloser(Action, frozen=True, tag="ask-closer"):
    """Ask with these moves which of our acts moved them closer, and to what; until we commit it can be taken back."""

    channel: str
    """A channel for private words; empty takes it back."""


class AnswerCloser(Action, frozen=True, tag="answer-closer"):
    """Which of their acts moved us closer, and to what; it may be untrue, and can be said again until we commit."""

    acts: tuple[int, ...]
    """Places in our inbox, two at most; without any we decline to say."""
    concern: str


class SayInCall(Action, frozen=True, tag="say-in-call"):
    """Say something in a call or meeting that is held, by its place in our list of exchanges, from 1; both hear it."""

    exchange: int
    text: str


class SealReadout(Action, frozen=True, tag="seal-readout"):
    """Our published account of a private exchange, by its place in our list of exchanges, from 1."""

    exchange: int
    outcome: Literal["agreed", "talked", "disagreed"]
    tone: int
    """−3 friendly … +3 hostile."""
    text: str = ""


class CommitMoves(Action, frozen=True, tag="commit-moves"):
    """Our moves of this turn are final."""


class SealReading(Action, frozen=True, tag="seal-reading"):
    """How we take what reached us, by its place in our inbox."""

    item: int
    hostility: int
    """−3 friendly … +3 hostile."""
    confidence: int
    """1 a guess … 4 certain."""
    touches: str | None = None
    """A line of ours that it touches."""
    crosses: bool | UnsetType = UNSET
    """That line, a red one that we wrote at the table, we hold crossed by it."""
    audience: Audience | UnsetType = UNSET
    """Whom we take it to be mainly meant for, where it is public."""


class CommitReadings(Action, frozen=True, tag="commit-readings"):
    """Our readings of this turn are final; what we skipped stays unread."""


class SealForecast(Action, frozen=True, tag="seal-forecast"):
    """The chance, in percent, that something happens in the next turn."""

    forecast: str
    chance: int


class CommitForecasts(Action, frozen=True, tag="commit-forecasts"):
    """Our forecasts for the next turn are final."""


# the facilitator


class Advance(Action, frozen=True, tag="advance"):
    """Go on to the next phase; what a team has not committed is taken as it stands."""


class ReleaseInject(Action, frozen=True, tag="release-inject"):
    """Deliver an inject now, whatever its hour or condition."""

    inject: str


class HoldInject(Action, frozen=True, tag="hold-inject"):
    """Keep an inject back until it is released."""

    inject: str


class SkipInject(Action, frozen=True, tag="skip-inject"):
    """Strike an inject from this session."""

    inject: str


class Improvise(Action, frozen=True, tag="improvise"):
    """Deliver words that are in no plan."""

    to: Literal["us", "china", "both"]
    text: str
    text_china: str | None = None
    """Other words for China, when both receive it."""


class Override(Action, frozen=True, tag="override"):
    """Set a number by hand, with a reason that goes on the record."""

    meter: Literal["tension", "felt", "trust", "standing", "expectation", "pressure", "readiness", "track"]
    of: str
    """A side for felt, trust, standing, expectation; `side/line` for pressure; an id for readiness and track."""
    to: int
    """Hundredths; percent for readiness."""
    reason: str


class TakeNote(Action, frozen=True, tag="take-note", omit_defaults=True):
    """Write something down for the debrief; any seat may.

    A note about nothing in particular is its seat's own. In the hotwash one can be about something, for the whole room.
    What a team notes of a talk is sealed until then.
    """

    text: str
    about: Topic | None = None
    of: str = ""
    """`side/turn/place` of an act, from 1; a question's place in the scenario, from 1; the seat whose change it is; the
    number of a talk, from 1."""
    replaces: int | None = None
    """Number of the note of ours, from 1, in whose place this stands; without text it strikes that one out."""


class Bookmark(Action, frozen=True, tag="bookmark"):
    """Mark this place in the log."""

    label: str


class Pause(Action, frozen=True, tag="pause"):
    """Stop the clock and the table."""


class Unpause(Action, frozen=True, tag="unpause"):
    """Go on where we paused."""


class Extend(Action, frozen=True, tag="extend"):
    """Give this turn more minutes."""

    minutes: int


class DeclareCrossing(Action, frozen=True, tag="declare-crossing"):
    """Put on record, for both teams, that a red line was crossed, as its team claims or a rule proposes."""

    side: Side
    """Whose line."""
    line: str
    reason: str


class RollBack(Action, frozen=True, tag="roll-back"):
    """Note that play goes on from the start of an earlier turn, in a branch; this log stays as it is."""

    turn: int
    child: str
    """Session id of the branch."""


class ShortenLog(Action, frozen=True, tag="shorten-log"):
    """Go on in a log that ends before where it once ended. Asked for by whatever opens logs, and by no seat."""

    had: int
    """Number of the last entry that was acknowledged."""
    has: int
    """Number of the last entry that is there; not less than `had` where another stands in that one's place."""
    had_bytes: int | None
    """Bytes of the log up to the end of the entry `had`; None where nobody noted them."""
    has_bytes: int
    """Bytes of the log up to the end of the entry `has`."""
    torn: int
    """Bytes behind it that were cut off: an entry that was never completely written."""
    hash: str | None
    """Hash of the entry `had` as it was acknowledged; None where nothing acknowledged is lost."""


class Reveal(Action, frozen=True, tag="reveal"):
    """Show both teams what one act meant and how it was read, during play."""

    side: Side
    turn: int
    order: int


class HoldMirror(Action, frozen=True, tag="hold-mirror"):
    """Say to both teams that in this turn each meant its own acts kindly and took the other's as hostile."""


class PutQuestion(Action, frozen=True, tag="put-question"):
    """Ask each team which of the other's acts moved it closer, and to what; both answer with their next moves."""


if TYPE_CHECKING:
    AnyAction: TypeAlias = Action
else:
    AnyAction = reduce(or_, Action.__subclasses__())  # each kind by its tag, as logs and lines are read
