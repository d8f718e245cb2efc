"""What an editor says of keys and words, and the names that it offers: docstrings, examples, choices, ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeAlias

from crisis_sim.authoring.schema_forms import Schema
from crisis_sim.content.authored_assets import Asset, Consent, PrivateFact, SeenAs
from crisis_sim.content.authored_bonds import Instrument
from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.authored_stakes import Line, TrackOf
from crisis_sim.content.known_names import FAMILIES
from crisis_sim.content.named_things import named_things
from crisis_sim.content.scenario import After, Inject, Question, Scenario, Team
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.base_settings import DecisionSettings, OutcomeSettings, VoiceSettings
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.move import Ask, Move, Stands
from crisis_sim.rules.offences import AtOneTable, HearingProfile
from crisis_sim.rules.pack import Base, CitingSettings, Commitment, Pack, Position
from crisis_sim.rules.vocabulary import PARTS, VOCABULARY, example_of, field_docstrings
from crisis_sim.rules.workload_settings import SettingLoad, WorkloadSettings

MEANINGS: Final[Sequence[Mapping[str, str]]] = (
    {"us": "The United States", "china": "China", "both": "Both teams"},
    {"us": "The United States", "china": "China", "host": "The third state in whose land or waters it happens"},
    {
        "sender": "The team that made the act at hand; at the end of a turn, each team in its turn",
        "receiver": "The other team",
        "self": "The team that forecasts, or that holds the card",
        "other": "The team across the table from it",
        "either": "Any of the two teams",
        "both": "Both teams",
        "us": "The United States",
        "china": "China",
    },
    {
        "facilitator": "Runs the session: the white cell",
        "us": "The team that advises the government of the United States",
        "china": "The team that advises the government of China",
        "observer": "Sees what is public",
    },
    {
        "us": "The government of the United States",
        "china": "The government of China",
        "host": "The government at whose home it happens",
        "ally": "An ally of one team; side says whose",
        "legislature": "Lawmakers of one team; side says whose",
        "hardliners": "Those at one team's home who want more firmness; side says whose",
        "media": "Those who report of it",
        "families": "Those whose people are in danger",
    },
    {"public": "Everybody hears it, and both publics at home", "private": "Only the other team hears it"},
    {
        "in-time": "It arrived as it should",
        "late": "It arrived in a later turn",
        "unanswered": "Nobody took it up",
        "too-low": "Somebody without authority took it",
        "leaked": "It became public",
    },
    {
        "desk": "Somebody who passes on what was said",
        "deputy": "Somebody who can bind, one level down",
        "minister": "Somebody as high as whoever asked, or nearly so",
    },
    {
        "accept": "It says yes",
        "decline": "It says no",
        "counter": "It offers something else instead",
        "holding": "It keeps the request open",
    },
    {
        "track-1": "Governments",
        "track-1.5": "Officials in a private capacity, with scholars",
        "track-2": "Scholars and former officials alone",
    },
    {
        "leader": "Heads of state or government",
        "ministerial": "Ministers",
        "command": "Commanders",
        "diplomatic": "Embassies and foreign ministries",
        "working": "Officials who do the work",
        "technical": "Specialists",
        "unofficial": "People without office",
        "public": "Everybody",
    },
    {
        "assertive": "It states something",
        "directive": "It asks for something",
        "commissive": "It promises something",
        "expressive": "It shows a feeling",
        "declarative": "It changes a state of affairs by saying so",
    },
    {
        "contact": "Calls, meetings, envoys",
        "reassure": "Words that calm",
        "cooperate": "Help, data, joint work",
        "restrain": "Giving something up, or pulling back",
        "inform": "Statements and denials",
        "protest": "Criticism, accusation, demands",
        "coerce": "Pressure: warnings, sanctions, closed channels",
        "force": "Forces that are moved or used",
    },
    {
        "red": "Crossing it has consequences, or the rule raises tension for a plain breach",
        "pink": "Small acts that add up",
        "credit": "It lowers tension or pressure",
    },
    {
        "act": "For each act that is judged",
        "delivery": "As an act is sent",
        "silence": "When a request went unanswered",
        "press": "When a line is pressed",
        "readout": "When two accounts of a meeting are compared",
        "breach": "When a commitment is broken",
        "due": "When the time of a pledge has run",
        "side": "At the end of the turn, for each team",
        "turn": "Once at the end of the turn",
    },
    {
        "demand": "That the other side do something: demands and ultimatums",
        "threat": "What follows if the other side goes on",
        "promise": "What the team itself will do",
    },
    {
        "met": "The other side did it, or the promise was kept",
        "shared": "Both gave theirs up, under a text that both can read at home",
        "carried-out": "What was threatened was done",
        "lapsed": "Nothing put it to the test",
        "excused": "Dropped, with something to point to",
        "yielded": "Given up under a public threat",
        "dropped": "Dropped for no reason that home accepts",
    },
    {"framework-first": "Principles before cases", "case-first": "Cases before principles"},
    {"up": "More of it is good news", "down": "Less of it is good news"},
    {"maker": "It binds whoever makes it, at once", "both": "It binds both, once the other side accepts"},
    {"session": "One for the whole session", "team": "Each team has its own", "side": "Each team has its own"},
    {"act": "For the sender to choose", "thing": "True of the thing that is used"},
    {
        "easy": "One to begin with: a clear clock, few terms",
        "medium": "For people who have seen how a session goes",
        "hard": "For people who have played several, or who know the field",
    },
    {"capability": "It shows what the team can do", "standing": "It is awkward at home"},
    {"own": "Their own side alone", "all": "The scores of both as well"},
    {"en": "English", "zh": "Chinese"},
    {
        "gaps": "Where meaning and reading differ most",
        "lines": "Pressure, crossings and guesses",
        "channels": "How they served",
        "silence": "What went unanswered",
        "forecasts": "Who foresaw what",
        "standing": "The footing at home",
        "tracks": "What was at stake",
        "readouts": "The two accounts of each meeting",
        "commitments": "What was promised, kept and broken",
    },
    field_docstrings(SettingLoad),
    *(key.said["meanings"] for model in VOCABULARY for key in keys_of(model).values() if "meanings" in key.said),
)
"""What the words of closed choices mean; a choice is looked up in the first table that has all its words."""


def word_meanings(words: Sequence[object]) -> list[str] | None:
    """What each of these words means, or None where that goes without saying."""
    for table in MEANINGS:
        if len(words) > 1 and set(words) <= set(table):
            return [table[str(word)] for word in words]
    return None


@cache
def key_docstrings(model: type[Authored]) -> Mapping[str, str]:
    """What each key of a model is for, by the key as files write it."""
    said = field_docstrings(model)
    return {notes.alias or name: said[name] for name, notes in model.field_notes.items() if name in said}


def model_docstring(model: type[Authored]) -> str:
    """What a model is, in its own words."""
    return " ".join((model.__doc__ or "").split())


def described(schema: Schema, said: str, example: str = "") -> Schema:
    """`schema` with a hover text: in Markdown, and in plain words for editors that show no Markdown."""
    plain = said if not example else f"{said}\n\nFor example: {example}"
    found = {"description": plain, **{key: value for key, value in schema.items() if key != "description"}}
    if example or "`" in said:
        fence = f"\n\n```yaml\n{example}\n```" if example else ""
        found["markdownDescription"] = said.replace("*", r"\*") + fence
        found["description"] = plain.replace("`", "")
    return found


def key_example(model: type[Authored], key: str) -> str:
    """The vocabulary's example for a key of the rules as files write it, or nothing."""
    part = next((kind for kind in PARTS.values() if kind is model), None)
    names = [name for name, notes in model.field_notes.items() if key == (notes.alias or name)]
    return "" if part is None else example_of(part, names[0])


