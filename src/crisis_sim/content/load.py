"""The content floor's front door: load a scenario with its rule packs, from files or under other packs.

What is handed out has passed every check, or every problem of every file is said at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crisis_sim.content.finding import scenario_file
from crisis_sim.content.joining import material_under
from crisis_sim.content.listings import SCENARIO
from crisis_sim.content.material import Material
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems


def load_material(scenario: str | Path, packs: Sequence[str] | None = None) -> Material:
    """A scenario with its rule packs, or with `packs` in place of those it lists.

    Raises ProblemsFound with all problems of all files, or UnreadableInput when there is no such scenario or pack.
    """
    problems = Problems()
    material = SourceReader(problems).material(scenario_file(scenario), packs)
    problems.raise_errors()
    if material is None:
        raise UnreadableInput("content/no-pack", "no rule pack was named", hint="name at least one, such as core")
    return material


def load_under(bundle: Any, packs: Sequence[str]) -> Material:
    """The scenario that a log's header holds, under the rule packs of these names: ids, or files.

    Raises ProblemsFound where they do not fit together, and UnreadableInput where there is no such pack.
    """
    problems = Problems()
    near = Path("scenarios") / "of-a-log" / SCENARIO
    loaded_packs = SourceReader(problems).packs_named(packs, near)
    problems.raise_errors()
    no_base = UnreadableInput(
        "content/no-base", "none of these packs is a base", hint="name core first, then the others"
    )
    if loaded_packs and all(pack.base is None for pack, _ in loaded_packs):
        raise no_base  # before anything is linked: whatever the packs and the scenario name would be unknown
    material = material_under(bundle, loaded_packs, problems)
    problems.raise_errors()
    if material is None:
        raise no_base
    return material


def is_scenario(file: Path, reader: SourceReader) -> bool:
    """By its name, or by what is in it."""
    if file.name == SCENARIO:
        return True
    if file.parent.name == "rules":
        return False
    source = reader.source(file)
    return source is not None and isinstance(source.tree, dict) and not {"teams", "msel"}.isdisjoint(source.tree)
