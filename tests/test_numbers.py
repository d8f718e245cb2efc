"""Exact numbers: what goes in comes out, and nothing is rounded but by `scale`."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.numbers import LIMIT, clamp, hours, points, points_printed, points_text, scale

HUNDREDTHS = st.integers(-LIMIT * 100, LIMIT * 100)


@pytest.mark.parametrize(
    ("written", "hundredths"),
    [
        ("4", 400),
        ("1.10", 110),
        ("-0.05", -5),
        ("+1", 100),
        (".5", 50),
        ("1e3", 100_000),
        ("1.000", 100),
        (3, 300),
        (0.1, 10),
        (1.15, 115),
        (Decimal("2.20"), 220),
        ("-0", 0),
        (1_000_000, 100_000_000),
    ],
)
def test_a_number_is_taken_exactly_as_written(written: str | float | Decimal, hundredths: int) -> None:
    """0.1 is a tenth and 1.15 is 115 hundredths, whether text, float or Decimal."""
    assert points(written) == hundredths


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1.234", "'1.234' has more than two decimals"),
        (0.001, "'0.001' has more than two decimals"),
        (Decimal("1e-9999999"), "'1E-9999999' has more than two decimals"),
        (Decimal("1e9999999"), "'1E+9999999' is too large: numbers go from -1000000 to 1000000"),
        ("1000000.01", "'1000000.01' is too large: numbers go from -1000000 to 1000000"),
        (float("nan"), "'nan' is not a number that can be counted with"),
        (float("-inf"), "'-inf' is not a number that can be counted with"),
        (Decimal("sNaN"), "'sNaN' is not a number that can be counted with"),
        ("", "'' is not a number"),
        (" 1", "' 1' is not a number"),
        ("1_0", "'1_0' is not a number"),
        ("١", "'١' is not a number"),
        ("9" * 100, "'9999999999999999999999999999999…' is not a number"),
        (True, "True is not a number"),
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(written: str | float | Decimal, sentence: str) -> None:
    """Each refusal says what was written and what is wrong with it."""
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        points(written)


@given(HUNDREDTHS)
def test_a_number_has_one_written_form(value: int) -> None:
    """What is shown reads back as the same number, with no trailing zero and no minus on zero."""
    text = points_text(value)
    assert points(text) == value
    assert not (("." in text) and text.endswith(("0", ".")))
    assert points_text(value, signed=True).lstrip("+") == text


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [(400, "4", "+4"), (220, "2.2", "+2.2"), (-50, "-0.5", "-0.5"), (0, "0", "0"), (205, "2.05", "+2.05")],
)
def test_a_number_is_shown_short(value: int, plain: str, signed: str) -> None:
    """4, 2.2, -0.5; with a sign where a change is meant."""
    assert (points_text(value), points_text(value, signed=True)) == (plain, signed)


@given(HUNDREDTHS, st.integers(-100_000, 100_000))
def test_scaling_rounds_to_the_nearest_hundredth(value: int, factor: int) -> None:
    """The product is at most half a hundredth off, and halves go away from zero."""
    exact = Fraction(value * factor, 100)
    off = abs(scale(value, factor)) - abs(exact)
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


@given(HUNDREDTHS, st.integers(-100_000, 100_000))
def test_scaling_is_symmetric(value: int, factor: int) -> None:
    """Turning a sign turns the result's, so that swapping the sides mirrors every score."""
    assert scale(-value, factor) == -scale(value, factor) == scale(value, -factor)


@given(HUNDREDTHS, HUNDREDTHS, st.integers(0, 100_000))
def test_scaling_keeps_order(one: int, two: int, factor: int) -> None:
    """More never becomes less."""
    low, high = sorted((one, two))
    assert scale(low, factor) <= scale(high, factor)


@given(HUNDREDTHS, HUNDREDTHS, HUNDREDTHS)
def test_a_clamped_number_is_within_its_bounds(value: int, one: int, two: int) -> None:
    """Inside, nothing changes; outside, the nearer bound."""
    low, high = sorted((one, two))
    assert clamp(value, low, high) == sorted((low, value, high))[1]


@pytest.mark.parametrize(
    ("span", "whole"),
    [("14h", 14), ("2d", 48), ("1d 6h", 30), ("1d6h", 30), ("0h", 0), (0, 0), ("1000000h", 1_000_000)],
)
def test_times_are_whole_hours(span: str | int, whole: int) -> None:
    """Hours and days, alone or together."""
    assert hours(span) == whole


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (14, "a bare number does not say what it counts: write 14h for hours"),
        (-3, "a bare number does not say what it counts: write it like 14h or 2d"),
        ("90m", "'90m' is not a time in whole hours: write it like 14h or 2d"),
        ("1.5h", "'1.5h' is not a time in whole hours: write it like 14h or 2d"),
        ("", "'' is not a time in whole hours: write it like 14h or 2d"),
        (" 2d", "' 2d' is not a time in whole hours: write it like 14h or 2d"),
        ("99999999d", "'99999999d' is too long: times go up to 1000000h"),
    ],
)
def test_other_times_are_refused_with_a_way_out(span: str | int, sentence: str) -> None:
    """A bare number does not say what it counts."""
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        hours(span)


def test_a_number_too_long_to_print_is_refused() -> None:
    """Python itself will not write out an int of five thousand digits; the refusal does not try."""
    with pytest.raises(ValueError, match="the number is too large"):
        points(10**5000)
    with pytest.raises(ValueError, match="a bare number"):
        hours(10**5000)


def test_people_read_a_real_minus_sign() -> None:
    """And nothing else is otherwise than for programs."""
    assert (points_printed(-50), points_printed(50, signed=True), points_printed(0, signed=True)) == (
        "−0.5",
        "+0.5",
        "0",
    )