Titles: TypeAlias = Mapping[str, str]
"""What each id is called, in English."""

ModelKey: TypeAlias = tuple[type[Authored], str]
"""A key of a model, as files write it."""

CHANNEL_WORDS: Final[Titles] = {
    "used": "The channel that the act goes over",
    "about": "The channel that the act is about",
    "all": "Every channel",
}
"""Words that stand for channels in effects."""

TAKES: Final[Mapping[ModelKey, tuple[str, ...]]] = {
    (Scenario, "rules"): ("pack",),
    (Asset, "used_in"): ("move",),
    (Consent, "fact"): ("fact",),
    (Consent, "ask"): ("move",),
    (Move, "needs_consent_or"): ("term",),
    (Stands, "under"): ("fact",),
    (Stands, "unless"): ("term",),
    (Line, "concern"): ("concern",),
    (Line, "leads_to"): ("red line",),
    (Inject, "calls_for"): ("move", "family", "private fact"),
    (TrackOf, "helped_by"): ("move", "family"),
    (OutcomeSettings, "blocked_by"): ("fact",),
    (VoiceSettings, "met_by"): ("move",),
    (After, "inject"): ("inject",),
    (Inject, "from"): ("voice",),
    (PrivateFact, "concerns"): ("concern",),
    (Channel, "kind"): ("channel kind",),
    (Question, "recalls"): ("inject", "line", "channel", "track", "move", "commitment"),
    (Move, "over"): ("channel kind",),
    (Move, "terms"): ("term",),
    (Move, "concerns"): ("concern",),
    (Ask, "accept"): ("move",),
    (Ask, "decline"): ("move",),
    (Commitment, "with_moves"): ("move",),
    (Position, "with_moves"): ("move",),
    (CitingSettings, "with_moves"): ("move",),
    (CitingSettings, "concern"): ("concern",),
    (Instrument, "concerns"): ("concern",),
    (Base, "holding"): ("move",),
    **{(DecisionSettings, answer): ("move",) for answer in DecisionSettings.field_notes},
    (AtOneTable, "acts"): ("offence",),
    (HearingProfile, "order"): ("offence",),
    (Pack, "without"): ("rule",),
    **{(model, name): kinds for model in VOCABULARY for name, key in keys_of(model).items() if (kinds := key.names)},
}
"""Keys whose values name something, and the kinds of thing they may name."""

