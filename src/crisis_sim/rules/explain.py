"""A condition as a phrase in English or Chinese, for the facilitator's plan, for `check`, and for the docs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.names import Language
from crisis_sim.rules.phrases import PHRASES, Phrase, Phrases
from crisis_sim.rules.phrases_zh import PHRASES_ZH, ChinesePhrases

_PHRASES: Mapping[Language, Mapping[str, Phrase]] = {"en": PHRASES, "zh": PHRASES_ZH}


class _Several(Struct, frozen=True):
    """Phrases of which all, or at least one, must hold."""

    all_of: bool
    parts: tuple[_Said, ...]


_Said = str | _Several


def explain(condition: Condition, names: Mapping[str, str] | None = None, language: Language = "en") -> str:
    """`condition` in words, with `names` for ids where it has them.

    "in public, a protest or coercion, with no private inquiry by the sender in the last 6 hours"
    """
    phrases = ChinesePhrases(names or {}) if language == "zh" else Phrases(names or {})
    said = _said(condition, phrases, denied=False)
    return _joined_zh(said) if language == "zh" else _joined(said)


def _said(condition: Condition, phrases: Phrases, denied: bool) -> _Said:
    """What a condition says, with every `not` taken down to the single phrases."""
    words = _PHRASES["zh" if isinstance(phrases, ChinesePhrases) else "en"]
    own = [phrase(phrases, condition, denied) for key, phrase in words.items() if getattr(condition, key) is not None]
    parts: list[_Said] = [*own, *_members(condition, phrases, denied)]
    return _several(not denied, parts)


def _members(condition: Condition, phrases: Phrases, denied: bool) -> Iterator[_Said]:
    if condition.all is not None:
        yield _several(not denied, [_said(part, phrases, denied) for part in condition.all])
    if condition.any is not None:
        yield _several(denied, [_said(part, phrases, denied) for part in condition.any])
    if condition.not_ is not None:
        yield _said(condition.not_, phrases, not denied)


def _several(all_of: bool, parts: Sequence[_Said]) -> _Said:
    """Nothing is said twice, and a list within a list of its own kind is one list."""
    flat: list[_Said] = []
    for part in parts:
        flat += part.parts if isinstance(part, _Several) and part.all_of == all_of else (part,)
    once = tuple(dict.fromkeys(flat))
    if len(once) == 1:
        return once[0]
    return _Several(all_of, once)


def _joined(said: _Said) -> str:
    if isinstance(said, str):
        return said
    if not said.parts:
        return "always" if said.all_of else "never"
    if said.all_of:
        plain = [part for part in said.parts if isinstance(part, str)]
        choices = [f"and {_within(part)}" for part in said.parts if not isinstance(part, str)]
        return ", ".join([*plain, *choices]).removeprefix("and ")
    is_long = not all(isinstance(part, str) for part in said.parts)
    return "either " + ("; or " if is_long else " or ").join(_within(part) for part in said.parts)


def _joined_zh(said: _Said) -> str:
    if isinstance(said, str):
        return said
    if not said.parts:
        return "始终" if said.all_of else "从不"
    parts = [part if isinstance(part, str) else f"（{_joined_zh(part)}）" for part in said.parts]
    return "，且".join(parts) if said.all_of else "，或".join(parts)


def _within(part: _Said) -> str:
    """A list within a list: one of plain phrases reads on, and one that holds lists of its own is set off."""
    if isinstance(part, str):
        return part
    if not part.parts or not all(isinstance(each, str) for each in part.parts):
        return f"({_joined(part)})"
    return " and ".join(map(str, part.parts)) if part.all_of else _joined(part)
