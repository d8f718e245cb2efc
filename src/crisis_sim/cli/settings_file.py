"""The file of a person's settings as it lies on the disk; what it may say is `settings.py`'s to know.

Apart from that, so that the language of a page of help can be looked up without what checks all settings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from crisis_sim.content.files import read_source
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems
from crisis_sim.text import clean


def settings_file() -> Path:
    """Where a person's settings lie, if there are any."""
    return user_config_path("crisis-sim", appauthor=False) / "settings.toml"


def in_file() -> dict[str, Any]:  # Any: whatever TOML holds
    """What the file says; nothing where there is none. Raises UnreadableInput."""
    path, problems = settings_file(), Problems()
    text = read_source(path, problems)
    why = next((problem for problem in problems if problem.severity == "error"), None)
    if why is not None and why.code == "file/missing":
        return {}
    import tomllib  # slow to load, and few have written settings

    try:
        if why is None:
            return tomllib.loads(text or "")
        place = f"line {why.line}, column {why.col}: " if why.line is not None else ""
        reason = f"{place}{why.message}"
    except tomllib.TOMLDecodeError as wrong:
        reason = f"{str(wrong)[:1].lower()}{str(wrong)[1:]}"
    raise UnreadableInput(
        "settings/unreadable",
        "{file} cannot be read: {reason}",
        hint="mend it or take it away",
        file=clean(str(path), lines=False),
        reason=reason,
    )
