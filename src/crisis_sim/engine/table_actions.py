"""Actions besides moves: lines, guesses, orders, shares and principles before and after play, and those of rooms.

In rooms people agree to what is recorded, take acts each for himself, translate, and are led through the hotwash.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from msgspec import UNSET, Struct, UnsetType

from crisis_sim.rules.names import Side


class Action(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """What a seat asks for; its kind is the tag."""

    made_by: Literal["harness"] | UnsetType = UNSET
    """The harness, the program that asks a model, did this in the model's place, which gave nothing that can be used or
    has used up what it may use."""


class Guess(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A guess of one of the other side's lines."""

    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int
    """0–10: how much it matters to them."""


class AdoptLines(Action, frozen=True, tag="adopt-lines"):
    """Take the scenario's lines as our own; those not named are set aside. Until then all are ours."""

    lines: tuple[str, ...]


class WriteLine(Action, frozen=True, tag="write-line"):
    """Write a line of our own."""

    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int
    """0–10: how much it matters."""
    leads_to: str | None = None
    """For a pink line: the red line of ours that it leads to."""


class DropLine(Action, frozen=True, tag="drop-line"):
    """Take back a line that we wrote."""

    line: str


class GuessLine(Action, frozen=True, tag="guess-line"):
    """Guess one of the other side's lines; the fields are those of Guess."""

    line: Literal["red", "pink"]
    concern: str
    says: str
    weight: int


class DropGuess(Action, frozen=True, tag="drop-guess"):
    """Take back a guess by its place in our list, from 1."""

    number: int


class OrderOffences(Action, frozen=True, tag="order-offences"):
    """Order the acts of the card by how gravely we take them ourselves, the gravest first, where the session asks."""

    order: tuple[str, ...]


class GuessOrder(Action, frozen=True, tag="guess-order"):
    """Guess in which order the other side has them."""

    order: tuple[str, ...]


class PutPrinciple(Action, frozen=True, tag="put-principle"):
    """Put a sentence on the principles of crisis management to both sides, once play is over, where the session asks.

    With a number it takes the place of one that is there and that not both accept, ours or theirs.
    """

    says: str
    number: int | None = None
    """Its place in the list of both, from 1."""


class AcceptPrinciple(Action, frozen=True, tag="accept-principle"):
    """Accept a sentence as it stands, by its place in the list of both, from 1."""

    number: int


class SealLines(Action, frozen=True, tag="seal-lines"):
    """Our lines and guesses are done."""


LineAction: TypeAlias = (
    AdoptLines | WriteLine | DropLine | GuessLine | DropGuess | OrderOffences | GuessOrder | SealLines
)
"""What a team writes down of lines and of orders."""


HotwashPage: TypeAlias = Literal[
    "ending", "pairs", "acts", "lines", "forecasts", "channels", "curves", "questions", "changes"
]
"""What the pages of the hotwash are called in logs, in their order."""
HOTWASH_PAGES: Final[tuple[HotwashPage, ...]] = get_args(HotwashPage)


class AgreeToCard(Action, frozen=True, tag="agree-to-card"):
    """Say that who sits here has read the card on what is recorded and who may see it, and agrees."""

    by: str = ""
    """The person's label at the table, such as `us-2`, never a name; the host of rooms says it, whatever was sent."""


class ModelReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the harness of a model says of it: which it is, and how asking it went since the last report."""

    model: str
    settings: str
    """As they are sent, joined by a blank: `temperature=0.7 seed=5`."""
    prompt: str
    """SHA-256 of the instructions that each question begins with."""
    transcript: str
    """SHA-256 of the file of questions and answers, up to here."""
    answered_as: str = ""
    """What the endpoint calls the model that answered, joined by a blank where that changed."""
    fingerprint: str = ""
    """What it calls the system that the model runs on, likewise."""
    questions: int = 0
    tries: int = 0
    """How often a question was sent, the first time included."""
    unusable: int = 0
    """Questions to which no answer came that can be used."""
    tokens_in: int = 0
    tokens_out: int = 0
    trouble: str = ""
    """Code of what went wrong first; empty where nothing did."""
    status: int = 0
    """The HTTP status that the endpoint failed with; 0 for none."""
    answer: str = ""
    """How the first answer began that cannot be used."""
    gave_up: bool = False
    """No more is asked of it: its answers could not be used again and again, or none will come."""


class ReportModel(Action, frozen=True, tag="report-model"):
    """Put on record which model plays at this seat and how asking it goes; the harness does so in each phase."""

    report: ModelReport


class EndCall(Action, frozen=True, tag="end-call"):
    """End a call or meeting that is held in writing, by its place in our list of exchanges, from 1; for both sides."""

    exchange: int


class PressReading(Action, frozen=True, tag="press-reading"):
    """How one person of the team takes what reached it, before the team has sealed that; nobody sees it in play."""

    item: int
    """Its place in our inbox."""
    hostility: int
    """−3 friendly … +3 hostile."""
    by: str = ""
    """The person's label at the table, such as `us-2`; the host of rooms says it, whatever was sent."""


class TranslateAct(Action, frozen=True, tag="translate-act"):
    """Attach a translation to the words of an act; it stands beneath them, and without words it is taken off."""

    side: Side
    turn: int
    order: int
    text: str


class TranslateLine(Action, frozen=True, tag="translate-line"):
    """The same for a line of a call or meeting, both by their places from 1."""

    exchange: int
    line: int
    text: str


class LeadHotwash(Action, frozen=True, tag="lead-hotwash"):
    """Say where the hotwash is, for every screen that follows."""

    page: HotwashPage
    act: str = ""
    """On the page of pairs `side/turn/place` of the act; empty for its cover."""
    opened: int = 0
    """How far that act is open, 1 said … 3 taken."""
    place: int = 0
    """Where on any other page, from 0."""
    everything: bool = False
    """All that was sealed stands open on every page."""
