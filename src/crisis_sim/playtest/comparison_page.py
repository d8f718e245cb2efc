"""What a change did, as a page to read: two packs or two versions of a scenario, over the same runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from crisis_sim.playtest.findings import Comparison, Difference, Shift
from crisis_sim.playtest.findings_page import counted, labelled, packs_of, part_in_words, released, sessions
from crisis_sim.playtest.page_tables import columns, listed, paragraph, span, tenths
from crisis_sim.rules.names import Language
from crisis_sim.wording import _, in_words, speaker


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
