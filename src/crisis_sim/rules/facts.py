"""The facts that conditions are tried against.

Rules read these names and nothing else, so that packs survive changes of the engine: the engine fills in a `Facts` for
the act or moment at hand, and compiled conditions read it. Counts, turns, hours, percents and hostility are plain ints;
tension, trust, standing, tracks and pressure are hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Final, TypeVar

from msgspec import UNSET, Struct, UnsetType

from crisis_sim.rules.names import (
    AnswerKind,
    Audience,
    Backing,
    Level,
    Outcome,
    Purpose,
    Side,
    Taker,
    Track,
    Truth,
    Visibility,
)

T = TypeVar("T")


def value_or_none(value: T | UnsetType) -> T | None:
    """What was said where it was asked; None where it was not."""
    return None if isinstance(value, UnsetType) else value


class Act(Struct, frozen=True, kw_only=True):
    """One act as the record keeps it: who sent what, when, how, and how it arrived."""

    side: Side
    turn: int
    hour: int
    order: int
    """Place in the sender's own list of that turn, from 1."""
    move: str
    channel: str
    channel_kind: str
    track: Track
    level: Level
    visibility: Visibility
    terms: tuple[str, ...] = ()
    promise: str | None = None
    about: str | None = None
    """The channel it is about."""
    answer: AnswerKind | None = None
    answers: tuple[Side, int, int] | None = None
    """Side, turn and order of the act it answers."""
    intent: int | None = 0
    """−3 … +3; None where nobody meant anything by it, since the harness of a model made it."""
    expected: int | UnsetType = UNSET
    """How its sender expected it to be taken, −3 … +3; unset where that was not asked."""
    audience: Audience | UnsetType = UNSET
    """Whom its sender mainly meant it for, where it is public; unset for what is private or was not asked."""
    outcome: Outcome = "in-time"
    line: str | UnsetType = UNSET
    """The line of its sender's own that it names."""
    asset: str | UnsetType = UNSET
    """The thing of its sender's that it is made with. Those of its terms that belong to things are as it was seen."""
    taker: Taker | UnsetType = UNSET
    """Who takes the call or goes to the meeting that it agrees to."""
    unseen: tuple[str, ...] | UnsetType = UNSET
    """Terms that were true of the thing and were not seen; no condition reads them."""
    purpose: Purpose | UnsetType = UNSET
    """What its sender wants of the call that it asks for or takes, and what it thinks that the other side wants; no
    condition reads it."""
    their_purpose: Purpose | UnsetType = UNSET
    cites: str | UnsetType = UNSET
    """The instrument that it cites."""
    mistaken: tuple[str, ...] | UnsetType = UNSET
    """Terms that were seen of the thing and were not true; no condition tells them from the others."""

    discloses: str | UnsetType = UNSET
    """The private fact of its sender's that it tells, in whatever way."""
    backed: Backing | UnsetType = UNSET
    """How that is told."""
    truth: Truth | UnsetType = UNSET
    """Whether that is told whole; no condition reads it."""

    @property
    def key(self) -> tuple[Side, int, int]:
        """What names an act in a session: side, turn, order."""
        return (self.side, self.turn, self.order)

    @property
    def is_public(self) -> bool:
        """Once it arrives, everybody hears it: it was said in public, or it leaked."""
        return self.visibility == "public" or self.outcome == "leaked"


class Pressing(Struct, frozen=True):
    """One pressing of a line."""

    line: str
    by: Side
    turn: int


WORKED_OUT: Final = frozenset(
    {
        "blind_dilemma",
        "called_for",
        "decided",
        "disclosed",
        "excused",
        "first_of_turn",
        "mends",
        "provocation",
        "stands",
        "time_left",
        "unreturned",
    }
)
"""Facts that cost something to work out, so that they are read last and only where the answer hangs on them."""


class Facts:
    """Everything that a condition may ask, for one act or moment. Built fresh for each; read only."""

    act: Act | None
    """The act at hand, if there is one."""
    answered: Act | None
    """The act that it answers."""
    reading: int | None
    """The receiver's sealed reading of it, −3 … +3."""
    sender: Side
    receiver: Side
    turn: int
    hour: int
    record: tuple[Act, ...]
    """Every act that has reached the other side, this turn's included, by turn and hour; in a turn US acts come first.
    What never arrived is no part of it, or a team's own pressure would tell of the other's lost messages."""
    provocation: int
    """Class of the receiver's worst act that reached the sender in this turn or the two before; 0 for none."""
    first_of_turn: bool
    """The sender has not made the move of the act at hand before in this turn's list."""
    mends: bool
    """The act at hand speaks to a concern that an act of its sender or an inject pressed in the last two turns."""
    called_for: bool
    """An inject of the last two turns calls for the act at hand."""
    excused: bool
    """An inject of the last two turns gives the sender something to point to at home."""
    stands: bool
    """The act at hand stands as accepted with nobody asked."""
    unreturned: int
    """Turns in a row in which the sender of the act at hand, which asks for something, had asked and was not answered,
    though it could have been; 0 for an act that asks for nothing."""
    channel_readiness: int
    """Readiness of the channel of the act at hand, 0–100."""
    truths: dict[tuple[str, Side | None], int]
    """Named facts that are true, with the hour since which they have been."""
    in_force: frozenset[tuple[str, Side]]
    """Commitments that bind a side."""
    broken: frozenset[tuple[str, Side]]
    breached: frozenset[tuple[str, Side]]
    """The one that the act at hand breaks, in what is tried on a breach."""
    kept: frozenset[tuple[str, Side]]
    """Commitments in force for at least one whole turn and not broken."""
    pledged: frozenset[tuple[str, Side]]
    """Kinds of public word that bind a side at home."""
    due: str | None
    """The kind of the pledge whose time has run, for rules on due."""
    crossed: frozenset[str]
    """Ids of red lines that have been crossed, as `side/line`."""
    concluded: frozenset[str]
    """Pink lines, as `side/line`, whose owners have drawn a conclusion and have not been drawn back from it."""
    pressure: dict[str, int]
    """Pressure by `side/line`, hundredths."""
    line: str | None
    """The line being pressed, for rules on press."""
    presses: Sequence[Pressing]
    """Pressings of earlier turns, oldest first."""
    tracks: dict[str, int]
    readiness: dict[str, int]
    tension: int
    trust: tuple[int, int]
    standing: tuple[int, int]
    time_left: int
    """Percent left of the tightest clock; 100 when none runs."""
    injects: Set[str]
    """Delivered injects."""
    assets: frozenset[str]
    """Assets that turned out to be more, or less, than they were seen as, as `id/more` and `id/less`."""
    decided: frozenset[str]
    """How decisions fell, as `id/answer`; `id/` for each that was answered, `id/delayed` for each that was late."""
    disclosed: frozenset[tuple[str, Side]]
    """What has been told of private facts, for each way in which a condition may ask for it, with who told it."""
    opening_mismatch: bool
    """The two teams' opening styles differ."""
    blind_dilemma: bool
    readouts: str | None
    luck: Callable[[str], int]
    """0–99 for a purpose; the same in the same session."""

    __slots__ = tuple(__annotations__)
