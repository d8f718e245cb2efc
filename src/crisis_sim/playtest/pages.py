"""The findings of many runs as pages to read: headings, words, units, tables of 78 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final

from crisis_sim.numbers import Points
from crisis_sim.playtest.findings import Comparison, Difference, Findings, Picked, Shift, Sides
from crisis_sim.playtest.measures import Measure, rounded
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.playtest.reachable import PARTS
from crisis_sim.playtest.statistics import Interval
from crisis_sim.text import cells, clean, wrapped

PAGE: Final = 78
"""Columns of a page; it fits a terminal of eighty."""
NONE: Final = "–"
"""Stands where there is nothing to say."""


def tenths(value: Points, *, signed: bool = False) -> str:
    """A number with one decimal."""
    tenth = rounded(value, 10)
    whole, rest = divmod(abs(tenth), 10)
    sign = "-" if tenth < 0 else "+" if signed and tenth else ""
    return f"{sign}{whole}.{rest}"


def hundredths(value: Points, *, signed: bool = False) -> str:
    """A number with two decimals, for small ones that one decimal would round to nothing."""
    whole, rest = divmod(abs(value), 100)
    sign = "-" if value < 0 else "+" if signed and value else ""
    return f"{sign}{whole}.{rest:02}"


def fine_span(interval: Interval | None) -> str:
    """An interval with two decimals."""
    return NONE if interval is None else f"{hundredths(interval.low)} to {hundredths(interval.high)}"


def span(interval: Interval | None, *, signed: bool = False) -> str:
    """An interval with one decimal."""
    if interval is None:
        return NONE
    return f"{tenths(interval.low, signed=signed)} to {tenths(interval.high, signed=signed)}"


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table: the first column is words and takes what room the others, set to the right, leave."""
    widths = [max(cells(row[place]) for row in (heads, *rows)) for place in range(1, len(heads))]
    room = PAGE - sum(width + 2 for width in widths)
    for row in (heads, *rows):
        *lead, last = _words(row[0], room)
        numbers = "".join(f"  {'':{width - cells(text)}}{text}" for text, width in zip(row[1:], widths, strict=True))
        yield from lead
        yield f"{last}{'':{room - cells(last)}}{numbers}".rstrip()


def _words(text: str, room: int) -> list[str]:
    """The words at the head of a row, as far in on each line as on the first."""
    indent = len(text) - len(text.lstrip(" "))
    lines = wrapped(clean(text, lines=False).strip(), max(room - indent, 8))
    return [f"{'':{indent}}{line}" for line in lines] or [""]


def paragraph(text: str, *, indent: int = 0) -> Iterator[str]:
    """A text as lines of the page."""
    yield from (f"{'':{indent}}{line}".rstrip() for line in wrapped(clean(text, lines=False), PAGE - indent))


def listed(says: str, at: str, *, indent: int = 2) -> Iterator[str]:
    """What there is to say of a thing, and its place to the right, or below where there is no room."""
    lines = list(wrapped(clean(says, lines=False), PAGE - indent - 2))
    *_, last = lines or [""]
    for line in lines[:-1]:
        yield f"{'':{indent}}{line}"
    if cells(last) + cells(at) + 2 <= PAGE - indent:
        yield f"{'':{indent}}{last}{'':{PAGE - indent - cells(last) - cells(at)}}{at}".rstrip()
    else:
        yield f"{'':{indent}}{last}"
        yield f"{'':{PAGE - cells(at)}}{at}"


_WIDEST: Final = 8
"""Bots on a side, at most, for the table of pairs."""


def page(found: Findings) -> Iterator[str]:
    """Everything about the runs of one exercise; nothing about no runs."""
    if not found.outcome.runs:
        return
    yield from head(found)
    yield from ("", "HOW SESSIONS ENDED", *_numbers(found))
    yield from ("", "HOW OFTEN", *_shares(found))
    yield from _pairs(found)
    yield from ("", "IS EITHER SIDE FAVOURED?", *_sides(found))
    yield from ("", "WHICH INJECTS CAME", *_injects(found))
    yield from ("", "WHAT WAS REACHED", *_reached(found))
    yield from ("", "NEVER REACHED", *_never(found))
    yield from ("", "WORTH READING", *_picked(found))


def head(found: Findings) -> Iterator[str]:
    """What was played, by whom, how often."""
    plan, material = found.outcome.plan, found.subject.material
    packs = ", ".join(pack.id for pack in material.packs)
    yield from paragraph(f"{material.scenario.title.en}: {found.subject.table.length} minutes, rules {packs}")
    yield from paragraph(f"{sessions(found)} played by bots, seed {plan.seed}. The bots are {plan.pairings.says}.")
    yield from paragraph(_released(plan.release))


