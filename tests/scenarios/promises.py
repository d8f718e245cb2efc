"""What a scenario promises, as `promises.yaml` beside it says: numbers, texts, scripts, and what comes of them.

An act is named once under `acts`. A script is `{hour: acts}`: a list is sent by both teams, `{us: …, china: …}` by
each its own; a script that is named under `scripts` can be used by its name. Values of tracks, pressure and tension are
whole units, or a bound such as `"< 44"`. A line is `owner/line`, and a text `brief`, `brief-us`, `guide` or an inject,
with `/us` or `/china` where only one team reads those words. Everything else is refused.
"""

from __future__ import annotations

import operator
import subprocess
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.yamlfile import read_yaml
from crisis_sim.problems import Problems
from crisis_sim.rules.names import AnswerKind, Backing, Side

SCENARIOS = shipped_folder() / "scenarios"
LENGTHS = (45, 90, 150)

_ORDER: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


class Bound(BaseModel):
    """What a number may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sign: Literal["<", "<=", ">", ">=", "="]
    than: Decimal

    def holds(self, hundredths: int) -> bool:
        """Whether a number keeps to it."""
        return _ORDER[self.sign](Decimal(hundredths) / 100, self.than)


def _bound(written: object) -> object:
    sign, _, than = written.partition(" ") if isinstance(written, str) else ("=", "", written)
    return {"sign": sign, "than": than}


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


def _sent(written: object) -> object:
    return written if isinstance(written, dict) else {"us": written, "china": written}


Number: TypeAlias = Annotated[Bound, BeforeValidator(_bound)]
Names: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Line: TypeAlias = Annotated[str, Field(pattern=r"^(us|china)/[a-z-]+$")]
Words: TypeAlias = dict[str, Names]
"""Text → words that stand in it."""


class Form(BaseModel):
    """Keys are written with hyphens, and no other is taken."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.strip("_").replace("_", "-"),
        validate_by_name=True,
    )


class Act(Form):
    """A move as a team sends it; with `how`, it answers the oldest request that waits for the team."""

    public: str | None = None
    private: str | None = None
    over: str
    terms: Names = ()
    asset: str | None = None
    """With what it is made, for moves that use something: an id, or `last` of what the team has; else the first."""
    about: str | None = None
    how: AnswerKind | None = None
    discloses: str | None = None
    """A private fact that it tells, whole."""
    backed: Backing = "source"
    """What stands behind the fact that it tells."""
    promise: str | None = None
    """The commitment that goes with it."""


class Sent(Form):
    """What each team sends in a turn, by the names of its acts."""

    us: Names = ()
    china: Names = ()


Script: TypeAlias = dict[int, Annotated[Sent, BeforeValidator(_sent)]]


class Other(Form):
    """How much more than in another session, or less."""

    play: str | Script = Field(default_factory=dict)
    tracks: dict[str, Number] = {}
    every_track: Number | None = None
    """The sum of all."""
    readiness: dict[str, Number] = {}


class Played(Form):
    """A session, and what must come of it."""

    play: str | Script | None = None
    without: Annotated[Sent, BeforeValidator(_sent)] = Sent()
    """Acts that each team leaves out of the script."""
    only: Side | None = None
    """The team that acts alone."""
    lengths: tuple[int, ...] = (150,)
    released: dict[int, str] = {}
    """Hour → the inject that the facilitator releases."""

    tracks: dict[str, Number] = {}
    tension: Number | None = None
    readiness: dict[str, Number] = {}
    peaks: dict[str, Number] = {}
    """The most that a track came to."""
    marks: dict[str, dict[int, int]] = {}
    """Track → place of each mark that it reached, and the hour of the turn."""
    moves_at: dict[str, tuple[int, ...]] = {}
    """Track → hours of the turns in which it moved."""
    comes: Names = ()
    away: Names = ()
    """Injects that do not come."""
    order: Names = ()
    """Injects that come, in this order."""
    one_of: Names = ()
    """Injects of which exactly one comes."""
    crosses: tuple[Line, ...] = ()
    crosses_only: tuple[Line, ...] | None = None
    keeps: tuple[Line, ...] = ()
    """Lines that are not crossed."""
    concludes: tuple[Line, ...] = ()
    """Red lines about which their owners draw a conclusion, by way of a pink line that is full."""
    presses: tuple[Line, ...] = ()
    presses_only: tuple[Line, ...] | None = None
    spares: tuple[Line, ...] = ()
    """Lines that nothing presses."""
    pressed_by: dict[str, tuple[Side, ...]] = {}
    """Rule → the owners of the lines that it presses, none or some."""
    moved_by: Names = ()
    """Rules that move a number."""
    truths: dict[str, tuple[Side, ...]] = {}
    """Fact → the teams of which it is true at the end, none or some."""
    against: Other | None = None


