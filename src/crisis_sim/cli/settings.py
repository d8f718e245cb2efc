"""What a person set once for all sessions: colours, language, and where logs go.

From the environment (`CRISIS_SIM_THEME` and so on) or from `settings.toml` in the user's own settings folder; the
environment goes before the file. What a command says goes before both.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from platformdirs import user_config_path

from crisis_sim.content.files import read_source
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import Problems, did_you_mean, one_of
from crisis_sim.rules.names import Language
from crisis_sim.session.folder import default_folder
from crisis_sim.text import clean, clipped

Theme: TypeAlias = Literal["dark", "light", "high-contrast", "colour-blind-safe"]


def settings_file() -> Path:
    """Where a person's settings lie, if there are any."""
    return user_config_path("crisis-sim", appauthor=False) / "settings.toml"


def load_settings_file() -> dict[str, Any]:  # Any: whatever TOML holds
    """What the file says; nothing where there is none. Raises UnreadableInput."""
    path, problems = settings_file(), Problems()
    text = read_source(path, problems)
    why = next((problem for problem in problems if problem.severity == "error"), None)
    if why is not None and why.code == "file/missing":
        return {}
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


def system_language() -> Language:
    """The language of messages by the environment: Chinese where it is any Chinese, English otherwise."""
    locale_name = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale_name[:2].lower() == "zh" else "en"


def _own(folder: object) -> Path:
    """The folder with `~` as one's home. Raises ValueError for what is none, or cannot be printed as it is."""
    if not isinstance(folder, str | Path):
        raise ValueError("a folder has a name")
    folder = Path(folder)
    if clean(str(folder), lines=False) != str(folder):
        raise ValueError("a folder's name has no such character")
    return folder.expanduser()


def _one_of(choices: object) -> Callable[[object], Any]:  # Any: one of whatever they are
    """What lets through one of some words, and raises ValueError for anything else."""

    def chosen(value: object) -> Any:
        if value not in get_args(choices):
            raise ValueError("it is none of them")
        return value

    return chosen


@dataclass(frozen=True)
class Settings:
    """A person's settings."""

    theme: Theme = "dark"
    language: Language = field(default_factory=system_language)
    logs: Path = field(default_factory=default_folder)
    """The folder that new logs go to."""


_READ: Final[Mapping[str, Callable[[object], Any]]] = {
    "theme": _one_of(Theme),
    "language": _one_of(Language),
    "logs": _own,
}
_ALLOWED: Final = {
    "theme": one_of(get_args(Theme)),
    "language": one_of(get_args(Language)),
    "logs": Sentence("the path of a folder, without characters that do not show"),
}


@cache
def settings() -> Settings:
    """The settings of whoever runs this. Raises UnreadableInput, naming the first that cannot be used."""
    environment = {name: os.environ[_variable(name)] for name in _READ if os.environ.get(_variable(name))}
    values = {**load_settings_file(), **environment}
    usual = Settings()
    checked = {}
    for setting in fields(Settings):
        value = values.pop(setting.name, getattr(usual, setting.name))
        try:
            checked[setting.name] = _READ[setting.name](value)
        except ValueError as wrong:
            raise UnreadableInput(
                "settings/unusable",
                "the setting '{name}' cannot be '{value}'",
                hint="in {place}: {allowed}",
                name=setting.name,
                value=clipped(clean(str(value)[:1000], lines=False), 60),
                place=_place(setting.name, environment),
                allowed=_ALLOWED[setting.name],
            ) from wrong
    for name in values:
        raise UnreadableInput(
            "settings/unknown",
            "there is no setting '{name}'",
            hint="in {place}: {near}",
            name=clipped(clean(name, lines=False), 60),
            place=_place(name, environment),
            near=did_you_mean(name, _READ),
        )
    return Settings(**checked)


def _place(name: str, environment: Mapping[str, str]) -> str:
    if name in environment:
        return Sentence("{variable} in the environment", variable=_variable(name))
    return clean(str(settings_file()), lines=False)


def _variable(name: str) -> str:
    return f"CRISIS_SIM_{name.upper()}"
