"""What a person set once for all sessions: colours, language, and where logs go.

From the environment (`CRISIS_SIM_THEME` and so on) or from `settings.toml` in the user's own settings folder; the
environment goes before the file. What a command says goes before both.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from crisis_sim.errors import UnreadableInput
from crisis_sim.session.folder import default_folder


def settings_file() -> Path:
    """Where a person's settings lie, if there are any."""
    return user_config_path("crisis-sim", appauthor=False) / "settings.toml"


class Settings(BaseSettings):
    """A person's settings."""

    model_config = SettingsConfigDict(env_prefix="CRISIS_SIM_", extra="forbid", frozen=True)

    theme: Literal["dark", "light", "high-contrast", "colour-blind-safe"] = "dark"
    language: Literal["en", "zh"] = "en"
    logs: Path = Field(default_factory=default_folder)
    """The folder that new logs go to."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the file; nothing else."""
        return env_settings, TomlConfigSettingsSource(settings_cls, toml_file=settings_file())


@cache
def settings() -> Settings:
    """The settings of whoever runs this. Raises UnreadableInput, naming the first that cannot be used."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = ".".join(map(str, first["loc"])) or "a setting"
        message, hint = f"the setting '{name}' cannot be used: {first['msg'].lower()}", _where(name)
    except (ValueError, OSError) as wrong:
        message, hint = f"{settings_file()} cannot be read: {wrong}", "mend it or take it away"
    raise UnreadableInput("settings/unusable", message, hint=hint)


def _where(name: str) -> str:
    return f"look at CRISIS_SIM_{name.upper()} in the environment, and at {settings_file()}"
