"""The state of a session: everything that events have said so far, folded. Never stored; the log is.

Frozen all through: `crisis_sim.engine.apply` makes the next one. Dicts in it are never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Draft, SeatName
from crisis_sim.engine.inheritance import inherited_readiness, inherited_trust
from crisis_sim.engine.table_actions import HotwashPage
from crisis_sim.rules.facts import Act, Pressing
from crisis_sim.rules.names import SIDES, AnswerKind, Audience, DecisionAnswer, Pledged, PledgeEnd, PromiseEnd, Side

if TYPE_CHECKING:
    from crisis_sim.engine.table import GameTable


class TalkLine(NamedTuple):
    """Something that a side said in a call or meeting."""

    side: Side
    text: str
    translation: str = ""
    """What the facilitator has attached; empty for nothing."""


class Exchange(Struct, frozen=True):
    """A private exchange that was held."""

    request: e.ActKey
    answer: e.ActKey
    turn: int
    us: e.ReadoutSealed | None = None
    china: e.ReadoutSealed | None = None
    result: Literal["match", "differ", "one-sided"] | None = None
    closed: bool = False
    said: tuple[TalkLine, ...] = ()
    """In the order in which it was said."""
    ended: Side | None = None
    """Who ended it, where it was held in writing; None while nobody has."""

    @property
    def acts(self) -> tuple[e.ActKey, e.ActKey]:
        """What asked for it, and what agreed to it."""
        return self.request, self.answer


class Lead(Struct, frozen=True, omit_defaults=True):
    """Where the facilitator leads the hotwash, and what of it has been opened there; every seat sees it as it is."""

    page: HotwashPage
    act: str = ""
    """On the page of pairs the act, as actions name it; empty for the cover."""
    places: dict[HotwashPage, int] = {}
    """By page: where on it the room last was."""
    furthest: dict[HotwashPage, int] = {}
    """By page: the place up to which it has been opened."""
    acts: dict[str, int] = {}
    """By act: how far it has been opened."""
    everything: bool = False


class CloserQuestion(Struct, frozen=True):
    """A team was asked, and what it says."""

    side: Side
    turn: int
    by: Side | None
    """None for the facilitator."""
    acts: tuple[e.ActKey, ...] = ()
    """Empty where it declines."""
    concern: str = ""
    said: bool = False
    """It has said so, or that it declines."""
    answered: int = 0
    """The turn in which the other side was told; 0 while it has not been."""


class Promise(Struct, frozen=True):
    """A commitment that binds a side."""

    commitment: str
    side: Side
    act: e.ActKey
    turn: int
    broken: bool = False
    ended: PromiseEnd | None = None
    """How it came to bind no longer, with nothing broken."""

    @property
    def binds(self) -> bool:
        """It can still be kept or broken."""
        return not self.broken and self.ended is None


class Principle(Struct, frozen=True):
    """A sentence on the principles of crisis management, as it was put last."""

    says: str
    put_by: Side
    """Who put the first words of it."""
    by: Side
    """Whose words these are."""
    stands: bool = False
    """The other side accepts them."""


class Pledge(Struct, frozen=True):
    """A public word that binds a team at home."""

    side: Side
    pledge: Pledged
    act: e.ActKey
    """The act that last bound it."""
    stake: int
    due: int
    turn: int
    how: PledgeEnd | None = None
    """What became of it; None while it binds."""
    settled: int = 0
    """Turn in which that was."""

    def binds(self, side: Side, pledge: Pledged) -> bool:
        """It is of this side and kind, and still binds."""
        return self.how is None and self.side == side and self.pledge == pledge


class Passing(Struct, frozen=True):
    """A change of a team's standing that wears off."""

    side: str
    by: int
    turn: int
    until: int

    def left_at(self, turn: int) -> int:
        """What of it is left once a turn has opened; hundredths."""
        return self.by * max(0, self.until - turn) // (self.until - self.turn)


class Citation(Struct, frozen=True):
    """An instrument that a team has cited, by which it is bound."""

    side: Side
    instrument: str
    act: e.ActKey
    """The first act that cited it."""
    turn: int
    """Turn in which that arrived."""
    broken: int = 0
    """Turn in which its team acted against it; 0 while it has not."""


class Voice(Struct, frozen=True):
    """A voice that asked a team to be answered: a hard one at home, or whoever asks for a decision."""

    side: Side
    turn: int
    """The first in which it can be answered."""
    answer: str | None = None
    """None while the team may still answer it."""
    said: bool = False
    """The team answered it; else it spoke by itself."""
    inject: str = ""
    """The inject by which a decision is asked for; empty for the hard voice."""
    delays: int = 0
    """Turns that passed without an answer."""
    waited: bool = False
    """It was asked to wait, which it does once."""
    ended: int = 0
    """The turn in which that came to an end; 0 while it has not."""


