"""Voices of a scenario, and what they ask a team: named answers, and what follows where none is given.

Whom a voice may ask, and what its answers may do, is checked in `crisis_sim.content.decision_checks`.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import model_validator

from crisis_sim.rules.authored import Authored, Id, Text
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import Side

SpokenFor: TypeAlias = Literal["us", "china", "host", "ally", "legislature", "hardliners", "media", "families"]
"""Whom a voice speaks for: a team's own government, or a third party."""
SOMEBODYS: frozenset[str] = frozenset({"ally", "legislature", "hardliners"})
"""Third parties that are one team's, so that a voice of theirs says whose."""


class VoiceAct(Authored):
    """What a voice does in public, in the same words for both teams."""

    says: Text
    """What is heard of it."""
    then: Effects | None = None
    """What follows."""


class ScenarioVoice(Authored):
    """Somebody who speaks in the plan and sits at no seat."""

    of: SpokenFor
    """Whose voice it is: a team's, or a third party's."""
    side: Side | None = None
    """Whose ally, legislature or hardliners they are; of media and families, where they are one team's."""
    says: Text
    """Who it is, as it stands within a sentence: *the Senate committee's chair*; short, since it heads what it says."""
    acts: VoiceAct | None = None
    """What it does in public: by itself once a team has let it wait too long; a team can let a voice of its own."""

    @property
    def home(self) -> Side | None:
        """The team at whose home it speaks; None for a third party that is nobody's."""
        return self.of if self.of == "us" or self.of == "china" else self.side


class NamedAnswer(Authored):
    """One answer to a decision."""

    says: Text
    """What the team says with it, in its own words."""
    then: Effects | None = None
    """What follows in the world; the answer itself stays sealed until the hotwash."""


class Otherwise(Authored):
    """What comes of a turn in which nobody answers. A plain id stands for `{answer: …}`."""

    answer: Id | None = None
    """The answer that is then carried out."""
    says: Text | None = None
    """What happens, where it is no answer."""
    then: Effects | None = None
    """What follows of it."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"answer": value} if isinstance(value, str) else value
