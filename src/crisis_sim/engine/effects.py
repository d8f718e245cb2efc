"""Carrying out effects: what rules, crossed lines, injects and tracks do to the numbers, each with its trace.

The weight of an act is the judge's business; everything else that an effect can do is done here, crossings included,
since a crossing has effects of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from crisis_sim.engine import events as e
from crisis_sim.engine.cause import Cause
from crisis_sim.engine.lines import press, pressed_lines, red_lines, relieve
from crisis_sim.engine.story import Story
from crisis_sim.numbers import clamp
from crisis_sim.rules.authored import SIDES, Side, other
from crisis_sim.rules.effects import Effects, Meter


def carry_out(story: Story, then: Effects, cause: Cause) -> None:
    """Do what `then` says, in the order of its fields, except for the weight of the act at hand."""
    for given in then.given:
        do = DOERS.get(given)
        if do is not None:
            do(story, then, cause)


def _tension(story: Story, then: Effects, cause: Cause) -> None:
    """Move tension and both felt tensions by as much."""
    by = then.tension or 0
    before = story.value("tension", "")
    story.move("tension", "", cause.trace(before, before + by))
    for side in SIDES:
        before = story.value("felt", side)
        story.move("felt", side, cause.trace(before, before + by))


def _floor(story: Story, then: Effects, cause: Cause) -> None:
    if then.floor is not None:
        story.floors.append((then.floor, cause))


def _press(story: Story, then: Effects, cause: Cause) -> None:
    for item in then.press:
        for owner in cause.sides(item.whose):
            for line in pressed_lines(story, owner, item.line):
                press(story, owner, line, item.by, cause)


def _relieve(story: Story, then: Effects, cause: Cause) -> None:
    for item in then.relieve:
        for owner in cause.sides(item.whose):
            for line in pressed_lines(story, owner, item.line):
                relieve(story, owner, line, item.by, cause)


def _cross(story: Story, then: Effects, cause: Cause) -> None:
    for crossed in then.cross:
        for owner in cause.sides(crossed.whose):
            for line in red_lines(story.frame, story.table, owner, crossed.line):
                cross(story, owner, line, None, cause)


def _trust(story: Story, then: Effects, cause: Cause) -> None:
    _meter(story, "trust", then.trust, cause)


def _standing(story: Story, then: Effects, cause: Cause) -> None:
    _meter(story, "standing", then.standing, cause)


def _meter(story: Story, meter: e.Meter, change: Meter | None, cause: Cause) -> None:
    """Move trust or standing of the teams named."""
    if change is None:
        return
    for side in SIDES:
        by = change.us if side == "us" else change.china
        if cause.sender is not None:
            by += change.sender if side == cause.sender else change.receiver
        if by:
            before = story.value(meter, side)
            story.move(meter, side, cause.trace(before, before + by))


def _readiness(story: Story, then: Effects, cause: Cause) -> None:
    for ready in then.readiness:
        for channel in cause.channels(ready.channel, story.table):
            before = story.value("readiness", channel)
            story.move("readiness", channel, cause.trace(before, clamp(before + ready.by, 0, 100)))


def _mandate(story: Story, then: Effects, cause: Cause) -> None:
    """Authority of an unofficial channel; Track 1 has all of it."""
    if then.mandate is None:
        return
    for channel in cause.channels(then.mandate.channel, story.table):
        if story.table.scenario.channels[channel].track != "1":
            before = story.value("mandate", channel)
            story.move("mandate", channel, cause.trace(before, clamp(before + then.mandate.by, 0, 100)))


def _latency(story: Story, then: Effects, cause: Cause) -> None:
    for slower in then.latency:
        for channel in cause.channels(slower.channel, story.table):
            before = story.value("latency", channel)
            until = story.frame.turn + slower.turns
            story.move("latency", channel, cause.trace(before, before * slower.times // 100), until=until)


def _odds(story: Story, then: Effects, cause: Cause) -> None:
    for odds in then.odds:
        for side in cause.sides(odds.of):
            for channel in cause.channels(odds.channel, story.table):
                of = f"{side}/{channel}"
                before = story.value("odds", of)
                story.move("odds", of, cause.trace(before, before + odds.by), until=story.frame.turn + odds.turns)


def _suspend(story: Story, then: Effects, cause: Cause) -> None:
    if then.suspend is None or cause.sender is None:
        return
    for channel in cause.channels(then.suspend, story.table):
        if channel not in story.frame.suspended:
            story.tell(e.ChannelSuspended(channel, cause.sender, visible="everyone"))


def _reopen(story: Story, then: Effects, cause: Cause) -> None:
    if then.reopen is None:
        return
    for channel in cause.channels(then.reopen.channel, story.table):
        if channel in story.frame.suspended and channel not in story.frame.reopening:
            turn = story.frame.turn + max(1, then.reopen.after)
            story.tell(e.ChannelReopening(channel, turn, visible="everyone"))


def _set(story: Story, then: Effects, cause: Cause) -> None:
    """Make named facts true or false, where they are not so already."""
    for fact in then.set:
        whose: tuple[Side | None, ...] = cause.sides(fact.of) if fact.of else (None,)
        for side in whose:
            if ((fact.fact, side) in story.frame.truths) != fact.to:
                story.tell(e.FactSet(fact.fact, side, fact.to, cause.rule, cause.at, visible="facilitator"))


def _flag(story: Story, then: Effects, cause: Cause) -> None:
    if then.flag is not None:
        story.tell(e.FlagRaised(then.flag, cause.rule, cause.at, visible="facilitator"))


def _release(story: Story, then: Effects, cause: Cause) -> None:
    """Make an inject due, if it has not come and is not due already."""
    known = then.release in story.frame.injects or then.release in story.frame.due_injects
    if then.release is not None and not known:
        story.tell(e.InjectDue(then.release, visible="facilitator"))


def cross(story: Story, owner: Side, line: str, through: str | None, cause: Cause) -> None:
    """Cross a red line, once in a session, with its consequence: the line's own, or the base pack's."""
    if any((kept.side, kept.line) == (owner, line) for kept in story.frame.crossings):
        return
    by = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
    crossed = e.LineCrossed(
        visible=owner, side=owner, line=line, by=by, through=through, rule=cause.rule, at=cause.at, act=cause.act
    )
    story.tell(crossed)
    authored = story.table.lines.get(f"{owner}/{line}")
    then = authored.crossing if authored is not None and authored.crossing else story.table.base.lines.crossing
    own = authored is not None and authored.crossing is not None
    at = story.table.place(f"line/{owner}/{line}" if own else "base/lines")
    why = authored.says.en if authored is not None else "a red line was crossed"
    consequence = Cause(
        rule=f"crossing {line}", at=at, why=why, sender=by, act=cause.act, channel=cause.channel, about=cause.about
    )
    carry_out(story, then, consequence)


DOERS: dict[str, Callable[[Story, Effects, Cause], None]] = {
    "tension": _tension,
    "floor": _floor,
    "press": _press,
    "relieve": _relieve,
    "cross": _cross,
    "trust": _trust,
    "standing": _standing,
    "readiness": _readiness,
    "latency": _latency,
    "odds": _odds,
    "suspend": _suspend,
    "reopen": _reopen,
    "mandate": _mandate,
    "set": _set,
    "flag": _flag,
    "release": _release,
}
"""What carries out each effect; those on an act's weight or its delivery are done where those are worked out."""