T = TypeVar("T")
E = TypeVar("E", bound=e.Event)
M = TypeVar("M", bound=e.Event)

LATELY: Final = 2
"""Turns before this one that still count as lately."""

SKIPPED = -1
"""Marks an inject struck from the session."""
INJECT_HELD = -2
"""Marks an inject kept back."""


class Sent(Struct, frozen=True):
    """An act that left its sender."""

    act: Act
    text: str
    due_turn: int
    due_hour: int
    weight: int
    unclear: str | None = None
    arrived: int = 0
    """Turn in which it arrived; 0 while it has not."""
    says: str | None = None
    """The words of the line that it names, where its team wrote that at the table."""
    revealed: bool = False
    translation: str = ""
    """Of its words, by the facilitator; empty while there is none."""


class Received(Struct, frozen=True):
    """An act in a team's inbox, and how the team read it."""

    act: e.ActKey
    turn: int
    hour: int
    hostility: int | None = None
    confidence: int | None = None
    touches: str | None = None
    crosses: bool = False
    """The team holds the line that it touches crossed by it."""
    audience: Audience | None = None
    """Whom the team took it to be mainly meant for; None for what is private, or was not asked or read."""
    translated: bool = False
    """It had a translation when it was read."""


class Request(Struct, frozen=True):
    """Something asked, and what became of it."""

    act: e.ActKey
    due_hour: int
    status: Literal["open", "answered", "silent"] = "open"
    lost: bool = False
    held: bool = False
    how: AnswerKind | None = None
    answer: e.ActKey | None = None
    number: int = 0
    """Its place in the inbox of the team that is asked, from 1; 0 while it has not arrived."""
    arrived: int = 0
    """Turn in which it did."""
    stays_silent: bool = False
    """The team that is asked has said that it gives no answer."""


class Crossing(Struct, frozen=True):
    """A red line that was crossed."""

    side: Side
    line: str
    by: Side
    turn: int
    act: e.ActKey | None = None


class Concluded(Struct, frozen=True):
    """The last conclusion that a team drew on a pink line of its own."""

    leads_to: str
    turn: int
    felt: int
    """What it added to felt tension, but for what the end of the scale or a hand has undone; hundredths."""
    trust: int
    """What it took of trust, likewise."""
    on_alert: bool = True
    """Neither has the team been drawn back, nor the red line been crossed."""
    credited: bool = False
    """It has been drawn back before, and something given back."""
    told: int = 0
    """Turn in which the other side was told of the line; 0 while it has not been since."""
    confided: int = 0
    """Turn in which it was told in private; 0 while it has not been since."""
    eased: bool = False
    """Relief of the line has counted more before, since it had been told in private."""


class TimedChange(Struct, frozen=True):
    """A change to latency or odds that lasts until the end of a turn; `of` as in NumberMoved."""

    of: str
    value: int
    until: int


class Disclosed(Struct, frozen=True):
    """A private fact that was told, and what has come out of it."""

    told: e.FactDisclosed
    out: int = 0
    """Turn in which it came out that it was not told whole; 0 while it has not."""
    by_itself: bool = False
    """Its own team told the whole."""


class TeamState(Struct, frozen=True):
    """One team's part of the state."""

    adopted: tuple[str, ...]
    own_lines: tuple[e.OwnLine, ...] = ()
    lines_written: int = 0
    """Lines ever written, so that ids are never used twice."""
    guesses_before: tuple[e.Guess, ...] = ()
    guesses_after: tuple[e.Guess, ...] = ()
    order: tuple[str, ...] = ()
    """Its own order of offences, the gravest first, if it has any; and what it thinks that the other side's is."""
    order_guess_before: tuple[str, ...] = ()
    order_guess_after: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()
    committed: bool = False
    """What the phase at hand asks of the team is committed."""
    inbox: tuple[Received, ...] = ()
    read_before: int = 0
    """How many of them had come when the turn opened."""
    pressed: tuple[e.ReadingPressed, ...] = ()
    """How single persons took acts, before the team had sealed that; one of each person and act."""
    forecasts: tuple[tuple[str, int], ...] = ()
    coming: tuple[tuple[str, int], ...] = ()
    """Forecasts for the next turn while those for the turn at hand still stand."""
    """Sealed for the next turn, or for this one while it is played."""
    scored: tuple[tuple[str, int, int, bool], ...] = ()
    """Forecast, turn, chance, happened."""
    believed: tuple[tuple[int, int], ...] = ()
    """How likely it held it that the other is here for more: the turn after which it was said, and the chance."""
    asks_closer: str = ""
    """The channel over which it asks with its moves what moved the other closer; empty where it does not."""
    card_met: bool | None = None
    """It has what its instruction card told it to come home with; None while nobody has looked, or without a card."""

    def believing(self, turn: int, chance: int) -> TeamState:
        """The team once it has said what it believes, in place of what it said in the same turn."""
        earlier = self.believed[:-1] if self.believed and self.believed[-1][0] == turn else self.believed
        return replace(self, believed=(*earlier, (turn, chance)))


