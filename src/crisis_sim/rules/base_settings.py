"""The numbers of a base pack: how meters, lines, channels, assets and private facts behave, and what that costs."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, model_validator

from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import (
    Authored,
    AuthoredPoints,
    ByLength,
    Factor,
    Id,
    OneOrMany,
    Percent,
    Share,
    SourceText,
    Text,
)
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import CONCLUSION_ANSWERS, ConclusionAnswer, Taker


class MeterSettings(Authored):
    """A meter; but for tension it goes from 0 to 10."""

    start: AuthoredPoints
    """Where a session begins, unless the scenario says otherwise."""
    rest: AuthoredPoints
    """The level to which it moves back."""
    decay: AuthoredPoints
    """How far it moves back to rest each turn."""


class OutcomeSettings(Authored):
    """What home makes, at the close, of the people whom a track counts; points of standing."""

    lost: AuthoredPoints
    """For both teams, for each tenth of those at risk who were lost; a negative number."""
    withheld: AuthoredPoints
    """More, for the team that refused help to them, left an offer of it unanswered, or blocked it."""
    saved: AuthoredPoints
    """For each tenth saved, for a team that helped where it could be seen."""
    after_loss: AuthoredPoints
    """Standing ends no higher once anybody was lost."""
    after_half: AuthoredPoints
    """Standing ends no higher once more than half were lost."""
    blocked_by: OneOrMany[Id] = ()
    """Facts of a team that say that it blocks help."""


class VoiceEnds(Authored):
    """What the end that a hard voice comes to does."""

    standing: AuthoredPoints = 0
    """To the footing of the team whose voice it is."""
    tension: AuthoredPoints = 0
    """To tension, and to what both teams feel."""


class VoiceSettings(Authored):
    """Voices at home: the hard one, which a team of low standing must answer as it makes its moves, and whoever asks a
    scenario's decisions; what becomes of them costs or wins the same."""

    under: AuthoredPoints
    """Standing under which it asks, each turn."""
    met_by: tuple[Id, ...] = Field(min_length=1)
    """Moves that meet it, made in public."""
    met: VoiceEnds
    """Such a move is made, whatever it does besides."""
    speaks: VoiceEnds
    """The team lets it speak, and it is heard abroad."""
    waits: VoiceEnds
    """The team asks it to wait, and that is known abroad."""
    unanswered: VoiceEnds
    """The team does none of these, and it speaks by itself; so does whoever was let wait twice for a decision."""
    delayed: VoiceEnds = VoiceEnds.model_construct()
    """A turn has passed in which the team did not answer a decision that a voice of its own asked for."""
    source: SourceText
    """Why one should believe it."""


class ConcessionSettings(Authored):
    """A team of high standing can afford to give way, once a session."""

    over: AuthoredPoints
    """Standing over which one act costs it nothing at home: neither what the catalogue takes nor a pledge given up."""
    source: SourceText
    """Why one should believe it."""


class StandingSettings(MeterSettings):
    """A team's footing with its home audience."""

    words: AuthoredPoints | None = None
    """What the catalogue says that a public act wins at home lifts standing to this, and no further."""
    outcome: OutcomeSettings | None = None
    """What home makes of people who were lost or saved, where a track of the scenario counts them."""
    voice: VoiceSettings | None = None
    """Without it no voice asks for anything, however low standing is."""
    concession: ConcessionSettings | None = None
    """Without it every concession costs what it costs, however high standing is."""


class ConclusionSettings(Authored):
    """What a conclusion does to the team that draws it; tension it leaves alone."""

    felt: AuthoredPoints
    """Points of felt tension."""
    trust: AuthoredPoints
    """Points of its trust in the other team."""
    felt_again: AuthoredPoints = 0
    """Points of felt tension from the second conclusion on the same line on."""
    trust_again: AuthoredPoints = 0
    """Points of trust from the second conclusion on the same line on."""


class AlertSettings(Authored):
    """How acts are heard by a team that has drawn a conclusion, until it is drawn back or the red line is crossed."""

    ambiguity: Share
    """Acts that touch the line and are at least so ambiguous are felt more."""
    felt: Factor
    """So many times as much."""
    costliness: Share
    """Acts that cost less than this relieve the line less."""
    relief: Factor
    """So many times as much."""


