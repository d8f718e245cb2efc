"""Exact numbers with two decimals, kept as plain ints in hundredths, and whole hours.

`150` is 1.5. Sums and comparisons are int arithmetic, so they are the same on every machine; nothing here rounds
except `scale` and `rounded`, and nothing here is a float. Authored text becomes points once, at the door.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Final, TypeAlias

from crisis_sim.errors import Sentence

Points: TypeAlias = int
"""A number in hundredths: 150 is 1.5."""

Hours: TypeAlias = int
"""Whole hours of game time."""

ONE: Final[Points] = 100
"""The number 1."""

LIMIT: Final = 1_000_000
"""The greatest size of a number, in whole units."""

HOURS_LIMIT: Final[Hours] = 1_000_000
"""The longest time, in hours."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_LONGEST = 64
_SPAN = re.compile(r"([0-9]{1,9})d(?: ?([0-9]{1,9})h)?|([0-9]{1,9})h")
_HUNDREDTH = Decimal("0.01")
_EXACT = Context(prec=16, traps=[Inexact, InvalidOperation])


def points(number: str | float | Decimal) -> Points:
    """`number` in hundredths, exactly; ValueError with a sentence if it has no such form.

    A float counts as the decimal it is printed as, so 0.1 is a tenth.
    """
    decimal = _decimal(number)
    if not decimal.is_finite():
        raise ValueError(Sentence("{number} is not a number that can be counted with", number=_quoted(number)))
    if decimal.copy_abs() > LIMIT:
        raise ValueError(
            Sentence("{number} is too large: numbers go from -{limit} to {limit}", number=_quoted(number), limit=LIMIT)
        )
    try:
        return int(_EXACT.scaleb(_EXACT.quantize(decimal, _HUNDREDTH), 2))
    except (Inexact, InvalidOperation):
        raise ValueError(Sentence("{number} has more than two decimals", number=_quoted(number))) from None


def scale(value: Points, factor: Points) -> Points:
    """`value` times `factor`, to the nearest hundredth, halves away from zero; symmetric and monotone in both."""
    product = value * factor
    return (product + 50) // 100 if product >= 0 else -((50 - product) // 100)


def rounded(total: int, count: int) -> int:
    """A quotient to the nearest whole number, halves away from zero."""
    return (2 * total + count) // (2 * count) if total >= 0 else -((-2 * total + count) // (2 * count))


def wholes(value: Points) -> Points:
    """The nearest whole number, halves away from zero; only nothing is nothing."""
    return value if value % ONE == 0 else max(rounded(abs(value), ONE), 1) * (ONE if value > 0 else -ONE)


def points_text(value: Points, signed: bool = False) -> str:
    """The one way a number is written: `4`, `2.2`, `-0.5`; with `signed`, `+4`, and zero stays `0`."""
    whole, rest = divmod(abs(value), 100)
    sign = "-" if value < 0 else "+" if signed and value else ""
    return f"{sign}{whole}.{rest:02}".rstrip("0") if rest else f"{sign}{whole}"


def points_printed(value: Points, signed: bool = False) -> str:
    """The same for a page that people read, with a real minus sign: `−0.5`."""
    return points_text(value, signed).replace("-", "−")


def clamp(value: Points, low: Points, high: Points) -> Points:
    """`value`, but never under `low` or over `high`."""
    return low if value < low else min(value, high)


def hours(span: str | int) -> Hours:
    """Whole hours from `14h`, `2d`, `1d 6h` or 0; ValueError with a sentence otherwise."""
    if isinstance(span, int):
        if span == 0 and span is not False:
            return 0
        raise ValueError(
            Sentence("a bare number does not say what it counts: write {span}h for hours", span=span)
            if 0 < span <= HOURS_LIMIT
            else Sentence("a bare number does not say what it counts: write it like 14h or 2d")
        )
    match = _SPAN.fullmatch(span)
    if match is None:
        raise ValueError(Sentence("{span} is not a time in whole hours: write it like 14h or 2d", span=_quoted(span)))
    total = int(match[1] or 0) * 24 + int(match[2] or match[3] or 0)
    if total > HOURS_LIMIT:
        raise ValueError(Sentence("{span} is too long: times go up to {most}h", span=_quoted(span), most=HOURS_LIMIT))
    return total


def _decimal(number: str | float | Decimal) -> Decimal:
    if isinstance(number, bool):
        raise ValueError(Sentence("{number} is not a number", number=number))
    if isinstance(number, str) and (len(number) > _LONGEST or not _NUMBER.fullmatch(number)):
        raise ValueError(Sentence("{number} is not a number", number=_quoted(number)))
    if isinstance(number, int) and abs(number) > LIMIT:
        raise ValueError(Sentence("the number is too large: numbers go from -{limit} to {limit}", limit=LIMIT))
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def _quoted(number: object) -> Sentence:
    text = str(number)
    return Sentence("'{text}'", text=text if len(text) <= 32 else text[:31] + "…")
