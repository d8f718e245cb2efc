"""Numbers of a study as people read them: no more digits than their interval bears out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis_sim.research.study.intervals import Interval

NONE = "–"


def figure(value: float | None, interval: Interval | None = None, *, signed: bool = False, most: int = 2) -> str:
    """A number with as many decimals as make two digits of half its interval, and at most so many."""
    if value is None:
        return NONE
    return _shown(value, _places(interval, most), signed)


def span(interval: Interval | None, *, signed: bool = False, most: int = 2) -> str:
    """An interval, from … to."""
    if interval is None:
        return NONE
    places = _places(interval, most)
    return f"{_shown(interval.low, places, signed)} … {_shown(interval.high, places, signed)}"


def chance(p: float | None) -> str:
    """A p, with three decimals at most."""
    if p is None:
        return NONE
    return "<.001" if p < 0.0005 else f"{p:.3f}"


def _places(interval: Interval | None, most: int) -> int:
    half = (interval.high - interval.low) / 2 if interval is not None else 0
    return max(0, most - (half >= 1) - (half >= 10))


def _shown(value: float, places: int, signed: bool) -> str:
    text = f"{value:.{places}f}"
    if not float(text):
        return text.removeprefix("-")
    return f"+{text}" if signed and value > 0 else text
