"""A rule pack: the catalogue of moves, the numbers that move tension, and the rules.

One pack of a scenario is the base: it has moves and settings. Others add, replace or leave out rules; none names a
land.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import (
    Authored,
    AuthoredHours,
    AuthoredPoints,
    Factor,
    Id,
    OneOrMany,
    SourceText,
    Text,
)
from crisis_sim.rules.base_settings import (
    AssetSettings,
    ChannelSettings,
    DisclosureSettings,
    LineSettings,
    MeterSettings,
    StandingSettings,
)
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.move import Move, Term
from crisis_sim.rules.offences import HearingProfile, OffenceCard
from crisis_sim.rules.workload_settings import WorkloadSettings

RuleKind: TypeAlias = Literal["red", "pink", "credit"]
RuleMoment: TypeAlias = Literal["act", "delivery", "silence", "press", "readout", "breach", "due", "side", "turn"]
"""When a rule is tried: for each act judged; as an act is sent; when a request went unanswered, a line is pressed, two
readouts are compared, a commitment is broken, a pledge's time has run; at a turn's end for each team, and then once."""


class Commitment(Authored):
    """A promise that can be put on the record and that later acts keep or break."""

    says: Text
    """The promise, in a sentence."""
    binds: Literal["maker", "both"]
    """`both`: it comes into force when the other side accepts; `maker`: at once."""
    with_moves: tuple[Id, ...] = Field(min_length=1)
    """Moves that can carry the promise."""
    broken_by: Condition
    """An act of a bound side (the sender) that breaks it."""
    turns: Annotated[int, Field(ge=1, le=50, strict=True)] | None = None
    """It binds for so many turns after the one in which it is given; to the end where left out."""
    void_by: Condition | None = None
    """An act of the other side (the sender), in a later turn, after which it binds no longer; nothing is broken."""
    note: Text | None = None
    """What our own advisers would say of it."""
    offered: bool = False
    """Whoever composes a move that can carry it is stopped at it once; it is easily passed over."""
    source: SourceText
    """Where the promise comes from."""


class CitingSettings(Authored):
    """What it does to cite an instrument of the scenario, and to act against one that was cited."""

    with_moves: tuple[Id, ...] = Field(min_length=1)
    """Moves, of words, that can cite one."""
    relieve: AuthoredPoints
    """What it takes off lines of its concerns where the other side has accepted it too, or cited it itself."""
    concern: Id
    """The concern that is pressed where the other side has never accepted it."""
    press: AuthoredPoints
    """By so much."""
    trust: AuthoredPoints
    """What a later act of the citer's against it does to the trust of the other team."""
    source: SourceText
    """Why one should believe it."""


class Rule(Authored):
    """A condition, its effects, and a sentence that says why."""

    id: Id
    """A rule of the same id in a later pack takes its place."""
    kind: RuleKind
    """`red` and `pink` raise tension or pressure, `credit` lowers it."""
    on: RuleMoment = "act"
    """The moment at which it is tried."""
    says: Text
    """What happened, in a sentence for the record."""
    when: Condition
    then: Effects
    once: Literal["side", "session"] | None = None
    """Fires once for each team, or once altogether."""
    source: SourceText
    """Why one should believe it."""

    @property
    def turns_pressed(self) -> int:
        """For a rule on press: how many turns back pressings make it grow; two where it does not say."""
        return self.when.pressed.turns if self.when.pressed is not None and self.when.pressed.turns else 2

    @model_validator(mode="after")
    def _signs_fit_kind(self) -> Rule:
        effects = self.then
        up = {"add": effects.add, "tension": effects.tension, "felt": effects.felt, "floor": effects.floor}
        if self.kind == "credit":
            if any(value is not None and value > 0 for value in up.values()) or effects.press or effects.cross:
                raise ValueError(
                    Sentence("a credit rule never raises tension or pressure; its numbers must not be positive")
                )
        elif any(value is not None and value < 0 for value in up.values()) or effects.relieve:
            raise ValueError(
                Sentence(
                    "a {kind} rule never lowers tension or pressure; its numbers must not be negative", kind=self.kind
                )
            )
        relief, home = effects.weigh_relief, effects.weigh_standing
        if relief is not None and (relief < 100 if self.kind == "credit" else relief > 100):
            raise ValueError(Sentence("a credit rule relieves lines more, any other rule less"))
        if home is not None and (home > 100 if self.kind == "credit" else home < 100):
            raise ValueError(Sentence("a credit rule lets an act cost less at home, any other rule more"))
        if any(item.by < 0 for item in (*effects.press, *effects.relieve)):
            raise ValueError(Sentence("write press and relieve with a positive `by`"))
        return self

    @model_validator(mode="after")
    def _silence_is_felt_by_the_asker(self) -> Rule:
        """The request may never have arrived, and nothing that the silent side sees may tell it that there was one."""
        effects = self.then
        exposed_fields = effects.model_fields_set - {
            "add",
            "felt",
            "tension",
            "floor",
            "press",
            "relieve",
            "trust",
            "standing",
            "flag",
        }
        if self.on == "silence" and (
            exposed_fields
            or any(item.whose != "receiver" for item in (*effects.press, *effects.relieve))
            or any(meter is not None and meter.sender for meter in (effects.trust, effects.standing))
        ):
            raise ValueError(
                Sentence(
                    "a rule on silence moves only what the asker (receiver) sees: the request may never have arrived"
                )
            )
        return self


