"""What the ordinary run leaves to the night: most examples of a promise that a few of them state as well.

`scripts/nightly` runs all tests, with every example. The ordinary run has one in so many of a list; of a table, so many
that each row and each column is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import settings

NIGHTLY = "nightly"
"""The profile of Hypothesis that scripts/nightly names."""


def examples(ordinary: int, nightly: int) -> int:
    """How many examples Hypothesis tries."""
    return nightly if settings.get_current_profile_name() == NIGHTLY else ordinary


def one_in(every: int, cases: Iterable[Any]) -> list[Any]:
    """Cases for `parametrize`, of which the ordinary run has the first and then one in so many."""
    return [
        pytest.param(*(case if type(case) is tuple else (case,)), marks=_marks(place % every == 0))
        for place, case in enumerate(cases)
    ]


def spread(every: int, rows: Collection[Any], columns: Collection[Any]) -> list[Any]:
    """Pairs for `parametrize`, of which the ordinary run has one in so many, over all rows and all columns."""
    assert every <= min(len(rows), len(columns)), "some row or column would be left out"
    return [
        pytest.param(row, column, marks=_marks((down + along) % every == 0))
        for (down, row), (along, column) in product(enumerate(rows), enumerate(columns))
    ]


def _marks(is_ordinary: bool) -> tuple[pytest.MarkDecorator, ...]:
    return () if is_ordinary else (pytest.mark.slow,)
