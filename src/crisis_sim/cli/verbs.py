"""The verbs of the command line: their names, what each does, and how one is typed. Imports none of them."""

from __future__ import annotations

import os
import re
import shlex
from typing import Final, NamedTuple

from crisis_sim.cli.language import say
from crisis_sim.text import clean, wrapped
from crisis_sim.wording import _


class WordCount(NamedTuple):
    """A number of words."""

    least: int
    most: int
    listed: bool = False
    """They are one argument, a list."""
    options: tuple[str, ...] = ()
    """Options that may stand among them, each with one word, which the function takes as it is."""


class Verb(NamedTuple):
    """Something that crisis-sim can be asked to do."""

    name: str
    says: str
    plainly: WordCount | None = None
    """The words that can be handed to the function as they stand, without a parser."""

    @property
    def function(self) -> str:
        """The name of its function, and of the module that this is in: the verb's own, unless Python has that word."""
        return f"{self.name}_" if self.name in ("import", "list") else self.name

    @property
    def module(self) -> str:
        """Where its function is."""
        return f"crisis_sim.cli.{self.function}"


VERBS: Final = (
    Verb("demo", "Watch two good intentions miss each other, told in five minutes."),
    Verb("play", "Begin a session of a scenario.", WordCount(1, 1, options=("us", "china", "rules", "seed"))),
    Verb("resume", "Go on with a session from its log."),
    Verb("host", "Host an exercise that others join, each at a screen of their own."),
    Verb("join", "Join an exercise that is hosted elsewhere."),
    Verb("forget", "Remove a session and what was made from it."),
    Verb("list", "List scenarios, rule packs, bots and sessions.", WordCount(0, 1)),
    Verb("show", "Read about a scenario, a rule pack, a move or a session."),
    Verb("new", "Write a small scenario or rule pack to begin from."),
    Verb("check", "Look for mistakes in scenarios and rule packs.", WordCount(0, 99, True)),
    Verb("stats", "Tell a scenario in numbers: reading, time, what is in play."),
    Verb("graph", "Write a scenario's plan, or its lines, for Mermaid or Graphviz."),
    Verb("preview", "Walk through a scenario without a session."),
    Verb("schema", "Write what editors need to complete a scenario or rule pack."),
    Verb("playtest", "Let bots play many sessions and see how they end."),
    Verb("export", "Write sessions as tables for research, or an MSEL for planners."),
    Verb("query", "Ask many sessions, or an export of them, in SQL."),
    Verb("import", "Bring a table of injects into a scenario."),
    Verb("verify", "Check that a log is whole and that the rules still agree."),
    Verb("debrief", "Write the report of a session, for the room or one team."),
    Verb("replay", "Go through a session again, as each side saw it.", WordCount(1, 1)),
    Verb("branch", "Make a new session that begins like an old one."),
    Verb("compare", "Lay two sessions side by side, turn by turn."),
    Verb("rejudge", "Judge a session's acts under other rules."),
    Verb("salvage", "Save what is sound of a damaged log."),
)

BY_NAME: Final = {verb.name: verb for verb in VERBS}

ABOUT: Final = _(
    "A tabletop exercise: two teams talk their way through a crisis that is nobody's fault. Without a command, the "
    "menu opens."
)
OPTIONS: Final = (
    ("--lang <en|zh>", _("Language of what is said; every command takes it too.")),
    ("--version     ", _("Print the version and leave.")),
    ("--help        ", _("Print this page and leave; `crisis-sim COMMAND --help` says more.")),
)
CODES: Final = _(
    "Exit codes: 0 fine, 1 problems found, 2 a slip in the command or a file that cannot be read, 3 a fault of "
    "crisis-sim, 130 interrupted, 143 told to stop, 129 the terminal was closed."
)

WIDEST: Final = max(len(verb.name) for verb in VERBS)


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
    verbs = "|".join(verb.name for verb in VERBS)
    return re.sub(rf"\bcrisis-sim(?= (?:{verbs})\b)", lambda _: typed(), text) if STARTED_BY in os.environ else text


def overview() -> str:
    """What `crisis-sim --help` prints."""
    about, codes = say(ABOUT), say(CODES)
    return "\n".join(
        (
            say("Usage: {usage}", usage=f"{typed()} {say('[COMMAND] [OPTIONS]')}"),
            "",
            *(f"  {line}" for line in wrapped(about, 78)),
            "",
            say("Commands:"),
            *(f"  {verb.name:<{WIDEST}}  {say(verb.says)}" for verb in VERBS),
            "",
            say("Options:"),
            *(f"  {option}  {say(does)}" for option, does in OPTIONS),
            "",
            *wrapped(codes, 80),
        )
    )