class Rung(Authored):
    """A named stretch of tension, beginning at `at`."""

    at: AuthoredPoints
    """The tension at which it begins."""
    name: Text
    """What it is called on screens."""


class Tension(MeterSettings):
    """How tension, a meter from 0 to 100, behaves; by itself it only ever falls."""

    under_rest: Factor = 100
    """Scale of what a turn takes off it below `rest`."""
    without_force: AuthoredPoints | None = None
    """A turn lifts it to this and no further, as long as no act of the family `force` was made."""
    rungs: tuple[Rung, ...] = Field(min_length=2)
    """Named stretches, from 0 up."""


class ReadingSettings(Authored):
    """How readings bend what is felt."""

    blend: Factor
    """Share of a certain reading in the felt weight; the rest is the catalogue's weight."""
    per_point: AuthoredPoints
    """Weight of one point of hostility."""
    confidence: tuple[Factor, Factor, Factor, Factor]
    """Share of the blend at confidence 1, 2, 3, 4."""
    pressure: tuple[Factor, Factor, Factor, Factor, Factor, Factor, Factor]
    """Scale of pressure on the receiver's lines when it read the act as −3 … +3."""
    for_home: Factor = 100
    """The same again where it took public words to be mainly meant for the sender's own public."""


class Base(Authored):
    """The settings that only the base pack has."""

    tension: Tension
    trust: MeterSettings
    standing: StandingSettings
    lines: LineSettings
    readings: ReadingSettings
    channels: ChannelSettings
    assets: AssetSettings | None = None
    """Without it nothing about assets is ever found out."""
    disclosure: DisclosureSettings | None = None
    """Without it no private fact is disclosed."""
    citing: CitingSettings | None = None
    """Without it nothing is cited."""
    workload: WorkloadSettings = WorkloadSettings.model_construct()
    """What sessions of each length have the time to ask."""
    holding: Id
    """The move that is a holding note: it answers a request for the time being and does not count as a move."""
    answer_within: AuthoredHours
    """Shortest time to answer a request before silence is logged, however fast the channel."""


class FactDeclared(Authored):
    """A named fact that conditions may ask for and scenarios set."""

    says: Text
    """What it means when it is true."""
    per: Literal["session", "team"] = "session"
    """Whether it belongs to the session, or to each team."""


class Pack(Authored):
    """A file of rules and their numbers."""

    format: Literal[1]
    """The version of the way in which rule packs are written: 1."""
    id: Id
    """The same as the file's name without `.yaml`."""
    title: Text
    """The title, for lists."""
    says: Text
    """What this pack holds to be true, in a paragraph for facilitators."""
    base: Base | None = None
    """The settings of a base pack; others leave this out."""
    moves: dict[Id, Move] = {}
    """Moves that the pack adds to the catalogue, each under an id of its own."""
    terms: dict[Id, Term] = {}
    """Terms that can be put on moves."""
    concerns: dict[Id, Text] = {}
    """What a line can be about; rules press lines by concern."""
    facts: dict[Id, FactDeclared] = {}
    """Facts that conditions may ask for and scenarios set."""
    commitments: dict[Id, Commitment] = {}
    """Promises that can be put on the record."""
    offences: OffenceCard | None = None
    """The acts that each team orders by how gravely it takes them; of several packs' cards the last."""
    profiles: dict[Id, HearingProfile] = {}
    """Orders of these acts by name, for bots and for judging a session again."""
    rules: tuple[Rule, ...] = ()
    """The rules, in the order in which they are tried."""
    without: OneOrMany[Id] = ()
    """Rules of the packs before this one that do not apply."""
    guardrails: tuple[Text, ...] = ()
    """Promises that the pack makes about its own rules."""
    source: SourceText
    """What the pack as a whole draws on."""
