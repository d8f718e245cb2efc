"""Mechanisms with a good branch only, or a bad one only, which teach half of a lesson; and clocks that stand still."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.lints.walks import effects_of
from crisis_sim.authoring.lints.ways import may_reopen
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.properties import MoveIs

Conduct: TypeAlias = Literal["good", "bad"]

FEWEST: Final = 2
"""So many injects or changes must ask for conduct before one branch is missed."""


def injects_have_both_branches(found: Found) -> None:
    """Where injects wait for conduct, some come after good conduct and some after bad."""
    waits = {
        place: set(_conduct(found, inject.when, True))
        for place, inject in enumerate(found.scenario.msel)
        if inject.when is not None
    }
    waits = {place: conduct for place, conduct in waits.items() if conduct}
    released = any(
        effects.release for what, effects in effects_of(found.material) if what.split()[0] in ("line", "rule", "track")
    )
    seen = {kind for conduct in waits.values() for kind in conduct}
    if len(waits) >= FEWEST and len(seen) == 1 and not (released and seen == {"good"}):
        only = seen.pop()
        less = "good" if only == "bad" else "bad"
        said = f"{len(waits)} injects answer {only} conduct, and none answers {less} conduct"
        hint = f"add an inject that comes when the teams did {'well' if less == 'good' else 'badly'}"
        found.warn(found.source.key_spot("msel", min(waits), "when"), said, "branch-injects", hint)


def tracks_have_both_branches(found: Found) -> None:
    """A track that only acts move is moved for the better by some and for the worse by others."""
    for name, track in found.scenario.tracks.items():
        if track.per_hour or len(track.changes) < FEWEST or any(_is_gated(change.when) for change in track.changes):
            continue
        rises = {change.by > 0 for change in track.changes if change.by}
        if len(rises) == 1 and all(list(_conduct(found, change.when, True)) for change in track.changes):
            helps = rises.pop() == (track.good == "up")
            said = f"acts can only {'help' if helps else 'hurt'} the track '{name}'"
            hint = f"let some acts move it {'down' if track.changes[0].by > 0 else 'up'}, or the hours: per_hour"
            found.warn(found.source.key_spot("tracks", name, "changes"), said, "branch-track", hint)


def closed_channels_reopen(found: Found) -> None:
    """A channel that an effect closes by name can be opened again."""
    for name, channel in found.scenario.channels.items():
        if channel.suspended:
            continue
        closes = [what for what, effects in effects_of(found.material) if effects.suspend == name]
        if closes and not may_reopen(found.material, name):
            said = f"the channel '{name}' can be closed, by {closes[0]}, and nothing reopens it"
            spot = found.source.key_spot("channels", name)
            found.warn(spot, said, "branch-channel", "give an inject or a rule reopen: {channel: …}")


def _conduct(found: Found, condition: Condition | None, holds: bool) -> Iterator[Conduct]:
    """The kinds of conduct that a condition waits for; `holds` is false below a `not`."""
    if condition is None:
        return
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from _conduct(found, part, holds)
    yield from _conduct(found, condition.not_, not holds)
    asked = [condition.move] + [made.move for made in (condition.earlier, condition.same_turn, condition.ever) if made]
    for move in asked:
        good = None if move is None else _is_good(found, move)
        if good is not None:
            yield "good" if good == holds else "bad"
    if condition.line is not None and condition.line.crossed:
        yield "bad" if holds else "good"


def _is_good(found: Found, asked: MoveIs) -> bool | None:
    """Whether all moves that are asked for calm, or all alarm; None where they differ or weigh nothing."""
    weights = [found.material.moves[name].weight for name in found.fitting(asked, here=False)]
    if asked.term or not weights:
        return None
    return True if max(weights) < 0 else False if min(weights) > 0 else None


def _is_gated(condition: Condition) -> bool:
    """Whether something besides acts has a say."""
    parts = (*(condition.all or ()), *(condition.any or ()))
    own = condition.model_fields_set - {"all", "any", "move", "earlier", "same_turn", "ever"}
    return bool(own) or any(map(_is_gated, parts))


def clocks_run(found: Found) -> None:
    """A track that runs out falls by the hour."""
    for name, track in found.scenario.tracks.items():
        if track.runs_out and track.per_hour >= 0:
            said = f"the track '{name}' runs out and does not fall by the hour, so time is never short"
            spot = found.source.spot("tracks", name, "runs_out")
            found.warn(spot, said, "clock-still", "give it a negative per_hour")