GIVES: Final[Mapping[ModelKey, str]] = {
    (Scenario, "facts"): "fact",
    (Asset, "is"): "term",
    (SeenAs, "is"): "term",
    (SettingLoad, "terms"): "term",
    (WorkloadSettings, "terms"): "term",
}
"""Keys under which ids stand that something else has given; all other mappings give ids of their own."""

OWN: Final[Mapping[ModelKey, str]] = {
    **{(Scenario, f"{kind}s"): kind for kind in ("track", "channel", "move", "commitment", "position", "instrument")},
    **{(Pack, f"{kind}s"): kind for kind in ("move", "term", "concern", "fact", "commitment", "position")},
    (Scenario, "voices"): "voice",
    (Team, "assets"): "asset",
    (Team, "private_facts"): "private fact",
    (Line, "id"): "line",
    (Inject, "id"): "inject",
}
"""Keys under which a scenario or a pack gives ids of its own, and what they are ids of."""


@dataclass(frozen=True)
class Offered:
    """The names of each kind that a schema offers."""

    titles: Mapping[str, Titles]
    closed: frozenset[str] = field(default=frozenset({"family"}))
    """Kinds of which nothing can exist but what is offered."""
    asked: Mapping[str, Titles] = field(default_factory=dict)
    """By kind and id: what sets a thing, who reads it and what ends it, as Markdown for a hover."""

    def of(self, kinds: Iterable[str]) -> Titles:
        """Everything of these kinds, in their order; the first kind's words win."""
        found: dict[str, str] = {}
        for kind in kinds:
            found = {**self.titles.get(kind, {}), **found} if found else dict(self.titles.get(kind, {}))
        return found


def offered(
    packs: Sequence[Pack], listed: Titles, scenario: Scenario | None = None, asked: Mapping[str, Titles] | None = None
) -> Offered:
    """The names of `packs` and of a scenario; without one, of packs alone, and then there may be others.

    `listed` are the packs that a scenario can list; `asked` is what is said of names over them, by kind.
    """
    titles: dict[str, dict[str, str]] = {
        "family": dict(zip(FAMILIES, word_meanings(FAMILIES) or (), strict=True)),
        "channel word": dict(CHANNEL_WORDS),
        "pack": dict(listed),
    }
    files: list[Pack | Scenario] = [*packs] if scenario is None else [*packs, scenario]
    for each in (each for file in files for each in named_things(file) if each.kind != "instruction"):
        kinds, said = [each.kind], each.title.en
        if scenario is not None and each.kind == "line":
            team = scenario.teams.of("us" if each.at[1] == "us" else "china").name.en
            kinds, said = [f"{each.thing.kind} line", "line"], f"{said} ({team}, {each.thing.kind})"
        for kind in kinds:
            titles.setdefault(kind, {})[each.name] = said
    if scenario is None:
        return Offered(titles, asked=asked or {})
    return Offered(
        titles, frozenset({"family", "concern", "term", "fact", "channel kind", "move", "commitment"}), asked or {}
    )
