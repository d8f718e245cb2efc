"""A scenario: the authored situation of one exercise.

These models hold what one file says by itself. What it says about others (a move, a channel, a line, an inject, a
concern of a rule pack) is joined and checked in `crisis_sim.content.link`; nothing that names a thing that does not
exist leaves the content floor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from crisis_sim.content.authored_assets import Asset, Consent, PrivateFact
from crisis_sim.content.authored_bonds import Instructions, Instrument, NamedAnswer, Otherwise, ScenarioVoice, SidedText
from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.authored_stakes import Line, TrackOf
from crisis_sim.content.example import ExampleFile
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import one_of
from crisis_sim.rules.authored import (
    Authored,
    AuthoredHours,
    AuthoredPoints,
    Id,
    Length,
    Lengths,
    OneOrMany,
    Text,
    number_as_text,
)
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES, Difficulty, Language, Side
from crisis_sim.rules.pack import Commitment
from crisis_sim.text import in_braces


class Assumptions(Authored):
    """What a scenario takes to be so in the world, for whoever hands it out to judge whether it still is."""

    as_of: Annotated[str, BeforeValidator(number_as_text), StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
    """The year, month or day of which it was true: `2026-11`."""
    says: tuple[Text, ...] = Field(min_length=1, max_length=12)
    """One sentence for each thing."""


TextFile: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*\.md$", max_length=200),
    Field(json_schema_extra={"patternErrorMessage": "Name a Markdown file beside the scenario, such as brief.md."}),
]
"""A Markdown file beside the scenario."""


class Files(Authored):
    """A long text kept as Markdown beside the scenario; a plain string names the English file."""

    en: TextFile
    zh: TextFile | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: object) -> object:
        return {"en": value} if isinstance(value, str) else value


class Team(Authored):
    """One team: its part, its private brief, its habits and its lines."""

    name: Text
    """What the team is called on screens."""
    part: Text
    """Who the players are, in one sentence."""
    brief: Files
    """The private brief."""
    sounds: Files | None = None
    """How the other side may sound to this team, and this team to it: on the second page of the facilitator's guide,
    and behind the private brief where a session has its briefs explained."""
    opening: Literal["framework-first", "case-first"]
    """Whether it puts principles before cases, or cases before principles."""
    standing: AuthoredPoints | None = None
    """Its footing at home at the start, 0–10, unless as the rule pack has it."""
    trust: AuthoredPoints | None = None
    """What it gives the other team credit for at the start, 0–10, unless as the rule pack has it."""
    aims: tuple[Text, ...] = Field(min_length=1, max_length=6)
    """What the capital wants, for the team alone."""
    assets: dict[Id, Asset] = Field(default={}, max_length=8)
    """Its ships, aircraft and other things, each under an id of its own."""
    private_facts: dict[Id, PrivateFact] = Field(default={}, max_length=4)
    """What it alone knows, and can tell or keep, each under an id of its own."""
    lines: tuple[Line, ...] = Field(min_length=2, max_length=8)
    """Its red and pink lines, at least one of each."""


Turns: TypeAlias = Annotated[int, Field(ge=1, le=24, strict=True)]
"""A count of turns."""


class After(Authored):
    """An inject that has come, so many hours or turns ago. A plain id stands for `{inject: …}`."""

    inject: Id
    """The inject that is followed."""
    by: AuthoredHours = 0
    """Hours that have to pass since it first came."""
    turns: Turns | None = None
    """Turns that have to pass since it first came, in place of `by`: so it follows as closely in sessions of every
    length."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: object) -> object:
        return {"inject": value} if isinstance(value, str) else value


class Again(Authored):
    """How often an inject comes, as long as its condition holds."""

    every: AuthoredHours | None = None
    """Hours between one time and the next, at least."""
    turns: Turns | None = None
    """Turns between one time and the next, in place of `every`."""
    times: Annotated[int, Field(ge=2, le=24, strict=True)] = 24
    """So often altogether, at most."""

    @model_validator(mode="after")
    def _says_when(self) -> Again:
        if self.every is None and self.turns is None:
            raise ValueError(Sentence("say when it comes again, as hours or as turns: every: 12h, or turns: 2"))
        return self


