"""Carrying out effects: what rules, crossed lines, injects and tracks do to the numbers, each with its trace.

The weight of an act is the judge's business; everything else that an effect can do is done here, crossings included,
since a crossing has effects of its own.

A pink line belongs to the team that perceives: pressure is scaled by how that team read the act, decays with time, and
at its limit becomes a crossing of the red line it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.story import Cause, Story
from crisis_sim.engine.plans import Pressing, Shifts, Step
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.effects import Cross, Latency, Mandate, Odds, Readiness, Reopen, SetFact
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side, other


def limit_of(table: Table, name: str) -> int:
    """The pressure at which a pink line, named as `side/line`, is at its limit; hundredths."""
    return table.pink.get(name, table.own_pink).limit


def leads_to(state: State, table: Table, side: Side, line: str) -> str | None:
    """The red line that a pink line leads to."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.leads_to
    return next((own.leads_to for own in state.team(side).own_lines if own.id == line), None)


def pressed_lines(story: Story, owner: Side, named: str) -> tuple[str, ...]:
    """Pink lines of a team that an effect names by concern or id, those set aside left out."""
    team, table = story.frame.team(owner), story.table
    if f"{owner}/{named}" in story.frame.pressure:
        known = named in team.adopted or f"{owner}/{named}" not in table.lines
        found: tuple[str, ...] = (named,) if known else ()
    else:
        found = tuple([line for line in table.pink_by_concern.get((owner, named), ()) if line in team.adopted])
    if not team.own_lines:
        return found
    return (*found, *(line.id for line in team.own_lines if line.line == "pink" and line.concern == named))


def red_lines(state: State, table: Table, owner: Side, named: str) -> tuple[str, ...]:
    """Red lines of a team that an effect names by concern or id, those set aside left out."""
    team = state.team(owner)
    authored = table.lines.get(f"{owner}/{named}")
    if authored is not None:
        found: tuple[str, ...] = (named,) if authored.kind == "red" else ()
    else:
        found = table.red_by_concern.get((owner, named), ())
    own = tuple(line.id for line in team.own_lines if line.line == "red" and named in (line.concern, line.id))
    return (*(line for line in found if line in team.adopted), *own)


def press(story: Story, owner: Side, line: str, by: int, cause: Cause) -> None:
    """Add pressure to a pink line, as the owner read what pressed it; rules on press may make it grow."""
    if cause.press_factor != ONE:
        by = scale(by, cause.press_factor)
    if by <= 0:
        return
    presser = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
    name = f"{owner}/{line}"
    grown = by + _growth(story, name, by, presser, cause)
    story.press(owner, line, presser, grown, cause)


def _growth(story: Story, name: str, by: int, presser: Side, cause: Cause) -> int:
    """What rules on press add to a pressing: small steps in one direction weigh more together."""
    added, growing = 0, story.table.moments.get("press")
    if growing is None:
        return 0
    facts = story.press_facts(presser, name)
    for plan in growing(facts):
        if plan.grow is not None:
            added += scale(by, plan.grow * _pressed_before(facts, plan.turns))
            story.fire(plan, presser, cause.act)
    return added


def _pressed_before(facts: Facts, turns: int) -> int:
    """How often the line at hand was pressed by the same side in this turn and so many before it."""
    line, by, since = facts.line, facts.sender, facts.turn - turns
    count = 0
    for kept in reversed(facts.presses):
        if kept.turn < since:
            break
        if kept.line == line and kept.by == by:
            count += 1
    return count


def relieve(story: Story, owner: Side, line: str, by: int, cause: Cause) -> None:
    """Take pressure off a pink line."""
    value = story.numbers("pressure")[f"{owner}/{line}"]
    story.move("pressure", f"{owner}/{line}", cause.trace(value, max(0, value - by)))


PERCENT = (0, 100)
"""The scale of readiness and mandate."""


def take_steps(story: Story, steps: Sequence[Step], cause: Cause) -> None:
    """Do what a plan's steps say."""
    for name, item in steps:
        DOERS[name](story, item, cause)


def _floor(story: Story, floor: int, cause: Cause) -> None:
    story.floors += ((floor, cause),)


def _press(story: Story, item: Pressing, cause: Cause) -> None:
    for owner in cause.sides(item.whose):
        for line in pressed_lines(story, owner, item.line):
            press(story, owner, line, item.by, cause)


