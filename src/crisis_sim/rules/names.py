"""The fixed words of the game: the two sides, the languages, and how acts are sent, answered and received.

Plain types that every floor above may use without loading the models of authored files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

Side: TypeAlias = Literal["us", "china"]
"""One of the two teams."""

SIDES: tuple[Side, Side] = ("us", "china")

Language: TypeAlias = Literal["en", "zh"]
TrackNumbers: TypeAlias = tuple[tuple[str, int], ...]
"""Tracks, each with where it stood, in hundredths."""
Words: TypeAlias = Mapping[str, str]
"""What somebody wrote, by language; under no language where nobody knows in which."""

CardSize: TypeAlias = Literal["none", "short", "full"]
"""Of the card of offences: none; the shorter one of teams that share a terminal; the whole one."""
Difficulty: TypeAlias = Literal["easy", "medium", "hard"]
"""Whom a scenario is for."""
DIFFICULTIES: Final[tuple[Difficulty, ...]] = get_args(Difficulty)

Visibility: TypeAlias = Literal["public", "private"]
Audience: TypeAlias = Literal["them", "home", "third-parties", "allies"]
"""Whom public words are mainly meant for: the other side, the sender's own public, third parties, its allies."""
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
Outcome: TypeAlias = Literal["in-time", "late", "unanswered", "too-low", "leaked"]
"""How a channel served an act."""
AccountsCompared: TypeAlias = Literal["match", "differ", "one-sided"]
"""How the two published accounts of an exchange compare."""
AnswerKind: TypeAlias = Literal["accept", "decline", "counter", "holding"]
"""How an act answers what was asked."""
Taker: TypeAlias = Literal["desk", "deputy", "minister"]
"""Who takes a call or sits down at a meeting."""
TAKERS: Final[tuple[Taker, ...]] = get_args(Taker)
Purpose: TypeAlias = Literal["inform", "ask", "settle", "seen"]
"""What a side wants of a call: to inform, to ask, to settle a principle, or to be seen talking."""
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
ConclusionAnswer: TypeAlias = Literal["tell", "ask", "hold", "prepare"]
"""What a team does with a conclusion that it has drawn."""
CONCLUSION_ANSWERS: Final[tuple[ConclusionAnswer, ...]] = get_args(ConclusionAnswer)
VoiceAnswer: TypeAlias = Literal["meet", "speak", "wait"]
"""What a team does with a hard voice at home: meets it by an act, lets it speak, or asks it to wait."""
VOICE_ANSWERS: Final[tuple[VoiceAnswer, ...]] = get_args(VoiceAnswer)
DecisionAnswer: TypeAlias = str
"""Either of them, or an answer that a scenario names beside its question."""
Backing: TypeAlias = Literal["source", "host", "word"]
"""How a private fact is told: with its source, vouched for by a third party, or on its team's word alone."""
BACKINGS: Final[tuple[Backing, ...]] = get_args(Backing)
Truth: TypeAlias = Literal["whole", "part", "untrue"]
"""Whether a private fact is told whole, in part or falsely; sealed like an intent."""
TRUTHS: Final[tuple[Truth, ...]] = get_args(Truth)
Diplomacy: TypeAlias = Literal["track-1", "track-1.5", "track-2"]
"""Whose diplomacy goes over a channel, as files write it: governments; officials in a private capacity, with scholars;
scholars and former officials alone."""
Track: TypeAlias = Literal["1", "1.5", "2"]
"""The same, as acts, views and logs have it."""
TRACK_OF: Final[Mapping[Diplomacy, Track]] = {"track-1": "1", "track-1.5": "1.5", "track-2": "2"}
Level: TypeAlias = Literal[
    "leader", "ministerial", "command", "diplomatic", "working", "technical", "unofficial", "public"
]
Illocution: TypeAlias = Literal["assertive", "directive", "commissive", "expressive", "declarative"]
"""What the words do, after Searle."""


HERE_FOR_MORE: Final = "belief/here-for-more"
"""What teams believe of each other beside their forecasts, where cards are dealt: that the other side is here for
something besides the common task. No forecast of a scenario can have such an id."""

SideWord: TypeAlias = Literal["sender", "receiver", "self", "other", "either", "us", "china"]
"""Whose act, promise or meter a condition asks for."""
OwnerWord: TypeAlias = Literal["sender", "receiver", "both", "us", "china"]
"""Whose line, meter or end of a channel an effect changes."""
Pledged: TypeAlias = Literal["demand", "threat", "promise"]
"""What kind of public word binds a team at home: that the other do something, what follows if it does not stop, or what
the team itself will do."""
PromiseEnd: TypeAlias = Literal["kept", "void"]
"""How a promise comes to bind no longer: its time has run, or the other side did what makes it void."""
PledgeEnd: TypeAlias = Literal["met", "shared", "carried-out", "lapsed", "excused", "yielded", "dropped"]
"""What became of it."""


def other(side: Side) -> Side:
    """The team across the table."""
    return "china" if side == "us" else "us"


def owner_of(name: str) -> Side:
    """Whose line it is that is named as `side/line`."""
    return "us" if name.startswith("us/") else "china"
