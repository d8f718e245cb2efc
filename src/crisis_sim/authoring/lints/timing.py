"""What follows too late or never, windows that outlast the session, and branches of which both come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from crisis_sim.authoring.lints.injects import absent_lengths, hours_listed, lengths_with_inject
from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import fitting, minutes
from crisis_sim.content.scenario import Inject
from crisis_sim.errors import Sentence
from crisis_sim.numbers import points_text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.moment import TrackIs
from crisis_sim.rules.properties import Made


def followers_come(run: LintRun) -> None:
    """What an inject follows comes, and early enough for it, in each length that has it; and it is not itself."""
    injects = {inject.id: inject for inject in run.scenario.msel}
    for place, inject in enumerate(run.scenario.msel):
        if inject.after is None:
            continue
        spot, predecessor = run.source.key_spot("msel", place, "after"), inject.after.inject
        away = [(length, world) for length, world in absent_lengths(run, inject) if not world.never_due(inject)]
        circle = _circle(inject, injects)
        if away and circle:
            message = Sentence("inject '{inject}' follows itself, so it never comes", inject=inject.id)
            hint = Sentence("name the inject that it follows, or leave `after` out")
            if len(circle) > 1:
                message = Sentence(
                    "inject '{inject}' never comes: it follows '{before}', which comes only after '{inject}'",
                    inject=inject.id,
                    before=predecessor,
                )
                hint = Sentence("let one of them come by the clock: leave its `after` out")
            run.warn(spot, message, "after-loop", hint)
            continue
        missing_lengths = [length for length, world in away if predecessor not in world.injects]
        if missing_lengths:
            words = {"inject": inject.id, "before": predecessor, "minutes": minutes(missing_lengths)}
            message = Sentence(
                "inject '{inject}' never comes in a session of {minutes}: '{before}', which it follows, never comes"
                " there",
                **words,
            )
            fine = lengths_with_inject(run, inject, missing_lengths)
            hint = Sentence("let '{before}' come there, or leave `after` out", **words)
            if fine:
                hint = Sentence(
                    "let '{before}' come there, or play it where it comes: lengths: {lengths}", **words, lengths=fine
                )
            run.warn(spot, message, "after-never", hint)
        late = {length: world for length, world in away if length not in missing_lengths and world.never_after(inject)}
        if late:
            length, world = next(iter(late.items()))
            message = Sentence(
                "inject '{inject}' never comes in a session of {minutes}: '{before}', which it follows, comes at"
                " {hour}h at the earliest ({length} minutes), and no turn is left that begins long enough after it",
                inject=inject.id,
                before=predecessor,
                minutes=minutes(list(late)),
                hour=world.hour(world.injects[predecessor]),
                length=length,
            )
            hint = Sentence("turns begin at {hours}: let it follow sooner", hours=hours_listed(run, list(late)))
            run.warn(spot, message, "after-never", hint)


def _circle(inject: Inject, injects: Mapping[str, Inject]) -> list[str]:
    """The injects that follow one another back to this one; none where it does not follow itself."""
    circle = [inject.id]
    while (predecessor := injects[circle[-1]].after) is not None and not injects[circle[-1]].by_hand:
        if predecessor.inject == inject.id:
            return circle
        if predecessor.inject in circle:
            break
        circle.append(predecessor.inject)
    return []


def windows_fit(run: LintRun) -> None:
    """The window of an inject can run out while the session lasts, in some length."""
    for place, inject in enumerate(run.scenario.msel):
        if inject.window is None and inject.window_turns is None:
            continue
        window_limits = list(_window_limits(run, inject))
        if window_limits and all(late for late, _ in window_limits):
            key = "window_turns" if inject.window is None else "window"
            message = Sentence(
                "the session ends before the window of '{inject}' does, in every length", inject=inject.id
            )
            longest = max(limit for _, limit in window_limits)
            hint = Sentence("write window_turns: {n} at most", n=longest)
            if inject.window is not None:
                hint = Sentence("write window: {n}h at most, or leave it out", n=longest)
            run.warn(run.source.spot("msel", place, key), message, "window-late", hint)


def _window_limits(run: LintRun, inject: Inject) -> Iterator[tuple[bool, int]]:
    """For each length in which the inject comes, whether the session ends before its window, and what is left."""
    for world in run.worlds.values():
        if inject.id in world.injects:
            half = world.injects[inject.id]
            hours, turns = run.scenario.ends - world.hour(half), len(world.hours) + 1 - half // 2
            if inject.window is not None:
                yield inject.window > hours, hours
            elif inject.window_turns is not None:
                yield inject.window_turns > turns, turns


def branches_part(run: LintRun) -> None:
    """Of two injects of one hour, one where something was done and one where it was not, only one comes.

    Looked at are conditions that ask for acts alone, or for the level of one track.
    """
    for (_, one), (place, two) in combinations(enumerate(run.scenario.msel), 2):
        if one.at != two.at or one.by_hand or two.by_hand or {one.to, two.to} == {"us", "china"}:
            continue
        if one.when is None or two.when is None:
            continue
        overlap = _both_hold(run, one.when, two.when)
        if overlap:
            message = Sentence(
                "'{one}' and '{two}' look like two branches, and both come {both}", one=one.id, two=two.id, both=overlap
            )
            hint = Sentence("let one ask for just what the other denies, or say that you mean it")
            run.warn(run.source.key_spot("msel", place, "when"), message, "branch-both", hint)


def _both_hold(run: LintRun, one: Condition, two: Condition) -> Sentence | None:
    """When two conditions hold together of which one seems to be the other's opposite; None where they do not."""
    (holds, key, first), (second_holds, other, second) = _bare(one), _bare(two)
    if key != other:
        return None
    if isinstance(first, TrackIs) and isinstance(second, TrackIs) and holds and second_holds and first.id == second.id:
        low, high = (first, second) if first.at_most is None else (second, first)
        if low.at_most is None and high.at_least is None and (low.at_least or 0) <= (high.at_most or 0):
            words = {"least": points_text(low.at_least or 0), "most": points_text(high.at_most or 0)}
            return Sentence("where '{track}' stands from {least} to {most}", track=first.id, **words)
    if (
        isinstance(first, Made)
        and isinstance(second, Made)
        and holds != second_holds
        and _alike(first) == _alike(second)
    ):
        asserted, denied = (first, second) if holds else (second, first)
        moves, denied_moves = (fitting(search.move, run.material, None) for search in (asserted, denied))
        if moves & denied_moves and moves - denied_moves:
            return Sentence("after '{move}'", move=min(moves - denied_moves))
    return None


def _bare(condition: Condition) -> tuple[bool, str, Any]:  # Any: whatever a key asks for
    """Whether a condition with one key alone asserts what it asks for, that key, and what it asks for."""
    holds = True
    while condition.model_fields_set == {"not_"} and condition.not_ is not None:
        condition, holds = condition.not_, not holds
    if len(condition.model_fields_set) != 1:
        return holds, "", None
    (key,) = condition.model_fields_set
    return holds, key, getattr(condition, key)


def _alike(search: Made) -> tuple[Made, object]:
    """A search of the record without the moves that it is for."""
    return search.model_copy(update={"move": None}), search.move.model_copy(update={"id": None, "family": None})
