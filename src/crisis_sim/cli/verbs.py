"""The verbs of the command line: their names, what each does, and how one is typed. Imports none of them."""

from __future__ import annotations

import os
import re
import shlex
from typing import Final, NamedTuple

from crisis_sim.text import clean
from crisis_sim.wording import _


class Verb(NamedTuple):
    """Something that crisis-sim can be asked to do."""

    name: str
    summary: str

    @property
    def function(self) -> str:
        """The name of its function, and of the module that this is in: the verb's own, unless Python has that word."""
        return "list_" if self.name == "list" else self.name

    @property
    def module(self) -> str:
        """Where its function is."""
        return f"crisis_sim.cli.{self.function}"


GROUPS: Final = {
    _("Play:"): (
        Verb("demo", "Watch two good intentions miss each other, told in five minutes."),
        Verb("play", "Begin a session of a scenario."),
        Verb("resume", "Go on with a session from its log."),
        Verb("host", "Host an exercise that others join, each at a screen of their own."),
        Verb("join", "Join an exercise that is hosted elsewhere."),
    ),
    _("Afterwards:"): (
        Verb("replay", "Go through a session again, as each side saw it."),
        Verb("branch", "Make a new session that begins like an old one."),
        Verb("compare", "Lay two sessions side by side, turn by turn."),
        Verb("debrief", "Write the report of a session, for the room or one team."),
        Verb("verify", "Check that a log is whole and that the rules still agree."),
        Verb("export", "Write sessions as tables for research, or an MSEL for planners."),
        Verb("query", "Ask many sessions, or an export of them, in SQL."),
        Verb("forget", "Remove a session and what was made from it."),
    ),
    _("Write:"): (
        Verb("new", "Write a small scenario or rule pack to begin from."),
        Verb("check", "Look for mistakes in scenarios and rule packs."),
        Verb("preview", "Walk through a scenario without a session."),
        Verb("playtest", "Let bots play many sessions and see how they end."),
    ),
    _("Look up:"): (
        Verb("list", "List scenarios, rule packs, bots and sessions."),
        Verb("show", "Read about a scenario, a rule pack, a move or a session."),
    ),
}
"""All verbs, in the order of the page of help."""
VERBS: Final = tuple(verb for verbs in GROUPS.values() for verb in verbs)
BY_NAME: Final = {verb.name: verb for verb in VERBS}

STARTED_BY: Final = "CRISIS_SIM_STARTED_BY"
"""The variable in which `scripts/run` says how it was called."""


def typed(*words: object, elsewhere: bool = False) -> str:
    """What is typed to have these words done: with the program as it was started, or as in a clone `elsewhere`."""
    started = os.environ.get(STARTED_BY)
    program = (
        "crisis-sim" if started is None else "scripts/run" if elsewhere else shlex.quote(clean(started, lines=False))
    )
    return " ".join((program, *(shlex.quote(str(word)) for word in words)))


def as_started(text: str) -> str:
    """A text whose commands are named with the program as it was started."""
    verbs = "|".join(BY_NAME)
    return re.sub(rf"\bcrisis-sim(?= (?:{verbs})\b)", lambda _: typed(), text) if STARTED_BY in os.environ else text
