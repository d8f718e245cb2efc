"""What studies of many logs need beyond the game, and what to say where it is missing.

The packages of the extra `research` are asked for here before the first of them is imported, so that a verb without
them ends with one sentence and a way out. Nothing here imports them.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from crisis_sim.errors import Sentence, UnreadableInput, together

NAMES: Final = {"duckdb": "DuckDB", "scipy": "SciPy", "statsmodels": "statsmodels"}
"""Modules of the extra, as people call them."""

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def require(what: str, *modules: str, package: Path = _PACKAGE) -> None:
    """Do nothing if all `modules` can be imported; otherwise raise UnreadableInput, which says what `what` needs.

    `what` begins the sentence: "`crisis-sim study`".
    """
    missing = [NAMES.get(module, module) for module in modules if find_spec(module) is None]
    if missing:
        needs = Sentence(
            "{what} needs {listed}, which is not installed here",
            plural="{what} needs {listed}, which are not installed here",
            what=what,
            listed=together(missing),
            n=len(missing),
        )
        raise UnreadableInput("extra/research", needs, hint=way_out(package))


def way_out(package: Path = _PACKAGE) -> Sentence:
    """How the extra is installed: in a checkout by its script, elsewhere by pip."""
    if (package.parents[1] / "scripts" / "venv").is_file():
        return Sentence("scripts/venv research installs it")
    return Sentence('pip install "crisis-sim[research]" installs it')
