"""What the opening menu is given, and what comes back from it.

Plain data without Textual, so that the command line can fill and act on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.rules.names import Language
from crisis_sim.wording import _

Do: TypeAlias = Literal[
    "start",
    "host",
    "join",
    "resume",
    "replay",
    "demo",
    "try",
    "verify",
    "look",
    "debrief",
    "again",
    "what-if",
    "compare",
]

LISTENER: Final = "attentive"
"""The bot that plays the other team where one person plays and names none: it answers to what that one does."""
ALONE_MINUTES: Final = 45
CARDS: Final[Mapping[str, tuple[str, str]]] = {
    "none": (_("no team orders acts"), ""),
    "short": (_("each team orders five acts"), _("It takes about 3 minutes a team.")),
    "full": (_("each team orders eight acts"), _("It takes about 5 minutes a team.")),
}
"""How many acts each team orders by how gravely it takes them, and what that costs."""
DECKS: Final[Mapping[Literal["on", "off"], tuple[str, str]]] = {
    "off": (_("no instruction cards"), _("Both teams come for the common task alone.")),
    "on": (_("instruction cards are dealt"), _("A team may be told to come home with more; the other does not know.")),
}
"""Whether teams may be told to come home with something besides."""
BRIEFS: Final[Mapping[str, tuple[str, str]]] = {
    "plain": (_("as they are written"), _("For people who know the field.")),
    "explained": (_("explained"), _("Terms, bodies and rules of the field stand behind it; a minute or two to read.")),
}
"""How the public brief is given."""
REACHES: Final[Mapping[Literal["here", "network"], tuple[str, str]]] = {
    "here": (_("this machine alone"), _("To try it, from other windows. No other machine can join.")),
    "network": (
        _("the network of this machine"),
        _("Terminals of its network join, encrypted, each with a code; browsers from this machine alone."),
    ),
}
"""From where people join a session that is hosted."""


class ScenarioEntry(Struct, frozen=True):
    """A scenario that can be played."""

    id: str
    title: str
    summary: str
    """What it is."""
    lengths: tuple[int, ...]
    """Minutes of real time that it can be played in."""
    languages: tuple[Language, ...]
    packs: tuple[str, ...]
    """Ids of the rule packs it names; the first is the base and stays."""
    offence_card: tuple[int, ...] = ()
    """Lengths in which each team orders acts by gravity."""
    instructions: tuple[int, ...] = ()
    """Lengths in which instruction cards are dealt."""
    explained: bool = False
    """Its public brief can be explained."""
    difficulty: str = ""
    """Whom it is for, in a word."""


class PackEntry(Struct, frozen=True):
    """A rule pack that can be added or taken out."""

    id: str
    summary: str


class PolicyEntry(Struct, frozen=True):
    """How a bot plays."""

    id: str
    summary: str


class LogEntry(Struct, frozen=True):
    """A log that can be resumed, replayed or verified."""

    path: str
    summary: str
    """Scenario, turn and when, in a line."""
    is_open: bool = False
    """It came to its hotwash, so that another session can begin with what it left."""
    is_closed: bool = False
    """Nobody can play it any further."""
    was_hosted: bool = False
    """People joined it from screens of their own, and can come back to them."""


class TurnEntry(Struct, frozen=True):
    """A turn from whose start a session can be played otherwise."""

    turn: int
    summary: str
    """What was misread most in it."""


class Offer(Struct, frozen=True):
    """Everything the menu can offer."""

    scenarios: tuple[ScenarioEntry, ...]
    packs: tuple[PackEntry, ...] = ()
    """Every pack but base packs."""
    policies: Callable[[], tuple[PolicyEntry, ...]] = tuple
    """How bots play, asked for when somebody chooses one: they know the whole game, and are slow to load."""
    logs: tuple[LogEntry, ...] = ()
    """Newest first."""
    examples: tuple[LogEntry, ...] = ()
    """Exemplary sessions of scenarios, to replay."""
    language: Language = "en"
    """What whoever chooses reads."""
    played: str = ""
    """The log of a session that has just been closed here."""
    changes: str = ""
    """What it means to play that again from the other side; empty where nobody can."""
    turns: tuple[TurnEntry, ...] = ()
    """From which it can be played otherwise, the one first where most was misread."""
    goes_on: bool = False
    """Its hotwash can be gone on with."""
    parent: str = ""
    """The log that it branches from, with which it can be compared; empty where it is no branch."""
    result: str = ""
    """What has come of the last choice."""
    next: str = ""
    """What is done after the last choice, where the cursor begins; empty for the first."""
    unheard: Callable[[str], str] = lambda _: ""
    """Why nobody can be joined at an address, in a sentence; empty where somebody answers there."""


class MenuChoice(Struct, frozen=True):
    """What somebody chose; which fields count depends on `do`.

    `start`: everything but `log`, `reach` and `address`; `host`: `reach` too, or it and the `log` to go on with.
    `join`: `address`.
    `resume`, `replay`, `verify`, `debrief`, `again` and `compare`: `log`; `what-if`: `turn`
    and `us` too, as a person or the bot that listens plays for people. `look`: `scenario`.
    `demo` and `try`: nothing more.
    """

    do: Do
    scenario: str = ""
    length: int = 90
    us: str = "person"
    """`person`, or the id of a bot's policy."""
    china: str = "person"
    facilitator: Literal["person", "auto"] = "person"
    packs: tuple[str, ...] = ()
    """Ids of the rule packs, the base first."""
    language: Language | None = None
    """None for that of whoever plays, where the scenario has it."""
    seed: int | None = None
    """None where luck may be drawn fresh."""
    offence_card: Literal["none", "short", "full"] | None = None
    """Which card of offences teams order; None as the scenario has it, and at one table the shorter one."""
    cards: bool = True
    """Instruction cards are dealt, where the scenario has them."""
    briefs: Literal["plain", "explained"] = "plain"
    """Whether what explains the public brief stands behind it."""
    inherits: str = ""
    """Path of the log of an earlier session that this one begins with; empty where it begins afresh."""
    consent: str | None = None
    """The card that people agree to before they act, in a facilitator's own words; empty for the one that ships, None
    where nobody is asked."""
    again_of: str = ""
    """The session that this one plays again from the other side; empty where it is no such."""
    arm: str = ""
    """The arm of a study that it is given to; empty for none."""
    log: str = ""
    """Path of the log."""
    turn: int = 0
    """From whose start it is played otherwise."""
    reach: Literal["here", "network"] = "here"
    """From where people join."""
    address: str = ""
    """Of a host, as somebody typed it."""


def alone(scenario: ScenarioEntry, language: Language) -> MenuChoice:
    """One person as the United States, against the bot that listens, with nobody to run it."""
    choice = MenuChoice(do="start", length=ALONE_MINUTES, china=LISTENER, facilitator="auto", language=language)
    return with_scenario(choice, scenario)


def with_scenario(choice: MenuChoice, scenario: ScenarioEntry) -> MenuChoice:
    """The choice for a scenario, with what it can do."""
    length = choice.length if choice.length in scenario.lengths else scenario.lengths[0]
    language = choice.language if choice.language in scenario.languages else "en"
    briefs = choice.briefs if scenario.explained else "plain"
    return replace(choice, scenario=scenario.id, length=length, language=language, packs=scenario.packs, briefs=briefs)
