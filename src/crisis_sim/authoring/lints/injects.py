"""Injects that never come, contingencies that wait in vain, an MSEL out of order, questions answered beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import minutes
from crisis_sim.authoring.lints.world import World
from crisis_sim.content.scenario import Inject
from crisis_sim.errors import Sentence, commas, listed
from crisis_sim.rules.authored import Length
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.keys import Loc


def injects_come(run: LintRun) -> None:
    """Every inject is due at some turn of each length that has it."""
    for place, inject in enumerate(run.scenario.msel):
        for key in ("until", "until_turns"):
            if not (inject.when or inject.after or inject.again) and getattr(inject, key) is not None:
                hint = Sentence("give it a condition, or leave `{key}` out", key=key)
                message = Sentence("`{key}` does nothing without `when`", key=key)
                run.warn(run.source.spot("msel", place, key), message, "until", hint)
        never = [length for length, world in absent_lengths(run, inject) if world.never_due(inject)]
        if never:
            message = Sentence(
                "inject '{inject}' never comes in a session of {minutes}: no turn begins when it is due",
                inject=inject.id,
                minutes=minutes(never),
            )
            hours, fine = hours_listed(run, never), lengths_with_inject(run, inject, never)
            hint = Sentence(
                "turns begin at {hours}: change its hour, or play it where it comes: lengths: {lengths}"
                if fine
                else "turns begin at {hours}: change its hour",
                hours=hours,
                lengths=fine,
            )
            run.warn(run.source.spot("msel", place, "at"), message, "inject-never", hint)


def hours_listed(run: LintRun, lengths: Sequence[Length]) -> str:
    """The hours at which the turns of these lengths begin; each length's own."""
    hours_by_length = {length: commas([f"{hour}h" for hour in run.worlds[length].hours]) for length in lengths}
    if len(hours_by_length) == 1:
        return next(iter(hours_by_length.values()))
    sentences = [
        Sentence("{hours} ({length} minutes)", hours=hours, length=length) for length, hours in hours_by_length.items()
    ]
    return listed(sentences)


def lengths_with_inject(run: LintRun, inject: Inject, never: Sequence[Length]) -> list[Length]:
    """The lengths in which the inject comes."""
    return [length for length in run.worlds if length in inject.lengths and length not in never]


def absent_lengths(run: LintRun, inject: Inject) -> list[tuple[Length, World]]:
    """The lengths that have the inject and in which it can never come."""
    worlds = run.worlds.items()
    return [(length, world) for length, world in worlds if inject.id in world.plans and inject.id not in world.injects]


def contingencies_hold(run: LintRun) -> None:
    """The condition of each inject can hold while the inject is due."""
    for place, inject in enumerate(run.scenario.msel):
        if inject.when is None:
            continue
        waits = {
            length: _first(world, inject)
            for length, world in absent_lengths(run, inject)
            if not world.never_due(inject) and not world.never_after(inject)
        }
        never = [length for length, first in waits.items() if first is None]
        loc: Loc = ("msel", place, "when")
        if never:
            message = Sentence(
                "inject '{inject}' never comes in a session of {minutes}: its condition can never hold there",
                inject=inject.id,
                minutes=minutes(never),
            )
            hours, fine = hours_listed(run, never), lengths_with_inject(run, inject, never)
            hint = Sentence(
                "turns begin at {hours}: change what it waits for, or play it where it comes: lengths: {lengths}"
                if fine
                else "turns begin at {hours}: change what it waits for",
                hours=hours,
                lengths=fine,
            )
            run.warn(run.source.key_spot(*loc), message, "contingency-never", hint)
        late = {length: first for length, first in waits.items() if first is not None}
        if late:
            length, (turn, hour) = next(iter(late.items()))
            last = run.worlds[length].last(inject)
            message = Sentence(
                "inject '{inject}' never comes in a session of {minutes}: what it waits for is known at {hour}h at the"
                " earliest, as turn {turn} of {length} minutes opens, and it is due until {last}h",
                inject=inject.id,
                minutes=minutes(list(late)),
                hour=hour,
                turn=turn,
                length=length,
                last=last,
            )
            hint = Sentence("give it more time with `until`, or ask for something sooner")
            run.warn(run.source.key_spot(*loc), message, "contingency-late", hint)


def _first(world: World, inject: Inject) -> tuple[int, int] | None:
    """The first turn, and its hour, at whose opening the condition may hold."""
    assert inject.when is not None
    for turn, half in world.moments(acts=False):
        if world.may(inject.when, half):
            return turn, world.hours[turn - 1]
    return None


