"""Checks authored files: every problem of every file at once, and what is allowed and probably not meant.

What a file may say is the content floor's; what is probably not meant is `crisis_sim.authoring.lint`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crisis_sim.authoring.lint import lint
from crisis_sim.content.load import authored_files, is_scenario
from crisis_sim.content.reader import Reader
from crisis_sim.content.shipped import shipped_folder
from crisis_sim.problems import Problems


def check_paths(paths: Sequence[str | Path]) -> Problems:
    """All problems, warnings too, of the scenarios and rule packs that `paths` name; of everything shipped when empty.

    A path is a folder (of one scenario, or with scenarios and rules in it), a file, or the id of something shipped.
    Raises UnreadableInput for a path that leads to none of these.
    """
    problems = Problems()
    reader = Reader(problems)
    files = [file for path in paths or [shipped_folder()] for file in authored_files(path)]
    files = list(dict.fromkeys(files))
    for file in (file for file in files if is_scenario(file, reader)):
        material = reader.material(file)
        if material is not None:
            lint(material, problems)
    for file in (file for file in files if not is_scenario(file, reader)):
        reader.pack_alone(file)
    return problems
