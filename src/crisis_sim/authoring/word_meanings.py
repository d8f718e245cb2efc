"""What the words of closed choices mean, for an editor and for `show`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.vocabulary import VOCABULARY, field_docstrings
from crisis_sim.rules.workload_settings import SettingLoad

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
