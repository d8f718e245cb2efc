"""Dossiers: all that a seat may know of scenario and packs from the start, in every language that they have.

A dossier is built from the same allow-list as the views of its seat, once for a session, and views name what is in it
by id. Nothing that is sealed, planned or still to come stands in a team's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.inheritance import InheritedPromise, PublicAct
from crisis_sim.engine.views.shared_facts import Fact
from crisis_sim.rules.names import (
    AccountsCompared,
    Backing,
    ConclusionAnswer,
    DecisionAnswer,
    Pledged,
    PledgeEnd,
    Side,
    Taker,
    Truth,
    Visibility,
    VoiceAnswer,
    Words,
)


class ScaleStep(NamedTuple):
    """A stretch of a scale, from a value on."""

    at: int
    name: Words


class ChannelEntry(Fact, frozen=True):
    """A channel of the scenario."""

    name: Words
    says: Words
    kind: str
    level: str
    track: str
    visibilities: tuple[Visibility, ...]
    always: Literal["", "public", "always-open"]
    """It needs no readiness: it is public alone, or always open. Empty for one that does."""
    at_once: bool
    """What goes over it arrives at once."""


class TrackEntry(Fact, frozen=True):
    """Something at stake in the external crisis."""

    name: Words
    unit: Words
    least: int
    most: int
    good: Literal["up", "down"]
    runs_out: bool
    of: Side | None = None
    """The team whose own it is."""


class Asks(Fact, frozen=True):
    """How a move that asks is answered: ids of moves."""

    accept: str
    decline: str


class AssetEntry(Fact, frozen=True):
    """A thing of a team's, as its seat may know it."""

    side: Side
    name: Words
    says: Words | None
    """What it is and can do; for its own team and the white cell alone."""


class PrivateFactEntry(Fact, frozen=True):
    """What a team alone knows, for itself and the white cell."""

    side: Side
    name: Words
    words: Mapping[Truth, Words]
    """In what words it can be told, for each way in which it can."""
    backings: tuple[Backing, ...]
    """What can stand behind it."""
    vouches: Words | None
    """Who can vouch for it; None where nobody can."""
    clears: Literal["us", "china", "both"]
    concerns: tuple[str, ...]
    """What it speaks to."""
    costs: str | None
    """What telling it costs: capability or standing."""


class MoveEntry(Fact, frozen=True):
    """A move of the catalogue."""

    id: str
    label: Words
    does: Words
    family: str
    visibilities: tuple[Visibility, ...]
    channels: tuple[str, ...]
    """Ids of channels that can carry it while none is suspended, the default first."""
    terms: tuple[str, ...]
    promises: tuple[str, ...]
    """Commitments that it can carry."""
    about_channel: bool
    asks: Asks | None
    only_as_answer: bool
    tells: bool
    """It names a line of our own."""
    warns: tuple[Literal["public", "face", "ambiguous"], ...]
    """What advisers always say of it."""
    exchange: bool = False
    """When it is accepted, the two sides meet or speak."""
    assets: tuple[str, ...] = ()
    """Things of the seat's own that it can be made with, where it has to say with which."""
    discloses: tuple[str, ...] = ()
    """Private facts of the seat's own that it can tell."""
    needs_consent_or: str | None = None
    """The term that it needs while the host has not given its word."""
    bot_words: Words = {}
    """What a bot of this seat says with it, where the scenario has words for that."""
    can_cite: bool = False
    """Its words can cite an instrument."""
    also: Words = {}
    """Words by which it is looked for besides."""


class InstrumentEntry(Fact, frozen=True):
    """An instrument that words can cite."""

    title: Words
    says: Words
    """What it asks of whoever has accepted it."""
    year: int
    accepted_by: tuple[str, ...]
    """Sides, and `host`."""


class TermEntry(Fact, frozen=True):
    """Something that can be put on an act."""

    says: Words
    note: Words | None
    of_thing: bool = False
    """It belongs to the thing that is used."""
    heard: Visibility | None = None
    """It goes only with what is said so."""
    offered: bool = False
    """Whoever composes a move is stopped at it once."""


class PromiseEntry(Fact, frozen=True):
    """A promise that a move can carry."""

    says: Words
    note: Words | None = None
    offered: bool = False
    """Whoever composes a move is stopped at it once."""
    accounts: tuple[AccountsCompared, ...] = ()
    """How the accounts of an exchange compare where that breaks it."""
    binds_both: bool = False
    """Whoever accepts what carries it is bound as well."""


class InstructionEntry(Fact, frozen=True):
    """The instruction card that a team was dealt."""

    card: str = ""
    """Empty for the rescue and nothing else."""
    says: Words = {}
    moves: tuple[str, ...] = ()
    """Moves of its own that count towards it, for a bot that plays it."""
    avoids: tuple[str, ...] = ()
    """Moves of its own after which it no longer counts."""


class TeamEntry(Fact, frozen=True):
    """A team as it knows itself."""

    name: Words
    part: Words
    brief: Words
    aims: tuple[Words, ...]
    instruction: InstructionEntry | None = None
    """None where no cards are dealt."""


class InjectEntry(Fact, frozen=True):
    """An item of the MSEL as it was written."""

    id: str
    title: Words
    at: int
    to: Literal["us", "china", "both"]
    text_us: Words
    text_china: Words
    reads_us: Words
    reads_china: Words
    note: Words
    when: Mapping[str, Any] | None  # Any: a condition as files write it
    """On what it hangs."""
    after: tuple[str, int, int] | None
    """The inject that it follows, and by how many hours and turns."""
    again: tuple[int, int, int] | None
    """Hours and turns until it comes again, and how often in all."""
    calls_for: tuple[str, ...]
    """Moves and families that it calls for."""
    excuses: bool
    """It gives whoever hears of it something to point to at home."""


