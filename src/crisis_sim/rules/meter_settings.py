"""Settings of the meters from 0 to 10: where they begin, where they come to rest, and where standing ends."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from crisis_sim.rules.authored import Authored, AuthoredPoints, Id, SourceText, one_or_many


class MeterSettings(Authored):
    """A meter from 0 to 10."""

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
    blocked_by: Annotated[tuple[Id, ...], BeforeValidator(one_or_many)] = ()
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
