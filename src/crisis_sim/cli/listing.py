"""`crisis-sim list`: what there is to play, with what, against whom, and what has been played."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from typer import Argument

What: TypeAlias = Literal["scenarios", "packs", "policies", "sessions"]


def listed(
    what: Annotated[
        What | None, Argument(metavar="[scenarios|packs|policies|sessions]", help="What to list; everything otherwise.")
    ] = None,
) -> int:
    """List the scenarios and rule packs that come with crisis-sim, the bots, and the sessions played here.

    Scenarios of your own are listed where a folder `scenarios` holds them.
    """
    from crisis_sim.cli.answer import answer

    parts = {"scenarios": _scenarios, "packs": _packs, "policies": _policies, "sessions": _sessions}
    for name, part in parts.items():
        if what is None:
            answer(f"{name.capitalize()}:", part(2) + ("\n" if name != "sessions" else ""))
        elif what == name:
            answer(part(0))
    return 0


def _scenarios(indent: int) -> str:
    from crisis_sim.cli.answer import table
    from crisis_sim.content.load import list_scenarios

    return table(
        [(item.id, f"{item.title.en}. {_first(item.says.en)}") for item in list_scenarios(Path("scenarios"))], indent
    )


def _packs(indent: int) -> str:
    from crisis_sim.cli.answer import table
    from crisis_sim.content.load import list_packs

    return table([(item.id, f"{item.title.en}. {_first(item.says.en)}") for item in list_packs()], indent)


def _policies(indent: int) -> str:
    from crisis_sim.cli.answer import table
    from crisis_sim.playtest.policies import POLICIES

    return table([(policy.id, policy.says) for policy in POLICIES.values()], indent)


def _sessions(indent: int) -> str:
    from crisis_sim.cli.answer import table
    from crisis_sim.cli.sessions import session_line
    from crisis_sim.cli.settings import settings
    from crisis_sim.session.folder import logs_in

    folder = settings().logs
    rows = [(log.path.name, f"{log.header.length} min", session_line(log)) for log in logs_in(folder)]
    return table(rows, indent) if rows else " " * indent + f"none in {folder}"


def _first(text: str) -> str:
    """The first sentence of a text."""
    head, stop, _ = text.replace("\n", " ").partition(". ")
    return head + stop.rstrip()