def _relieve(story: Story, item: Pressing, cause: Cause) -> None:
    for owner in cause.sides(item.whose):
        for line in pressed_lines(story, owner, item.line):
            relieve(story, owner, line, item.by, cause)


def _cross(story: Story, item: Cross, cause: Cause) -> None:
    for owner in cause.sides(item.whose):
        for line in red_lines(story.frame, story.table, owner, item.line):
            cross(story, owner, line, None, cause)


def _trust(story: Story, shifts: Shifts, cause: Cause) -> None:
    for side, by in shifts[cause.sender]:
        story.shift("trust", side, by, cause)


def _standing(story: Story, shifts: Shifts, cause: Cause) -> None:
    for side, by in shifts[cause.sender]:
        story.shift("standing", side, by, cause)


def _readiness(story: Story, item: Readiness, cause: Cause) -> None:
    for channel in cause.channels(item.channel, story.table):
        story.shift("readiness", channel, item.by, cause, PERCENT)


def _mandate(story: Story, item: Mandate, cause: Cause) -> None:
    """Authority of an unofficial channel; Track 1 has all of it."""
    for channel in cause.channels(item.channel, story.table):
        if story.table.scenario.channels[channel].track != "1":
            story.shift("mandate", channel, item.by, cause, PERCENT)


def _latency(story: Story, item: Latency, cause: Cause) -> None:
    times, until = item.times, story.frame.turn + item.turns
    story.retime("latency", cause.channels(item.channel, story.table), lambda hours: hours * times // 100, until, cause)


def _odds(story: Story, item: Odds, cause: Cause) -> None:
    by, until = item.by, story.frame.turn + item.turns
    channels = cause.channels(item.channel, story.table)
    for side in cause.sides(item.of):
        story.retime("odds", [f"{side}/{channel}" for channel in channels], lambda odds: odds + by, until, cause)


def _suspend(story: Story, named: str, cause: Cause) -> None:
    for channel in cause.channels(named, story.table):
        if channel not in story.frame.suspended:
            story.tell(e.ChannelSuspended(channel, cause.sender, visible="everyone"))


def _reopen(story: Story, item: Reopen, cause: Cause) -> None:
    for channel in cause.channels(item.channel, story.table):
        if channel in story.frame.suspended and channel not in story.frame.reopening:
            turn = story.frame.turn + max(1, item.after)
            story.tell(e.ChannelReopening(channel, turn, visible="everyone"))


def _set(story: Story, fact: SetFact, cause: Cause) -> None:
    """Make a named fact true or false, where it is not so already."""
    whose: tuple[Side | None, ...] = cause.sides(fact.of) if fact.of else (None,)
    for side in whose:
        if ((fact.fact, side) in story.frame.truths) != fact.to:
            story.tell(e.FactSet(fact.fact, side, fact.to, cause.rule, cause.at, visible="facilitator"))


def _flag(story: Story, flag: str, cause: Cause) -> None:
    story.tell(e.FlagRaised(flag, cause.rule, cause.at, visible="facilitator"))


def _release(story: Story, inject: str, cause: Cause) -> None:
    """Make an inject due, if it has not come and is not due already."""
    if inject not in story.frame.injects and inject not in story.frame.due_injects:
        story.tell(e.InjectDue(inject, visible="facilitator"))


def is_crossed(state: State, owner: Side, line: str) -> bool:
    """A red line has been crossed before."""
    return any(kept.line == line and kept.side == owner for kept in state.crossings)


def cross(story: Story, owner: Side, line: str, through: str | None, cause: Cause) -> None:
    """Cross a red line, once in a session, with its consequence: the line's own, or the base pack's."""
    if is_crossed(story.frame, owner, line):
        return
    by = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
    crossed = e.LineCrossed(
        visible=owner, side=owner, line=line, by=by, through=through, rule=cause.rule, at=cause.at, act=cause.act
    )
    story.tell(crossed)
    table, of = story.table, f"line/{owner}/{line}"
    of = of if of in table.follows else "base/lines"
    part = SIDES.index(owner)
    consequence = Cause(
        rule=f"crossing {line}",
        at=table.place(of),
        sender=by,
        act=cause.act,
        channel=cause.channel,
        about=cause.about,
        part=part,
    )
    take_steps(story, table.follows[of], consequence)


DOERS: Final[Mapping[str, Callable[[Story, Any, Cause], None]]] = {  # Any: each effect has its own item
    "tension": Story.heat,
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