class Inject(Authored):
    """A planned item of the master scenario events list."""

    id: Id
    title: Text
    """A few words for the facilitator's list."""
    at: AuthoredHours
    """Delivered in the first turn played at or after this hour, when its condition holds."""
    after: After | None = None
    """Another inject that it follows."""
    again: Again | None = None
    """It comes more than once."""
    to: Literal["us", "china", "both"] = "both"
    """Who receives it."""
    text: SidedText
    """What they are told, as news reaches them. A track's id in braces stands for its number then, with its unit:
    `{hours-of-air}`; a brace itself is written twice."""
    reads_as: SidedText
    """How each side is likely to misread it; for the facilitator and the debrief."""
    when: Condition | None = None
    """A contingency: delivered only when this holds, tried again each turn until it does or `until` has passed."""
    until: AuthoredHours | None = None
    """The last hour at which a contingency is tried."""
    until_turns: Turns | None = None
    """Turns in which a contingency is tried, the first in which it may come among them, in place of `until`."""
    then: Effects | None = None
    from_: Id | None = Field(default=None, alias="from")
    """The voice that speaks."""
    decide: dict[Id, NamedAnswer] = Field(default={}, max_length=6)
    """A decision: what the team that receives it may answer the voice, two to six answers, each under an id of its
    own. Where a session asks for no decisions (by the base pack at 45 minutes) the inject is left out."""
    otherwise: Otherwise | None = None
    """What a turn without an answer comes to: one of the answers by its id, or something else. It is carried out
    once, and the turn counts as a delay; at the second the voice acts by itself."""
    calls_for: OneOrMany[Id] = ()
    """Moves, or families of moves, that whoever hears of it may be expected to answer it with."""
    excuses: bool = False
    """It gives whoever hears of it something to point to at home for going back on a public demand or threat: new facts
    on record, or the host's request."""
    window: AuthoredHours | None = None
    """Hours in which somebody should answer it; conditions on time_left watch it."""
    window_turns: Turns | None = None
    """Turns in which somebody should answer it, the one in which it comes among them, in place of `window`: so it fits
    sessions of every length."""
    by_hand: bool = False
    """Only the facilitator, or an effect, releases it."""
    lengths: Lengths = (45, 90, 150)
    """Sessions in which it comes at all, by their minutes."""
    note: Text
    """What the facilitator should watch for, or say."""
    thread: Id | None = None
    """Storyline, for the facilitator's list."""

    def last_hour(self, hours: Sequence[int]) -> int | None:
        """The last hour at which it is tried in a session whose turns begin at `hours`; None where there is no last."""
        if self.until_turns is None:
            return self.until
        tried_hours = [hour for hour in hours if hour >= self.at]
        return tried_hours[min(self.until_turns, len(tried_hours)) - 1] if tried_hours else self.at

    @property
    def tracks_named(self) -> tuple[str, ...]:
        """The tracks whose numbers its text tells, in the order of their names."""
        texts = (text for side_text in (self.text.us, self.text.china) for text in side_text.words.values())
        return tuple(sorted({name for text in texts if "{" in text for name in in_braces(text) if name}))


class Forecast(Authored):
    """What each team is asked to forecast for the next turn."""

    id: Id
    ask: Text
    """A question about the other team, answerable by yes or no."""
    happens: Condition
    """Tried at the end of the next turn; `self` forecasts, `other` is forecast. Usually same_turn with by: other."""


class Question(Authored):
    """A question for the hotwash."""

    ask: Text
    """The question, for both teams."""
    about: Literal["gaps", "lines", "channels", "silence", "forecasts", "standing", "tracks", "readouts", "commitments"]
    """What of the record is on screen while it is talked about."""
    recalls: OneOrMany[Id] = ()
    """Ids of injects, lines, channels, tracks, moves or commitments that the question brings back to mind."""