def msel_in_order(run: LintRun) -> None:
    """Injects that come by the clock alone stand in the order of their hours; contingent ones may be grouped."""
    timed = [pair for pair in enumerate(run.scenario.msel) if pair[1].when is None and not pair[1].by_hand]
    for (_, previous), (place, inject) in pairwise(timed):
        if inject.at < previous.at:
            message = Sentence(
                "inject '{inject}' is due at {hour}h, before '{above}' above it at {later}h",
                inject=inject.id,
                hour=inject.at,
                above=previous.id,
                later=previous.at,
            )
            spot = run.source.spot("msel", place, "at")
            run.warn(spot, message, "msel-order", "list the injects in the order of their hours")


def conditions_hold(run: LintRun) -> None:
    """What a line or a track of the scenario watches for can happen in some length."""
    scenario = run.scenario
    places: list[tuple[Loc, Condition]] = []
    for side, number, line in scenario.teams.lines:
        for key, watches in (("pressed_by", line.pressed_by), ("crossed_by", line.crossed_by)):
            watch_loc: Loc = ("teams", side, "lines", number, key)
            places += [((*watch_loc, place), watch.when) for place, watch in enumerate(watches)]
    for name, track in scenario.tracks.items():
        places += [(("tracks", name, "changes", place), change.when) for place, change in enumerate(track.changes)]
    for loc, when in places:
        if any(world.may(when, half) for world in run.worlds.values() for _, half in world.moments(acts=True)):
            continue
        if not run.asks_in_vain(when):
            message = Sentence("this condition can never hold, in no turn of any length")
            hint = Sentence("look at what it asks for: each part must be able to happen")
            run.warn(run.source.key_spot(*loc, "when"), message, "condition-never", hint)


def forecasts_are_open(run: LintRun) -> None:
    """What is forecast may come true and may not; the first turn that is forecast is the second."""
    for place, forecast in enumerate(run.scenario.forecasts):
        loc: Loc = ("forecasts", place, "happens")
        never = []
        always = True
        for length, world in run.worlds.items():
            halves = [half for turn, half in world.moments(acts=True) if turn > 1]
            if halves and not any(world.may(forecast.happens, half) for half in halves):
                never.append(length)
            always = always and bool(halves) and all(world.must(forecast.happens, half) for half in halves)
        if never and not run.asks_in_vain(forecast.happens):
            message = Sentence(
                "the forecast '{forecast}' can never come true in a session of {minutes}",
                forecast=forecast.id,
                minutes=minutes(never),
            )
            hint = Sentence("ask about something that the other team can do in one turn")
            run.warn(run.source.key_spot(*loc), message, "forecast-never", hint)
        if always:
            message = Sentence(
                "the forecast '{forecast}' always comes true, so no forecast of it says anything", forecast=forecast.id
            )
            hint = Sentence("ask about something that the other team may leave undone")
            run.warn(run.source.key_spot(*loc), message, "forecast-always", hint)


def questions_are_moored(run: LintRun) -> None:
    """What each question is about can be on record, and some question recalls an inject."""
    scenario, moves = run.scenario, run.material.moves
    sent = {name for name, ways in run.ways.items() if ways}
    possible = {
        "readouts": any(moves[name].exchange for name in sent),
        "silence": any(moves[name].asks for name in sent),
        "commitments": any(sent.intersection(promise.with_moves) for promise in run.material.commitments.values()),
    }
    reason = {
        "readouts": Sentence("no move that can be sent here makes an exchange"),
        "silence": Sentence("no move that can be sent here asks for an answer"),
        "commitments": Sentence("no promise can be made here"),
    }
    for place, question in enumerate(scenario.hotwash):
        if not possible.get(question.about, True):
            message = Sentence(
                "this question is about {about}, and there will be none on record: {why}",
                about=question.about,
                why=reason[question.about],
            )
            spot = run.source.spot("hotwash", place, "about")
            run.warn(spot, message, "question-empty", "ask about something else that is on record")
    injects = {inject.id for inject in scenario.msel}
    if not any(injects.intersection(question.recalls) for question in scenario.hotwash):
        message = Sentence(
            "no question of the hotwash recalls an inject, so nothing leads the talk back to what happened"
        )
        hint = Sentence("give a question the injects that it is about: recalls: [inject-id]")
        run.warn(run.source.key_spot("hotwash"), message, "question-unmoored", hint)
