"""What teams of a scenario are held to: voices that ask them, cards of instructions, and texts that were agreed."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from crisis_sim.rules.authored import Authored, Id, Lengths, OneOrMany, SomeOf, SourceText, Text
from crisis_sim.rules.conditions import Condition
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


class SidedText(Authored):
    """Words for both teams, or different words for each; a plain text is for both."""

    us: Text
    china: Text

    @model_validator(mode="before")
    @classmethod
    def _same_for_both(cls, value: object) -> object:
        if isinstance(value, str) or (isinstance(value, dict) and "en" in value):
            return {"us": value, "china": value}
        return value


class InstructionCard(Authored):
    """One card of the deck."""

    says: SidedText
    """What it tells each team, as that team's capital would put it; what counts as having it is said in it."""
    met_when: Condition
    """Tried once, at the close; `self` holds the card. Usually ever with by: self."""


class Instructions(Authored):
    """The deck, and how it is dealt."""

    lengths: Lengths = (90, 150)
    """Sessions, by their minutes, in which cards are dealt."""
    one_in: Annotated[int, Field(ge=2, le=20, strict=True)] = 4
    """One team in so many is dealt a card, by luck and whatever the other is dealt; the others come for the rescue and
    nothing else, and are told so."""
    cards: dict[Id, InstructionCard] = Field(min_length=1, max_length=8)
    """One to eight cards, each under an id of its own."""


Accepting: TypeAlias = Literal["us", "china", "host"]
"""Whoever may have accepted an instrument."""


class Instrument(Authored):
    """A treaty, code, resolution or communiqué that words can cite; whoever cites it is bound by it."""

    title: Text
    """What everybody calls it."""
    says: Text
    """What it asks of whoever has accepted it, in a sentence."""
    year: Annotated[int, Field(ge=1600, le=2100, strict=True)]
    """When it was agreed."""
    accepted_by: OneOrMany[Accepting] = ()
    """Who has accepted it: `us`, `china`, the `host`."""
    concerns: SomeOf[Id]
    """What it speaks to: lines of these are eased where both have accepted it."""
    broken_by: Condition
    """An act (of the sender, who cited it) that goes against it."""
    source: SourceText
    """Where its text and who accepted it can be looked up."""
