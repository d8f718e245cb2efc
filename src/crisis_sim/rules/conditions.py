"""Conditions: what rules, lines, injects, tracks and forecasts may ask about the game.

A condition is data. Each key names one fact and everything under one `when` must hold together; `all`, `any` and `not`
combine. There is no expression language, no pattern and no template, so a condition can be checked when it is loaded,
explained in words, and compiled (`crisis_sim.rules.compile`).

Two readings of "who". In a rule, `sender` made the act at hand and `receiver` is the other team (at the end of a turn,
each team in turn is the sender). In a forecast, `self` forecasts and `other` is forecast. Injects, tracks and scenario
lines may also name `us` or `china`; rule packs may not, so that no rule favours a country.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from crisis_sim.rules.authored import Authored, Hours, Id, Percent, Range, one_or_many
from crisis_sim.rules.names import Diplomacy, How, Illocution, Level, Outcome, Visibility

Who: TypeAlias = Literal["sender", "receiver", "self", "other", "either", "us", "china"]

Ids: TypeAlias = Annotated[tuple[Id, ...], BeforeValidator(one_or_many), Field(min_length=1)]
Outcomes: TypeAlias = Annotated[tuple[Outcome, ...], BeforeValidator(one_or_many), Field(min_length=1)]
Hows: TypeAlias = Annotated[tuple[How, ...], BeforeValidator(one_or_many), Field(min_length=1)]
Diplomacies: TypeAlias = Annotated[tuple[Diplomacy, ...], BeforeValidator(one_or_many), Field(min_length=1)]
Levels: TypeAlias = Annotated[tuple[Level, ...], BeforeValidator(one_or_many), Field(min_length=1)]


class MoveIs(Authored):
    """Which moves are meant. A plain id or a list of ids may stand for `{id: …}`; every key given must hold."""

    id: Ids | None = None
    """Move ids of the catalogue."""
    family: Ids | None = None
    """Families of the catalogue: contact, reassure, cooperate, restrain, inform, protest, coerce, force."""
    illocution: Illocution | None = None
    """What the words do: state, ask, promise, show a feeling, or change a state of affairs."""
    costliness: Range | None = None
    """How dear the signal is to send, 0–1."""
    face_threat: Range | None = None
    """0–3."""
    ambiguity: Range | None = None
    """0–1."""
    severity: Range | None = None
    """The move's class on the ladder of provocation, 0 (none) … 5 (force)."""
    visibility: Visibility | None = None
    """How it was sent this time; a leak makes a private act public."""
    channel: Ids | None = None
    """Channel ids or channel kinds."""
    diplomacy: Diplomacies | None = None
    """Whose diplomacy its channel is: track-1 of governments, track-1.5 of officials in a private capacity, track-2 of
    scholars and former officials."""
    level: Levels | None = None
    """Level of the people at either end of the channel."""
    term: Ids | None = None
    """Terms put on the act, such as tied, exclusive, without-consent; one of those listed is enough."""
    promise: Ids | None = None
    """Commitments that the act offers."""
    answer: Hows | None = None
    """The act is an answer of this kind to something asked."""

    @model_validator(mode="before")
    @classmethod
    def _from_ids(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str | list) else value

    @model_validator(mode="after")
    def _says_something(self) -> MoveIs:
        if not self.model_fields_set:
            raise ValueError("name at least one thing about the move, for example family: protest")
        return self


class Made(Authored):
    """An act made before (`earlier`), in this turn (`same_turn`), or before the end of this turn (`ever`)."""

    move: MoveIs
    """Which acts count."""
    by: Who = "either"
    """Only acts of this side."""
    within: Hours | None = None
    """Only acts of the last so many game hours."""
    turns: Annotated[int, Field(ge=1, le=50)] | None = None
    """Only acts since so many turns ago; the turn at hand is not counted among them."""
    at_least: Annotated[int, Field(ge=1, le=50)] = 1
    """How many such acts."""
    ago: Hours | None = None
    """Only acts at least so many game hours old."""
    about: Literal["same-channel"] | None = None
    """Only acts over, or about, the channel that the act at hand is about, or else the one it goes over."""


class FactIs(Authored):
    """A named fact of the scenario is true. A plain id may stand for `{id: …}`."""

    id: Id
    """The fact."""
    of: Who | None = None
    """Whose, for facts that belong to a team."""
    lasting: Hours | None = None
    """True for at least so many game hours."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class MeterIs(Range):
    """A team's trust or standing, 0–10."""

    of: Who
    """Whose."""


