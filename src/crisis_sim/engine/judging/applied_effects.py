"""Carrying out effects: what rules, crossed lines, injects and tracks do to the numbers, each with its trace.

The weight of an act is the judge's business; everything else that an effect can do is done here, crossings included,
since a crossing has effects of its own. A red line is crossed only by what its owner wrote beside it; a rule that holds
for a whole concern may say so, and nothing follows of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Weight
from crisis_sim.engine.judging.pressing import press, pressed_lines, relieve
from crisis_sim.engine.plans import EffectStep, PressurePlan, RulePlan, Shifts, StandingPlan
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import ONE
from crisis_sim.rules import effects
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.names import SIDES, Side, other


def leads_to(state: State, table: GameTable, side: Side, line: str) -> str | None:
    """The red line that a pink line leads to."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.leads_to
    return next((own.leads_to for own in state.team(side).own_lines if own.id == line), None)


def red_lines(state: State, table: GameTable, owner: Side, name: str) -> tuple[str, ...]:
    """Red lines of a team that an effect names by concern or id, those set aside left out."""
    team = state.team(owner)
    authored = table.lines.get(f"{owner}/{name}")
    if authored is not None:
        lines: tuple[str, ...] = (name,) if authored.kind == "red" else ()
    else:
        lines = table.red_by_concern.get((owner, name), ())
    own = tuple(line.id for line in team.own_lines if line.line == "red" and name in (line.concern, line.id))
    return (*(line for line in lines if line in team.adopted), *own)


PERCENT = (0, 100)
"""The scale of readiness."""


def take_steps(recorder: EventRecorder, steps: Sequence[EffectStep], cause: Cause) -> None:
    """Do what a plan's steps say."""
    for name, item in steps:
        EFFECT_HANDLERS[name](recorder, item, cause)


def fire(
    plan: RulePlan,
    recorder: EventRecorder,
    facts: Facts,
    weight: Weight | None,
    key: e.ActKey | None,
    factor: int = ONE,
) -> None:
    """Apply a rule whose condition holds, unless it has been used up."""
    sender = facts.sender
    if plan.only_once_for and recorder.has_fired(plan.rule, sender if plan.only_once_for == "side" else None):
        return
    recorder.fire(plan, sender, key)
    if weight is not None and plan.weighs:
        weight.apply(plan, key, facts)
    if plan.steps:
        act = facts.act
        if act is None:
            cause = Cause(plan.rule, plan.place, sender, key)
        else:
            cause = Cause(plan.rule, plan.place, sender, key, act.channel, act.about, facts.answered or act, factor)
        take_steps(recorder, plan.steps, cause)


def _add_floor(recorder: EventRecorder, minimum: int, cause: Cause) -> None:
    recorder.floors += ((minimum, cause),)


def lines_named(recorder: EventRecorder, owner: Side, item: PressurePlan, asked_act: Act | None) -> Iterable[str]:
    """The pink lines of a team that an effect names; `asked_act` is what was asked for."""
    if item.line != effects.ASKED_CONCERNS:
        return pressed_lines(recorder, owner, item.line)
    concerns = () if asked_act is None else recorder.table.move_plans[asked_act.move].concerns
    return dict.fromkeys(line for concern in concerns for line in pressed_lines(recorder, owner, concern))


def _press(recorder: EventRecorder, item: PressurePlan, cause: Cause) -> None:
    for owner in cause.sides(item.owner):
        for line in lines_named(recorder, owner, item, cause.request):
            press(recorder, owner, line, item.points, cause)


def _relieve(recorder: EventRecorder, item: PressurePlan, cause: Cause) -> None:
    for owner in cause.sides(item.owner):
        for line in lines_named(recorder, owner, item, cause.request):
            relieve(recorder, owner, line, item.points, cause)


def _cross(recorder: EventRecorder, item: effects.Cross, cause: Cause) -> None:
    for owner in cause.sides(item.whose):
        for line in red_lines(recorder.state, recorder.table, owner, item.line):
            if line == item.line:
                cross(recorder, owner, line, cause)
            elif not is_crossed(recorder.state, owner, line):
                crosser = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
                proposed = e.CrossingProposed(
                    visible="facilitator",
                    side=owner,
                    line=line,
                    by=crosser,
                    rule=cause.rule,
                    at=cause.place,
                    act=cause.act,
                )
                recorder.tell(proposed)


def _trust(recorder: EventRecorder, shifts: Shifts, cause: Cause) -> None:
    for side, amount in shifts[cause.sender]:
        recorder.shift("trust", side, amount, cause)


def _expectation(recorder: EventRecorder, shifts: Shifts, cause: Cause) -> None:
    for side, amount in shifts[cause.sender]:
        recorder.expect(side, amount, cause)


def _standing(recorder: EventRecorder, item: StandingPlan, cause: Cause) -> None:
    until = None if item.turns is None else recorder.state.turn + item.turns
    for side, amount in item.shifts[cause.sender]:
        recorder.move_standing(side, amount, cause, item.limit, until)


def _bind(recorder: EventRecorder, item: effects.Bind, cause: Cause) -> None:
    recorder.words_given.append((item, cause))


def _settle(recorder: EventRecorder, item: effects.Settle, cause: Cause) -> None:
    recorder.settling.append((item, cause))