class Promise(Played):
    """What must come of one session, or of each of several that differ in a few keys."""

    says: str
    cases: tuple[Played, ...] = ()


class Branch(Form):
    """An act that forestalls what neglect brings, and may open what only care does."""

    play: Script
    opens: str | None = None
    forestalls: str


class Grave(Form):
    """Acts that cross a line at once, and the two injects by which the host answers and relents."""

    hour: int
    answered: Script = {}
    stops: str
    resumes: str
    lines: dict[Line, Names]


class Slices(Form):
    """Acts that lead a line's owner to a conclusion when they are done turn after turn."""

    hours: tuple[int, ...]
    once: int | None = None
    """The hour at which one of them is tried, where it is not the first."""
    lines: dict[Line, Names]


class Silence(Form):
    """What declining to comment presses, in every turn or at these hours."""

    hours: tuple[int, ...] | None = None
    presses: tuple[Line, ...]
    spares: tuple[Line, ...] = ()


class Bots(Form):
    """What bots' sessions are measured by, where the numbers are the scenario's own."""

    more: Names = ()
    """Tracks that end higher after careful play."""
    as_much: Names = ()
    """Tracks that end no lower."""
    reckless: Names = ("salami", "firm")
    policies: Names = ("rota", "firm", "salami", "silent")
    seed: str = "1"
    seeds: tuple[str, ...] = ()
    """Seeds over which two chairs are compared, where one is not enough: a late message is luck, and no chair."""
    lengths: tuple[int, ...] = (90,)
    """In which they are."""
    uneven: int = 0
    """By how many crossings the sides may differ where the same bot plays both."""


class Secret(Form):
    """What only one team's brief knows, and the injects that tell it."""

    side: Side
    pattern: str
    zh: str | None = None
    told_by: Names
    aside: Names = ()
    """Harmless words that the pattern would find."""


class Text(Form):
    """Words that stand in texts, so that they agree with each other."""

    says: str
    in_: Words = {}
    zh: Words = {}
    once: Words = {}
    """Text → words that it has exactly once."""


class Track(Form):
    """The numbers of a track, in whole units; `sum` is the start with all changes, injects and drift."""

    start: Number | None = None
    most: Number | None = None
    per_hour: Number | None = None
    changes: tuple[Decimal, ...] | None = None
    sum: Number | None = None
    sum_once: Number | None = None
    """The start with those changes alone that come once."""


class Lines(Form):
    """How the lines of the two sides compare."""

    concerns: Literal["all-differ", "pink-differ", "red-alike"] = "pink-differ"
    differ: Names = ()
    """`crossing`, where crossings do not cost the same."""


class Outcome(Form):
    """By what it is told in the end how a session went."""

    track: str
    fewer: bool = False
    """The less the better."""


class Unnamed(Form):
    """Names of the real world that no team reads."""

    pattern: str
    zh: str | None = None
    in_: Names = ("brief", "brief-us", "brief-china")


class Promises(Form):
    """Everything that one scenario promises."""

    seed: str
    hour: int
    """Of the turn in which every careful act is tried."""
    injects: tuple[int, int]
    """So many tell the teams something, at least and at most; those that ask one team to decide come on top."""
    decisions: int = 0
    """So many ask each team to decide."""
    contingent: int
    questions: int = 10
    """The most there are for the hotwash."""
    lines: Lines = Lines()
    ends: int
    by_hand: dict[str, int | None]
    """The facilitator's injects; with an hour, one that comes by nothing that the teams leave undone."""
    instead: dict[str, str] = {}
    """Inject → the planned one in whose place it comes."""
    outcome: Outcome
    unnamed: Unnamed
    bots: Bots = Bots()
    acts: dict[str, Act]
    scripts: dict[str, Script] = {}
    tracks: dict[str, Track] = {}
    texts: tuple[Text, ...] = ()
    secrets: tuple[Secret, ...] = ()
    branches: tuple[Branch, ...] = ()
    grave: Grave | None = None
    slices: Slices | None = None
    silence: Silence | None = None
    sessions: tuple[Promise, ...]


@cache
def tracked() -> tuple[str, ...]:
    """The scenarios that belong to the repository; all that lie there, where there is no repository."""
    there = sorted(path.parent.name for path in SCENARIOS.glob("*/scenario.yaml"))
    command = ["git", "-c", "safe.directory=*", "ls-files", "*/scenario.yaml"]
    listed = subprocess.run(command, cwd=SCENARIOS, capture_output=True, text=True, check=False)
    known = {line.split("/")[0] for line in listed.stdout.splitlines()}
    return tuple(name for name in there if name in known) if known else tuple(there)


@cache
def promises(scenario: str) -> Promises:
    """What a scenario promises."""
    problems, path = Problems(), SCENARIOS / scenario / "promises.yaml"
    file = read_yaml(path, problems)
    assert file is not None and not problems.errors, problems.shown()
    return Promises.model_validate(file.value)
