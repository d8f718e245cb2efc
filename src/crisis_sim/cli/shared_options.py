"""Arguments and options that several verbs take, and how a shell completes what is typed for them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from typer import Argument, Option

from crisis_sim.cli.exemplary import examples
from crisis_sim.cli.settings import settings
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.errors import CrisisSimError
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.session.folder import files_in
from crisis_sim.wording import _

LOG = "The log: its path, its name in the sessions folder, its session's id, or example:SCENARIO."
"""What a command says of the log that it takes."""


def _beginning_with(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]


def complete_scenarios(incomplete: str) -> list[str]:
    """Ids of the scenarios that ship, and of those in the folder `scenarios` here."""
    return _beginning_with(incomplete, (scenario.id for scenario in list_scenarios(Path("scenarios"))))


def complete_packs(incomplete: str) -> list[str]:
    """Ids of rule packs, behind those that are typed already with a comma after them."""
    typed, comma, last = incomplete.rpartition(",")
    return [f"{typed}{comma}{name}" for name in _beginning_with(last, (pack.id for pack in list_packs()))]


def complete_scenarios_and_packs(incomplete: str) -> list[str]:
    """Ids of scenarios and of rule packs."""
    return [*complete_scenarios(incomplete), *_beginning_with(incomplete, (pack.id for pack in list_packs()))]


def complete_occupants(incomplete: str) -> list[str]:
    """People, and the names of bots."""
    return _beginning_with(incomplete, ("person", *POLICIES))


def complete_logs(incomplete: str) -> list[str]:
    """Names of the sessions played here, and of exemplary ones."""
    try:
        sessions = [path.stem for path, _ in files_in(settings().logs)]
    except CrisisSimError:  # settings that cannot be used: a verb says so, a completion keeps still
        sessions = []
    return _beginning_with(incomplete, [*sessions, *(name for name, _ in examples())])


def complete_scenarios_and_logs(incomplete: str) -> list[str]:
    """Ids of scenarios, and names of sessions."""
    return [*complete_scenarios(incomplete), *complete_logs(incomplete)]


ScenarioArgument: TypeAlias = Annotated[
    str,
    Argument(
        metavar="SCENARIO",
        help="The scenario: its name (`crisis-sim list`), its folder or its file.",
        autocompletion=complete_scenarios,
    ),
]
LogArgument: TypeAlias = Annotated[str, Argument(metavar="LOG", help=LOG, autocompletion=complete_logs)]
LogsArgument: TypeAlias = Annotated[
    list[str], Argument(metavar="LOG", help=f"{LOG} Of a folder, all logs in it.", autocompletion=complete_logs)
]
OtherLogArgument: TypeAlias = Annotated[
    str | None,
    Argument(
        metavar="OTHER",
        help="Another log, such as a branch of the first.",
        autocompletion=complete_logs,
        show_default=False,
    ),
]
OpenOption: TypeAlias = Annotated[
    bool, Option("--open", help="Open what is sealed, though a session has not come to its hotwash.")
]
SEATED = "'person' for people here, the name of a bot (`crisis-sim list policies`), or agent:URL#model=NAME."

FacilitatorOption: TypeAlias = Annotated[
    Literal["person", "auto"] | None,
    Option(help="Who runs it: a person, or nobody ('auto')."),
]
LengthOption: TypeAlias = Annotated[
    Literal["45", "90", "150"] | None,
    Option(help="Minutes at the table, briefing and hotwash included; the shortest that the scenario has."),
]
UsOption: TypeAlias = Annotated[
    str | None,
    Option(metavar="WHO", help=f"Who plays the United States: {SEATED}", autocompletion=complete_occupants),
]
ChinaOption: TypeAlias = Annotated[
    str | None, Option(metavar="WHO", help=f"Who plays China: {SEATED}", autocompletion=complete_occupants)
]
SETUP = _("How the session is set up:")
REACHED = _("How others reach it:")
"""Heads of the page of help under which some options stand."""

RulesOption: TypeAlias = Annotated[
    str,
    Option(
        rich_help_panel=SETUP,
        metavar="A,B",
        help="Rule packs in place of the scenario's own, the base first: core,safety-net-calms.",
        autocompletion=complete_packs,
    ),
]
SeedOption: TypeAlias = Annotated[
    str,
    Option(
        rich_help_panel=SETUP,
        metavar="WORD",
        help="The seed of luck: the same seed and the same acts give the same session.",
    ),
]
ShowOption: TypeAlias = Annotated[
    Literal["own", "all"] | None,
    Option(
        rich_help_panel=SETUP,
        help="What teams see: their own side, or tension as well, and each what it felt itself;"
        " never what the other felt.",
    ),
]
OffenceCardOption: TypeAlias = Annotated[
    Literal["none", "short", "full"] | None,
    Option(
        rich_help_panel=SETUP,
        help="Whether each team orders acts by how gravely it takes them: none of them, five, or all eight."
        " Else the scenario says in which lengths (those that ship: not in 45 minutes), and it is five where both"
        " teams sit here.",
    ),
]
NoCardsOption: TypeAlias = Annotated[
    bool,
    Option(
        "--no-cards",
        rich_help_panel=SETUP,
        help="Deal no instruction cards: what a team may have to come home with besides, where the scenario deals them"
        " in this length.",
    ),
]
ExplainedOption: TypeAlias = Annotated[
    bool,
    Option(
        "--explained",
        rich_help_panel=SETUP,
        help="Behind the public brief stand the terms, bodies and rules that experts know.",
    ),
]
InheritsOption: TypeAlias = Annotated[
    str,
    Option(
        rich_help_panel=SETUP,
        metavar="LOG",
        help="Begin with what an earlier session left: trust, channels, promises, principles, the public record.",
        autocompletion=complete_logs,
    ),
]
ArmOption: TypeAlias = Annotated[
    str,
    Option(
        rich_help_panel=SETUP,
        metavar="LABEL",
        help="The arm of a study that this session is given to: a column of every table, and on no page of a team.",
    ),
]
ConsentOption: TypeAlias = Annotated[
    Path | None,
    Option(
        "--consent",
        rich_help_panel=SETUP,
        metavar="FILE",
        help="Your own card on what is recorded and who may see it, as plain text, in place of the one that ships;"
        " people agree to it before their first act.",
    ),
]
LogPlaceOption: TypeAlias = Annotated[
    Path | None, Option(metavar="PATH", help="Where the log goes: a new file that ends in .jsonl, or a folder.")
]
