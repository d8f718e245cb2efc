"""The catalogue of moves: what each is, what it costs, what can be put on it, and what may answer it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from crisis_sim.rules.authored import Authored, AuthoredPoints, Id, Share, SourceText, Text
from crisis_sim.rules.names import Illocution, Visibility
from crisis_sim.rules.workload_settings import WorkloadThing


class Stands(Authored):
    """When a case needs no second asking, since what it falls under has been accepted."""

    under: Id
    """A fact; while it holds the move stands as accepted once it arrives, and nobody is asked; once for each team."""
    unless: tuple[Id, ...] = ()
    """Terms with which it is asked all the same."""


class Ask(Authored):
    """What may answer a move that asks for something."""

    accept: Id
    """The move that accepts."""
    decline: Id
    """The move that declines."""
    stands: Stands | None = None
    """When it stands with no answer."""


class Term(Authored):
    """Something that can be put on an act, chosen in the composer."""

    says: Text
    """One sentence for the composer."""
    note: Text | None = None
    """What our own advisers would warn of."""
    of: Literal["act", "thing"] = "act"
    """`act` is for the sender to choose; `thing` is true of what is used: nobody's choice, with assets."""
    heard: Visibility | None = None
    """It goes only with what is said so; with either where left out."""
    offered: bool = False
    """Whoever composes a move that it can be put on is stopped at it once; it is easily passed over."""


class Move(Authored):
    """A communication act of the catalogue."""

    label: Text
    """What the move is called in the composer, as one would say what to do."""
    does: Text
    """One sentence: what it does and what it costs."""
    also: Text | None = None
    """Words by which it is looked for too, besides those of its label and its sentence; they are not shown."""
    family: Literal["contact", "reassure", "cooperate", "restrain", "inform", "protest", "coerce", "force"]
    """What kind of act it is."""
    weight: AuthoredPoints
    """How far it moves tension when it arrives with nothing else to say about it; negative calms."""
    severity: Annotated[int, Field(ge=0, le=5, strict=True)]
    """Class of provocation: 0 none, 1 words in private, 2 words in public, 3 pressure, 4 sanction, 5 force."""
    visibility: tuple[Visibility, ...] = Field(min_length=1)
    """How it can be sent; the first is the default."""
    over: tuple[Id, ...] = Field(min_length=1)
    """Kinds of channel that can carry it; the first that the scenario has is the default."""
    costliness: Share
    """How dear the signal is to send, 0–1."""
    face_threat: Annotated[int, Field(ge=0, le=3, strict=True)]
    """How far it shames whoever receives it, 0–3."""
    ambiguity: Share
    """How easily it is taken for something else, 0–1."""
    illocution: Illocution
    """What the words do: state, ask, promise, show a feeling, or change a state of affairs."""
    cameo: str | None = None
    """CAMEO event code of sending it, read as text; moves of the shipped catalogue are coded by the export."""
    asks: Ask | None = None
    """The move asks for an answer."""
    only_as_answer: bool = False
    """The move can only be made to answer something."""
    about_channel: bool = False
    """The move is about a channel, which must be named."""
    uses: Literal["asset"] | None = None
    """The move is made with something of the sender's own, and says with which of its assets if it has one."""
    discloses: bool = False
    """The move can carry a private fact of its sender's, where its team has one."""
    needs_consent_or: Id | None = None
    """The move needs the host's consent (`consent` of the scenario) or this term, which says that it goes without."""
    concerns: tuple[Id, ...] = ()
    """What it speaks to: a calming act mends what was pressed of these."""
    terms: tuple[Id, ...] = ()
    """What can be put on it."""
    standing: AuthoredPoints = 0
    """What it does to the sender's standing when it is public."""
    tells: bool = False
    """It names a line of the sender's own and says that the other side is seen to move on it; in private it presses no
    line."""
    only_with: WorkloadThing | None = None
    """What of the workload it belongs to: it can be made in sessions in which that is on."""
    exchange: bool = False
    """When accepted, the two sides have met or spoken, and each may give its readout."""
    source: SourceText
    """Why the weight is what it is."""

    @property
    def stands_under(self) -> str | None:
        """The fact while which it stands with no answer."""
        return None if self.asks is None or self.asks.stands is None else self.asks.stands.under
