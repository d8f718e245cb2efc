"""The language in which a command speaks, chosen once, before anything is said.

`--lang`, wherever it stands in the command, goes before the setting, and that before LC_ALL, LC_MESSAGES and LANG. What
is made for programs (JSON, CSV, exports) is the same in every language, and asks nothing here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

from crisis_sim import wording
from crisis_sim.cli.settings import load_settings_file, system_language
from crisis_sim.errors import UnreadableInput, commas
from crisis_sim.rules.names import Language

LANGUAGES: Final[Sequence[Language]] = ("en", "zh")
OPTION: Final = "--lang"
VARIABLE: Final = "CRISIS_SIM_LANGUAGE"


class _LanguageChoice:
    """What this process was asked for, and what it speaks; None until it speaks."""

    requested: Language | None = None
    spoken: Language | None = None


def apply_language_option(arguments: Sequence[str]) -> list[str]:
    """Speak from here on as `arguments` want it; returns them without `--lang`.

    Raises UnreadableInput where there is no language of that name.
    """
    value, rest = _extract_language(arguments)
    _LanguageChoice.requested = next((code for code in LANGUAGES if code == value), None)
    _LanguageChoice.spoken = _LanguageChoice.requested
    if value is not None and _LanguageChoice.requested is None:
        raise UnreadableInput(
            "usage/language",
            "there is no language '{name}'",
            hint="one of: {known}",
            name=value[:60],
            known=commas(LANGUAGES),
        )
    return rest


def _extract_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The last language that is named, and the arguments without it; a `--lang` without a word stays where it is."""
    value: str | None = None
    rest: list[str] = []
    remaining = list(arguments)
    while remaining and remaining[0] != "--":
        word = remaining.pop(0)
        if word == OPTION and remaining:
            value = remaining.pop(0)
        elif word.startswith(f"{OPTION}="):
            value = word.removeprefix(f"{OPTION}=")
        else:
            rest.append(word)
    return value, rest + remaining


def default_language() -> Language:
    """What a person reads who says nothing in the command: as set once for all, or as the system says."""
    if (variable_value := os.environ.get(VARIABLE)) in LANGUAGES:
        return "zh" if variable_value == "zh" else "en"
    return "zh" if (_in_settings() or system_language()) == "zh" else "en"


def _in_settings() -> object:
    """What the file of settings says; nothing where it cannot be read, which is said where a setting is needed."""
    try:
        return load_settings_file().get("language")
    except UnreadableInput:
        return None


def language() -> Language:
    """What this command speaks."""
    if _LanguageChoice.spoken is None:
        _LanguageChoice.spoken = default_language()
    return _LanguageChoice.spoken


def requested_language() -> Language | None:
    """The language that the command itself names; None where it leaves that to settings and system."""
    return _LanguageChoice.requested


def in_words(sentence: str) -> str:
    """A sentence that something below the doors has put together, in the language of this command."""
    return wording.in_words(sentence, language())


def say(english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
    """The sentence in the language of this command; see `wording.Say`."""
    return wording.speaker(language())(english, context, plural=plural, **words)
