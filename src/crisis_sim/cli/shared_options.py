"""Options that several verbs take.

Apart from what the verbs do with them, so that a verb which is named without options starts without Typer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from typer import Option

OpenOption: TypeAlias = Annotated[
    bool, Option("--open", help="Open what is sealed, though a session has not come to its hotwash.")
]
Workers: TypeAlias = Annotated[
    int | None, Option(metavar="K", help="Processes that read side by side; one for each core.")
]
Named: TypeAlias = Annotated[bool, Option("--named", help="Of sessions: under their own ids, not under made-up names.")]
KeyOption: TypeAlias = Annotated[
    Path | None,
    Option(
        "--key",
        metavar="FILE",
        help="Of made-up names: the file of their secret, for the same names another time; made if it is not there.",
    ),
]

SEATED = "'person' for people here, the name of a bot (`crisis-sim list policies`), or agent:URL#model=NAME."

LengthOption: TypeAlias = Annotated[
    Literal["45", "90", "150"] | None,
    Option(help="Minutes at the table, briefing and hotwash included; the shortest that the scenario has."),
]
UsOption: TypeAlias = Annotated[str, Option(metavar="WHO", help=f"Who plays the United States: {SEATED}")]
ChinaOption: TypeAlias = Annotated[str, Option(metavar="WHO", help=f"Who plays China: {SEATED}")]
UNSAID = "Left out, people do; where the other team is said to be a person, the bot that listens, attentive."
PlayUsOption: TypeAlias = Annotated[
    str | None, Option(metavar="WHO", help=f"Who plays the United States: {SEATED} {UNSAID}")
]
PlayChinaOption: TypeAlias = Annotated[str | None, Option(metavar="WHO", help=f"Who plays China: {SEATED} {UNSAID}")]
RulesOption: TypeAlias = Annotated[
    str,
    Option(metavar="A,B", help="Rule packs in place of the scenario's own, the base first: core,safety-net-calms."),
]
SeedOption: TypeAlias = Annotated[
    str, Option(metavar="WORD", help="The seed of luck: the same seed and the same acts give the same session.")
]
ShowOption: TypeAlias = Annotated[
    Literal["own", "all"] | None,
    Option(
        help="What teams see: their own side, or tension as well, and each what it felt itself;"
        " never what the other felt."
    ),
]
OffenceCardOption: TypeAlias = Annotated[
    Literal["none", "short", "full"] | None,
    Option(
        help="Whether each team orders acts by how gravely it takes them: none of them, five, or all eight."
        " Else the scenario says in which lengths (those that ship: not in 45 minutes), and it is five where both"
        " teams sit here."
    ),
]
CardsOption: TypeAlias = Annotated[
    Literal["on", "off"] | None,
    Option(
        help="Whether teams are dealt instruction cards: what one of them may have to come home with besides;"
        " on wherever the scenario deals them in this length."
    ),
]
BriefsOption: TypeAlias = Annotated[
    Literal["plain", "explained"],
    Option(help="Explained: behind the public brief stand the terms, bodies and rules that experts know."),
]
HearsOption: TypeAlias = Annotated[
    str,
    Option(
        metavar="SIDE=NAME",
        help="By which hearing profile a bot hears: us=public-blame-worst,china=closed-door-worst.",
    ),
]
InheritsOption: TypeAlias = Annotated[
    str,
    Option(
        metavar="LOG",
        help="Begin with what an earlier session left: trust, channels, promises, principles, the public record.",
    ),
]
AgainOfOption: TypeAlias = Annotated[
    str, Option(metavar="SESSION", help="The session that this one plays again from the other side, for the log.")
]
ArmOption: TypeAlias = Annotated[
    str,
    Option(
        metavar="LABEL",
        help="The arm of a study that this session is given to: a column of every table, and on no page of a team.",
    ),
]
ConsentOption: TypeAlias = Annotated[
    Path | None,
    Option(
        "--consent",
        metavar="FILE",
        help="Your own card on what is recorded and who may see it, as plain text, in place of the one that ships;"
        " people agree to it before their first act.",
    ),
]
LogPlaceOption: TypeAlias = Annotated[
    Path | None, Option(metavar="PATH", help="Where the log goes: a new file that ends in .jsonl, or a folder.")
]
