"""Means and spreads of whole numbers as exact fractions, so that every machine finds the same to the last digit.

Roots and logarithms are taken to nine decimals and more. None stands where there is too little to take a number of;
whoever shows a fraction rounds it, and nobody before.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt, log


def mean(values: Sequence[int]) -> Fraction | None:
    """Σx / n."""
    return Fraction(sum(values), len(values)) if values else None


def deviation(values: Sequence[int]) -> Fraction | None:
    """The sample's standard deviation, √(Σ(x − x̄)² / (n − 1)); None for fewer than two."""
    if len(values) < 2:
        return None
    return _root(Fraction(_spread(values, values), len(values) * (len(values) - 1)))


def error_of_mean(values: Sequence[int]) -> Fraction | None:
    """The standard error of the mean, s / √n; None for fewer than two."""
    if len(values) < 2:
        return None
    return _root(Fraction(_spread(values, values), len(values) ** 2 * (len(values) - 1)))


def correlation(one: Sequence[int], two: Sequence[int]) -> Fraction | None:
    """Pearson's r of two equally long lists; None for fewer than three pairs, or where one of them does not vary."""
    if len(one) < 3:
        return None
    spreads = _spread(one, one) * _spread(two, two)
    if not spreads:
        return None
    shared = _spread(one, two)
    size = _root(Fraction(shared**2, spreads))
    return -size if shared < 0 else size


def _spread(one: Sequence[int], two: Sequence[int]) -> int:
    """n Σ(x − x̄)(y − ȳ), which is whole: n Σxy − Σx Σy."""
    return len(one) * sum(a * b for a, b in zip(one, two, strict=True)) - sum(one) * sum(two)


def natural_log(value: Fraction) -> Fraction:
    """ln x of a positive fraction, to nine decimals."""
    return Fraction(round(log(value) * 10**9), 10**9)


def _root(square: Fraction) -> Fraction:
    """A square root to twelve decimals, by whole numbers alone."""
    return Fraction(isqrt(square.numerator * 10**24 // square.denominator), 10**12)


def fraction_text(value: Fraction | None, places: int = 2, *, signed: bool = False) -> str:
    """A fraction with so many decimals, halves away from zero: `0.25`, `-1.50`; `–` for None."""
    if value is None:
        return "–"
    scaled = abs(value) * 10**places * 2
    size = (scaled.numerator // scaled.denominator + 1) // 2
    whole, rest = divmod(size, 10**places)
    sign = "-" if value < 0 and size else "+" if signed and size else ""
    return f"{sign}{whole}.{rest:0{places}}" if places else f"{sign}{whole}"


def fraction_printed(value: Fraction | None, places: int = 2, *, signed: bool = False) -> str:
    """The same for a page that people read, with a real minus sign: `−1.50`."""
    return fraction_text(value, places, signed=signed).replace("-", "−")
