"""The findings of many runs as pages to read: headings, words, units, tables of 78 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Final

from crisis_sim.playtest.explained_page import decided_rows, moved_tension, pressed_lines, why_never
from crisis_sim.playtest.findings import Comparison, Difference, Findings, NotableRun, Shift, Sides
from crisis_sim.playtest.page_tables import NO_VALUE, columns, fine_span, hundredths, listed, paragraph, span, tenths
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.playtest.reachable import PARTS, Reachable, world_of
from crisis_sim.playtest.run_measures import PlaytestMeasure
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, in_words, join_parts, speaker

STARRED_BY_LUCK: Final = 0.05
"""The share of 95 % intervals that leave out zero where there is no difference."""
_WIDEST: Final = 8
"""Bots on a side, at most, for the table of pairs."""


def page(findings: Findings, language: Language = "en") -> Iterator[str]:
    """Everything about the runs of one exercise; nothing about no runs."""
    if not findings.outcome.runs:
        return
    say = speaker(language)
    yield from head(findings, language)
    yield from ("", say("HOW SESSIONS ENDED"), *_numbers(findings, language))
    yield from ("", say("HOW OFTEN"), *_shares(findings, language))
    yield from _pairs(findings, say)
    yield from ("", say("WHAT MOVED TENSION"), *moved_tension(findings, language))
    yield from ("", say("WHAT PRESSED THE LINES"), *pressed_lines(findings, language))
    yield from decided_rows(findings, language)
    yield from ("", say("IS EITHER SIDE FAVOURED?"), *_sides(findings, say))
    yield from ("", say("WHICH INJECTS CAME"), *_injects(findings, language))
    yield from ("", say("WHAT WAS REACHED"), *_reached(findings, say))
    yield from ("", say("NEVER REACHED"), *_never(findings, language))
    yield from ("", say("WORTH READING"), *_picked(findings, say))


def head(findings: Findings, language: Language) -> Iterator[str]:
    """What was played, by whom, how often."""
    say, plan, material = speaker(language), findings.outcome.plan, findings.subject.material
    title, minutes, packs = (
        material.scenario.title.in_(language),
        findings.subject.table.length,
        packs_of(findings, say),
    )
    yield from paragraph(say("{title}: {minutes} minutes, rules {packs}", title=title, minutes=minutes, packs=packs))
    played = {"sessions": sessions(findings, say), "seed": plan.seed, "bots": plan.pairings.describe(language)}
    yield from paragraph(say("{sessions} played by bots, seed {seed}. The bots are {bots}.", **played))
    yield from paragraph(released(plan.release, say))


def packs_of(findings: Findings, say: Say) -> str:
    """The rules that were played under."""
    return say(", ").join(pack.id for pack in findings.subject.material.packs)


def sessions(findings: Findings, say: Say) -> str:
    """How many sessions these are."""
    outcome = findings.outcome
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
    if measure.sub_label:
        return f"  {in_words(measure.sub_label, language)}"
    label = in_words(measure.label, language)
    if not measure.unit:
        return label
    return speaker(language)("{name}, {unit}", name=label, unit=in_words(measure.unit, language))


def _numbers(findings: Findings, language: Language) -> Iterator[str]:
    say = speaker(language)
    rows = [
        (
            labelled(number.measure, language),
            tenths(number.summary.mean),
            span(number.summary.interval, say),
            tenths(number.summary.median),
            say("{low} to {high}", low=tenths(number.summary.lower), high=tenths(number.summary.upper)),
        )
        for number in findings.numbers
    ]
    yield from columns(("", say("mean"), say("95 % interval"), say("median"), say("middle half")), rows)
    yield from paragraph(
        say(
            "Trust, standing and what is at stake are as they stood at the end. The gap is how much more hostile acts"
            " were taken than they were meant. Intervals of means are Student's t; half of all sessions lie in the"
            " middle half."
        )
    )


def _shares(findings: Findings, language: Language) -> Iterator[str]:
    say = speaker(language)
    rows = [
        (
            labelled(often.measure, language),
            say("{share} %", share=tenths(often.share.percent)),
            say("{share} %", share=span(often.share.interval, say)),
            f"{often.share.times:,}",
        )
        for often in findings.shares
    ]
    yield from columns(("", say("share"), say("95 % interval"), say("sessions")), rows)
    yield from paragraph(say("Intervals of shares are Wilson's."))


def _pairs(findings: Findings, say: Say) -> Iterator[str]:
    """Mean tension by who played, where there is more than one pair and the table has room."""
    us, china = {cell.us for cell in findings.cells}, {cell.china for cell in findings.cells}
    bot_names = [name for name in POLICIES if name in us | china]
    if len(findings.cells) < 2 or len(bot_names) > _WIDEST:
        return
    yield from ("", say("WHO PLAYED"))
    if all(cell.us == cell.china for cell in findings.cells):
        yield from _with_itself(findings, say)
    else:
        yield from _with_each_other(findings, {name: str(number) for number, name in enumerate(bot_names, 1)}, say)


def _with_itself(findings: Findings, say: Say) -> Iterator[str]:
    """Each bot with itself across the table."""
    heads = (say("The same bot on both sides; mean of tension"), say("at its highest"), say("at the end"))
    rows = [(cell.us, tenths(cell.peak), tenths(cell.end), f"{cell.runs:,}") for cell in findings.cells]
    yield from columns((*heads, say("sessions")), rows)


def _with_each_other(findings: Findings, numbers: Mapping[str, str], say: Say) -> Iterator[str]:
    """Each bot of the US with each bot of China."""
    yield from paragraph(
        say("Mean of tension at its highest. Rows are the bot of the US, columns the bot of China by its number.")
    )
    means = {(cell.us, cell.china): tenths(cell.peak) for cell in findings.cells}
    rows = [
        (f"{number} {us}", *(means.get((us, china), NO_VALUE) for china in numbers)) for us, number in numbers.items()
    ]
    yield from columns(("", *numbers.values()), rows)


def _sides(findings: Findings, say: Say) -> Iterator[str]:
    if not findings.sides:
        yield from paragraph(
            say("No session had the same bot on both sides, so nothing can be said. --policies same plays such.")
        )
        return
    yield from paragraph(
        say("In the {sessions} with the same bot on both sides:", sessions=counted(findings.even_runs, say))
    )
    rows = [
        (
            say(side.label),
            hundredths(side.us),
            hundredths(side.china),
            hundredths(side.difference, signed=True),
            fine_span(side.interval, say),
        )
        for side in findings.sides
    ]
    yield from columns(("", say("US"), say("China"), say("difference"), say("95 % interval")), rows)
    yield from paragraph(verdict(findings.sides, say))


def verdict(sides: Sequence[Sides], say: Say) -> str:
    """Whether a side is favoured, in a sentence."""
    uneven = [say(side.label).lower() for side in sides if side.is_uneven]
    if not uneven:
        return say(
            "No sign that either side is favoured: no difference is both beyond luck (its interval leaves out zero) "
            "and larger than a fifth of the spread (standard deviation) of these sessions."
        )
    return say(
        "The sides differ beyond luck, and by more than a fifth of the spread, in: {what}.",
        what=join_parts(uneven, say),
    )


def _injects(findings: Findings, language: Language) -> Iterator[str]:
    """Every inject of the scenario that this length has, in the order of the plan."""
    say, material, runs = speaker(language), findings.subject.material, findings.outcome.runs
    came = {entry.target.key: entry.runs for entry in findings.coverage if entry.target.part == "injects"}
    rows = []
    for inject in material.scenario.msel:
        ways = [came[key] for way in ("came", "by-hand") if (key := f"inject/{inject.id}/{way}") in came]
        if ways:
            name = say("{name} ({id})", name=inject.title.in_(language), id=inject.id)
            trigger = say("by hand") if inject.by_hand else "" if inject.when is None else say("if …")
            many = min(sum(ways), runs)
            rows.append((name, trigger, f"{many:,}", say("{share} %", share=tenths(many * 10_000 // runs))))
    yield from columns(("", say("comes"), say("sessions"), say("share")), rows)
    minutes = findings.subject.table.length
    world = world_of(material, minutes)
    away = [inject for inject in material.scenario.msel if inject.id not in world.injects]
    for sentence, injects in (
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
            yield from paragraph(say(sentence, minutes=minutes, titles=titles))


def _reached(findings: Findings, say: Say) -> Iterator[str]:
    rows: list[tuple[str, str, str]] = []
    for part in PARTS:
        covered = [entry for entry in findings.coverage if entry.target.part == part]
        if covered:
            rows.append(
                (part_in_words(part, say), f"{sum(bool(entry.runs) for entry in covered):,}", f"{len(covered):,}")
            )
    yield from columns(("", say("reached"), say("there are")), rows)
    yield from paragraph(
        say("Injects, lines, tracks and forecasts are counted by their branches. JSON and CSV have each count.")
    )


def part_in_words(part: str, say: Say) -> str:
    """What a part of the list of things is called."""
    return say(part, "what is reached")


def _never(findings: Findings, language: Language) -> Iterator[str]:
    say = speaker(language)
    if not findings.never:
        yield say("Nothing: every branch came into play.")
        return
    own = findings.subject.material.sources[0].name
    ours = [entry.target for entry in findings.never if entry.target.place.startswith(own)]
    theirs = [entry.target for entry in findings.never if not entry.target.place.startswith(own)]
    yield from paragraph(say("Under each, or under several alike, stands why, and what to try."))
    if ours:
        yield from (say("In the scenario:"), *_by_part(findings, ours, language))
    if theirs:
        yield from (say("In the rule packs, which serve every scenario:"), *_by_part(findings, theirs, language))


def _by_part(findings: Findings, targets: Sequence[Reachable], language: Language) -> Iterator[str]:
    for part in PARTS:
        of_part = [target for target in targets if target.part == part]
        if of_part:
            yield f"  {part_in_words(part, speaker(language))}"
        for _cause, alike in groupby(of_part, key=lambda target: findings.causes.get(target.key)):
            group = list(alike)
            for target in group:
                yield from listed(in_words(target.sentence, language), target.place, indent=4)
            yield from why_never(findings, group[0], language)


_WHY: Final[Mapping[str, str]] = {
    "worst": _("The worst: highest tension, then most red lines crossed"),
    "typical": _("The most typical: nearest to the medians over all numbers above"),
}


def _picked(findings: Findings, say: Say) -> Iterator[str]:
    for why, heading in _WHY.items():
        yield say(heading)
        for session in (one for one in findings.picked if one.why == why):
            yield from paragraph(describe_session(session, say), indent=2)
            if session.log:
                yield f"    {session.log}"
    yield from paragraph(say("The same command with --first RUN --runs 1 --keep FOLDER writes the log of any run."))


def describe_session(session: NotableRun, say: Say) -> str:
    """A picked session in a line."""
    return say(
        "run {run}: {us} for the US, {china} for China; tension up to {peak}, {end} at the end; {crossed}",
        run=session.run,
        us=session.us,
        china=session.china,
        peak=tenths(session.peak),
        end=tenths(session.end),
        crossed=say("{n:,} crossing", plural="{n:,} crossings", n=session.crossings)
        if session.crossings
        else say("no crossing"),
    )


def comparison_page(comparison: Comparison, language: Language = "en") -> Iterator[str]:
    """What a change did."""
    say, first = speaker(language), comparison.first
    plan = first.outcome.plan
    if not first.outcome.runs:
        return
    for name, findings in (("A", first), ("B", comparison.second)):
        scenario, packs = findings.subject.material.scenario, packs_of(findings, say)
        words = {"name": name, "title": scenario.title.in_(language), "id": scenario.id, "packs": packs}
        yield from paragraph(say("{name}: {title}, {id} under {packs}", **words))
    yield from paragraph(
        say(
            "{sessions} of each, {minutes} minutes, seed {seed}: the same bots and the same luck in both. The bots are"
            " {bots}.",
            sessions=sessions(first, say),
            minutes=first.subject.table.length,
            seed=plan.seed,
            bots=plan.pairings.describe(language),
        )
    )
    yield from paragraph(released(plan.release, say))
    numbers = [difference for difference in comparison.differences if difference.measure.sort == "number"]
    shares = [difference for difference in comparison.differences if difference.measure.sort == "share"]
    yield from ("", say("HOW SESSIONS ENDED"), *_differences(numbers, language))
    yield from ("", say("HOW OFTEN, IN PERCENT OF SESSIONS"), *_differences(shares, language))
    yield from paragraph(
        say(
            "* The interval leaves out zero. Differences are B minus A, taken session by session; intervals are"
            " Student's t of these differences. The last column counts the sessions that came out otherwise."
        )
    )
    if differing := sum(difference.changed > 0 for difference in comparison.differences):
        yield from paragraph(
            say(
                "Of the {n} row in which a session came out otherwise, about {stars} would have a star by luck alone.",
                plural="Of the {n} rows in which a session came out otherwise, about {stars} would have a star by luck"
                " alone.",
                n=differing,
                stars=f"{differing * STARRED_BY_LUCK:.1f}",
            )
        )
    yield from ("", say("REACHED IN ONE AND NOT IN THE OTHER"), *_shifts(comparison.shifts, language))
    logs = [PurePath(session.log) for session in first.picked if session.log]
    if logs:
        sentence = _(
            "The logs of the worst and the most typical sessions of A, and of the same sessions of B, are in {folder}."
        )
        yield from ("", *paragraph(say(sentence, folder=logs[0].parent)))


def _differences(rows: Sequence[Difference], language: Language) -> Iterator[str]:
    say = speaker(language)
    yield from columns(
        ("", "A", "B", say("difference"), say("95 % interval"), say("otherwise")),
        [
            (
                labelled(row.measure, language),
                tenths(row.first),
                tenths(row.second),
                f"{tenths(row.difference, signed=True)}{' *' if row.is_clear else '  '}",
                span(row.interval, say, signed=True),
                f"{row.changed:,}",
            )
            for row in rows
        ],
    )


def _shifts(shifts: Sequence[Shift], language: Language) -> Iterator[str]:
    say = speaker(language)
    if not shifts:
        yield say("Nothing: what came into play in one came into play in the other.")
        return
    for name, group in (
        ("A", [shift for shift in shifts if shift.first]),
        ("B", [shift for shift in shifts if shift.second]),
    ):
        if group:
            yield say("In {name} alone", name=name)
        for shift in group:
            runs = counted(shift.first or shift.second or 0, say)
            words = {
                "part": part_in_words(shift.target.part, say),
                "what": in_words(shift.target.sentence, language),
                "sessions": runs,
            }
            yield from listed(say("{part}: {what} ({sessions})", **words), shift.target.place)
