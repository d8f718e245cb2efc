"""The findings of many runs as pages to read: headings, words, units, tables of 78 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Final

from crisis_sim.playtest.explained_page import decided_rows, moved_tension, pressed_lines, why_never
from crisis_sim.playtest.findings import Comparison, Difference, Findings, NotableRun, Shift, Sides
from crisis_sim.playtest.page_tables import NONE, columns, fine_span, hundredths, listed, paragraph, span, tenths
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.playtest.reachable import PARTS, Reachable, world_of
from crisis_sim.playtest.run_measures import PlaytestMeasure
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, in_words, join_parts, speaker

STARRED_BY_LUCK: Final = 0.05
"""The share of 95 % intervals that leave out zero where there is no difference."""
_WIDEST: Final = 8
"""Bots on a side, at most, for the table of pairs."""


def page(found: Findings, language: Language = "en") -> Iterator[str]:
    """Everything about the runs of one exercise; nothing about no runs."""
    if not found.outcome.runs:
        return
    say = speaker(language)
    yield from head(found, language)
    yield from ("", say("HOW SESSIONS ENDED"), *_numbers(found, language))
    yield from ("", say("HOW OFTEN"), *_shares(found, language))
    yield from _pairs(found, say)
    yield from ("", say("WHAT MOVED TENSION"), *moved_tension(found, language))
    yield from ("", say("WHAT PRESSED THE LINES"), *pressed_lines(found, language))
    yield from decided_rows(found, language)
    yield from ("", say("IS EITHER SIDE FAVOURED?"), *_sides(found, say))
    yield from ("", say("WHICH INJECTS CAME"), *_injects(found, language))
    yield from ("", say("WHAT WAS REACHED"), *_reached(found, say))
    yield from ("", say("NEVER REACHED"), *_never(found, language))
    yield from ("", say("WORTH READING"), *_picked(found, say))


def head(found: Findings, language: Language) -> Iterator[str]:
    """What was played, by whom, how often."""
    say, plan, material = speaker(language), found.outcome.plan, found.subject.material
    title, minutes, packs = material.scenario.title.in_(language), found.subject.table.length, packs_of(found, say)
    yield from paragraph(say("{title}: {minutes} minutes, rules {packs}", title=title, minutes=minutes, packs=packs))
    played = {"sessions": sessions(found, say), "seed": plan.seed, "bots": plan.pairings.says(language)}
    yield from paragraph(say("{sessions} played by bots, seed {seed}. The bots are {bots}.", **played))
    yield from paragraph(released(plan.release, say))


def packs_of(found: Findings, say: Say) -> str:
    """The rules that were played under."""
    return say(", ").join(pack.id for pack in found.subject.material.packs)


def sessions(found: Findings, say: Say) -> str:
    """How many sessions these are."""
    outcome = found.outcome
    count, first = counted(outcome.runs, say), outcome.plan.first
    if first > 1:
        runs = {"first": first, "last": first + outcome.runs - 1}
        count = say("{sessions} (runs {first} to {last})", sessions=count, **runs)
    if outcome.was_stopped:
        return say("{sessions} of {runs:,}, then stopped,", sessions=count, runs=outcome.plan.runs)
    return count


def counted(number: int, say: Say) -> str:
    """A number of sessions in words."""
    return say("{n:,} session", plural="{n:,} sessions", n=number)


def released(percent: int, say: Say) -> str:
    """How often the facilitator of the bots brings what comes by hand."""
    if not percent:
        return say("Injects that come by hand alone are never released.")
    return say(
        "In each turn, an inject that comes by hand alone is released in {percent} sessions of 100.", percent=percent
    )


def labelled(measure: PlaytestMeasure, language: Language) -> str:
    """A measure at the head of its row, with its unit; set in under the row that it belongs to."""
    if measure.under:
        return f"  {in_words(measure.under, language)}"
    says = in_words(measure.says, language)
    if not measure.unit:
        return says
    return speaker(language)("{name}, {unit}", name=says, unit=in_words(measure.unit, language))


def _numbers(found: Findings, language: Language) -> Iterator[str]:
    say = speaker(language)
    rows = [
        (
            labelled(number.measure, language),
            tenths(number.summary.mean),
            span(number.summary.interval, say),
            tenths(number.summary.median),
            say("{low} to {high}", low=tenths(number.summary.lower), high=tenths(number.summary.upper)),
        )
        for number in found.numbers
    ]
    yield from columns(("", say("mean"), say("95 % interval"), say("median"), say("middle half")), rows)
    yield from paragraph(
        say(
            "Trust, standing and what is at stake are as they stood at the end. The gap is how much more hostile acts"
            " were taken than they were meant. Intervals of means are Student's t; half of all sessions lie in the"
            " middle half."
        )
    )


def _shares(found: Findings, language: Language) -> Iterator[str]:
    say = speaker(language)
    rows = [
        (
            labelled(often.measure, language),
            say("{share} %", share=tenths(often.share.percent)),
            say("{share} %", share=span(often.share.interval, say)),
            f"{often.share.times:,}",
        )
        for often in found.shares
    ]
    yield from columns(("", say("share"), say("95 % interval"), say("sessions")), rows)
    yield from paragraph(say("Intervals of shares are Wilson's."))


def _pairs(found: Findings, say: Say) -> Iterator[str]:
    """Mean tension by who played, where there is more than one pair and the table has room."""
    us, china = {cell.us for cell in found.cells}, {cell.china for cell in found.cells}
    both = [name for name in POLICIES if name in us | china]
    if len(found.cells) < 2 or len(both) > _WIDEST:
        return
    yield from ("", say("WHO PLAYED"))
    if all(cell.us == cell.china for cell in found.cells):
        yield from _with_itself(found, say)
    else:
        yield from _with_each_other(found, {name: str(number) for number, name in enumerate(both, 1)}, say)


def _with_itself(found: Findings, say: Say) -> Iterator[str]:
    """Each bot with itself across the table."""
    heads = (say("The same bot on both sides; mean of tension"), say("at its highest"), say("at the end"))
    rows = [(cell.us, tenths(cell.peak), tenths(cell.end), f"{cell.runs:,}") for cell in found.cells]
    yield from columns((*heads, say("sessions")), rows)


def _with_each_other(found: Findings, numbers: Mapping[str, str], say: Say) -> Iterator[str]:
    """Each bot of the US with each bot of China."""
    yield from paragraph(
        say("Mean of tension at its highest. Rows are the bot of the US, columns the bot of China by its number.")
    )
    means = {(cell.us, cell.china): tenths(cell.peak) for cell in found.cells}
    rows = [(f"{number} {us}", *(means.get((us, china), NONE) for china in numbers)) for us, number in numbers.items()]
    yield from columns(("", *numbers.values()), rows)


def _sides(found: Findings, say: Say) -> Iterator[str]:
    if not found.sides:
        yield from paragraph(
            say("No session had the same bot on both sides, so nothing can be said. --policies same plays such.")
        )
        return
    yield from paragraph(
        say("In the {sessions} with the same bot on both sides:", sessions=counted(found.even_runs, say))
    )
    rows = [
        (
            say(each.says),
            hundredths(each.us),
            hundredths(each.china),
            hundredths(each.difference, signed=True),
            fine_span(each.interval, say),
        )
        for each in found.sides
    ]
    yield from columns(("", say("US"), say("China"), say("difference"), say("95 % interval")), rows)
    yield from paragraph(verdict(found.sides, say))


def verdict(sides: Sequence[Sides], say: Say) -> str:
    """Whether a side is favoured, in a sentence."""
    uneven = [say(each.says).lower() for each in sides if each.is_uneven]
    if not uneven:
        return say(
            "No sign that either side is favoured: no difference is both beyond luck (its interval leaves out zero) "
            "and larger than a fifth of the spread (standard deviation) of these sessions."
        )
    return say(
        "The sides differ beyond luck, and by more than a fifth of the spread, in: {what}.",
        what=join_parts(uneven, say),
    )


def _injects(found: Findings, language: Language) -> Iterator[str]:
    """Every inject of the scenario that this length has, in the order of the plan."""
    say, material, runs = speaker(language), found.subject.material, found.outcome.runs
    came = {each.thing.key: each.runs for each in found.coverage if each.thing.part == "injects"}
    rows = []
    for inject in material.scenario.msel:
        ways = [came[key] for way in ("came", "by-hand") if (key := f"inject/{inject.id}/{way}") in came]
        if ways:
            name = say("{name} ({id})", name=inject.title.in_(language), id=inject.id)
            how = say("by hand") if inject.by_hand else "" if inject.when is None else say("if …")
            many = min(sum(ways), runs)
            rows.append((name, how, f"{many:,}", say("{share} %", share=tenths(many * 10_000 // runs))))
    yield from columns(("", say("comes"), say("sessions"), say("share")), rows)
    minutes = found.subject.table.length
    world = world_of(material, minutes)
    away = [inject for inject in material.scenario.msel if inject.id not in world.injects]
    for said, injects in (
        (
            _("Not in sessions of {minutes} minutes; another --length has: {titles}"),
            [inject for inject in away if inject.id not in world.plans],
        ),
        (
            _("Never in sessions of {minutes} minutes, as `crisis-sim check` tells: {titles}"),
            [inject for inject in away if inject.id in world.plans],
        ),
    ):
        if injects:
            titles = join_parts([inject.title.in_(language) for inject in injects], say)
            yield from paragraph(say(said, minutes=minutes, titles=titles))


def _reached(found: Findings, say: Say) -> Iterator[str]:
    rows: list[tuple[str, str, str]] = []
    for part in PARTS:
        covered = [each for each in found.coverage if each.thing.part == part]
        if covered:
            rows.append(
                (part_in_words(part, say), f"{sum(bool(each.runs) for each in covered):,}", f"{len(covered):,}")
            )
    yield from columns(("", say("reached"), say("there are")), rows)
    yield from paragraph(
        say("Injects, lines, tracks and forecasts are counted by their branches. JSON and CSV have each count.")
    )


def part_in_words(part: str, say: Say) -> str:
    """What a part of the list of things is called."""
    return say(part, "what is reached")


def _never(found: Findings, language: Language) -> Iterator[str]:
    say = speaker(language)
    if not found.never:
        yield say("Nothing: every branch came into play.")
        return
    own = found.subject.material.sources[0].name
    ours = [each.thing for each in found.never if each.thing.at.startswith(own)]
    theirs = [each.thing for each in found.never if not each.thing.at.startswith(own)]
    yield from paragraph(say("Under each, or under several alike, stands why, and what to try."))
    if ours:
        yield from (say("In the scenario:"), *_by_part(found, ours, language))
    if theirs:
        yield from (say("In the rule packs, which serve every scenario:"), *_by_part(found, theirs, language))


def _by_part(found: Findings, things: Sequence[Reachable], language: Language) -> Iterator[str]:
    for part in PARTS:
        of_part = [thing for thing in things if thing.part == part]
        if of_part:
            yield f"  {part_in_words(part, speaker(language))}"
        for _cause, alike in groupby(of_part, key=lambda thing: found.causes.get(thing.key)):
            each = list(alike)
            for thing in each:
                yield from listed(in_words(thing.says, language), thing.at, indent=4)
            yield from why_never(found, each[0], language)


_WHY: Final[Mapping[str, str]] = {
    "worst": _("The worst: highest tension, then most red lines crossed"),
    "typical": _("The most typical: nearest to the medians over all numbers above"),
}


def _picked(found: Findings, say: Say) -> Iterator[str]:
    for why, says in _WHY.items():
        yield say(says)
        for each in (one for one in found.picked if one.why == why):
            yield from paragraph(said_of(each, say), indent=2)
            if each.log:
                yield f"    {each.log}"
    yield from paragraph(say("The same command with --first RUN --runs 1 --keep FOLDER writes the log of any run."))


def said_of(each: NotableRun, say: Say) -> str:
    """A picked session in a line."""
    return say(
        "run {run}: {us} for the US, {china} for China; tension up to {peak}, {end} at the end; {crossed}",
        run=each.run,
        us=each.us,
        china=each.china,
        peak=tenths(each.peak),
        end=tenths(each.end),
        crossed=say("{n:,} crossing", plural="{n:,} crossings", n=each.crossings)
        if each.crossings
        else say("no crossing"),
    )


def comparison_page(found: Comparison, language: Language = "en") -> Iterator[str]:
    """What a change did."""
    say, first = speaker(language), found.first
    plan = first.outcome.plan
    if not first.outcome.runs:
        return
    for name, each in (("A", first), ("B", found.second)):
        scenario, packs = each.subject.material.scenario, packs_of(each, say)
        words = {"name": name, "title": scenario.title.in_(language), "id": scenario.id, "packs": packs}
        yield from paragraph(say("{name}: {title}, {id} under {packs}", **words))
    yield from paragraph(
        say(
            "{sessions} of each, {minutes} minutes, seed {seed}: the same bots and the same luck in both. The bots are"
            " {bots}.",
            sessions=sessions(first, say),
            minutes=first.subject.table.length,
            seed=plan.seed,
            bots=plan.pairings.says(language),
        )
    )
    yield from paragraph(released(plan.release, say))
    numbers = [each for each in found.differences if each.measure.sort == "number"]
    shares = [each for each in found.differences if each.measure.sort == "share"]
    yield from ("", say("HOW SESSIONS ENDED"), *_differences(numbers, language))
    yield from ("", say("HOW OFTEN, IN PERCENT OF SESSIONS"), *_differences(shares, language))
    yield from paragraph(
        say(
            "* The interval leaves out zero. Differences are B minus A, taken session by session; intervals are"
            " Student's t of these differences. The last column counts the sessions that came out otherwise."
        )
    )
    if differing := sum(each.changed > 0 for each in found.differences):
        yield from paragraph(
            say(
                "Of the {n} row in which a session came out otherwise, about {stars} would have a star by luck alone.",
                plural="Of the {n} rows in which a session came out otherwise, about {stars} would have a star by luck"
                " alone.",
                n=differing,
                stars=f"{differing * STARRED_BY_LUCK:.1f}",
            )
        )
    yield from ("", say("REACHED IN ONE AND NOT IN THE OTHER"), *_shifts(found.shifts, language))
    logs = [PurePath(each.log) for each in first.picked if each.log]
    if logs:
        what = _(
            "The logs of the worst and the most typical sessions of A, and of the same sessions of B, are in {folder}."
        )
        yield from ("", *paragraph(say(what, folder=logs[0].parent)))


def _differences(rows: Sequence[Difference], language: Language) -> Iterator[str]:
    say = speaker(language)
    yield from columns(
        ("", "A", "B", say("difference"), say("95 % interval"), say("otherwise")),
        [
            (
                labelled(each.measure, language),
                tenths(each.first),
                tenths(each.second),
                f"{tenths(each.difference, signed=True)}{' *' if each.is_clear else '  '}",
                span(each.interval, say, signed=True),
                f"{each.changed:,}",
            )
            for each in rows
        ],
    )


def _shifts(shifts: Sequence[Shift], language: Language) -> Iterator[str]:
    say = speaker(language)
    if not shifts:
        yield say("Nothing: what came into play in one came into play in the other.")
        return
    for name, of in (("A", [each for each in shifts if each.first]), ("B", [each for each in shifts if each.second])):
        if of:
            yield say("In {name} alone", name=name)
        for each in of:
            runs = counted(each.first or each.second or 0, say)
            words = {
                "part": part_in_words(each.thing.part, say),
                "what": in_words(each.thing.says, language),
                "sessions": runs,
            }
            yield from listed(say("{part}: {what} ({sessions})", **words), each.thing.at)
