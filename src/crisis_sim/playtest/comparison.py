"""Two packs, or two versions of a scenario, played with the same bots and the same luck, run by run.

Common random numbers: run 17 of the one has the seed and the bots of run 17 of the other, so that what differs is what
was changed and, after it, what followed from that. Differences are taken run by run, and their interval is Student's t
of these differences, which is narrower than that of two separate samples wherever the runs go together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from crisis_sim.numbers import Points
from crisis_sim.playtest.findings import Covered, Findings
from crisis_sim.playtest.measures import Measure, rounded
from crisis_sim.playtest.runs import MISSING
from crisis_sim.playtest.statistics import Interval, mean_interval
from crisis_sim.playtest.things import Thing


class Difference(NamedTuple):
    """A measure in the one and the other; second minus first. Shares are percents in hundredths."""

    measure: Measure
    first: Points
    second: Points
    difference: Points
    interval: Interval | None
    changed: int
    """Runs in which it came out otherwise."""
    runs: int
    """Runs that have it in both."""

    @property
    def is_clear(self) -> bool:
        """The interval leaves out zero."""
        return self.interval is not None and self.interval.leaves_out_zero


class Shift(NamedTuple):
    """A thing that only one of the two reached, or has."""

    thing: Thing
    first: int | None
    """Runs that reached it in the first; None where there is no such thing there."""
    second: int | None


class Comparison(NamedTuple):
    """What a change did."""

    first: Findings
    second: Findings
    differences: tuple[Difference, ...]
    shifts: tuple[Shift, ...]


def compared(first: Findings, second: Findings) -> Comparison:
    """The second beside the first, over the same runs."""
    return Comparison(first, second, tuple(_differences(first, second)), tuple(_shifts(first, second)))


def _differences(first: Findings, second: Findings) -> Iterator[Difference]:
    """Of every measure that both have."""
    one, two = first.outcome.exercises
    theirs = {measure.id: column for measure, column in zip(second.subject.measures, two.columns, strict=False)}
    for measure, column in zip(first.subject.measures, one.columns, strict=False):
        if measure.id not in theirs:
            continue
        pairs = [pair for pair in zip(column, theirs[measure.id], strict=True) if MISSING not in pair]
        if not pairs:
            continue
        scale = 1 if measure.sort == "number" else 100_00
        apart = [(after - before) * scale for before, after in pairs]
        yield Difference(
            measure=measure,
            first=rounded(sum(before for before, _ in pairs) * scale, len(pairs)),
            second=rounded(sum(after for _, after in pairs) * scale, len(pairs)),
            difference=rounded(sum(apart), len(apart)),
            interval=mean_interval(apart),
            changed=sum(map(bool, apart)),
            runs=len(pairs),
        )


def _shifts(first: Findings, second: Findings) -> Iterator[Shift]:
    """What one reached and the other did not."""
    one, two = _by_key(first), _by_key(second)
    for key, covered in {**two, **one}.items():
        before, after = one.get(key), two.get(key)
        if bool(before and before.runs) != bool(after and after.runs):
            yield Shift(covered.thing, before.runs if before else None, after.runs if after else None)


def _by_key(found: Findings) -> dict[str, Covered]:
    return {covered.thing.key: covered for covered in found.coverage}
