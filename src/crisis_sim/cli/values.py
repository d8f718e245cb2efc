"""The measures of a session and its register as plain values, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.measures.meanings import Meaning
from crisis_sim.measures.register import Register
from crisis_sim.measures.sums import shown
from crisis_sim.measures.whole import Measures
from crisis_sim.pages.telling import head_for, in_language, words_for
from crisis_sim.session.course import ActDone

_POINTS: Final = frozenset(
    {"tension", "felt_us", "felt_china", "trust", "standing", "tracks", "pressure", "limit", "end", "distance", "moved"}
    | {"start"}
)
"""Names of numbers in hundredths."""
_WORDS: Final = frozenset({"title", "injects", "rung"})
"""Names of what a scenario says in several languages."""


def plain(found: Measures, kept: Register, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """Everything: fractions with six decimals, points as decimals, acts by side, turn and order, with their entries."""
    entries = {sending.act: sending.entry for sending in kept.entries}
    values: dict[str, Any] = _plain(found)
    values["meanings"] = [_meaning(act, entries.get(act.key), dossier) for act in found.meanings]
    for turn, of in zip(values["course"]["turns"], found.course.turns, strict=True):
        turn["acts"] = [_done(act, dossier) for act in of.acts]
    register = {name: value for name, value in kept._asdict().items() if name != "entries"}
    return values | {"register": _plain(register)}


def _meaning(act: Meaning, entry: int | None, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """An act with its words in English."""
    words = {"head": head_for(act.act, dossier, None, "en"), "text": words_for(act.act, dossier, "en")}
    told: dict[str, Any] = {}
    for name, value in act._asdict().items():
        told |= words if name == "act" else {name: _plain(value, name)}
    return told | {"gap": act.gap, "entry": entry}


def _done(act: ActDone, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """An act of a turn with its words in English."""
    head = head_for(act.act, dossier, None, "en")
    return {"side": act.act.side, "head": head, "intent": act.intent, "reading": act.reading}


def _plain(value: Any, name: str = "", of: str = "") -> Any:  # Any: whatever measures hold
    if isinstance(value, Fraction):
        return float(shown(value, 6))
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        kind = type(value).__name__
        return {key: _plain(inner, key, kind) for key, inner in value._asdict().items()}
    if isinstance(value, Struct):
        return {key: _plain(inner, key, type(value).__name__) for key, inner in asdict(value).items()}
    if name in _WORDS and isinstance(value, Mapping):
        return in_language(value, "en")
    if isinstance(value, dict):
        return {key: _plain(inner, name or key, of) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, name, of) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and name in _POINTS and of != "ChannelUse":
        return value / 100
    return value