class FurtherSettings(Authored):
    """When a team that has drawn a conclusion is drawn back from it, and what that gives back; once a line."""

    below: Percent
    """Share of the limit under which pressure has to fall."""
    felt: AuthoredPoints
    """Points of felt tension, never more than the conclusion had added and time has not yet taken."""
    trust: AuthoredPoints
    """Points of trust, never more than the conclusion had cost and time has not yet given back."""
    told: AuthoredPoints = 0
    """Points of trust more if the line had been told to the other side; within the same bound."""


class DecisionSettings(Authored):
    """What a conclusion asks of the team that drew it, and the moves that carry its answers out; to hold takes none."""

    tell: tuple[Id, ...] = ()
    """Moves by which it tells them what it believes."""
    ask: tuple[Id, ...] = Field(min_length=1)
    """Moves by which it asks them what they mean."""
    prepare: tuple[Id, ...] = Field(min_length=1)
    """Moves by which it prepares for what may come."""

    def moves(self, *, can_tell: bool = True) -> dict[ConclusionAnswer, tuple[str, ...]]:
        """By answer that can be given, the moves that carry it out; without *tell* where lines are not told."""
        moves_by_answer = {
            answer: getattr(self, answer, ()) for answer in CONCLUSION_ANSWERS if can_tell or answer != "tell"
        }
        return {answer: moves for answer, moves in moves_by_answer.items() if moves or answer == "hold"}


class ClaimSettings(Authored):
    """What it does to a team to hold a red line crossed that it wrote at the table; tension it leaves alone."""

    felt: AuthoredPoints
    """Points of felt tension."""
    trust: AuthoredPoints
    """Points of its trust in the other team."""


class TellingSettings(Authored):
    """What it does to tell the other side of a line on which a conclusion has been drawn."""

    relief: Factor
    """After a line was told in private, the other side's next relief of it counts so many times; once a line."""


class LineSettings(Authored):
    """How pressure on lines behaves, unless the line itself says otherwise. What is left out is not done."""

    limit: ByLength
    """Pressure at which the owner of a pink line draws a conclusion; a number, or one for each length of a session."""
    decay: AuthoredPoints
    """How far pressure falls each turn."""
    keeps: Percent = 0
    """Share of its highest pressure below which time alone does not take it; only acts do."""
    near: Percent
    """Share of the limit at which a near miss is noted."""
    own_limit: ByLength | None = None
    """The limit of a line that a team wrote itself, if it is another."""
    others: Factor = 100
    """Of the acts that press a line in one turn the heaviest counts whole, and each other so many times its worth."""
    touch: tuple[AuthoredPoints, AuthoredPoints, AuthoredPoints, AuthoredPoints]
    """Pressure from a reading that names the line, by hostility 0, 1, 2, 3 (less is none)."""
    conclusion: ConclusionSettings | None = None
    """What follows when a pink line is full."""
    alert: AlertSettings | None = None
    """How acts are heard from then on."""
    further_from: FurtherSettings | None = None
    """What it takes to be drawn back."""
    telling: TellingSettings | None = None
    """Whether, and to what end, lines are told to the other side."""
    decision: DecisionSettings | None = None
    """What its owner is asked in its next moves."""
    claim: ClaimSettings | None = None
    """What follows when a team holds a red line crossed that it wrote at the table; without it none can be claimed."""
    crossing: Effects
    """What follows a crossing of a red line that names no consequence of its own."""


MOST_LUCK = 10
"""Percent up to which luck may decide where teams say who takes a call."""


class ChannelWord(Authored):
    """A named stretch of readiness with its odds."""

    at: Percent
    """The readiness at which it begins."""
    name: Text
    """What it is called on screens."""
    latency: Factor
    """Multiplies the channel's latency."""
    unanswered: Percent
    """Chance that nobody takes it up; where teams say who takes a call, that it takes one turn more, at most 10."""
    too_low: Percent
    """Chance that it is taken by someone without authority; 0 where teams say who takes a call."""


class TakerSettings(Authored):
    """Who may take a call, and what that is worth."""

    binds: bool
    """A promise that both are to make is made when this one takes the call."""
    weight: Factor = 100
    """What is left of the weight of taking it."""


Expected: TypeAlias = Annotated[AuthoredPoints, Field(ge=0, le=100)]
"""What home expects, 0 nothing … 1 a result."""


class CallSettings(Authored):
    """What home makes of a call or meeting that it hears of, in sessions that ask for what calls are for."""

    expects: Expected
    """What home expects of one, 0 nothing … 1 a result, unless something has moved that; and again after each."""
    announced: Expected
    """So much more the home of a side expects whose act asks for one or takes one in public."""
    standing: AuthoredPoints
    """Standing moves by so much, times what came of it (1 if something was agreed by the end of the next turn, else 0)
    less what was expected."""
    source: SourceText
    """Why one should believe it."""