def sessions(found: Findings) -> str:
    """How many sessions these are."""
    outcome = found.outcome
    count = counted(outcome.runs, "session")
    if outcome.plan.first > 1:
        count += f" (runs {outcome.plan.first} to {outcome.plan.first + outcome.runs - 1})"
    return f"{count} of {outcome.plan.runs:,}, then stopped," if outcome.was_stopped else count


def counted(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _released(percent: int) -> str:
    if not percent:
        return "Injects that come by hand alone are never released."
    return f"In each turn, an inject that comes by hand alone is released in {percent} sessions of 100."


def labelled(measure: Measure) -> str:
    """A measure at the head of its row, with its unit; set in under the row that it belongs to."""
    if measure.under:
        return f"  {measure.under}"
    return f"{measure.says}, {measure.unit}" if measure.unit else measure.says


def _numbers(found: Findings) -> Iterator[str]:
    rows = [
        (
            labelled(number.measure),
            tenths(number.summary.mean),
            span(number.summary.interval),
            tenths(number.summary.median),
            f"{tenths(number.summary.lower)} to {tenths(number.summary.upper)}",
        )
        for number in found.numbers
    ]
    yield from columns(("", "mean", "95 % interval", "median", "middle half"), rows)
    yield from paragraph(
        "Trust, standing and what is at stake are as they stood at the end. The gap is how much more hostile acts were "
        "taken than they were meant. Intervals of means are Student's t; half of all sessions lie in the middle half."
    )


def _shares(found: Findings) -> Iterator[str]:
    rows = [
        (
            labelled(often.measure),
            f"{tenths(often.share.percent)} %",
            f"{span(often.share.interval)} %",
            f"{often.share.times:,}",
        )
        for often in found.shares
    ]
    yield from columns(("", "share", "95 % interval", "sessions"), rows)
    yield from paragraph("Intervals of shares are Wilson's.")


def _pairs(found: Findings) -> Iterator[str]:
    """Mean tension by who played, where there is more than one pair and the table has room."""
    us, china = {cell.us for cell in found.cells}, {cell.china for cell in found.cells}
    both = [name for name in POLICIES if name in us | china]
    if len(found.cells) < 2 or len(both) > _WIDEST:
        return
    yield from ("", "WHO PLAYED")
    if all(cell.us == cell.china for cell in found.cells):
        yield from _with_itself(found)
    else:
        yield from _with_each_other(found, {name: str(number) for number, name in enumerate(both, 1)})


def _with_itself(found: Findings) -> Iterator[str]:
    """Each bot with itself across the table."""
    rows = [(cell.us, tenths(cell.peak), tenths(cell.end), f"{cell.runs:,}") for cell in found.cells]
    yield from columns(
        ("The same bot on both sides; mean of tension", "at its highest", "at the end", "sessions"), rows
    )


def _with_each_other(found: Findings, numbers: Mapping[str, str]) -> Iterator[str]:
    """Each bot of the US with each bot of China."""
    yield from paragraph(
        "Mean of tension at its highest. Rows are the bot of the US, columns the bot of China by its number."
    )
    means = {(cell.us, cell.china): tenths(cell.peak) for cell in found.cells}
    rows = [(f"{number} {us}", *(means.get((us, china), NONE) for china in numbers)) for us, number in numbers.items()]
    yield from columns(("", *numbers.values()), rows)


def _sides(found: Findings) -> Iterator[str]:
    if not found.sides:
        yield from paragraph(
            "No session had the same bot on both sides, so nothing can be said. --policies same plays such."
        )
        return
    yield from paragraph(f"In the {counted(found.even_runs, 'session')} with the same bot on both sides:")
    rows = [
        (
            each.says,
            hundredths(each.us),
            hundredths(each.china),
            hundredths(each.difference, signed=True),
            fine_span(each.interval),
        )
        for each in found.sides
    ]
    yield from columns(("", "US", "China", "difference", "95 % interval"), rows)
    yield from paragraph(verdict(found.sides))


def verdict(sides: Sequence[Sides]) -> str:
    """Whether a side is favoured, in a sentence."""
    uneven = [each.says.lower() for each in sides if each.is_uneven]
    if not uneven:
        return (
            "No sign that either side is favoured: no difference is both beyond luck (its interval leaves out zero) "
            "and larger than a fifth of the spread (standard deviation) of these sessions."
        )
    return f"The sides differ beyond luck, and by more than a fifth of the spread, in: {'; '.join(uneven)}."


def _injects(found: Findings) -> Iterator[str]:
    """Every inject of the scenario that this length has, in the order of the plan."""
    material, runs = found.subject.material, found.outcome.runs
    came = {each.thing.key: each.runs for each in found.coverage if each.thing.part == "injects"}
    rows = []
    for inject in material.scenario.msel:
        ways = [came[key] for way in ("came", "by-hand") if (key := f"inject/{inject.id}/{way}") in came]
        if ways:
            how = "by hand" if inject.by_hand else "" if inject.when is None else "if …"
            many = min(sum(ways), runs)
            rows.append((f"{inject.title.en} ({inject.id})", how, f"{many:,}", f"{tenths(many * 10_000 // runs)} %"))
    yield from columns(("", "comes", "sessions", "share"), rows)


def _reached(found: Findings) -> Iterator[str]:
    rows: list[tuple[str, str, str]] = []
    for part in PARTS:
        covered = [each for each in found.coverage if each.thing.part == part]
        if covered:
            rows.append((part, f"{sum(bool(each.runs) for each in covered):,}", f"{len(covered):,}"))
    yield from columns(("", "reached", "there are"), rows)
    yield from paragraph(
        "Injects, lines, tracks and forecasts are counted by their branches. JSON and CSV have each count."
    )


def _never(found: Findings) -> Iterator[str]:
    if not found.never:
        yield "Nothing: every branch came into play."
        return
    own = found.subject.material.sources[0].name
    ours = [each.thing for each in found.never if each.thing.at.startswith(own)]
    theirs = [each.thing for each in found.never if not each.thing.at.startswith(own)]
    for where, things in (("In the scenario:", ours), ("In the rule packs, which serve every scenario:", theirs)):
        if not things:
            continue
        yield where
        for part in PARTS:
            of_part = [thing for thing in things if thing.part == part]
            if of_part:
                yield f"  {part}"
                for thing in of_part:
                    yield from listed(thing.says, thing.at, indent=4)


_WHY: Final[Mapping[str, str]] = {
    "worst": "The worst: highest tension, then most red lines crossed",
    "typical": "The most typical: nearest to the medians over all numbers above",
}


def _picked(found: Findings) -> Iterator[str]:
    for why, says in _WHY.items():
        yield says
        for each in (one for one in found.picked if one.why == why):
            yield from paragraph(said_of(each), indent=2)
            if each.log:
                yield f"    {each.log}"
    yield from paragraph("The same command with --first RUN --runs 1 --keep FOLDER writes the log of any run.")


def said_of(each: Picked) -> str:
    """A picked session in a line."""
    crossed = counted(each.crossings, "crossing") if each.crossings else "no crossing"
    return (
        f"run {each.run}: {each.us} for the US, {each.china} for China; "
        f"tension up to {tenths(each.peak)}, {tenths(each.end)} at the end; {crossed}"
    )


def comparison_page(found: Comparison) -> Iterator[str]:
    """What a change did."""
    first, second = found.first, found.second
    plan = first.outcome.plan
    if not first.outcome.runs:
        return
    yield from paragraph(f"A: {first.subject.material.scenario.title.en}, {first.subject.name}")
    yield from paragraph(f"B: {second.subject.material.scenario.title.en}, {second.subject.name}")
    yield from paragraph(
        f"{sessions(first)} of each, {first.subject.table.length} minutes, seed {plan.seed}: "
        f"the same bots and the same luck in both. The bots are {plan.pairings.says}."
    )
    yield from paragraph(_released(plan.release))
    numbers = [each for each in found.differences if each.measure.sort == "number"]
    shares = [each for each in found.differences if each.measure.sort == "share"]
    yield from ("", "HOW SESSIONS ENDED", *_differences(numbers, ""))
    yield from ("", "HOW OFTEN, IN PERCENT OF SESSIONS", *_differences(shares, ""))
    yield from paragraph(
        "* The interval leaves out zero. Differences are B minus A, taken session by session; intervals are Student's "
        "t of these differences. The last column counts the sessions that came out otherwise."
    )
    yield from ("", "REACHED IN ONE AND NOT IN THE OTHER", *_shifts(found.shifts))
    logs = [PurePath(each.log) for each in first.picked if each.log]
    if logs:
        what = "The logs of the worst and the most typical sessions of A, and of the same sessions of B, are in"
        yield from ("", *paragraph(f"{what} {logs[0].parent}."))


def _differences(rows: Sequence[Difference], head: str) -> Iterator[str]:
    yield from columns(
        (head, "A", "B", "difference", "95 % interval", "otherwise"),
        [
            (
                labelled(each.measure),
                tenths(each.first),
                tenths(each.second),
                f"{tenths(each.difference, signed=True)}{' *' if each.is_clear else '  '}",
                span(each.interval, signed=True),
                f"{each.changed:,}",
            )
            for each in rows
        ],
    )


def _shifts(shifts: Sequence[Shift]) -> Iterator[str]:
    if not shifts:
        yield "Nothing: what came into play in one came into play in the other."
        return
    for name, of in (("A", [each for each in shifts if each.first]), ("B", [each for each in shifts if each.second])):
        if of:
            yield f"In {name} alone"
            for each in of:
                runs = counted(each.first or each.second or 0, "session")
                yield from listed(f"{each.thing.part}: {each.thing.says} ({runs})", each.thing.at)
