"""The measures of a session and its register, as `crisis-sim verify --findings` prints them for programs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.record_opened import brier_of
from crisis_sim.measures.meanings import Meaning
from crisis_sim.measures.session_measures import Measures, Register
from crisis_sim.measures.sums import fraction_text
from crisis_sim.pages.teller import Teller, head_for, in_language, words_for
from crisis_sim.session.course import ActDone

_POINTS: Final = frozenset(
    {"tension", "felt_us", "felt_china", "trust", "standing", "tracks", "pressure", "limit", "end", "distance", "moved"}
    | {"start", "felt_moved", "trust_moved", "by_order", "tension_by", "stake", "candour"}
)
"""Names of numbers in hundredths."""


def values(found: Measures, kept: Register, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """Everything: fractions with six decimals, points as decimals, acts by side, turn and order, with their entries."""
    tell = Teller(dossier, "en")
    entries = {sending.act: sending.entry for sending in kept.entries}
    told: dict[str, Any] = _plain(found)
    told["meanings"] = [_meaning(act, entries.get(act.key), tell) for act in found.meanings]
    for turn, of in zip(told["course"]["turns"], found.course.turns, strict=True):
        turn["acts"] = [_done(act, tell) for act in of.acts]
    for belief, held in zip(told["beliefs"], found.beliefs, strict=True):
        belief["brier"] = _plain(brier_of(held))
    register = {name: value for name, value in kept._asdict().items() if name != "entries"}
    return told | {"register": _plain(register)}


def _meaning(act: Meaning, entry: int | None, tell: Teller) -> dict[str, Any]:  # Any: JSON
    """An act with its words in English."""
    words = {"head": head_for(act.act, None, tell), "text": words_for(act.act, tell)}
    told: dict[str, Any] = {}
    for name, value in act._asdict().items():
        told |= words if name == "act" else {name: _plain(value, name)}
    return told | {"gap": act.gap, "unforeseen": act.unforeseen, "foreseen": act.foreseen, "entry": entry}


def _done(act: ActDone, tell: Teller) -> dict[str, Any]:  # Any: JSON
    """An act of a turn with its words in English."""
    sealed = {"intent": act.intent, "expected": act.expected, "reading": act.reading}
    return {"side": act.act.side, "head": head_for(act.act, None, tell), **sealed}


def _plain(value: Any, name: str = "", of: str = "") -> Any:  # Any: whatever measures hold
    if isinstance(value, Fraction):
        return float(fraction_text(value, 6))
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        kind = type(value).__name__
        return {key: _plain(inner, key, kind) for key, inner in value._asdict().items()}
    if isinstance(value, Struct):
        return {key: _plain(inner, key, type(value).__name__) for key, inner in asdict(value).items()}
    if isinstance(value, Mapping) and "en" in value:
        return in_language(value, "en")
    if isinstance(value, dict):
        return {key: _plain(inner, name or key, of) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, name, of) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and name in _POINTS and of != "ChannelUse":
        return value / 100
    return value