class ChannelSettings(Authored):
    """How channels behave; readiness 0–100."""

    kinds: dict[Id, Text]
    """Kinds of channel that scenarios may have, each with its name."""
    decay_per_day: Annotated[int, Field(ge=0, le=100, strict=True)]
    """Readiness lost for each day without use."""
    use: Annotated[int, Field(ge=0, le=100, strict=True)]
    """Readiness gained in a turn in which the channel carried something."""
    states: tuple[ChannelWord, ...] = Field(min_length=2)
    """From the lowest readiness up; the first is at 0."""
    leak: Percent
    """Chance that a private act leaks, for channels that do not say otherwise."""
    too_low_weight: Factor
    """What is left of the weight of an act that was taken too low."""
    leak_weight: Factor
    """Scale of a protest's weight when it leaks."""
    public_standing: Factor
    """Share of a move's standing that is felt when a private act leaks."""
    takers: dict[Taker, TakerSettings] = {}
    """Who may take a call or go to a meeting: whoever accepts one says who. Every message then arrives in the end, and
    luck decides only whether it takes one turn more. Left out, nobody says who, and luck decides."""

    lapse_keeps: Percent = 0
    """Of what practice had made or lost of a channel in an earlier session, the percent that is left where another
    session begins with it; 0 or left out, channels begin as the scenario has them."""
    calls: CallSettings | None = None
    """What home expects of calls; left out, or where a scenario has no `call_purposes`, nobody asks what one is for."""

    @model_validator(mode="after")
    def _luck_is_small(self) -> ChannelSettings:
        if self.takers and any(word.unanswered > MOST_LUCK or word.too_low for word in self.states):
            raise ValueError(
                Sentence(
                    "with takers luck decides little: no state has unanswered above {most}, or too_low above 0",
                    most=MOST_LUCK,
                )
            )
        return self


class AssetSettings(Authored):
    """What follows when an asset turns out to be more than it was seen as."""

    found: Percent
    """Chance that it is found out at all."""
    within: Annotated[int, Field(ge=1, le=24, strict=True)]
    """It comes out in one of so many turns after the act, or at the close."""
    pressure: Factor
    """So many times the pressure that the act would have put on lines if it had been shown."""
    trust: AuthoredPoints
    """What it does to the trust of the other team."""
    source: SourceText
    """Why one should believe it."""


class Backed(Authored):
    """A share for each way in which a fact can be told."""

    source: Factor
    """With its source."""
    host: Factor
    """Vouched for by the host, who has seen the source."""
    word: Factor
    """On its team's word alone."""


class CapabilityCost(Authored):
    """What it costs to show what one can see and hear."""

    felt: AuthoredPoints
    """What it adds to the tension that its own team feels, since from here on it sees less."""
    shares: Backed
    """How much of it, by how the fact is told."""


class StandingCost(Authored):
    """What it costs at home to have told."""

    public: AuthoredPoints
    """What it does to the team's own standing where it is told in public."""
    private: AuthoredPoints
    """The same where it is told in private."""


class DisclosureSettings(Authored):
    """What follows when a team tells a fact that it alone knew."""

    weight: AuthoredPoints
    """What a fact that is told whole, with its source and when it meets something adds to the weight of its act."""
    relief: AuthoredPoints
    """What it takes off each pink line of the other team that is about what it speaks to."""
    backed: Backed
    """How much of both, by how it is told."""
    part: Factor
    """How much of both, and of what it costs, where it is told in part."""
    unmet: Factor
    """How much of both where it is told unasked, and nothing has lately touched what it speaks to."""
    capability: CapabilityCost
    """What facts cost that show what a team can do."""
    standing: StandingCost
    """What facts cost that are awkward at home."""
    found: Percent
    """Chance that it comes out that a fact was told in part, or falsely."""
    within: Annotated[int, Field(ge=1, le=24, strict=True)]
    """It comes out in one of so many turns after the act, or at the close."""
    part_trust: AuthoredPoints
    """What it does to the trust of the other team when the rest of a fact comes out."""
    untrue_trust: AuthoredPoints
    """The same when it comes out that a fact was told falsely."""
    owned: Factor
    """How much of that is left where its team tells the whole itself before it comes out."""
    source: SourceText
    """Why one should believe it."""
