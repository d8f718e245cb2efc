"""What the benchmarks share: interleaved rounds, and one way to print figures side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One line of a table."""

    name: str
    figure: str
    ratio: float | None = None


def best(runs: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The least of several rounds for each, taken in turn so that a drifting machine drifts for all."""
    found = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            found[name] = min(found[name], run())
    return found


def show(title: str, rows: Sequence[Row], ratio: str, note: str = "") -> None:
    """Print a table."""
    width = max(len(row.name) for row in rows)
    print(f"{title}\n{'':{width}}  {'':>18}  {ratio:>14}")
    for row in rows:
        beside = "" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"{row.name:{width}}  {row.figure:>18}  {beside:>14}")
    if note:
        print(note)
    print()