class SettleEntry(Fact, frozen=True):
    """What settles a public word that binds a team at home."""

    pledges: tuple[Pledged, ...]
    how: PledgeEnd
    says: Words
    costs: int
    """Percent of the stake."""
    wins: int
    """Points of standing, hundredths, once for each kind of word."""


class WhiteEntry(Fact, frozen=True):
    """What the white cell knows beside what teams know."""

    guide: Words
    us: TeamEntry
    china: TeamEntry
    msel: tuple[InjectEntry, ...]
    facts: Mapping[str, Words]
    """Named facts of scenario and packs."""
    named: Mapping[str, Words]
    """What conditions may name and stands nowhere else: the scenario's lines, and kinds of channel."""
    reasons: Mapping[str, Words]
    """Why numbers move: what rules, lines and tracks say of it, by what a trace calls them and its part."""
    sounds: Mapping[Side, Words] = {}
    """How the other side may sound to each team, and it to them."""
    assumed: tuple[Words, ...] = ()
    """What the scenario takes to be so in the world."""
    assumed_of: str = ""
    """The year, month or day of which that was true; empty where nothing is assumed."""


class AtHomeEntry(Fact, frozen=True):
    """What a footing at home asks of a team, and what it allows; hundredths."""

    under: int | None = None
    """Standing under which a hard voice asks to be answered; None where none does."""
    answers: Mapping[VoiceAnswer, tuple[str, ...]] = {}
    """What may be done with it, each with the moves that carry it out."""
    standing: Mapping[str, int] = {}
    """What each answer does to standing, and `unanswered`."""
    over: int | None = None
    """Standing over which one concession costs nothing at home; None where each costs what it costs."""


class PublicRecord(Fact, frozen=True):
    """What an earlier session left that both sides know; each team's trust is its own."""

    session: str
    title: Words
    promises: tuple[InheritedPromise, ...]
    principles: tuple[str, ...]
    acts: tuple[PublicAct, ...]
    keeps: int
    """Percent of what practice had made or lost of channels that is left; 0 where they are as the scenario says."""


class Dossier(Fact, frozen=True):
    """All that a seat may know from the start."""

    seat: SeatName
    title: Words
    handling: Words
    brief: Words
    """The public brief."""
    offences: Mapping[str, Words]
    """The acts that each team orders by how gravely it takes them; none where nobody is asked."""
    moves_least: int
    moves_most: int
    """Moves that a team makes a turn."""
    holding: str
    """The move of a holding note."""
    concerns: Mapping[str, Words]
    channels: Mapping[str, ChannelEntry]
    shapes: tuple[ScaleStep, ...]
    """Words for a channel's readiness, 0–100."""
    rungs: tuple[ScaleStep, ...]
    """Words for stretches of tension, hundredths."""
    tracks: Mapping[str, TrackEntry]
    moves: Mapping[str, MoveEntry]
    terms: Mapping[str, TermEntry]
    commitments: Mapping[str, PromiseEntry]
    answers: Mapping[ConclusionAnswer, tuple[str, ...]]
    """What a team may do with a conclusion, each with the moves that carry it out; empty where nobody asks it."""
    forecasts: Mapping[str, Words]
    """What is asked."""
    settles: tuple[SettleEntry, ...] = ()
    instruments: Mapping[str, InstrumentEntry] = {}
    """What words can cite; none where a session of this length has none."""
    at_home: AtHomeEntry = AtHomeEntry()
    record: PublicRecord | None = None
    """What is on the public record of the session that this one begins with; None where it begins with none."""
    forecasts_early: bool = False
    """A turn's forecasts are asked with its readings, and sealed with them."""
    asks_principles: bool = False
    """Both teams look at the end for principles that both accept."""
    sentences: tuple[Words, ...] = ()
    """Principles that a team may put as they are."""
    call_purposes: bool = False
    """Each side seals what it wants of a call, and what it thinks that the other side wants."""
    most_calls: int = 0
    """Calls and meetings that the session has at most; 0 where there is no such limit."""
    takers: Mapping[Taker, bool] = {}
    """Who may take a call or go to a meeting, and whether that binds its team; none where teams do not say who."""
    assets: Mapping[str, AssetEntry] = {}
    private_facts: Mapping[str, PrivateFactEntry] = {}
    side: Side | None = None
    team: TeamEntry | None = None
    """Of a team's own seat."""
    white: WhiteEntry | None = None
    """Of the facilitator's seat."""
    rehearses: bool = False
    """This is a rehearsal: bots play, and nothing is kept."""
    consent: str | None = None
    """What people agree to before their first act, in the facilitator's own words; empty for the card that ships, None
    where nobody is asked."""
    begins_again: int = 0
    """The turn from whose start play goes on in this session, a branch; 0 where it is none."""

    def carried_out_by(self, answer: DecisionAnswer) -> tuple[str, ...]:
        """The moves that carry out what is done with a conclusion or with a hard voice."""
        moves_by_answer = dict[DecisionAnswer, tuple[str, ...]]([*self.answers.items(), *self.at_home.answers.items()])
        return moves_by_answer.get(answer, ())