class FactStart(Authored):
    """How a named fact stands at the start; one that no rule pack has is the scenario's own."""

    per: Literal["session", "team"] | None = None
    """For a fact of the scenario's own: whether it belongs to the session or to each team. Without it, to each team if
    it starts as `us` or `china`, and to the session otherwise."""
    start: bool = False
    """It is true at the start, for a fact that belongs to no team."""
    us: bool = False
    """It is true of the United States at the start."""
    china: bool = False
    """It is true of China at the start."""
    says: Text
    """What it means in this scenario."""

    @property
    def scope(self) -> Literal["session", "team"]:
        """Whether it belongs to the session or to each team, for a fact of the scenario's own."""
        return self.per or ("session" if self.model_fields_set.isdisjoint({"us", "china"}) else "team")


class Closing(Authored):
    """What both teams are asked for once play is over."""

    principles: Lengths = ()
    """Sessions, by their minutes, in which both look for up to three principles of crisis management to agree on."""
    sentences: tuple[Text, ...] = Field(default=(), max_length=8)
    """Principles that a team may put as they are, and that bots put: one sentence each, fit for either side."""


class MovesATurn(Authored):
    """Moves a team may make in a turn; what answers a request comes on top of the most."""

    least: Annotated[int, Field(ge=0, le=3, strict=True)] = 1
    """At least so many."""
    most: Annotated[int, Field(ge=1, le=5, strict=True)] = 3
    """At most so many, and no more than the rule packs leave time for."""
    most_at: dict[Length, Annotated[int, Field(ge=1, le=5, strict=True)]] = {}
    """Instead, at most so many in sessions of these minutes, whatever the rule packs leave time for."""


class Teams(Authored):
    """Exactly the two teams."""

    us: Team
    china: Team

    def team_of(self, side: Side) -> Team:
        """The team that plays `side`."""
        return self.us if side == "us" else self.china

    @property
    def lines(self) -> Iterator[tuple[Side, int, Line]]:
        """All lines of both, each with its team and its place among that team's."""
        return ((side, place, line) for side in SIDES for place, line in enumerate(self.team_of(side).lines))


def long_texts(scenario: Scenario) -> Iterator[tuple[tuple[str, ...], str]]:
    """The Markdown files that a scenario names, each with the way to its name in the file."""
    text_files: list[tuple[tuple[str, ...], Files]] = [(("brief",), scenario.brief), (("guide",), scenario.guide)]
    text_files += [(("teams", side, "brief"), scenario.teams.team_of(side).brief) for side in SIDES]
    more: list[tuple[tuple[str, ...], Files | None]] = [(("explained",), scenario.explained)]
    more += [(("teams", side, "sounds"), scenario.teams.team_of(side).sounds) for side in SIDES]
    text_files += [(loc, files) for loc, files in more if files is not None]
    for loc, files in text_files:
        yield (*loc, "en"), files.en
        if files.zh is not None:
            yield (*loc, "zh"), files.zh