def _readiness(recorder: EventRecorder, item: effects.Readiness, cause: Cause) -> None:
    for channel in cause.channels(item.channel, recorder.table):
        recorder.shift("readiness", channel, item.by, cause, PERCENT)


def _latency(recorder: EventRecorder, item: effects.Latency, cause: Cause) -> None:
    times, until = item.times, recorder.state.turn + item.turns
    recorder.retime("latency", cause.channels(item.channel, recorder.table), times, 0, until, cause)


def _odds(recorder: EventRecorder, item: effects.Odds, cause: Cause) -> None:
    amount, until = item.by, recorder.state.turn + item.turns
    channels = cause.channels(item.channel, recorder.table)
    for side in cause.sides(item.of):
        recorder.retime("odds", [f"{side}/{channel}" for channel in channels], ONE, amount, until, cause)


def _suspend(recorder: EventRecorder, item: effects.Suspend, cause: Cause) -> None:
    frame, back = recorder.state, None
    if item.for_ is not None:
        since = frame.hour + item.for_
        back = next((turn for turn, hour in enumerate(recorder.table.hours[:-1], 1) if hour >= since), None)
    for channel in cause.channels(item.channel, recorder.table):
        if channel not in recorder.state.suspended:
            recorder.tell(e.ChannelSuspended(channel, cause.sender, visible="everyone"))
            if back is not None:
                recorder.tell(e.ChannelReopening(channel, back, visible="everyone"))


def _track(recorder: EventRecorder, item: effects.MoveTrack, cause: Cause) -> None:
    track = recorder.table.scenario.tracks[item.id]
    recorder.shift("track", item.id, item.by, cause, (track.least, track.most))


def _reopen(recorder: EventRecorder, item: effects.Reopen, cause: Cause) -> None:
    for channel in cause.channels(item.channel, recorder.table):
        turn = recorder.state.turn + max(1, item.after)
        if _can_reopen(recorder, channel, cause) and turn < recorder.state.reopening.get(channel, turn + 1):
            recorder.tell(e.ChannelReopening(channel, turn, visible="everyone"))


def _can_reopen(recorder: EventRecorder, channel: str, cause: Cause) -> bool:
    """Whether a channel is closed; one that the other side has closed in this turn no act of that turn reopens."""
    closed, facts = recorder.state.suspended, recorder.trial_facts
    if channel not in closed or facts is None or cause.act is None:
        return channel in closed
    return closed[channel] == cause.act[0] or channel in facts.state.suspended


def _set(recorder: EventRecorder, fact: effects.SetFact, cause: Cause) -> None:
    """Make a named fact true or false, where it is not so already."""
    sides: tuple[Side | None, ...] = cause.sides(fact.of) if fact.of else (None,)
    for side in sides:
        if ((fact.fact, side) in recorder.state.truths) != fact.to:
            recorder.tell(e.FactSet(fact.fact, side, fact.to, cause.rule, cause.place, visible="facilitator"))


def _flag(recorder: EventRecorder, flag: str, cause: Cause) -> None:
    recorder.tell(e.FlagRaised(flag, cause.rule, cause.place, visible="facilitator"))


def _release(recorder: EventRecorder, inject: str, cause: Cause) -> None:
    """Make an inject due, if it has not come and is not due already."""
    if inject not in recorder.state.injects and inject not in recorder.state.due_injects:
        recorder.tell(e.InjectDue(inject, visible="facilitator"))


def is_crossed(state: State, owner: Side, line: str) -> bool:
    """A red line has been crossed before."""
    return any(crossing.line == line and crossing.side == owner for crossing in state.crossings)


def cross(recorder: EventRecorder, owner: Side, line: str, cause: Cause) -> None:
    """Cross a red line, once in a session, with its consequence: the line's own, or the base pack's."""
    if is_crossed(recorder.state, owner, line):
        return
    crosser = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
    crossed = e.LineCrossed(
        visible=owner, side=owner, line=line, by=crosser, rule=cause.rule, at=cause.place, act=cause.act
    )
    recorder.tell(crossed)
    table, rule_name = recorder.table, f"line/{owner}/{line}"
    rule_name = rule_name if rule_name in table.follows else "base/lines"
    part = SIDES.index(owner)
    consequence = Cause(
        rule=f"crossing {line}",
        place=table.place(rule_name),
        sender=crosser,
        act=cause.act,
        channel=cause.channel,
        about=cause.about,
        part=part,
    )
    take_steps(recorder, table.follows[rule_name], consequence)


EFFECT_HANDLERS: Final[
    Mapping[str, Callable[[EventRecorder, Any, Cause], None]]
] = {  # Any: each effect has its own item
    "tension": EventRecorder.raise_tension,
    "floor": _add_floor,
    "press": _press,
    "relieve": _relieve,
    "cross": _cross,
    "trust": _trust,
    "standing": _standing,
    "expectation": _expectation,
    "bind": _bind,
    "settle": _settle,
    "readiness": _readiness,
    "latency": _latency,
    "odds": _odds,
    "suspend": _suspend,
    "reopen": _reopen,
    "track": _track,
    "set": _set,
    "flag": _flag,
    "release": _release,
}
"""What carries out each effect; those on an act's weight or its delivery are done where those are worked out."""
