"""Where the scenarios and rule packs that come with the app lie.

Owns one question: in an installed package they are inside it, in a checkout at its top. It reads nothing.
"""

from pathlib import Path
from typing import Final

from crisis_sim.errors import UnreadableInput

SCENARIO: Final = "scenario.yaml"
"""The file in a scenario's folder."""

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder(package: Path = _PACKAGE) -> Path:
    """The folder that holds `scenarios/` and `rules/`, for the `crisis_sim` package that lies at `package`.

    Raises UnreadableInput where neither place has them: a broken install.
    """
    installed, checkout = package / "shipped", package.parents[1]
    for folder in (installed, checkout):
        if (folder / "scenarios").is_dir() and (folder / "rules").is_dir():
            return folder
    raise UnreadableInput(
        "install/no-shipped-files",
        "the scenarios and rule packs that come with crisis-sim are in neither {installed} nor {checkout}",
        hint="install crisis-sim again",
        installed=installed,
        checkout=checkout,
    )