class Scenario(Authored):
    """One folder: `scenario.yaml` and the texts beside it."""

    format: Literal[1]
    """The version of the way in which scenarios are written: 1."""
    id: Id
    """The same as the folder's name."""
    title: Text
    """The title, for menus and headings."""
    says: Text
    """One paragraph for the menu and for `list`."""
    languages: tuple[Language, ...] = ("en",)
    """Languages that every text is written in."""
    difficulty: Difficulty | None = None
    """Whom it is for; lists begin with what is easy."""
    handling: Text
    """Handling line for every page and screen that leaves the room."""
    rules: tuple[Id, ...] = Field(min_length=1)
    """Rule packs, the base first."""
    show: Literal["own", "all"] = "own"
    """What teams see: their `own` side alone, or with `all` tension as well, and each team what it felt itself."""
    turns: tuple[AuthoredHours, ...] = Field(min_length=4, max_length=24)
    """Game hour at which each turn begins, ascending from 0h."""
    ends: AuthoredHours
    """Game hour at which the last turn ends."""
    lengths: dict[Length, tuple[int, ...] | Literal["all"]]
    """Which turns (1 is the first) are played in 45, 90 and 150 minutes."""
    moves_a_turn: MovesATurn = MovesATurn.model_construct()
    tension: AuthoredPoints | None = None
    """Where tension starts, 0–100, unless as the rule pack has it."""
    host: Text
    """The third state, in a sentence."""
    assumes: Assumptions | None = None
    """What it takes to be so in the world, with its date, for the facilitator."""
    consent: Consent | None = None
    """Whose word help needs; without it, no move waits for the host."""
    brief: Files
    """The public brief, for both teams."""
    explained: Files | None = None
    """What stands behind the public brief where a session has its briefs explained: terms, bodies, rules."""
    guide: Files
    """The facilitator's guide."""
    teams: Teams
    channels: dict[Id, Channel] = Field(min_length=4, max_length=12)
    """Four to twelve paths of communication, each under an id of its own."""
    voices: dict[Id, ScenarioVoice] = Field(default={}, max_length=12)
    """Who speaks in the plan and sits at no seat, each under an id of its own."""
    facts: dict[Id, FactStart] = {}
    """How facts of the rule packs stand at the start, and facts of the scenario's own."""
    tracks: dict[Id, TrackOf] = Field(min_length=1, max_length=5)
    """One to five things at stake, each under an id of its own."""
    msel: tuple[Inject, ...] = Field(min_length=1, max_length=80)
    """The plan of injects."""
    forecasts: tuple[Forecast, ...] = Field(min_length=1, max_length=5)
    """What each team is asked to foretell, one to five questions."""
    offence_card: Lengths = ()
    """Sessions, by their minutes, in which each team orders acts by how gravely it takes them itself."""
    closing: Closing = Closing.model_construct()
    """What both teams are asked for once play is over; without it, guesses alone."""
    call_purposes: Lengths = ()
    """Sessions, by their minutes, in which each side seals what it wants of a call, and what the other wants."""
    instructions: Instructions | None = None
    """What a team may be told to come home with besides the rescue, in one deck for both."""
    moves: dict[Id, Move] = {}
    """Moves that only this scenario has."""
    commitments: dict[Id, Commitment] = {}
    """Commitments that only this scenario has."""
    instruments: dict[Id, Instrument] = Field(default={}, max_length=12)
    """What was agreed before and words can cite, each under an id of its own, with who accepted it."""
    hotwash: tuple[Question, ...] = Field(min_length=3, max_length=12)
    """Three to twelve questions for the talk after play."""
    bot_words: dict[Id, SidedText] = {}
    """What a bot of each team says with a move, by the move or its family; without it, one plain sentence."""
    example: ExampleFile | None = None
    """An exemplary session beside the scenario, to replay: a file of acts (`example.yaml`), or a log (`.jsonl`)."""
    source: str = Field(min_length=3)
    """Who wrote it, and what it draws on."""

    def decided(self, inject: Inject) -> Iterator[Effects]:
        """What may come of what an inject asks a team to decide: of its answers, of none, of what its voice does."""
        voice = self.voices.get(inject.from_ or "") if inject.decide else None
        for outcome in (*inject.decide.values(), inject.otherwise, None if voice is None else voice.acts):
            if outcome is not None and outcome.then is not None:
                yield outcome.then


def chosen_length(scenario: Scenario, wanted: int | None, otherwise: int) -> int:
    """The minutes that are wanted; where none are, those at a place of the lengths by size. Raises UnreadableInput."""
    lengths = sorted(scenario.lengths)
    if wanted is not None and wanted not in lengths:
        message = Sentence("{id} cannot be played in {wanted} minutes", id=scenario.id, wanted=wanted)
        raise UnreadableInput("usage/length", message, hint=one_of([str(length) for length in lengths]))
    return wanted or lengths[otherwise]