class NumberIs(Range):
    """A number of something that goes by its id."""

    id: Id
    """Which one."""


class TrackIs(NumberIs):
    """How far a track of the scenario has come, by its id, in the track's own unit."""


class ReadinessIs(NumberIs):
    """How practised a channel of the scenario is, by its id, 0–100."""


class CommitmentIs(Authored):
    """A commitment is in force, or has been broken."""

    id: Id
    """The commitment."""
    by: Who = "either"
    """Who made it."""
    state: Literal["in-force", "broken", "kept"] = "in-force"
    """Whether it binds, was broken, or was kept to the end."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class LineIs(Authored):
    """A line of the scenario has been crossed, or its pressure lies in a range."""

    id: Id
    """The line."""
    crossed: bool | None = None
    """For a red line: it has been crossed."""
    pressure: Range | None = None
    """For a pink line: what has built up on it."""

    @model_validator(mode="after")
    def _says_something(self) -> LineIs:
        if self.crossed is None and self.pressure is None:
            raise ValueError("give crossed: true or a pressure range")
        return self


class ReadIs(Range):
    """The receiver's sealed reading of the act at hand, −3 … +3; false while it has not been read."""


class Condition(Authored):
    """What must be true. Every key given must hold."""

    all: tuple[Condition, ...] | None = None
    """Each of these conditions holds."""
    any: tuple[Condition, ...] | None = None
    """At least one of these conditions holds."""
    not_: Condition | None = Field(default=None, alias="not")
    """This condition does not hold."""
    always: Literal[True] | None = None
    """Holds always; for a rule that needs only its `on`."""

    # the act at hand (rules on act, delivery, silence and press; lines and tracks that watch acts)
    move: MoveIs | None = None
    """The act at hand."""
    delivery: Outcomes | None = None
    """How the act at hand arrived."""
    answers: MoveIs | None = None
    """The act at hand answers an act of this kind."""
    intent: Range | None = None
    """The sender's sealed intent for the act at hand, −3 … +3."""
    read_as: ReadIs | None = None
    above_provocation: Annotated[int, Field(ge=1, le=5)] | None = None
    """The act's class lies at least so far above the other side's worst act of the last two turns, if there was one."""
    repeated: Annotated[int, Field(ge=1, le=50)] | None = None
    """The sender has made the same move at least so many times before, in earlier turns."""
    first_on_channel: Literal[True] | None = None
    """No earlier act of this move, by either side, was about this channel, or went over it when it was about none."""
    pressed: Made | None = None
    """For rules on press: earlier pressings of the same line by the same side; only by, turns and at_least count."""

    # the record
    earlier: Made | None = None
    """Made in an earlier turn, or earlier in the sender's own list this turn."""
    same_turn: Made | None = None
    """Made in this turn, the act at hand left out."""
    ever: Made | None = None
    """Made at any time up to now."""

    # the moment
    fact: FactIs | None = None
    commitment: CommitmentIs | None = None
    line: LineIs | None = None
    track: TrackIs | None = None
    readiness: ReadinessIs | None = None
    channel_readiness: Range | None = None
    """Readiness of the channel of the act at hand, 0–100."""
    tension: Range | None = None
    """Tension at the moment, 0–100."""
    trust: MeterIs | None = None
    standing: MeterIs | None = None
    turn: Range | None = None
    """Number of the turn, from 1."""
    hour: Range | None = None
    """Game hours since the start."""
    time_left: Range | None = None
    """Percent left of the tightest clock: a track that runs out, or an inject's window."""
    inject: Ids | None = None
    """One of these injects has been delivered."""
    opening_mismatch: Literal[True] | None = None
    """The two teams open differently: one puts principles before cases, the other cases before principles."""
    blind_dilemma: Literal[True] | None = None
    """Each team meant its own acts of this turn as benign (0 or less) and took the other's as hostile (+1 or more)."""
    readouts: Literal["match", "differ", "one-sided"] | None = None
    """For rules on readout: how the two accounts of one exchange compare."""
    chance: Percent | None = None
    """Luck of the session: holds so many times in a hundred, and always the same in the same session."""

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        if not self.model_fields_set:
            raise ValueError("an empty condition; write always: true if it should always hold")
        return self
