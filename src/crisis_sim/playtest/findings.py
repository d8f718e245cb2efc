"""What many runs say: how sessions ended, whether a side is favoured, what was reached, which sessions to read.

Plain values made from gathered runs; how they look on a page is said in `crisis_sim.playtest.findings_page` and
`crisis_sim.playtest.exports`.

Two packs, or two versions of a scenario, are compared run by run with common random numbers: run 17 of the one has the
seed and the bots of run 17 of the other, so that what differs is what was changed and, after it, what followed from
that. The interval is Student's t of these differences, which is narrower than that of two separate samples wherever the
runs go together.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from crisis_sim.content.material import Material
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import Points, rounded
from crisis_sim.playtest.causes import MissingCause, NeverReached
from crisis_sim.playtest.decision_shares import DecisionShare, decision_shares
from crisis_sim.playtest.reachable import Reachable, all_reachable
from crisis_sim.playtest.run_measures import PlaytestMeasure
from crisis_sim.playtest.runs import MISSING, Gathered, RunsOutcome
from crisis_sim.playtest.statistics import RunInterval, RunShare, RunSummary, deviation, mean_interval, share, summary
from crisis_sim.playtest.tension_budget import BudgetRow, PressRow, TurnRow, budget, by_turn, pressings, sums_of
from crisis_sim.rules.names import SIDES
from crisis_sim.wording import _

PICKED: Final = 3
"""Sessions that are picked as the worst, and as the most typical."""
SMALL: Final = 20
"""Percent of the spread under which a difference between the sides is small (Cohen's d of 0.2)."""


class Subject(NamedTuple):
    """What was played: a material in one length, with what is measured and reached in it."""

    material: Material
    table: GameTable
    measures: tuple[PlaytestMeasure, ...]


class MeasuredNumber(NamedTuple):
    """A measure that is a number, over all sessions."""

    measure: PlaytestMeasure
    summary: RunSummary


class Often(NamedTuple):
    """How often something happened."""

    measure: PlaytestMeasure
    share: RunShare


class Sides(NamedTuple):
    """One measure of both sides, where the same bot sat on both."""

    id: str
    label: str
    us: Points
    china: Points
    """The mean of each side."""
    difference: Points
    """US minus China."""
    interval: RunInterval | None
    spread: Points
    """Standard deviation of the measure over both sides of these sessions."""

    @property
    def is_uneven(self) -> bool:
        """The sides differ by more than luck explains, and by more than is small beside the spread."""
        if self.interval is None or not self.interval.leaves_out_zero:
            return False
        return abs(self.difference) * 100 > SMALL * self.spread


class Covered(NamedTuple):
    """A thing, and how often it was reached."""

    target: Reachable
    runs: int
    times: int
    first: int
    """The first run in which it was; 0 for none."""


class NotableRun(NamedTuple):
    """A session worth reading."""

    why: str
    """`worst` or `typical`."""
    place: int
    run: int
    us: str
    china: str
    peak: Points
    end: Points
    crossings: int
    log: str = ""
    """Its log, where one was kept."""


class PairCell(NamedTuple):
    """Sessions of one pair of bots."""

    us: str
    china: str
    runs: int
    peak: Points
    end: Points
    """Mean tension at its highest and at the end."""


class Findings(NamedTuple):
    """Everything there is to say of the runs of one exercise."""

    subject: Subject
    outcome: RunsOutcome
    numbers: tuple[MeasuredNumber, ...]
    shares: tuple[Often, ...]
    sides: tuple[Sides, ...]
    even_runs: int
    """Sessions with the same bot on both sides; `sides` is about these."""
    cells: tuple[PairCell, ...]
    coverage: tuple[Covered, ...]
    picked: tuple[NotableRun, ...]
    decisions: tuple[DecisionShare, ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    turns: tuple[TurnRow, ...] = ()
    pressing: tuple[PressRow, ...] = ()
    causes: Mapping[str, MissingCause] = {}
    """By the key of what was never reached: why."""

    @property
    def never(self) -> tuple[Covered, ...]:
        """What no run reached."""
        return tuple(covered for covered in self.coverage if not covered.runs)


def findings(subject: Subject, outcome: RunsOutcome, gathered: Gathered) -> Findings:
    """What the runs say of a subject."""
    columns = {measure.id: column for measure, column in zip(subject.measures, gathered.columns, strict=False)}
    even = [place for place in range(outcome.runs) if len(set(_pair(outcome, place))) == 1]
    sums, coverage = sums_of(gathered.tally), tuple(_coverage(subject, gathered))
    return Findings(
        subject=subject,
        outcome=outcome,
        numbers=tuple(_numbers(subject, columns)),
        shares=tuple(_shares(subject, columns)),
        sides=tuple(_sides(subject, columns, even)),
        even_runs=len(even),
        cells=tuple(_cells(outcome, columns)),
        coverage=coverage,
        picked=(*_worst(outcome, columns), *_typical(subject, outcome, columns)) if outcome.runs else (),
        decisions=decision_shares(gathered.tally),
        budget=budget(sums, outcome.runs),
        turns=by_turn(sums, outcome.runs),
        pressing=pressings(sums, outcome.runs),
        causes=_causes(subject, coverage),
    )


def _causes(subject: Subject, coverage: Sequence[Covered]) -> Mapping[str, MissingCause]:
    targets, reached = [entry.target for entry in coverage], [entry.target.key for entry in coverage if entry.runs]
    cause_finder = NeverReached(subject.material, subject.table.length, targets, reached)
    return {entry.target.key: cause_finder.cause_of(entry.target) for entry in coverage if not entry.runs}


Columns = Mapping[str, Sequence[int]]
"""By measure: a value for each run."""


def present(column: Sequence[int]) -> Sequence[int]:
    """The values of the runs that have one."""
    return column if MISSING not in column else array("q", [value for value in column if value != MISSING])


def _pair(outcome: RunsOutcome, place: int) -> tuple[str, str]:
    return outcome.plan.pairings.bots_for(outcome.plan.seed, outcome.plan.first + place)


def _numbers(subject: Subject, columns: Columns) -> Iterator[MeasuredNumber]:
    for measure in subject.measures:
        if measure.sort == "number" and (run_summary := summary(present(columns.get(measure.id, ())))) is not None:
            yield MeasuredNumber(measure, run_summary)


def _shares(subject: Subject, columns: Columns) -> Iterator[Often]:
    for measure in subject.measures:
        if measure.sort == "share" and (run_share := share(columns.get(measure.id, ()))) is not None:
            yield Often(measure, run_share)


_COMPARED: Final = {
    "end-felt": _("Tension felt at the end"),
    "crossings": _("Own red lines crossed"),
    "conclusions": _("Conclusions drawn"),
    "further-from": _("Drawn back from a conclusion"),
    "near-misses": _("Near misses on own lines"),
    "trust": _("Trust, change from the start"),
    "standing": _("Standing, change from the start"),
    "gap": _("Own acts taken as worse than meant"),
}
"""What is compared between the sides."""


def _sides(subject: Subject, columns: Columns, even: Sequence[int]) -> Iterator[Sides]:
    """Both sides over the sessions in which the same bot sat on both; changes where a scenario sets the start."""
    for name, label in _COMPARED.items():
        us, china = ([columns[f"{name}/{side}"][place] for place in even] for side in SIDES) if even else ([], [])
        pairs = [(one, two) for one, two in zip(us, china, strict=True) if MISSING not in (one, two)]
        if not pairs:
            continue
        begun_us, begun_china = _start(subject, name)
        us, china = [one - begun_us for one, _ in pairs], [two - begun_china for _, two in pairs]
        apart = [one - two for one, two in zip(us, china, strict=True)]
        yield Sides(
            id=name,
            label=label,
            us=rounded(sum(us), len(us)),
            china=rounded(sum(china), len(china)),
            difference=rounded(sum(apart), len(apart)),
            interval=mean_interval(apart),
            spread=round(deviation([*us, *china])),
        )


def _start(subject: Subject, name: str) -> tuple[Points, Points]:
    """Where a meter begins on each side; 0 for what is no meter."""
    if name not in ("trust", "standing"):
        return 0, 0
    base = subject.material.base.trust.start if name == "trust" else subject.material.base.standing.start
    teams = subject.material.scenario.teams
    us, china = (team.trust if name == "trust" else team.standing for team in (teams.us, teams.china))
    return base if us is None else us, base if china is None else china


def _cells(outcome: RunsOutcome, columns: Columns) -> Iterator[PairCell]:
    places_by_pair: dict[tuple[str, str], list[int]] = {}
    for place in range(outcome.runs):
        places_by_pair.setdefault(_pair(outcome, place), []).append(place)
    for (us, china), places in sorted(places_by_pair.items()):
        peak, end = (sum(columns[name][place] for place in places) for name in ("peak-tension", "end-tension"))
        yield PairCell(us, china, len(places), rounded(peak, len(places)), rounded(end, len(places)))


def _coverage(subject: Subject, gathered: Gathered) -> Iterator[Covered]:
    """How often each thing was reached; an effect, as often as what carries it out."""
    for target in all_reachable(subject.material, subject.table.length):
        counts = [gathered.tally[key] for key in target.keys or (target.key,) if key in gathered.tally]
        times = sum(count[1] for count in counts)
        yield Covered(
            target, max((count[0] for count in counts), default=0), times, min((c[2] for c in counts), default=0)
        )


def _worst(outcome: RunsOutcome, columns: Columns) -> Iterator[NotableRun]:
    """The sessions with the highest tension; among these, those with most crossings, and then the first."""
    peaks, crossings = columns["peak-tension"], columns["crossings"]
    order = sorted(range(outcome.runs), key=lambda place: (-peaks[place], -crossings[place], place))
    yield from _first_of("worst", order, outcome, columns)


def _typical(subject: Subject, outcome: RunsOutcome, columns: Columns) -> Iterator[NotableRun]:
    """The sessions nearest to the medians: those with the fewest sessions between, added up over all numbers."""
    away = [0] * outcome.runs
    for measure in subject.measures:
        if measure.sort == "number":
            for place, between in enumerate(_between(columns[measure.id])):
                away[place] += between
    order = sorted(range(outcome.runs), key=lambda place: (away[place], place))
    yield from _first_of("typical", order, outcome, columns)


def _first_of(why: str, order: Sequence[int], outcome: RunsOutcome, columns: Columns) -> Iterator[NotableRun]:
    """The first of an order, each of another pair of bots as long as there are any: like bots play like sessions."""
    first_of: dict[tuple[str, str], int] = {}
    for place in order:
        first_of.setdefault(_pair(outcome, place), place)
    rest = [place for place in order if place not in first_of.values()]
    for number, place in enumerate([*first_of.values(), *rest][:PICKED], 1):
        yield _picked(why, number, place, outcome, columns)


def _between(column: Sequence[int]) -> Iterator[int]:
    """For each run, how many runs lie strictly between its value and the median."""
    ordered = sorted(present(column))
    if not ordered:
        yield from (0 for _ in column)
        return
    median = ordered[(len(ordered) - 1) // 2]
    low_index, high_index = bisect_left(ordered, median), bisect_right(ordered, median)
    for value in column:
        if value in (MISSING, median):
            yield 0
        elif value > median:
            yield bisect_left(ordered, value) - high_index
        else:
            yield low_index - bisect_right(ordered, value)


def _picked(why: str, number: int, place: int, outcome: RunsOutcome, columns: Columns) -> NotableRun:
    us, china = _pair(outcome, place)
    peak, end, crossings = (columns[name][place] for name in ("peak-tension", "end-tension", "crossings"))
    return NotableRun(why, number, outcome.plan.first + place, us, china, peak, end, crossings // 100)


class Difference(NamedTuple):
    """A measure in the one and the other; second minus first. Shares are percents in hundredths."""

    measure: PlaytestMeasure
    first: Points
    second: Points
    difference: Points
    interval: RunInterval | None
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

    target: Reachable
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
        apart = [(second_value - first_value) * scale for first_value, second_value in pairs]
        yield Difference(
            measure=measure,
            first=rounded(sum(first_value for first_value, _ in pairs) * scale, len(pairs)),
            second=rounded(sum(second_value for _, second_value in pairs) * scale, len(pairs)),
            difference=rounded(sum(apart), len(apart)),
            interval=mean_interval(apart),
            changed=sum(map(bool, apart)),
            runs=len(pairs),
        )


def _shifts(first: Findings, second: Findings) -> Iterator[Shift]:
    """What one reached and the other did not."""
    one, two = _by_key(first), _by_key(second)
    for key, covered in {**two, **one}.items():
        first_entry, second_entry = one.get(key), two.get(key)
        if bool(first_entry and first_entry.runs) != bool(second_entry and second_entry.runs):
            yield Shift(
                covered.target, first_entry.runs if first_entry else None, second_entry.runs if second_entry else None
            )


def _by_key(all_findings: Findings) -> dict[str, Covered]:
    return {covered.target.key: covered for covered in all_findings.coverage}
