"""`crisis-sim schema`: what editors need to complete and check a scenario or rule pack while it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from crisis_sim.cli.language import say
from crisis_sim.errors import UnreadableInput

if TYPE_CHECKING:
    from crisis_sim.authoring.schema import Schema


def schema(
    what: Annotated[
        str,
        Argument(
            metavar="[scenario|pack|PATH]",
            help="The general schema of scenarios or of rule packs, or the one of the scenario or pack at PATH.",
        ),
    ] = "scenario",
    write: Annotated[
        bool, Option("--write", help="Write it beside the file instead of printing it; in this folder without a PATH.")
    ] = False,
) -> int:
    """Print the JSON Schema of scenarios or rule packs, for editors.

    With the PATH of a scenario, the schema also knows that scenario's own channels, lines, tracks and injects. An
    editor finds the file by the first line of a scenario: # yaml-language-server: $schema=scenario.schema.json
    """
    from crisis_sim.authoring.schema import comes_with, schema_text, write_schema
    from crisis_sim.cli.answer import answer

    path, made = _asked(what)
    if not write:
        answer(schema_text(made).rstrip("\n"))
        return 0
    if comes_with(path):
        raise UnreadableInput(
            "schema/shipped",
            "{path} comes with crisis-sim and is left as it is",
            hint="name your own file: crisis-sim schema rules/mine.yaml --write puts its schema beside it",
            path=path.name,
        )
    changed = write_schema(path, made)
    answer(say("{file}: written" if changed else "{file}: up to date already", file=path.as_posix()))
    return 0


def _asked(what: str) -> tuple[Path, Schema]:
    """The schema that is asked for, and where it belongs. Raises ProblemsFound and UnreadableInput."""
    from crisis_sim.authoring.schema import FILES, schema_beside, shipped_schema
    from crisis_sim.content.finding import authored_files

    for kind, name in FILES.items():
        if what == kind:
            return Path(name), shipped_schema(kind)
    return schema_beside(authored_files(what)[0])
