"""What a person set once for all sessions: colours, language, and where logs go.

From the environment (`CRISIS_SIM_THEME` and so on) or from `settings.toml` in the user's own settings folder; the
environment goes before the file. What a command says goes before both.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from platformdirs import user_config_path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from crisis_sim.content.files import read_source
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems, did_you_mean
from crisis_sim.session.folder import default_folder
from crisis_sim.text import clean, clipped


def settings_file() -> Path:
    """Where a person's settings lie, if there are any."""
    return user_config_path("crisis-sim", appauthor=False) / "settings.toml"


def _own(folder: Path) -> Path:
    """The folder with `~` as one's home. Raises ValueError for a name that cannot be printed as it is."""
    if clean(str(folder), lines=False) != str(folder):
        raise ValueError("a folder's name has no such character")
    return folder.expanduser()


class Settings(BaseModel):
    """A person's settings."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    theme: Literal["dark", "light", "high-contrast", "colour-blind-safe"] = "dark"
    language: Literal["en", "zh"] = "en"
    logs: Annotated[Path, AfterValidator(_own)] = Field(default_factory=default_folder)
    """The folder that new logs go to."""


@cache
def settings() -> Settings:
    """The settings of whoever runs this. Raises UnreadableInput, naming the first that cannot be used."""
    said = {name: os.environ[_variable(name)] for name in Settings.model_fields if os.environ.get(_variable(name))}
    try:
        return Settings.model_validate({**_in_file(), **said})
    except ValidationError as wrong:
        first = wrong.errors()[0]
    name, value = str(first["loc"][0]), clipped(clean(str(first["input"])[:1000], lines=False), 60)
    place = f"{_variable(name)} in the environment" if name in said else clean(str(settings_file()), lines=False)
    if first["type"] == "extra_forbidden":
        hint = f"in {place}: {did_you_mean(name, Settings.model_fields)}"
        raise UnreadableInput("settings/unknown", f"there is no setting '{clipped(name, 60)}'", hint=hint)
    raise UnreadableInput(
        "settings/unusable", f"the setting '{name}' cannot be '{value}'", hint=f"in {place}: {_allowed(name)}"
    )


def _variable(name: str) -> str:
    return f"CRISIS_SIM_{name.upper()}"


def _allowed(name: str) -> str:
    choices = get_args(Settings.model_fields[name].annotation)
    return f"one of: {', '.join(choices)}" if choices else "the path of a folder, without characters that do not show"


def _in_file() -> dict[str, Any]:  # Any: whatever TOML holds
    """What the file says; nothing where there is none. Raises UnreadableInput."""
    path, problems = settings_file(), Problems()
    text = read_source(path, problems)
    why = next((problem for problem in problems if problem.severity == "error"), None)
    try:
        if why is None:
            return tomllib.loads(text or "")
        if why.code == "file/missing":
            return {}
        place = f"line {why.line}, column {why.col}: " if why.line is not None else ""
        reason = f"{place}{why.message}"
    except tomllib.TOMLDecodeError as wrong:
        reason = f"{str(wrong)[:1].lower()}{str(wrong)[1:]}"
    shown = clean(str(path), lines=False)
    raise UnreadableInput("settings/unreadable", f"{shown} cannot be read: {reason}", hint="mend it or take it away")
