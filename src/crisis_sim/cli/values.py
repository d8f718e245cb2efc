"""The measures of a session and its register as plain values, for programs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from crisis_sim.measures.meanings import Meaning
from crisis_sim.measures.register import Register
from crisis_sim.measures.sums import shown
from crisis_sim.measures.whole import Measures

_POINTS: Final = frozenset(
    {"tension", "felt_us", "felt_china", "trust", "standing", "tracks", "pressure", "limit", "end", "distance", "moved"}
    | {"start"}
)
"""Names of numbers in hundredths."""


def plain(found: Measures, kept: Register) -> dict[str, Any]:  # Any: JSON
    """Everything: fractions with six decimals, points as decimals, acts by side, turn and order, with their entries."""
    entries = {sending.act: sending.entry for sending in kept.entries}
    values: dict[str, Any] = _plain(found)
    for act, of in zip(values["meanings"], found.meanings, strict=True):
        act["entry"] = entries.get(of.key)
    register = {name: value for name, value in kept._asdict().items() if name != "entries"}
    return values | {"register": _plain(register)}


def _plain(value: Any, name: str = "", of: str = "") -> Any:  # Any: whatever measures hold
    if isinstance(value, Fraction):
        return float(shown(value, 6))
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        kind = type(value).__name__
        found = {key: _plain(inner, key, kind) for key, inner in value._asdict().items()}
        return found | ({"gap": value.gap} if isinstance(value, Meaning) else {})
    if isinstance(value, Struct):
        return {key: _plain(inner, key, type(value).__name__) for key, inner in asdict(value).items()}
    if isinstance(value, dict):
        return {key: _plain(inner, name or key, of) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, name, of) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and name in _POINTS and of != "ChannelUse":
        return value / 100
    return value