class State(Struct, frozen=True):
    """Everything that has happened, as it stands."""

    us: TeamState
    china: TeamState
    tension: int
    felt: dict[str, int]
    """Tension as each side feels it."""
    trust: dict[str, int]
    standing: dict[str, int]
    expectation: dict[str, int]
    """What home expects of calls, hundredths; empty where nobody says what one is for."""
    pressure: dict[str, int]
    """On pink lines, by `side/line`."""
    tracks: dict[str, int]
    readiness: dict[str, int]
    suspended: dict[str, Side | None]
    """Suspended channels and who suspended them."""
    truths: dict[tuple[str, Side | None], int]
    phase: e.Phase = "briefing"
    turn: int = 0
    hour: int = 0
    ends: int = 0
    paused: bool = False
    extra_minutes: int = 0
    """Minutes added to the turn at hand."""
    seats: dict[SeatName, tuple[str, str | None]] = {}
    """Seats with their occupant and policy."""
    acts: dict[e.ActKey, Sent] = {}
    """In the order in which they were sent; within a turn, US acts before Chinese ones."""
    record: tuple[Act, ...] = ()
    """Those that have arrived, in the same order."""
    under_way: dict[int, tuple[e.ActKey, ...]] = {}
    """Those that take until a later turn than their own, by the turn in which they arrive."""
    requests: tuple[Request, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    promises: tuple[Promise, ...] = ()
    principles: tuple[Principle, ...] = ()
    """Sentences that either side has put to both once play was over."""
    reopening: dict[str, int] = {}
    latency: tuple[TimedChange, ...] = ()
    odds: tuple[TimedChange, ...] = ()
    injects: dict[str, int] = {}
    """Delivered injects with the turn they came in; −1 for skipped ones, −2 for held ones."""
    due_injects: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    """Channels that carried something this turn."""
    marked: frozenset[tuple[str, int]] = frozenset()
    presses: tuple[Pressing, ...] = ()
    peaks: dict[str, int] = {}
    """The highest pressure on each pink line since it was last drawn back from, by `side/line`."""
    concluded: dict[str, Concluded] = {}
    """By `side/line`."""
    pledges: tuple[Pledge, ...] = ()
    """Those settled included, in the order in which teams were bound."""
    passing: tuple[Passing, ...] = ()
    """Changes of standing that wear off, those that have worn off included."""
    answered: dict[str, DecisionAnswer] = {}
    """What teams have said that they do with the last conclusion on each line, by `side/line`; by `side/` what with the
    hard voice of this turn."""
    voices: tuple[Voice, ...] = ()
    closer: tuple[CloserQuestion, ...] = ()
    """What moved a team closer, as often as it was asked that."""
    citations: tuple[Citation, ...] = ()
    """Instruments cited, those that were acted against included, in the order in which they were."""
    spared: tuple[e.ActKey, ...] = ()
    """Acts that cost their teams nothing at home, since they stood high there; one of each at most."""
    crossings: tuple[Crossing, ...] = ()
    claims: tuple[Crossing, ...] = ()
    """Red lines that their teams hold crossed, whether or not anybody else has said so."""
    concealed: tuple[e.AssetConcealed, ...] = ()
    """Acts made with things that are more than they were seen as, while that has not come out."""
    found_out: tuple[e.AssetConcealed, ...] = ()
    """Those of which it has."""
    mistaken: tuple[Act, ...] = ()
    """Acts that have arrived and were made with things that were taken for more than they are, as on the record."""
    cleared_up: tuple[str, ...] = ()
    disclosed: tuple[Disclosed, ...] = ()
    """Private facts as often as they were told and weighed."""
    flags: tuple[tuple[int, str, str], ...] = ()
    """Turn, flag, and the rule that raised it."""
    notes: tuple[e.NoteTaken | e.Bookmarked, ...] = ()
    """What seats wrote down, what has since been changed or struck out included."""
    models: tuple[e.ModelReported, ...] = ()
    """What the harnesses of models said of them."""
    curve: tuple[tuple[int, int, int], ...] = ()
    translated: tuple[e.ActKey, ...] = ()
    """Acts whose translation was attached, changed or taken off, as often as it was."""
    lead: Lead | None = None
    """Where the facilitator leads the hotwash; None where nobody has."""
    agreed: tuple[SeatName, ...] = ()
    """Seats at which somebody has agreed to the card on what is recorded."""
    tracks_before: dict[str, int] = {}
    """Tracks as they stood when the turn opened."""
    meters_before: tuple[tuple[dict[str, int], dict[str, int]], ...] = ()
    """Standing and trust as they stood when the turn before opened, and when this one did."""
    turn_events: tuple[tuple[e.AnyEvent, ...], ...] = ((),)
    """By turn, from 0: the events that feeds and traces are told from."""
    fired: frozenset[tuple[str, Side | None]] = frozenset()
    """Rules and changes of tracks that have fired, each with whoever set it off."""

    def team(self, side: Side) -> TeamState:
        """The part of `side`."""
        return self.us if side == "us" else self.china

    def pressed(self, side: Side) -> list[str]:
        """The pink lines of `side`, as `side/line`."""
        return [name for name in self.pressure if name.startswith(side)]

    def question_to(self, side: Side) -> CloserQuestion | None:
        """The question what moved a team closer, while it waits for the answer."""
        return next((question for question in self.closer if question.side == side and not question.answered), None)

    def weights(self) -> dict[e.ActKey, int]:
        """What each act weighs after the rules that has been judged, hundredths."""
        return {event.act: event.weight for _, event in self.events_of(e.ActWeighed) if not event.silence}

    def events_of(self, kind: type[E], *more: type[M], before: int | None = None) -> Iterator[tuple[int, E | M]]:
        """The events of some kinds with the turns in which they were told, oldest first; those before a turn."""
        for turn, events in enumerate(self.turn_events[:before]):
            for event in compress(events, map((kind, *more).__contains__, map(type, events))):
                yield turn, cast("E | M", event)

    def sent(self, key: e.ActKey) -> Sent:
        """The act that `key` names; KeyError if there is none."""
        return self.acts[key]


def with_team(state: State, side: Side, team: TeamState) -> State:
    """The state with one team's part replaced."""
    return replace(state, us=team) if side == "us" else replace(state, china=team)


def latest(changes: tuple[TimedChange, ...], name: str, otherwise: int) -> int:
    """What the last change of something made it."""
    for change in reversed(changes):
        if change.of == name:
            return change.value
    return otherwise


def remove_at(items: tuple[T, ...], number: int) -> tuple[T, ...]:
    """The items without the one at a place from 1."""
    return (*items[: number - 1], *items[number:])


def inherited_promises(table: GameTable) -> tuple[Promise, ...]:
    """Promises of an earlier session that rules can hold sides to: those that the packs of this one know as well."""
    promises = () if table.inherits is None else table.inherits.promises
    return tuple(
        Promise(commitment=promise.commitment, side=promise.side, act=(promise.by, 0, 0), turn=0, broken=promise.broken)
        for promise in promises
        if promise.commitment in table.commitments
    )


def opening_state(table: GameTable) -> State:
    """How a session begins, before its first event."""
    scenario, base, inherits = table.scenario, table.base, table.inherits
    teams = {side: scenario.teams.team_of(side) for side in SIDES}
    truths: dict[tuple[str, Side | None], int] = {}
    for fact, start in scenario.facts.items():
        if start.start:
            truths[fact, None] = 0
        for side in SIDES:
            if getattr(start, side):
                truths[fact, side] = 0
    us, china = (TeamState(adopted=tuple(line.id for line in team.lines)) for team in teams.values())
    return State(
        us=us,
        china=china,
        tension=table.tension_start,
        felt=dict.fromkeys(SIDES, table.tension_start),
        trust={
            side: inherited_trust(inherits, side, base.trust.start if team.trust is None else team.trust)
            for side, team in teams.items()
        },
        standing={
            side: base.standing.start if team.standing is None else team.standing for side, team in teams.items()
        },
        expectation={} if table.calls is None else dict.fromkeys(SIDES, table.calls.expects),
        pressure={f"{side}/{line.id}": 0 for side in SIDES for line in teams[side].lines if line.kind == "pink"},
        tracks={track: settings.start for track, settings in scenario.tracks.items()},
        tracks_before={track: settings.start for track, settings in scenario.tracks.items()},
        readiness={
            channel: inherited_readiness(inherits, channel, settings.readiness, base.channels.lapse_keeps)
            for channel, settings in scenario.channels.items()
        },
        promises=inherited_promises(table),
        suspended={
            channel: settings.suspended_by for channel, settings in scenario.channels.items() if settings.suspended
        },
        truths=truths,
        curve=((table.tension_start,) * 3,),
    )
