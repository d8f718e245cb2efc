"""Carrying out effects: what rules, crossed lines, injects and tracks do to the numbers, each with its trace.

The weight of an act is the judge's business; everything else that an effect can do is done here, crossings included,
since a crossing has effects of its own.
"""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.cause import Cause
from crisis_sim.engine.lines import press, pressed_lines, red_lines, relieve
from crisis_sim.engine.story import Story
from crisis_sim.numbers import clamp
from crisis_sim.rules.authored import SIDES, Side, other
from crisis_sim.rules.effects import Effects, Meter


def carry_out(story: Story, then: Effects, cause: Cause) -> None:
    """Do what `then` says, except for the weight of the act at hand."""
    if then.tension:
        move_tension(story, then.tension, cause)
    if then.floor is not None:
        story.floors.append((then.floor, cause))
    _lines(story, then, cause)
    if then.trust:
        _meter(story, "trust", then.trust, cause)
    if then.standing:
        _meter(story, "standing", then.standing, cause)
    _channels(story, then, cause)
    for fact in then.set:
        of = cause.sides(fact.of)[:1] if fact.of else (None,)
        for side in of:
            if ((fact.fact, side) in story.state.truths) != fact.to:
                story.tell(e.FactSet(fact.fact, side, fact.to, cause.rule, cause.at, visible="facilitator"))
    if then.flag:
        story.tell(e.FlagRaised(then.flag, cause.rule, cause.at, visible="facilitator"))
    if then.release and then.release not in story.state.injects and then.release not in story.state.due_injects:
        story.tell(e.InjectDue(then.release, visible="facilitator"))


def move_tension(story: Story, by: int, cause: Cause) -> None:
    """Move tension and both felt tensions by as much."""
    before = story.state.tension
    story.move("tension", "", cause.trace(before, before + by))
    for side in SIDES:
        before = story.state.team(side).felt
        story.move("felt", side, cause.trace(before, before + by))


def _lines(story: Story, then: Effects, cause: Cause) -> None:
    """Press, relieve and cross lines."""
    for item in then.press:
        for owner in cause.sides(item.whose):
            for line in pressed_lines(story, owner, item.line):
                press(story, owner, line, item.by, cause)
    for item in then.relieve:
        for owner in cause.sides(item.whose):
            for line in pressed_lines(story, owner, item.line):
                relieve(story, owner, line, item.by, cause)
    for crossed in then.cross:
        for owner in cause.sides(crossed.whose):
            for line in red_lines(story.state, story.table, owner, crossed.line):
                cross(story, owner, line, None, cause)


def _meter(story: Story, meter: e.Meter, change: Meter, cause: Cause) -> None:
    """Move trust or standing of the teams named."""
    for side in SIDES:
        by = getattr(change, side)
        if cause.sender is not None:
            by += change.sender if side == cause.sender else change.receiver
        if by:
            before = story.value(meter, side)
            story.move(meter, side, cause.trace(before, before + by))


def _channels(story: Story, then: Effects, cause: Cause) -> None:
    """What an effect does to channels."""
    turn = story.state.turn
    for ready in then.readiness:
        for channel in cause.channels(ready.channel, story.table):
            before = story.state.readiness[channel]
            story.move("readiness", channel, cause.trace(before, clamp(before + ready.by, 0, 100)))
    if then.mandate:
        for channel in cause.channels(then.mandate.channel, story.table):
            if story.table.scenario.channels[channel].track != "1":
                before = story.state.mandate[channel]
                story.move("mandate", channel, cause.trace(before, clamp(before + then.mandate.by, 0, 100)))
    for slower in then.latency:
        for channel in cause.channels(slower.channel, story.table):
            before = story.value("latency", channel)
            after = before * slower.times // 100
            story.move("latency", channel, cause.trace(before, after), until=turn + slower.turns)
    for odds in then.odds:
        for side in cause.sides(odds.of):
            for channel in cause.channels(odds.channel, story.table):
                of = f"{side}/{channel}"
                before = story.value("odds", of)
                story.move("odds", of, cause.trace(before, before + odds.by), until=turn + odds.turns)
    if then.suspend and cause.sender is not None:
        for channel in cause.channels(then.suspend, story.table):
            if channel not in story.state.suspended:
                story.tell(e.ChannelSuspended(channel, cause.sender, visible="everyone"))
    if then.reopen:
        for channel in cause.channels(then.reopen.channel, story.table):
            if channel in story.state.suspended and channel not in story.state.reopening:
                story.tell(e.ChannelReopening(channel, turn + max(1, then.reopen.after), visible="everyone"))


def cross(story: Story, owner: Side, line: str, through: str | None, cause: Cause) -> None:
    """Cross a red line, once in a session, with its consequence: the line's own, or the base pack's."""
    if any((kept.side, kept.line) == (owner, line) for kept in story.state.crossings):
        return
    by = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
    crossed = e.LineCrossed(
        visible=owner, side=owner, line=line, by=by, through=through, rule=cause.rule, at=cause.at, act=cause.act
    )
    story.tell(crossed)
    authored = story.table.lines.get(f"{owner}/{line}")
    then = authored.crossing if authored is not None and authored.crossing else story.table.base.lines.crossing
    at = story.table.place(f"line/{owner}/{line}") if authored is not None and authored.crossing else "base/lines"
    why = authored.says.en if authored is not None else "a red line was crossed"
    consequence = Cause(
        rule=f"crossing {line}", at=at, why=why, sender=by, act=cause.act, channel=cause.channel, about=cause.about
    )
    carry_out(story, then, consequence)
